//! Text that keeps its origins while functions cut, join and change it.

use std::ops::Range;

use crate::source::{self, OriginId, ReadsId};
use crate::template::{Argument, CallError, Context, Int};
use crate::value::{Text, TextBuilder, Traced, Type};

/// A Go `int` argument, and what it was read from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Number {
    pub number: i64,
    pub reads: ReadsId,
}

impl Argument for Number {
    const TYPE: Type = Int::TYPE;
    fn from_traced(arg: Traced) -> Option<Self> {
        let reads = arg.reads;
        Int::from_traced(arg).map(|number| Self { number: number.0, reads })
    }
}

/// A Go `bool` argument, and what it was read from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Condition {
    pub holds: bool,
    pub reads: ReadsId,
}

impl Argument for Condition {
    const TYPE: Type = Type::Bool;
    fn from_traced(arg: Traced) -> Option<Self> {
        let reads = arg.reads;
        bool::from_traced(arg).map(|holds| Self { holds, reads })
    }
}

/// A text in the making, out of pieces of others. It keeps runs if any of its sources has some.
pub(super) struct Weaver {
    builder: TextBuilder,
    keeps_runs: bool,
}

impl Weaver {
    pub fn new<'a>(sources: impl IntoIterator<Item = &'a Text>) -> Self {
        let keeps_runs = sources.into_iter().any(|text| text.runs().is_some());
        Self { builder: TextBuilder::new(), keeps_runs }
    }

    /// A text that was read from `reads`.
    pub fn text(&mut self, cx: &mut dyn Context, text: &Text, reads: ReadsId) {
        self.slice(cx, text, 0..text.len(), reads);
    }

    /// A piece of a text that was read from `reads`.
    pub fn slice(&mut self, cx: &mut dyn Context, text: &Text, range: Range<usize>, reads: ReadsId) {
        let otherwise = if self.keeps_runs && text.runs().is_none() { cx.here(reads) } else { OriginId::UNKNOWN };
        self.builder.push_slice(text, range, otherwise);
    }

    /// Bytes that the function adds.
    pub fn insert(&mut self, cx: &mut dyn Context, bytes: &[u8]) {
        let origin = if self.keeps_runs { cx.inserted() } else { OriginId::UNKNOWN };
        self.builder.push(bytes, origin);
    }

    /// Bytes that stand for the ones at `offset` of a text. The same bytes are those of the text.
    pub fn instead(&mut self, bytes: &[u8], text: &Text, offset: usize) {
        if text.as_bytes().get(offset..).is_some_and(|rest| rest.starts_with(bytes)) {
            return self.builder.push_slice(text, offset..offset + bytes.len(), OriginId::UNKNOWN);
        }
        let run = text.runs().and_then(|runs| runs.at(offset));
        self.builder.push(bytes, run.map_or(OriginId::UNKNOWN, |(_, run)| run.origin));
    }

    /// Bytes so far.
    pub fn len(&self) -> usize {
        self.builder.len()
    }

    pub fn finish(self) -> Text {
        self.builder.finish()
    }
}

/// The text with each character changed. What isn't UTF-8 becomes a replacement character, as in Go's `strings.Map`.
pub(super) fn map_characters(text: &Text, mut change: impl FnMut(char) -> char) -> Text {
    let mut weaver = Weaver::new([text]);
    for (at, c) in characters(text.as_bytes()) {
        let c = change(c.unwrap_or(char::REPLACEMENT_CHARACTER));
        weaver.instead(c.encode_utf8(&mut [0; 4]).as_bytes(), text, at);
    }
    weaver.finish()
}

/// The characters with their offsets; `None` for a byte that isn't part of one.
pub(super) fn characters(bytes: &[u8]) -> impl Iterator<Item = (usize, Option<char>)> {
    let mut at = 0;
    bytes.utf8_chunks().flat_map(move |chunk| {
        let start = at;
        at += chunk.valid().len() + chunk.invalid().len();
        let invalid = start + chunk.valid().len();
        let valid = chunk.valid().char_indices().map(move |(offset, c)| (start + offset, Some(c)));
        valid.chain((invalid..at).map(|at| (at, None)))
    })
}

/// Where `needle` stands in `text`, from left to right without overlap. An empty one stands before each character and
/// at the end.
pub(super) fn occurrences<'a>(text: &'a [u8], needle: &'a [u8]) -> Box<dyn Iterator<Item = usize> + 'a> {
    if needle.is_empty() {
        return Box::new(characters(text).map(|(at, _)| at).chain([text.len()]));
    }
    let mut from = 0;
    Box::new(std::iter::from_fn(move || {
        let at = from + find(text.get(from..)?, needle)?;
        from = at + needle.len();
        Some(at)
    }))
}

/// The first place of `needle` in `text`.
pub(super) fn find(text: &[u8], needle: &[u8]) -> Option<usize> {
    if needle.is_empty() {
        return Some(0);
    }
    source::find(text, needle)
}

/// Counts work on a text before it is done.
pub(super) fn charge(cx: &mut dyn Context, bytes: usize) -> Result<(), CallError> {
    cx.charge_bytes(bytes as u64)
}
