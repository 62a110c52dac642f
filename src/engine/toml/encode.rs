//! Values as TOML. Keys without tables come first, then tables, each level two spaces further in.

use std::fmt::Write;
use std::rc::Rc;

use crate::helm::Helm;
use crate::value::format::{FloatForm, format_float};
use crate::value::time::Moment;
use crate::value::{List, Map, Native, Text, Traced, Value};

/// Why a value can't be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EncodeError {
    /// The encoder's own error.
    Message(&'static str),
    /// Go's reflection panics.
    Panic(&'static str),
}

const NIL_IN_ARRAY: EncodeError = EncodeError::Message("toml: cannot encode array with nil element");
const NO_KEY: EncodeError = EncodeError::Message("toml: top-level values must be Go maps or structs");
/// Go's encoder knows no bound, and ends the process on a map that contains itself.
const TOO_DEEP: EncodeError = EncodeError::Message("toml: nested too deep");
const DEEPEST: usize = 200;
/// Maps that contain others many times over are written many times over.
const TOO_LONG: EncodeError = EncodeError::Message("toml: longer than 67108864 bytes");
const LONGEST: usize = 64 << 20;

/// Writes a value.
pub fn encode(value: &Value, helm: Helm) -> Result<Text, EncodeError> {
    if value.is_nil() {
        return Err(EncodeError::Panic("reflect: call of reflect.Value.Type on zero Value"));
    }
    let mut encoder = Encoder { out: Vec::new(), helm };
    encoder.value(&[], &plain(value))?;
    Ok(Text::from(encoder.out))
}

struct Encoder {
    out: Vec<u8>,
    helm: Helm,
}

type Key = Vec<Rc<str>>;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// On lines of its own.
    Block,
    /// In braces.
    Inline,
}

impl Encoder {
    fn value(&mut self, key: &[Rc<str>], value: &Value) -> Result<(), EncodeError> {
        if key.len() > DEEPEST {
            return Err(TOO_DEEP);
        }
        self.check_length()?;
        match value {
            Value::Nil => Ok(()),
            Value::Map(map) => self.table(key, entries(map)),
            Value::List(list) if is_table_array(list)? => self.tables(key, list),
            Value::Object(object) => match object.native() {
                Native::Struct(fields) => self.table(key, named(fields)),
                _ => self.key_value(key, value, Form::Block, 0),
            },
            other => self.key_value(key, other, Form::Block, 0),
        }
    }

    fn table(&mut self, key: &[Rc<str>], entries: Entries) -> Result<(), EncodeError> {
        if key.len() == 1 {
            self.newline();
        }
        if !key.is_empty() {
            let (indent, name) = (indent(key), written(key));
            self.push(&format!("{indent}[{name}]"));
            self.newline();
        }
        self.entries(key, entries, Form::Block, 0)
    }

    fn tables(&mut self, key: &[Rc<str>], list: &List) -> Result<(), EncodeError> {
        if key.is_empty() {
            return Err(NO_KEY);
        }
        for item in list.values() {
            let Some(entries) = table_of(&plain(item)) else { continue };
            self.newline();
            self.push(&format!("{}[[{}]]", indent(key), written(key)));
            self.newline();
            self.entries(key, entries, Form::Block, 0)?;
        }
        Ok(())
    }

    fn entries(&mut self, key: &[Rc<str>], entries: Entries, form: Form, depth: usize) -> Result<(), EncodeError> {
        let (mut direct, mut tables) = (Vec::new(), Vec::new());
        for (name, value) in entries {
            let value = plain(&value);
            let is_table = match &value {
                Value::Map(_) => true,
                Value::Object(object) => matches!(object.native(), Native::Struct(_)),
                Value::List(list) => is_table_array(list)?,
                _ => false,
            };
            if is_table { tables.push((name, value)) } else { direct.push((name, value)) }
        }
        let trailing = direct.len().saturating_sub(usize::from(tables.is_empty()));
        let last_table = tables.len().saturating_sub(1);
        let commas = (0..direct.len()).map(|at| at < trailing).chain((0..tables.len()).map(|at| at < last_table));
        for ((name, value), comma) in direct.iter().chain(&tables).zip(commas) {
            if is_nil(value) {
                continue;
            }
            match form {
                Form::Block => self.value(&below(key, name), value)?,
                Form::Inline => {
                    self.key_value(std::slice::from_ref(name), value, Form::Inline, depth)?;
                    self.push(if comma { ", " } else { "" });
                }
            }
        }
        Ok(())
    }

    fn key_value(&mut self, key: &[Rc<str>], value: &Value, form: Form, depth: usize) -> Result<(), EncodeError> {
        let Some(last) = key.last() else { return self.element(value, depth) };
        self.push(&format!("{}{} = ", indent(key), quoted_if_needed(last)));
        self.element(value, depth)?;
        if form == Form::Block {
            self.newline();
        }
        Ok(())
    }

    /// A value as it stands in an array or behind a key.
    fn element(&mut self, value: &Value, depth: usize) -> Result<(), EncodeError> {
        if depth > DEEPEST {
            return Err(TOO_DEEP);
        }
        self.check_length()?;
        match plain(value) {
            Value::Nil => return Err(NIL_IN_ARRAY),
            Value::Bool(b) => self.push(if b { "true" } else { "false" }),
            Value::Int(n, _) => self.push(&n.to_string()),
            Value::Uint(n, _) => self.push(&n.to_string()),
            Value::Float(n) => self.push(&float(n, self.helm)),
            Value::String(text) => self.text(text.as_bytes()),
            Value::List(list) => {
                self.push("[");
                for (at, item) in list.values().enumerate() {
                    self.push(if at > 0 { ", " } else { "" });
                    self.element(item, depth + 1)?;
                }
                self.push("]");
            }
            Value::Map(map) => {
                self.push("{");
                self.entries(&[], entries(&map), Form::Inline, depth + 1)?;
                self.push("}");
            }
            Value::Object(object) => match object.native() {
                Native::Moment(moment) => self.push(&written_moment(&moment)),
                Native::Struct(fields) => {
                    self.push("{");
                    self.entries(&[], named(fields), Form::Inline, depth + 1)?;
                    self.push("}");
                }
                _ => return Err(EncodeError::Message("unsupported type")),
            },
            Value::Complex(..) => return Err(EncodeError::Message("unsupported type: complex128")),
        }
        Ok(())
    }

    fn check_length(&self) -> Result<(), EncodeError> {
        if self.out.len() > LONGEST { Err(TOO_LONG) } else { Ok(()) }
    }

    fn push(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    /// Bytes that aren't UTF-8 are written as they are.
    fn text(&mut self, bytes: &[u8]) {
        self.push("\"");
        for chunk in bytes.utf8_chunks() {
            self.push(&escaped(chunk.valid()));
            self.out.extend_from_slice(chunk.invalid());
        }
        self.push("\"");
    }

    fn newline(&mut self) {
        if !self.out.is_empty() {
            self.push("\n");
        }
    }
}

/// Nil, or Go's nil map or slice: the key stays away.
fn is_nil(value: &Value) -> bool {
    match value {
        Value::Map(map) => map.is_nil(),
        Value::List(list) => list.is_nil(),
        value => value.is_nil(),
    }
}

/// Whether a list isn't empty and holds nothing but tables. A nil in it is an error.
fn is_table_array(list: &List) -> Result<bool, EncodeError> {
    if list.values().any(Value::is_nil) {
        return Err(NIL_IN_ARRAY);
    }
    Ok(!list.is_empty() && list.values().all(|item| table_of(&plain(item)).is_some()))
}

/// What an object is made of; structs and moments stay what they are.
fn plain(value: &Value) -> Value {
    match value {
        Value::Object(object) => match object.native() {
            Native::Value(value) => value,
            Native::Nothing => Value::Nil,
            Native::Moment(_) | Native::Struct(_) => value.clone(),
        },
        other => other.clone(),
    }
}

/// A moment; of those that were read without a zone, what was written.
fn written_moment(moment: &Moment) -> String {
    let layout: &[u8] = match moment.zone.name() {
        "datetime-local" => b"2006-01-02T15:04:05.999999999",
        "date-local" => b"2006-01-02",
        "time-local" => b"15:04:05.999999999",
        _ => b"2006-01-02T15:04:05.999999999Z07:00",
    };
    String::from_utf8_lossy(&moment.format(layout)).into_owned()
}

/// Names and values in the order in which they are written.
type Entries = Vec<(Rc<str>, Value)>;

fn entries(map: &Map) -> Entries {
    map.entries().into_iter().map(|(name, Traced { value, .. })| (name, value)).collect()
}

fn named(fields: Vec<(&'static str, Value)>) -> Entries {
    fields.into_iter().map(|(name, value)| (name.into(), value)).collect()
}

/// The entries of a table: a map or a struct.
fn table_of(value: &Value) -> Option<Entries> {
    match value {
        Value::Map(map) => Some(entries(map)),
        Value::Object(object) => match object.native() {
            Native::Struct(fields) => Some(named(fields)),
            _ => None,
        },
        _ => None,
    }
}

fn below(key: &[Rc<str>], name: &Rc<str>) -> Key {
    key.iter().chain([name]).cloned().collect()
}

fn indent(key: &[Rc<str>]) -> String {
    "  ".repeat(key.len().saturating_sub(1))
}

fn written(key: &[Rc<str>]) -> String {
    key.iter().map(|part| quoted_if_needed(part)).collect::<Vec<_>>().join(".")
}

fn quoted_if_needed(key: &str) -> String {
    let is_bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if !key.is_empty() && key.chars().all(is_bare) { key.to_owned() } else { quoted(key) }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", escaped(text))
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        let _ = match c {
            '"' | '\\' => write!(out, "\\{c}"),
            '\x08' => write!(out, "\\b"),
            '\t' => write!(out, "\\t"),
            '\n' => write!(out, "\\n"),
            '\x0c' => write!(out, "\\f"),
            '\r' => write!(out, "\\r"),
            c if c < ' ' || c == '\x7f' => write!(out, "\\u{:04x}", u32::from(c)),
            c => write!(out, "{c}"),
        };
    }
    out
}

/// Helm 3's release of the library writes no exponents.
fn float(n: f64, helm: Helm) -> String {
    if n.is_nan() {
        return "nan".to_owned();
    }
    if n.is_infinite() {
        return if n > 0.0 { "inf" } else { "-inf" }.to_owned();
    }
    let form = if helm.is_three() { FloatForm::Decimal } else { FloatForm::General };
    let mut text = format_float(n, form, None);
    if !text.contains(['e', '.']) {
        text.push_str(".0");
    }
    text
}
