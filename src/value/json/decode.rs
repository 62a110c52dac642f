//! `json.Unmarshal` into an `interface {}`.

use std::borrow::Cow;
use std::fmt;
use std::rc::Rc;

use crate::source::ReadsId;
use crate::value::format::{Charset, parse_float, quote};
use crate::value::{List, Map, Traced, Value};

/// Why a text isn't JSON. `Display` is Go's sentence.
#[derive(Clone, Debug)]
pub struct DecodeError {
    /// What is wrong.
    pub kind: DecodeErrorKind,
    /// Bytes read when it showed.
    pub offset: usize,
    /// What Go has decoded all the same: nothing where the syntax is wrong.
    pub partial: Value,
}

/// What is wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DecodeErrorKind {
    /// A byte that doesn't fit, and what it was met in.
    InvalidCharacter(u8, Cow<'static, str>),
    /// The text ends too early.
    UnexpectedEnd,
    /// A number beyond `float64`.
    NumberRange(String),
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            DecodeErrorKind::InvalidCharacter(byte, context) => {
                write!(f, "invalid character {} {context}", quoted(*byte))
            }
            DecodeErrorKind::UnexpectedEnd => f.write_str("unexpected end of JSON input"),
            DecodeErrorKind::NumberRange(number) => {
                write!(f, "json: cannot unmarshal number {number} into Go value of type float64")
            }
        }
    }
}

/// Go takes the byte for a character of its own.
fn quoted(byte: u8) -> String {
    match byte {
        b'\'' => r"'\''".to_owned(),
        b'"' => "'\"'".to_owned(),
        _ => {
            let text = quote(char::from(byte).to_string().as_bytes(), Charset::Unicode);
            format!("'{}'", text.trim_matches('"'))
        }
    }
}

/// Containers inside each other that Go reads.
const DEEPEST: usize = 10_000;

const VALUE: &str = "looking for beginning of value";
const KEY: &str = "looking for beginning of object key string";

/// Decodes a text. Every slot of the result was read from `reads`, which its text was read from.
pub fn decode(text: &[u8], reads: ReadsId) -> Result<Value, DecodeError> {
    let mut decoder = Decoder { text, at: 0, reads, open: Vec::new(), out_of_range: None };
    let fail = |(kind, offset)| DecodeError { kind, offset, partial: Value::Nil };
    let value = decoder.document().map_err(fail)?;
    match decoder.out_of_range {
        None => Ok(value),
        Some((number, offset)) => {
            Err(DecodeError { kind: DecodeErrorKind::NumberRange(number), offset, partial: value })
        }
    }
}

type Fault = (DecodeErrorKind, usize);

struct Decoder<'a> {
    text: &'a [u8],
    at: usize,
    reads: ReadsId,
    open: Vec<Container>,
    /// The first number that was too large: Go goes on, and reports it at the end.
    out_of_range: Option<(String, usize)>,
}

enum Container {
    List(Vec<Traced>),
    Map(Map, Rc<str>),
}

/// What follows in the text.
enum Next {
    Value,
    /// A value, or the end of an empty list.
    ItemOrClose,
    /// A key, or the end of an empty map.
    KeyOrClose,
    Finished(Value),
}

impl Decoder<'_> {
    fn document(&mut self) -> Result<Value, Fault> {
        let mut next = Next::Value;
        loop {
            self.skip_space();
            next = match next {
                Next::ItemOrClose if self.peek() == Some(b']') => self.close(),
                Next::Value | Next::ItemOrClose => self.value()?,
                Next::KeyOrClose if self.peek() == Some(b'}') => self.close(),
                Next::KeyOrClose => self.key()?,
                Next::Finished(value) => match self.open.pop() {
                    None => return self.end(value),
                    Some(container) => self.continued(container, value)?,
                },
            };
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// The next byte doesn't fit. At the end Go looks whether a space would.
    fn misfit<T>(&self, context: &'static str) -> Result<T, Fault> {
        match self.peek() {
            Some(byte) => Err((DecodeErrorKind::InvalidCharacter(byte, context.into()), self.at + 1)),
            None => Err((DecodeErrorKind::UnexpectedEnd, self.at)),
        }
    }

    /// The same inside of a literal, where a space doesn't fit either.
    fn misfit_inside<T>(&self, context: impl Into<Cow<'static, str>>) -> Result<T, Fault> {
        let byte = self.peek().unwrap_or(b' ');
        Err((DecodeErrorKind::InvalidCharacter(byte, context.into()), self.at + 1))
    }

    fn value(&mut self) -> Result<Next, Fault> {
        match self.peek() {
            Some(b'{') => {
                self.open(Container::Map(Map::new(), "".into()))?;
                Ok(Next::KeyOrClose)
            }
            Some(b'[') => {
                self.open(Container::List(Vec::new()))?;
                Ok(Next::ItemOrClose)
            }
            Some(b'"') => Ok(Next::Finished(self.string()?.into())),
            Some(b't') => self.literal("true", true.into()),
            Some(b'f') => self.literal("false", false.into()),
            Some(b'n') => self.literal("null", Value::Nil),
            Some(b'-' | b'0'..=b'9') => self.number().map(Next::Finished),
            _ => self.misfit(VALUE),
        }
    }

    fn open(&mut self, container: Container) -> Result<(), Fault> {
        if self.open.len() >= DEEPEST {
            return self.misfit("exceeded max depth");
        }
        self.open.push(container);
        self.at += 1;
        Ok(())
    }

    fn close(&mut self) -> Next {
        self.at += 1;
        Next::Finished(match self.open.pop() {
            Some(Container::List(items)) => List::new(items).into(),
            Some(Container::Map(map, _)) => map.into(),
            None => Value::Nil,
        })
    }

    fn key(&mut self) -> Result<Next, Fault> {
        if self.peek() != Some(b'"') {
            return self.misfit(KEY);
        }
        let name = self.string()?;
        self.skip_space();
        if self.peek() != Some(b':') {
            return self.misfit("after object key");
        }
        self.at += 1;
        if let Some(Container::Map(_, key)) = self.open.last_mut() {
            *key = name.into();
        }
        Ok(Next::Value)
    }

    /// A value inside of a container is finished: a comma or the end follows.
    fn continued(&mut self, container: Container, value: Value) -> Result<Next, Fault> {
        let slot = Traced::new(value, self.reads);
        match container {
            Container::List(mut items) => {
                items.push(slot);
                self.open.push(Container::List(items));
                match self.peek() {
                    Some(b']') => Ok(self.close()),
                    Some(b',') => {
                        self.at += 1;
                        Ok(Next::Value)
                    }
                    _ => self.misfit("after array element"),
                }
            }
            Container::Map(map, key) => {
                map.set(key, slot);
                self.open.push(Container::Map(map, "".into()));
                match self.peek() {
                    Some(b'}') => Ok(self.close()),
                    Some(b',') => {
                        self.at += 1;
                        self.skip_space();
                        self.key()
                    }
                    _ => self.misfit("after object key:value pair"),
                }
            }
        }
    }

    fn end(&self, value: Value) -> Result<Value, Fault> {
        if self.peek().is_some() { self.misfit("after top-level value") } else { Ok(value) }
    }

    fn literal(&mut self, word: &str, value: Value) -> Result<Next, Fault> {
        for c in word.chars() {
            if self.peek().map(char::from) != Some(c) {
                return self.misfit_inside(format!("in literal {word} (expecting '{c}')"));
            }
            self.at += 1;
        }
        Ok(Next::Finished(value))
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        self.at - start
    }

    fn number(&mut self) -> Result<Value, Fault> {
        let start = self.at;
        self.at += usize::from(self.peek() == Some(b'-'));
        if self.peek() == Some(b'0') {
            self.at += 1;
        } else if self.digits() == 0 {
            return self.misfit_inside("in numeric literal");
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            if self.digits() == 0 {
                return self.misfit_inside("after decimal point in numeric literal");
            }
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            self.at += usize::from(matches!(self.peek(), Some(b'+' | b'-')));
            if self.digits() == 0 {
                return self.misfit_inside("in exponent of numeric literal");
            }
        }
        let digits = self.text.get(start..self.at).unwrap_or_default();
        if let Ok(number) = parse_float(digits) {
            return Ok(number.into());
        }
        let number = String::from_utf8_lossy(digits).into_owned();
        self.out_of_range.get_or_insert((number, self.at));
        Ok(Value::Nil)
    }

    /// A string; the opening quote is next.
    fn string(&mut self) -> Result<String, Fault> {
        self.at += 1;
        let mut out = String::new();
        loop {
            let rest = self.text.get(self.at..).unwrap_or_default();
            let plain = rest.iter().position(|&byte| matches!(byte, b'"' | b'\\' | 0..=0x1f)).unwrap_or(rest.len());
            push_lossy(&mut out, rest.get(..plain).unwrap_or_default());
            self.at += plain;
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(out);
                }
                Some(b'\\') => {
                    self.at += 1;
                    out.push(self.escape()?);
                }
                _ => return self.misfit("in string literal"),
            }
        }
    }

    fn escape(&mut self) -> Result<char, Fault> {
        let c = match self.peek() {
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
            Some(b'u') => {
                self.at += 1;
                return self.unicode();
            }
            _ => return self.misfit_inside("in string escape code"),
        };
        self.at += 1;
        Ok(c)
    }

    /// The digits after `\u`; two surrogates are one character, a single one is none.
    fn unicode(&mut self) -> Result<char, Fault> {
        let first = self.four_digits()?;
        let rest = self.text.get(self.at..).unwrap_or_default();
        if !(0xd800..0xdc00).contains(&first) || !rest.starts_with(b"\\u") {
            return Ok(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        let before = self.at;
        self.at += 2;
        let second = self.four_digits()?;
        if (0xdc00..0xe000).contains(&second) {
            let code = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
            return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        self.at = before;
        Ok(char::REPLACEMENT_CHARACTER)
    }

    fn four_digits(&mut self) -> Result<u32, Fault> {
        let mut code = 0;
        for _ in 0..4 {
            let Some(digit) = self.peek().and_then(|byte| char::from(byte).to_digit(16)) else {
                return self.misfit_inside("in \\u hexadecimal character escape");
            };
            code = code << 4 | digit;
            self.at += 1;
        }
        Ok(code)
    }
}

/// Every byte that isn't part of a character becomes a replacement character.
fn push_lossy(out: &mut String, bytes: &[u8]) {
    for chunk in bytes.utf8_chunks() {
        out.push_str(chunk.valid());
        out.extend(chunk.invalid().iter().map(|_| char::REPLACEMENT_CHARACTER));
    }
}

#[cfg(test)]
mod tests {
    use super::super::encode;
    use super::*;

    fn error(text: &[u8]) -> String {
        decode(text, ReadsId::NONE).unwrap_err().to_string()
    }

    #[test]
    fn values_come_back() {
        for (text, want) in [
            (r#"{"a":1,"a":2}"#, r#"{"a":2}"#),
            (" [1] \n", "[1]"),
            (r#"{"a":[1,2,{"b":null}],"0":[],"e":{}}"#, r#"{"0":[],"a":[1,2,{"b":null}],"e":{}}"#),
            (r#""\ud83d\ude00 \ud83dx\u0000\ud800\u0041""#, r#""😀 �x\u0000�A""#),
            ("-0.5e1", "-5"),
        ] {
            assert_eq!(encode(&decode(text.as_bytes(), ReadsId::NONE).unwrap()).unwrap(), want, "{text}");
        }
        assert_eq!(encode(&decode(b"\"\xff\"", ReadsId::NONE).unwrap()).unwrap(), "\"\u{fffd}\"");
    }

    /// The texts that the real Helm gives for `mustFromJson`.
    #[test]
    fn errors_are_gos() {
        for (text, want) in [
            ("", "unexpected end of JSON input"),
            ("{", "unexpected end of JSON input"),
            ("[1,", "unexpected end of JSON input"),
            ("\"a", "unexpected end of JSON input"),
            ("x", "invalid character 'x' looking for beginning of value"),
            ("[1,]", "invalid character ']' looking for beginning of value"),
            ("[1 2]", "invalid character '2' after array element"),
            ("{a:1}", "invalid character 'a' looking for beginning of object key string"),
            (r#"{"a":1,}"#, "invalid character '}' looking for beginning of object key string"),
            (r#"{"a" 1}"#, "invalid character '1' after object key"),
            (r#"{"a":1 "b"}"#, "invalid character '\"' after object key:value pair"),
            ("nul", "invalid character ' ' in literal null (expecting 'l')"),
            ("trux", "invalid character 'x' in literal true (expecting 'e')"),
            ("01", "invalid character '1' after top-level value"),
            ("-", "invalid character ' ' in numeric literal"),
            ("1.x", "invalid character 'x' after decimal point in numeric literal"),
            ("1e", "invalid character ' ' in exponent of numeric literal"),
            ("\"\\x\"", "invalid character 'x' in string escape code"),
            ("\"\\", "invalid character ' ' in string escape code"),
            ("\"\\u12x4\"", "invalid character 'x' in \\u hexadecimal character escape"),
            ("\"a\nb\"", "invalid character '\\n' in string literal"),
            ("é", "invalid character 'Ã' looking for beginning of value"),
            ("'a'", "invalid character '\\'' looking for beginning of value"),
            ("[1]]", "invalid character ']' after top-level value"),
            ("1e400", "json: cannot unmarshal number 1e400 into Go value of type float64"),
        ] {
            assert_eq!(error(text.as_bytes()), want, "{text}");
        }
    }

    #[test]
    fn depth_is_bounded_and_harmless() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        let value = decode(nested(10_000).as_bytes(), ReadsId::NONE).unwrap();
        assert_eq!(encode(&value).unwrap(), nested(10_000));
        assert_eq!(error(nested(10_001).as_bytes()), "invalid character '[' exceeded max depth");
    }
}
