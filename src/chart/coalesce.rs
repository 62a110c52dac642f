//! Putting values together: the user's over the chart's, the parent's over the child's, globals into every chart.
//!
//! The rules about null are Helm's, and odd. Coalescing drops nulls that a chart has by default and takes a null of
//! the user's as "remove the default"; merging, which happens where values will be coalesced again later, keeps both.
//! Below a subchart's key coalescing turns into merging. Helm 3 leaves the nulls that a chart has by default where they
//! are, unless the user's take them away. Go walks maps in random order, we in order of keys: that
//! shows in the order of warnings only.

use super::values::MAX_DEPTH;
use super::{Chart, Error, ErrorKind, Log};
use crate::value::format::{display, sprintf};
use crate::value::{List, Map, Traced, Value};

/// What becomes of nulls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nulls {
    /// They remove keys, and go.
    Remove,
    /// They stay.
    Keep,
}

const GLOBAL: &str = "global";

/// The values of a chart and all charts in it: `values` over the charts' own. `values` isn't changed.
pub fn coalesce_values(chart: &Chart, values: &Map, log: &mut Log) -> Result<Map, Error> {
    with_defaults(chart, values, Nulls::Remove, log)
}

pub(super) fn with_defaults(chart: &Chart, values: &Map, nulls: Nulls, log: &mut Log) -> Result<Map, Error> {
    let dest = deep_copy(values);
    Coalescer { log }.chart(chart, &dest, "", nulls)?;
    Ok(dest)
}

/// `over` over `under`, whose tables may be changed on the way; nulls stay.
pub(super) fn merge_tables(over: &Map, under: &Map, log: &mut Log) {
    Coalescer { log }.tables(over, under, "", Nulls::Keep, 0);
}

/// `over` over `under`, without a look at any chart; a null in `over` removes what is under it.
pub fn coalesce_tables(over: &Map, under: &Map, log: &mut Log) -> Map {
    let dest = deep_copy(over);
    Coalescer { log }.tables(&dest, &deep_copy(under), "", Nulls::Remove, 0);
    dest
}

struct Coalescer<'a> {
    log: &'a mut Log,
}

impl Coalescer<'_> {
    fn chart(&mut self, chart: &Chart, dest: &Map, prefix: &str, nulls: Nulls) -> Result<(), Error> {
        self.values(chart, dest, prefix, nulls);
        for subchart in &chart.dependencies {
            let name = subchart.name();
            let table = match dest.value(name) {
                None => {
                    let table = Map::new();
                    dest.set(name, Value::Map(table.clone()));
                    table
                }
                Some(Value::Map(table)) => table,
                Some(other) => {
                    let value = sprintf(b"%t", &[other]).into_iter().flat_map(|piece| piece.bytes).collect::<Vec<_>>();
                    let value = String::from_utf8_lossy(&value).into_owned();
                    return Err(ErrorKind::TypeMismatch { chart: name.to_owned(), value }.into());
                }
            };
            let prefix = join(prefix, chart.name());
            self.globals(&table, dest, &prefix);
            self.chart(subchart, &table, &prefix, nulls)?;
        }
        Ok(())
    }

    /// The chart's own values go under those that are there.
    fn values(&mut self, chart: &Chart, dest: &Map, prefix: &str, nulls: Nulls) {
        let prefix = join(prefix, chart.name());
        let is_three = self.log.helm().is_three();
        for (key, entry) in deep_copy(&chart.values).entries() {
            match dest.value(&key) {
                Some(Value::Nil) if nulls == Nulls::Remove => {
                    dest.remove(&key);
                }
                Some(Value::Map(table)) => {
                    let key_path = join(&prefix, &key);
                    match &entry.value {
                        Value::Map(own) => {
                            let is_subchart = chart.dependencies.iter().any(|subchart| *subchart.name() == *key);
                            let nulls = if is_subchart { Nulls::Keep } else { nulls };
                            if nulls == Nulls::Remove && !is_three {
                                remove_nulls(own, 0);
                            }
                            self.tables(&table, own, &key_path, nulls, 0);
                        }
                        Value::Nil => {}
                        _ => self
                            .log
                            .info("coalesce.go:237", format!("warning: skipped value for {key_path}: Not a table.")),
                    }
                }
                Some(_) => {}
                None => {
                    if nulls == Nulls::Remove && !is_three {
                        match &entry.value {
                            Value::Nil => continue,
                            Value::Map(own) => remove_nulls(own, 0),
                            _ => {}
                        }
                    }
                    dest.set(key, entry);
                }
            }
        }
    }

    /// Globals come down from the parent's values into the child's.
    fn globals(&mut self, dest: &Map, source: &Map, prefix: &str) {
        let skip = |side| format!("warning: skipping globals because {side} {GLOBAL} is not a table.");
        let own = match dest.value(GLOBAL) {
            None => Map::new(),
            Some(Value::Map(own)) => own,
            Some(_) => return self.log.info("coalesce.go:138", skip("destination")),
        };
        let above = match source.value(GLOBAL) {
            None => Map::new(),
            Some(Value::Map(above)) => above,
            Some(_) => return self.log.info("coalesce.go:145", skip("source")),
        };
        for (key, entry) in above.entries() {
            match (&entry.value, own.value(&key)) {
                (Value::Map(table), None) => {
                    own.set(key, Value::Map(table.shallow_copy()));
                }
                (Value::Map(table), Some(Value::Map(child))) => {
                    // Top-down: the parent's table wins. Helm copies it one level deep only.
                    let table = table.shallow_copy();
                    self.tables(&table, &child, &join(prefix, &key), Nulls::Keep, 0);
                    own.set(key, Value::Map(table));
                }
                (Value::Map(_), Some(_)) => {
                    let key = super::error::quoted(&key);
                    self.log.info(
                        "coalesce.go:161",
                        format!("Conflict: cannot merge map onto non-map for {key}. Skipping."),
                    );
                }
                (_, Some(Value::Map(_))) => self.log.info("coalesce.go:175", format!("key {key} is table. Skipping")),
                _ => {
                    own.set(key, entry);
                }
            }
        }
        dest.set(GLOBAL, Value::Map(own));
    }

    fn tables(&mut self, dest: &Map, source: &Map, prefix: &str, nulls: Nulls, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        let is_three = self.log.helm().is_three();
        let had_value: Vec<_> = source.entries().into_iter().filter(|(_, entry)| !entry.value.is_nil()).collect();
        for (key, _) in dest.entries().into_iter().filter(|(_, entry)| entry.value.is_nil() && !is_three) {
            source.set(key, Value::Nil);
        }
        let had_value = |key: &str| had_value.binary_search_by(|(had, _)| (**had).cmp(key)).is_ok();
        for (key, entry) in source.entries() {
            match (dest.value(&key), &entry.value) {
                (Some(Value::Nil), _) if nulls == Nulls::Remove && (is_three || had_value(&key)) => {
                    dest.remove(&key);
                }
                (None, _) => {
                    dest.set(key, entry);
                }
                (Some(Value::Map(table)), Value::Map(under)) => {
                    self.tables(&table, under, &join(prefix, &key), nulls, depth + 1);
                }
                (Some(_), Value::Map(_)) => {
                    let (path, shown) = (join(prefix, &key), shown(&entry.value));
                    let message = format!("warning: cannot overwrite table with non table for {path} ({shown})");
                    self.log.info("coalesce.go:298", message);
                }
                (Some(Value::Map(_)), value) if !value.is_nil() => {
                    let (path, shown) = (join(prefix, &key), shown(&entry.value));
                    let message = format!("destination for {path} is a table. Ignoring non-table value ({shown})");
                    self.log.info("coalesce.go:301", format!("warning: {message}"));
                }
                _ => {}
            }
        }
    }
}

fn join(prefix: &str, key: &str) -> String {
    if prefix.is_empty() { key.to_owned() } else { format!("{prefix}.{key}") }
}

fn shown(value: &Value) -> String {
    String::from_utf8_lossy(&display(value)).into_owned()
}

fn remove_nulls(map: &Map, depth: usize) {
    for (key, entry) in map.entries() {
        match entry.value {
            Value::Nil => {
                map.remove(&key);
            }
            Value::Map(inner) if depth < MAX_DEPTH => remove_nulls(&inner, depth + 1),
            _ => {}
        }
    }
}

/// A copy that shares no map with the original.
pub(super) fn deep_copy(map: &Map) -> Map {
    copy_map(map, 0)
}

fn copy_map(map: &Map, depth: usize) -> Map {
    map.copied_with(|entry| copy_entry(entry, depth))
}

/// Takes a copy of what is in an entry in place of what all share.
fn copy_entry(entry: &mut Traced, depth: usize) {
    match &mut entry.value {
        Value::Map(map) if depth < MAX_DEPTH => *map = copy_map(map, depth + 1),
        // A list is never changed, but what stands in it may be.
        Value::List(list)
            if depth < MAX_DEPTH && list.values().any(|item| matches!(item, Value::Map(_) | Value::List(_))) =>
        {
            let mut items = list.items().to_vec();
            for item in &mut items {
                copy_entry(item, depth + 1);
            }
            *list = List::of(list.kind(), items);
        }
        _ => {}
    }
}
