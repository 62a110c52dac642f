//! Scalars as they are written: which style the text allows, and the text in that style.

use std::fmt::Write;

use super::emit::{Dialect, Emitter, Space};

/// How a scalar is to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    SingleQuoted,
    DoubleQuoted,
    Literal,
}

/// What a text allows.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts about one text")]
pub(super) struct Analysis {
    /// It has line ends.
    pub(super) multiline: bool,
    empty: bool,
    plain: bool,
    single_quoted: bool,
    block: bool,
}

/// What was seen of a text.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts about one text")]
struct Seen {
    indicators: bool,
    line_breaks: bool,
    special: bool,
    tabs: bool,
    outer_space: bool,
    outer_break: bool,
    trailing_space: bool,
    break_space: bool,
    space_break: bool,
}

impl Analysis {
    pub(super) fn of(text: &[u8], dialect: Dialect) -> Self {
        if text.is_empty() {
            return Self { empty: true, plain: true, single_quoted: true, ..Self::default() };
        }
        let seen = Seen::of(text, dialect);
        let hard = seen.space_break || seen.special || seen.tabs;
        let spaced = seen.outer_space || seen.outer_break || seen.break_space;
        Self {
            multiline: seen.line_breaks,
            empty: false,
            plain: !(hard || spaced || seen.line_breaks || seen.indicators),
            single_quoted: !(hard || seen.break_space),
            block: !(seen.space_break || seen.special || seen.trailing_space),
        }
    }

    /// The style that the wanted one becomes.
    pub(super) fn style(self, wanted: Style, is_simple_key: bool) -> Style {
        let style = match wanted {
            _ if is_simple_key && self.multiline => Style::DoubleQuoted,
            Style::Plain if !self.plain || (self.empty && is_simple_key) => Style::SingleQuoted,
            Style::Literal if !self.block || is_simple_key => Style::DoubleQuoted,
            style => style,
        };
        if style == Style::SingleQuoted && !self.single_quoted { Style::DoubleQuoted } else { style }
    }
}

impl Seen {
    fn of(text: &[u8], dialect: Dialect) -> Self {
        let mut seen = Self { indicators: text.starts_with(b"---") || text.starts_with(b"..."), ..Self::default() };
        let mut after_blank = true;
        let mut after_space = false;
        let mut after_break = false;
        let mut at = 0;
        while let Some(&byte) = text.get(at) {
            let width = width(byte);
            let next = at + width;
            let line_break = is_break(text, at);
            seen.indicators |= is_indicator(text, at, after_blank);
            match byte {
                b'\t' if dialect == Dialect::Pretty => seen.tabs = true,
                _ => seen.special |= !is_printable(text, at),
            }
            let (is_first, is_last) = (at == 0, next >= text.len());
            if byte == b' ' {
                seen.outer_space |= is_first || is_last;
                seen.trailing_space |= is_last;
                seen.break_space |= after_break;
            } else if line_break {
                seen.line_breaks = true;
                seen.outer_break |= is_first || is_last;
                seen.space_break |= after_space;
            }
            after_space = byte == b' ';
            after_break = line_break;
            after_blank = line_break || matches!(byte, b' ' | b'\t' | 0);
            at = next;
        }
        seen
    }
}

/// Whether the character at `at` would mean something in a plain scalar.
fn is_indicator(text: &[u8], at: usize, after_blank: bool) -> bool {
    let byte = text.get(at).copied().unwrap_or(0);
    let before_blank = text.get(at + 1).is_none_or(|next| matches!(next, b' ' | b'\t'));
    match byte {
        b':' => before_blank,
        b'#' => after_blank,
        _ if at > 0 => false,
        b'?' | b'-' => before_blank,
        b',' | b'[' | b']' | b'{' | b'}' | b'&' | b'*' | b'!' | b'|' | b'>' | b'\'' | b'"' | b'%' | b'@' | b'`' => true,
        _ => false,
    }
}

/// What libyaml calls printable: what has up to three bytes, and no control, mark or non-character. Emoji have four.
fn is_printable(text: &[u8], at: usize) -> bool {
    match text.get(at..).unwrap_or_default() {
        [b'\n' | 0x20..=0x7E | 0xC3..=0xEC | 0xEE, ..] => true,
        [0xC2, next, ..] => *next >= 0xA0,
        [0xED, next, ..] => *next < 0xA0,
        [0xEF, rest @ ..] => !matches!(rest, [0xBB, 0xBF, ..] | [0xBF, 0xBE | 0xBF, ..]),
        _ => false,
    }
}

fn width(first: u8) -> usize {
    match first {
        0xC0..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF7 => 4,
        _ => 1,
    }
}

fn is_break(text: &[u8], at: usize) -> bool {
    matches!(text.get(at..).unwrap_or_default(), [b'\r' | b'\n', ..] | [0xC2, 0x85, ..] | [0xE2, 0x80, 0xA8 | 0xA9, ..])
}

fn is_break_char(c: char) -> bool {
    matches!(c, '\r' | '\n' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

impl Emitter {
    /// Writes a text in a style. `may_fold`: long lines may be broken.
    pub(super) fn write_scalar(&mut self, text: &str, style: Style, may_fold: bool) {
        match style {
            Style::Plain => {
                if !self.whitespace {
                    self.put(" ");
                }
                self.write_folded(text, may_fold, false);
                self.whitespace = false;
                self.indention = false;
            }
            Style::SingleQuoted => {
                self.sign("'", Space::Before);
                self.write_folded(text, may_fold, true);
                self.sign("'", Space::None);
            }
            Style::DoubleQuoted => self.write_double_quoted(text, may_fold),
            Style::Literal => self.write_literal(text),
        }
    }

    /// Whether the space at `at` may become a line end: the line is full, and no space stands next to it.
    fn folds_at(&self, text: &str, at: usize, after_space: bool) -> bool {
        !after_space && self.column > self.width && text.as_bytes().get(at + 1).is_some_and(|&next| next != b' ')
    }

    /// Plain and single-quoted texts.
    fn write_folded(&mut self, text: &str, may_fold: bool, quoted: bool) {
        let mut after_space = false;
        let mut after_break = false;
        let mut pending = 0;
        for (at, c) in text.char_indices() {
            let end = at + c.len_utf8();
            if c == ' ' {
                self.put(text.get(pending..at).unwrap_or_default());
                pending = at;
                let inside = !quoted || at > 0;
                if may_fold && inside && self.folds_at(text, at, after_space) {
                    self.write_indent();
                    pending = end;
                }
                after_space = true;
            } else if is_break_char(c) {
                self.put(text.get(pending..at).unwrap_or_default());
                pending = end;
                if !after_break && c == '\n' {
                    self.put_break("\n");
                }
                self.put_break(text.get(at..end).unwrap_or_default());
                self.indention = true;
                after_break = true;
            } else {
                if after_break {
                    self.write_indent();
                }
                if quoted && c == '\'' {
                    self.put(text.get(pending..end).unwrap_or_default());
                    pending = at;
                }
                self.indention = false;
                after_space = false;
                after_break = false;
            }
        }
        self.put(text.get(pending..).unwrap_or_default());
    }

    fn write_double_quoted(&mut self, text: &str, may_fold: bool) {
        self.sign("\"", Space::Before);
        // libyaml looks for a byte order mark at the beginning of the text wherever it stands in it.
        let escape_all = text.starts_with('\u{FEFF}');
        let mut after_space = false;
        let mut pending = 0;
        for (at, c) in text.char_indices() {
            let end = at + c.len_utf8();
            let escaped =
                matches!(c, '"' | '\\') || escape_all || is_break_char(c) || !is_printable(text.as_bytes(), at);
            if escaped {
                self.put(text.get(pending..at).unwrap_or_default());
                pending = end;
                self.put(&escape(c));
                after_space = false;
            } else if c == ' ' {
                self.put(text.get(pending..at).unwrap_or_default());
                pending = at;
                let inside = at > 0 && end < text.len();
                if may_fold && inside && !after_space && self.column > self.width {
                    self.write_indent();
                    if text.as_bytes().get(end) == Some(&b' ') {
                        self.put("\\");
                    }
                    pending = end;
                }
                after_space = true;
            } else {
                after_space = false;
            }
        }
        self.put(text.get(pending..).unwrap_or_default());
        self.sign("\"", Space::None);
    }

    fn write_literal(&mut self, text: &str) {
        self.sign("|", Space::Before);
        if text.starts_with([' ', '\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']) {
            self.sign("2", Space::None);
        }
        let mut last = text.chars().rev();
        match last.next() {
            Some(c) if !is_break_char(c) => self.sign("-", Space::None),
            None => self.sign("-", Space::None),
            Some(_) if last.next().is_none_or(is_break_char) => self.sign("+", Space::None),
            Some(_) => {}
        }
        self.put_break("\n");
        self.indention = true;
        self.whitespace = true;
        for line in text.split_inclusive(is_break_char) {
            let content = line.trim_end_matches(is_break_char);
            if !content.is_empty() {
                self.write_indent();
                self.put(content);
                self.indention = false;
            }
            let line_end = line.get(content.len()..).unwrap_or_default();
            if !line_end.is_empty() {
                self.put_break(line_end);
                self.indention = true;
            }
        }
    }
}

fn escape(c: char) -> String {
    let short = match c {
        '\0' => '0',
        '\u{7}' => 'a',
        '\u{8}' => 'b',
        '\t' => 't',
        '\n' => 'n',
        '\u{B}' => 'v',
        '\u{C}' => 'f',
        '\r' => 'r',
        '\u{1B}' => 'e',
        '"' => '"',
        '\\' => '\\',
        '\u{85}' => 'N',
        '\u{A0}' => '_',
        '\u{2028}' => 'L',
        '\u{2029}' => 'P',
        c => {
            let mut long = String::new();
            let code = u32::from(c);
            let _ = match code {
                0..=0xFF => write!(long, "\\x{code:02X}"),
                0x100..=0xFFFF => write!(long, "\\u{code:04X}"),
                _ => write!(long, "\\U{code:08X}"),
            };
            return long;
        }
    };
    format!("\\{short}")
}
