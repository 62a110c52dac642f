//! dario.cat/mergo's merging of maps, as far as Sprig asks for it.

use super::defaults::is_empty;
use crate::template::{CallError, Context};
use crate::value::{Map, MapKind, Traced, Value};

/// What happens to a key that both maps have.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Conflict {
    /// It stays, unless it is empty.
    Keep,
    /// The other map's value replaces it, empty or not.
    Overwrite,
}

/// Maps inside each other that are merged.
const DEEPEST: usize = 1000;

/// Merges `from` into `into`. Maps inside of maps are merged in place; whatever else is taken over is shared.
pub(super) fn merge(cx: &mut dyn Context, into: &Map, from: &Map, conflict: Conflict) -> Result<(), CallError> {
    merge_at(cx, into, from, conflict, 0)
}

fn merge_at(cx: &mut dyn Context, into: &Map, from: &Map, conflict: Conflict, depth: usize) -> Result<(), CallError> {
    if depth > DEEPEST {
        return Err(format!("stopped at {DEEPEST} maps inside each other").into());
    }
    cx.charge_steps(from.len() as u64)?;
    for (key, theirs) in from.entries() {
        let ours = into.get(&key);
        if theirs.value.is_nil() {
            if conflict == Conflict::Overwrite {
                put(into, &key, theirs)?;
            }
            continue;
        }
        if let (Value::Map(theirs), Some(Value::Map(ours))) = (&theirs.value, ours.as_ref().map(|ours| &ours.value)) {
            merge_at(cx, ours, theirs, conflict, depth + 1)?;
            if !ours.is_empty() {
                continue;
            }
        }
        // A list that replaces one was put in its place before mergo comes to this question.
        let is_free = ours.as_ref().is_none_or(|ours| is_empty(&ours.value));
        if is_free || conflict == Conflict::Overwrite {
            put(into, &key, theirs)?;
        }
    }
    Ok(())
}

/// Go refuses values of another type in a map of texts.
fn put(into: &Map, key: &str, value: Traced) -> Result<(), CallError> {
    if into.kind() == MapKind::String && !matches!(value.value, Value::String(_)) {
        let message = "reflect.Value.SetMapIndex: value of type interface {} is not assignable to type string";
        return Err(CallError::Panic(message.to_owned()));
    }
    into.set(key, value);
    Ok(())
}
