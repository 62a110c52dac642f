//! What is different between the JSON of two whole links. `null` takes something away; of an object, such as the files,
//! only the entries that differ are there; and in such an object `[at, bytes, "text"]` puts a text in place of so many
//! bytes. Frozen with version 1.

use serde_json::{Map, Value, json};

/// What has to be told of one so that whoever has the other can put it together.
pub(super) fn difference(ours: Map<String, Value>, theirs: &Map<String, Value>) -> Map<String, Value> {
    changed(ours, theirs, |ours, theirs| match (ours, theirs) {
        (Value::Object(ours), Some(Value::Object(theirs))) => changed(ours, theirs, edited).into(),
        (ours, _) => ours,
    })
}

/// The entries that differ, told by `tell`; those that are gone as `null`.
fn changed(
    ours: Map<String, Value>,
    theirs: &Map<String, Value>,
    tell: impl Fn(Value, Option<&Value>) -> Value,
) -> Map<String, Value> {
    let gone: Vec<String> = theirs.keys().filter(|key| !ours.contains_key(*key)).cloned().collect();
    let gone = gone.into_iter().map(|key| (key, Value::Null));
    let differing = ours.into_iter().filter(|(key, value)| theirs.get(key) != Some(value));
    let differing = differing.map(|(key, value)| {
        let told = tell(value, theirs.get(&key));
        (key, told)
    });
    gone.chain(differing).collect()
}

/// An edited text as the edit.
fn edited(after: Value, before: Option<&Value>) -> Value {
    match (&after, before) {
        (Value::String(after), Some(Value::String(before))) => edit(before, after),
        _ => after,
    }
}

/// What stands between the texts' common beginning and their common end.
fn edit(before: &str, after: &str) -> Value {
    let alike = |pairs: &mut dyn Iterator<Item = (char, char)>| -> usize {
        pairs.take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum()
    };
    let start = alike(&mut before.chars().zip(after.chars()));
    let (before, after) = (before.get(start..).unwrap_or_default(), after.get(start..).unwrap_or_default());
    let end = alike(&mut before.chars().rev().zip(after.chars().rev()));
    json!([start, before.len() - end, after.get(..after.len() - end).unwrap_or_default()])
}

/// Puts changes in; `None` where they don't fit.
pub(super) fn apply(fields: &mut Map<String, Value>, changes: Map<String, Value>) -> Option<()> {
    for (key, change) in changes {
        match (change, fields.get_mut(&key)) {
            (Value::Null, _) => drop(fields.remove(&key)),
            (Value::Object(entries), Some(Value::Object(inside))) => apply_entries(inside, entries)?,
            (whole, _) => drop(fields.insert(key, whole)),
        }
    }
    Some(())
}

fn apply_entries(inside: &mut Map<String, Value>, entries: Map<String, Value>) -> Option<()> {
    for (key, change) in entries {
        match change {
            Value::Null => drop(inside.remove(&key)),
            Value::Array(edit) => {
                let after = after_edit(inside.get(&key)?.as_str()?, &edit)?;
                inside.insert(key, after.into());
            }
            whole => drop(inside.insert(key, whole)),
        }
    }
    Some(())
}

fn after_edit(before: &str, edit: &[Value]) -> Option<String> {
    let [start, removed, text] = edit else { return None };
    let number = |value: &Value| usize::try_from(value.as_u64()?).ok();
    let start = number(start)?;
    let end = before.get(start.checked_add(number(removed)?)?..)?;
    Some([before.get(..start)?, text.as_str()?, end].concat())
}
