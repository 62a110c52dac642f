//! Origin runs: which piece of a text has which origin.

use std::ops::Range;

use super::OriginId;

/// A piece of text with one origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// One past the last byte of the piece; it begins where the run before it ends.
    pub end: u32,
    /// Who printed it.
    pub origin: OriginId,
    /// For literal text: how far into the origin's span the piece begins. Else [`Run::WHOLE`].
    pub at: u32,
}

impl Run {
    /// The piece comes from its origin as a whole; no byte of it stands for a byte of the span.
    pub const WHOLE: u32 = u32::MAX;
}

/// The runs of a text, one after the other. Neighbours that belong together are merged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Runs {
    runs: Vec<Run>,
}

impl Runs {
    /// No text yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Bytes covered.
    pub fn len(&self) -> usize {
        self.runs.last().map_or(0, |run| run.end as usize)
    }

    /// Whether no byte is covered.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// The run that covers byte `offset`.
    pub fn at(&self, offset: usize) -> Option<(Range<usize>, Run)> {
        self.ranges_from(offset).next()
    }

    /// The runs in order, each with the range of bytes it covers.
    pub fn ranges(&self) -> impl Iterator<Item = (Range<usize>, Run)> {
        self.ranges_from(0)
    }

    /// Adds `len` bytes printed by `origin`, beginning `at` bytes into it (or [`Run::WHOLE`]).
    pub fn push(&mut self, len: usize, origin: OriginId, at: u32) {
        let Ok(end) = u32::try_from(self.len() + len) else { return };
        if len == 0 {
            return;
        }
        let start = self.last_start();
        if let Some(last) = self.runs.last_mut().filter(|last| last.origin == origin) {
            let continues = if at == Run::WHOLE {
                last.at == Run::WHOLE
            } else {
                last.at != Run::WHOLE && at == last.at + (last.end - start)
            };
            if continues {
                last.end = end;
                return;
            }
        }
        self.runs.push(Run { end, origin, at });
    }

    /// Adds the piece `range` of another text's runs.
    pub fn push_slice(&mut self, other: &Self, range: Range<usize>) {
        for (covered, run) in other.ranges_from(range.start) {
            if covered.start >= range.end {
                break;
            }
            let start = covered.start.max(range.start);
            let end = covered.end.min(range.end);
            let at = if run.at == Run::WHOLE { Run::WHOLE } else { run.at + short(start - covered.start) };
            self.push(end - start, run.origin, at);
        }
    }

    /// The piece `range` of these runs.
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> Self {
        let mut piece = Self::new();
        piece.push_slice(self, range);
        piece
    }

    /// The runs from the one that covers byte `offset` on.
    pub fn ranges_from(&self, offset: usize) -> impl Iterator<Item = (Range<usize>, Run)> {
        let first = self.runs.partition_point(|run| run.end as usize <= offset);
        let before = first.checked_sub(1).and_then(|i| self.runs.get(i)).map_or(0, |run| run.end as usize);
        self.runs.get(first..).unwrap_or_default().iter().scan(before, |start, run| {
            let range = *start..run.end as usize;
            *start = range.end;
            Some((range, *run))
        })
    }

    fn last_start(&self) -> u32 {
        self.runs.len().checked_sub(2).and_then(|i| self.runs.get(i)).map_or(0, |run| run.end)
    }
}

fn short(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX - 1)
}

#[cfg(test)]
mod tests {
    use super::super::{FileId, FrameId, Origin, OriginKind, ReadsId, Span, Trace};
    use super::*;

    fn origins() -> [OriginId; 2] {
        let mut trace = Trace::on();
        [0, 1].map(|n| {
            let span = Span::new(FileId(n), 0..9);
            let (frame, reads) = (FrameId::NONE, ReadsId::NONE);
            trace.push_origin(Origin { kind: OriginKind::Literal, span, frame, reads })
        })
    }

    #[test]
    fn pieces_of_a_literal_remember_where_they_began() {
        let [literal, action] = origins();
        let mut runs = Runs::new();
        runs.push(5, literal, 0);
        runs.push(3, action, Run::WHOLE);
        runs.push(2, literal, 7);
        let piece = runs.slice(2..9);
        let got: Vec<_> = piece.ranges().map(|(range, run)| (range, run.origin, run.at)).collect();
        assert_eq!(got, [(0..3, literal, 2), (3..6, action, Run::WHOLE), (6..7, literal, 7)]);
    }

    #[test]
    fn neighbours_that_continue_each_other_are_one_run() {
        let [literal, action] = origins();
        let mut runs = Runs::new();
        runs.push(5, literal, 0);
        runs.push(2, literal, 5);
        runs.push(2, literal, 0);
        runs.push(1, action, Run::WHOLE);
        runs.push(1, action, Run::WHOLE);
        assert_eq!(runs.ranges().map(|(range, _)| range).collect::<Vec<_>>(), [0..7, 7..9, 9..11]);
        assert_eq!(runs.at(8).map(|(range, _)| range), Some(7..9));
        assert_eq!(runs.at(11), None);
    }
}
