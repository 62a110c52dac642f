//! Sprig's [list functions](https://masterminds.github.io/sprig/lists.html). Items keep what they were read from.

use super::cast::to_int;
use super::defaults::is_empty;
use super::equal::deep_equal;
use super::reflection::kind;
use crate::template::{CallError, Context, Function, Int, Rest};
use crate::value::{List, ListKind, Traced, Value};

pub(super) fn functions() -> Vec<Function> {
    [making(), taking(), choosing()].into_iter().flatten().collect()
}

fn making() -> Vec<Function> {
    vec![
        Function::new("list", list).doc("A list of values.").example("{{ list 1 \"a\" }}", "[1 a]"),
        Function::new("tuple", list).doc("The old name of `list`.").example("{{ tuple 1 2 }}", "[1 2]"),
        Function::new("append", append).doc("The list and one more item.").example("{{ append (list 1) 2 }}", "[1 2]"),
        Function::new("mustAppend", append)
            .doc("The same as `append`.")
            .example("{{ mustAppend (list 1) 2 }}", "[1 2]"),
        Function::new("push", append).doc("The same as `append`.").example("{{ push (list 1) 2 }}", "[1 2]"),
        Function::new("mustPush", append).doc("The same as `append`.").example("{{ mustPush (list 1) 2 }}", "[1 2]"),
        Function::new("prepend", prepend)
            .doc("One more item, then the list.")
            .example("{{ prepend (list 1 2) 0 }}", "[0 1 2]"),
        Function::new("mustPrepend", prepend)
            .doc("The same as `prepend`.")
            .example("{{ mustPrepend (list 1 2) 0 }}", "[0 1 2]"),
        Function::new("concat", concat)
            .doc("The items of several lists in one.")
            .example("{{ concat (list 1) (list 2 3) }}", "[1 2 3]"),
        Function::new("chunk", chunk)
            .doc("The list in lists of a length.")
            .example("{{ chunk 2 (list 1 2 3) }}", "[[1 2] [3]]"),
        Function::new("mustChunk", chunk)
            .doc("The same as `chunk`.")
            .example("{{ mustChunk 2 (list 1 2 3) }}", "[[1 2] [3]]"),
        Function::new("reverse", reverse).doc("The list backwards.").example("{{ reverse (list 1 2 3) }}", "[3 2 1]"),
        Function::new("mustReverse", reverse)
            .doc("The same as `reverse`.")
            .example("{{ mustReverse (list 1 2 3) }}", "[3 2 1]"),
    ]
}

fn taking() -> Vec<Function> {
    vec![
        Function::new("first", first).doc("The first item.").example("{{ first (list 1 2 3) }}", "1"),
        Function::new("mustFirst", first).doc("The same as `first`.").example("{{ mustFirst (list 1 2) }}", "1"),
        Function::new("last", last).doc("The last item.").example("{{ last (list 1 2 3) }}", "3"),
        Function::new("mustLast", last).doc("The same as `last`.").example("{{ mustLast (list 1 2) }}", "2"),
        Function::new("rest", rest).doc("All but the first item.").example("{{ rest (list 1 2 3) }}", "[2 3]"),
        Function::new("mustRest", rest).doc("The same as `rest`.").example("{{ mustRest (list 1 2) }}", "[2]"),
        Function::new("initial", initial).doc("All but the last item.").example("{{ initial (list 1 2 3) }}", "[1 2]"),
        Function::new("mustInitial", initial)
            .doc("The same as `initial`.")
            .example("{{ mustInitial (list 1 2) }}", "[1]"),
        Function::new("slice", slice)
            .doc("The items from an index up to, not including, another.")
            .example("{{ slice (list 1 2 3) 1 }} {{ slice (list 1 2 3) 0 2 }}", "[2 3] [1 2]"),
        Function::new("mustSlice", slice)
            .doc("The same as `slice`.")
            .example("{{ mustSlice (list 1 2 3) 1 2 }}", "[2]"),
    ]
}

fn choosing() -> Vec<Function> {
    vec![
        Function::new("has", has).doc("Whether a list has an item.").example("{{ has 2 (list 1 2) }}", "true"),
        Function::new("mustHas", has).doc("The same as `has`.").example("{{ mustHas 3 (list 1 2) }}", "false"),
        Function::new("compact", compact)
            .doc("The items that aren't empty.")
            .example("{{ compact (list 1 \"\" 0 \"a\") }}", "[1 a]"),
        Function::new("mustCompact", compact)
            .doc("The same as `compact`.")
            .example("{{ mustCompact (list 1 \"\") }}", "[1]"),
        Function::new("uniq", uniq).doc("Every item once.").example("{{ uniq (list 1 2 1) }}", "[1 2]"),
        Function::new("mustUniq", uniq).doc("The same as `uniq`.").example("{{ mustUniq (list 1 2 1) }}", "[1 2]"),
        Function::new("without", without)
            .doc("The items that aren't among the other arguments.")
            .example("{{ without (list 1 2 3) 2 }}", "[1 3]"),
        Function::new("mustWithout", without)
            .doc("The same as `without`.")
            .example("{{ mustWithout (list 1 2 3) 2 }}", "[1 3]"),
    ]
}

/// The list in a value that Go finds by reflection; Go's error says what can't be done.
fn items(value: &Value, cannot: &str) -> Result<List, CallError> {
    match value {
        Value::Nil => {
            Err(CallError::Panic("runtime error: invalid memory address or nil pointer dereference".to_owned()))
        }
        Value::List(list) => Ok(list.clone()),
        Value::Object(object) => match object.underlying() {
            Some(Value::List(list)) => Ok(list),
            _ => Err(format!("{cannot} {}", kind(value)).into()),
        },
        _ => Err(format!("{cannot} {}", kind(value)).into()),
    }
}

/// What several items take is charged before they are copied.
fn copied(cx: &mut dyn Context, items: &[Traced]) -> Result<Vec<Traced>, CallError> {
    cx.charge_steps(items.len() as u64)?;
    cx.charge_bytes(size_of_val(items) as u64)?;
    Ok(items.to_vec())
}

fn list(items: Rest<Traced>) -> List {
    List::new(items.0)
}

fn append(cx: &mut dyn Context, list: Value, item: Traced) -> Result<List, CallError> {
    let mut items = copied(cx, items(&list, "Cannot push on type")?.items())?;
    items.push(item);
    Ok(List::new(items))
}

fn prepend(cx: &mut dyn Context, list: Value, item: Traced) -> Result<List, CallError> {
    let mut items = copied(cx, items(&list, "Cannot prepend on type")?.items())?;
    items.insert(0, item);
    Ok(List::new(items))
}

fn concat(cx: &mut dyn Context, lists: Rest<Value>) -> Result<List, CallError> {
    let mut all = Vec::new();
    for value in &lists.0 {
        let list = match items(value, "") {
            Err(CallError::Message(_)) => {
                return Err(CallError::Panic(format!("Cannot concat type {} as list", kind(value))));
            }
            list => list?,
        };
        all.extend(copied(cx, list.items())?);
    }
    Ok(if all.is_empty() { List::nil(ListKind::Any) } else { List::new(all) })
}

fn chunk(cx: &mut dyn Context, size: Int, list: Value) -> Result<List, CallError> {
    let list = items(&list, "Cannot chunk type")?;
    let items = copied(cx, list.items())?;
    let magnitude = usize::try_from(size.0.unsigned_abs()).unwrap_or(usize::MAX);
    let chunks: Vec<List> = match items.len() {
        _ if size.0 > 0 => items.chunks(magnitude).map(|chunk| List::new(chunk.to_vec())).collect(),
        // What floating-point numbers make of a negative size in the original.
        1 if size.0 < -1 => vec![List::new(items)],
        len @ 2.. if size.0 < 0 && len - 2 < magnitude => Vec::new(),
        _ => return Err(CallError::Panic("runtime error: makeslice: len out of range".to_owned())),
    };
    Ok(List::of(ListKind::Named("[][]interface {}"), chunks.into_iter().map(Traced::from).collect()))
}

fn reverse(cx: &mut dyn Context, list: Value) -> Result<List, CallError> {
    let mut items = copied(cx, items(&list, "Cannot find reverse on type")?.items())?;
    items.reverse();
    Ok(List::new(items))
}

/// An item, or nil where the list has none. It was read where it was read; the list only led to it.
fn item(list: &Traced, item: Option<&Traced>) -> Traced {
    item.cloned().unwrap_or(Traced { value: Value::Nil, reads: list.reads })
}

fn first(list: Traced) -> Result<Traced, CallError> {
    let found = items(&list.value, "Cannot find first on type")?;
    Ok(item(&list, found.items().first()))
}

fn last(list: Traced) -> Result<Traced, CallError> {
    let found = items(&list.value, "Cannot find last on type")?;
    Ok(item(&list, found.items().last()))
}

fn rest(cx: &mut dyn Context, list: Value) -> Result<List, CallError> {
    let list = items(&list, "Cannot find rest on type")?;
    let Some((_, rest)) = list.items().split_first() else { return Ok(List::nil(ListKind::Any)) };
    Ok(List::new(copied(cx, rest)?))
}

fn initial(cx: &mut dyn Context, list: Value) -> Result<List, CallError> {
    let list = items(&list, "Cannot find initial on type")?;
    let Some((_, initial)) = list.items().split_last() else { return Ok(List::nil(ListKind::Any)) };
    Ok(List::new(copied(cx, initial)?))
}

fn slice(cx: &mut dyn Context, list: Value, bounds: Rest<Value>) -> Result<Value, CallError> {
    let list = items(&list, "list should be type of slice or array but")?;
    if list.is_empty() {
        return Ok(Value::Nil);
    }
    let index = |at: usize| bounds.0.get(at).map(|bound| usize::try_from(to_int(bound)));
    let found = match (index(0).unwrap_or(Ok(0)), index(1).unwrap_or(Ok(list.len()))) {
        (Ok(start), Ok(end)) => list.items().get(start..end),
        _ => None,
    };
    let found = found.ok_or_else(|| CallError::Panic("reflect.Value.Slice: slice index out of bounds".to_owned()))?;
    Ok(List::of(list.kind(), copied(cx, found)?).into())
}

fn is_among(cx: &mut dyn Context, items: &[Traced], value: &Value) -> Result<bool, CallError> {
    cx.charge_steps(items.len() as u64)?;
    Ok(items.iter().any(|item| deep_equal(value, &item.value)))
}

fn has(cx: &mut dyn Context, needle: Value, list: Value) -> Result<bool, CallError> {
    if list.is_nil() {
        return Ok(false);
    }
    let list = items(&list, "Cannot find has on type")?;
    is_among(cx, list.items(), &needle)
}

fn compact(cx: &mut dyn Context, list: Value) -> Result<List, CallError> {
    let items = copied(cx, items(&list, "Cannot compact on type")?.items())?;
    Ok(List::new(items.into_iter().filter(|item| !is_empty(&item.value)).collect()))
}

fn uniq(cx: &mut dyn Context, list: Value) -> Result<List, CallError> {
    let list = items(&list, "Cannot find uniq on type")?;
    let mut kept: Vec<Traced> = Vec::new();
    for item in list.items() {
        if !is_among(cx, &kept, &item.value)? {
            kept.push(item.clone());
        }
    }
    Ok(List::new(kept))
}

fn without(cx: &mut dyn Context, list: Value, omitted: Rest<Traced>) -> Result<List, CallError> {
    let list = items(&list, "Cannot find without on type")?;
    let mut kept = Vec::new();
    for item in list.items() {
        if !is_among(cx, &omitted.0, &item.value)? {
            kept.push(item.clone());
        }
    }
    Ok(List::new(kept))
}
