//! The "why" card: why a piece of the output is there, in words, each with the place it speaks of.

use serde::{Deserialize, Serialize};

use super::Pointer;
use super::origins::Atlas;
use super::pin::Sources;
use crate::engine::{Condition, Include, IncludeKind, Printer, Read, SegmentKind, ValueWhy, Why, written};
use crate::source::{FileId, PathId, Skipped, Step};

/// The card.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// One sentence: what it is, and where that comes from.
    pub headline: String,
    /// The rest of it.
    pub rows: Vec<CardRow>,
    /// The card as text, for a chat.
    pub text: String,
}

/// Some words under a heading.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardRow {
    /// The heading.
    pub heading: String,
    /// What stands under it, line by line.
    pub lines: Vec<Pointer>,
}

impl Card {
    pub(super) fn of(why: &Why, atlas: &Atlas) -> Self {
        let mut rows = Vec::new();
        let values = why.values.iter().flat_map(|value| value_lines(value, atlas));
        push(&mut rows, "Value", values.collect());
        let defaults = why.defaults.iter().map(|used| pointer(used.sentence(), used.empty.place.as_ref(), atlas));
        push(&mut rows, "Default used", defaults.collect());
        push(&mut rows, "Printed by", why.printed_by.iter().flat_map(|by| printer_lines(by, atlas)).collect());
        let conditions = why.conditions.iter().flat_map(|condition| condition_lines(condition, atlas));
        push(&mut rows, "Present because", conditions.collect());
        let is_default = |value: &&ValueWhy| why.defaults.iter().any(|used| used.empty == value.read);
        let looked_at = why.looked_at.iter().filter(|value| !is_default(value));
        push(&mut rows, "Looked at", looked_at.map(|value| read_line(&value.read, atlas)).collect());
        Self { headline: headline(why, atlas), rows, text: why.to_string() }
    }
}

fn push(rows: &mut Vec<CardRow>, heading: &str, lines: Vec<Pointer>) {
    if !lines.is_empty() {
        rows.push(CardRow { heading: heading.to_owned(), lines });
    }
}

/// `replicas: 3 is .Values.replicaCount, values.yaml:2, printed by statefulset.yaml:9`.
fn headline(why: &Why, atlas: &Atlas) -> String {
    let shown = why.text.trim();
    let Some(printer) = why.printed_by.first() else { return format!("{shown} is added by Helm itself.") };
    let by = atlas.place(printer.place.span).map_or_else(|| printer.place.line_label(), |place| place.label());
    let is_text = matches!(printer.kind, SegmentKind::Literal | SegmentKind::Changed);
    match why.values.as_slice() {
        [] if is_text => format!("{shown} is the template's own text, {by}."),
        [] => format!("{shown} is printed by {by}."),
        [first] => {
            format!("{shown} is {}, {}, printed by {by}.", first.read.dotted(), set_where(&first.read, atlas))
        }
        [first, rest @ ..] => {
            let more =
                if rest.len() == 1 { "one more value".to_owned() } else { format!("{} more values", rest.len()) };
            format!("{shown} is made of {} and {more}, printed by {by}.", first.read.dotted())
        }
    }
}

fn set_where(read: &Read, atlas: &Atlas) -> String {
    let place = read.place.as_ref().filter(|_| read.layer != "unset").and_then(|place| atlas.place(place.span));
    place.map_or_else(|| read.set_where(), |place| place.label())
}

fn pointer(words: String, place: Option<&crate::engine::Place>, atlas: &Atlas) -> Pointer {
    Pointer { words, place: place.and_then(|place| atlas.place(place.span)) }
}

fn read_line(read: &Read, atlas: &Atlas) -> Pointer {
    let value = read.value.as_ref().map_or_else(String::new, |value| format!(" = {value}"));
    let place = read.place.as_ref().and_then(|place| atlas.place(place.span));
    // Where there is a place, its link says it.
    let by = if place.is_some() && read.layer != "unset" { String::new() } else { format!(" ({})", read.set_where()) };
    Pointer { words: format!("{}{value}{by}", read.dotted()), place }
}

fn value_lines(value: &ValueWhy, atlas: &Atlas) -> Vec<Pointer> {
    let over =
        value.overrode.iter().map(|(place, was)| Pointer { words: format!("over {was} ({place})"), place: None });
    std::iter::once(read_line(&value.read, atlas)).chain(over).collect()
}

fn printer_lines(printer: &Printer, atlas: &Atlas) -> Vec<Pointer> {
    let text = printer.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = match printer.kind {
        SegmentKind::Literal | SegmentKind::Changed => format!("the text {text}"),
        SegmentKind::Inserted => format!("spaces or quotes of {{{{ {text} }}}}"),
        _ => format!("{{{{ {text} }}}}"),
    };
    let first = pointer(words, Some(&printer.place), atlas);
    let includes = printer.includes.iter().rev().filter_map(|include| include_line(include, atlas));
    std::iter::once(first).chain(includes).collect()
}

fn include_line(include: &Include, atlas: &Atlas) -> Option<Pointer> {
    let name = include.name.as_deref().unwrap_or_default();
    let words = match include.kind {
        IncludeKind::File => return None,
        IncludeKind::Include => format!("in \"{name}\", included here"),
        IncludeKind::Tpl => "in a text given to tpl here".to_owned(),
    };
    Some(pointer(words, include.place.as_ref(), atlas))
}

fn condition_lines(condition: &Condition, atlas: &Atlas) -> Vec<Pointer> {
    let first = pointer(condition.sentence(), condition.place.as_ref(), atlas);
    std::iter::once(first).chain(condition.reads.iter().map(|read| read_line(read, atlas))).collect()
}

/// The card of a place in a template that printed nothing.
pub(super) fn without_output(sources: &Sources, file: FileId, byte: usize) -> Card {
    let holds = |skipped: &&Skipped| skipped.span.file == file && skipped.span.range().contains(&byte);
    let skipped = sources.trace.skipped().iter().filter(holds).min_by_key(|skipped| skipped.span.range().len());
    let Some(skipped) = skipped else {
        let headline = "Nothing in the output comes from here.".to_owned();
        return Card { text: headline.clone(), headline, rows: Vec::new() };
    };
    not_taken(sources, skipped)
}

fn not_taken(sources: &Sources, skipped: &Skipped) -> Card {
    let condition = sources.provenance.text(skipped.condition);
    let headline = format!("Not taken: {} decides against it.", condition.trim());
    let reads = sources.provenance.reads(skipped.reads);
    let mut rows = Vec::new();
    let place = sources.atlas.place(skipped.condition);
    let first = Pointer { words: condition.trim().to_owned(), place };
    let lines = std::iter::once(first).chain(reads.iter().map(|read| read_line(read, &sources.atlas)));
    push(&mut rows, "Absent because", lines.collect());
    Card { text: as_text(&headline, &rows), headline, rows }
}

/// The card of a value that is in no output: what it decides, or that nobody reads it.
pub(super) fn of_value_without_output(sources: &Sources, steps: &[Step], path: Option<PathId>) -> Card {
    let key = written(steps);
    let is_it = |reads| sources.trace.reads(reads).iter().any(|read| path == Some(read.path));
    let mut lines = Vec::new();
    for skipped in sources.trace.skipped().iter().filter(|skipped| is_it(skipped.reads)) {
        let words = format!("{}, not taken", sources.provenance.text(skipped.condition).trim());
        lines.push(Pointer { words, place: sources.atlas.place(skipped.condition) });
    }
    for (span, _) in sources.trace.conditions().filter(|(_, reads)| is_it(*reads)) {
        let words = format!("{}, taken", sources.provenance.text(span).trim());
        lines.push(Pointer { words, place: sources.atlas.place(span) });
    }
    lines.dedup();
    let named = [".", &key].concat();
    let unreached =
        sources.trace.skipped().iter().find(|skipped| sources.provenance.text(skipped.span).contains(&named));
    let unreached = unreached.map(|skipped| not_taken(sources, skipped));
    let is_read = path.is_some_and(|path| sources.trace.is_read(path));
    let headline = match (lines.is_empty(), is_read, &unreached) {
        (true, false, Some(card)) => {
            let headline = format!(".{key} is read in a branch that is not taken.");
            return Card { text: as_text(&headline, &card.rows), headline, rows: card.rows.clone() };
        }
        (false, ..) => format!(".{key} is in no line of the output: it only decides."),
        (true, true, _) => format!(".{key} is read, but no line of the output is made of it."),
        (true, false, None) => format!("No template reads .{key}."),
    };
    let mut rows = Vec::new();
    push(&mut rows, "Decides", lines);
    Card { text: as_text(&headline, &rows), headline, rows }
}

fn as_text(headline: &str, rows: &[CardRow]) -> String {
    let mut text = format!("{headline}\n");
    for row in rows {
        for line in &row.lines {
            text.extend([row.heading.as_str(), ": ", line.words.as_str()]);
            if let Some(place) = &line.place {
                text.extend([" (", &place.label(), ")"]);
            }
            text.push('\n');
        }
    }
    text
}
