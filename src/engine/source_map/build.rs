//! From the runs of what is printed to segments.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use super::{
    Condition, ConditionKind, Include, IncludeKind, Place, Read, ReadRole, Segment, SegmentKind, SourceMap, Stack,
};
use crate::chart::Setting;
use crate::engine::inputs::{file_name, written};
use crate::engine::{Document, Inputs, Printed};
use crate::source::{
    Files, Frame, FrameId, FrameKind, Origin, OriginKind, PathId, ReadsId, Role, Run, Span, Step, Trace,
};
use crate::value::brief;

/// What is printed, and all that says where it comes from. Answers for a single byte without looking at the others.
pub struct Provenance<'a> {
    /// What is printed.
    pub printed: &'a Printed,
    /// The documents in it.
    pub documents: &'a [Document],
    /// What was recorded.
    pub trace: &'a Trace,
    /// The files that spans point into.
    pub files: &'a Files,
    /// What the rendering was made of.
    pub inputs: &'a Inputs,
    stacks: RefCell<BTreeMap<FrameId, Rc<Stack>>>,
    known: RefCell<BTreeMap<ReadsId, Rc<[Read]>>>,
}

impl<'a> Provenance<'a> {
    /// The provenance of what was printed.
    pub fn new(
        printed: &'a Printed,
        documents: &'a [Document],
        trace: &'a Trace,
        files: &'a Files,
        inputs: &'a Inputs,
    ) -> Self {
        let (stacks, known) = (RefCell::default(), RefCell::default());
        Self { printed, documents, trace, files, inputs, stacks, known }
    }

    /// All of it.
    pub fn source_map(&self) -> SourceMap {
        let bytes = self.printed.text.len();
        SourceMap { version: 1, bytes, segments: self.segments(0..bytes) }
    }

    /// The segments that touch a range of the output, whole.
    pub fn segments(&self, range: Range<usize>) -> Vec<Segment> {
        let mut segments = Vec::new();
        let Some(runs) = self.printed.text.runs() else {
            if !self.printed.text.is_empty() {
                self.unrecorded(0..self.printed.text.len(), &mut segments);
            }
            return segments;
        };
        for (covered, run) in runs.ranges_from(range.start).take_while(|(covered, _)| covered.start < range.end) {
            match self.trace.origin(run.origin) {
                Some(origin) => self.recorded(covered, run, origin, &mut segments),
                None => self.unrecorded(covered, &mut segments),
            }
        }
        segments.retain(|segment| segment.start < range.end && segment.end > range.start);
        segments
    }

    /// A run of one origin; a document ends it.
    fn recorded(&self, covered: Range<usize>, run: Run, origin: &Origin, segments: &mut Vec<Segment>) {
        let kind = match origin.kind {
            OriginKind::Literal if run.at == Run::WHOLE => SegmentKind::Changed,
            OriginKind::Literal => SegmentKind::Literal,
            OriginKind::Action => SegmentKind::Action,
            OriginKind::Inserted => SegmentKind::Inserted,
        };
        let Range { start, end } = covered;
        segments.push(Segment {
            start,
            end,
            kind,
            source: self.source(start),
            template: self.place(narrowed(origin, run, end - start)),
            stack: self.stack(origin.frame),
            values: self.reads(origin.reads),
        });
    }

    /// What nobody recorded: Helm's own, unless it is inside of a document.
    fn unrecorded(&self, covered: Range<usize>, segments: &mut Vec<Segment>) {
        let documents = &self.printed.documents;
        let first = documents.partition_point(|(_, range)| range.end <= covered.start);
        let mut at = covered.start;
        for (number, range) in documents.iter().skip(first).take_while(|(_, range)| range.start < covered.end) {
            let (start, end) = (range.start.max(at), range.end.min(covered.end));
            if start >= end {
                continue;
            }
            plain(at..start, SegmentKind::Helm, None, segments);
            let source = self.documents.get(*number).map(|document| document.source.as_str().into());
            plain(start..end, SegmentKind::Unknown, source, segments);
            at = end;
        }
        plain(at..covered.end, SegmentKind::Helm, None, segments);
    }

    /// The template of the document at a byte.
    fn source(&self, offset: usize) -> Option<Rc<str>> {
        let documents = &self.printed.documents;
        let at = documents.partition_point(|(_, range)| range.end <= offset);
        let (number, _) = documents.get(at).filter(|(_, range)| range.contains(&offset))?;
        self.documents.get(*number).map(|document| document.source.as_str().into())
    }

    /// A span in lines and columns.
    pub fn place(&self, span: Span) -> Option<Place> {
        let position = self.files.position(span)?;
        let Range { start, end } = span.range();
        Some(Place {
            file: file_name(self.files, span.file),
            start,
            end,
            line: position.line,
            column: position.column,
            span,
        })
    }

    fn stack(&self, frame: FrameId) -> Rc<Stack> {
        if let Some(stack) = self.stacks.borrow().get(&frame) {
            return Rc::clone(stack);
        }
        let mut stack = Stack::default();
        let mut frames: Vec<&Frame> = self.trace.frames(frame).collect();
        frames.reverse();
        for frame in frames {
            let place = frame.span.and_then(|span| self.place(span));
            match include(&frame.kind) {
                Some((kind, name)) => stack.includes.push(Include { kind, name, place }),
                None => stack.conditions.extend(self.condition(frame, place)),
            }
        }
        let stack = Rc::new(stack);
        self.stacks.borrow_mut().insert(frame, Rc::clone(&stack));
        stack
    }

    fn condition(&self, frame: &Frame, place: Option<Place>) -> Option<Condition> {
        let (kind, taken, turn) = match frame.kind {
            FrameKind::If(taken) => (ConditionKind::If, taken, None),
            FrameKind::With(taken) => (ConditionKind::With, taken, None),
            FrameKind::Range(turn) => (ConditionKind::Range, true, Some(turn)),
            FrameKind::RangeElse => (ConditionKind::Range, false, None),
            FrameKind::File(_) | FrameKind::Include(_) | FrameKind::Tpl => return None,
        };
        let text = frame.span.map_or_else(String::new, |span| self.text(span));
        let value = frame.value.clone().unwrap_or_default();
        Some(Condition { kind, taken, turn, text, value, place, reads: self.reads(frame.reads) })
    }

    /// The text at a span.
    pub fn text(&self, span: Span) -> String {
        String::from_utf8_lossy(self.files.text(span)).into_owned()
    }

    /// The first line of a span that isn't blank, whole.
    pub fn line_at(&self, span: Span) -> String {
        let text = self.files.get(span.file).map(|file| &*file.text).unwrap_or_default();
        let inside = self.files.text(span);
        let blank = inside.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let at = span.range().start + if blank < inside.len() { blank } else { 0 };
        let (before, after) = text.split_at_checked(at).unwrap_or_default();
        let start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
        let rest = after.iter().position(|&byte| byte == b'\n').unwrap_or(after.len());
        String::from_utf8_lossy(text.get(start..at + rest).unwrap_or_default()).trim().to_owned()
    }

    /// The values of a set of reads.
    pub fn reads(&self, reads: ReadsId) -> Rc<[Read]> {
        if let Some(known) = self.known.borrow().get(&reads) {
            return Rc::clone(known);
        }
        let all: Rc<[Read]> = self.trace.reads(reads).iter().map(|read| self.one(read.path, read.role)).collect();
        self.known.borrow_mut().insert(reads, Rc::clone(&all));
        all
    }

    fn one(&self, path: PathId, role: Role) -> Read {
        let steps: Vec<Step> = self.trace.steps(path).into_iter().cloned().collect();
        let role = match role {
            Role::Feeds => ReadRole::Feeds,
            Role::Names => ReadRole::Names,
            Role::Decides => ReadRole::Decides,
        };
        self.said(steps, role)
    }

    /// The value at a path, as something that was looked at.
    pub fn value_at(&self, steps: &[Step]) -> Read {
        self.said(steps.to_vec(), ReadRole::Decides)
    }

    fn said(&self, steps: Vec<Step>, role: ReadRole) -> Read {
        let (layer, argument, place) = self.set_by(&steps);
        let value = self.inputs.value(&steps).map(|value| brief(&value));
        Read { path: written(&steps), role, value, layer, argument, place, steps: steps.into() }
    }

    /// Who set what stands at a path: the layer, its argument, its place.
    fn set_by(&self, path: &[Step]) -> (&'static str, Option<Rc<str>>, Option<Place>) {
        let history = self.inputs.history(path);
        let said = |setting: &Setting| (argument(setting), self.setting_place(setting));
        if let Some(setting) = &history.set_by {
            let (argument, place) = said(setting);
            return (setting.kind.word(), argument, place);
        }
        let root = path.first().and_then(|step| if let Step::Key(root) = step { Some(&**root) } else { None });
        match root {
            // Tables that Helm makes for charts and globals.
            Some("Values") if self.inputs.value(path).is_some() => ("helm", None, None),
            Some("Values") => {
                let (argument, place) = history.hidden_by.as_ref().map(said).unwrap_or_default();
                ("unset", argument, place)
            }
            Some("Release") => ("release", None, None),
            _ => match (self.inputs.in_manifest(path), self.inputs.in_files(path)) {
                (Some(span), _) => ("manifest", None, self.place(span)),
                (None, Some(span)) => ("chart-file", None, self.place(span)),
                (None, None) => ("helm", None, None),
            },
        }
    }

    /// Where a layer sets a value.
    pub fn setting_place(&self, setting: &Setting) -> Option<Place> {
        setting.span.and_then(|span| self.place(span))
    }
}

fn plain(range: Range<usize>, kind: SegmentKind, source: Option<Rc<str>>, segments: &mut Vec<Segment>) {
    if !range.is_empty() {
        let (start, end) = (range.start, range.end);
        let (stack, values) = (Rc::default(), Rc::default());
        segments.push(Segment { start, end, kind, source, template: None, stack, values });
    }
}

/// The argument of a setting that stands in no file.
fn argument(setting: &Setting) -> Option<Rc<str>> {
    setting.span.is_none().then(|| Rc::clone(&setting.name))
}

fn include(kind: &FrameKind) -> Option<(IncludeKind, Option<Rc<str>>)> {
    Some(match kind {
        FrameKind::File(name) => (IncludeKind::File, Some(Rc::clone(name))),
        FrameKind::Include(name) => (IncludeKind::Include, Some(Rc::clone(name))),
        FrameKind::Tpl => (IncludeKind::Tpl, None),
        _ => return None,
    })
}

/// Of literal text, the very bytes; of anything else, all of the node that printed it.
fn narrowed(origin: &Origin, run: Run, len: usize) -> Span {
    if origin.kind != OriginKind::Literal || run.at == Run::WHOLE {
        return origin.span;
    }
    let start = origin.span.range().start + run.at as usize;
    Span::new(origin.span.file, start..start + len)
}
