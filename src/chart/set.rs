//! The grammar of `--set` and its kin: `a.b[0].c=x,d={1,2}`, read straight into a map of values.
//!
//! Helm's parser fails by panic where a path meets a value of another kind, and Helm 4's takes the end of the text
//! inside an index for the end of the argument (`l[0=1` sets nothing). Both are kept. The number of list slots one argument can
//! make, and how deep lists may stand in lists, are bounded here.

use super::error::quoted;
use super::values::typed_text;
use crate::helm::Helm;
use crate::source::ReadsId;
use crate::value::format::{Charset, atoi, quote_char, type_name};
use crate::value::json::decode;
use crate::value::{List, Map, Traced, Value};

/// What the text after `=` becomes.
pub(super) enum Reader<'a> {
    /// `--set`: numbers, booleans and null where it looks like one.
    Typed,
    /// `--set-string`
    Text,
    /// `--set-json`
    Json,
    /// `--set-literal`: all that follows, with no character special.
    Literal,
    /// `--set-file`: the content of the file of that name.
    File(&'a mut dyn FnMut(&str) -> Result<Vec<u8>, String>),
}

/// Reads an argument into `values`. What was set before an error stays set.
pub(super) fn parse_into(text: &str, values: &Map, reader: Reader<'_>, helm: Helm) -> Result<(), String> {
    let mut parser = Parser { rest: text, reader, slots: 0, helm };
    loop {
        match parser.key(values, Depth { names: 0, lists: 0 }) {
            Ok(()) => {}
            Err(Stop::End) => return Ok(()),
            Err(Stop::Fault(message)) => return Err(message),
        }
    }
}

/// The largest index of a list.
const MAX_INDEX: i64 = 65_536;
/// How deep names may stand in names.
const MAX_LEVEL: usize = 30;
/// How deep lists may stand in lists. Helm has no such bound.
const MAX_LISTS: usize = 100;
/// List slots one argument may make. Helm has no such bound.
const MAX_SLOTS: usize = 1_000_000;

/// Why reading stopped.
enum Stop {
    /// The text is at its end.
    End,
    /// It is wrong.
    Fault(String),
}

fn fault<T>(message: impl Into<String>) -> Result<T, Stop> {
    Err(Stop::Fault(message.into()))
}

struct Parser<'t, 'r> {
    rest: &'t str,
    reader: Reader<'r>,
    slots: usize,
    helm: Helm,
}

/// How deep the parser is.
#[derive(Clone, Copy)]
struct Depth {
    names: usize,
    lists: usize,
}

impl Parser<'_, '_> {
    /// One key with its value.
    fn key(&mut self, values: &Map, depth: Depth) -> Result<(), Stop> {
        let (key, stop) = self.until(if self.is_literal() { "=[." } else { "=[,." });
        match stop {
            None if key.is_empty() => Err(Stop::End),
            None => fault(format!("key {} has no value", quoted(&key))),
            Some('[') => {
                let index = self.index()?;
                let list = match values.value(&key) {
                    None => Vec::new(),
                    Some(Value::List(list)) => list.items().to_vec(),
                    Some(other) => return not_a("[]interface {}", &other),
                };
                let (list, result) = self.list_item(list, index, depth);
                set(values, key, Value::List(List::new(list)));
                result
            }
            Some('=') => self.value(values, key),
            Some(',') => {
                let message = format!("key {} has no value (cannot end with ,)", quoted(&key));
                set(values, key, Value::from(""));
                fault(message)
            }
            Some(_) => self.inner_key(values, key, Depth { names: depth.names + 1, ..depth }),
        }
    }

    fn inner_key(&mut self, values: &Map, key: String, depth: Depth) -> Result<(), Stop> {
        if depth.names > MAX_LEVEL {
            let message = "value name nested level is greater than maximum supported nested level of";
            return fault(format!("{message} {MAX_LEVEL}"));
        }
        let inner = match values.value(&key) {
            None => Map::new(),
            Some(Value::Map(inner)) => inner,
            Some(other) => return not_a("map[string]interface {}", &other),
        };
        let result = self.key(&inner, depth);
        if inner.is_empty() {
            result?;
            return fault(format!("key map {} has no value", quoted(&key)));
        }
        set(values, key, Value::Map(inner));
        result
    }

    /// What follows the `=` of a key.
    fn value(&mut self, values: &Map, key: String) -> Result<(), Stop> {
        match self.read_value() {
            Ok(Some(value)) => set(values, key, value),
            Ok(None) => {
                set(values, key, Value::from(""));
                return Err(Stop::End);
            }
            Err(stop) => return Err(stop),
        }
        Ok(())
    }

    /// A value; nothing where the text is at its end.
    fn read_value(&mut self) -> Result<Option<Value>, Stop> {
        match self.reader {
            Reader::Json => self.json().map(Some),
            Reader::Literal => Ok(Some(Value::from(std::mem::take(&mut self.rest)))),
            _ => match self.rest.strip_prefix('{') {
                Some(rest) => {
                    self.rest = rest;
                    self.list().map(Some)
                }
                None if self.rest.is_empty() => Ok(None),
                None => {
                    let (text, _) = self.until(",");
                    self.convert(text).map(Some)
                }
            },
        }
    }

    fn convert(&mut self, text: String) -> Result<Value, Stop> {
        match &mut self.reader {
            Reader::Typed => Ok(typed_text(text)),
            Reader::File(read) => match read(&text) {
                Ok(bytes) => Ok(Value::String(bytes.into())),
                Err(message) => fault(message),
            },
            _ => Ok(Value::from(text)),
        }
    }

    /// `1,2}`, after the brace.
    fn list(&mut self) -> Result<Value, Stop> {
        let mut items = Vec::new();
        loop {
            let (text, stop) = self.until(",}");
            if stop.is_none() {
                return fault("list must terminate with '}'");
            }
            items.push(Traced::from(self.convert(text)?));
            if stop == Some('}') {
                self.rest = self.rest.strip_prefix(',').unwrap_or(self.rest);
                return Ok(Value::List(List::new(items)));
            }
        }
    }

    fn json(&mut self) -> Result<Value, Stop> {
        if self.skip_blank() {
            return Ok(Value::Nil);
        }
        let (text, rest) = json_extent(self.rest).and_then(|end| self.rest.split_at_checked(end)).unwrap_or_default();
        let value = decode(text.as_bytes(), ReadsId::NONE);
        self.rest = rest;
        self.skip_blank();
        value.map_err(|error| Stop::Fault(error.to_string()))
    }

    /// Skips white space and one comma; whether that was all there is to the value.
    fn skip_blank(&mut self) -> bool {
        let rest = self.rest.trim_start();
        let after = rest.strip_prefix(',');
        self.rest = after.unwrap_or(rest);
        after.is_some() || rest.is_empty()
    }

    /// The index of `l[0]`, after the bracket.
    fn index(&mut self) -> Result<i64, Stop> {
        let (text, stop) = self.until("]");
        if stop.is_none() {
            return Err(if self.helm.is_three() {
                Stop::Fault("error parsing index: EOF".to_owned())
            } else {
                Stop::End
            });
        }
        atoi(text.as_bytes()).map_err(|(error, _)| Stop::Fault(format!("error parsing index: {error}")))
    }

    /// What follows the `]`. The list comes back in any case, for Helm keeps it.
    fn list_item(&mut self, mut list: Vec<Traced>, index: i64, depth: Depth) -> (Vec<Traced>, Result<(), Stop>) {
        let Ok(at) = usize::try_from(index) else {
            return (list, fault(format!("negative {index} index not allowed")));
        };
        let (text, stop) = self.until("[.=");
        if !text.is_empty() {
            let runes: Vec<String> = text.chars().map(|c| quote_char(c, Charset::Unicode)).collect();
            return (list, fault(format!("unexpected data at end of array index: [{}]", runes.join(" "))));
        }
        let result = match stop {
            None => Err(Stop::End),
            Some('=') => self.read_value().map(|value| value.unwrap_or_else(|| Value::from(""))),
            Some('[') => self.nested_list(&list, at, depth),
            Some(_) => self.nested_map(&mut list, at, depth),
        };
        match result {
            Ok(value) => self.set_index(list, index, value),
            Err(stop) => (list, Err(stop)),
        }
    }

    fn nested_list(&mut self, list: &[Traced], at: usize, depth: Depth) -> Result<Value, Stop> {
        let next = self.index()?;
        let current = match list.get(at).map(|item| &item.value) {
            None | Some(Value::Nil) => Vec::new(),
            Some(Value::List(inner)) => inner.items().to_vec(),
            Some(other) => return not_a("[]interface {}", other),
        };
        if depth.lists >= MAX_LISTS {
            return fault("lists are nested too deep");
        }
        let (inner, result) = self.list_item(current, next, Depth { lists: depth.lists + 1, ..depth });
        result.map(|()| Value::List(List::new(inner)))
    }

    fn nested_map(&mut self, list: &mut [Traced], at: usize, depth: Depth) -> Result<Value, Stop> {
        let inner = match list.get(at).map(|item| &item.value) {
            Some(Value::Map(inner)) => inner.clone(),
            _ => Map::new(),
        };
        // What stood there before is gone even if the key turns out wrong.
        if let Some(item) = list.get_mut(at) {
            *item = Value::Map(inner.clone()).into();
        }
        if depth.lists >= MAX_LISTS {
            return fault("lists are nested too deep");
        }
        self.key(&inner, Depth { lists: depth.lists + 1, ..depth })?;
        Ok(Value::Map(inner))
    }

    fn set_index(&mut self, mut list: Vec<Traced>, index: i64, value: Value) -> (Vec<Traced>, Result<(), Stop>) {
        if index > MAX_INDEX {
            let message = format!("index of {index} is greater than maximum supported index of {MAX_INDEX}");
            return (list, fault(message));
        }
        let at = usize::try_from(index).unwrap_or_default();
        if list.len() <= at {
            self.slots += at + 1 - list.len();
            if self.slots > MAX_SLOTS {
                return (list, fault("lists are too large together"));
            }
            list.resize_with(at + 1, Traced::default);
        }
        if let Some(item) = list.get_mut(at) {
            *item = value.into();
        }
        (list, Ok(()))
    }

    /// The text up to one of the characters, and which. A backslash takes the next character for itself, except in
    /// literals; at the end of the text it is lost.
    fn until(&mut self, stops: &str) -> (String, Option<char>) {
        let literal = self.is_literal();
        let mut text = String::new();
        let mut chars = self.rest.chars();
        while let Some(c) = chars.next() {
            if stops.contains(c) {
                self.rest = chars.as_str();
                return (text, Some(c));
            }
            if c == '\\' && !literal {
                text.extend(chars.next());
            } else {
                text.push(c);
            }
        }
        self.rest = "";
        (text, None)
    }

    fn is_literal(&self) -> bool {
        matches!(self.reader, Reader::Literal)
    }
}

/// An empty key sets nothing.
fn set(values: &Map, key: String, value: Value) {
    if !key.is_empty() {
        values.set(key, value);
    }
}

/// Go's panic where a value is not of the type that the path needs.
fn not_a<T>(wanted: &str, value: &Value) -> Result<T, Stop> {
    let found = if value.is_nil() { "nil".to_owned() } else { type_name(value) };
    fault(format!("unable to parse key: interface conversion: interface {{}} is {found}, not {wanted}"))
}

/// Where the first JSON value of a text ends. Nothing where it has no end; the decoder finds other mistakes.
fn json_extent(text: &str) -> Option<usize> {
    let start = text.find(|c: char| !c.is_whitespace())?;
    let body = text.get(start..)?;
    let length = match body.chars().next()? {
        '{' | '[' => nested_extent(body)?,
        '"' => string_extent(body)?,
        't' | 'n' => 4.min(body.len()),
        'f' => 5.min(body.len()),
        _ => number_extent(body),
    };
    Some(start + length)
}

fn nested_extent(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        match rest.as_bytes().first()? {
            b'"' => {
                at += string_extent(rest)?;
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth == 1 => return Some(at + 1),
            b'}' | b']' => depth = depth.checked_sub(1)?,
            _ => {}
        }
        at += rest.chars().next().map_or(1, char::len_utf8);
    }
    None
}

fn string_extent(text: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// As far as the number goes: a leading zero is one by itself.
fn number_extent(text: &str) -> usize {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = |at: usize| text.get(at..).unwrap_or_default();
    let mut at = usize::from(text.starts_with('-'));
    at += if rest(at).starts_with('0') { 1 } else { digits(rest(at)) };
    if rest(at).starts_with('.') {
        at += 1 + digits(rest(at + 1));
    }
    if rest(at).starts_with(['e', 'E']) {
        at += 1 + usize::from(rest(at + 1).starts_with(['+', '-']));
        at += digits(rest(at));
    }
    at
}

#[cfg(test)]
mod tests {
    use super::super::Overrides;
    use crate::value::json::encode;
    use crate::value::{Map, Value};

    fn set(flag: &str, argument: &str) -> String {
        let arguments = vec![argument.to_owned()];
        let mut overrides = Overrides::default();
        match flag {
            "--set" => overrides.set = arguments,
            "--set-string" => overrides.set_string = arguments,
            "--set-json" => overrides.set_json = arguments,
            "--set-file" => overrides.set_file = arguments,
            _ => overrides.set_literal = arguments,
        }
        let mut read = |file: &str| match file {
            "f.txt" => Ok(b"hi".to_vec()),
            file => Err(format!("open {file}: no such file or directory")),
        };
        match overrides.merge(&mut read) {
            Ok(values) => encode(&Value::Map(values)).unwrap_or_default(),
            Err(error) => format!("Error: {error}"),
        }
    }

    #[test]
    fn arguments_mean_what_they_mean_to_helm() {
        for line in include_str!("testdata/set.tsv").lines().filter(|line| !line.starts_with('#')) {
            let [flag, argument, want] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
            assert_eq!(set(flag, argument), want, "{flag} {argument}");
        }
    }

    #[test]
    fn lists_are_bounded() {
        let deep = format!("a{}=1", "[0]".repeat(200));
        assert_eq!(set("--set", &deep), "Error: failed parsing --set data: lists are nested too deep");
        let deep = format!("a{}=1", "[0].b".repeat(200));
        assert_eq!(set("--set", &deep), "Error: failed parsing --set data: lists are nested too deep");
        let large = (0..20).map(|n| format!("a{n}[65536]=1")).collect::<Vec<_>>().join(",");
        assert_eq!(set("--set", &large), "Error: failed parsing --set data: lists are too large together");
    }

    #[test]
    fn later_kinds_win_and_maps_are_merged() {
        let overrides = Overrides {
            set: vec!["a.b=1".into(), "c=1".into()],
            set_string: vec!["c=2".into()],
            set_json: vec![r#"{"a":{"z":null},"c":0}"#.into()],
            ..Overrides::default()
        };
        let values = overrides.merge(&mut |_| Err(String::new())).unwrap_or_else(|_| Map::new());
        assert_eq!(encode(&Value::Map(values)).ok().as_deref(), Some(r#"{"a":{"b":1,"z":null},"c":"2"}"#));
    }
}
