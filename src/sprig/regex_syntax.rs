//! Go's regular expressions (`regexp/syntax`), read with Go's errors and written anew for the crate `regex`.
//!
//! Both are RE2's children: what is left to translate are classes that mean ASCII in Go, flags, octal escapes, `\Q…\E`
//! and what counts as an error. Groups nest less deep here than Go's thousand.

use std::fmt::Write;

/// A regular expression for the crate `regex`.
#[derive(Debug)]
pub(super) struct Translated {
    /// The expression.
    pub pattern: String,
    /// The names of the groups, from the first.
    pub names: Vec<Option<String>>,
    /// How much there is to match, repetitions counted.
    pub size: u64,
}

#[derive(Clone, Copy, Default)]
#[allow(clippy::struct_excessive_bools)] // each is a letter of its own: i, m, s, U
struct Flags {
    fold_case: bool,
    multi_line: bool,
    dot_newline: bool,
    non_greedy: bool,
}

/// A piece that a repetition can apply to.
struct Piece {
    pattern: String,
    size: u64,
    /// The product of the repetitions inside of each other.
    repeats: u64,
    height: usize,
}

/// Whether a group remembers what it matched.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Capture {
    No,
    Yes,
}

struct Group {
    capture: Capture,
    /// The flags before it, which hold again after it.
    flags: Flags,
    /// Alternatives that are finished.
    before: Vec<Piece>,
    current: Vec<Piece>,
}

const MOST_REPEATS: u64 = 1000;
const HIGHEST: usize = 200;

struct Parser<'a> {
    whole: &'a str,
    rest: &'a str,
    flags: Flags,
    groups: Vec<Group>,
    names: Vec<Option<String>>,
}

type Parsed<T> = Result<T, String>;

fn error<T>(what: &str, expression: &str) -> Parsed<T> {
    Err(format!("error parsing regexp: {what}: `{expression}`"))
}

/// Reads a Go expression. The error is Go's.
pub(super) fn translate(expression: &[u8]) -> Parsed<Translated> {
    let text = match std::str::from_utf8(expression) {
        Ok(text) => text,
        // Go reads on until the bad byte, and might find another fault first.
        Err(bad) => {
            let rest = expression.get(bad.valid_up_to()..).unwrap_or_default();
            return error("invalid UTF-8", &String::from_utf8_lossy(rest));
        }
    };
    let mut parser = Parser { whole: text, rest: text, flags: Flags::default(), groups: Vec::new(), names: Vec::new() };
    parser.open(Capture::No);
    parser.run()?;
    match parser.groups.pop() {
        Some(top) if parser.groups.is_empty() => {
            let piece = joined(top);
            Ok(Translated { pattern: piece.pattern, names: parser.names, size: piece.size })
        }
        _ => error("missing closing )", text),
    }
}

/// The alternatives of a group as one piece.
fn joined(group: Group) -> Piece {
    let mut alternatives = group.before;
    alternatives.push(concatenated(group.current));
    let size = alternatives.iter().fold(1u64, |sum, piece| sum.saturating_add(piece.size));
    let repeats = alternatives.iter().map(|piece| piece.repeats).max().unwrap_or(1);
    let height = alternatives.iter().map(|piece| piece.height).max().unwrap_or(0);
    let patterns: Vec<String> = alternatives.into_iter().map(|piece| piece.pattern).collect();
    Piece { pattern: patterns.join("|"), size, repeats, height }
}

fn concatenated(pieces: Vec<Piece>) -> Piece {
    let mut whole = Piece { pattern: String::new(), size: 0, repeats: 1, height: 0 };
    for piece in pieces {
        whole.pattern.push_str(&piece.pattern);
        whole.size = whole.size.saturating_add(piece.size);
        whole.repeats = whole.repeats.max(piece.repeats);
        whole.height = whole.height.max(piece.height);
    }
    whole
}

impl<'a> Parser<'a> {
    fn run(&mut self) -> Parsed<()> {
        let mut last_repeat = None;
        while let Some(c) = self.rest.chars().next() {
            let at = self.rest;
            let mut repeat = None;
            match c {
                '(' if at.starts_with("(?") => self.perl_group()?,
                '(' => {
                    self.skip(1);
                    self.open_capture(None);
                }
                '|' => self.alternative(),
                ')' => self.close()?,
                '^' => self.single(if self.flags.multi_line { "(?m:^)" } else { r"\A" }),
                '$' => self.single(if self.flags.multi_line { "(?m:$)" } else { r"\z" }),
                '.' => self.single(if self.flags.dot_newline { "(?s:.)" } else { r"[^\n]" }),
                '[' => self.class()?,
                '*' | '+' | '?' => {
                    self.skip(1);
                    self.repeat(at, &c.to_string(), None, last_repeat)?;
                    repeat = Some(at);
                }
                '{' => repeat = self.counted(at, last_repeat)?,
                '\\' => self.escape()?,
                _ => {
                    self.skip(c.len_utf8());
                    self.literal(c);
                }
            }
            last_repeat = repeat;
        }
        Ok(())
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }

    /// What was read since `start`.
    fn read_since(&self, start: &'a str) -> &'a str {
        start.get(..start.len() - self.rest.len()).unwrap_or(start)
    }

    fn next(&mut self) -> Option<char> {
        let c = self.rest.chars().next()?;
        self.skip(c.len_utf8());
        Some(c)
    }

    fn push(&mut self, pattern: String) {
        if let Some(group) = self.groups.last_mut() {
            group.current.push(Piece { pattern, size: 1, repeats: 1, height: 1 });
        }
    }

    /// A piece that is one byte in Go.
    fn single(&mut self, pattern: &str) {
        self.skip(1);
        self.push(pattern.to_owned());
    }

    fn literal(&mut self, c: char) {
        let written = character(c);
        self.push(if self.flags.fold_case { format!("(?i:{written})") } else { written });
    }

    fn open(&mut self, capture: Capture) {
        self.groups.push(Group { capture, flags: self.flags, before: Vec::new(), current: Vec::new() });
    }

    fn open_capture(&mut self, name: Option<String>) {
        self.names.push(name);
        self.open(Capture::Yes);
    }

    fn alternative(&mut self) {
        self.skip(1);
        if let Some(group) = self.groups.last_mut() {
            let alternative = concatenated(std::mem::take(&mut group.current));
            group.before.push(alternative);
        }
    }

    fn close(&mut self) -> Parsed<()> {
        self.skip(1);
        let Some(group) = self.groups.pop().filter(|_| !self.groups.is_empty()) else {
            return error("unexpected )", self.whole);
        };
        self.flags = group.flags;
        let open = if group.capture == Capture::Yes { "(" } else { "(?:" };
        let piece = joined(group);
        if piece.height >= HIGHEST {
            return error("expression nests too deeply", self.whole);
        }
        let pattern = format!("{open}{})", piece.pattern);
        if let Some(outer) = self.groups.last_mut() {
            outer.current.push(Piece { pattern, height: piece.height + 1, ..piece });
        }
        Ok(())
    }

    /// `{2}`, `{2,}`, `{2,3}`; what doesn't look like this is a literal brace.
    fn counted(&mut self, at: &'a str, last_repeat: Option<&'a str>) -> Parsed<Option<&'a str>> {
        let Some((least, most, rest)) = counts(at) else {
            self.skip(1);
            self.literal('{');
            return Ok(None);
        };
        self.rest = rest;
        if least > MOST_REPEATS || most.is_some_and(|most| most > MOST_REPEATS || least > most) {
            return error("invalid repeat count", self.read_since(at));
        }
        let operator = self.read_since(at).to_owned();
        self.repeat(at, &operator, Some(most.unwrap_or(least)), last_repeat)?;
        Ok(Some(at))
    }

    /// Applies a repetition, which began `at`, to the piece before it.
    fn repeat(&mut self, at: &'a str, operator: &str, times: Option<u64>, last_repeat: Option<&'a str>) -> Parsed<()> {
        let mut non_greedy = self.flags.non_greedy;
        if self.rest.starts_with('?') {
            self.skip(1);
            non_greedy = !non_greedy;
        }
        if let Some(before) = last_repeat {
            return error("invalid nested repetition operator", self.read_since(before));
        }
        let read = self.read_since(at);
        let Some(piece) = self.groups.last_mut().and_then(|group| group.current.last_mut()) else {
            return error("missing argument to repetition operator", read);
        };
        let times = times.unwrap_or(1);
        if times >= 2 {
            piece.repeats = piece.repeats.saturating_mul(times);
            if piece.repeats > MOST_REPEATS {
                return error("invalid repeat count", read);
            }
        }
        piece.size = piece.size.saturating_mul(times.max(1));
        piece.height += 1;
        let mark = if non_greedy { "?" } else { "" };
        piece.pattern = format!("(?:{}){operator}{mark}", piece.pattern);
        Ok(())
    }

    /// What begins with `(?`: a named group, a group without capture, or flags.
    fn perl_group(&mut self) -> Parsed<()> {
        let start = self.rest;
        let named = start.strip_prefix("(?P<").or_else(|| start.strip_prefix("(?<"));
        if let Some(after) = named.filter(|after| !after.is_empty()) {
            let Some((name, rest)) = after.split_once('>') else { return error("invalid named capture", start) };
            self.rest = rest;
            if name.is_empty() || !name.chars().all(|c| c == '_' || c.is_ascii_alphanumeric()) {
                return error("invalid named capture", self.read_since(start));
            }
            self.open_capture(Some(name.to_owned()));
            return Ok(());
        }
        self.skip(2);
        let mut flags = self.flags;
        let (mut value, mut saw_flag) = (true, false);
        while let Some(c) = self.next() {
            match c {
                'i' => flags.fold_case = value,
                'm' => flags.multi_line = value,
                's' => flags.dot_newline = value,
                'U' => flags.non_greedy = value,
                '-' if value => {
                    (value, saw_flag) = (false, false);
                    continue;
                }
                ':' | ')' if value || saw_flag => {
                    if c == ':' {
                        self.open(Capture::No);
                    }
                    self.flags = flags;
                    return Ok(());
                }
                _ => break,
            }
            saw_flag = true;
        }
        error("invalid or unsupported Perl syntax", self.read_since(start))
    }

    fn escape(&mut self) -> Parsed<()> {
        let start = self.rest;
        match start.chars().nth(1) {
            Some('A') => self.double(r"\A"),
            Some('b') => self.double(r"(?-u:\b)"),
            Some('B') => self.double(r"(?-u:\B)"),
            Some('z') => self.double(r"\z"),
            Some('C') => return error("invalid escape sequence", r"\C"),
            Some('Q') => {
                let quoted = start.get(2..).unwrap_or_default();
                let (literal, rest) = quoted.split_once(r"\E").unwrap_or((quoted, ""));
                self.rest = rest;
                for c in literal.chars() {
                    self.literal(c);
                }
            }
            Some('p' | 'P') => {
                let class = self.unicode_class()?;
                self.push_class(&class);
            }
            letter => {
                if let Some(class) = letter.and_then(perl_class) {
                    self.skip(2);
                    self.push_class(&class);
                } else {
                    let c = self.escaped_character()?;
                    self.literal(c);
                }
            }
        }
        Ok(())
    }

    fn double(&mut self, pattern: &str) {
        self.skip(2);
        self.push(pattern.to_owned());
    }

    fn push_class(&mut self, class: &str) {
        self.push(if self.flags.fold_case { format!("(?i:[{class}])") } else { format!("[{class}]") });
    }

    /// The character that an escape stands for.
    fn escaped_character(&mut self) -> Parsed<char> {
        let start = self.rest;
        self.skip(1);
        let Some(c) = self.next() else { return error("trailing backslash at end of expression", "") };
        match c {
            '1'..='7' if !self.rest.starts_with(is_octal) => {}
            '0'..='7' => return Ok(self.octal(c)),
            'x' => {
                if let Some(c) = self.hexadecimal() {
                    return Ok(c);
                }
            }
            'a' => return Ok('\x07'),
            'f' => return Ok('\x0c'),
            'n' => return Ok('\n'),
            'r' => return Ok('\r'),
            't' => return Ok('\t'),
            'v' => return Ok('\x0b'),
            _ if c.is_ascii() && !c.is_ascii_alphanumeric() => return Ok(c),
            _ => {}
        }
        error("invalid escape sequence", self.read_since(start))
    }

    /// Up to three octal digits, of which one was read.
    fn octal(&mut self, first: char) -> char {
        let mut code = first.to_digit(8).unwrap_or(0);
        for _ in 0..2 {
            let Some(digit) = self.rest.chars().next().and_then(|c| c.to_digit(8)) else { break };
            self.skip(1);
            code = code * 8 + digit;
        }
        char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
    }

    /// `41` or `{41}`, after `\x`. Go's surrogates can't be matched; here they are replacement characters.
    fn hexadecimal(&mut self) -> Option<char> {
        let to_char = |code| char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
        let first = self.next()?;
        if first != '{' {
            let second = self.next()?;
            return Some(to_char(first.to_digit(16)? * 16 + second.to_digit(16)?));
        }
        let (mut code, mut digits) = (0, 0);
        loop {
            let c = self.next()?;
            if c == '}' {
                return (digits > 0).then(|| to_char(code));
            }
            code = code * 16 + c.to_digit(16)?;
            if code > u32::from(char::MAX) {
                return None;
            }
            digits += 1;
        }
    }

    /// `\pL`, `\p{Greek}`, `\P{^Lu}`
    fn unicode_class(&mut self) -> Parsed<String> {
        let start = self.rest;
        let mut is_negated = start.starts_with(r"\P");
        self.skip(2);
        let name = match self.next() {
            None => return error("invalid character class range", start),
            Some('{') => match self.rest.split_once('}') {
                None => return error("invalid character class range", start),
                Some((name, rest)) => {
                    self.rest = rest;
                    name.to_owned()
                }
            },
            Some(letter) => letter.to_string(),
        };
        let bare = name.strip_prefix('^').unwrap_or(&name);
        is_negated ^= bare.len() != name.len();
        let class = format!(r"\{}{{{bare}}}", if is_negated { 'P' } else { 'p' });
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | ' ' | '-');
        let is_known = !bare.is_empty() && bare.chars().all(fits) && regex::bytes::Regex::new(&class).is_ok();
        if is_known { Ok(class) } else { error("invalid character class range", self.read_since(start)) }
    }

    fn class(&mut self) -> Parsed<()> {
        let start = self.rest;
        self.skip(1);
        let mut class = String::new();
        if self.rest.starts_with('^') {
            self.skip(1);
            class.push('^');
        }
        let mut is_first = true;
        while !self.rest.starts_with(']') || is_first {
            is_first = false;
            if let Some(named) = self.named_class()? {
                class.push_str(&named);
                continue;
            }
            let mut ahead = self.rest.chars();
            let escaped = (ahead.next() == Some('\\')).then(|| ahead.next()).flatten();
            match (escaped, escaped.and_then(perl_class)) {
                (Some('p' | 'P'), _) => class.push_str(&self.unicode_class()?),
                (_, Some(perl)) => {
                    self.skip(2);
                    class.push_str(&perl);
                }
                _ => self.range(start, &mut class)?,
            }
        }
        self.skip(1);
        self.push_class(&class);
        Ok(())
    }

    /// `[:alpha:]`
    fn named_class(&mut self) -> Parsed<Option<String>> {
        let Some(after) = self.rest.strip_prefix("[:") else { return Ok(None) };
        let Some((name, rest)) = after.split_once(":]") else { return Ok(None) };
        let start = self.rest;
        self.rest = rest;
        let bare = name.strip_prefix('^').unwrap_or(name);
        let Some(ranges) = posix_class(bare) else {
            return error("invalid character class range", self.read_since(start));
        };
        let sign = if bare.len() == name.len() { "" } else { "^" };
        Ok(Some(format!("[{sign}{ranges}]")))
    }

    /// A character of a class, or a range of characters.
    fn range(&mut self, class_start: &'a str, class: &mut String) -> Parsed<()> {
        let start = self.rest;
        let low = self.class_character(class_start)?;
        class.push_str(&character(low));
        let is_range = self.rest.starts_with('-') && self.rest.len() >= 2 && !self.rest.starts_with("-]");
        if is_range {
            self.skip(1);
            let high = self.class_character(class_start)?;
            if high < low {
                return error("invalid character class range", self.read_since(start));
            }
            class.push('-');
            class.push_str(&character(high));
        }
        Ok(())
    }

    fn class_character(&mut self, class_start: &'a str) -> Parsed<char> {
        if self.rest.starts_with('\\') {
            return self.escaped_character();
        }
        match self.next() {
            Some(c) => Ok(c),
            None => error("missing closing ]", class_start),
        }
    }
}

fn is_octal(c: char) -> bool {
    c.is_digit(8)
}

/// A character that stands for itself.
fn character(c: char) -> String {
    let mut out = String::new();
    if c.is_alphanumeric() {
        out.push(c);
    } else {
        // Writing to a string doesn't fail.
        let _ = write!(out, "\\x{{{:x}}}", u32::from(c));
    }
    out
}

/// The counts of a repetition in braces, and what follows it.
fn counts(text: &str) -> Option<(u64, Option<u64>, &str)> {
    let (least, rest) = number(text.strip_prefix('{')?)?;
    if let Some(rest) = rest.strip_prefix('}') {
        return Some((least, Some(least), rest));
    }
    let rest = rest.strip_prefix(',')?;
    if let Some(rest) = rest.strip_prefix('}') {
        return Some((least, None, rest));
    }
    let (most, rest) = number(rest)?;
    Some((least, Some(most), rest.strip_prefix('}')?))
}

/// Digits without leading zeros.
fn number(text: &str) -> Option<(u64, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at_checked(end)?;
    if digits.is_empty() || digits.len() > 1 && digits.starts_with('0') {
        return None;
    }
    Some((digits.parse().unwrap_or(u64::MAX), rest))
}

/// The inside of a class for `\d` and its kin: ASCII only, in Go.
fn perl_class(letter: char) -> Option<String> {
    let ranges = match letter.to_ascii_lowercase() {
        'd' => "0-9",
        's' => r"\t\n\x0C\r ",
        'w' => "0-9A-Za-z_",
        _ => return None,
    };
    Some(if letter.is_ascii_uppercase() { format!("[^{ranges}]") } else { ranges.to_owned() })
}

fn posix_class(name: &str) -> Option<&'static str> {
    Some(match name {
        "alnum" => "0-9A-Za-z",
        "alpha" => "A-Za-z",
        "ascii" => r"\x00-\x7F",
        "blank" => r"\t ",
        "cntrl" => r"\x00-\x1F\x7F",
        "digit" => "0-9",
        "graph" => "!-~",
        "lower" => "a-z",
        "print" => " -~",
        "punct" => r"!-/:-@\[-`\{-~",
        "space" => r"\t-\r ",
        "upper" => "A-Z",
        "word" => "0-9A-Za-z_",
        "xdigit" => "0-9A-Fa-f",
        _ => return None,
    })
}
