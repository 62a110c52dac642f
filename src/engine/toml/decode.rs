//! TOML as values: tables as maps, integers as `int64`, floats as `float64`, arrays of tables as lists of maps.
//!
//! The grammar is TOML 1.0 with the liberties of 1.1 that the original takes (line ends and a trailing comma in inline
//! tables, `\e` and `\x`). Of the original's many error texts the common ones are here, with its line and last key.

use super::scan::{Scanner, is_bare};
use super::tree::{Table, Tree};
use crate::helm::Helm;
use crate::value::format::quoted;
use crate::value::{IntKind, List, Map, Traced, Value};

/// What reads a moment in time; nothing where a text is none.
pub(super) type Moments<'m> = &'m mut dyn FnMut(&str) -> Option<Value>;

/// Reads a document. The error is the original's sentence.
pub fn decode(bytes: &[u8], helm: Helm, moments: Moments<'_>) -> Result<Map, String> {
    let marks: [&[u8]; 3] = [b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf"];
    let bytes = marks.iter().find_map(|mark| bytes.strip_prefix(*mark)).unwrap_or(bytes);
    if bytes.iter().take(6).any(|byte| *byte == 0) {
        let why = "files cannot contain NULL bytes; probably using UTF-16; TOML files must be UTF-8";
        return Err(format!("toml: line 1: {why}"));
    }
    let (text, end) = readable(bytes);
    let scanner = Scanner::new(text, helm);
    let mut parser = Parser { scanner, tree: Tree::default(), context: Vec::new(), depth: 0, end, moments };
    let read = parser.document();
    match parser.check_end().and(read) {
        Ok(()) => Ok(parser.tree.into_map()),
        Err(Fault { message, line }) => Err(match parser.context.join(".").as_str() {
            "" => format!("toml: line {line}: {message}"),
            last => format!("toml: line {line} (last key {last:?}): {message}"),
        }),
    }
}

/// The text up to what no document may hold, and what is to be said of that.
fn readable(bytes: &[u8]) -> (&str, Option<String>) {
    let (text, mut end) = match std::str::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let (valid, rest) = bytes.split_at(error.valid_up_to());
            let byte = rest.first().copied().unwrap_or_default();
            (std::str::from_utf8(valid).unwrap_or_default(), Some(format!("invalid UTF-8 byte: 0x{byte:02x}")))
        }
    };
    let is_refused = |(at, c): &(usize, char)| match c {
        '\t' | '\n' => false,
        '\r' => bytes.get(at + 1) != Some(&b'\n'),
        c => c.is_ascii_control(),
    };
    let Some((at, c)) = text.char_indices().find(is_refused) else { return (text, end) };
    end = Some(format!("TOML files cannot contain control characters: '0x{:02x}'", u32::from(c)));
    (text.get(..at).unwrap_or_default(), end)
}

/// What is wrong, and in which line.
pub(super) struct Fault {
    pub message: String,
    pub line: usize,
}

type Parsed<T> = Result<T, Fault>;

/// The original knows no bound.
const DEEPEST: usize = 200;

struct Parser<'t> {
    scanner: Scanner<'t>,
    tree: Tree,
    /// The table and key that are being read: what an error names as the last key.
    context: Vec<String>,
    depth: usize,
    /// What is wrong where the text ends, if it ends too early.
    end: Option<String>,
    moments: Moments<'t>,
}

impl Parser<'_> {
    fn document(&mut self) -> Parsed<()> {
        let mut table: Vec<String> = Vec::new();
        loop {
            self.scanner.skip_blank_lines();
            match self.scanner.peek() {
                None => return Ok(()),
                Some('[') => table = self.header()?,
                Some(_) => {
                    self.context.clone_from(&table);
                    let key = self.key('=')?;
                    self.context.extend(key.iter().cloned());
                    let value = self.value()?;
                    self.check_end()?;
                    self.tree.insert(&table, &key, value).map_err(|message| self.scanner.fault(message))?;
                    self.context.clone_from(&table);
                }
            }
            self.end_of_line()?;
        }
    }

    /// Whether what can't be read has been reached.
    fn check_end(&self) -> Parsed<()> {
        match &self.end {
            Some(message) if self.scanner.peek().is_none() => Err(self.scanner.fault(message)),
            _ => Ok(()),
        }
    }

    /// `[a.b]` or `[[a.b]]`
    fn header(&mut self) -> Parsed<Vec<String>> {
        self.scanner.next();
        let is_array = self.scanner.accept('[');
        self.context.clear();
        let path = self.key(']')?;
        self.context.extend(path.iter().take(path.len().saturating_sub(1)).cloned());
        if is_array {
            if !self.scanner.accept(']') {
                let found = self.scanner.found();
                let message = format!("expected end of table array name delimiter ']', but got {found} instead");
                return Err(self.scanner.fault(message));
            }
            self.tree.open_array(&path)
        } else {
            self.tree.open(&path)
        }
        .map_err(|message| self.scanner.fault(message))?;
        Ok(path)
    }

    /// A key of one or more parts, up to and with `end`.
    fn key(&mut self, end: char) -> Parsed<Vec<String>> {
        let mut parts = Vec::new();
        loop {
            self.scanner.skip_spaces();
            let blank = self.scanner.peek().filter(|c| end == '=' && !parts.is_empty() && matches!(c, '=' | '.'));
            if let Some(found) = blank {
                return Err(self.scanner.fault(format!("unexpected '{found}'")));
            }
            parts.push(self.key_part(end)?);
            self.scanner.skip_spaces();
            if self.scanner.accept(end) {
                return Ok(parts);
            }
            if !self.scanner.accept('.') {
                if end == '=' && self.scanner.peek().is_none() {
                    return Err(self.scanner.fault("unexpected EOF; expected key separator '='"));
                }
                let found = self.scanner.found();
                if end == '=' {
                    return Err(self.scanner.fault(format!("expected '.' or '=', but got {found} instead")));
                }
                // The original has read on.
                self.scanner.accept('\n');
                let message = format!("expected '.' or ']' to end table name, but got {found} instead");
                return Err(self.scanner.fault(message));
            }
        }
    }

    fn key_part(&mut self, end: char) -> Parsed<String> {
        match self.scanner.peek() {
            Some('"') => {
                self.scanner.next();
                self.scanner.basic_string()
            }
            Some('\'') => {
                self.scanner.next();
                self.scanner.literal_string()
            }
            Some(']') | None if end == ']' => {
                Err(self.scanner.fault("unexpected end of table name (table names cannot be empty)"))
            }
            Some('.') if end == ']' => {
                Err(self.scanner.fault("unexpected table separator (table names cannot be empty)"))
            }
            Some('=') | None => Err(self.scanner.fault("unexpected '=': key name appears blank")),
            Some('.') => Err(self.scanner.fault("unexpected '.': keys cannot start with a '.'")),
            Some(_) => Ok(self.scanner.take_while(is_bare)),
        }
    }

    fn end_of_line(&mut self) -> Parsed<()> {
        self.scanner.skip_spaces();
        self.scanner.skip_comment();
        if self.scanner.peek().is_none() || self.scanner.accept_newline() {
            return Ok(());
        }
        let found = self.scanner.found();
        let message =
            format!("expected a top-level item to end with a newline, comment, or EOF, but got {found} instead");
        Err(self.scanner.fault(message))
    }

    fn value(&mut self) -> Parsed<Value> {
        self.scanner.skip_spaces();
        let Some(first) = self.scanner.peek() else {
            return Err(self.scanner.fault("unexpected EOF; expected value"));
        };
        match first {
            '"' | '\'' => self.scanner.string().map(Value::from),
            '[' => self.nested(Self::array),
            '{' => self.nested(Self::inline_table),
            '.' => Err(self.scanner.fault("floats must start with a digit, not '.'")),
            c if c.is_ascii_digit() || matches!(c, '+' | '-' | 'i' | 'n') => self.number_or_moment(),
            c if c.is_alphabetic() => self.boolean(),
            _ => {
                let found = self.scanner.found();
                Err(self.scanner.fault(format!("expected value but found {found} instead")))
            }
        }
    }

    fn nested(&mut self, read: fn(&mut Self) -> Parsed<Value>) -> Parsed<Value> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.scanner.fault("nested too deep"));
        }
        self.scanner.next();
        let value = read(self)?;
        self.depth -= 1;
        Ok(value)
    }

    fn boolean(&mut self) -> Parsed<Value> {
        let word = self.scanner.take_while(char::is_alphabetic);
        match word.as_str() {
            "true" => Ok(true.into()),
            "false" => Ok(false.into()),
            _ => Err(self.scanner.fault(format!("expected value but found {word:?} instead"))),
        }
    }

    fn array(&mut self) -> Parsed<Value> {
        let mut items: Vec<Traced> = Vec::new();
        loop {
            self.scanner.skip_blank_lines();
            if self.scanner.accept(']') {
                return Ok(Value::List(List::new(items)));
            }
            if self.scanner.peek() == Some(',') {
                return Err(self.scanner.fault("unexpected comma"));
            }
            items.push(self.value()?.into());
            self.scanner.skip_blank_lines();
            if !self.scanner.accept(',') && self.scanner.peek() != Some(']') {
                let found = self.scanner.found_or_end();
                let message = format!("expected a comma (',') or array terminator (']'), but got {found}");
                return Err(self.scanner.fault(message));
            }
        }
    }

    fn inline_table(&mut self) -> Parsed<Value> {
        let mut table = Table::default();
        let outside = self.context.len();
        loop {
            self.blank_in_table()?;
            if self.scanner.accept('}') {
                self.context.truncate(outside);
                return Ok(Value::Map(table.into_map()));
            }
            if self.scanner.peek() == Some(',') {
                return Err(self.scanner.fault("unexpected comma"));
            }
            self.context.truncate(outside);
            let key = self.key('=')?;
            self.context.extend(key.iter().cloned());
            let value = self.value()?;
            table.insert(&key, &self.context, value).map_err(|message| self.scanner.fault(message))?;
            self.blank_in_table()?;
            if self.scanner.accept(',') {
                self.check_trailing_comma()?;
            } else if self.scanner.peek() != Some('}') {
                let found = self.scanner.found_or_end();
                let message = format!("expected a comma or an inline table terminator '}}', but got {found} instead");
                return Err(self.scanner.fault(message));
            }
        }
    }

    /// Skips what may stand between the parts of an inline table: to TOML 1.0, which Helm 3 reads, no line may end there.
    fn blank_in_table(&mut self) -> Parsed<()> {
        let line = self.scanner.line();
        self.scanner.skip_blank_lines();
        if self.scanner.helm().is_three() && self.scanner.line() > line {
            return Err(Fault { message: "newlines not allowed within inline tables".to_owned(), line });
        }
        Ok(())
    }

    /// Helm 3 knows no comma before the brace.
    fn check_trailing_comma(&mut self) -> Parsed<()> {
        self.blank_in_table()?;
        if self.scanner.helm().is_three() && self.scanner.peek() == Some('}') {
            return Err(self.scanner.fault("trailing comma not allowed in inline tables"));
        }
        Ok(())
    }

    fn number_or_moment(&mut self) -> Parsed<Value> {
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '+' | '-' | ':');
        let mut written = self.scanner.take_while(is_part);
        let is_date = is_date(&written);
        if is_date
            && self.scanner.rest().strip_prefix(' ').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        {
            self.scanner.next();
            written = format!("{written} {}", self.scanner.take_while(is_part));
        }
        if is_date || written.contains(':') {
            let moment = (self.moments)(&written);
            return moment
                .ok_or_else(|| self.scanner.fault(format!("invalid datetime: {}", quoted(written.as_bytes()))));
        }
        number(&written).map_err(|message| self.scanner.fault(message))
    }
}

/// `2024-…`
fn is_date(written: &str) -> bool {
    let bytes = written.as_bytes();
    bytes.get(4) == Some(&b'-') && bytes.iter().take(4).all(u8::is_ascii_digit)
}

fn number(written: &str) -> Result<Value, String> {
    let unsigned = written.trim_start_matches(['+', '-']);
    if matches!(unsigned, "inf" | "nan") {
        let magnitude = if unsigned == "inf" { f64::INFINITY } else { f64::NAN };
        return Ok(Value::Float(if written.starts_with('-') { -magnitude } else { magnitude }));
    }
    let digits: String = written.chars().filter(|c| *c != '_').collect();
    let prefixed = [("0x", 16), ("0o", 8), ("0b", 2)].into_iter().find(|(prefix, _)| written.starts_with(prefix));
    let is_float = prefixed.is_none() && unsigned.contains(['.', 'e', 'E']);
    let noun = if is_float { "float" } else { "integer" };
    if !underscores_fit(written) {
        return Err(format!("Invalid {noun} {written:?}: underscores must be surrounded by digits"));
    }
    let whole = unsigned.split(['.', 'e', 'E']).next().unwrap_or_default();
    if prefixed.is_none() && whole.len() > 1 && whole.starts_with('0') {
        return Err(format!("Invalid {noun} {written:?}: cannot have leading zeroes"));
    }
    if is_float {
        let after_period = unsigned.split('.').skip(1).all(|after| after.starts_with(|c: char| c.is_ascii_digit()));
        if !after_period {
            return Err(format!("Invalid float {written:?}: '.' must be followed by one or more digits"));
        }
        let parsed: f64 = digits.parse().map_err(|_| format!("Invalid float value: {written:?}"))?;
        if parsed.is_infinite() {
            return Err(format!("{written} is out of range for float64"));
        }
        return Ok(Value::Float(parsed));
    }
    let parsed = match prefixed {
        Some((prefix, radix)) => i64::from_str_radix(digits.trim_start_matches(prefix), radix),
        None => digits.parse(),
    };
    let out_of_range = |_| {
        if digits.bytes().all(|byte| byte.is_ascii_hexdigit() || matches!(byte, b'+' | b'-' | b'x' | b'o')) {
            format!("{written} is out of range for int64")
        } else {
            format!("expected value but found {written:?} instead")
        }
    };
    parsed.map(|n| Value::Int(n, IntKind::Int64)).map_err(out_of_range)
}

/// Whether each underscore stands between digits.
fn underscores_fit(written: &str) -> bool {
    let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_hexdigit);
    let bytes = written.as_bytes();
    let underscores = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'_').map(|(at, _)| at);
    underscores
        .into_iter()
        .all(|at| is_digit(at.checked_sub(1).and_then(|before| bytes.get(before))) && is_digit(bytes.get(at + 1)))
}
