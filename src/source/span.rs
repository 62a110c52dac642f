//! Places in files: which file, and which bytes of it.

use std::ops::Range;

/// A file of the workspace, by its number in [`Files`](super::Files).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A range of bytes in one file. Small and copyable, so that every node can carry one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span over `range` of `file`. Offsets beyond four gigabytes are cut off.
    pub fn new(file: FileId, range: Range<usize>) -> Self {
        Self { file, start: clamp(range.start), end: clamp(range.end) }
    }

    /// The empty span at `at`.
    pub fn point(file: FileId, at: usize) -> Self {
        Self::new(file, at..at)
    }

    /// The bytes covered, as an index range.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Number of bytes covered.
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start) as usize
    }

    /// Whether no byte is covered.
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// The smallest span that covers both; `self` where the files differ.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        if self.file != other.file {
            return self;
        }
        Self { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

fn clamp(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}
