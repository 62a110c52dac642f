//! Plain and quoted scalars. A text that stands in the source as it is, is not copied.

use super::error::{Error, Problem};
use super::scan::Scanner;
use super::token::{Chunk, Mark, ScalarStyle, Token, TokenKind};

/// The text of a scalar in the making: pieces of the source, and what stands between them.
struct Pieces {
    made: Option<String>,
    first: usize,
    from: usize,
}

impl Pieces {
    fn new(at: usize) -> Self {
        Self { made: None, first: at, from: at }
    }

    /// Takes the source up to `end`, then `inserted`, and goes on at `next`.
    fn cut(&mut self, scanner: &Scanner<'_>, end: usize, inserted: &str, next: usize) {
        let made = self.made.get_or_insert_default();
        made.push_str(scanner.slice(self.from..end));
        made.push_str(inserted);
        self.from = next;
    }

    fn finish(self, scanner: &Scanner<'_>, end: usize) -> Chunk {
        match self.made {
            None => Chunk::Source(self.first..end),
            Some(mut made) => {
                made.push_str(scanner.slice(self.from..end));
                Chunk::Made(made.into())
            }
        }
    }
}

/// Line ends between two pieces of a scalar: the first one, and those after it.
#[derive(Default)]
struct Breaks {
    first: Option<&'static str>,
    more: String,
}

impl Breaks {
    fn push(&mut self, stands_for: &'static str) {
        match self.first {
            None => self.first = Some(stands_for),
            Some(_) => self.more.push_str(stands_for),
        }
    }

    /// What they become: one line end a space, more of them one less.
    fn folded(self) -> String {
        match self.first {
            Some("\n") if self.more.is_empty() => " ".to_owned(),
            Some("\n") | None => self.more,
            Some(first) => first.to_owned() + &self.more,
        }
    }
}

impl Scanner<'_> {
    /// A scalar without quotes.
    pub(super) fn scan_plain(&mut self) -> Result<Token, Error> {
        let start = self.mark;
        let mut end = start;
        let mut pieces = Pieces::new(start.offset);
        let mut breaks = Breaks::default();
        let indent = self.indent.map_or(0, |indent| indent + 1);
        loop {
            if (self.mark.column == 0 && self.at_document_indicator()) || self.byte(0) == b'#' {
                break;
            }
            let width = self.plain_run();
            if width > 0 {
                if breaks.first.is_some() {
                    let folded = std::mem::take(&mut breaks).folded();
                    pieces.cut(self, end.offset, &folded, self.mark.offset);
                }
                self.skip_inline(width);
                end = self.mark;
            }
            if !(self.is_blank(0) || self.is_break(0)) {
                break;
            }
            self.skip_plain_blanks(start, indent, &mut breaks)?;
            if self.flow_level == 0 && self.mark.column < indent {
                break;
            }
        }
        if breaks.first.is_some() {
            self.simple_key_allowed = true;
        }
        let chunk = pieces.finish(self, end.offset);
        Ok(Token { kind: TokenKind::Scalar(chunk, ScalarStyle::Plain), start, end })
    }

    /// Bytes up to a blank, a line end, or an indicator that ends a plain scalar.
    fn plain_run(&self) -> usize {
        let rest = self.rest();
        let in_flow = self.flow_level > 0;
        let mut at = 0;
        while let Some(&byte) = rest.get(at) {
            let ends = match byte {
                b' ' | b'\t' => true,
                b'\n' | b'\r' | 0xC2 | 0xE2 => self.is_break(at),
                b':' => self.is_blank_or_end(at + 1),
                b',' | b'?' | b'[' | b']' | b'{' | b'}' => in_flow,
                _ => false,
            };
            if ends {
                break;
            }
            at += 1;
        }
        at
    }

    fn skip_plain_blanks(&mut self, start: Mark, indent: usize, breaks: &mut Breaks) -> Result<(), Error> {
        loop {
            if self.is_blank(0) {
                let in_indentation = breaks.first.is_some() && self.mark.column < indent;
                if in_indentation && self.byte(0) == b'\t' {
                    return self.fail(start, Problem::PlainTab);
                }
                self.skip_ascii(1);
            } else if self.is_break(0) {
                let stands_for = self.skip_break();
                breaks.push(stands_for);
            } else {
                return Ok(());
            }
        }
    }

    /// A scalar in quotes.
    pub(super) fn scan_quoted(&mut self) -> Result<Token, Error> {
        let start = self.mark;
        let quote = self.byte(0);
        self.skip_ascii(1);
        let mut pieces = Pieces::new(self.mark.offset);
        loop {
            if self.mark.column == 0 && self.at_document_indicator() {
                return self.fail(start, Problem::DocumentIndicator);
            }
            if self.at_end() {
                return self.fail(start, Problem::EndOfStream);
            }
            let joined = self.scan_quoted_run(start, quote, &mut pieces)?;
            if self.byte(0) == quote {
                break;
            }
            self.skip_quoted_blanks(joined, &mut pieces);
        }
        let chunk = pieces.finish(self, self.mark.offset);
        self.skip_ascii(1);
        let style = if quote == b'"' { ScalarStyle::DoubleQuoted } else { ScalarStyle::SingleQuoted };
        Ok(Token { kind: TokenKind::Scalar(chunk, style), start, end: self.mark })
    }

    /// What stands up to a blank, a line end or the closing quote. Whether the line end was escaped.
    fn scan_quoted_run(&mut self, start: Mark, quote: u8, pieces: &mut Pieces) -> Result<bool, Error> {
        loop {
            let width = self.quoted_run(quote);
            self.skip_inline(width);
            let at = self.mark.offset;
            match (self.byte(0), quote) {
                (b'\'', b'\'') if self.byte(1) == b'\'' => {
                    pieces.cut(self, at, "'", at + 2);
                    self.skip_ascii(2);
                }
                (b'\\', b'"') if self.is_break(1) => {
                    self.skip_ascii(1);
                    self.skip_break();
                    pieces.cut(self, at, "", self.mark.offset);
                    return Ok(true);
                }
                (b'\\', b'"') => {
                    let character = self.scan_escape(start)?;
                    pieces.cut(self, at, character.encode_utf8(&mut [0; 4]), self.mark.offset);
                }
                _ => return Ok(false),
            }
        }
    }

    /// Bytes up to a blank, a line end, a quote or an escape.
    fn quoted_run(&self, quote: u8) -> usize {
        let rest = self.rest();
        let mut at = 0;
        while let Some(&byte) = rest.get(at) {
            let ends = match byte {
                b' ' | b'\t' => true,
                b'\n' | b'\r' | 0xC2 | 0xE2 => self.is_break(at),
                b'\\' => quote == b'"',
                _ => byte == quote,
            };
            if ends {
                break;
            }
            at += 1;
        }
        at
    }

    /// Blanks stay, unless a line end is among them. `joined`: an escaped line end came before.
    fn skip_quoted_blanks(&mut self, joined: bool, pieces: &mut Pieces) {
        let begin = self.mark.offset;
        let mut breaks = Breaks::default();
        loop {
            if self.is_blank(0) {
                self.skip_ascii(1);
            } else if self.is_break(0) {
                let stands_for = self.skip_break();
                if joined {
                    breaks.more.push_str(stands_for);
                } else {
                    breaks.push(stands_for);
                }
            } else {
                break;
            }
        }
        if joined || breaks.first.is_some() {
            pieces.cut(self, begin, &breaks.folded(), self.mark.offset);
        }
    }

    /// The character that an escape stands for.
    fn scan_escape(&mut self, start: Mark) -> Result<char, Error> {
        let (character, digits) = match self.byte(1) {
            b'0' => ('\0', 0),
            b'a' => ('\u{7}', 0),
            b'b' => ('\u{8}', 0),
            b't' | b'\t' => ('\t', 0),
            b'n' => ('\n', 0),
            b'v' => ('\u{B}', 0),
            b'f' => ('\u{C}', 0),
            b'r' => ('\r', 0),
            b'e' => ('\u{1B}', 0),
            b' ' => (' ', 0),
            b'"' => ('"', 0),
            b'\'' => ('\'', 0),
            b'\\' => ('\\', 0),
            b'N' => ('\u{85}', 0),
            b'_' => ('\u{A0}', 0),
            b'L' => ('\u{2028}', 0),
            b'P' => ('\u{2029}', 0),
            b'x' => ('\0', 2),
            b'u' => ('\0', 4),
            b'U' => ('\0', 8),
            _ => return self.fail(start, Problem::UnknownEscape),
        };
        self.skip_ascii(2);
        if digits == 0 {
            return Ok(character);
        }
        let hex = self.rest().get(..digits).filter(|hex| hex.iter().all(u8::is_ascii_hexdigit));
        let Some(hex) = hex.and_then(|hex| std::str::from_utf8(hex).ok()) else {
            return self.fail(start, Problem::HexNumber);
        };
        let Some(character) = u32::from_str_radix(hex, 16).ok().and_then(char::from_u32) else {
            return self.fail(start, Problem::EscapeCode);
        };
        self.skip_ascii(digits);
        Ok(character)
    }
}
