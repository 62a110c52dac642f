//! What stands at a place.

use super::super::FilePath;
use super::Hint;
use super::desk::{Desk, root};
use crate::engine::{function_table, written};
use crate::source::Step;
use crate::template::{Function, Keyword, WordKind};
use crate::value::brief;

/// What stands at a byte of a file.
pub(super) fn hint(desk: &Desk, path: &FilePath, at: usize) -> Option<Hint> {
    if path.is_template() { in_template(desk, path, at) } else { in_values(desk, path, at) }
}

fn in_template(desk: &Desk, path: &FilePath, at: usize) -> Option<Hint> {
    let text = desk.text(path)?;
    let walk = desk.walk(path, text);
    let word = walk.words().iter().find(|word| word.range.contains(&at))?;
    let scope = walk.scope(word.range.start);
    match word.kind {
        WordKind::Field => {
            let read = walk.fields.iter().find(|field| field.name.start == word.range.start + 1)?;
            Some(value(desk, &read.path, read.name.clone()))
        }
        WordKind::Keyword(Keyword::Dot) => {
            let dot = scope.dot?;
            Some(value(desk, &dot, word.range.clone()))
        }
        WordKind::Variable => {
            let name = walk.written(word);
            let variable = scope.variables.into_iter().rev().find(|variable| &*variable.name == name)?;
            let mut hint = value(desk, &variable.path?, word.range.clone());
            hint.title = format!("{name} is {}", hint.title);
            Some(hint)
        }
        WordKind::Function => {
            let table = function_table(desk.study.experiment.settings.helm);
            let function = table.get(walk.written(word))?;
            let lines = [function.doc.to_owned()].into_iter().chain(function.examples.first().map(example));
            let title = format!("{} {}", function.name, signature(function));
            Some(Hint { bytes: word.range.clone(), title: title.trim_end().to_owned(), lines: lines.collect() })
        }
        WordKind::Text => {
            let named = walk.named.iter().find(|named| named.name.start == word.range.start + 1)?;
            let name = text.get(named.name.clone())?;
            let place = super::define::defined(desk, name)?;
            Some(Hint {
                bytes: word.range.clone(),
                title: format!("template \"{name}\""),
                lines: vec![format!("defined in {}", place.label())],
            })
        }
        _ => None,
    }
}

fn example(example: &crate::template::Example) -> String {
    format!("{} gives {}", example.template, example.prints)
}

fn in_values(desk: &Desk, path: &FilePath, at: usize) -> Option<Hint> {
    let (_, base) = desk.values_files().find(|(own, _)| own == path)?;
    let document = desk.document(path)?;
    let steps = document.path_at(at);
    let place = document.place(&steps)?;
    let key = place
        .key
        .filter(|key| key.span.contains(&at))
        .or_else(|| Some(place.value).filter(|value| value.span.contains(&at)))?;
    let all: Vec<Step> = base.into_iter().chain(steps).collect();
    Some(value(desk, &all, key.span.clone()))
}

/// A value: what it is in the end, who set it, what is said about it.
fn value(desk: &Desk, path: &[Step], bytes: std::ops::Range<usize>) -> Hint {
    let title = if path.is_empty() { "the top-level dot".to_owned() } else { format!(".{}", written(path)) };
    let value = desk.value(path);
    let history = desk.history(path);
    let is_value = path.first() == root(&FilePath::values()).first();
    let mut lines = Vec::new();
    match (&value, path.is_empty()) {
        (_, true) => {}
        (Some(value), _) => lines.push(format!("is {}", brief(value))),
        (None, _) if is_value => lines.push("is not set".to_owned()),
        (None, _) => {}
    }
    if let Some(setting) = &history.set_by {
        lines.push(format!("set by {}", desk.set_by(setting)));
    }
    lines.extend(
        history.overrode.iter().map(|setting| format!("over {} ({})", brief(&setting.value), desk.set_by(setting))),
    );
    if let Some(setting) = history.hidden_by.as_ref().filter(|_| value.is_none()) {
        lines.push(format!("taken away by {}", desk.set_by(setting)));
    }
    let place = history.set_by.iter().chain(&history.overrode).filter_map(|setting| desk.set_at(setting));
    lines.extend(place.map(|place| desk.comment(&place)).find(|comment| !comment.is_empty()));
    Hint { bytes, title, lines }
}

/// `(int, string)`
pub(super) fn signature(function: &Function) -> String {
    let shown = |name: String| name.replace("interface {}", "any");
    let params = function.signature.params.iter().map(|param| shown(param.to_string()));
    let rest = function.signature.variadic.iter().map(|rest| format!("{}...", shown(rest.to_string())));
    format!("({})", params.chain(rest).collect::<Vec<_>>().join(", "))
}
