//! Sprig's string functions that break or shorten texts: Masterminds/goutils, which counts bytes.

use super::text::charge;
use crate::template::{CallError, Context, Function, Int};
use crate::value::Text;

pub(super) fn functions() -> Vec<Function> {
    vec![
        Function::new("wrap", wrap)
            .doc("Breaks a text into lines of a length. Long words stay whole.")
            .example("{{ wrap 5 \"hello world\" }}", "hello\nworld"),
        Function::new("wrapWith", wrap_with)
            .doc("Breaks a text into lines of a length with a separator. Long words are broken.")
            .example("{{ wrapWith 5 \"|\" \"helloworld foo\" }}", "hello|world|foo"),
        Function::new("abbrev", abbrev)
            .doc("Shortens a text to a width, with dots at the end. Widths below 4 do nothing.")
            .example("{{ abbrev 5 \"hello world\" }}", "he..."),
        Function::new("abbrevboth", abbrev_both)
            .doc("Shortens a text on both sides.")
            .example("{{ abbrevboth 5 10 \"1234 5678 9123\" }}", "...5678..."),
    ]
}

/// Whether words longer than a line are broken.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LongWords {
    Kept,
    Broken,
}

fn wrap(cx: &mut dyn Context, length: Int, text: Text) -> Result<Text, CallError> {
    wrapped(cx, length, b"\n", &text, LongWords::Kept)
}

fn wrap_with(cx: &mut dyn Context, length: Int, separator: Text, text: Text) -> Result<Text, CallError> {
    let separator = if separator.is_empty() { b"\n" } else { separator.as_bytes() };
    wrapped(cx, length, separator, &text, LongWords::Broken)
}

fn wrapped(
    cx: &mut dyn Context,
    length: Int,
    separator: &[u8],
    text: &Text,
    long_words: LongWords,
) -> Result<Text, CallError> {
    let width = usize::try_from(length.0.max(1)).unwrap_or(usize::MAX);
    let most_lines = text.len() / width + text.as_bytes().split(|&byte| byte == b' ').count();
    charge(cx, text.len().saturating_add(most_lines.saturating_mul(separator.len())))?;
    let mut out = Vec::new();
    let mut rest = text.as_bytes();
    while rest.len() > width {
        if let Some(after) = rest.strip_prefix(b" ") {
            rest = after;
            continue;
        }
        let line = rest.get(..=width).unwrap_or(rest);
        let space = line.iter().rposition(|&byte| byte == b' ');
        let next_space = || rest.iter().position(|&byte| byte == b' ');
        let (end, skipped) = match (space, long_words) {
            (Some(at), _) => (at, 1),
            (None, LongWords::Broken) => (width, 0),
            (None, LongWords::Kept) => match next_space() {
                Some(at) => (at, 1),
                None => break,
            },
        };
        out.extend_from_slice(rest.get(..end).unwrap_or_default());
        out.extend_from_slice(separator);
        rest = rest.get(end + skipped..).unwrap_or_default();
    }
    out.extend_from_slice(rest);
    Ok(out.into())
}

fn abbrev(width: Int, text: Text) -> Text {
    if width.0 < 4 { text } else { abbreviated(&text, 0, width.0) }
}

fn abbrev_both(left: Int, right: Int, text: Text) -> Text {
    let (Int(left), Int(right)) = (left, right);
    if right < 4 || left > 0 && right < 7 { text } else { abbreviated(&text, left, right) }
}

/// Sprig drops the original's errors, and with them the text.
fn abbreviated(text: &Text, offset: i64, width: i64) -> Text {
    let len = i64::try_from(text.len()).unwrap_or(i64::MAX);
    if len <= width {
        return text.clone();
    }
    let room = width - 3;
    let offset = if len - offset.min(len) < room { len - room } else { offset.min(len) };
    let at = |n: i64| usize::try_from(n).unwrap_or(0);
    let bytes = text.as_bytes();
    if offset <= 4 {
        return Text::new([bytes.get(..at(room)).unwrap_or_default(), b"..."].concat());
    }
    if width < 7 {
        return Text::default();
    }
    if offset + room < len {
        let inner = text.slice(at(offset)..text.len());
        let inner = if room < 4 { Text::default() } else { abbreviated(&inner, 0, room) };
        return Text::new([b"...", inner.as_bytes()].concat());
    }
    Text::new([b"...", bytes.get(at(len - room)..).unwrap_or_default()].concat())
}
