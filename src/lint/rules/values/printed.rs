//! Numbers and booleans from files of values, and how they are printed.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::lint::cx::{Cx, Subject};
use crate::lint::{Piece, Scene, below_values};
use crate::source::{Span, Step};
use crate::value::{Value, format};
use crate::yaml::{Node, NodeKind, ScalarStyle};

/// A number or a boolean from a file of values that is printed in an object.
pub(super) struct Printed<'a> {
    /// The object.
    pub(super) subject: Subject<'a>,
    /// The bytes that the action printed.
    pub(super) range: Range<usize>,
    /// The action.
    pub(super) action: Span,
    /// The value's path from the top-level dot.
    pub(super) path: Vec<Step>,
    /// Key and value in the file.
    pub(super) span: Span,
    /// What it is read as.
    pub(super) value: Value,
    /// The value as it is written.
    pub(super) written: String,
    /// The value as a template prints it.
    pub(super) shown: String,
    /// What it stands in.
    pub(super) place: Place,
}

/// What a printed value stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A text in one line.
    Text,
    /// A text of several lines: a file, mostly.
    File,
    /// A number, or the like.
    Other,
}

impl Printed<'_> {
    /// Whether it is printed into a text of one line.
    pub(super) fn in_text(&self) -> bool {
        self.place == Place::Text
    }

    /// Whether it is printed as it stands, for Kubernetes to read it as a number or a boolean.
    pub(super) fn is_alone(&self) -> bool {
        self.place == Place::Other
    }
}

/// Everything of that kind, in the order of the objects.
pub(super) fn printed<'a>(cx: &Cx<'a>) -> Vec<Printed<'a>> {
    let Some(scene) = cx.scene() else { return Vec::new() };
    let (mut found, mut sources) = (Vec::new(), Sources::default());
    for subject in cx.subjects() {
        let Some(yaml) = subject.object.document() else { continue };
        for node in yaml.scalars() {
            let pieces = scene.pieces(subject.index, &node.span);
            if pieces.is_empty() {
                continue;
            }
            let place = place(node, yaml.scalar_value(node).as_text().is_some());
            for piece in &pieces {
                found.extend(in_piece(scene, subject, piece, place, &mut sources));
            }
        }
    }
    found.sort_by_key(|printed| (printed.subject.index, printed.range.start));
    found
}

fn place(node: &Node, is_text: bool) -> Place {
    match &node.kind {
        NodeKind::Scalar(scalar) if matches!(scalar.style, ScalarStyle::Literal | ScalarStyle::Folded) => Place::File,
        _ if is_text => Place::Text,
        _ => Place::Other,
    }
}

fn in_piece<'a>(
    scene: Scene<'a>,
    subject: Subject<'a>,
    piece: &Piece,
    place: Place,
    sources: &mut Sources,
) -> Vec<Printed<'a>> {
    let text = scene.documents.get(subject.index).map(|document| document.text.as_bytes()).unwrap_or_default();
    let text = String::from_utf8_lossy(text.get(piece.start..piece.end).unwrap_or_default()).into_owned();
    let mut found = Vec::new();
    for path in scene.fed(piece.origin) {
        let Some(source) = sources.of(scene, &path) else { continue };
        if text.contains(&source.shown) {
            let Source { span, value, written, shown } = source.clone();
            let (range, action) = (piece.start..piece.end, piece.origin.span);
            found.push(Printed { subject, range, action, path, span, value, written, shown, place });
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
    let setting = scene.background.inputs.history(path).set_by?;
    let (span, value) = (setting.span?, setting.value);
    if !matches!(value, Value::Bool(_) | Value::Float(_)) {
        return None;
    }
    let text = scene.text(span);
    let written = text.rsplit_once(": ").map_or(&*text, |(_, written)| written).trim();
    // Behind a tag or an anchor stands something else; quotes make it a text anyhow.
    let is_plain = !written.is_empty() && !written.starts_with(['"', '\'', '!', '&', '*']);
    let shown = String::from_utf8_lossy(&format::display(&value)).into_owned();
    is_plain.then(|| Source { span, written: written.to_owned(), value, shown })
}
