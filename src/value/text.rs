//! Go's string: bytes, usually UTF-8, which may know where each piece of it comes from.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::rc::Rc;

use crate::source::{OriginId, Run, Runs};

/// A string as Go has it. Cheap to clone. Equality and order look at the bytes alone.
#[derive(Clone, Default)]
pub struct Text {
    bytes: Rc<[u8]>,
    runs: Option<Rc<Runs>>,
}

impl Text {
    /// A text that doesn't know where it comes from.
    pub fn new(bytes: impl Into<Rc<[u8]>>) -> Self {
        Self { bytes: bytes.into(), runs: None }
    }

    /// A text with its runs. They are dropped where they don't cover it.
    pub fn with_runs(bytes: impl Into<Rc<[u8]>>, runs: Runs) -> Self {
        let bytes = bytes.into();
        let runs = (!runs.is_empty() && runs.len() == bytes.len()).then(|| Rc::new(runs));
        Self { bytes, runs }
    }

    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The same, shared.
    pub fn shared(&self) -> &Rc<[u8]> {
        &self.bytes
    }

    /// The text, with a replacement character for what isn't UTF-8.
    pub fn to_str(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.bytes)
    }

    /// Number of bytes.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether it has no byte.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Where its pieces come from, if that is known.
    pub fn runs(&self) -> Option<&Runs> {
        self.runs.as_deref()
    }

    /// The piece `range` of it, with its runs. Empty where the range lies outside.
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> Self {
        if range == (0..self.len()) {
            return self.clone();
        }
        let Some(bytes) = self.bytes.get(range.clone()) else { return Self::default() };
        match &self.runs {
            Some(runs) => Self::with_runs(bytes, runs.slice(range)),
            None => Self::new(bytes),
        }
    }
}

impl From<&str> for Text {
    fn from(s: &str) -> Self {
        Self::new(s.as_bytes())
    }
}

impl From<String> for Text {
    fn from(s: String) -> Self {
        Self::new(s.into_bytes())
    }
}

impl From<Vec<u8>> for Text {
    fn from(bytes: Vec<u8>) -> Self {
        Self::new(bytes)
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}

impl Eq for Text {}

impl PartialOrd for Text {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Text {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.bytes.cmp(&other.bytes)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.to_str(), f)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_str())
    }
}

/// A text in the making: what a template prints into, and what text functions build with.
///
/// A builder keeps runs from the first piece on that has some; pieces before it count as unknown.
#[derive(Clone, Debug, Default)]
pub struct TextBuilder {
    bytes: Vec<u8>,
    runs: Option<Runs>,
}

impl TextBuilder {
    /// An empty text.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty text that is expected to grow to so many bytes.
    pub fn with_capacity(bytes: usize) -> Self {
        Self { bytes: Vec::with_capacity(bytes), runs: None }
    }

    /// An empty text in the memory of another one.
    pub fn within(mut memory: Vec<u8>) -> Self {
        memory.clear();
        Self { bytes: memory, runs: None }
    }

    /// The finished text, and its memory for the next one.
    pub fn finish_within(self) -> (Text, Vec<u8>) {
        let text = match self.runs {
            Some(runs) => Text::with_runs(&*self.bytes, runs),
            None => Text::new(&*self.bytes),
        };
        (text, self.bytes)
    }

    /// Drops what stands behind the first `len` bytes.
    pub fn truncate(&mut self, len: usize) {
        if let Some(runs) = &mut self.runs {
            *runs = runs.slice(0..len.min(runs.len()));
        }
        self.bytes.truncate(len);
    }

    /// Bytes so far.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether nothing was added.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// The bytes so far.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Adds a text with its runs; where it has none, all of it comes from `otherwise`.
    pub fn push_text(&mut self, text: &Text, otherwise: OriginId) {
        match text.runs() {
            Some(runs) => {
                self.started().push_slice(runs, 0..runs.len());
                self.bytes.extend_from_slice(text.as_bytes());
            }
            None => self.push(text.as_bytes(), otherwise),
        }
    }

    /// Adds the piece `range` of a text with its runs; where it has none, it comes from `otherwise`.
    pub fn push_slice(&mut self, text: &Text, range: Range<usize>, otherwise: OriginId) {
        let Some(bytes) = text.as_bytes().get(range.clone()) else { return };
        match text.runs() {
            Some(runs) => {
                self.started().push_slice(runs, range);
                self.bytes.extend_from_slice(bytes);
            }
            None => self.push(bytes, otherwise),
        }
    }

    /// Adds bytes that come from `origin` as a whole.
    pub fn push(&mut self, bytes: &[u8], origin: OriginId) {
        if origin != OriginId::UNKNOWN || self.runs.is_some() {
            self.started().push(bytes.len(), origin, Run::WHOLE);
        }
        self.bytes.extend_from_slice(bytes);
    }

    /// Adds literal text, which begins `at` bytes into the origin's span.
    pub fn push_literal(&mut self, bytes: &[u8], origin: OriginId, at: u32) {
        if origin != OriginId::UNKNOWN || self.runs.is_some() {
            self.started().push(bytes.len(), origin, at);
        }
        self.bytes.extend_from_slice(bytes);
    }

    /// The bytes, whatever they come from.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// The finished text.
    pub fn finish(self) -> Text {
        match self.runs {
            Some(runs) => Text::with_runs(self.bytes, runs),
            None => Text::new(self.bytes),
        }
    }

    /// The runs; what was added before the first known piece is unknown.
    fn started(&mut self) -> &mut Runs {
        let before = self.bytes.len();
        self.runs.get_or_insert_with(|| {
            let mut runs = Runs::new();
            runs.push(before, OriginId::UNKNOWN, Run::WHOLE);
            runs
        })
    }
}
