//! Changes of an object, as edits of its text. What stands around a change stays as it is written.

use std::ops::Range;

use crate::kube::{Object, Path, Place};
use crate::source::Step;

/// A change of one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// Takes a field of a map away.
    Remove(Path),
    /// Puts a scalar in place of a value.
    Set(Path, String),
    /// The same, in the values of the chart only.
    SetValue(Path, String),
    /// Gives a field another name.
    Rename(Path, String),
    /// Adds a field to a map.
    Insert(Path, String),
    /// Adds an item to a list.
    Append(Path, String),
    /// Puts functions behind the action that printed these bytes; what it prints then.
    Pipe(Range<usize>, String, String),
}

impl Change {
    /// Whether it changes a value and nothing else.
    pub(super) fn is_value(&self) -> bool {
        matches!(self, Self::Set(..) | Self::SetValue(..))
    }

    /// The bytes that go, and what comes. `None` where the object isn't written so that one edit can do it.
    pub(super) fn written(&self, object: &Object, text: &str) -> Option<(Range<usize>, String)> {
        match self {
            Self::Set(path, value) | Self::SetValue(path, value) => Some((object.place(path)?.value, value.clone())),
            Self::Rename(path, key) => Some((object.place(path)?.key?, key.clone())),
            Self::Remove(path) => Some((removed(object, path, text)?, String::new())),
            Self::Insert(path, value) => inserted(object, path, value, text),
            Self::Append(path, value) => appended(object, path, value, text),
            Self::Pipe(range, _, value) => Some((range.clone(), value.clone())),
        }
    }
}

fn removed(object: &Object, path: &Path, text: &str) -> Option<Range<usize>> {
    let place = object.place(path)?;
    let key = place.key.clone()?;
    let parent = path.parent()?;
    let siblings = entries(object, &parent);
    let at = siblings.iter().position(|sibling| sibling.key == place.key)?;
    let next = siblings.get(at + 1).and_then(|next| next.key.clone());
    let before = at.checked_sub(1).and_then(|at| siblings.get(at));
    if is_flow(object, &parent, text) {
        return match (next, before) {
            (Some(next), _) => Some(key.start..next.start),
            (None, Some(before)) => Some(before.value.end..place.value.end),
            (None, None) => None,
        };
    }
    // A map without a field would be null.
    if next.is_none() && before.is_none() {
        return None;
    }
    let line = line_start(text, key.start);
    if text.get(line..key.start)?.trim().is_empty() {
        let end = text.get(..place.value.end)?.trim_end().len();
        return Some(line..next_line(text, end));
    }
    // The first field of an item stands behind its dash.
    Some(key.start..next?.start)
}

fn inserted(object: &Object, path: &Path, value: &str, text: &str) -> Option<(Range<usize>, String)> {
    let (parent, Some(Step::Key(key))) = (path.parent()?, path.last()) else { return None };
    let field = object.field(&parent);
    if !field.is_present() && !parent.is_root() {
        // It may stand there with nothing in it, as templates leave it that fill it now and then.
        object.place(&parent).is_none().then_some(())?;
        return inserted(object, &parent, &format!("{{{key}: {value}}}"), text);
    }
    let place = object.place(&parent)?;
    if is_flow(object, &parent, text) {
        let inside = place.value.start + 1;
        let comma = if field.entries().is_empty() { "" } else { ", " };
        return Some((inside..inside, format!("{key}: {value}{comma}")));
    }
    let first = entries(object, &parent).into_iter().next()?;
    let own = first.key?;
    let indent = " ".repeat(own.start - line_start(text, own.start));
    let end = text.get(..first.value.end)?.trim_end().len();
    let is_one_line = !text.get(own.start..end)?.contains('\n');
    if is_one_line {
        let end = next_line(text, end);
        let end = if text.get(..end)?.ends_with('\n') { end - 1 } else { end };
        return Some((end..end, format!("\n{indent}{key}: {value}")));
    }
    Some((own.start..own.start, format!("{key}: {value}\n{indent}")))
}

fn appended(object: &Object, path: &Path, value: &str, text: &str) -> Option<(Range<usize>, String)> {
    let (whole, items) = (object.place(path)?.value, object.field(path).items());
    if text.get(whole.clone())?.starts_with('[') {
        let inside = whole.end.checked_sub(1)?;
        let comma = if items.is_empty() { "" } else { ", " };
        return Some((inside..inside, format!("{comma}{value}")));
    }
    let last = object.place(items.last()?.path())?.value;
    let before = text.get(line_start(text, last.start)..last.start)?;
    let indent = before.strip_suffix("- ").filter(|indent| indent.trim().is_empty())?;
    let end = text.get(..last.end)?.trim_end().len();
    let end = next_line(text, end);
    let end = if text.get(..end)?.ends_with('\n') { end - 1 } else { end };
    Some((end..end, format!("\n{indent}- {value}")))
}

/// The places of a map's fields, in the order in which they are written.
fn entries(object: &Object, map: &Path) -> Vec<Place> {
    let fields = object.field(map).entries();
    let mut places: Vec<Place> = fields.iter().filter_map(|(_, field)| object.place(field.path())).collect();
    places.sort_by_key(|place| place.whole().start);
    places
}

fn is_flow(object: &Object, map: &Path, text: &str) -> bool {
    let place = object.place(map);
    place.and_then(|place| text.get(place.value)).is_some_and(|written| written.starts_with('{'))
}

fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1)
}

/// Where the next line begins, or the text ends.
fn next_line(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|rest| rest.find('\n')).map_or(text.len(), |newline| at + newline + 1)
}
