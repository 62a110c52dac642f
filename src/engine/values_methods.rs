//! The methods of Helm's `Values`: `.Values.AsMap`, `.Values.Table "a.b"`, `.Values.PathValue "a.b"`, `.Values.YAML`.
//! `pkg/chart/common/values.go`.

use crate::source::OriginId;
use crate::template::{Argument, CallError, Context, Function};
use crate::value::format::quoted;
use crate::value::{Map, MapKind, Text, Traced, Type, Value};
use crate::yaml;

/// The methods; the map comes first.
pub(super) fn methods() -> Vec<Function> {
    vec![
        Function::new("AsMap", as_map),
        Function::new("Table", table),
        Function::new("PathValue", path_value),
        Function::new("YAML", written),
        Function::new("Encode", |_: Map, _: Writer| ""),
    ]
}

/// An `io.Writer`, which no template has.
struct Writer;

impl Argument for Writer {
    const TYPE: Type = Type::Named("io.Writer");
    fn from_traced(_: Traced) -> Option<Self> {
        None
    }
}

/// The same map under its plain type; an empty one is a new one.
fn as_map(values: Traced) -> Traced {
    match &values.value {
        Value::Map(map) if !map.is_empty() => Traced::new(map.as_kind(MapKind::Any), values.reads),
        _ => Traced::new(Map::new(), values.reads),
    }
}

/// The table at a path, as `Values` again.
fn table(cx: &mut dyn Context, values: Traced, path: Text) -> Result<Traced, CallError> {
    let kind = MapKind::Values(cx.helm());
    let found = found(values, path.to_str().split('.'))?;
    Ok(match &found.value {
        Value::Map(map) => Traced::new(map.as_kind(kind), found.reads),
        _ => found,
    })
}

fn found<'p>(values: Traced, path: impl Iterator<Item = &'p str>) -> Result<Traced, CallError> {
    let mut at = values;
    for step in path {
        let next = at.value.as_map().and_then(|map| map.get(step)).filter(|entry| entry.value.as_map().is_some());
        at = next.ok_or_else(|| format!("{} is not a table", quoted(step.as_bytes())))?;
    }
    Ok(at)
}

/// What stands at a path, unless it is a table.
fn path_value(values: Traced, path: Text) -> Result<Traced, CallError> {
    let path = path.to_str();
    if path.is_empty() {
        return Err("YAML path cannot be empty".into());
    }
    let (tables, key) = path.rsplit_once('.').map_or((None, &*path), |(tables, key)| (Some(tables), key));
    let holder = match tables {
        Some(tables) => found(values, tables.split('.')).ok(),
        None => Some(values),
    };
    let entry = holder.and_then(|holder| holder.value.as_map()?.get(key)).filter(|entry| !is_table(&entry.value));
    entry.ok_or_else(|| format!("{} is not a value", quoted(key.as_bytes())).into())
}

fn is_table(value: &Value) -> bool {
    matches!(value, Value::Map(map) if map.kind() == MapKind::Any)
}

fn written(values: Traced) -> Result<Text, CallError> {
    yaml::encode(&values, &mut |_| OriginId::UNKNOWN).map_err(CallError::Message)
}
