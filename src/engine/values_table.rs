//! All values as a table: what each key is in the end, which layer set it, what that overrode, and who reads it.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::inputs::{Inputs, file_name, written};
use super::mentions::Mentions;
use crate::chart::Setting;
use crate::source::{FileId, Files, Role, Span, Step, Trace};
use crate::value::{Map, Value, brief};

/// The values of a chart and of the charts in it, by key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ValuesTable {
    /// A row for each scalar, list and empty map that any layer sets, in order of the keys.
    pub rows: Vec<ValueRow>,
}

/// One key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ValueRow {
    /// Its path below `.Values` of the outermost chart: `image.tag`.
    pub key: String,
    /// What it is in the end, in short. `None` where it is gone.
    pub value: Option<String>,
    /// Who set it.
    pub set_by: Option<Setter>,
    /// What weaker layers say: the value, and where.
    pub overrode: Vec<(String, Setter)>,
    /// Who deleted it, by null or by something without keys above it.
    pub deleted_by: Option<Setter>,
    /// The files that read it: templates, and `Chart.yaml` for conditions of dependencies.
    pub read_by: Vec<Rc<str>>,
    /// The files that name it where nothing was executed: branches that weren't taken, helpers that nobody includes.
    /// Looked for only where nobody reads it.
    pub named_by: Vec<Rc<str>>,
}

/// What sets a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setter {
    /// File and line, or the argument: `web/values.yaml:12`, `--set image.tag=2`.
    pub words: String,
    /// Key and value in the file, where it is one.
    pub span: Option<Span>,
}

impl ValueRow {
    /// Whether it is there, and nobody reads it or would.
    pub fn is_unread(&self) -> bool {
        self.value.is_some() && self.read_by.is_empty() && self.named_by.is_empty()
    }
}

impl ValuesTable {
    /// The table of what was rendered with its origins.
    pub fn of(inputs: &Inputs, trace: &mut Trace, files: &Files) -> Self {
        let values = inputs.annotated(trace);
        let readers = Readers::of(inputs, trace);
        let mentions = Mentions::of(inputs, trace, files);
        let row = |keys: Vec<Rc<str>>| {
            let steps: Vec<Step> = keys.into_iter().map(Step::Key).collect();
            let mut row = row(&steps, inputs, &values, &readers, trace, files);
            if row.read_by.is_empty() {
                row.read_by = imported_by(&steps, inputs, &readers, files);
            }
            if !row.read_by.is_empty() {
                return row;
            }
            let named_by = mentions.of_path(&steps).into_iter().map(|file| file_name(files, file)).collect();
            ValueRow { named_by, ..row }
        };
        Self { rows: inputs.layers().leaves().into_iter().map(row).collect() }
    }

    /// The rows that are there and that nobody reads.
    pub fn unread(&self) -> impl Iterator<Item = &ValueRow> {
        self.rows.iter().filter(|row| row.is_unread())
    }
}

impl Setter {
    fn of(setting: &Setting, files: &Files) -> Self {
        let words = match setting.span.and_then(|span| Some((span, files.position(span)?))) {
            Some((span, position)) => format!("{}:{}", file_name(files, span.file), position.line),
            None => format!("--{} {}", setting.kind.word(), setting.name),
        };
        Self { words, span: setting.span }
    }
}

fn row(steps: &[Step], inputs: &Inputs, values: &Map, readers: &Readers, trace: &Trace, files: &Files) -> ValueRow {
    let told = |setting: &Setting| Setter::of(setting, files);
    let with_root = |steps: &[Step]| [&[Step::Key("Values".into())], steps].concat();
    let own = with_root(steps);
    let found = entry(values, steps);
    // A global that came down from above is known by where it came from.
    let path = found.as_ref().and_then(|(_, path)| trace.sole_path(*path));
    let path: Vec<Step> = path.map_or_else(|| own.clone(), |path| trace.steps(path).into_iter().cloned().collect());
    let mut history = inputs.history(&path);
    if path != own {
        let below = inputs.history(&own);
        history.overrode.extend(below.set_by.into_iter().chain(below.hidden_by).chain(below.overrode));
    }
    let is_gone = found.is_none();
    let overrode = history.overrode.iter().map(|setting| (brief(&setting.value), told(setting)));
    ValueRow {
        key: written(steps),
        value: found.map(|(value, _)| brief(&value)),
        set_by: history.set_by.as_ref().filter(|_| !is_gone).map(told),
        overrode: overrode.collect(),
        deleted_by: history.hidden_by.as_ref().filter(|_| is_gone).map(told),
        read_by: readers.of_path(&path).into_iter().map(|file| file_name(files, file)).collect(),
        named_by: Vec::new(),
    }
}

/// Who reads a value where `import-values` brings it to.
fn imported_by(steps: &[Step], inputs: &Inputs, readers: &Readers, files: &Files) -> Vec<Rc<str>> {
    let key = |step: &Step| if let Step::Key(key) = step { Some(Rc::clone(key)) } else { None };
    let keys: Vec<Rc<str>> = steps.iter().map_while(key).collect();
    let imported = inputs.layers().imported(&keys).into_iter().map(|path| {
        let root: Rc<str> = "Values".into();
        std::iter::once(root).chain(path).map(Step::Key).collect::<Vec<Step>>()
    });
    let files_of = |path: Vec<Step>| readers.of_path(&path);
    let all: BTreeSet<FileId> = imported.flat_map(files_of).collect();
    all.into_iter().map(|file| file_name(files, file)).collect()
}

/// The value at a path, and what it says it was read from.
fn entry(values: &Map, path: &[Step]) -> Option<(Value, crate::source::ReadsId)> {
    let (last, above) = path.split_last()?;
    let table = above.iter().try_fold(values.clone(), |table, step| match step {
        Step::Key(key) => table.value(key)?.as_map().cloned(),
        Step::Index(_) => None,
    })?;
    let Step::Key(last) = last else { return None };
    table.get(last).map(|entry| (entry.value, entry.reads))
}

/// Which files ask for which values.
#[derive(Default)]
struct Readers {
    /// The very path.
    exact: BTreeMap<Vec<Step>, BTreeSet<FileId>>,
    /// The path and all below it: it was printed as a whole.
    whole: BTreeMap<Vec<Step>, BTreeSet<FileId>>,
}

impl Readers {
    fn of(inputs: &Inputs, trace: &Trace) -> Self {
        let mut readers = Self::default();
        let steps = |path| -> Vec<Step> { trace.steps(path).into_iter().cloned().collect() };
        for (reads, files) in trace.readers().filter(|(_, files)| !files.is_empty()) {
            for read in trace.reads(reads) {
                readers.exact.entry(steps(read.path)).or_default().extend(files);
            }
        }
        let printed: BTreeSet<_> = trace.origins().iter().map(|origin| (origin.reads, origin.span.file)).collect();
        for (reads, file) in printed {
            for read in trace.reads(reads).iter().filter(|read| read.role != Role::Decides) {
                readers.whole.entry(steps(read.path)).or_default().insert(file);
            }
        }
        for (file, path) in inputs.conditions() {
            let path = [&[Step::Key("Values".into())], path].concat();
            readers.exact.entry(path).or_default().insert(file);
        }
        readers
    }

    /// Who reads a path, something below it, or all of what it is in.
    fn of_path(&self, path: &[Step]) -> BTreeSet<FileId> {
        let below = self.exact.range(path.to_vec()..).take_while(|(found, _)| found.starts_with(path));
        let mut files: BTreeSet<FileId> = below.flat_map(|(_, files)| files.iter().copied()).collect();
        let below = self.whole.range(path.to_vec()..).take_while(|(found, _)| found.starts_with(path));
        files.extend(below.flat_map(|(_, files)| files));
        for end in 1..path.len() {
            files.extend(path.get(..end).and_then(|above| self.whole.get(above)).into_iter().flatten());
        }
        files
    }
}
