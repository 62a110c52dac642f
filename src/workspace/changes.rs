//! What is different from a baseline: by document and field, each with the value or the template because of which.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::pin::Sources;
use super::{Place, Pointer, Study};
use crate::engine;
use crate::kube::{Field, Object, Path};
use crate::source::{FrameKind, Origin, ReadsId, Step};
use crate::value::{Value, brief};

/// What became of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fate {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// Fields of it changed.
    Changed,
}

/// A document that is not as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentChange {
    /// Kind and name.
    pub title: String,
    /// What became of it.
    pub fate: Fate,
    /// Because of what it is there, or not.
    pub because: Vec<Pointer>,
    /// Its fields that changed.
    pub fields: Vec<FieldChange>,
}

/// A field that is not as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// Its path: `spec.replicas`.
    pub path: String,
    /// What it was; `None` where it is new.
    pub was: Option<String>,
    /// What it is; `None` where it is gone.
    pub is: Option<String>,
    /// Because of what.
    pub because: Vec<Pointer>,
    /// Where it stands in the output, in bytes, where it is there.
    pub place: Option<usize>,
}

/// Fields of a document are told up to here.
const MOST_FIELDS: usize = 200;

/// Of a value that many pieces of text make up, the first ones are looked at.
const MOST_RUNS: usize = 32;

/// Objects are compared no deeper.
const DEEPEST: usize = 64;

/// A document of a study: its object, and where it stands.
pub(super) struct Rendered {
    pub(super) object: Object,
    pub(super) range: Range<usize>,
}

impl Study {
    /// What is different from another rendering. `None` where one of both printed nothing.
    pub(super) fn changes(&self, before: &Self) -> Option<Vec<DocumentChange>> {
        let compared = Compared { old: before.sources()?, new: self.sources()? };
        let (old, new) = (before.objects(), self.objects());
        let names: BTreeSet<&Name> = old.keys().chain(new.keys()).collect();
        Some(names.into_iter().filter_map(|name| compared.document(name, old.get(name), new.get(name))).collect())
    }

    pub(super) fn objects(&self) -> BTreeMap<Name, Rendered> {
        let documents = self.rendering.as_ref().and_then(|rendering| rendering.result.as_ref().ok());
        let all = documents.map(|rendered| rendered.documents.as_slice()).unwrap_or_default();
        let printed = self.printed.iter().flat_map(|printed| &printed.documents);
        let read = printed.filter_map(|(number, range)| Some((all.get(*number)?, range.clone())));
        read.filter_map(|(document, range)| {
            let object = document.object().ok()?;
            Some((name(document, &object), Rendered { object, range }))
        })
        .collect()
    }
}

/// Kind, namespace and name; the template where there is none of them.
pub(super) type Name = (String, String, String);

fn name(document: &engine::Document, object: &Object) -> Name {
    let (kind, name) = (object.kind(), object.name());
    let name = if kind.is_empty() && name.is_empty() { document.source.clone() } else { name };
    (kind, object.namespace().unwrap_or_default(), name)
}

/// Two renderings side by side.
struct Compared<'a> {
    old: Sources<'a>,
    new: Sources<'a>,
}

impl Compared<'_> {
    fn document(&self, name: &Name, old: Option<&Rendered>, new: Option<&Rendered>) -> Option<DocumentChange> {
        let (kind, namespace, own) = name;
        let within = if namespace.is_empty() { String::new() } else { format!(" in {namespace}") };
        let title = format!("{kind} {own}{within}").trim().to_owned();
        let (fate, because, fields) = match (old, new) {
            (Some(old), Some(new)) => {
                let fields = self.fields(kind, old, new);
                if fields.is_empty() {
                    return None;
                }
                (Fate::Changed, Vec::new(), fields)
            }
            (None, Some(new)) => (Fate::Added, self.standing(&self.new, &new.range), Vec::new()),
            (Some(old), None) => (Fate::Removed, self.standing(&self.old, &old.range), Vec::new()),
            (None, None) => return None,
        };
        Some(DocumentChange { title, fate, because, fields })
    }

    /// Because of what a document is there in one of both renderings.
    fn standing(&self, side: &Sources, range: &Range<usize>) -> Vec<Pointer> {
        let Some(origin) = origin_at(side, range.start) else { return Vec::new() };
        let is_condition =
            |kind: &FrameKind| !matches!(kind, FrameKind::File(_) | FrameKind::Include(_) | FrameKind::Tpl);
        let frames = side.trace.frames(origin.frame).filter(|frame| is_condition(&frame.kind));
        let because: Vec<Pointer> = frames.flat_map(|frame| self.changed_values(side, frame.reads)).collect();
        if because.is_empty() { self.changed_text(side, &origin).into_iter().collect() } else { because }
    }

    fn fields(&self, kind: &str, old: &Rendered, new: &Rendered) -> Vec<FieldChange> {
        let mut paths = Vec::new();
        differences(old.object.root(), new.object.root(), &mut paths, 0);
        let is_secret = |path: &Path| {
            let first = path.upwards().last();
            kind == "Secret" && matches!(first, Some(Step::Key(key)) if &**key == "data" || &**key == "stringData")
        };
        let change = |path: Path| {
            let (was, is) = (old.object.field(&path), new.object.field(&path));
            let within = |side: &Rendered| {
                let Range { start, end } = side.object.place(&path)?.value;
                Some(side.range.start + start..side.range.start + end)
            };
            let place = within(new).filter(|_| is.is_present());
            let at = place.as_ref().map(|place| place.start);
            let because = match place {
                Some(place) => self.because(&self.new, place),
                None => within(old).map(|place| self.because(&self.old, place)).unwrap_or_default(),
            };
            let shown = |field: &Field| match field.value() {
                Value::Nil => None,
                _ if is_secret(&path) => Some("\u{2022}\u{2022}\u{2022}\u{2022}".to_owned()),
                value => Some(brief(value)),
            };
            FieldChange { path: path.to_string(), was: shown(&was), is: shown(&is), because, place: at }
        };
        paths.into_iter().take(MOST_FIELDS).map(change).collect()
    }

    /// Because of what a piece of one of both outputs is as it is.
    fn because(&self, side: &Sources, piece: Range<usize>) -> Vec<Pointer> {
        let runs = side.provenance.printed.text.runs().into_iter().flat_map(|runs| runs.ranges_from(piece.start));
        let runs = runs.take_while(|(range, _)| range.start < piece.end).take(MOST_RUNS);
        let origins: Vec<Origin> = runs.filter_map(|(_, run)| side.trace.origin(run.origin).copied()).collect();
        let values = origins.iter().flat_map(|origin| self.changed_values(side, origin.reads));
        let mut because: Vec<Pointer> = values.collect();
        if because.is_empty() {
            let frames = origins.iter().flat_map(|origin| side.trace.frames(origin.frame));
            because = frames.flat_map(|frame| self.changed_values(side, frame.reads)).collect();
        }
        if because.is_empty() {
            because = origins.iter().filter_map(|origin| self.changed_text(side, origin)).collect();
        }
        let mut seen = BTreeSet::new();
        because.retain(|pointer| seen.insert(pointer.words.clone()));
        because
    }

    /// The values among these that are not what they were.
    fn changed_values(&self, side: &Sources, reads: ReadsId) -> Vec<Pointer> {
        let mut told = Vec::new();
        for read in side.trace.reads(reads) {
            let steps: Vec<Step> = side.trace.steps(read.path).into_iter().cloned().collect();
            let (was, is) = (self.old.inputs.value(&steps), self.new.inputs.value(&steps));
            let is_same = match (&was, &is) {
                (Some(was), Some(is)) => brief(was) == brief(is),
                (was, is) => was.is_some() == is.is_some(),
            };
            if !is_same {
                let read = self.new.provenance.value_at(&steps);
                let place = read.place.as_ref().and_then(|place| self.new.atlas.place(place.span));
                let name = read.path.strip_prefix("Values.").unwrap_or(&read.path).to_owned();
                told.push(Pointer { words: format!("{name} changed"), place });
            }
        }
        told
    }

    /// The template whose text is not what it was.
    fn changed_text(&self, side: &Sources, origin: &Origin) -> Option<Pointer> {
        let path = side.atlas.place(origin.span)?.path;
        let texts = (self.old.atlas.file(&path)?.1, self.new.atlas.file(&path)?.1);
        let place = self.new.atlas.at(path.clone(), 0..0).map(|place| self.same_line(side, origin).unwrap_or(place));
        (texts.0 != texts.1).then(|| Pointer { words: format!("{} changed", path.name()), place })
    }

    /// The place of an origin, where it is the new rendering's own.
    fn same_line(&self, side: &Sources, origin: &Origin) -> Option<Place> {
        std::ptr::eq(side, &raw const self.new).then(|| self.new.atlas.place(origin.span))?
    }
}

fn origin_at(side: &Sources, byte: usize) -> Option<Origin> {
    let (_, run) = side.provenance.printed.text.runs()?.at(byte)?;
    side.trace.origin(run.origin).copied()
}

/// The paths at which two fields differ: leaves, and what only one of both has.
fn differences(old: &Field, new: &Field, found: &mut Vec<Path>, depth: usize) {
    if depth > DEEPEST || found.len() > MOST_FIELDS {
        return;
    }
    match (old.value(), new.value()) {
        (Value::Map(_), Value::Map(_)) => {
            let keys: BTreeSet<Rc<str>> = old.entries().into_iter().chain(new.entries()).map(|(key, _)| key).collect();
            for key in keys {
                differences(&old.get(&key), &new.get(&key), found, depth + 1);
            }
        }
        (Value::List(a), Value::List(b)) => {
            for index in 0..a.len().max(b.len()) {
                differences(&old.item(index), &new.item(index), found, depth + 1);
            }
        }
        (was, is) if is_same(was, is) => {}
        _ => found.push(new.path().clone()),
    }
}

fn is_same(was: &Value, is: &Value) -> bool {
    use crate::value::format::display;
    was.is_nil() == is.is_nil() && display(was) == display(is)
}

#[cfg(test)]
mod tests {
    use super::super::{Content, Experiment, FilePath, Outside, default_experiment};
    use super::*;

    fn with(path: &str, from: &str, to: &str) -> Experiment {
        let mut experiment = default_experiment();
        let mut files = (*experiment.files).clone();
        let path = FilePath::parse(path).unwrap();
        let text = experiment.file(&path).and_then(Content::text).unwrap();
        assert!(text.contains(from), "{from}");
        files.insert(path, Content::Text(text.replace(from, to).into()));
        experiment.files = Rc::new(files);
        experiment
    }

    fn told(changed: &Experiment) -> Vec<String> {
        let (before, _) = Study::of(default_experiment(), &Outside::default());
        let (now, _) = Study::of(changed.clone(), &Outside::default());
        let words =
            |because: &[Pointer]| because.iter().map(|pointer| pointer.words.clone()).collect::<Vec<_>>().join(", ");
        let mut lines = Vec::new();
        for document in now.changes(&before).unwrap() {
            lines
                .push(format!("{} {:?} {}", document.title, document.fate, words(&document.because)).trim().to_owned());
            for field in document.fields {
                let (was, is) = (field.was.unwrap_or_default(), field.is.unwrap_or_default());
                lines.push(format!("  {}: {was} -> {is} because {}", field.path, words(&field.because)));
            }
        }
        lines
    }

    #[test]
    fn nothing_changed() {
        assert!(told(&default_experiment()).is_empty());
        assert!(told(&with("values.yaml", "# How many", "# So many")).is_empty());
    }

    #[test]
    fn a_field_changes_because_of_its_value() {
        assert_eq!(
            told(&with("values.yaml", "replicaCount: 3", "replicaCount: 1")),
            ["StatefulSet web Changed", "  spec.replicas: 3 -> 1 because replicaCount changed"]
        );
    }

    #[test]
    fn a_document_comes_because_of_its_condition() {
        let changed = with("values.yaml", "enabled: false", "enabled: true");
        assert_eq!(told(&changed), ["Ingress web Added ingress.enabled changed"]);
    }

    #[test]
    fn a_field_changes_because_of_the_template() {
        let changed = with("templates/service.yaml", "clusterIP: None", "clusterIP: 10.0.0.1");
        assert_eq!(
            told(&changed),
            ["Service web Changed", "  spec.clusterIP: None -> 10.0.0.1 because service.yaml changed"]
        );
    }
}
