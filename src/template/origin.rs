//! What an execution records: frames, origins, and branches not taken. Nothing of it where the trace is off.

use std::rc::Rc;

use super::call::reads_of;
use super::exec::{Executor, Run};
use super::parse::node::{At, Branch, BranchKind};
use super::reflect::Reflect;
use super::set::Source;
use crate::source::{Frame, FrameId, FrameKind, Origin, OriginId, OriginKind, ReadsId, Skipped, Span, Step, Trace};
use crate::value::{Map, Traced, Value, brief};

impl Source {
    /// What the text itself was read from.
    pub(super) fn reads(self) -> ReadsId {
        match self {
            Self::File(_) => ReadsId::NONE,
            Self::Dynamic(reads) => reads,
        }
    }
}

impl Executor<'_> {
    pub(super) fn push_frame(
        &mut self,
        parent: FrameId,
        kind: FrameKind,
        span: Option<Span>,
        reads: ReadsId,
    ) -> FrameId {
        self.trace.push_frame(Frame { parent, kind, span, reads, value: None })
    }
}

impl Run<'_, '_> {
    /// The node in its file; for a text that has none, the action that called it.
    pub(super) fn span(&self, at: At) -> Option<Span> {
        match self.template.text.source {
            Source::File(file) => Some(Span { file, start: at.start, end: at.end }),
            Source::Dynamic(_) => self.caller,
        }
    }

    fn origin(&mut self, kind: OriginKind, at: At, reads: ReadsId) -> OriginId {
        if !self.shared.trace.is_on() {
            return OriginId::UNKNOWN;
        }
        let Some(span) = self.span(at) else { return OriginId::UNKNOWN };
        let reads = self.shared.trace.union(reads, self.template.text.source.reads());
        self.shared.trace.push_origin(Origin { kind, span, frame: self.frame, reads })
    }

    pub(super) fn literal_origin(&mut self, at: At) -> OriginId {
        self.origin(OriginKind::Literal, at, ReadsId::NONE)
    }

    /// The origin of what the current action prints.
    pub(super) fn action_origin(&mut self, reads: ReadsId) -> OriginId {
        self.origin(OriginKind::Action, self.action, reads)
    }

    pub(super) fn inserted_origin(&mut self) -> OriginId {
        self.origin(OriginKind::Inserted, self.action, ReadsId::NONE)
    }

    /// Records which way an `if` or `with` went; what follows stands in its frame.
    pub(super) fn enter_branch(&mut self, branch: &Branch, holds: bool, condition: &Reflect) {
        if !self.shared.trace.is_on() {
            return;
        }
        let reads = reads_of(&mut self.shared.trace, &condition.value, condition.reads);
        let skipped = if holds { branch.else_list.as_ref() } else { Some(&branch.list) };
        if let Some(list) = skipped {
            self.skip(list.at, branch.pipe.at, reads);
        }
        let kind = if branch.kind == BranchKind::With { FrameKind::With(holds) } else { FrameKind::If(holds) };
        self.stand_in(kind, branch.pipe.at, reads, &condition.value);
    }

    /// Records a branch that isn't taken.
    pub(super) fn skip(&mut self, list: At, condition: At, reads: ReadsId) {
        if !self.shared.trace.is_on() {
            return;
        }
        if let (Some(span), Some(condition)) = (self.span(list), self.span(condition)) {
            self.shared.trace.push_skipped(Skipped { span, condition, reads, frame: self.frame });
        }
    }

    /// Goes into a frame.
    pub(super) fn stand_in(&mut self, kind: FrameKind, pipe: At, reads: ReadsId, value: &Value) {
        if self.shared.trace.is_on() {
            let (span, value) = (self.span(pipe), Some(brief(value).into()));
            self.frame = self.shared.trace.push_frame(Frame { parent: self.frame, kind, span, reads, value });
        }
    }

    /// Records that the template asked for the value in a variable or in dot. One that was made of several was asked
    /// for where they were read.
    pub(super) fn note_value(&mut self, value: &Reflect) {
        if self.shared.trace.sole_path(value.reads).is_some() {
            self.note_read(value.reads);
        }
    }

    /// Records that the template asked for values.
    pub(super) fn note_read(&mut self, reads: ReadsId) {
        if reads == ReadsId::NONE {
            return;
        }
        let file = match self.template.text.source {
            Source::File(file) => Some(file),
            Source::Dynamic(_) => self.caller.map(|caller| caller.file),
        };
        if let Some(file) = file {
            self.shared.trace.note_reader(reads, file);
        }
    }
}

/// What an entry was read from: what it remembers itself, else what its container was read from.
pub(super) fn entry_reads(own: ReadsId, container: ReadsId) -> ReadsId {
    if own == ReadsId::NONE { container } else { own }
}

/// What a key that isn't in a map would have been read from: its place below the map's, where the map is an input. A map
/// that was made of an input has no such places.
pub fn missing_reads(trace: &mut Trace, container: ReadsId, map: &Map, key: &str) -> ReadsId {
    let Some(path) = trace.sole_path(container) else { return container };
    let entries = map.first_entries(LOOKED_AT);
    let mut stands = |(key, entry): &(Rc<str>, Traced)| {
        let here = trace.path(path, Step::Key(Rc::clone(key)));
        trace.sole_path(entry.reads) == Some(here)
    };
    if !entries.is_empty() && !entries.iter().any(&mut stands) {
        return container;
    }
    let path = trace.path(path, Step::Key(key.into()));
    trace.read(path)
}

/// Entries of a map that are asked whether it is an input. Some that templates set may stand among them.
const LOOKED_AT: usize = 8;

/// What a field of an object was read from: its place below the object's, unless the object was made of a value.
pub(super) fn field_reads(trace: &mut Trace, object: ReadsId, field: &Rc<str>) -> ReadsId {
    let Some(path) = trace.sole_path(object) else { return object };
    if matches!(trace.first_step(path), Some(Step::Key(root)) if &**root == "Values") {
        return object;
    }
    let path = trace.path(path, Step::Key(Rc::clone(field)));
    trace.read(path)
}

/// What a method of `.Files` that takes one name was read from: that file.
pub(super) fn file_reads(trace: &mut Trace, files: ReadsId, method: &str, args: &[Traced]) -> ReadsId {
    let (Some(path), [name]) = (trace.sole_path(files), args) else { return files };
    let is_files = matches!(trace.steps(path).last(), Some(Step::Key(last)) if &**last == "Files");
    match name.value.as_text() {
        Some(name) if is_files && ["Get", "GetBytes", "Lines"].contains(&method) => {
            let path = trace.path(path, Step::Key(name.to_str().into()));
            trace.read(path)
        }
        _ => files,
    }
}
