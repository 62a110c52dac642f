//! Why a line of the output is there: the "why" card, as data and as plain text.

use std::fmt;
use std::ops::Range;
use std::rc::Rc;

use super::source_map::{Condition, Include, IncludeKind, Place, Provenance, Read, ReadRole, Segment, SegmentKind};
use crate::source::{LineIndex, Position, Span};

/// Why a line, or a word of it, is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Why {
    /// The line, from 1.
    pub line: u32,
    /// The line's text.
    pub text: String,
    /// What is explained of it: all of it, or the word at a column.
    pub word: String,
    /// The document's template; `None` for what Helm itself adds.
    pub source: Option<Rc<str>>,
    /// The values that are in it.
    pub values: Vec<ValueWhy>,
    /// The values that were looked at to choose between others.
    pub looked_at: Vec<ValueWhy>,
    /// What printed it: one entry for each action or text.
    pub printed_by: Vec<Printer>,
    /// What it stands under, the outermost first.
    pub conditions: Vec<Condition>,
    /// Values that were empty, so that others stood in.
    pub defaults: Vec<DefaultUsed>,
}

/// A value, and the layers that lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueWhy {
    /// The value.
    pub read: Read,
    /// What weaker layers say: each place or argument, and the value.
    pub overrode: Vec<(String, String)>,
}

/// A text or an action that printed something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printer {
    /// How.
    pub kind: SegmentKind,
    /// Where.
    pub place: Place,
    /// The pipeline; the line of the template for literal text.
    pub text: String,
    /// What led there, the outermost first.
    pub includes: Vec<Include>,
}

/// That a value was empty, and what stood in for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DefaultUsed {
    /// The empty value.
    pub empty: Read,
    /// What stood in: a value, or none where it is written in the template.
    pub instead: Vec<Read>,
    /// What came of it.
    pub gave: String,
}

/// The functions that look for something that isn't empty.
const CHOOSERS: [&str; 3] = ["default", "coalesce", "or"];

impl Why {
    /// Why a line is there, or the word at a column of it. `None` beyond the end.
    pub fn of(provenance: &Provenance, line: u32, column: Option<u32>) -> Option<Self> {
        let bytes = provenance.printed.text.as_bytes();
        let lines = LineIndex::new(bytes);
        let start = lines.offset(bytes, Position { line, column: 1 }).filter(|&start| start < bytes.len())?;
        let end = lines.offset(bytes, Position { line, column: u32::MAX })?;
        let range = match column {
            // The newline belongs to the line.
            None => start..(end + 1).min(bytes.len()),
            Some(_) => word(bytes, start..end, lines.offset(bytes, Position { line, column: column? })?),
        };
        Some(Self::of_bytes(provenance, line, start..end, range))
    }

    /// Why bytes of a line are there. The line is given without its end.
    pub fn of_bytes(provenance: &Provenance, line: u32, of: Range<usize>, range: Range<usize>) -> Self {
        let bytes = provenance.printed.text.as_bytes();
        let text = |range: Range<usize>| String::from_utf8_lossy(bytes.get(range).unwrap_or_default()).into_owned();
        let mut segments = provenance.segments(range.clone());
        for segment in &mut segments {
            clip(segment, &range, provenance);
        }
        let focus = focus(&segments, bytes);
        let mut why = Self { line, text: text(of), word: text(range).trim().to_owned(), ..Self::default() };
        for segment in focus {
            why.add(segment, provenance, &text);
        }
        why
    }

    fn add(&mut self, segment: &Segment, provenance: &Provenance, text: &dyn Fn(Range<usize>) -> String) {
        self.source = self.source.take().or_else(|| segment.source.clone());
        for read in &*segment.values {
            let list = if read.role == ReadRole::Decides { &mut self.looked_at } else { &mut self.values };
            if list.iter().all(|known| known.read != *read) {
                list.push(ValueWhy { read: read.clone(), overrode: overrode(read, provenance) });
            }
        }
        for condition in &segment.stack.conditions {
            if !self.conditions.contains(condition) {
                self.conditions.push(condition.clone());
            }
        }
        let Some(place) = &segment.template else { return };
        let pipeline = provenance.text(place.span);
        if is_choosing(&pipeline) {
            let (instead, looked_at): (Vec<Read>, Vec<Read>) =
                segment.values.iter().cloned().partition(|read| read.role != ReadRole::Decides);
            let gave = text(segment.start..segment.end).trim().to_owned();
            let empty = looked_at.into_iter().filter(is_empty);
            let used = empty.map(|empty| DefaultUsed { empty, instead: instead.clone(), gave: gave.clone() });
            for used in used {
                if !self.defaults.contains(&used) {
                    self.defaults.push(used);
                }
            }
        }
        let text = match segment.kind {
            SegmentKind::Literal | SegmentKind::Changed => provenance.line_at(place.span),
            _ => pipeline,
        };
        let printer =
            Printer { kind: segment.kind, place: place.clone(), text, includes: segment.stack.includes.clone() };
        let is_known = |known: &Printer| {
            known.kind == printer.kind && known.text == printer.text && known.place.line == printer.place.line
        };
        if !self.printed_by.iter().any(is_known) {
            self.printed_by.push(printer);
        }
    }
}

/// The word around a byte of a line: what is between spaces and quotes.
fn word(bytes: &[u8], line: Range<usize>, at: usize) -> Range<usize> {
    let is_end = |byte: &u8| byte.is_ascii_whitespace() || b"\"'`,[]{}()".contains(byte);
    let before = bytes.get(line.start..at).unwrap_or_default();
    let after = bytes.get(at..line.end).unwrap_or_default();
    let start = at - before.iter().rev().take_while(|byte| !is_end(byte)).count();
    let end = at + after.iter().take_while(|byte| !is_end(byte)).count();
    if start < end { start..end } else { at..(at + 1).min(bytes.len()) }
}

/// Of literal text only what stands in the range.
fn clip(segment: &mut Segment, range: &Range<usize>, provenance: &Provenance) {
    let (start, end) = (segment.start.max(range.start), segment.end.min(range.end));
    if let Some(place) = segment.template.as_ref().filter(|_| segment.kind == SegmentKind::Literal) {
        let from = place.start + (start - segment.start);
        let bytes = provenance.files.text(Span::new(place.span.file, from..from + (end - start)));
        let blank = bytes.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let from = if blank < bytes.len() { from + blank } else { from };
        segment.template =
            provenance.place(Span::new(place.span.file, from..from + (end - start).saturating_sub(blank)));
    }
    (segment.start, segment.end) = (start, end);
}

/// What is worth a word: what actions printed, unless it is space; else the text.
fn focus<'s>(segments: &'s [Segment], bytes: &[u8]) -> Vec<&'s Segment> {
    let shows = |segment: &&Segment| !bytes.get(segment.start..segment.end).unwrap_or_default().trim_ascii().is_empty();
    let visible: Vec<&Segment> = segments.iter().filter(shows).collect();
    let made: Vec<&Segment> = visible.iter().copied().filter(|segment| segment.kind == SegmentKind::Action).collect();
    match (made.is_empty(), visible.is_empty()) {
        (false, _) => made,
        (true, false) => visible,
        (true, true) => segments.iter().collect(),
    }
}

fn is_choosing(pipeline: &str) -> bool {
    let mut words = pipeline.split(|c: char| !c.is_alphanumeric() && !"._$".contains(c));
    words.any(|word| CHOOSERS.contains(&word))
}

fn is_empty(read: &Read) -> bool {
    matches!(read.value.as_deref(), None | Some("null" | "\"\"" | "0" | "false" | "[]" | "{}"))
}

fn overrode(read: &Read, provenance: &Provenance) -> Vec<(String, String)> {
    let history = provenance.inputs.history(&read.steps);
    let told = |setting: &crate::chart::Setting| {
        let place = provenance.setting_place(setting);
        let place = place.map_or_else(|| flag(setting.kind.word(), &setting.name), |place| place.line_label());
        (place, crate::value::brief(&setting.value))
    };
    history.overrode.iter().map(told).collect()
}

fn flag(layer: &str, argument: &str) -> String {
    format!("--{layer} {argument}")
}

impl Read {
    /// Where it was set, in a few words: `web/values.yaml:12`, `--set a=1`, `nobody sets it`.
    pub fn set_where(&self) -> String {
        match (self.layer, &self.place, &self.argument) {
            ("unset", Some(place), _) => format!("deleted by null in {}", place.line_label()),
            ("unset", None, Some(argument)) => format!("deleted by {argument}"),
            ("unset", None, None) => "nobody sets it".to_owned(),
            (_, Some(place), _) => place.line_label(),
            (layer, None, Some(argument)) => flag(layer, argument),
            ("release", ..) => "the release".to_owned(),
            ("manifest", ..) => "Chart.yaml".to_owned(),
            _ => "Helm".to_owned(),
        }
    }

    /// It as templates write it: `.Values.image.tag`.
    pub fn dotted(&self) -> String {
        if self.path.starts_with(['.', '[']) { self.path.clone() } else { format!(".{}", self.path) }
    }

    /// Path, value, and where it was set.
    fn sentence(&self) -> String {
        let value = self.value.as_ref().map_or_else(String::new, |value| format!(" = {value}"));
        format!("{}{value}  ({})", self.dotted(), self.set_where())
    }
}

impl Condition {
    /// It in words: `if .Values.a is true`.
    pub fn sentence(&self) -> String {
        let word = self.kind.word();
        match (self.turn, self.taken) {
            (Some(turn), _) => format!("{word} {}: item {} of {}", self.text, u64::from(turn) + 1, self.value),
            (None, true) => format!("{word} {} is {}", self.text, self.value),
            (None, false) => format!("else of {word} {}, which is {}", self.text, self.value),
        }
    }
}

impl super::source_map::ConditionKind {
    /// As templates write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::If => "if",
            Self::With => "with",
            Self::Range => "range",
        }
    }
}

impl Include {
    /// The call in words: `included by "c.labels" at c/templates/a.yaml:3:6`.
    fn sentence(&self) -> String {
        let name = self.name.as_deref().unwrap_or_default();
        let at = self.place.as_ref().map_or_else(String::new, |place| format!("  ({})", place.label()));
        match self.kind {
            IncludeKind::File => name.to_owned(),
            IncludeKind::Include => format!("include {name:?}{at}"),
            IncludeKind::Tpl => format!("tpl{at}"),
        }
    }
}

/// The card as text, for a terminal or a chat.
impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "line {}: {}", self.line, self.text.trim_end())?;
        if self.word != self.text.trim() {
            writeln!(f, "word: {}", self.word)?;
        }
        writeln!(f)?;
        if self.printed_by.is_empty() {
            return row(f, "printed by", "Helm itself");
        }
        for value in &self.values {
            row(f, "value", &value.read.sentence())?;
            for (place, was) in &value.overrode {
                row(f, "", &format!("  over {was}  ({place})"))?;
            }
        }
        for used in &self.defaults {
            row(f, "default used", &used.sentence())?;
        }
        for printer in &self.printed_by {
            row(f, "printed by", &format!("{}  ({})", printer.shown(), printer.place.label()))?;
            for include in &printer.includes {
                row(f, "", &format!("  in {}", include.sentence()))?;
            }
        }
        for condition in &self.conditions {
            let at = condition.place.as_ref().map_or_else(String::new, |place| format!("  ({})", place.label()));
            row(f, "present because", &format!("{}{at}", condition.sentence()))?;
            for read in &*condition.reads {
                row(f, "", &format!("  {}", read.sentence()))?;
            }
        }
        let is_default = |value: &&ValueWhy| self.defaults.iter().any(|used| used.empty == value.read);
        for value in self.looked_at.iter().filter(|value| !is_default(value)) {
            row(f, "looked at", &value.read.sentence())?;
        }
        Ok(())
    }
}

impl Printer {
    fn shown(&self) -> String {
        let text = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
        match self.kind {
            SegmentKind::Literal | SegmentKind::Changed => format!("the text `{text}`"),
            SegmentKind::Inserted => format!("spaces or quotes of {{{{ {text} }}}}"),
            _ => format!("{{{{ {text} }}}}"),
        }
    }
}

impl DefaultUsed {
    /// It in a sentence.
    pub fn sentence(&self) -> String {
        let Self { empty, instead, gave } = self;
        let is = empty.value.as_ref().map_or_else(|| "not set".to_owned(), |value| format!("empty ({value})"));
        let instead: Vec<String> = instead.iter().map(|read| format!(", {},", read.dotted())).collect();
        format!("{} is {is}, so the default{} gave {gave}  ({})", empty.dotted(), instead.join(""), empty.set_where())
    }
}

/// A row of the card: a heading and what stands under it.
fn row(f: &mut fmt::Formatter<'_>, heading: &str, text: &str) -> fmt::Result {
    writeln!(f, "{heading:<17} {text}")
}
