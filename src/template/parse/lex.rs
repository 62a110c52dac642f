//! The lexer: text into tokens, with trim markers and comments already gone. `parse/lex.go`.
//!
//! Lines are not counted here: they are needed for errors only, which count them from the token's place.

use crate::source::find;

use super::token::{Keyword, LexError, Token, TokenKind};

const LEFT_DELIM: &[u8] = b"{{";
const RIGHT_DELIM: &[u8] = b"}}";
const LEFT_COMMENT: &[u8] = b"/*";
const RIGHT_COMMENT: &[u8] = b"*/";
/// A trim marker is a minus with a space on the side of the action.
const TRIM_MARKER_LEN: usize = 2;

/// Which words that are keywords today are functions instead, because such a function is defined.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::template) struct LexOptions {
    pub(super) break_is_function: bool,
    pub(super) continue_is_function: bool,
}

pub(in crate::template) struct Lexer<'t> {
    input: &'t [u8],
    pos: usize,
    start: usize,
    paren_depth: i32,
    inside_action: bool,
    options: LexOptions,
    /// The ends of lines within comments so far.
    comment_lines: usize,
    fault: Option<LexError>,
}

/// The ends of lines within the comments before byte `at`.
pub(super) fn lines_of_comments(text: &[u8], at: usize) -> usize {
    let mut lexer = Lexer::new(text, LexOptions::default());
    loop {
        let token = lexer.next_token();
        if token.start() >= at {
            return lexer.comment_lines;
        }
        if matches!(token.kind, TokenKind::Eof | TokenKind::Error) {
            return lexer.comment_lines;
        }
    }
}

fn newlines(text: &[u8]) -> usize {
    text.split(|&byte| byte == b'\n').count().saturating_sub(1)
}

impl<'t> Lexer<'t> {
    pub(in crate::template) fn new(input: &'t [u8], options: LexOptions) -> Self {
        let (paren_depth, inside_action, comment_lines) = (0, false, 0);
        Self { input, pos: 0, start: 0, paren_depth, inside_action, options, comment_lines, fault: None }
    }

    /// The first that can't be read, in Go's words; `text` is what its token covers.
    pub(super) fn fault(&self, text: &[u8]) -> String {
        self.fault.map(|error| error.message(text)).unwrap_or_default()
    }

    pub(in crate::template) fn next_token(&mut self) -> Token {
        if self.inside_action { self.inside_action() } else { self.text() }
    }

    fn rest(&self) -> &'t [u8] {
        self.input.get(self.pos..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        decode(self.rest()).map(|(c, _)| c)
    }

    fn next(&mut self) -> Option<char> {
        let (c, width) = decode(self.rest())?;
        self.pos += width;
        Some(c)
    }

    fn accept(&mut self, valid: &[u8]) -> bool {
        let accepted = self.rest().first().is_some_and(|byte| valid.contains(byte));
        self.pos += usize::from(accepted);
        accepted
    }

    fn accept_run(&mut self, valid: &[u8]) {
        while self.accept(valid) {}
    }

    fn emit(&mut self, kind: TokenKind) -> Token {
        let token = Token::new(kind, self.start, self.pos);
        self.start = self.pos;
        token
    }

    fn error(&mut self, error: LexError) -> Token {
        self.fault.get_or_insert(error);
        self.emit(TokenKind::Error)
    }

    fn ignore(&mut self) {
        self.start = self.pos;
    }

    fn text(&mut self) -> Token {
        loop {
            let rest = self.rest();
            let Some(found) = find(rest, LEFT_DELIM) else {
                self.pos = self.input.len();
                let kind = if self.pos > self.start { TokenKind::Text } else { TokenKind::Eof };
                return self.emit(kind);
            };
            let before = rest.get(..found).unwrap_or_default();
            let after = rest.get(found + LEFT_DELIM.len()..).unwrap_or_default();
            let trimmed = if has_left_trim_marker(after) { trailing_spaces(before) } else { 0 };
            self.pos += found - trimmed;
            let token = self.emit(TokenKind::Text);
            self.pos += trimmed;
            self.ignore();
            if token.end() > token.start() {
                return token;
            }
            if let Some(token) = self.left_delim() {
                return token;
            }
        }
    }

    /// The left delimiter, or the error of a comment; `None` after a comment.
    fn left_delim(&mut self) -> Option<Token> {
        self.pos += LEFT_DELIM.len();
        let after_marker = if has_left_trim_marker(self.rest()) { TRIM_MARKER_LEN } else { 0 };
        if self.rest().get(after_marker..).is_some_and(|rest| rest.starts_with(LEFT_COMMENT)) {
            self.pos += after_marker;
            self.ignore();
            return self.comment();
        }
        let token = self.emit(TokenKind::LeftDelim);
        self.inside_action = true;
        self.pos += after_marker;
        self.ignore();
        self.paren_depth = 0;
        Some(token)
    }

    fn comment(&mut self) -> Option<Token> {
        self.pos += LEFT_COMMENT.len();
        let Some(found) = find(self.rest(), RIGHT_COMMENT) else {
            return Some(self.error(LexError::UnclosedComment));
        };
        self.pos += found + RIGHT_COMMENT.len();
        self.comment_lines += newlines(self.input.get(self.start..self.pos).unwrap_or_default());
        match self.right_delim_ahead() {
            RightDelim::None => return Some(self.error(LexError::CommentEndsEarly)),
            RightDelim::Plain => self.pos += RIGHT_DELIM.len(),
            RightDelim::Trimming => {
                self.pos += TRIM_MARKER_LEN + RIGHT_DELIM.len();
                self.pos += leading_spaces(self.rest());
            }
        }
        self.ignore();
        None
    }

    fn right_delim_ahead(&self) -> RightDelim {
        match self.rest() {
            [b'}', b'}', ..] => RightDelim::Plain,
            [space, b'-', b'}', b'}', ..] if is_space_byte(*space) => RightDelim::Trimming,
            _ => RightDelim::None,
        }
    }

    fn right_delim(&mut self) -> Token {
        let trims = self.right_delim_ahead() == RightDelim::Trimming;
        if trims {
            self.pos += TRIM_MARKER_LEN;
            self.ignore();
        }
        self.pos += RIGHT_DELIM.len();
        let token = self.emit(TokenKind::RightDelim);
        if trims {
            self.pos += leading_spaces(self.rest());
            self.ignore();
        }
        self.inside_action = false;
        token
    }

    fn inside_action(&mut self) -> Token {
        let Some(&first) = self.rest().first() else { return self.error(LexError::UnclosedAction) };
        if first == b'}' || is_space_byte(first) {
            if self.right_delim_ahead() != RightDelim::None {
                if self.paren_depth == 0 {
                    return self.right_delim();
                }
                return self.error(LexError::UnclosedLeftParen);
            }
            if is_space_byte(first) {
                return self.space();
            }
        }
        match first {
            b'0'..=b'9' | b'+' | b'-' => self.number(),
            b'A'..=b'Z' | b'a'..=b'z' | b'_' => self.identifier(),
            _ => self.other(),
        }
    }

    /// What begins with neither a space, an ASCII letter, a digit nor a sign.
    fn other(&mut self) -> Token {
        let Some(c) = self.peek() else { return self.error(LexError::UnclosedAction) };
        if is_alphanumeric(c) {
            return self.identifier();
        }
        self.next();
        match c {
            '=' => self.emit(TokenKind::Assign),
            ':' if self.next() == Some('=') => self.emit(TokenKind::Declare),
            ':' => self.error(LexError::ExpectedDeclare),
            '|' => self.emit(TokenKind::Pipe),
            '"' => self.quoted('"', TokenKind::String, LexError::UnterminatedString),
            '\'' => self.quoted('\'', TokenKind::CharConstant, LexError::UnterminatedCharacter),
            '`' => self.raw_quoted(),
            '$' => self.field_or_variable(TokenKind::Variable, TokenKind::Variable),
            '.' if self.rest().first().is_some_and(|byte| !byte.is_ascii_digit()) => {
                self.field_or_variable(TokenKind::Field, TokenKind::Keyword(Keyword::Dot))
            }
            '.' => {
                self.pos = self.start;
                self.number()
            }
            '(' => {
                self.paren_depth += 1;
                self.emit(TokenKind::LeftParen)
            }
            ')' => {
                self.paren_depth -= 1;
                if self.paren_depth < 0 {
                    return self.error(LexError::UnexpectedRightParen);
                }
                self.emit(TokenKind::RightParen)
            }
            ' '..='~' => self.emit(TokenKind::Char),
            _ => self.error(LexError::Unrecognized(c)),
        }
    }

    /// A run of spaces. The last one may belong to a right delimiter that trims.
    fn space(&mut self) -> Token {
        self.pos += leading_spaces(self.rest()) - 1;
        if self.right_delim_ahead() == RightDelim::Trimming {
            if self.pos == self.start {
                return self.right_delim();
            }
        } else {
            self.pos += 1;
        }
        self.emit(TokenKind::Space)
    }

    fn identifier(&mut self) -> Token {
        if let Some(bad) = self.alphanumerics() {
            return self.error(LexError::BadCharacter(bad));
        }
        let word = self.input.get(self.start..self.pos).unwrap_or_default();
        let kind = match Keyword::from_word(word) {
            Some(Keyword::Break) if self.options.break_is_function => TokenKind::Identifier,
            Some(Keyword::Continue) if self.options.continue_is_function => TokenKind::Identifier,
            Some(keyword) => TokenKind::Keyword(keyword),
            None if word == b"true" || word == b"false" => TokenKind::Bool,
            None => TokenKind::Identifier,
        };
        self.emit(kind)
    }

    /// After a `.` or `$`: `alone` where nothing that belongs to it follows.
    fn field_or_variable(&mut self, kind: TokenKind, alone: TokenKind) -> Token {
        if self.at_terminator() {
            return self.emit(alone);
        }
        match self.alphanumerics() {
            Some(bad) => self.error(LexError::BadCharacter(bad)),
            None => self.emit(kind),
        }
    }

    /// Reads letters and digits; the character behind them where none may stand there.
    fn alphanumerics(&mut self) -> Option<char> {
        loop {
            let rest = self.rest();
            let run = rest.iter().position(|&byte| !is_word(byte)).unwrap_or(rest.len());
            self.pos += run;
            // The next one is a letter if at all beyond ASCII.
            if rest.get(run).is_none_or(u8::is_ascii) || !self.peek().is_some_and(is_alphanumeric) {
                break;
            }
            self.next();
        }
        if self.at_terminator() { None } else { self.peek() }
    }

    fn at_terminator(&self) -> bool {
        match self.rest() {
            [] | [b'.' | b',' | b'|' | b':' | b')' | b'(', ..] | [b'}', b'}', ..] => true,
            [byte, ..] => is_space_byte(*byte),
        }
    }

    fn quoted(&mut self, quote: char, kind: TokenKind, unterminated: LexError) -> Token {
        let quote_byte = u32::from(quote);
        loop {
            // Nothing else than these means anything, and none of them is a part of another character.
            let plain = |&byte: &u8| byte != b'\\' && byte != b'\n' && u32::from(byte) != quote_byte;
            self.pos += self.rest().iter().take_while(|byte| plain(byte)).count();
            match self.next() {
                Some('\\') if !matches!(self.next(), None | Some('\n')) => {}
                None | Some('\\' | '\n') => return self.error(unterminated),
                Some(c) if c == quote => return self.emit(kind),
                Some(_) => {}
            }
        }
    }

    fn raw_quoted(&mut self) -> Token {
        if let Some(end) = find(self.rest(), b"`") {
            self.pos += end + 1;
            return self.emit(TokenKind::RawString);
        }
        self.pos = self.input.len();
        self.error(LexError::UnterminatedRawString)
    }

    /// Reads more than numbers; what is none is found out when it is converted.
    fn number(&mut self) -> Token {
        if !self.scan_number() {
            return self.error(LexError::BadNumber);
        }
        if !matches!(self.peek(), Some('+' | '-')) {
            return self.emit(TokenKind::Number);
        }
        // A complex number, which ends in `i`.
        if !self.scan_number() || self.input.get(self.pos - 1) != Some(&b'i') {
            return self.error(LexError::BadNumber);
        }
        self.emit(TokenKind::Complex)
    }

    fn scan_number(&mut self) -> bool {
        const DECIMAL: &[u8] = b"0123456789_";
        const HEXADECIMAL: &[u8] = b"0123456789abcdefABCDEF_";
        self.accept(b"+-");
        let mut digits = DECIMAL;
        if self.accept(b"0") {
            if self.accept(b"xX") {
                digits = HEXADECIMAL;
            } else if self.accept(b"oO") {
                digits = b"01234567_";
            } else if self.accept(b"bB") {
                digits = b"01_";
            }
        }
        self.accept_run(digits);
        if self.accept(b".") {
            self.accept_run(digits);
        }
        if digits == DECIMAL && self.accept(b"eE") || digits == HEXADECIMAL && self.accept(b"pP") {
            self.accept(b"+-");
            self.accept_run(DECIMAL);
        }
        self.accept(b"i");
        if self.peek().is_some_and(is_alphanumeric) {
            self.next();
            return false;
        }
        true
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum RightDelim {
    None,
    Plain,
    Trimming,
}

/// The first character and its width; what isn't UTF-8 is read byte by byte as a replacement character, as in Go.
pub(super) fn decode(bytes: &[u8]) -> Option<(char, usize)> {
    let first = *bytes.first()?;
    if first.is_ascii() {
        return Some((char::from(first), 1));
    }
    let width = match first {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => 1,
    };
    let decoded = bytes.get(..width).and_then(|bytes| std::str::from_utf8(bytes).ok()).and_then(|s| s.chars().next());
    Some(decoded.map_or((char::REPLACEMENT_CHARACTER, 1), |c| (c, width)))
}

pub(super) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}

fn is_space_byte(byte: u8) -> bool {
    is_space(char::from(byte))
}

/// Letters and digits of ASCII, and the underscore: looked up, for most of an action is made of them.
fn is_word(byte: u8) -> bool {
    const WORD: [bool; 256] = {
        let mut word = [false; 256];
        let mut byte: u8 = 0;
        while byte.is_ascii() {
            word[byte as usize] = byte.is_ascii_alphanumeric() || byte == b'_';
            byte += 1;
        }
        word
    };
    WORD.get(usize::from(byte)).is_some_and(|&is_word| is_word)
}

fn is_alphanumeric(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

fn trailing_spaces(text: &[u8]) -> usize {
    text.iter().rev().take_while(|&&byte| is_space_byte(byte)).count()
}

fn leading_spaces(text: &[u8]) -> usize {
    text.iter().take_while(|&&byte| is_space_byte(byte)).count()
}

fn has_left_trim_marker(text: &[u8]) -> bool {
    matches!(text, [b'-', space, ..] if is_space_byte(*space))
}
