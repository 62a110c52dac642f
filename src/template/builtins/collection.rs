//! `index`, `slice`, `len`.

use std::ops::Range;

use crate::template::call::{CallError, Context, Function, Int, Reflected, Rest};
use crate::template::origin::{entry_reads, missing_reads};
use crate::template::reflect::missing_element;
use crate::value::{List, Map, Text, Traced, UintKind, Value, format};

pub(super) fn functions() -> Vec<Function> {
    vec![
        Function::new("index", index)
            .doc("The element of a map, list or string at an index, and so on for each further index.")
            .example(r#"{{ index (list "a" "b") 1 }}"#, "b")
            .example(r#"{{ index (dict "a" (dict "b" 1)) "a" "b" }}"#, "1"),
        Function::new("slice", slice)
            .doc("The part of a string or list from one index to another.")
            .example("{{ len (slice (list 1 2 3) 1) }}", "2"),
        Function::new("len", len)
            .doc("The length of a string in bytes, or the number of elements of a list or map.")
            .example(r#"{{ len "abc" }}"#, "3"),
    ]
}

fn underlying(value: Value) -> Value {
    match &value {
        Value::Object(object) => object.underlying().unwrap_or(value),
        _ => value,
    }
}

/// The type behind a pointer, which `index` and `len` follow.
fn pointee(value: &Value) -> String {
    let name = format::type_name(value);
    name.strip_prefix('*').map_or_else(|| name.clone(), str::to_owned)
}

fn index(context: &mut dyn Context, item: Reflected, indexes: Rest<Reflected>) -> Result<Traced, CallError> {
    let Reflected(mut item) = item;
    if item.value.is_nil() {
        return Err("index of untyped nil".into());
    }
    for Reflected(index) in indexes.0 {
        let decides = context.trace().decides(index.reads);
        item = match underlying(item.value.clone()) {
            Value::Nil => return Err("index of nil pointer".into()),
            Value::List(list) => index_list(&list, &item, &index)?,
            Value::String(text) => index_string(&text, &item, &index)?,
            Value::Map(map) => index_map(context, &map, &item, &index)?,
            other => return Err(format!("can't index item of type {}", pointee(&other)).into()),
        };
        item.reads = context.trace().union(item.reads, decides);
    }
    Ok(item)
}

fn index_list(list: &List, item: &Traced, index: &Traced) -> Result<Traced, CallError> {
    let at = index_arg(&index.value, list.len())?;
    match list.items().get(at) {
        Some(element) => Ok(Traced::new(element.value.clone(), entry_reads(element.reads, item.reads))),
        None => Err(CallError::Panic("reflect: slice index out of range".to_owned())),
    }
}

fn index_string(text: &Text, item: &Traced, index: &Traced) -> Result<Traced, CallError> {
    let at = index_arg(&index.value, text.len())?;
    match text.as_bytes().get(at) {
        Some(byte) => Ok(Traced::new(Value::Uint(u64::from(*byte), UintKind::Uint8), item.reads)),
        None => Err(CallError::Panic("reflect: string index out of range".to_owned())),
    }
}

fn index_map(context: &mut dyn Context, map: &Map, item: &Traced, index: &Traced) -> Result<Traced, CallError> {
    let key = match &index.value {
        Value::String(key) => key.to_str(),
        Value::Nil => return Err("value is nil; should be of type string".into()),
        other => return Err(format!("value has type {}; should be string", format::type_name(other)).into()),
    };
    if let Some(entry) = map.get(&key) {
        return Ok(Traced::new(entry.value, entry_reads(entry.reads, item.reads)));
    }
    let reads = missing_reads(context.trace(), item.reads, map, &key);
    Ok(Traced::new(missing_element(map.kind()).value, reads))
}

/// An index as a number; it may be one past the end.
fn index_arg(index: &Value, len: usize) -> Result<usize, CallError> {
    let n = match index {
        Value::Int(n, _) => *n,
        Value::Uint(n, _) => n.cast_signed(),
        Value::Nil => return Err("cannot index slice/array with nil".into()),
        other => return Err(format!("cannot index slice/array with type {}", format::type_name(other)).into()),
    };
    usize::try_from(n).ok().filter(|&at| at <= len).ok_or_else(|| format!("index out of range: {n}").into())
}

fn slice(context: &mut dyn Context, item: Reflected, indexes: Rest<Reflected>) -> Result<Traced, CallError> {
    let Reflected(item) = item;
    let count = indexes.0.len();
    let sliced = match underlying(item.value.clone()) {
        Value::Nil => return Err("slice of untyped nil".into()),
        _ if count > 3 => return Err(format!("too many slice indexes: {count}").into()),
        Value::String(_) if count == 3 => return Err("cannot 3-index slice a string".into()),
        Value::String(text) => text.slice(slice_range(&indexes.0, text.len())?).into(),
        Value::List(list) => {
            let range = slice_range(&indexes.0, list.len())?;
            context.charge_steps(range.len() as u64)?;
            Value::List(List::of(list.kind(), list.items().get(range).unwrap_or_default().to_vec()))
        }
        other => return Err(format!("can't slice item of type {}", format::type_name(&other)).into()),
    };
    Ok(Traced { value: sliced, reads: item.reads })
}

fn slice_range(indexes: &[Reflected], len: usize) -> Result<Range<usize>, CallError> {
    let mut ends = [0, len, len];
    for (end, Reflected(index)) in ends.iter_mut().zip(indexes) {
        *end = index_arg(&index.value, len)?;
    }
    let [start, end, capacity] = ends;
    for (low, high) in [(start, end), (end, capacity)] {
        if low > high {
            return Err(format!("invalid slice index: {low} > {high}").into());
        }
    }
    Ok(start..end)
}

fn len(item: Reflected) -> Result<Int, String> {
    let len = match underlying(item.0.value) {
        Value::String(text) => text.len(),
        Value::List(list) => list.len(),
        Value::Map(map) => map.len(),
        Value::Nil => return Err("len of nil pointer".to_owned()),
        other => return Err(format!("len of type {}", pointee(&other))),
    };
    Ok(Int(i64::try_from(len).unwrap_or(i64::MAX)))
}
