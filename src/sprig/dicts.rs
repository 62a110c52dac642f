//! Sprig's [dictionary functions](https://masterminds.github.io/sprig/dicts.html). Slots keep what they were read
//! from; `set`, `unset` and `merge` change their argument.

use super::conversion::{strings, strval};
use super::merge::{Conflict, merge as merge_into};
use crate::source::ReadsId;
use crate::template::{Argument, CallError, Context, Function, Rest, missing_reads};
use crate::value::format::type_name;
use crate::value::{List, Map, MapKind, Text, Traced, Type, Value};

pub(super) fn functions() -> Vec<Function> {
    [making(), reading()].into_iter().flatten().collect()
}

fn making() -> Vec<Function> {
    vec![
        Function::new("dict", dict)
            .doc("A map of keys and values in turn.")
            .example("{{ dict \"a\" 1 \"b\" 2 }}", "map[a:1 b:2]"),
        Function::new("set", set)
            .doc("Sets a key in a map, and returns the map.")
            .example("{{ $d := dict \"a\" 1 }}{{ $_ := set $d \"b\" 2 }}{{ $d }}", "map[a:1 b:2]"),
        Function::new("unset", unset)
            .doc("Removes a key from a map, and returns the map.")
            .example("{{ unset (dict \"a\" 1 \"b\" 2) \"a\" }}", "map[b:2]"),
        Function::new("merge", merge)
            .doc("Adds what is missing or empty in the first map from the others.")
            .example("{{ merge (dict \"a\" 1) (dict \"a\" 2 \"b\" 3) }}", "map[a:1 b:3]"),
        Function::new("mustMerge", merge)
            .doc("The same as `merge`.")
            .example("{{ mustMerge (dict \"a\" 1) (dict \"b\" 3) }}", "map[a:1 b:3]"),
        Function::new("mergeOverwrite", merge_overwrite)
            .doc("Puts into the first map what the others have.")
            .example("{{ mergeOverwrite (dict \"a\" 1) (dict \"a\" 2 \"b\" 3) }}", "map[a:2 b:3]"),
        Function::new("mustMergeOverwrite", merge_overwrite)
            .doc("The same as `mergeOverwrite`.")
            .example("{{ mustMergeOverwrite (dict \"a\" 1) (dict \"a\" 2) }}", "map[a:2]"),
        Function::new("pick", pick)
            .doc("A map of some keys of another.")
            .example("{{ pick (dict \"a\" 1 \"b\" 2) \"a\" }}", "map[a:1]"),
        Function::new("omit", omit)
            .doc("A map without some keys of another.")
            .example("{{ omit (dict \"a\" 1 \"b\" 2) \"a\" }}", "map[b:2]"),
        Function::new("deepCopy", deep_copy)
            .doc("A copy of a value, all the way down.")
            .example("{{ deepCopy (dict \"a\" (list 1)) }}", "map[a:[1]]"),
        Function::new("mustDeepCopy", deep_copy)
            .doc("The same as `deepCopy`.")
            .example("{{ mustDeepCopy (list 1) }}", "[1]"),
    ]
}

fn reading() -> Vec<Function> {
    vec![
        Function::new("get", get)
            .doc("The value of a key; an empty text where there is none.")
            .example("{{ get (dict \"a\" 1) \"a\" }}", "1"),
        Function::new("hasKey", has_key)
            .doc("Whether a map has a key.")
            .example("{{ hasKey (dict \"a\" nil) \"a\" }}", "true"),
        Function::new("dig", dig)
            .doc("The value at a path of keys; the last but one argument where there is none.")
            .example("{{ dig \"a\" \"b\" \"none\" (dict \"a\" (dict \"b\" 1)) }}", "1")
            .example("{{ dig \"a\" \"x\" \"none\" (dict \"a\" (dict \"b\" 1)) }}", "none"),
        Function::new("pluck", pluck)
            .doc("The values of a key in several maps.")
            .example("{{ pluck \"a\" (dict \"a\" 1) (dict \"a\" 2) }}", "[1 2]"),
        Function::new("keys", keys)
            .doc("The keys of maps. Go has them in random order, we in that of the alphabet.")
            .example("{{ keys (dict \"b\" 1 \"a\" 2) | sortAlpha }}", "[a b]"),
        Function::new("values", values)
            .doc("The values of a map, in the order of its keys; in Go in random order.")
            .example("{{ values (dict \"a\" 1) }}", "[1]"),
    ]
}

/// A map that may be nil, as Go tells them apart when it writes.
struct Writable(Option<Map>);

impl Argument for Writable {
    const TYPE: Type = Type::Map(MapKind::Any);
    fn from_traced(arg: Traced) -> Option<Self> {
        if arg.value.is_nil() { Some(Self(None)) } else { Map::from_traced(arg).map(|map| Self(Some(map))) }
    }
}

/// A map and what it was read from.
struct Readable {
    map: Map,
    reads: ReadsId,
}

impl Argument for Readable {
    const TYPE: Type = Type::Map(MapKind::Any);
    fn from_traced(arg: Traced) -> Option<Self> {
        let reads = arg.reads;
        Map::from_traced(arg).map(|map| Self { map, reads })
    }
}

fn dict(values: Rest<Traced>) -> Map {
    let map = Map::new();
    for pair in values.0.chunks(2) {
        if let [key, rest @ ..] = pair {
            let value = rest.first().cloned().unwrap_or_else(|| Traced::from(""));
            map.set(strval(&key.value).to_str(), value);
        }
    }
    map
}

fn set(map: Writable, key: Text, value: Traced) -> Result<Map, CallError> {
    let Some(map) = map.0 else { return Err(CallError::Panic("assignment to entry in nil map".to_owned())) };
    map.set(key.to_str(), value);
    Ok(map)
}

fn unset(map: Map, key: Text) -> Map {
    map.remove(&key.to_str());
    map
}

/// What is merged into: mergo makes a map where there is none.
fn merged(into: Map, from: &Rest<Map>) -> Map {
    if into.is_nil() && !from.0.is_empty() { Map::of(into.kind()) } else { into }
}

fn merge(cx: &mut dyn Context, into: Map, from: Rest<Map>) -> Result<Map, CallError> {
    let into = merged(into, &from);
    for map in &from.0 {
        merge_into(cx, &into, map, Conflict::Keep)?;
    }
    Ok(into)
}

fn merge_overwrite(cx: &mut dyn Context, into: Map, from: Rest<Map>) -> Result<Map, CallError> {
    let into = merged(into, &from);
    for map in &from.0 {
        merge_into(cx, &into, map, Conflict::Overwrite)?;
    }
    Ok(into)
}

fn pick(map: Map, keys: Rest<Text>) -> Map {
    let found = keys.0.iter().filter_map(|key| Some((key.to_str(), map.get(&key.to_str())?)));
    found.collect()
}

fn omit(cx: &mut dyn Context, map: Map, keys: Rest<Text>) -> Result<Map, CallError> {
    cx.charge_steps(map.len() as u64)?;
    let copy = map.shallow_copy();
    for key in &keys.0 {
        copy.remove(&key.to_str());
    }
    Ok(copy)
}

/// Containers inside each other that are copied.
const DEEPEST: usize = 1000;

fn deep_copy(cx: &mut dyn Context, value: Traced) -> Result<Traced, CallError> {
    if value.value.is_nil() {
        return Err(CallError::Panic("reflect: call of reflect.Value.Type on zero Value".to_owned()));
    }
    copied(cx, &value, 0)
}

/// What a small map takes, whatever is in it.
const MAP: usize = 640;

fn copied(cx: &mut dyn Context, value: &Traced, depth: usize) -> Result<Traced, CallError> {
    if depth > DEEPEST {
        return Err(format!("stopped at {DEEPEST} values inside each other").into());
    }
    let copy: Value = match &value.value {
        Value::List(list) if !list.is_nil() => {
            cx.charge_bytes(size_of_val(list.items()) as u64)?;
            let items = list.items().iter().map(|item| copied(cx, item, depth + 1)).collect::<Result<_, _>>()?;
            List::of(list.kind(), items).into()
        }
        Value::Map(map) if !map.is_nil() => {
            cx.charge_bytes((MAP + map.len() * size_of::<Traced>()) as u64)?;
            let copy = Map::of(map.kind());
            for (key, entry) in map.entries() {
                copy.set(key, copied(cx, &entry, depth + 1)?);
            }
            copy.into()
        }
        other => other.clone(),
    };
    cx.charge_steps(1)?;
    Ok(Traced::new(copy, value.reads))
}

/// An entry; where there is none, nil that was looked for where it would be. An entry that doesn't know where it was
/// read from was read with its map.
fn looked_up(cx: &mut dyn Context, map: &Readable, key: &str) -> (Traced, bool) {
    if let Some(entry) = map.map.get(key) {
        let reads = if entry.reads == ReadsId::NONE { map.reads } else { entry.reads };
        return (Traced { reads, ..entry }, true);
    }
    let reads = missing_reads(cx.trace(), map.reads, &map.map, key);
    (Traced::new(Value::Nil, reads), false)
}

fn get(cx: &mut dyn Context, map: Readable, key: Text) -> Traced {
    match looked_up(cx, &map, &key.to_str()) {
        (entry, true) => entry,
        (missing, false) => Traced::new("", missing.reads),
    }
}

/// Whether a key is there says nothing of what stands there: that only decides.
fn has_key(cx: &mut dyn Context, map: Readable, key: Text) -> Traced {
    let (entry, is_there) = looked_up(cx, &map, &key.to_str());
    Traced::new(is_there, cx.trace().decides(entry.reads))
}

/// Go's complaint about a value of another type than was asserted.
fn assertion(value: &Value, wanted: &str) -> CallError {
    let found = if value.is_nil() { "nil".to_owned() } else { type_name(value) };
    CallError::Panic(format!("interface conversion: interface {{}} is {found}, not {wanted}"))
}

fn plain_map(value: &Value) -> Result<&Map, CallError> {
    let map = value.as_map().filter(|map| map.kind() == MapKind::Any);
    map.ok_or_else(|| assertion(value, "map[string]interface {}"))
}

fn dig(cx: &mut dyn Context, args: Rest<Traced>) -> Result<Traced, CallError> {
    let [keys @ .., fallback, map] = args.0.as_slice() else { return Err(dig_too_short()) };
    if keys.is_empty() {
        return Err(dig_too_short());
    }
    let mut at = map.clone();
    plain_map(&at.value)?;
    let names = keys.iter().map(|key| key.value.as_text().ok_or_else(|| assertion(&key.value, "string")));
    for name in names.collect::<Result<Vec<_>, _>>()? {
        let map = Readable { map: plain_map(&at.value)?.clone(), reads: at.reads };
        let (found, is_there) = looked_up(cx, &map, &name.to_str());
        if !is_there {
            let decided = cx.trace().decides(found.reads);
            let reads = cx.trace().union(fallback.reads, decided);
            return Ok(Traced { value: fallback.value.clone(), reads });
        }
        at = found;
    }
    Ok(at)
}

fn dig_too_short() -> CallError {
    CallError::Panic("dig needs at least three arguments".to_owned())
}

fn pluck(key: Text, maps: Rest<Map>) -> List {
    List::new(maps.0.iter().filter_map(|map| map.get(&key.to_str())).collect())
}

fn keys(cx: &mut dyn Context, maps: Rest<Readable>) -> Result<List, CallError> {
    cx.charge_steps(maps.0.iter().map(|map| map.map.len() as u64).sum())?;
    let mut keys = Vec::new();
    for map in &maps.0 {
        for (key, entry) in map.map.entries() {
            let reads = if entry.reads == ReadsId::NONE { map.reads } else { entry.reads };
            keys.push(Traced::new(&*key, cx.trace().names(reads)));
        }
    }
    Ok(strings(keys))
}

fn values(cx: &mut dyn Context, map: Map) -> Result<List, CallError> {
    cx.charge_steps(map.len() as u64)?;
    Ok(List::new(map.entries().into_iter().map(|(_, entry)| entry).collect()))
}
