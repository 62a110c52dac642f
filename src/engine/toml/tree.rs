//! The tables of a TOML document while it is read: which may still be opened or extended.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::value::{List, ListKind, Map, Traced, Value};

/// A table in the making.
#[derive(Default)]
pub(super) struct Table {
    entries: BTreeMap<Rc<str>, Entry>,
    made: Made,
}

/// How a table came to be.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Made {
    /// On the way to another: it may still be opened once.
    #[default]
    Implicitly,
    /// By its header.
    ByHeader,
}

enum Entry {
    Value(Value),
    Table(Table),
    Tables(Vec<Table>),
}

/// The document.
#[derive(Default)]
pub(super) struct Tree {
    root: Table,
}

impl Tree {
    /// Opens the table `[path]`.
    pub fn open(&mut self, path: &[String]) -> Result<(), String> {
        let Some((last, before)) = path.split_last() else { return Ok(()) };
        let parent = self.root.descend(before)?;
        match parent.entries.entry(last.as_str().into()).or_insert_with(|| Entry::Table(Table::default())) {
            Entry::Table(table) if table.made == Made::Implicitly => {
                table.made = Made::ByHeader;
                Ok(())
            }
            _ => Err(already_defined(path)),
        }
    }

    /// Adds a table to `[[path]]`.
    pub fn open_array(&mut self, path: &[String]) -> Result<(), String> {
        let Some((last, before)) = path.split_last() else { return Ok(()) };
        let parent = self.root.descend(before)?;
        match parent.entries.entry(last.as_str().into()).or_insert_with(|| Entry::Tables(Vec::new())) {
            Entry::Tables(tables) => {
                tables.push(Table { made: Made::ByHeader, ..Table::default() });
                Ok(())
            }
            _ => Err(format!("Key '{}' was already created and cannot be used as an array.", path.join("."))),
        }
    }

    /// Sets `key` in the table that was opened last at `table`.
    pub fn insert(&mut self, table: &[String], key: &[String], value: Value) -> Result<(), String> {
        let mut whole = table.to_vec();
        whole.extend_from_slice(key);
        self.root.descend(table)?.set(key, &whole, value)
    }

    pub fn into_map(self) -> Map {
        self.root.into_map()
    }
}

impl Table {
    /// Sets a key of one or more parts, which an error calls `whole`.
    pub fn insert(&mut self, key: &[String], whole: &[String], value: Value) -> Result<(), String> {
        self.set(key, whole, value)
    }

    /// Sets `key`, which an error calls `whole`.
    fn set(&mut self, key: &[String], whole: &[String], value: Value) -> Result<(), String> {
        let Some((last, before)) = key.split_last() else { return Ok(()) };
        let outside = whole.get(..whole.len().saturating_sub(key.len())).unwrap_or_default();
        let table = self.descend_from(outside, before)?;
        if table.entries.contains_key(last.as_str()) {
            return Err(already_defined(whole));
        }
        table.entries.insert(last.as_str().into(), Entry::Value(value));
        Ok(())
    }

    /// The table at a path, the last one of an array; made where it isn't there.
    fn descend(&mut self, path: &[String]) -> Result<&mut Self, String> {
        self.descend_from(&[], path)
    }

    /// The same for a table that stands at `outside`.
    fn descend_from(&mut self, outside: &[String], path: &[String]) -> Result<&mut Self, String> {
        let Some((first, rest)) = path.split_first() else { return Ok(self) };
        let entry = self.entries.entry(first.as_str().into()).or_insert_with(|| Entry::Table(Self::default()));
        let table = match entry {
            Entry::Table(table) => Some(table),
            Entry::Tables(tables) => tables.last_mut(),
            Entry::Value(_) => None,
        };
        let outside: Vec<String> = outside.iter().chain([first]).cloned().collect();
        table.ok_or_else(|| already_defined(&outside))?.descend_from(&outside, rest)
    }

    pub fn into_map(self) -> Map {
        let plain = |entry| match entry {
            Entry::Value(value) => value,
            Entry::Table(table) => Value::Map(table.into_map()),
            Entry::Tables(tables) => {
                let tables = tables.into_iter().map(|table| Traced::from(Value::Map(table.into_map())));
                Value::List(List::of(ListKind::Named("[]map[string]interface {}"), tables.collect()))
            }
        };
        self.entries.into_iter().map(|(key, entry)| (key, plain(entry))).collect()
    }
}

fn already_defined(key: &[String]) -> String {
    format!("Key '{}' has already been defined.", key.join("."))
}
