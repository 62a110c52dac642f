//! Numbers and booleans from files of values, and how they are printed.

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use super::cx::Subject;
use super::{Scene, below_values};
use crate::source::{OriginKind, PathId, Read, ReadsId, Role, Runs, Span, Step, readable};
use crate::value::{Value, format};
use crate::yaml::{Node, NodeKind, ScalarStyle};

/// A number or a boolean from a file of values that is printed in an object.
pub struct Printed {
    /// The object, by its number among those that are checked.
    pub object: usize,
    /// The bytes that the action printed.
    pub range: Range<usize>,
    /// The action.
    pub action: Span,
    /// The value's path from the top-level dot.
    pub path: Vec<Step>,
    /// Key and value in the file.
    pub span: Span,
    /// What it is read as.
    pub value: Value,
    /// The value as it is written.
    pub written: String,
    /// The value as a template prints it.
    pub shown: String,
    /// What it stands in.
    pub place: Place,
}

/// What a printed value stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A text in one line.
    Text,
    /// A text of several lines: a file, mostly.
    File,
    /// A number, or the like.
    Other,
}

impl Printed {
    /// Whether it is printed into a text of one line.
    pub fn in_text(&self) -> bool {
        self.place == Place::Text
    }

    /// Whether it is printed as it stands, for Kubernetes to read it as a number or a boolean.
    pub fn is_alone(&self) -> bool {
        self.place == Place::Other
    }
}

/// Everything of that kind in some objects, in their order.
pub(super) fn printed<'a>(subjects: impl Iterator<Item = Subject<'a>>, scene: Scene) -> Vec<Printed> {
    let (mut found, mut sources) = (Vec::new(), Sources::default());
    for subject in subjects {
        let Some(yaml) = subject.object.document() else { continue };
        // Most actions print texts, and most objects nothing else.
        let telling = telling(scene, subject.index, &mut sources);
        if telling.is_empty() {
            continue;
        }
        for node in yaml.scalars() {
            let first = telling.partition_point(|piece| piece.range.end <= node.span.start);
            let here = telling.get(first..).unwrap_or_default();
            let mut here = here.iter().take_while(|piece| piece.range.start < node.span.end).peekable();
            if here.peek().is_some() {
                let place = place(node, || yaml.scalar_value(node).as_text().is_some());
                found.extend(here.flat_map(|piece| piece.printed(subject.index, place)));
            }
        }
    }
    found.sort_by_key(|printed| (printed.object, printed.range.start));
    found
}

fn place(node: &Node, is_text: impl FnOnce() -> bool) -> Place {
    match &node.kind {
        NodeKind::Scalar(scalar) if matches!(scalar.style, ScalarStyle::Literal | ScalarStyle::Folded) => Place::File,
        _ if is_text() => Place::Text,
        _ => Place::Other,
    }
}

/// What an action printed that shows numbers or booleans.
struct Telling {
    range: Range<usize>,
    action: Span,
    sources: Vec<Rc<Source>>,
}

impl Telling {
    fn printed(&self, object: usize, place: Place) -> impl Iterator<Item = Printed> {
        self.sources.iter().map(move |source| {
            let Source { path, span, value, written, shown } = (**source).clone();
            Printed { object, range: self.range.clone(), action: self.action, path, span, value, written, shown, place }
        })
    }
}

/// The pieces of an object's text that show one, in order.
fn telling(scene: Scene, object: usize, sources: &mut Sources) -> Vec<Telling> {
    let Some(document) = scene.documents.get(object) else { return Vec::new() };
    let runs = document.text.runs().into_iter().flat_map(Runs::ranges);
    let telling = runs.filter_map(|(range, run)| {
        let origin = scene.sources.trace.origin(run.origin).filter(|origin| origin.kind == OriginKind::Action)?;
        let fed = sources.that_feed(scene, origin.reads);
        if fed.is_empty() {
            return None;
        }
        let text = readable(document.text.as_bytes().get(range.clone()).unwrap_or_default());
        let sources: Vec<_> = fed.iter().filter(|source| text.contains(&source.shown)).cloned().collect();
        (!sources.is_empty()).then(|| Telling { range, action: origin.span, sources })
    });
    telling.collect()
}

/// A number or a boolean where it is set.
#[derive(Clone)]
struct Source {
    path: Vec<Step>,
    span: Span,
    value: Value,
    written: String,
    shown: String,
}

/// The sources of what actions print, each looked for once.
#[derive(Default)]
struct Sources {
    by_path: BTreeMap<PathId, Option<Rc<Source>>>,
    by_reads: BTreeMap<ReadsId, Vec<Rc<Source>>>,
}

impl Sources {
    /// Those of what is fed by some reads.
    fn that_feed(&mut self, scene: Scene, reads: ReadsId) -> &[Rc<Source>] {
        let Self { by_path, by_reads } = self;
        by_reads.entry(reads).or_insert_with(|| {
            let fed = scene.sources.trace.reads(reads).iter().filter(|read| read.role == Role::Feeds);
            let source = |read: &Read| by_path.entry(read.path).or_insert_with(|| source(scene, read.path)).clone();
            fed.filter_map(source).collect()
        })
    }
}

fn source(scene: Scene, path: PathId) -> Option<Rc<Source>> {
    let path: Vec<Step> = scene.sources.trace.steps(path).into_iter().cloned().collect();
    below_values(&path)?;
    // Most values are texts: to ask who set them would be for nothing.
    if !is_number_or_bool(&scene.background.inputs.value(&path)?) {
        return None;
    }
    let setting = scene.background.inputs.history(&path).set_by?;
    let (span, value) = (setting.span?, setting.value);
    if !is_number_or_bool(&value) {
        return None;
    }
    let text = scene.text(span);
    let written = text.rsplit_once(": ").map_or(&*text, |(_, written)| written).trim();
    // Behind a tag or an anchor stands something else; quotes make it a text anyhow.
    let is_plain = !written.is_empty() && !written.starts_with(['"', '\'', '!', '&', '*']);
    let shown = String::from_utf8_lossy(&format::display(&value)).into_owned();
    is_plain.then(|| Rc::new(Source { span, written: written.to_owned(), value, shown, path }))
}

fn is_number_or_bool(value: &Value) -> bool {
    matches!(value, Value::Bool(_) | Value::Float(_))
}
