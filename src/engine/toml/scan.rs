//! The characters of a TOML document, and its strings.

use super::decode::Fault;
use crate::helm::Helm;
use crate::value::format::quoted;

/// A place in a document.
pub(super) struct Scanner<'t> {
    rest: &'t str,
    line: usize,
    helm: Helm,
    ends_in_newline: bool,
}

/// What is said where a value is missing at the end.
const NO_VALUE: &str = "unexpected EOF; expected value";

/// Whether a character may stand in a key without quotes.
pub(super) fn is_bare(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-')
}

impl<'t> Scanner<'t> {
    pub fn new(text: &'t str, helm: Helm) -> Self {
        Self { rest: text, line: 1, helm, ends_in_newline: text.ends_with('\n') }
    }

    pub fn rest(&self) -> &'t str {
        self.rest
    }

    pub fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    pub fn next(&mut self) -> Option<char> {
        let mut chars = self.rest.chars();
        let c = chars.next()?;
        self.rest = chars.as_str();
        self.line += usize::from(c == '\n');
        Some(c)
    }

    pub fn accept(&mut self, expected: char) -> bool {
        let found = self.peek() == Some(expected);
        if found {
            self.next();
        }
        found
    }

    pub fn take_while(&mut self, fits: impl Fn(char) -> bool) -> String {
        let mut taken = String::new();
        while let Some(c) = self.peek().filter(|c| fits(*c)) {
            taken.push(c);
            self.next();
        }
        taken
    }

    pub fn skip_spaces(&mut self) {
        self.take_while(|c| matches!(c, ' ' | '\t'));
    }

    pub fn skip_comment(&mut self) {
        if self.peek() == Some('#') {
            self.take_while(|c| c != '\n');
        }
    }

    /// Skips spaces, comments and line ends.
    pub fn skip_blank_lines(&mut self) {
        loop {
            self.take_while(|c| matches!(c, ' ' | '\t' | '\n' | '\r'));
            if self.peek() != Some('#') {
                return;
            }
            self.skip_comment();
        }
    }

    pub fn accept_newline(&mut self) -> bool {
        self.accept('\r');
        self.accept('\n')
    }

    /// An error in this line; one at the end of the text belongs to the last line that holds something.
    pub fn fault(&self, message: impl Into<String>) -> Fault {
        let message = message.into();
        // Helm 3's release of the library counts one line too few at the end.
        let is_at_end = message.starts_with("unexpected EOF") || message.ends_with("got end of file instead");
        let is_short = self.helm.is_three() && is_at_end && !self.ends_in_newline;
        // Helm 4's counts the last line end only where it finds a character.
        let is_short =
            is_short || !self.helm.is_three() && self.ends_in_newline && message == NO_VALUE && self.line > 1;
        Fault { message, line: self.line - usize::from(is_short) }
    }

    /// The Helm whose TOML is read.
    pub fn helm(&self) -> Helm {
        self.helm
    }

    /// The line, from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// The next character as an error names it.
    pub fn found(&self) -> String {
        self.peek().map_or_else(|| "'\\x00'".to_owned(), |c| format!("{c:?}"))
    }

    /// The same for those errors that know of the end.
    pub fn found_or_end(&self) -> String {
        self.peek().map_or_else(|| "end of file".to_owned(), |c| format!("'{c}'"))
    }

    /// A string of any of the four forms.
    pub fn string(&mut self) -> Result<String, Fault> {
        for (quotes, read) in [
            ("\"\"\"", Self::multiline_basic as fn(&mut Self) -> Result<String, Fault>),
            ("'''", Self::multiline_literal),
            ("\"", Self::basic_string),
            ("'", Self::literal_string),
        ] {
            if let Some(rest) = self.rest.strip_prefix(quotes) {
                self.rest = rest;
                return read(self);
            }
        }
        Err(self.fault("expected value"))
    }

    /// What stands behind `"`, up to the next one.
    pub fn basic_string(&mut self) -> Result<String, Fault> {
        let mut text = String::new();
        loop {
            match self.next() {
                None => return Err(self.fault("unexpected EOF; expected '\"'")),
                Some('"') => return Ok(text),
                Some('\n') => return Err(self.newline_in_string()),
                Some('\\') => text.push(self.escape()?),
                Some(c) => text.push(c),
            }
        }
    }

    /// What stands behind `'`, up to the next one.
    pub fn literal_string(&mut self) -> Result<String, Fault> {
        let text = self.take_while(|c| !matches!(c, '\'' | '\n'));
        match self.next() {
            Some('\'') => Ok(text),
            Some(_) => Err(self.newline_in_string()),
            None => Err(self.fault("unexpected EOF; expected \"'\"")),
        }
    }

    fn newline_in_string(&self) -> Fault {
        Fault { message: "strings cannot contain newlines".to_owned(), line: self.line - 1 }
    }

    fn multiline_literal(&mut self) -> Result<String, Fault> {
        self.accept_newline();
        let mut text = String::new();
        while !self.closes("'''", &mut text) {
            match self.next() {
                Some(c) => text.push(c),
                None => return Err(self.fault("unexpected EOF; expected \"'''\"")),
            }
        }
        Ok(text)
    }

    fn multiline_basic(&mut self) -> Result<String, Fault> {
        self.accept_newline();
        let mut text = String::new();
        while !self.closes("\"\"\"", &mut text) {
            match self.next() {
                Some('\\') if self.continues_on_next_line() => self.skip_white(),
                Some('\\') => text.push(self.escape()?),
                Some(c) => text.push(c),
                None => return Err(self.fault("unexpected EOF; expected '\"\"\"'")),
            }
        }
        Ok(text)
    }

    /// Whether the string ends here. Up to two quotes may stand right before the closing three.
    fn closes(&mut self, quotes: &str, text: &mut String) -> bool {
        let Some(mut rest) = self.rest.strip_prefix(quotes) else { return false };
        for quote in quotes.chars().take(2) {
            if let Some(shorter) = rest.strip_prefix(quote) {
                text.push(quote);
                rest = shorter;
            }
        }
        self.rest = rest;
        true
    }

    fn continues_on_next_line(&self) -> bool {
        self.rest.trim_start_matches([' ', '\t', '\r']).starts_with('\n')
    }

    fn skip_white(&mut self) {
        self.take_while(|c| matches!(c, ' ' | '\t' | '\r' | '\n'));
    }

    fn escape(&mut self) -> Result<char, Fault> {
        let Some(c) = self.next() else { return Err(self.fault("unexpected EOF; expected '\"'")) };
        Ok(match c {
            'b' => '\x08',
            't' => '\t',
            'n' => '\n',
            'f' => '\x0c',
            'r' => '\r',
            'e' if !self.helm.is_three() => '\x1b',
            '"' | '\\' => c,
            'x' if !self.helm.is_three() => self.hexadecimal(2, "two", 'x')?,
            'u' => self.hexadecimal(4, "four", 'u')?,
            'U' => self.hexadecimal(8, "eight", 'U')?,
            other => return Err(self.fault(format!("invalid escape in string '\\{other}'"))),
        })
    }

    fn hexadecimal(&mut self, count: usize, word: &str, letter: char) -> Result<char, Fault> {
        let digits = self.rest.get(..count).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let Some(digits) = digits else {
            let found: String = self.rest.chars().take(count).collect();
            let found = quoted(found.as_bytes());
            return Err(
                self.fault(format!("expected {word} hexadecimal digits after '\\{letter}', but got {found} instead"))
            );
        };
        self.rest = self.rest.get(count..).unwrap_or_default();
        let c = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
        c.ok_or_else(|| self.fault(format!("Escaped character '\\u{digits}' is not valid UTF-8.")))
    }
}
