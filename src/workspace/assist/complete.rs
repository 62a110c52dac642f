//! What could stand at a place.

use std::collections::BTreeSet;

use super::super::FilePath;
use super::desk::{Desk, root};
use super::hint::signature;
use super::walk::Walk;
use super::{Offer, OfferKind, Offers, keys};
use crate::engine::function_table;
use crate::source::Step;
use crate::template::{Function, Keyword, Word, WordKind, scan};
use crate::value::{Value, brief};

/// What could stand at a byte of a file.
pub(super) fn offers(desk: &Desk, path: &FilePath, text: &str, at: usize) -> Offers {
    if !path.is_template() {
        return keys::offers(desk, path, text, at);
    }
    let walk = desk.walk(path, text);
    let words: Vec<&Word> = walk.words().iter().filter(|word| word.range.start < at).collect();
    let Some((last, before)) = words.split_last() else { return Offers::default() };
    let previous = before.last().copied();
    let is_touched = last.range.end >= at;
    match last.kind {
        WordKind::Close => Offers::default(),
        WordKind::Text | WordKind::Wrong if is_quote(text, last) => names(desk, &walk, last, previous, at),
        WordKind::Field if is_touched => field(desk, path, &walk, last),
        WordKind::Keyword(Keyword::Dot) if is_touched => behind_dot(desk, &walk, last, previous),
        WordKind::Variable if is_touched => Offers { from: last.range.start, list: variables(desk, &walk, at) },
        WordKind::Function | WordKind::Keyword(_) if is_touched => {
            Offers { from: last.range.start, list: general(desk, &walk, previous, at) }
        }
        WordKind::Constant | WordKind::Wrong if is_touched => Offers::default(),
        _ => Offers { from: at, list: general(desk, &walk, Some(last), at) },
    }
}

fn is_quote(text: &str, word: &Word) -> bool {
    text.get(word.range.start..).is_some_and(|rest| rest.starts_with(['"', '`']))
}

/// Inside of quotes: the names of templates, where one is called.
fn names(desk: &Desk, walk: &Walk, word: &Word, previous: Option<&Word>, at: usize) -> Offers {
    let calls = previous.is_some_and(|previous| {
        previous.kind == WordKind::Keyword(Keyword::Template)
            || (previous.kind == WordKind::Function && walk.written(previous) == "include")
    });
    if !calls || word.kind == WordKind::Text && at >= word.range.end {
        return Offers::default();
    }
    let mut seen = BTreeSet::new();
    let mut list = Vec::new();
    for (path, text) in desk.templates() {
        let words = scan(text.as_bytes());
        let pairs = words.windows(2).filter_map(|pair| pair.first().zip(pair.get(1)));
        let defined = pairs.filter(|(keyword, name)| {
            matches!(keyword.kind, WordKind::Keyword(Keyword::Define | Keyword::Block)) && name.kind == WordKind::Text
        });
        for (_, name) in defined {
            let written = text.get(name.range.start + 1..name.range.end.saturating_sub(1)).unwrap_or_default();
            if seen.insert(written.to_owned()) {
                let place = desk.place(path, name.range.clone()).map(|place| place.label()).unwrap_or_default();
                list.push(Offer {
                    label: written.to_owned(),
                    kind: OfferKind::Template,
                    detail: place,
                    ..Offer::default()
                });
            }
        }
    }
    Offers { from: word.range.start + 1, list }
}

/// Behind the point of a field that is being written.
fn field(desk: &Desk, path: &FilePath, walk: &Walk, word: &Word) -> Offers {
    let from = word.range.start + 1;
    let read = walk.fields.iter().find(|field| field.name.start == from);
    let list = read.map(|read| fields(desk, &parent(&read.path, path))).unwrap_or_default();
    Offers { from, list }
}

/// What a field is read of.
fn parent(path: &[Step], file: &FilePath) -> Vec<Step> {
    if path == root(file) {
        return Vec::new();
    }
    path.split_last().map(|(_, above)| above.to_vec()).unwrap_or_default()
}

/// Behind a point with nothing behind it.
fn behind_dot(desk: &Desk, walk: &Walk, dot: &Word, previous: Option<&Word>) -> Offers {
    let from = dot.range.end;
    let scope = walk.scope(dot.range.start);
    let known = match previous.filter(|previous| previous.range.end == dot.range.start) {
        Some(word) if word.kind == WordKind::Field => {
            walk.fields.iter().find(|field| field.name.start == word.range.start + 1).map(|field| field.path.clone())
        }
        Some(word) if word.kind == WordKind::Variable => {
            let name = walk.written(word);
            scope.variables.iter().rev().find(|variable| &*variable.name == name).and_then(|found| found.path.clone())
        }
        Some(word) if word.kind == WordKind::RightParen => None,
        _ => scope.dot,
    };
    Offers { from, list: known.map(|known| fields(desk, &known)).unwrap_or_default() }
}

/// What can be read at the top.
const TOP: [(&str, &str); 7] = [
    ("Values", "all values: the chart's own, and what is set over them"),
    ("Release", "the release: Name, Namespace, Revision, IsInstall, IsUpgrade, Service"),
    ("Chart", "what Chart.yaml says, with capital letters"),
    ("Capabilities", "the cluster: KubeVersion, APIVersions, HelmVersion"),
    ("Files", "the chart's other files: Get, GetBytes, Glob, Lines, AsConfig, AsSecrets"),
    ("Template", "this template: Name, BasePath"),
    ("Subcharts", "the charts in this chart, each with its own top"),
];

/// What can be read of things that are no maps.
const FIXED: [(&str, &[&str]); 3] = [
    ("Capabilities", &["KubeVersion", "APIVersions", "HelmVersion"]),
    ("Files", &["Get", "GetBytes", "Glob", "Lines", "AsConfig", "AsSecrets"]),
    ("Template", &["Name", "BasePath"]),
];

/// The fields of what stands at a path.
fn fields(desk: &Desk, path: &[Step]) -> Vec<Offer> {
    if path.is_empty() {
        let offer = |(label, info): (&str, &str)| Offer { label: label.into(), info: info.into(), ..Offer::default() };
        return TOP.map(offer).to_vec();
    }
    if let [Step::Key(first)] = path
        && let Some((_, names)) = FIXED.iter().find(|(name, _)| *name == &**first)
    {
        return names.iter().map(|name| Offer { label: (*name).to_owned(), ..Offer::default() }).collect();
    }
    let Some(Value::Map(map)) = desk.value(path) else { return Vec::new() };
    let offer = |key: std::rc::Rc<str>| {
        let below: Vec<Step> = path.iter().cloned().chain([Step::Key(std::rc::Rc::clone(&key))]).collect();
        let value = map.value(&key).map(|value| brief(&value)).unwrap_or_default();
        let history = desk.history(&below);
        let set_by = history.set_by.as_ref().map(|setting| desk.set_by(setting)).unwrap_or_default();
        let place = history.set_by.iter().chain(&history.overrode).find_map(|setting| desk.set_at(setting));
        let comment = place.map(|place| desk.comment(&place)).unwrap_or_default();
        let info = [set_by, comment].into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
        Offer { label: key.to_string(), kind: OfferKind::Field, detail: value, info }
    };
    // What no field can be called can only be reached by `index`.
    map.keys().into_iter().filter(|key| is_name(key)).map(offer).collect()
}

/// Whether a key can stand behind a point.
pub(super) fn is_name(key: &str) -> bool {
    let mut characters = key.chars();
    characters.next().is_some_and(|first| first.is_alphabetic() || first == '_')
        && characters.all(|c| c.is_alphanumeric() || c == '_')
}

fn variables(desk: &Desk, walk: &Walk, at: usize) -> Vec<Offer> {
    let mut seen = BTreeSet::new();
    let scope = walk.scope(at);
    let newest = scope.variables.iter().rev().filter(|variable| seen.insert(variable.name.clone()));
    let offer = |variable: &super::walk::Variable| {
        let path = variable.path.as_deref();
        let detail = path.filter(|path| !path.is_empty()).map(crate::engine::written).unwrap_or_default();
        let info = path.and_then(|path| desk.value(path)).map(|value| brief(&value)).unwrap_or_default();
        Offer { label: variable.name.to_string(), kind: OfferKind::Variable, detail, info }
    };
    newest.map(offer).collect()
}

/// Functions, variables, and keywords where an action begins.
fn general(desk: &Desk, walk: &Walk, before: Option<&Word>, at: usize) -> Vec<Offer> {
    const KEYWORDS: [&str; 8] = ["if", "else", "end", "range", "with", "define", "template", "block"];
    let is_piped = before.is_some_and(|word| word.kind == WordKind::Pipe);
    let table = function_table(desk.study.experiment.settings.helm);
    // What is fed by a pipe takes at least that.
    let fits = |function: &&Function| {
        !is_piped || !function.signature.params.is_empty() || function.signature.variadic.is_some()
    };
    let mut list: Vec<Offer> = table.iter().filter(fits).map(function).collect();
    if !is_piped {
        list.extend(variables(desk, walk, at));
    }
    if before.is_some_and(|word| word.kind == WordKind::Open) {
        let keyword = |word: &str| Offer { label: word.to_owned(), kind: OfferKind::Keyword, ..Offer::default() };
        list.extend(KEYWORDS.map(keyword));
    }
    list
}

fn function(function: &Function) -> Offer {
    Offer {
        label: function.name.to_owned(),
        kind: OfferKind::Function,
        detail: signature(function),
        info: function.doc.to_owned(),
    }
}
