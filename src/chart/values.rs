//! Values files, and the layers of values that a user gives.

use std::borrow::Cow;
use std::rc::Rc;

use super::decode::Fault;
use super::set::{Reader, parse_into};
use super::{Error, ErrorKind, SetFlag};
use crate::helm::Helm;
use crate::source::ReadsId;
use crate::value::format::parse_int;
use crate::value::json::decode;
use crate::value::{Map, Value};
use crate::yaml;

/// The user's values: what stands on Helm's command line. Later entries of a kind win over earlier ones, later kinds
/// over earlier ones, wherever they stood on the line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overrides {
    /// `-f`: names and contents.
    pub files: Vec<(String, Rc<[u8]>)>,
    /// `--set-json`
    pub set_json: Vec<String>,
    /// `--set`
    pub set: Vec<String>,
    /// `--set-string`
    pub set_string: Vec<String>,
    /// `--set-file`
    pub set_file: Vec<String>,
    /// `--set-literal`
    pub set_literal: Vec<String>,
    /// The Helm that reads them.
    pub helm: Helm,
}

impl Overrides {
    /// Puts the layers together. `read_file` gives the content of a file that `--set-file` names, or an error in
    /// Go's words (`open x: no such file or directory`).
    pub fn merge(&self, read_file: &mut dyn FnMut(&str) -> Result<Vec<u8>, String>) -> Result<Map, Error> {
        let mut values = Map::new();
        for (file, data) in &self.files {
            let fault = |fault: Fault| ErrorKind::ValuesFile { file: file.clone(), cause: fault.message };
            values = merge_maps(&values, &load_values(data, self.helm).map_err(fault)?, 0);
        }
        for argument in &self.set_json {
            values = set_json(argument, values, self.helm)?;
        }
        let mut set = |arguments: &[String], flag: SetFlag| {
            arguments.iter().try_for_each(|argument| {
                let reader = match flag {
                    SetFlag::Set => Reader::Typed,
                    SetFlag::File => Reader::File(read_file),
                    SetFlag::Literal => Reader::Literal,
                    _ => Reader::Text,
                };
                parse_into(argument, &values, reader, self.helm)
                    .map_err(|cause| Error::from(ErrorKind::Set { flag, cause }))
            })
        };
        set(&self.set, SetFlag::Set)?;
        set(&self.set_string, SetFlag::String)?;
        set(&self.set_file, SetFlag::File)?;
        set(&self.set_literal, SetFlag::Literal)?;
        Ok(values)
    }
}

/// An object is merged as a whole, though not by Helm 3; anything else is read as `key=json`.
fn set_json(argument: &str, values: Map, helm: Helm) -> Result<Map, Error> {
    let fault = |flag| ErrorKind::Set { flag, cause: argument.to_owned() };
    let trimmed = argument.trim();
    if helm.is_three() || !trimmed.starts_with('{') {
        parse_into(argument, &values, Reader::Json, helm).map_err(|_| fault(SetFlag::Json))?;
        return Ok(values);
    }
    match decode(trimmed.as_bytes(), ReadsId::NONE) {
        Ok(Value::Map(map)) => Ok(merge_maps(&values, &map, 0)),
        _ => Err(fault(SetFlag::JsonObject).into()),
    }
}

/// What `--set` makes of a text: booleans, null, and integers that don't begin with a zero. All else stays text.
pub(super) fn typed_text(text: String) -> Value {
    let is = |word: &str| text.eq_ignore_ascii_case(word);
    if is("true") || is("false") {
        return Value::Bool(is("true"));
    }
    if is("null") {
        return Value::Nil;
    }
    if text == "0" {
        return Value::int64(0);
    }
    match parse_int(text.as_bytes(), 10) {
        Ok(n) if !text.starts_with('0') => Value::int64(n),
        _ => Value::from(text),
    }
}

/// Reads a values file: all its documents, one merged over the other. Helm 3 reads the first.
pub(super) fn load_values(data: &[u8], helm: Helm) -> Result<Map, Fault> {
    if helm.is_three() {
        return Ok(yaml::decode(data).and_then(yaml::expect_map)?);
    }
    let mut values = Map::new();
    let mut lines = Lines { data, at: 0 };
    loop {
        let start = lines.at;
        let document = lines.next_document().map_err(|cause| format!("error reading yaml document: {cause}"))?;
        let Some(document) = document else { return Ok(values) };
        let read = yaml::decode(&document).and_then(yaml::expect_map).map_err(|error| {
            // The bytes are those of the file as long as its lines end in a newline alone.
            let at = start + error.span.start..start + error.span.end;
            Fault { message: format!("cannot unmarshal yaml document: {error}"), at }
        })?;
        values = if values.is_empty() { read } else { merge_maps(&values, &read, 0) };
    }
}

/// A file as Kubernetes' reader splits it: at lines of `---`. Lines end in `\n`, the last one too.
struct Lines<'a> {
    data: &'a [u8],
    at: usize,
}

impl<'a> Lines<'a> {
    fn next_line(&mut self) -> Option<&'a [u8]> {
        let rest = self.data.get(self.at..).filter(|rest| !rest.is_empty())?;
        let line = rest.split(|&byte| byte == b'\n').next()?;
        self.at += line.len() + 1;
        Some(line.strip_suffix(b"\r").unwrap_or(line))
    }

    fn next_document(&mut self) -> Result<Option<Cow<'a, [u8]>>, String> {
        let mut start = None;
        let mut end = self.at;
        while let Some(line) = self.next_line() {
            if let Some(after) = line.strip_prefix(b"---") {
                let after = String::from_utf8_lossy(after);
                let after = after.trim();
                if !after.is_empty() && !after.starts_with('#') {
                    return Err(format!("invalid Yaml document separator: {after}"));
                }
                if start.is_some() {
                    break;
                }
            }
            start.get_or_insert(end);
            end = self.at;
        }
        let lines = start.and_then(|start| self.data.get(start..end.min(self.data.len())));
        Ok(lines.map(with_line_ends))
    }
}

/// Lines as they stand where all of them end in `\n` already.
fn with_line_ends(lines: &[u8]) -> Cow<'_, [u8]> {
    if lines.ends_with(b"\n") && !lines.contains(&b'\r') {
        return Cow::Borrowed(lines);
    }
    let mut document = Vec::with_capacity(lines.len() + 1);
    let mut lines = Lines { data: lines, at: 0 };
    while let Some(line) = lines.next_line() {
        document.extend_from_slice(line);
        document.push(b'\n');
    }
    Cow::Owned(document)
}

/// The documents of a stream as Kubernetes' reader cuts it, up to the first separator that it refuses.
pub fn yaml_documents(data: &[u8]) -> impl Iterator<Item = Result<Cow<'_, [u8]>, String>> {
    let mut lines = Lines { data, at: 0 };
    let mut is_over = false;
    std::iter::from_fn(move || {
        if is_over {
            return None;
        }
        let next = lines.next_document().transpose();
        is_over = !matches!(next, Some(Ok(_)));
        next
    })
}

/// How deep maps are merged; deeper ones are replaced whole.
pub(super) const MAX_DEPTH: usize = 1000;

/// `over` merged over `under`: tables key by key, all else replaced. Neither is changed.
pub(super) fn merge_maps(under: &Map, over: &Map, depth: usize) -> Map {
    let merged = under.shallow_copy();
    for (key, entry) in over.entries() {
        let value = match (merged.value(&key), &entry.value) {
            (Some(Value::Map(below)), Value::Map(above)) if depth < MAX_DEPTH => {
                Value::Map(merge_maps(&below, above, depth + 1))
            }
            _ => entry.value,
        };
        merged.set(key, value);
    }
    merged
}
