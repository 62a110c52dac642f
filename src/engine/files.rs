//! `.Files`: the files of a chart that are neither templates nor known to Helm.

use std::any::Any;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::convert::yaml_or_nothing;
use super::glob::Glob;
use crate::source::FileBytes;
use crate::value::{List, ListKind, Map, MapKind, Object, Signature, Text, Traced, Type, UintKind, Value};

/// The files by name. In Go a map of byte slices with methods.
#[derive(Debug, Default)]
pub struct ChartFiles(BTreeMap<Rc<str>, Rc<Entry>>);

#[derive(Debug)]
struct Entry {
    bytes: FileBytes,
    /// The bytes as a list, made when a template first asks for it.
    list: OnceCell<List>,
}

impl Entry {
    fn text(&self) -> Text {
        Text::new(Rc::clone(self.bytes.shared()))
    }

    fn list(&self) -> List {
        self.list.get_or_init(|| bytes(&self.bytes)).clone()
    }
}

fn bytes(bytes: &[u8]) -> List {
    let byte = |byte: &u8| Traced::from(Value::Uint((*byte).into(), UintKind::Uint8));
    List::of(ListKind::Byte, bytes.iter().map(byte).collect())
}

impl ChartFiles {
    /// Files of their names and contents.
    pub fn new(files: impl IntoIterator<Item = (Rc<str>, FileBytes)>) -> Self {
        let entry = |(name, bytes)| (name, Rc::new(Entry { bytes, list: OnceCell::new() }));
        Self(files.into_iter().map(entry).collect())
    }

    fn glob(&self, pattern: &str) -> Self {
        let glob = Glob::new(pattern);
        let matching = self.0.iter().filter(|(name, _)| glob.matches(name));
        Self(matching.map(|(name, entry)| (Rc::clone(name), Rc::clone(entry))).collect())
    }

    /// The lines of a file, without a newline at its end. Helm fails on an empty file.
    fn lines(&self, name: &str) -> Result<Vec<Traced>, String> {
        let Some(entry) = self.0.get(name) else { return Ok(Vec::new()) };
        if entry.bytes.is_empty() {
            return Err("runtime error: index out of range [-1]".to_owned());
        }
        let content = entry.bytes.strip_suffix(b"\n").unwrap_or(&entry.bytes);
        Ok(content.split(|&byte| byte == b'\n').map(|line| Value::String(Text::new(line)).into()).collect())
    }

    /// The contents under the last parts of the names, as YAML.
    fn as_yaml(&self, content: impl Fn(&Entry) -> Text) -> Value {
        let map = Map::of(MapKind::String);
        for (name, entry) in &self.0 {
            map.set(base(name), Value::String(content(entry)));
        }
        yaml_or_nothing(Value::Map(map)).into()
    }
}

/// The last part of a path, as Go's `path.Base` has it.
fn base(path: &str) -> &str {
    match path.trim_end_matches('/') {
        "" if path.is_empty() => ".",
        "" => "/",
        trimmed => trimmed.rsplit('/').next().unwrap_or(trimmed),
    }
}

impl Object for ChartFiles {
    fn type_name(&self) -> &'static str {
        "engine.files"
    }

    fn kind(&self) -> &'static str {
        "map"
    }

    fn method(&self, name: &str) -> Option<Signature> {
        let params = match name {
            "Get" | "GetBytes" | "Glob" | "Lines" => vec![Type::String],
            "AsConfig" | "AsSecrets" => Vec::new(),
            _ => return None,
        };
        Some(Signature { params, variadic: None })
    }

    fn call(&self, method: &str, args: &[Traced]) -> Result<Value, String> {
        let arg = args.first().and_then(|arg| arg.value.as_text()).cloned().unwrap_or_default();
        let name = arg.to_str();
        let entry = self.0.get(&*name);
        Ok(match method {
            "Get" => entry.map(|entry| entry.text()).unwrap_or_default().into(),
            "GetBytes" => entry.map_or_else(|| bytes(&[]), |entry| entry.list()).into(),
            "Glob" => Value::Object(Rc::new(self.glob(&name))),
            "Lines" => List::of(ListKind::String, self.lines(&name)?).into(),
            "AsConfig" => self.as_yaml(Entry::text),
            "AsSecrets" => self.as_yaml(|entry| super::base64::encode(&entry.bytes).into()),
            other => return Err(format!("no method {other}")),
        })
    }

    fn underlying(&self) -> Option<Value> {
        let map = Map::of(MapKind::Named("engine.files"));
        for (name, entry) in &self.0 {
            map.set(Rc::clone(name), Value::List(entry.list()));
        }
        Some(Value::Map(map))
    }

    /// `map[NAME:[104 105] …]`, as Go prints bytes. Charts that print their whole dot print megabytes of it.
    fn display(&self) -> String {
        let mut out = String::from("map[");
        for (at, (name, entry)) in self.0.iter().enumerate() {
            out.push_str(if at > 0 { " " } else { "" });
            out.push_str(name);
            out.push_str(":[");
            for (at, byte) in entry.bytes.iter().enumerate() {
                out.push_str(if at > 0 { " " } else { "" });
                push_decimal(&mut out, *byte);
            }
            out.push(']');
        }
        out.push(']');
        out
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn push_decimal(out: &mut String, byte: u8) {
    for (place, least) in [(100, 100), (10, 10), (1, 0)] {
        if byte >= least {
            out.push(char::from(b'0' + byte / place % 10));
        }
    }
}
