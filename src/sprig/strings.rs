//! Sprig's [string functions](https://masterminds.github.io/sprig/strings.html), without those that change letters
//! (`case`), break lines (`wrap`) or draw lots (`random`).

use super::conversion::strval;
use super::text::{Number, Weaver, characters, charge, find, map_characters, occurrences};
use crate::source::ReadsId;
use crate::template::{CallError, Context, Function, Int, Rest, TracedText};
use crate::value::format::{Charset, display, quote as go_quote};
use crate::value::{Text, Traced, Value};

pub(super) fn functions() -> Vec<Function> {
    vec![
        Function::new("hello", hello).doc("Says hello.").example("{{ hello }}", "Hello!"),
        Function::new("trim", trim)
            .doc("Removes space from both ends of a text.")
            .example("{{ trim \"  a b \\n\" }}", "a b"),
        Function::new("trimAll", trim_all)
            .doc("Removes the given characters from both ends of a text.")
            .example("{{ trimAll \"$\" \"$5.00$\" }}", "5.00"),
        Function::new("trimall", trim_all)
            .doc("The old name of `trimAll`.")
            .example("{{ trimall \"ab\" \"abcba\" }}", "c"),
        Function::new("trimSuffix", trim_suffix)
            .doc("Removes an ending from a text, once.")
            .example("{{ trimSuffix \"-\" \"a--\" }}", "a-"),
        Function::new("trimPrefix", trim_prefix)
            .doc("Removes a beginning from a text, once.")
            .example("{{ trimPrefix \"-\" \"--a\" }}", "-a"),
        Function::new("repeat", repeat)
            .doc("Repeats a text a number of times.")
            .example("{{ repeat 3 \"ab\" }}", "ababab"),
        Function::new("substr", substr)
            .doc("The bytes of a text from a start up to, not including, an end.")
            .example("{{ substr 0 3 \"abcdef\" }}", "abc")
            .example("{{ substr 2 -1 \"abcdef\" }}", "cdef"),
        Function::new("trunc", trunc)
            .doc("The first bytes of a text; the last ones with a negative number.")
            .example("{{ trunc 3 \"abcdef\" }}", "abc")
            .example("{{ trunc -2 \"abcdef\" }}", "ef"),
        Function::new("nospace", nospace)
            .doc("Removes all space from a text.")
            .example("{{ nospace \" a b\\tc \" }}", "abc"),
        Function::new("contains", contains)
            .doc("Whether a text contains another; the other comes first.")
            .example("{{ contains \"b\" \"abc\" }}", "true"),
        Function::new("hasPrefix", has_prefix)
            .doc("Whether a text begins with another; the other comes first.")
            .example("{{ hasPrefix \"a\" \"abc\" }}", "true"),
        Function::new("hasSuffix", has_suffix)
            .doc("Whether a text ends with another; the other comes first.")
            .example("{{ hasSuffix \"a\" \"abc\" }}", "false"),
        Function::new("quote", quote)
            .doc("Puts values in double quotes, and escapes what needs it.")
            .example("{{ quote \"a\\\"b\" 1 }}", "\"a\\\"b\" \"1\""),
        Function::new("squote", squote)
            .doc("Puts values in single quotes. Nothing is escaped.")
            .example("{{ squote \"a\" 1 }}", "'a' '1'"),
        Function::new("cat", cat).doc("Joins values with spaces.").example("{{ cat \"a\" 1 true }}", "a 1 true"),
        Function::new("indent", indent)
            .doc("Puts spaces before every line.")
            .example("{{ \"a: 1\\nb: 2\" | indent 2 }}", "  a: 1\n  b: 2"),
        Function::new("nindent", nindent)
            .doc("A new line, then the text with spaces before every line.")
            .example("a:{{ \"b: 1\\nc: 2\" | nindent 2 }}", "a:\n  b: 1\n  c: 2"),
        Function::new("replace", replace)
            .doc("Replaces every occurrence of one text by another.")
            .example("{{ \"a.b.c\" | replace \".\" \"-\" }}", "a-b-c"),
        Function::new("plural", plural)
            .doc("The first text where the number is one, else the second.")
            .example("{{ plural \"pod\" \"pods\" 3 }}", "pods"),
    ]
}

fn hello() -> Text {
    "Hello!".into()
}

/// Go's `unicode.IsSpace`.
pub(super) fn is_space(c: Option<char>) -> bool {
    c.is_some_and(char::is_whitespace)
}

/// The piece of a text that is left when characters are removed from both ends.
fn trimmed(text: &Text, mut is_removed: impl FnMut(Option<char>) -> bool) -> Text {
    let kept: Vec<(usize, Option<char>)> = characters(text.as_bytes()).collect();
    let Some(start) = kept.iter().position(|&(_, c)| !is_removed(c)) else { return Text::default() };
    let last = kept.iter().rposition(|&(_, c)| !is_removed(c)).unwrap_or(start);
    let start = kept.get(start).map_or(0, |&(at, _)| at);
    let end = kept.get(last + 1).map_or(text.len(), |&(at, _)| at);
    text.slice(start..end)
}

fn trim(text: Text) -> Text {
    trimmed(&text, is_space)
}

fn trim_all(cutset: Text, text: Text) -> Text {
    let cut: Vec<Option<char>> = characters(cutset.as_bytes()).map(|(_, c)| c).collect();
    trimmed(&text, |c| cut.contains(&c))
}

fn trim_suffix(suffix: Text, text: Text) -> Text {
    match text.as_bytes().strip_suffix(suffix.as_bytes()) {
        Some(rest) => text.slice(0..rest.len()),
        None => text,
    }
}

fn trim_prefix(prefix: Text, text: Text) -> Text {
    if text.as_bytes().starts_with(prefix.as_bytes()) { text.slice(prefix.len()..text.len()) } else { text }
}

/// How often Go's `strings.Repeat` repeats, or why it panics.
fn repetitions(count: i64, len: usize) -> Result<usize, CallError> {
    let count = usize::try_from(count).map_err(|_| CallError::Panic("strings: negative Repeat count".to_owned()))?;
    let overflow = || CallError::Panic("strings: Repeat output length overflow".to_owned());
    count.checked_mul(len).filter(|&total| i64::try_from(total).is_ok()).ok_or_else(overflow)?;
    Ok(count)
}

fn repeat(cx: &mut dyn Context, count: Int, text: Text) -> Result<Text, CallError> {
    let count = repetitions(count.0, text.len())?;
    charge(cx, count.saturating_mul(text.len()))?;
    if text.is_empty() {
        return Ok(text);
    }
    let mut weaver = Weaver::new([&text]);
    for _ in 0..count {
        weaver.text(cx, &text, ReadsId::NONE);
    }
    Ok(weaver.finish())
}

fn out_of_range(bounds: &str) -> CallError {
    CallError::Panic(format!("runtime error: slice bounds out of range {bounds}"))
}

fn substr(start: Int, end: Int, text: Text) -> Result<Text, CallError> {
    let (Int(start), Int(end), len) = (start, end, text.len());
    let whole = i64::try_from(len).unwrap_or(i64::MAX);
    let index = |n: i64| usize::try_from(n).unwrap_or(len);
    if start < 0 {
        return match end {
            ..0 => Err(out_of_range(&format!("[:{end}]"))),
            _ if end > whole => Err(out_of_range(&format!("[:{end}] with length {len}"))),
            _ => Ok(text.slice(0..index(end))),
        };
    }
    let end = if end < 0 || end > whole { whole } else { end };
    if start > end {
        return Err(out_of_range(&format!("[{start}:{end}]")));
    }
    Ok(text.slice(index(start)..index(end)))
}

fn trunc(count: Int, text: Text) -> Text {
    let len = text.len();
    let wanted = usize::try_from(count.0.unsigned_abs()).unwrap_or(usize::MAX);
    if wanted >= len {
        return text;
    }
    if count.0 < 0 { text.slice(len - wanted..len) } else { text.slice(0..wanted) }
}

/// The original takes bytes for characters: where it removes any, it takes what isn't ASCII apart.
fn nospace(text: Text) -> Text {
    let is_space = |byte: u8| char::from(byte).is_whitespace();
    if !text.as_bytes().iter().any(|&byte| is_space(byte)) {
        return text;
    }
    let mut weaver = Weaver::new([&text]);
    for (at, &byte) in text.as_bytes().iter().enumerate().filter(|&(_, &byte)| !is_space(byte)) {
        weaver.instead(char::from(byte).encode_utf8(&mut [0; 2]).as_bytes(), &text, at);
    }
    weaver.finish()
}

fn contains(part: Text, text: Text) -> bool {
    find(text.as_bytes(), part.as_bytes()).is_some()
}

fn has_prefix(prefix: Text, text: Text) -> bool {
    text.as_bytes().starts_with(prefix.as_bytes())
}

fn has_suffix(suffix: Text, text: Text) -> bool {
    text.as_bytes().ends_with(suffix.as_bytes())
}

/// The values that aren't nil as texts, with what they were read from.
/// Values with bytes as `%v` shows them.
fn shown(values: Vec<Traced>) -> Vec<Traced> {
    let shown = |slot: Traced| match slot.value {
        Value::List(_) => Traced::new(Text::from(display(&slot.value)), slot.reads),
        _ => slot,
    };
    values.into_iter().map(shown).collect()
}

fn texts(values: Vec<Traced>) -> Vec<TracedText> {
    let present = values.into_iter().filter(|value| !value.value.is_nil());
    present.map(|value| TracedText { text: strval(&value.value), reads: value.reads }).collect()
}

/// The texts between these marks, separated by spaces.
fn quoted(
    cx: &mut dyn Context,
    values: Vec<Traced>,
    mark: &[u8],
    escape: fn(&Text) -> Text,
) -> Result<Text, CallError> {
    let values = texts(values);
    charge(cx, values.iter().map(|value| value.text.len() + 3).sum())?;
    let mut weaver = Weaver::new(values.iter().map(|value| &value.text));
    for (index, value) in values.iter().enumerate() {
        if index > 0 {
            weaver.insert(cx, b" ");
        }
        weaver.insert(cx, mark);
        weaver.text(cx, &escape(&value.text), value.reads);
        weaver.insert(cx, mark);
    }
    Ok(weaver.finish())
}

fn quote(cx: &mut dyn Context, values: Rest<Traced>) -> Result<Text, CallError> {
    quoted(cx, values.0, b"\"", escaped)
}

/// What stands between the quotes of `strconv.Quote`, each escape in the place of what it stands for.
fn escaped(text: &Text) -> Text {
    let mut weaver = Weaver::new([text]);
    for (at, c) in characters(text.as_bytes()) {
        let end = at + c.map_or(1, char::len_utf8);
        let bytes = text.as_bytes().get(at..end).unwrap_or_default();
        let quoted = go_quote(bytes, Charset::Unicode);
        let inner = quoted.get(1..quoted.len() - 1).unwrap_or_default();
        weaver.instead(inner.as_bytes(), text, at);
    }
    weaver.finish()
}

/// Unlike `quote` it prints bytes as numbers.
fn squote(cx: &mut dyn Context, values: Rest<Traced>) -> Result<Text, CallError> {
    quoted(cx, shown(values.0), b"'", Text::clone)
}

/// The original prints with a format that was trimmed, so that only the values' own space remains.
fn cat(cx: &mut dyn Context, values: Rest<Traced>) -> Result<Text, CallError> {
    let values = texts(shown(values.0));
    charge(cx, values.iter().map(|value| value.text.len() + 1).sum())?;
    let mut weaver = Weaver::new(values.iter().map(|value| &value.text));
    for (index, value) in values.iter().enumerate() {
        if index > 0 {
            weaver.insert(cx, b" ");
        }
        weaver.text(cx, &value.text, value.reads);
    }
    Ok(weaver.finish())
}

fn indented(cx: &mut dyn Context, spaces: Int, text: &Text, before: &[u8]) -> Result<Text, CallError> {
    let count = repetitions(spaces.0, 1)?;
    let lines = text.as_bytes().split(|&byte| byte == b'\n').count();
    charge(cx, count.saturating_mul(lines).saturating_add(text.len()))?;
    let pad = vec![b' '; count];
    let mut weaver = Weaver::new([text]);
    weaver.insert(cx, before);
    let mut start = 0;
    for line in text.as_bytes().split_inclusive(|&byte| byte == b'\n') {
        weaver.insert(cx, &pad);
        weaver.slice(cx, text, start..start + line.len(), ReadsId::NONE);
        start += line.len();
    }
    if text.is_empty() || text.as_bytes().ends_with(b"\n") {
        weaver.insert(cx, &pad);
    }
    Ok(weaver.finish())
}

fn indent(cx: &mut dyn Context, spaces: Int, text: Text) -> Result<Text, CallError> {
    indented(cx, spaces, &text, b"")
}

fn nindent(cx: &mut dyn Context, spaces: Int, text: Text) -> Result<Text, CallError> {
    indented(cx, spaces, &text, b"\n")
}

fn replace(cx: &mut dyn Context, old: Text, new: TracedText, source: TracedText) -> Result<Text, CallError> {
    let text = &source.text;
    charge(cx, text.len())?;
    let places: Vec<usize> = occurrences(text.as_bytes(), old.as_bytes()).collect();
    if places.is_empty() {
        return Ok(source.text);
    }
    charge(cx, places.len().saturating_mul(new.text.len()))?;
    let mut weaver = Weaver::new([text, &new.text]);
    let mut from = 0;
    for at in places {
        weaver.slice(cx, text, from..at, source.reads);
        weaver.text(cx, &new.text, new.reads);
        from = at + old.len();
    }
    weaver.slice(cx, text, from..text.len(), source.reads);
    Ok(weaver.finish())
}

fn plural(cx: &mut dyn Context, one: TracedText, many: TracedText, count: Number) -> Traced {
    let decided = cx.trace().decides(count.reads);
    let chosen = if count.number == 1 { one } else { many };
    Traced::new(chosen.text, cx.trace().union(chosen.reads, decided))
}

/// The whole text in other letters.
pub(super) fn mapped(cx: &mut dyn Context, text: &Text, change: fn(char) -> char) -> Result<Text, CallError> {
    charge(cx, text.len())?;
    Ok(map_characters(text, change))
}
