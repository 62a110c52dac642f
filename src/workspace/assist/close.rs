//! What closes a block that somebody has just opened.

use std::ops::Range;

use super::desk::Desk;
use super::walk::Walk;
use crate::template::{Keyword, WordKind};

/// The line that closes the block which is opened in the line before a byte, where that line holds nothing else, and
/// the block isn't closed. It stands as deep as the line, and trims what that trims.
pub(super) fn closing(desk: &Desk, text: &str, at: usize) -> Option<String> {
    let start = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
    let line = text.get(start..at)?.trim_end();
    let behind = text.get(at..)?.split('\n').next().unwrap_or_default();
    let action = line.trim_start();
    if !behind.trim().is_empty() || !action.starts_with("{{") || !action.ends_with("}}") {
        return None;
    }
    let walk = Walk::new(text, Vec::new(), desk);
    let words = walk.words().iter().skip_while(|word| word.range.start < start);
    let words: Vec<_> = words.take_while(|word| word.range.start < at).collect();
    let [open, first, .., last] = words.as_slice() else { return None };
    let is_alone = open.kind == WordKind::Open && words.iter().filter(|word| word.kind == WordKind::Close).count() == 1;
    if !is_alone || last.kind != WordKind::Close || !opens(first.kind) || is_closed(&walk, text, &first.range) {
        return None;
    }
    let indent = line.len() - action.len();
    let left = if action.starts_with("{{-") { "{{-" } else { "{{" };
    let right = if action.ends_with("-}}") { "-}}" } else { "}}" };
    Some(format!("{}{left} end {right}", line.get(..indent)?))
}

fn opens(kind: WordKind) -> bool {
    use Keyword::{Block, Define, If, Range, With};
    matches!(kind, WordKind::Keyword(If | Range | With | Define | Block))
}

/// Whether the block that begins with a keyword has its `end`. One that stands no deeper may be another block's: that of
/// one around it, which has none then.
fn is_closed(walk: &Walk, text: &str, keyword: &Range<usize>) -> bool {
    let end = |block: &[Range<usize>]| block.last().filter(|last| text.get((*last).clone()) == Some("end")).cloned();
    let of = |block: &&Vec<Range<usize>>| block.first() == Some(keyword);
    let Some(own) = walk.blocks.iter().find(of).and_then(|block| end(block)) else { return false };
    let mut around = walk.blocks.iter().filter(|block| block.first().is_some_and(|first| first.start < keyword.start));
    let depth = |at: usize| indentation(text, at);
    let deepest = around.rfind(|block| end(block).is_none()).and_then(|block| block.first());
    deepest.is_none_or(|open| depth(own.start) == depth(keyword.start) && depth(open.start) != depth(keyword.start))
}

/// How deep the line stands that holds a byte.
fn indentation(text: &str, at: usize) -> usize {
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
    text.get(start..).unwrap_or_default().bytes().take_while(|byte| *byte == b' ').count()
}
