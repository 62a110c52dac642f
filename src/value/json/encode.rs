//! `json.Marshal`.

use std::fmt::{self, Write};

use crate::value::format::{FloatForm, format_float};
use crate::value::{List, Map, Object, Traced, Value};

/// What becomes of `<`, `>` and `&`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HtmlCharacters {
    /// They are escaped, as `json.Marshal` does it.
    Escaped,
    /// They stay.
    Kept,
}

/// Whether the text has lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// All in one line.
    Compact,
    /// One line per item, indented by this.
    Indented(&'static str),
}

/// Why a value has no JSON. `Display` is Go's sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EncodeError {
    /// A type that JSON doesn't know.
    UnsupportedType(String),
    /// A float that isn't a number.
    UnsupportedFloat(String),
    /// A map that contains itself.
    Cycle(String),
    /// More values than anyone can mean; maps that contain each other twice.
    TooLarge,
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnsupportedType(name) => write!(f, "json: unsupported type: {name}"),
            Self::UnsupportedFloat(text) => write!(f, "json: unsupported value: {text}"),
            Self::Cycle(name) => write!(f, "json: unsupported value: encountered a cycle via {name}"),
            Self::TooLarge => write!(f, "json: stopped after {MOST_VALUES} values"),
        }
    }
}

/// From this depth on Go looks for maps that contain themselves.
const DETECT_CYCLES_AFTER: usize = 1000;
const MOST_VALUES: usize = 1 << 22;

/// A value as `json.Marshal` writes it.
pub fn encode(value: &Value) -> Result<String, EncodeError> {
    encode_as(value, HtmlCharacters::Escaped, Layout::Compact)
}

/// A value as an encoder with these settings writes it. There is no newline at the end.
pub fn encode_as(value: &Value, html: HtmlCharacters, layout: Layout) -> Result<String, EncodeError> {
    let mut encoder = Encoder { out: String::new(), html, layout, open: Vec::new(), values: 0 };
    encoder.value(value)?;
    while let Some(container) = encoder.open.last_mut() {
        match container.rest.next() {
            Some((key, item)) => encoder.item(key.as_deref(), &item)?,
            None => encoder.close(),
        }
    }
    Ok(encoder.out)
}

struct Encoder {
    out: String,
    html: HtmlCharacters,
    layout: Layout,
    open: Vec<Container>,
    values: usize,
}

/// A list or map whose items are still to be written.
struct Container {
    rest: Box<dyn Iterator<Item = (Option<std::rc::Rc<str>>, Value)>>,
    close: char,
    is_first: bool,
    map: Option<Map>,
}

impl Encoder {
    fn value(&mut self, value: &Value) -> Result<(), EncodeError> {
        self.values += 1;
        if self.values > MOST_VALUES {
            return Err(EncodeError::TooLarge);
        }
        match value {
            Value::Nil => self.out.push_str("null"),
            Value::Bool(b) => self.out.push_str(if *b { "true" } else { "false" }),
            Value::Int(n, _) => self.display(n),
            Value::Uint(n, _) => self.display(n),
            Value::Float(n) => self.float(*n)?,
            Value::Complex(..) => return Err(EncodeError::UnsupportedType("complex128".to_owned())),
            Value::String(text) => self.string(text.as_bytes()),
            Value::List(list) => self.list(list),
            Value::Map(map) if map.is_nil() => self.out.push_str("null"),
            Value::Map(map) => self.map(map)?,
            Value::Object(object) => self.object(&**object)?,
        }
        Ok(())
    }

    fn object(&mut self, object: &dyn Object) -> Result<(), EncodeError> {
        if let Some(fields) = object.json_fields() {
            // Fields stay in order.
            let field = |(name, value): (&str, Value)| (Some(name.into()), value);
            self.open('{', '}', Box::new(fields.into_iter().map(field)), None);
            return Ok(());
        }
        match object.to_plain() {
            Some(plain) if !matches!(plain, Value::Object(_)) => self.value(&plain),
            _ => Err(EncodeError::UnsupportedType(object.type_name().to_owned())),
        }
    }

    fn display(&mut self, n: impl fmt::Display) {
        // Writing to a string doesn't fail.
        let _ = write!(self.out, "{n}");
    }

    fn float(&mut self, n: f64) -> Result<(), EncodeError> {
        if !n.is_finite() {
            return Err(EncodeError::UnsupportedFloat(format_float(n, FloatForm::General, None)));
        }
        self.out.push_str(&number(n));
        Ok(())
    }

    fn list(&mut self, list: &List) {
        if let Some(bytes) = list.bytes().filter(|_| !list.is_nil()) {
            let encoded = base64(&bytes);
            return self.string(encoded.as_bytes());
        }
        if list.is_nil() {
            return self.out.push_str("null");
        }
        let list = list.clone();
        let items = (0..list.len()).map_while(move |at| Some((None, list.items().get(at)?.value.clone())));
        self.open('[', ']', Box::new(items), None);
    }

    fn map(&mut self, map: &Map) -> Result<(), EncodeError> {
        let is_same = |open: &Container| open.map.as_ref().is_some_and(|above| above.is_same(map));
        if self.open.len() > DETECT_CYCLES_AFTER && self.open.iter().any(is_same) {
            return Err(EncodeError::Cycle(map.kind().to_string()));
        }
        let value = |(key, entry): (_, Traced)| (Some(key), entry.value);
        self.open('{', '}', Box::new(map.entries().into_iter().map(value)), Some(map.clone()));
        Ok(())
    }

    fn open(
        &mut self,
        open: char,
        close: char,
        rest: Box<dyn Iterator<Item = (Option<std::rc::Rc<str>>, Value)>>,
        map: Option<Map>,
    ) {
        self.out.push(open);
        self.open.push(Container { rest, close, is_first: true, map });
    }

    fn item(&mut self, key: Option<&str>, value: &Value) -> Result<(), EncodeError> {
        let is_first = self.open.last_mut().is_none_or(|container| std::mem::take(&mut container.is_first));
        if !is_first {
            self.out.push(',');
        }
        self.line();
        if let Some(key) = key {
            self.string(key.as_bytes());
            self.out.push(':');
            if self.layout != Layout::Compact {
                self.out.push(' ');
            }
        }
        self.value(value)
    }

    fn close(&mut self) {
        let Some(container) = self.open.pop() else { return };
        if !container.is_first {
            self.line();
        }
        self.out.push(container.close);
    }

    fn line(&mut self) {
        if let Layout::Indented(indent) = self.layout {
            self.out.push('\n');
            for _ in &self.open {
                self.out.push_str(indent);
            }
        }
    }

    fn string(&mut self, bytes: &[u8]) {
        self.out.push('"');
        for chunk in bytes.utf8_chunks() {
            for c in chunk.valid().chars() {
                self.character(c);
            }
            for _ in chunk.invalid() {
                self.out.push_str("\\ufffd");
            }
        }
        self.out.push('"');
    }

    fn character(&mut self, c: char) {
        match c {
            '"' | '\\' => self.out.extend(['\\', c]),
            '\u{8}' => self.out.push_str("\\b"),
            '\u{c}' => self.out.push_str("\\f"),
            '\n' => self.out.push_str("\\n"),
            '\r' => self.out.push_str("\\r"),
            '\t' => self.out.push_str("\\t"),
            '<' | '>' | '&' if self.html == HtmlCharacters::Escaped => self.escape(c),
            '\0'..='\u{1f}' | '\u{2028}' | '\u{2029}' => self.escape(c),
            _ => self.out.push(c),
        }
    }

    fn escape(&mut self, c: char) {
        let _ = write!(self.out, "\\u{:04x}", u32::from(c));
    }
}

/// A float as JavaScript would write it.
fn number(n: f64) -> String {
    let magnitude = n.abs();
    if magnitude != 0.0 && !(1e-6..1e21).contains(&magnitude) {
        let text = format_float(n, FloatForm::Exponent, None);
        // `1e-09` becomes `1e-9`.
        return match text.split_once("e-0") {
            Some((mantissa, exponent)) => format!("{mantissa}e-{exponent}"),
            None => text,
        };
    }
    format_float(n, FloatForm::Decimal, None)
}

/// Standard base64, which is how bytes are written.
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group = chunk.iter().chain([&0, &0]).take(3).fold(0u32, |group, &byte| group << 8 | u32::from(byte));
        for place in 0..4 {
            let index = (group >> (18 - 6 * place) & 63) as usize;
            let letter = if place <= chunk.len() { ALPHABET.get(index).copied().unwrap_or(b'=') } else { b'=' };
            out.push(char::from(letter));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{ListKind, UintKind};

    #[test]
    fn floats_as_go_writes_them() {
        let written =
            [1.0, 1e21, 1e20, 1e-6, 1e-7, 123_456_789.123, -0.0, 1e-10, 1.5e300, 12_345_678_901_234_567_890.0]
                .map(|n| encode(&n.into()).unwrap());
        let want =
            ["1", "1e+21", "100000000000000000000", "0.000001", "1e-7", "123456789.123", "-0", "1e-10", "1.5e+300"];
        assert_eq!(written[..9], want);
        assert_eq!(written[9], "12345678901234567000");
    }

    #[test]
    fn strings_as_go_writes_them() {
        let text = Value::from("<>&\u{2028}\0\x1f\x7f\"\\\n\t\r\x08\x0c/é😀");
        let rest = r"\u2028\u0000\u001f".to_owned() + "\x7f" + r#"\"\\\n\t\r\b\f/é😀""#;
        assert_eq!(encode(&text).unwrap(), format!(r#""\u003c\u003e\u0026{rest}"#));
        assert_eq!(encode_as(&text, HtmlCharacters::Kept, Layout::Compact).unwrap(), format!("\"<>&{rest}"));
        assert_eq!(encode(&Value::String(vec![0xff, 0xfe, b'a'].into())).unwrap(), r#""\ufffd\ufffda""#);
    }

    #[test]
    fn containers_as_go_writes_them() {
        let byte = |byte| Traced::from(Value::Uint(byte, UintKind::Uint8));
        let bytes = |bytes: &[u64]| Value::List(List::of(ListKind::Byte, bytes.iter().copied().map(byte).collect()));
        let map: Map = [
            ("b", Value::Map(Map::new())),
            ("a", Value::List(List::new(Vec::new()))),
            ("n", Value::List(List::nil(ListKind::String))),
            ("c", Value::List([Value::int(1), bytes(&[104, 105]), bytes(&[1, 2, 3])].into_iter().collect())),
        ]
        .into_iter()
        .collect();
        assert_eq!(encode(&map.clone().into()).unwrap(), r#"{"a":[],"b":{},"c":[1,"aGk=","AQID"],"n":null}"#);
        let pretty = encode_as(&map.into(), HtmlCharacters::Escaped, Layout::Indented("  ")).unwrap();
        let want =
            "{\n  \"a\": [],\n  \"b\": {},\n  \"c\": [\n    1,\n    \"aGk=\",\n    \"AQID\"\n  ],\n  \"n\": null\n}";
        assert_eq!(pretty, want);
    }

    #[test]
    fn a_map_that_contains_itself_is_an_error() {
        let map = Map::new();
        map.set("self", map.clone());
        let error = encode(&map.clone().into()).unwrap_err();
        assert_eq!(error.to_string(), "json: unsupported value: encountered a cycle via map[string]interface {}");
        map.remove("self");
    }
}
