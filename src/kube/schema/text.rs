//! The list of Kubernetes' own schemas, as `.ci/schemas/generate.mjs` writes it. One line, one thing:
//!
//! ```text
//! kubernetes 33 37                    the versions of Kubernetes that it covers
//! = apps/v1 Deployment apps.v1.Deployment    a kind, and its type
//! # core.v1.Container                 a type; its fields follow, by name
//! image s                             a field and what may stand in it
//! ports [core.v1.ContainerPort k:containerPort,protocol
//! ```
//!
//! What may stand in a field: `s` a text, `i` a number without fraction, `n` a number, `b` a boolean, `q` a quantity, `o`
//! a number or a text, `*` anything, `[` a list of what follows, `{` a map of what follows, otherwise the name of a type.
//! Behind the name `!` says that it is required. Behind the type stand `+35` (there since 1.35), `-36` (gone since 1.36),
//! `k:` (what tells the entries of the list apart) and `e:` (the words that are allowed).

use std::collections::BTreeMap;
use std::rc::Rc;

use super::{Fields, Property, Type};

/// What the list says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct List {
    /// The first version it covers, and the last.
    pub(super) versions: (u32, u32),
    /// Types by their numbers.
    pub(super) types: Vec<Fields>,
    /// The numbers of types by their names.
    pub(super) numbers: BTreeMap<String, usize>,
    /// The kinds, by `apiVersion` and `kind`.
    pub(super) kinds: BTreeMap<(String, String), Kind>,
}

/// A kind.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Kind {
    /// The number of its type.
    pub(super) number: usize,
    pub(super) since: Option<u32>,
    pub(super) until: Option<u32>,
}

/// Reads the list. `None` where it isn't one.
pub(super) fn read(text: &str) -> Option<List> {
    let mut lines = text.lines();
    let (first, last) = lines.next()?.strip_prefix("kubernetes ")?.split_once(' ')?;
    let names = text.lines().filter_map(|line| line.strip_prefix("# "));
    let numbers: BTreeMap<String, usize> = names.enumerate().map(|(at, name)| (name.to_owned(), at)).collect();
    let mut read = List { versions: (first.parse().ok()?, last.parse().ok()?), numbers, ..List::default() };
    for line in lines {
        if let Some(kind) = line.strip_prefix("= ") {
            let (api_version, rest) = kind.split_once(' ')?;
            let (kind, rest) = rest.split_once(' ')?;
            let (name, rest) = rest.split_once(' ').unwrap_or((rest, ""));
            let mut versions = Property::new("", Type::Any);
            attributes(&mut versions, rest)?;
            let (number, since, until) = (*read.numbers.get(name)?, versions.since, versions.until);
            read.kinds.insert((api_version.to_owned(), kind.to_owned()), Kind { number, since, until });
        } else if line.starts_with("# ") {
            read.types.push(Fields::default());
        } else {
            let property = property(line, &read.numbers)?;
            read.types.last_mut()?.list.push(property);
        }
    }
    read.types.iter_mut().for_each(|fields| fields.list.sort_by(|a, b| a.name.cmp(&b.name)));
    Some(read)
}

fn property(line: &str, numbers: &BTreeMap<String, usize>) -> Option<Property> {
    let (name, rest) = line.split_once(' ')?;
    let (kind, rest) = rest.split_once(' ').unwrap_or((rest, ""));
    let kind = read_type(kind, numbers)?;
    let mut property = Property::new(name.trim_end_matches('!'), kind);
    property.is_required = name.ends_with('!');
    attributes(&mut property, rest)?;
    Some(property)
}

fn read_type(written: &str, numbers: &BTreeMap<String, usize>) -> Option<Type> {
    if let Some(item) = written.strip_prefix('[') {
        return Some(Type::List(Rc::new(read_type(item, numbers)?)));
    }
    if let Some(entry) = written.strip_prefix('{') {
        return Some(Type::Map(Rc::new(read_type(entry, numbers)?)));
    }
    Some(match written {
        "s" => Type::String,
        "i" => Type::Integer,
        "n" => Type::Number,
        "b" => Type::Bool,
        "q" => Type::Quantity,
        "o" => Type::IntOrString,
        "*" => Type::Any,
        name => Type::Named(*numbers.get(name)?),
    })
}

/// What stands behind the type. Words may contain spaces, so they come last.
fn attributes(property: &mut Property, written: &str) -> Option<()> {
    let (rest, words) = match written.split_once("e:") {
        Some((rest, words)) => (rest, words.split('|').map(Rc::from).collect()),
        None => (written, Vec::new()),
    };
    property.words = words;
    for attribute in rest.split_whitespace() {
        if let Some(minor) = attribute.strip_prefix('+') {
            property.since = Some(minor.parse().ok()?);
        } else if let Some(minor) = attribute.strip_prefix('-') {
            property.until = Some(minor.parse().ok()?);
        } else {
            property.keys = attribute.strip_prefix("k:")?.split(',').map(Rc::from).collect();
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_as_it_is_written() {
        let text = "kubernetes 33 37\n= apps/v1 Web apps.v1.Web +34\n# apps.v1.Port\nport! i\n# apps.v1.Web\n\
                    mode s -36 e:a b|c\nports [apps.v1.Port k:port,protocol\n";
        let list = read(text).unwrap();
        assert_eq!(list.versions, (33, 37));
        let kind = list.kinds.get(&("apps/v1".into(), "Web".into())).unwrap();
        assert_eq!((kind.number, kind.since, kind.until), (1, Some(34), None));
        assert!(list.types[0].get("port").unwrap().is_required);
        let mode = list.types[1].get("mode").unwrap();
        assert_eq!((mode.until, mode.words.join("|").as_str()), (Some(36), "a b|c"));
        let ports = list.types[1].get("ports").unwrap();
        assert_eq!(ports.kind, Type::List(Rc::new(Type::Named(0))));
        assert_eq!(ports.keys.join(","), "port,protocol");
    }

    #[test]
    fn what_is_no_list_is_refused() {
        for text in ["", "<!DOCTYPE html>", "kubernetes 33 37\n= v1 Pod core.v1.Pod\n", "kubernetes 1 2\nname s\n"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
