//! Makes room for a value in a chart's values.

use std::ops::Range;

use super::missing::keys;
use super::{Case, Edit};
use crate::yaml::{CollectionStyle, Document, Node, NodeKind, parse};

/// The edit that puts a key into the `values.yaml` of the chart that is rendered.
pub(super) fn make(case: &Case, path: &[&str], value: &str) -> Option<Edit> {
    let file = case.own_values()?;
    let (range, text) = put(case.text(file), path, value)?;
    case.edit(file, range, text)
}

/// What to write where in a text of values so that a path is there. `None` where something else stands in its way.
fn put(text: &str, path: &[&str], value: &str) -> Option<(Range<usize>, String)> {
    let documents = parse(text.as_bytes()).ok()?;
    let document = documents.first();
    let Some((document, root)) = document.and_then(|document| Some((document, document.root()?))) else {
        let newline = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
        return Some((text.len()..text.len(), [newline, &block(path, value, 0), "\n"].concat()));
    };
    let known =
        (0..=path.len()).rev().find(|end| document.at(&keys(path.get(..*end).unwrap_or_default())).is_some())?;
    let (above, below) = path.split_at_checked(known)?;
    let node = if above.is_empty() { root } else { document.at(&keys(above))? };
    let Some((first, _)) = below.split_first() else { return Some(over(text, node, value)) };
    match &node.kind {
        NodeKind::Mapping(entries, CollectionStyle::Block) => {
            let indent = column(text, document.node(entries.first()?.0)?.span.start);
            let (at, is_line) = end_of(text, document, node);
            let (before, after) = if is_line { ("", "\n") } else { ("\n", "") };
            Some((at..at, [before, &" ".repeat(indent), &block(below, value, indent), after].concat()))
        }
        NodeKind::Mapping(entries, CollectionStyle::Flow) if !entries.is_empty() => {
            let at = node.span.end.checked_sub(1)?;
            let at = text.get(..at)?.trim_end().len();
            Some((at..at, format!(", {first}: {}", flow(below.get(1..)?, value))))
        }
        NodeKind::Mapping(..) => Some(under(text, document, node, above, below, value)),
        NodeKind::Scalar(_) if is_null(document, node) => Some(under(text, document, node, above, below, value)),
        _ => None,
    }
}

/// Another value in place of one.
fn over(text: &str, node: &Node, value: &str) -> (Range<usize>, String) {
    let is_apart = text.get(..node.span.start).is_none_or(|before| before.ends_with([' ', '\t']));
    let space = if is_apart { "" } else { " " };
    (node.span.clone(), [space, value].concat())
}

/// A block in place of a value that is empty.
fn under(
    text: &str,
    document: &Document,
    node: &Node,
    above: &[&str],
    below: &[&str],
    value: &str,
) -> (Range<usize>, String) {
    let key = document.place(&keys(above)).and_then(|place| place.key);
    let indent = key.map_or(0, |key| column(text, key.span.start) + 2);
    let before = text.get(..node.span.start).unwrap_or_default();
    let start = before.trim_end_matches([' ', '\t']).len();
    let lead = if key.is_some() { "\n" } else { "" };
    (start..node.span.end.max(start), [lead, &" ".repeat(indent), &block(below, value, indent)].concat())
}

fn is_null(document: &Document, node: &Node) -> bool {
    matches!(document.text(node), "" | "~" | "null") && node.span.len() < 5
}

/// `a:\n  b: value`, where the first key stands at a column.
fn block(path: &[&str], value: &str, indent: usize) -> String {
    let mut text = String::new();
    for (depth, key) in path.iter().enumerate() {
        if depth > 0 {
            text.push('\n');
            text.push_str(&" ".repeat(indent + 2 * depth));
        }
        text.extend([*key, ":"]);
    }
    if !value.is_empty() {
        text.extend([" ", value]);
    }
    text
}

/// The same inside of braces.
fn flow(path: &[&str], value: &str) -> String {
    match path.split_first() {
        Some((key, rest)) => format!("{{{key}: {}}}", flow(rest, value)),
        None if value.is_empty() => "null".to_owned(),
        None => value.to_owned(),
    }
}

/// Behind the last line of a node, and whether that is where a line begins.
fn end_of(text: &str, document: &Document, node: &Node) -> (usize, bool) {
    let last = match &node.kind {
        NodeKind::Mapping(entries, CollectionStyle::Block) => entries.last().map(|(_, value)| *value),
        NodeKind::Sequence(items, CollectionStyle::Block) => items.last().copied(),
        _ => None,
    };
    if let Some(last) = last.and_then(|last| document.node(last)) {
        let (end, is_line) = end_of(text, document, last);
        return (end.max(node.span.start), is_line);
    }
    let end = node.span.end;
    if text.get(..end).is_some_and(|before| before.ends_with('\n')) && !node.span.is_empty() {
        return (end, true);
    }
    let rest = text.get(end..).and_then(|after| after.find('\n'));
    rest.map_or((text.len(), false), |rest| (end + rest, false))
}

fn column(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    before.len() - before.rfind('\n').map_or(0, |newline| newline + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(text: &str, path: &[&str], value: &str) -> String {
        let (range, insert) = put(text, path, value).expect("room");
        let mut text = text.to_owned();
        text.replace_range(range, &insert);
        text
    }

    #[test]
    fn a_key_stands_behind_those_that_are_there() {
        for (text, path, value, want) in [
            ("", &["a", "b"][..], "", "a:\n  b:\n"),
            ("# none\n", &["a"], "x", "# none\na: x\n"),
            ("z: 1\n", &["a", "b"], "", "z: 1\na:\n  b:\n"),
            ("z: 1", &["a"], "x", "z: 1\na: x"),
            ("a:\n  c: 1 # one\n\n# next\nz: 1\n", &["a", "b"], "", "a:\n  c: 1 # one\n  b:\n\n# next\nz: 1\n"),
            ("a:\n    c:\n    - 1\nz: 1\n", &["a", "b"], "x", "a:\n    c:\n    - 1\n    b: x\nz: 1\n"),
            ("a:\n  c: |\n    text\nz: 1\n", &["a", "b"], "x", "a:\n  c: |\n    text\n  b: x\nz: 1\n"),
            ("a: {c: 1}\n", &["a", "b", "d"], "", "a: {c: 1, b: {d: null}}\n"),
            ("a: {}\n", &["a", "b"], "x", "a:\n  b: x\n"),
            ("a:\nz: 1\n", &["a", "b"], "x", "a:\n  b: x\nz: 1\n"),
            ("a: null # why\nz: 1\n", &["a", "b"], "x", "a:\n  b: x # why\nz: 1\n"),
            ("a:\n  b: \"\"\nz: 1\n", &["a", "b"], "x", "a:\n  b: x\nz: 1\n"),
            ("{}\n", &["a"], "x", "a: x\n"),
        ] {
            assert_eq!(with(text, path, value), want, "{text:?}");
        }
        assert_eq!(put("a: text\n", &["a", "b"], "x"), None);
        assert_eq!(put("a: [\n", &["a", "b"], "x"), None);
    }
}
