//! Values → YAML. `toYaml` goes through JSON, as sigs.k8s.io/yaml does, and `toYamlPretty` doesn't: the one writes
//! `1000000`, the other `1e+06`.

use std::borrow::Cow;
use std::rc::Rc;

use super::Part;
use super::emit::{Dialect, Emitter, Position, Scalar};
use super::emit_scalar::Style;
use super::error::{Error, ErrorKind};
use super::number;
use super::resolve::{self, Scalar as Meaning};
use super::sort::{self, Entry};
use crate::source::{OriginId, ReadsId};
use crate::value::{List, ListKind, Map, Native, Text, Traced, Value, json};

/// Keys beyond this may be too long for Go's way through JSON.
const LONG_KEY: usize = 160;

/// How deep Go's way through JSON goes. The other way has no limit in Go; we keep the same one.
const MAX_DEPTH: usize = super::scan::MAX_DEPTH;

/// Our own limits on what `toYamlPretty` writes; Go would go on until its stack or memory ends.
const MAX_VALUES: usize = 4_000_000;
const MAX_BYTES: usize = 512 << 20;

/// A collection whose rest is still to be written.
enum Open {
    Sequence { list: List, next: usize, origin: OriginId },
    Mapping { entries: std::vec::IntoIter<Entry>, origin: OriginId },
}

struct Encoder<'a> {
    emitter: Emitter,
    leaf: &'a mut dyn FnMut(Part) -> OriginId,
    open: Vec<Open>,
    values: usize,
    doubtful: bool,
}

/// Writes a value. Each scalar and key gets the origin that `leaf` gives for its slot's reads.
pub(super) fn encode(value: &Traced, dialect: Dialect, leaf: &mut dyn FnMut(Part) -> OriginId) -> Result<Text, String> {
    // Go's JSON finds the errors, in its order.
    let json = match dialect {
        Dialect::Sigs => {
            Some(json::encode(&value.value).map_err(|error| format!("error marshaling into JSON: {error}"))?)
        }
        Dialect::Pretty => None,
    };
    let doubtful = json.as_deref().is_some_and(is_doubtful);
    if let Some(json) = json.as_deref().filter(|_| doubtful) {
        check(json)?;
    }
    let mut encoder = Encoder { emitter: Emitter::new(dialect), leaf, open: Vec::new(), values: 0, doubtful };
    encoder.node(value, Position::Free)?;
    while encoder.step()? {}
    if let Some(json) = json.as_deref().filter(|_| encoder.doubtful && !doubtful) {
        check(json)?;
    }
    Ok(encoder.emitter.finish())
}

/// Whether the JSON has a character that YAML forbids, or takes for a line end.
fn is_doubtful(json: &str) -> bool {
    let bytes = json.as_bytes();
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| matches!(byte, 0x7F | 0xC2 | 0xEF)) {
        match rest.get(at..).unwrap_or_default() {
            [0x7F, ..] | [0xC2, 0x80..=0x9F, ..] | [0xEF, 0xBF, 0xBE | 0xBF, ..] => return true,
            _ => rest = rest.get(at + 1..).unwrap_or_default(),
        }
    }
    false
}

/// Whether go-yaml reads the JSON.
fn check(json: &str) -> Result<(), String> {
    match super::parse_partly(json.as_bytes()) {
        (_, Some(error)) => Err(error.to_string()),
        (_, None) => Ok(()),
    }
}

impl Encoder<'_> {
    /// Goes on with the innermost collection. Whether there was one.
    fn step(&mut self) -> Result<bool, String> {
        match self.open.last_mut() {
            None => return Ok(false),
            Some(Open::Sequence { list, next, origin }) => {
                let item = list.items().get(*next).cloned();
                *next += 1;
                self.emitter.origin = *origin;
                match item {
                    Some(item) => {
                        self.emitter.begin_item();
                        self.node(&item, Position::Free)?;
                    }
                    None => self.close(),
                }
            }
            Some(Open::Mapping { entries, origin }) => {
                let origin = *origin;
                match entries.next() {
                    Some((key, entry)) => self.entry(&key, &entry, origin)?,
                    None => self.close(),
                }
            }
        }
        Ok(true)
    }

    fn close(&mut self) {
        self.open.pop();
        self.emitter.end_collection();
    }

    fn entry(&mut self, key: &str, entry: &Traced, origin: OriginId) -> Result<(), String> {
        self.doubtful |= key.len() > LONG_KEY;
        let key = text(key);
        self.emitter.origin = origin;
        let key_origin = (self.leaf)(Part::Key(entry.reads));
        self.emitter.key(&key, key_origin);
        self.node(entry, Position::InMapping)
    }

    fn node(&mut self, slot: &Traced, position: Position) -> Result<(), String> {
        self.values += 1;
        if self.values > MAX_VALUES {
            return Err(ErrorKind::Values(MAX_VALUES).to_string());
        }
        if self.emitter.len() > MAX_BYTES {
            return Err(ErrorKind::Size(MAX_BYTES).to_string());
        }
        let part = self.part(slot);
        let origin = (self.leaf)(part);
        match &slot.value {
            Value::Map(map) if map.is_nil() && self.emitter.dialect == Dialect::Sigs => {
                self.scalar(&Value::Nil, position, origin)
            }
            Value::Map(map) => self.mapping(map, origin),
            Value::List(list) if !self.is_bytes(list) => self.sequence(list, origin, position),
            Value::Object(object) if self.emitter.dialect == Dialect::Pretty => {
                self.native(object.native(), object.type_name(), slot.reads, position, origin)
            }
            Value::Object(object) => match object.to_plain() {
                Some(plain) if !matches!(plain, Value::Object(_)) => {
                    self.node(&Traced { value: plain, reads: slot.reads }, position)
                }
                _ => Err(ErrorKind::UnsupportedType(object.type_name().to_owned()).to_string()),
            },
            leaf => self.scalar(leaf, position, origin),
        }
    }

    /// An object as go-yaml writes it: names of fields are in small letters.
    fn native(
        &mut self,
        native: Native,
        type_name: &str,
        reads: ReadsId,
        position: Position,
        origin: OriginId,
    ) -> Result<(), String> {
        match native {
            Native::Moment(moment) => {
                let text = moment.to_rfc3339();
                let scalar = Scalar { text: &text, tag: "", style: Style::Plain };
                self.emitter.scalar(&scalar, position, origin);
                Ok(())
            }
            Native::Struct(fields) => {
                self.check_depth()?;
                let entry = |(name, value): (&str, Value)| (name.to_lowercase().into(), Traced { value, reads });
                let entries = fields.into_iter().map(entry).collect::<Vec<Entry>>().into_iter();
                self.emitter.begin_mapping();
                self.open.push(Open::Mapping { entries, origin });
                Ok(())
            }
            Native::Value(value) if !matches!(value, Value::Object(_)) => self.node(&Traced { value, reads }, position),
            _ => Err(ErrorKind::UnsupportedType(type_name.to_owned()).to_string()),
        }
    }

    fn part(&self, slot: &Traced) -> Part {
        match &slot.value {
            Value::Map(map) if !map.is_empty() => Part::Key(slot.reads),
            Value::List(list) if !list.is_empty() && !self.is_bytes(list) => Part::Key(slot.reads),
            _ => Part::Value(slot.reads),
        }
    }

    /// Bytes are one scalar after JSON.
    fn is_bytes(&self, list: &List) -> bool {
        self.emitter.dialect == Dialect::Sigs && (list.kind() == ListKind::Byte || list.is_nil())
    }

    fn mapping(&mut self, map: &Map, origin: OriginId) -> Result<(), String> {
        if map.is_empty() {
            self.emitter.empty_collection("{}", origin);
            return Ok(());
        }
        self.check_depth()?;
        let entries = sort::sort(map.entries(), self.emitter.dialect).into_iter();
        self.emitter.begin_mapping();
        self.open.push(Open::Mapping { entries, origin });
        Ok(())
    }

    fn sequence(&mut self, list: &List, origin: OriginId, position: Position) -> Result<(), String> {
        if list.is_empty() {
            self.emitter.empty_collection("[]", origin);
            return Ok(());
        }
        self.check_depth()?;
        self.emitter.begin_sequence(position);
        self.open.push(Open::Sequence { list: list.clone(), next: 0, origin });
        Ok(())
    }

    fn check_depth(&self) -> Result<(), String> {
        if self.open.len() < MAX_DEPTH {
            return Ok(());
        }
        Err(Error::at(ErrorKind::Depth, 0..0).to_string())
    }

    fn scalar(&mut self, value: &Value, position: Position, origin: OriginId) -> Result<(), String> {
        let pretty = self.emitter.dialect == Dialect::Pretty;
        let made = match value {
            Value::Nil => "null".to_owned(),
            Value::Bool(b) => b.to_string(),
            Value::Int(n, _) => n.to_string(),
            Value::Uint(n, _) => n.to_string(),
            Value::Float(n) if pretty => number::float(*n),
            Value::Float(n) => through_json(*n),
            Value::Complex(..) => return Err("cannot marshal type: complex128".to_owned()),
            Value::String(text) => {
                self.string(text.as_bytes(), position, origin);
                return Ok(());
            }
            Value::List(list) => {
                let bytes = if list.is_nil() { None } else { list.bytes() };
                match bytes {
                    Some(bytes) => {
                        self.string(number::encode_base64(&bytes).as_bytes(), position, origin);
                        return Ok(());
                    }
                    None => "null".to_owned(),
                }
            }
            Value::Map(_) | Value::Object(_) => return Ok(()),
        };
        self.emitter.scalar(&Scalar { text: &made, tag: "", style: Style::Plain }, position, origin);
        Ok(())
    }

    fn string(&mut self, bytes: &[u8], position: Position, origin: OriginId) {
        let dialect = self.emitter.dialect;
        let valid = match std::str::from_utf8(bytes) {
            Ok(valid) => Cow::Borrowed(valid),
            Err(_) if dialect == Dialect::Pretty => {
                let text = in_lines(&number::encode_base64(bytes));
                let style = if text.contains('\n') { Style::Literal } else { Style::Plain };
                self.emitter.scalar(&Scalar { text: &text, tag: "!!binary", style }, position, origin);
                return;
            }
            Err(_) => Cow::Owned(number::valid_utf8(bytes)),
        };
        let valid = if dialect == Dialect::Sigs && valid.contains('\u{85}') { folded(&valid) } else { valid };
        self.emitter.scalar(&text(&valid), position, origin);
    }
}

/// A string with the style it wants: quotes where it would be read as something else.
fn text(text: &str) -> Scalar<'_> {
    let style = if text.contains('\n') {
        Style::Literal
    } else if is_plain(text) {
        Style::Plain
    } else {
        Style::DoubleQuoted
    };
    Scalar { text, tag: "", style }
}

/// Whether the text stays a string without quotes. go-yaml v3 no longer reads `y` as a truth value, but still quotes it.
fn is_plain(text: &str) -> bool {
    resolve::plain(text) == Meaning::Text && !is_sexagesimal(text)
}

/// A number in base 60, which later parsers might still read.
fn is_sexagesimal(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (digits, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let mut parts = digits.split(':');
    let first = parts.next().unwrap_or_default();
    let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_');
    let sixtieth = |part: &str| match part.as_bytes() {
        [digit] => digit.is_ascii_digit(),
        [tens, digit] => matches!(tens, b'0'..=b'5') && digit.is_ascii_digit(),
        _ => false,
    };
    let mut count = 0;
    let rest = parts.inspect(|_| count += 1).all(sixtieth);
    first.starts_with(|c: char| c.is_ascii_digit()) && number(first) && rest && count > 0 && number(fraction)
}

/// A float as go-yaml writes it after it read it in JSON: whole numbers have no exponent, as long as they are 64 bits.
fn through_json(n: f64) -> String {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if n.fract() == 0.0 && n.abs() < EXACT {
        #[expect(clippy::cast_possible_truncation, reason = "whole and small")]
        let whole = n as i64;
        return whole.to_string();
    }
    let json = json::encode(&Value::Float(n)).unwrap_or_default();
    match number::parse(&json) {
        Meaning::Int(n) => n.to_string(),
        Meaning::Uint(n) => n.to_string(),
        Meaning::Float(n) => number::float(n),
        _ => json,
    }
}

/// A string with next-line characters as go-yaml reads it in JSON: folded.
fn folded(text: &str) -> Cow<'_, str> {
    let read = json::encode(&Value::from(text)).ok().and_then(|json| super::decode(json.as_bytes()).ok());
    match read.as_ref().and_then(Value::as_text) {
        Some(read) => Cow::Owned(read.to_str().into_owned()),
        None => Cow::Borrowed(text),
    }
}

/// Base64 in lines, where it is longer than one.
fn in_lines(base64: &str) -> Rc<str> {
    const LINE: usize = 70;
    if base64.len() < LINE {
        return base64.into();
    }
    let mut lines = String::with_capacity(base64.len() + base64.len() / LINE + 1);
    let mut rest = base64;
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.len().min(LINE));
        lines.push_str(line);
        lines.push('\n');
        rest = after;
    }
    lines.into()
}
