//! Sprig's string functions that change letters: Go's `strings` and `unicode`, Masterminds/goutils, huandu/xstrings.
//!
//! Letters are Rust's tables', reduced to Go's one-to-one mappings; they may know a newer Unicode than Go's.

use super::strings::{is_space, mapped};
use super::text::{Weaver, characters, charge};
use crate::template::{CallError, Context, Function};
use crate::value::Text;

pub(super) fn functions() -> Vec<Function> {
    vec![
        Function::new("upper", upper).doc("The text in upper case.").example("{{ upper \"abc\" }}", "ABC"),
        Function::new("lower", lower).doc("The text in lower case.").example("{{ lower \"ABC\" }}", "abc"),
        Function::new("title", title)
            .doc("Every word begins with a capital.")
            .example("{{ title \"hello world\" }}", "Hello World"),
        Function::new("untitle", untitle)
            .doc("No word begins with a capital.")
            .example("{{ untitle \"Hello World\" }}", "hello world"),
        Function::new("swapcase", swapcase)
            .doc("Upper case becomes lower case, and lower case upper.")
            .example("{{ swapcase \"This Is A.Test\" }}", "tHIS iS a.tEST"),
        Function::new("initials", initials)
            .doc("The first letter of every word.")
            .example("{{ initials \"First Try\" }}", "FT"),
        Function::new("snakecase", snakecase)
            .doc("Words in lower case, joined by underscores.")
            .example("{{ snakecase \"FirstName\" }}", "first_name"),
        Function::new("kebabcase", kebabcase)
            .doc("Words in lower case, joined by hyphens.")
            .example("{{ kebabcase \"FirstName\" }}", "first-name"),
        Function::new("camelcase", camelcase)
            .doc("Words with a capital each, joined.")
            .example("{{ camelcase \"http_server\" }}", "HttpServer"),
    ]
}

/// Go's `unicode.ToUpper`: one character for one.
pub(super) fn to_upper(c: char) -> char {
    let mut upper = c.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(upper), None) => upper,
        // Greek letters with a iota below: as one character they have it beside.
        _ => match u32::from(c) {
            0x1f80..=0x1fa7 if u32::from(c) & 8 == 0 => char::from_u32(u32::from(c) + 8).unwrap_or(c),
            0x1fb3 | 0x1fc3 | 0x1ff3 => char::from_u32(u32::from(c) + 9).unwrap_or(c),
            _ => c,
        },
    }
}

/// Go's `unicode.ToLower`.
pub(super) fn to_lower(c: char) -> char {
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(lower), None) => lower,
        _ if c == 'İ' => 'i',
        _ => c,
    }
}

/// Go's `unicode.ToTitle`, which differs from upper case for a few Latin digraphs and for Georgian.
fn to_title(c: char) -> char {
    match c {
        'Ǆ'..='ǆ' => 'ǅ',
        'Ǉ'..='ǉ' => 'ǈ',
        'Ǌ'..='ǌ' => 'ǋ',
        'Ǳ'..='ǳ' => 'ǲ',
        'ა'..='ჿ' => c,
        _ => to_upper(c),
    }
}

fn is_title(c: char) -> bool {
    matches!(c, 'ǅ' | 'ǈ' | 'ǋ' | 'ǲ' | '\u{1f88}'..='\u{1f8f}' | '\u{1f98}'..='\u{1f9f}' | '\u{1fa8}'..='\u{1faf}' | 'ᾼ' | 'ῌ' | 'ῼ')
}

fn is_upper(c: char) -> bool {
    c.is_uppercase() && !is_title(c)
}

fn upper(cx: &mut dyn Context, text: Text) -> Result<Text, CallError> {
    mapped(cx, &text, to_upper)
}

fn lower(cx: &mut dyn Context, text: Text) -> Result<Text, CallError> {
    mapped(cx, &text, to_lower)
}

/// The text with a changing view of what came before.
fn scanned(text: &Text, mut change: impl FnMut(char) -> char) -> Text {
    super::text::map_characters(text, &mut change)
}

fn title(cx: &mut dyn Context, text: Text) -> Result<Text, CallError> {
    charge(cx, text.len())?;
    let mut before = ' ';
    Ok(scanned(&text, |c| {
        let begins_word = is_separator(std::mem::replace(&mut before, c));
        if begins_word { to_title(c) } else { c }
    }))
}

/// What Go's `strings.Title` takes for the space between words.
fn is_separator(c: char) -> bool {
    if c.is_ascii() { !c.is_ascii_alphanumeric() && c != '_' } else { !c.is_alphanumeric() && c.is_whitespace() }
}

fn untitle(cx: &mut dyn Context, text: Text) -> Result<Text, CallError> {
    charge(cx, text.len())?;
    let mut begins_word = true;
    Ok(scanned(&text, |c| {
        if c.is_whitespace() {
            begins_word = true;
            return c;
        }
        if std::mem::take(&mut begins_word) { to_lower(c) } else { c }
    }))
}

fn swapcase(cx: &mut dyn Context, text: Text) -> Result<Text, CallError> {
    charge(cx, text.len())?;
    let mut after_space = true;
    Ok(scanned(&text, |c| {
        if is_upper(c) || is_title(c) {
            after_space = false;
            to_lower(c)
        } else if c.is_lowercase() {
            if std::mem::take(&mut after_space) { to_title(c) } else { to_upper(c) }
        } else {
            after_space = c.is_whitespace();
            c
        }
    }))
}

/// The original takes bytes for characters.
fn initials(text: Text) -> Text {
    let mut weaver = Weaver::new([&text]);
    let mut after_gap = true;
    for (at, c) in text.as_bytes().iter().map(|&byte| char::from(byte)).enumerate() {
        if is_space(Some(c)) {
            after_gap = true;
        } else if std::mem::take(&mut after_gap) {
            weaver.instead(c.encode_utf8(&mut [0; 2]).as_bytes(), &text, at);
        }
    }
    weaver.finish()
}

fn is_connector(c: char) -> bool {
    matches!(c, '-' | '_') || c.is_whitespace()
}

/// xstrings' `ToPascalCase`. Connectors at the start remain; a text of connectors alone gains one.
fn camelcase(cx: &mut dyn Context, text: Text) -> Result<Text, CallError> {
    charge(cx, text.len())?;
    let mut rest = text.to_str().chars().collect::<Vec<_>>().into_iter().peekable();
    let mut out = String::new();
    let mut current = None;
    for c in rest.by_ref() {
        current = Some(c);
        if !is_connector(c) {
            break;
        }
        out.push(c);
    }
    let Some(first) = current else { return Ok(text) };
    // Capitals after a capital at a word's start become small.
    let mut in_capitals = is_upper(first);
    let mut current = if is_connector(first) { first } else { to_upper(first) };
    for next in rest {
        let before = std::mem::replace(&mut current, next);
        match (is_connector(before), is_connector(next)) {
            (true, true) => out.push(before),
            (true, false) => {
                in_capitals = is_upper(next);
                current = to_upper(next);
            }
            (false, _) => {
                in_capitals &= is_upper(next);
                if in_capitals {
                    current = to_lower(next);
                }
                out.push(before);
            }
        }
    }
    out.push(current);
    Ok(out.into())
}

fn snakecase(cx: &mut dyn Context, text: Text) -> Result<Text, CallError> {
    charge(cx, text.len())?;
    Ok(joined_words(text.as_bytes(), '_').into())
}

fn kebabcase(cx: &mut dyn Context, text: Text) -> Result<Text, CallError> {
    charge(cx, text.len())?;
    Ok(joined_words(text.as_bytes(), '-').into())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Word {
    Number,
    UpperCase,
    Alphabet,
    Connector,
    Punctuation,
    Other,
}

/// xstrings' words, one after the other.
struct Words<'a> {
    bytes: &'a [u8],
    rest: Vec<char>,
    /// Where each character ends.
    ends: Vec<usize>,
    at: usize,
}

impl<'a> Words<'a> {
    /// Bytes that aren't part of a character stick to the one after them, or to the last one.
    fn new(bytes: &'a [u8]) -> Self {
        let (mut rest, mut ends) = (Vec::new(), Vec::new());
        for (at, c) in characters(bytes) {
            if let Some(c) = c.filter(|&c| c != char::REPLACEMENT_CHARACTER) {
                rest.push(c);
                ends.push(at + c.len_utf8());
            }
        }
        match ends.last_mut() {
            Some(last) => *last = bytes.len(),
            None if bytes.is_empty() => {}
            None => {
                rest.push(char::REPLACEMENT_CHARACTER);
                ends.push(bytes.len());
            }
        }
        Self { bytes, rest, ends, at: 0 }
    }

    fn content(&self, from: usize, to: usize) -> &'a [u8] {
        let end_of = |count: usize| count.checked_sub(1).and_then(|last| self.ends.get(last)).copied().unwrap_or(0);
        self.bytes.get(end_of(from)..end_of(to)).unwrap_or_default()
    }

    fn run(&self, from: usize, belongs: impl Fn(char) -> bool) -> usize {
        let rest = self.rest.get(from..).unwrap_or_default();
        from + rest.iter().take_while(|&&c| belongs(c)).count()
    }
}

impl<'a> Iterator for Words<'a> {
    type Item = (Word, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let first = *self.rest.get(self.at)?;
        let from = self.at + 1;
        let second = self.rest.get(from).copied();
        let is_small = |c| is_alphabet(c) && !is_upper(c);
        let (word, end) = match first {
            c if is_connector(c) => (Word::Connector, self.run(from, is_connector)),
            c if is_punctuation(c) => (Word::Punctuation, self.run(from, is_punctuation)),
            c if is_upper(c) && second.is_some_and(is_upper) => {
                let end = self.run(from, is_upper);
                // In `HTTPStatus` the `S` begins the next word.
                let begins_next = self.rest.get(end).is_some_and(|&c| is_alphabet(c));
                (Word::UpperCase, end - usize::from(begins_next))
            }
            c if is_upper(c) => (Word::UpperCase, self.run(from, is_small)),
            c if is_alphabet(c) => (Word::Alphabet, self.run(from, is_small)),
            c if c.is_numeric() => (Word::Number, self.run(from, char::is_numeric)),
            _ => {
                let ends = |c| is_connector(c) || is_alphabet(c) || c.is_numeric() || is_punctuation(c);
                (Word::Other, self.run(from, |c| !ends(c)))
            }
        };
        let text = self.content(self.at, end);
        self.at = end;
        Some((word, text))
    }
}

/// Letters of scripts that are written with spaces; Chinese characters are words of their own kind.
fn is_alphabet(c: char) -> bool {
    c.is_alphabetic() && !matches!(c, '\u{3400}'..='\u{4d85}' | '\u{4e00}'..='\u{9fcc}' | '\u{20000}'..='\u{2b81d}')
}

/// Go's `unicode.IsPunct`, for ASCII and the blocks that hold nearly all of it.
fn is_punctuation(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_punctuation() && !matches!(c, '$' | '+' | '<' | '=' | '>' | '^' | '`' | '|' | '~'),
        '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' => !matches!(c, '\u{2044}' | '\u{2052}'),
        '\u{3001}'..='\u{301f}' => !matches!(c, '\u{3004}'..='\u{3007}' | '\u{3012}' | '\u{3013}'),
        _ => matches!(c, '¡' | '§' | '«' | '¶' | '·' | '»' | '¿'),
    }
}

/// xstrings' way through the words: numbers stick to what stands before them, unless letters follow.
fn joined_words(text: &[u8], connector: char) -> Vec<u8> {
    let mut words = Words::new(text);
    let mut out = Vec::new();
    let connect = |out: &mut Vec<u8>| out.extend_from_slice(connector.encode_utf8(&mut [0; 4]).as_bytes());
    let Some(mut current) = words.next() else { return out };
    let starts_word = |next: &Option<(Word, &[u8])>| {
        next.as_ref().is_some_and(|(word, _)| !matches!(word, Word::Connector | Word::Punctuation))
    };
    loop {
        let (word, content) = &current;
        let mut next = words.next();
        if next.is_none() || *word != Word::Connector {
            push_lower(&mut out, *word, content, connector);
        }
        match (word, &next) {
            (_, None) => return out,
            (Word::Number, _) => {
                next = push_following(&mut out, &mut words, next, connector);
                if starts_word(&next) {
                    connect(&mut out);
                }
            }
            (Word::Connector, _) => push_lower(&mut out, *word, content, connector),
            (Word::Punctuation, _) => {}
            (_, Some((Word::Number, number))) if words.at < words.rest.len() => {
                let number = *number;
                let after = words.next();
                if after.as_ref().is_some_and(|(word, _)| *word == Word::Alphabet) {
                    connect(&mut out);
                    out.extend_from_slice(number);
                    next = push_following(&mut out, &mut words, after, connector);
                } else {
                    out.extend_from_slice(number);
                    next = after;
                }
                if starts_word(&next) {
                    connect(&mut out);
                }
            }
            (_, Some((Word::Number, _))) => {}
            _ if starts_word(&next) => connect(&mut out),
            _ => {}
        }
        match next {
            Some(next) => current = next,
            None => return out,
        }
    }
}

/// Adds the letters and numbers that follow; gives back what comes after them.
fn push_following<'a>(
    out: &mut Vec<u8>,
    words: &mut Words<'a>,
    mut next: Option<(Word, &'a [u8])>,
    connector: char,
) -> Option<(Word, &'a [u8])> {
    while let Some((word @ (Word::Alphabet | Word::Number), content)) = &next {
        push_lower(out, *word, content, connector);
        next = words.next();
    }
    next
}

fn push_lower(out: &mut Vec<u8>, word: Word, content: &[u8], connector: char) {
    if !matches!(word, Word::UpperCase | Word::Connector) {
        return out.extend_from_slice(content);
    }
    for (_, c) in characters(content) {
        let written = match c.unwrap_or(char::REPLACEMENT_CHARACTER) {
            c if is_connector(c) => connector,
            c if is_upper(c) => to_lower(c),
            c => c,
        };
        out.extend_from_slice(written.encode_utf8(&mut [0; 4]).as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the real Helm prints.
    #[test]
    fn words_are_cut_as_xstrings_cuts_them() {
        for (text, want) in [
            ("FirstName", "first_name"),
            ("HTTP20xOK", "http_20x_ok"),
            ("a.b.C", "a.b.c"),
            ("Bld4Floor3rd", "bld4_floor_3rd"),
            ("http2xx", "http_2xx"),
            ("GO PATH", "go_path"),
            ("_Complex__Case_", "_complex__case_"),
            ("é中文Abc", "é_中文_abc"),
            ("HTTPServer2", "http_server2"),
            ("aB1c", "a_b_1c"),
        ] {
            assert_eq!(joined_words(text.as_bytes(), '_'), want.as_bytes(), "{text}");
        }
    }
}
