//! Sprig's [string slice functions](https://masterminds.github.io/sprig/string_slice.html).

use super::conversion::{strings, strslice, strval};
use super::text::{Weaver, characters, charge, occurrences};
use crate::template::{CallError, Context, Function, Int, TracedText};
use crate::value::{List, Map, MapKind, Text, Traced, Value};

pub(super) fn functions() -> Vec<Function> {
    vec![
        Function::new("join", join)
            .doc("The items of a list as one text, with a separator between them.")
            .example("{{ list 1 \"a\" | join \"-\" }}", "1-a"),
        Function::new("splitList", split_list)
            .doc("A text, cut at a separator, as a list.")
            .example("{{ splitList \",\" \"a,b\" }}", "[a b]"),
        Function::new("split", split)
            .doc("A text, cut at a separator, as a dict with the keys `_0`, `_1`, …")
            .example("{{ (split \",\" \"a,b\")._1 }}", "b"),
        Function::new("splitn", splitn)
            .doc("A text, cut at a separator into at most so many pieces, as a dict with the keys `_0`, `_1`, …")
            .example("{{ (splitn \",\" 2 \"a,b,c\")._1 }}", "b,c"),
        Function::new("sortAlpha", sort_alpha)
            .doc("The items of a list as texts in order.")
            .example("{{ sortAlpha (list \"b\" \"a\" 10 9) }}", "[10 9 a b]"),
    ]
}

fn join(cx: &mut dyn Context, separator: TracedText, list: Traced) -> Result<Text, CallError> {
    let pieces = strslice(&list);
    let texts = || pieces.iter().filter_map(|piece| Some((piece.value.as_text()?, piece.reads)));
    let len = texts().map(|(text, _)| text.len() + separator.text.len()).sum();
    charge(cx, len)?;
    cx.charge_steps(pieces.len() as u64)?;
    let mut weaver = Weaver::new(texts().map(|(text, _)| text));
    for (index, (text, reads)) in texts().enumerate() {
        if index > 0 {
            weaver.text(cx, &separator.text, separator.reads);
        }
        weaver.text(cx, text, reads);
    }
    Ok(weaver.finish())
}

/// Go's `strings.SplitN`; without a limit all pieces.
fn pieces(cx: &mut dyn Context, separator: &Text, text: &Text, limit: Option<usize>) -> Result<Vec<Text>, CallError> {
    charge(cx, text.len())?;
    let most = limit.unwrap_or(usize::MAX);
    if most == 0 {
        return Ok(Vec::new());
    }
    let bytes = text.as_bytes();
    let cuts: Vec<(usize, usize)> = if separator.is_empty() {
        characters(bytes).skip(1).map(|(at, _)| (at, at)).take(most - 1).collect()
    } else {
        occurrences(bytes, separator.as_bytes()).map(|at| (at, at + separator.len())).take(most - 1).collect()
    };
    if separator.is_empty() && bytes.is_empty() {
        return Ok(Vec::new());
    }
    cx.charge_bytes((cuts.len() * size_of::<Traced>()) as u64)?;
    let starts = [0].into_iter().chain(cuts.iter().map(|cut| cut.1));
    let ends = cuts.iter().map(|cut| cut.0).chain([text.len()]);
    Ok(starts.zip(ends).map(|(start, end)| text.slice(start..end)).collect())
}

fn split_list(cx: &mut dyn Context, separator: Text, text: TracedText) -> Result<List, CallError> {
    let pieces = pieces(cx, &separator, &text.text, None)?;
    Ok(strings(pieces.into_iter().map(|piece| Traced::new(piece, text.reads)).collect()))
}

fn numbered(pieces: Vec<Text>, text: &TracedText) -> Map {
    let map = Map::of(MapKind::String);
    for (index, piece) in pieces.into_iter().enumerate() {
        map.set(format!("_{index}"), Traced::new(piece, text.reads));
    }
    map
}

fn split(cx: &mut dyn Context, separator: Text, text: TracedText) -> Result<Map, CallError> {
    Ok(numbered(pieces(cx, &separator, &text.text, None)?, &text))
}

fn splitn(cx: &mut dyn Context, separator: Text, limit: Int, text: TracedText) -> Result<Map, CallError> {
    let limit = usize::try_from(limit.0).ok();
    Ok(numbered(pieces(cx, &separator, &text.text, limit)?, &text))
}

fn sort_alpha(cx: &mut dyn Context, list: Traced) -> Result<List, CallError> {
    let is_list = match &list.value {
        Value::List(_) => true,
        Value::Object(object) => matches!(object.underlying(), Some(Value::List(_))),
        _ => false,
    };
    if !is_list {
        return Ok(strings(vec![Traced::new(strval(&list.value), list.reads)]));
    }
    let mut items = strslice(&list);
    cx.charge_steps(items.len() as u64)?;
    items.sort_by(|a, b| a.value.as_text().cmp(&b.value.as_text()));
    Ok(strings(items))
}
