//! Numbers and booleans from files of values, and how they are printed.

use std::collections::BTreeMap;
use std::ops::Range;

use super::cx::Subject;
use super::{Piece, Scene, below_values};
use crate::source::{Span, Step};
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
        for node in yaml.scalars() {
            let pieces = scene.pieces(subject.index, &node.span);
            if pieces.is_empty() {
                continue;
            }
            let place = place(node, yaml.scalar_value(node).as_text().is_some());
            for piece in &pieces {
                found.extend(in_piece(scene, subject.index, piece, place, &mut sources));
            }
        }
    }
    found.sort_by_key(|printed| (printed.object, printed.range.start));
    found
}

fn place(node: &Node, is_text: bool) -> Place {
    match &node.kind {
        NodeKind::Scalar(scalar) if matches!(scalar.style, ScalarStyle::Literal | ScalarStyle::Folded) => Place::File,
        _ if is_text => Place::Text,
        _ => Place::Other,
    }
}

fn in_piece(scene: Scene, object: usize, piece: &Piece, place: Place, sources: &mut Sources) -> Vec<Printed> {
    let text = scene.documents.get(object).map(|document| document.text.as_bytes()).unwrap_or_default();
    let text = String::from_utf8_lossy(text.get(piece.start..piece.end).unwrap_or_default());
    let mut found = Vec::new();
    for path in scene.fed(piece.origin) {
        let Some(source) = sources.of(scene, &path) else { continue };
        if text.contains(&source.shown) {
            let Source { span, value, written, shown } = source.clone();
            let (range, action) = (piece.start..piece.end, piece.origin.span);
            found.push(Printed { object, range, action, path, span, value, written, shown, place });
        }
    }
    found
}

/// A number or a boolean where it is set.
#[derive(Clone)]
struct Source {
    span: Span,
    value: Value,
    written: String,
    shown: String,
}

/// The sources of paths, each looked for once.
#[derive(Default)]
struct Sources(BTreeMap<Vec<Step>, Option<Source>>);

impl Sources {
    fn of(&mut self, scene: Scene, path: &[Step]) -> Option<&Source> {
        if !self.0.contains_key(path) {
            self.0.insert(path.to_vec(), source(scene, path));
        }
        self.0.get(path)?.as_ref()
    }
}

fn source(scene: Scene, path: &[Step]) -> Option<Source> {
    below_values(path)?;
    // Most values are texts: to ask who set them would be for nothing.
    if !is_number_or_bool(&scene.background.inputs.value(path)?) {
        return None;
    }
    let setting = scene.background.inputs.history(path).set_by?;
    let (span, value) = (setting.span?, setting.value);
    if !is_number_or_bool(&value) {
        return None;
    }
    let text = scene.text(span);
    let written = text.rsplit_once(": ").map_or(&*text, |(_, written)| written).trim();
    // Behind a tag or an anchor stands something else; quotes make it a text anyhow.
    let is_plain = !written.is_empty() && !written.starts_with(['"', '\'', '!', '&', '*']);
    let shown = String::from_utf8_lossy(&format::display(&value)).into_owned();
    is_plain.then(|| Source { span, written: written.to_owned(), value, shown })
}

fn is_number_or_bool(value: &Value) -> bool {
    matches!(value, Value::Bool(_) | Value::Float(_))
}
