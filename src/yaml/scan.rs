//! The scanner: text → tokens. Follows libyaml, whose way of deciding late whether something was a key shows in
//! which error comes first and in the line it names.
//!
//! A simple key (one without `?`) is recognised only when its `:` is found. Each flow level remembers one place that
//! may turn out to be a key; the tokens from there on wait in the queue.

use std::collections::VecDeque;
use std::ops::Range;

use super::error::{Error, ErrorKind, Problem};
use super::input::Input;
use super::node::Comment;
use super::token::{Mark, Token, TokenKind};

/// How deep flow collections, and how deep block collections may nest in Go.
pub(super) const MAX_DEPTH: usize = 10_000;

/// A key without `?` ends this many characters after its beginning.
const MAX_KEY: usize = 1024;

/// A place that may turn out to be a key.
#[derive(Clone, Copy, Default)]
struct SimpleKey {
    possible: bool,
    required: bool,
    /// Whether the tokens from it on wait until it is known. go-yaml forgets that after an empty `[]` or `{}`.
    awaited: bool,
    token: usize,
    mark: Mark,
}

/// The scanner. Tokens are asked for one at a time, and found no earlier than libyaml finds them.
pub(super) struct Scanner<'a> {
    pub(super) text: &'a str,
    pub(super) bytes: &'a [u8],
    pub(super) mark: Mark,
    fault: Option<Error>,
    tokens: VecDeque<Token>,
    taken: usize,
    pub(super) flow_level: usize,
    pub(super) indent: Option<usize>,
    indents: Vec<Option<usize>>,
    pub(super) simple_key_allowed: bool,
    keys: Vec<SimpleKey>,
    ended: bool,
    /// The comments so far; `None` where nobody asks for them.
    pub(super) comments: Option<Vec<Comment>>,
}

impl<'a> Scanner<'a> {
    /// A scanner at the beginning of the text.
    pub(super) fn new(input: &'a Input<'a>) -> Self {
        let mark = Mark { offset: input.start, ..Mark::default() };
        let mut scanner = Self {
            text: &input.text,
            bytes: input.text.as_bytes(),
            mark,
            fault: input.fault.clone(),
            tokens: VecDeque::new(),
            taken: 0,
            flow_level: 0,
            indent: None,
            indents: Vec::new(),
            simple_key_allowed: true,
            keys: vec![SimpleKey::default()],
            ended: false,
            comments: None,
        };
        if scanner.is_mark_char(scanner.mark.offset) {
            scanner.skip_inline(3);
        }
        scanner
    }

    /// The same, which keeps the comments.
    pub(super) fn with_comments(input: &'a Input<'a>) -> Self {
        Self { comments: Some(Vec::new()), ..Self::new(input) }
    }

    /// The next token, which stays.
    pub(super) fn peek(&mut self) -> Result<&Token, Error> {
        while self.needs_more()? {
            self.fetch()?;
        }
        let at = self.mark.offset;
        self.tokens.front().ok_or_else(|| Error::at(ErrorKind::Syntax(Problem::EndOfStream), at..at))
    }

    /// The next token, which is taken. Only after [`Scanner::peek`].
    pub(super) fn take(&mut self) -> Option<Token> {
        self.taken += 1;
        self.tokens.pop_front()
    }

    /// Whether the first token in the queue may still turn out to be a key.
    fn needs_more(&mut self) -> Result<bool, Error> {
        if self.tokens.is_empty() {
            return Ok(!self.ended);
        }
        let first = self.keys.partition_point(|key| key.token < self.taken);
        let same = self.keys.iter().skip(first).take_while(|key| key.token == self.taken);
        match same.zip(first..).find(|(key, _)| key.possible && key.awaited) {
            Some((_, at)) => self.key_is_valid(at),
            None => Ok(false),
        }
    }

    fn fetch(&mut self) -> Result<(), Error> {
        let result = self.fetch_token();
        // Go would have read on into the window with the fault before it came to this result.
        let reached = self.at_end();
        match &self.fault {
            Some(fault) if reached => Err(fault.clone()),
            _ => result,
        }
    }

    fn fetch_token(&mut self) -> Result<(), Error> {
        self.skip_to_token();
        self.unroll_indent(Some(self.mark.column));
        let next = self.byte(0);
        if self.at_end() {
            return self.fetch_stream_end();
        }
        if self.mark.column == 0 {
            if next == b'%' {
                return self.fetch_directive();
            }
            if self.at_document_indicator() {
                let kind = if next == b'-' { TokenKind::DocumentStart } else { TokenKind::DocumentEnd };
                return self.fetch_document_indicator(kind);
            }
        }
        match next {
            b'[' => self.fetch_flow_start(TokenKind::FlowSequenceStart),
            b'{' => self.fetch_flow_start(TokenKind::FlowMappingStart),
            b']' => self.fetch_flow_end(TokenKind::FlowSequenceEnd),
            b'}' => self.fetch_flow_end(TokenKind::FlowMappingEnd),
            b',' => self.fetch_flow_entry(),
            b'-' if self.is_blank_or_end(1) => self.fetch_block_entry(),
            b'?' if self.flow_level > 0 || self.is_blank_or_end(1) => self.fetch_key(),
            b':' if self.flow_level > 0 || self.is_blank_or_end(1) => self.fetch_value(),
            b'*' | b'&' => self.fetch_simple(Self::scan_anchor),
            b'!' => self.fetch_simple(Self::scan_tag),
            b'|' | b'>' if self.flow_level == 0 => self.fetch_block_scalar(),
            b'\'' | b'"' => self.fetch_simple(Self::scan_quoted),
            b'\t' | b'#' | b'|' | b'>' | b'%' | b'@' | b'`' => self.fail(self.mark, Problem::NoToken),
            _ => self.fetch_simple(Self::scan_plain),
        }
    }

    /// Spaces, comments and line ends before a token.
    fn skip_to_token(&mut self) {
        loop {
            let tabs = self.flow_level > 0 || !self.simple_key_allowed;
            let is_skipped = |byte: &u8| *byte == b' ' || (tabs && *byte == b'\t');
            let spaces = self.rest().iter().take_while(|byte| is_skipped(byte)).count();
            self.skip_ascii(spaces);
            if self.byte(0) == b'#' {
                self.skip_comment();
            }
            if !self.is_break(0) {
                return;
            }
            self.skip_break();
            if self.flow_level == 0 {
                self.simple_key_allowed = true;
            }
        }
    }

    /// A comment up to the end of its line, which is remembered.
    pub(super) fn skip_comment(&mut self) {
        let start = self.mark;
        let end = self.line_end(start.offset);
        self.skip_inline(end - start.offset);
        if let Some(comments) = &mut self.comments {
            let before = self.bytes.get(..start.offset).unwrap_or_default();
            let last = before.iter().rev().find(|byte| !matches!(byte, b' ' | b'\t'));
            let own_line = last.is_none_or(|&byte| byte == b'\n');
            comments.push(Comment { span: start.offset..end, line: start.line, own_line });
        }
    }

    // Keys and indentation.

    fn key_is_valid(&mut self, at: usize) -> Result<bool, Error> {
        let Some(key) = self.keys.get_mut(at).filter(|key| key.possible) else { return Ok(false) };
        if key.mark.line >= self.mark.line && key.mark.index + MAX_KEY >= self.mark.index {
            return Ok(true);
        }
        key.possible = false;
        if key.required {
            let start = key.mark;
            return self.fail(start, Problem::NoColon);
        }
        Ok(false)
    }

    /// What begins here may turn out to be a key.
    fn save_key(&mut self) -> Result<(), Error> {
        if !self.simple_key_allowed {
            return Ok(());
        }
        let required = self.flow_level == 0 && self.indent == Some(self.mark.column);
        let key = SimpleKey {
            possible: true,
            required,
            awaited: true,
            token: self.taken + self.tokens.len(),
            mark: self.mark,
        };
        self.drop_key()?;
        if let Some(last) = self.keys.last_mut() {
            *last = key;
        }
        Ok(())
    }

    /// What was begun on this flow level is no key.
    fn drop_key(&mut self) -> Result<(), Error> {
        let Some(key) = self.keys.last_mut().filter(|key| key.possible) else { return Ok(()) };
        key.possible = false;
        if key.required {
            let start = key.mark;
            return self.fail(start, Problem::NoColon);
        }
        Ok(())
    }

    /// Opens a block collection where `column` is deeper than the last.
    fn roll_indent(&mut self, mark: Mark, token: Option<usize>, kind: TokenKind) -> Result<(), Error> {
        if self.flow_level > 0 || self.indent >= Some(mark.column) {
            return Ok(());
        }
        self.indents.push(self.indent);
        self.indent = Some(mark.column);
        if self.indents.len() > MAX_DEPTH {
            return Err(self.error(self.mark, ErrorKind::Depth));
        }
        self.insert(token, Token { kind, start: mark, end: mark });
        Ok(())
    }

    /// Closes the block collections that are deeper than `column`.
    fn unroll_indent(&mut self, column: Option<usize>) {
        if self.flow_level > 0 {
            return;
        }
        while self.indent > column {
            self.push_empty(TokenKind::BlockEnd);
            self.indent = self.indents.pop().flatten();
        }
    }

    /// Puts a token before the one with this number; at the end where that was taken already.
    fn insert(&mut self, before: Option<usize>, token: Token) {
        let at = before.and_then(|number| number.checked_sub(self.taken)).filter(|&at| at < self.tokens.len());
        self.tokens.insert(at.unwrap_or(self.tokens.len()), token);
    }

    // Tokens of their own.

    fn push_empty(&mut self, kind: TokenKind) {
        self.tokens.push_back(Token { kind, start: self.mark, end: self.mark });
    }

    fn push_indicator(&mut self, kind: TokenKind, width: usize) {
        let start = self.mark;
        self.skip_ascii(width);
        self.tokens.push_back(Token { kind, start, end: self.mark });
    }

    fn fetch_stream_end(&mut self) -> Result<(), Error> {
        if self.mark.column != 0 {
            self.mark.column = 0;
            self.mark.line += 1;
        }
        self.unroll_indent(None);
        self.drop_key()?;
        self.simple_key_allowed = false;
        self.ended = true;
        self.push_empty(TokenKind::StreamEnd);
        Ok(())
    }

    fn fetch_directive(&mut self) -> Result<(), Error> {
        self.unroll_indent(None);
        self.drop_key()?;
        self.simple_key_allowed = false;
        let token = self.scan_directive()?;
        self.tokens.push_back(token);
        Ok(())
    }

    fn fetch_document_indicator(&mut self, kind: TokenKind) -> Result<(), Error> {
        self.unroll_indent(None);
        self.drop_key()?;
        self.simple_key_allowed = false;
        self.push_indicator(kind, 3);
        Ok(())
    }

    fn fetch_flow_start(&mut self, kind: TokenKind) -> Result<(), Error> {
        self.save_key()?;
        let token = self.taken + self.tokens.len();
        self.keys.push(SimpleKey { token, mark: self.mark, ..SimpleKey::default() });
        self.flow_level += 1;
        if self.flow_level > MAX_DEPTH {
            return Err(self.error(self.mark, ErrorKind::Depth));
        }
        self.simple_key_allowed = true;
        self.push_indicator(kind, 1);
        Ok(())
    }

    fn fetch_flow_end(&mut self, kind: TokenKind) -> Result<(), Error> {
        self.drop_key()?;
        if self.flow_level > 0 {
            self.flow_level -= 1;
            let inner = self.keys.pop().unwrap_or_default();
            if let Some(key) = self.keys.last_mut().filter(|key| key.token == inner.token) {
                key.awaited = false;
            }
        }
        self.simple_key_allowed = false;
        self.push_indicator(kind, 1);
        Ok(())
    }

    fn fetch_flow_entry(&mut self) -> Result<(), Error> {
        self.drop_key()?;
        self.simple_key_allowed = true;
        self.push_indicator(TokenKind::FlowEntry, 1);
        Ok(())
    }

    fn fetch_block_entry(&mut self) -> Result<(), Error> {
        // In a flow collection the parser complains, which knows the collection.
        if self.flow_level == 0 {
            if !self.simple_key_allowed {
                return self.fail(self.mark, Problem::SequenceEntryContext);
            }
            self.roll_indent(self.mark, None, TokenKind::BlockSequenceStart)?;
        }
        self.drop_key()?;
        self.simple_key_allowed = true;
        self.push_indicator(TokenKind::BlockEntry, 1);
        Ok(())
    }

    fn fetch_key(&mut self) -> Result<(), Error> {
        if self.flow_level == 0 {
            if !self.simple_key_allowed {
                return self.fail(self.mark, Problem::KeyContext);
            }
            self.roll_indent(self.mark, None, TokenKind::BlockMappingStart)?;
        }
        self.drop_key()?;
        self.simple_key_allowed = self.flow_level == 0;
        self.push_indicator(TokenKind::Key, 1);
        Ok(())
    }

    fn fetch_value(&mut self) -> Result<(), Error> {
        let last = self.keys.len().saturating_sub(1);
        if self.key_is_valid(last)? {
            let key = self.keys.get(last).copied().unwrap_or_default();
            self.insert(Some(key.token), Token { kind: TokenKind::Key, start: key.mark, end: key.mark });
            self.roll_indent(key.mark, Some(key.token), TokenKind::BlockMappingStart)?;
            if let Some(key) = self.keys.last_mut() {
                key.possible = false;
            }
            self.simple_key_allowed = false;
        } else {
            if self.flow_level == 0 {
                if !self.simple_key_allowed {
                    return self.fail(self.mark, Problem::ValueContext);
                }
                self.roll_indent(self.mark, None, TokenKind::BlockMappingStart)?;
            }
            self.simple_key_allowed = self.flow_level == 0;
        }
        self.push_indicator(TokenKind::Value, 1);
        Ok(())
    }

    /// A token that may be a key, and after which none may begin.
    fn fetch_simple(&mut self, scan: fn(&mut Self) -> Result<Token, Error>) -> Result<(), Error> {
        self.save_key()?;
        self.simple_key_allowed = false;
        let token = scan(self)?;
        self.tokens.push_back(token);
        Ok(())
    }

    fn fetch_block_scalar(&mut self) -> Result<(), Error> {
        self.drop_key()?;
        self.simple_key_allowed = true;
        let token = self.scan_block_scalar()?;
        self.tokens.push_back(token);
        Ok(())
    }

    // Errors.

    /// An error here, in a construct that began at `start`.
    pub(super) fn error(&self, start: Mark, kind: ErrorKind) -> Error {
        let at = self.mark.offset;
        let end = (at + 1).min(self.bytes.len()).max(at);
        // Go adds one only where the line isn't the first, and else falls back on the beginning.
        let line = if self.mark.line != 0 { self.mark.line + 1 } else { start.line };
        let line = (line != 0).then_some(line);
        Error { line, construct: Some(start.offset), ..Error::at(kind, at..end) }
    }

    pub(super) fn fail<T>(&self, start: Mark, problem: Problem) -> Result<T, Error> {
        Err(self.error(start, ErrorKind::Syntax(problem)))
    }

    // The text under the mark.

    /// What is left of the text.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.mark.offset..).unwrap_or_default()
    }

    /// The byte `ahead` of the mark; 0 beyond the end. No text holds a 0.
    pub(super) fn byte(&self, ahead: usize) -> u8 {
        self.bytes.get(self.mark.offset + ahead).copied().unwrap_or(0)
    }

    pub(super) fn at_end(&self) -> bool {
        self.mark.offset >= self.bytes.len()
    }

    /// Whether `---` or `...` stands at the mark, which is at the beginning of a line.
    pub(super) fn at_document_indicator(&self) -> bool {
        let rest = self.rest();
        (rest.starts_with(b"---") || rest.starts_with(b"...")) && self.is_blank_or_end(3)
    }

    pub(super) fn is_blank(&self, ahead: usize) -> bool {
        matches!(self.byte(ahead), b' ' | b'\t')
    }

    pub(super) fn is_break(&self, ahead: usize) -> bool {
        self.break_width(self.mark.offset + ahead) > 0
    }

    pub(super) fn is_break_or_end(&self) -> bool {
        self.at_end() || self.is_break(0)
    }

    /// Whether a blank, a line end or the end of the text comes `ahead` of the mark.
    pub(super) fn is_blank_or_end(&self, ahead: usize) -> bool {
        self.mark.offset + ahead >= self.bytes.len() || self.is_blank(ahead) || self.is_break(ahead)
    }

    /// Bytes of the line end at `offset`; 0 where none is.
    pub(super) fn break_width(&self, offset: usize) -> usize {
        match self.bytes.get(offset..).unwrap_or_default() {
            [b'\r', b'\n', ..] | [0xC2, 0x85, ..] => 2,
            [b'\r' | b'\n', ..] => 1,
            [0xE2, 0x80, 0xA8 | 0xA9, ..] => 3,
            _ => 0,
        }
    }

    /// Where the line that holds `offset` ends, its line end excluded.
    pub(super) fn line_end(&self, offset: usize) -> usize {
        let mut at = offset;
        while let Some(found) = self
            .bytes
            .get(at..)
            .and_then(|rest| rest.iter().position(|byte| matches!(byte, b'\n' | b'\r' | 0xC2 | 0xE2)))
        {
            at += found;
            if self.break_width(at) > 0 {
                return at;
            }
            at += 1;
        }
        self.bytes.len()
    }

    fn is_mark_char(&self, offset: usize) -> bool {
        self.bytes.get(offset..).is_some_and(|rest| rest.starts_with(&[0xEF, 0xBB, 0xBF]))
    }

    /// A piece of the text.
    pub(super) fn slice(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or_default()
    }

    /// Goes over `bytes` bytes without line ends.
    pub(super) fn skip_inline(&mut self, bytes: usize) {
        let skipped = self.rest().get(..bytes).unwrap_or_default();
        let characters = skipped.iter().filter(|&&byte| byte & 0xC0 != 0x80).count();
        self.mark.offset += skipped.len();
        self.mark.index += characters;
        self.mark.column += characters;
    }

    /// Goes over `bytes` ASCII bytes without line ends.
    pub(super) fn skip_ascii(&mut self, bytes: usize) {
        self.mark.offset += bytes;
        self.mark.index += bytes;
        self.mark.column += bytes;
    }

    /// Goes over one line end, and returns what it stands for in a scalar.
    pub(super) fn skip_break(&mut self) -> &'static str {
        let width = self.break_width(self.mark.offset);
        let (characters, stands_for) = match (width, self.byte(0), self.byte(2)) {
            (2, b'\r', _) => (2, "\n"),
            (3, _, 0xA8) => (1, "\u{2028}"),
            (3, _, _) => (1, "\u{2029}"),
            _ => (1, "\n"),
        };
        self.mark.offset += width;
        self.mark.index += characters;
        self.mark.line += 1;
        self.mark.column = 0;
        stands_for
    }
}
