//! Values files, and the layers of values that a user gives.

use super::decode::yaml;
use crate::value::{Map, Value};

/// Reads a values file: all its documents, one merged over the other.
pub(super) fn load_values(data: &[u8]) -> Result<Map, String> {
    let mut values = Map::new();
    for document in documents(data) {
        let cannot = |cause: String| format!("cannot unmarshal yaml document: {cause}");
        let read = match yaml(&document).map_err(cannot)? {
            Value::Nil => Map::new(),
            Value::Map(map) => map,
            other => return Err(cannot(not_a_map(&other))),
        };
        values = merge_maps(&values, &read, 0);
    }
    Ok(values)
}

fn not_a_map(value: &Value) -> String {
    let found = match value {
        Value::Bool(_) => "bool",
        Value::String(_) => "string",
        Value::List(_) => "array",
        _ => "number",
    };
    format!(
        "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal {found} into Go value of type \
         map[string]interface {{}}"
    )
}

/// The documents of a file as Kubernetes' reader splits it: at lines of `---`. Lines end in `\n`, the last one too.
fn documents(data: &[u8]) -> Vec<Vec<u8>> {
    let mut documents = Vec::new();
    let mut current: Vec<u8> = Vec::new();
    let body = data.strip_suffix(b"\n").unwrap_or(data);
    let lines = if data.is_empty() { None } else { Some(body.split(|&byte| byte == b'\n')) };
    for line in lines.into_iter().flatten() {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if is_separator(line) && !current.is_empty() {
            documents.push(std::mem::take(&mut current));
            continue;
        }
        current.extend_from_slice(line);
        current.push(b'\n');
    }
    if !current.is_empty() {
        documents.push(current);
    }
    documents
}

/// Three dashes, then nothing but a comment.
fn is_separator(line: &[u8]) -> bool {
    line.strip_prefix(b"---").is_some_and(|after| {
        let after = String::from_utf8_lossy(after);
        let after = after.trim();
        after.is_empty() || after.starts_with('#')
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
