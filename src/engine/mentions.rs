//! Which values the text of templates names, whether it was executed or not. A value that only a branch not taken
//! would read is not a value that nobody reads.
//!
//! This looks at words, not at what they mean: rather one value too many is thought to be named than one too few.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::Inputs;
use crate::source::{FileId, Files, Step, Trace};

type Readers = BTreeSet<FileId>;

/// What templates name.
#[derive(Default)]
pub(super) struct Mentions {
    /// Paths behind `.Values`, anywhere.
    anywhere: BTreeMap<Vec<Rc<str>>, Readers>,
    /// The same in branches that were not taken.
    skipped: BTreeMap<Vec<Rc<str>>, Readers>,
    /// The last words of fields in branches that were not taken: who knows what dot is there.
    fields: BTreeMap<Rc<str>, Readers>,
}

impl Mentions {
    pub fn of(inputs: &Inputs, trace: &Trace, files: &Files) -> Self {
        let mut mentions = Self::default();
        let mut bases: BTreeMap<FileId, Vec<&[Rc<str>]>> = BTreeMap::new();
        for (base, file) in inputs.templates() {
            let own = bases.entry(file).or_default();
            own.push(base);
            if is_partial(files, file) {
                // The charts around it may include it, with their own values.
                own.extend((0..base.len()).filter_map(|end| base.get(..end)));
            }
        }
        for (&file, bases) in &bases {
            let text = files.get(file).map(|file| String::from_utf8_lossy(&file.text)).unwrap_or_default();
            for (path, base) in chains(&text).iter().flat_map(|path| bases.iter().map(move |base| (path, base))) {
                mentions.anywhere.entry([base, path.as_slice()].concat()).or_default().insert(file);
            }
        }
        for span in trace.skipped().iter().map(|skipped| skipped.span).collect::<BTreeSet<_>>() {
            let text = String::from_utf8_lossy(files.text(span));
            let bases = bases.get(&span.file).map(Vec::as_slice).unwrap_or_default();
            for (path, base) in chains(&text).iter().flat_map(|path| bases.iter().map(move |base| (path, base))) {
                mentions.skipped.entry([base, path.as_slice()].concat()).or_default().insert(span.file);
            }
            for field in fields(&text) {
                mentions.fields.entry(field).or_default().insert(span.file);
            }
        }
        mentions
    }

    /// The files that name a path below `Values`, something below it, or what it is in.
    pub fn of_path(&self, path: &[Step]) -> Readers {
        let keys = path.iter().map_while(|step| if let Step::Key(key) = step { Some(Rc::clone(key)) } else { None });
        let keys: Vec<Rc<str>> = keys.collect();
        let below = self.anywhere.range(keys.clone()..).take_while(|(found, _)| found.starts_with(&keys));
        let mut files: Readers = below.flat_map(|(_, files)| files.iter().copied()).collect();
        for end in 1..keys.len() {
            files.extend(keys.get(..end).and_then(|above| self.skipped.get(above)).into_iter().flatten());
        }
        files.extend(keys.last().and_then(|last| self.fields.get(last)).into_iter().flatten());
        files
    }
}

/// Whether a file holds named templates only.
fn is_partial(files: &Files, file: FileId) -> bool {
    files.get(file).and_then(|file| file.path.rsplit('/').next()).is_some_and(|name| name.starts_with('_'))
}

const VALUES: &str = ".Values";

/// The paths that stand behind `.Values`: `.Values.a.b`, and `index .Values.a "b-c"`.
fn chains(text: &str) -> Vec<Vec<Rc<str>>> {
    let mut found = Vec::new();
    for after in text.split(VALUES).skip(1) {
        let (mut path, mut rest) = (Vec::new(), after);
        while let Some((word, behind)) = rest.strip_prefix('.').map(word).filter(|(word, _)| !word.is_empty()) {
            path.push(word.into());
            rest = behind;
        }
        // `omit .Values.a "b"` names all of it, `index .Values.a "b"` what is in it.
        let fields = path.clone();
        while let Some((word, behind)) = rest.strip_prefix(" \"").and_then(|quoted| quoted.split_once('"')) {
            path.push(word.into());
            rest = behind;
        }
        let is_longer = path.len() > fields.len();
        found.extend([fields, path].into_iter().take(1 + usize::from(is_longer)).filter(|path| !path.is_empty()));
    }
    found
}

/// The words behind dots.
fn fields(text: &str) -> BTreeSet<Rc<str>> {
    text.split('.').skip(1).map(|after| word(after).0).filter(|word| !word.is_empty()).map(Rc::from).collect()
}

/// The word that a text begins with, and the rest.
fn word(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or_default()
}
