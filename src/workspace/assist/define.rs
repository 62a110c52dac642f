//! Where something is defined, where else it is meant, and its renaming in all these places.

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use super::super::{FilePath, Hit, Place};
use super::complete::is_name;
use super::desk::{Desk, root};
use super::walk::Walk;
use crate::engine::written;
use crate::source::Step;
use crate::template::WordKind;
use crate::yaml;

/// What a word means.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Meaning {
    /// A value, by its path from the outermost chart's top.
    Value(Vec<Step>),
    /// A named template.
    Template(String),
    /// A variable, by where it is declared.
    Variable(FilePath, Range<usize>),
}

/// Where the word at a byte is defined.
pub(super) fn definition(desk: &Desk, path: &FilePath, at: usize) -> Option<Place> {
    match meaning(desk, path, at)? {
        Meaning::Value(steps) => {
            let history = desk.history(&steps);
            let settings = history.set_by.iter().chain(&history.overrode);
            settings.into_iter().find_map(|setting| desk.set_at(setting))
        }
        Meaning::Template(name) => defined(desk, &name),
        Meaning::Variable(path, range) => desk.place(&path, range),
    }
}

/// Where a template is defined.
pub(super) fn defined(desk: &Desk, name: &str) -> Option<Place> {
    let mut found = desk.templates().flat_map(|(path, text)| {
        let walk = desk.walk(path, text);
        let is_it = |named: &&super::walk::Named| named.is_definition && text.get(named.name.clone()) == Some(name);
        walk.named.iter().filter(is_it).map(|named| (path.clone(), named.name.clone())).collect::<Vec<_>>()
    });
    let (path, range) = found.next()?;
    desk.place(&path, range)
}

fn meaning(desk: &Desk, path: &FilePath, at: usize) -> Option<Meaning> {
    let text = desk.text(path)?;
    if !path.is_template() {
        let (_, base) = desk.values_files().find(|(own, _)| own == path)?;
        let steps = desk.document(path)?.path_at(at);
        return (!steps.is_empty()).then(|| Meaning::Value(base.into_iter().chain(steps).collect()));
    }
    let walk = desk.walk(path, text);
    // A cursor behind a word is at the word, too.
    let word =
        walk.words().iter().find(|word| word.range.start <= at && at <= word.range.end && !is_bracket(word.kind))?;
    match word.kind {
        WordKind::Field => {
            let read = walk.fields.iter().find(|field| field.name.start == word.range.start + 1)?;
            let is_value = read.path.len() > 1 && read.path.first() == Some(&Step::Key("Values".into()));
            is_value.then(|| Meaning::Value(read.path.clone()))
        }
        WordKind::Text => {
            let named = walk.named.iter().find(|named| named.name.start == word.range.start + 1)?;
            Some(Meaning::Template(text.get(named.name.clone())?.to_owned()))
        }
        WordKind::Variable => {
            let name = walk.written(word);
            let declared =
                walk.scope(word.range.end).variables.into_iter().rev().find(|variable| &*variable.name == name);
            let range = declared.map_or_else(|| word.range.clone(), |variable| variable.at);
            (!range.is_empty()).then(|| Meaning::Variable(path.clone(), range))
        }
        _ => None,
    }
}

fn is_bracket(kind: WordKind) -> bool {
    matches!(kind, WordKind::Open | WordKind::Close | WordKind::Pipe | WordKind::LeftParen | WordKind::RightParen)
}

/// All places that mean what the word at a byte means, and its name.
pub(super) fn uses(desk: &Desk, path: &FilePath, at: usize) -> (String, Vec<Hit>) {
    let Some(meaning) = meaning(desk, path, at) else { return (String::new(), Vec::new()) };
    let name = match &meaning {
        Meaning::Value(steps) => format!(".{}", written(steps)),
        Meaning::Template(name) => name.clone(),
        Meaning::Variable(path, range) => {
            desk.text(path).and_then(|text| text.get(range.clone())).unwrap_or_default().to_owned()
        }
    };
    let hits = all(desk, &meaning).into_iter().filter_map(|(path, range)| {
        let place = desk.place(&path, range)?;
        let text = desk.text(&path)?;
        let line = text.lines().nth(place.line.saturating_sub(1) as usize).unwrap_or_default().trim().to_owned();
        Some(Hit { place, line })
    });
    (name, hits.collect())
}

/// The places, each the very name that would change.
fn all(desk: &Desk, meaning: &Meaning) -> Vec<(FilePath, Range<usize>)> {
    let mut found = Vec::new();
    if let Meaning::Value(steps) = meaning {
        for (path, base) in desk.values_files() {
            let Some(inside) = steps.strip_prefix(base.as_slice()).filter(|inside| !inside.is_empty()) else {
                continue;
            };

            let own = desk.document(&path).and_then(|document| key(&document, inside));
            found.extend(own.map(|own| (path, own)));
        }
    }
    for (path, text) in desk.templates() {
        let walk = desk.walk(path, text);
        found.extend(in_walk(&walk, text, path, meaning).into_iter().map(|range| (path.clone(), range)));
    }
    found
}

/// The bytes of a key, without its quotes.
fn key(document: &yaml::Document, path: &[Step]) -> Option<Range<usize>> {
    let key = document.place(path)?.key?;
    Some(key.span.clone())
}

fn in_walk(walk: &Walk, text: &str, path: &FilePath, meaning: &Meaning) -> Vec<Range<usize>> {
    match meaning {
        Meaning::Value(steps) => {
            walk.fields.iter().filter(|field| field.path == *steps).map(|field| field.name.clone()).collect()
        }
        Meaning::Template(name) => {
            let is_it = |named: &&super::walk::Named| text.get(named.name.clone()) == Some(name);
            walk.named.iter().filter(is_it).map(|named| named.name.clone()).collect()
        }
        Meaning::Variable(own, declared) => {
            let name = text.get(declared.clone()).unwrap_or_default();
            let is_it = |word: &&crate::template::Word| {
                let scope = walk.scope(word.range.end);
                let newest = scope.variables.iter().rev().find(|variable| &*variable.name == name);
                word.kind == WordKind::Variable
                    && walk.written(word) == name
                    && (word.range == *declared
                        || !walk.declared.contains(&word.range)
                            && newest.is_some_and(|variable| variable.at == *declared))
            };
            if own == path {
                walk.words().iter().filter(is_it).map(|word| word.range.clone()).collect()
            } else {
                Vec::new()
            }
        }
    }
}

/// The files that change when the word at a byte gets another name.
pub(super) fn rename(desk: &Desk, path: &FilePath, at: usize, name: &str) -> Result<Vec<(FilePath, Rc<str>)>, String> {
    let meaning = meaning(desk, path, at).ok_or("Nothing here can be renamed")?;
    match &meaning {
        Meaning::Value(steps) if steps.iter().any(|step| matches!(step, Step::Index(_))) => {
            return Err("What stands in a list can't be renamed everywhere".to_owned());
        }
        Meaning::Value(steps) if *steps == root(path) => return Err("The top can't be renamed".to_owned()),
        Meaning::Value(_) if !is_name(name) => {
            return Err(format!("`{name}` can't stand behind a point: letters, digits and underscores can"));
        }
        Meaning::Value(steps) if argument(desk, steps).is_some() => {
            let argument = argument(desk, steps).unwrap_or_default();
            return Err(format!("`{argument}` sets it: take that away or change it first"));
        }
        Meaning::Value(steps) => {
            let sibling = steps.split_last().map(|(_, above)| above.iter().cloned().chain([Step::Key(name.into())]));
            if sibling.is_some_and(|sibling| desk.value(&sibling.collect::<Vec<_>>()).is_some()) {
                return Err(format!("There is a `{name}` already"));
            }
        }
        Meaning::Template(_) if name.contains(['"', '`', '\\', '\n']) => {
            return Err("The name of a template can't hold quotes".to_owned());
        }
        Meaning::Template(_) if defined(desk, name).is_some() => return Err(format!("There is a `{name}` already")),
        Meaning::Variable(..) if !name.strip_prefix('$').is_some_and(is_name) => {
            return Err("A variable is called `$` and a name".to_owned());
        }
        Meaning::Template(_) | Meaning::Variable(..) => {}
    }
    let mut by_file: BTreeMap<FilePath, Vec<Range<usize>>> = BTreeMap::new();
    for (path, range) in all(desk, &meaning) {
        by_file.entry(path).or_default().push(range);
    }
    let rewritten = by_file.into_iter().filter_map(|(path, ranges)| {
        let text = rewritten(desk.text(&path)?, ranges, name);
        Some((path, text))
    });
    Ok(rewritten.collect())
}

/// The argument that sets a value, if one does.
fn argument(desk: &Desk, path: &[Step]) -> Option<String> {
    let history = desk.history(path);
    let setting = history.set_by.iter().chain(&history.overrode).find(|setting| setting.span.is_none())?;
    Some(desk.set_by(setting))
}

fn rewritten(text: &str, mut ranges: Vec<Range<usize>>, name: &str) -> Rc<str> {
    ranges.sort_by_key(|range| range.start);
    ranges.dedup();
    let mut written = String::new();
    let mut at = 0;
    for range in ranges {
        written.push_str(text.get(at..range.start).unwrap_or_default());
        written.push_str(name);
        at = range.end;
    }
    written.push_str(text.get(at..).unwrap_or_default());
    written.into()
}

/// The keywords that belong to the one at a byte.
pub(super) fn pair(desk: &Desk, text: &str, at: usize) -> Vec<Range<usize>> {
    let walk = Walk::new(text, root(&FilePath::values()), desk);
    let holds = |range: &Range<usize>| range.start <= at && at <= range.end;
    walk.blocks.into_iter().find(|block| block.iter().any(holds)).unwrap_or_default()
}
