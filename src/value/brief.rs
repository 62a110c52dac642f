//! A value in a few words, as people are told of it.

use super::{Value, format};

/// Longer texts are cut.
const LONGEST: usize = 80;

/// A value in one line: scalars as they print, an empty text as `""`, nil as `null`, and how much is in a container.
/// Control characters are spaces.
pub fn brief(value: &Value) -> String {
    match value {
        Value::Nil => "null".to_owned(),
        Value::String(text) if text.is_empty() => "\"\"".to_owned(),
        Value::String(text) => shortened(&text.to_str()),
        Value::List(list) if list.is_empty() => "[]".to_owned(),
        Value::List(list) => format!("[{}]", counted(list.len(), "item")),
        Value::Map(map) if map.is_empty() => "{}".to_owned(),
        Value::Map(map) => format!("{{{}}}", counted(map.len(), "key")),
        Value::Object(object) => match object.underlying() {
            Some(inner) if !matches!(inner, Value::Object(_)) => brief(&inner),
            _ => object.type_name().to_owned(),
        },
        other => shortened(&String::from_utf8_lossy(&format::display(other))),
    }
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

fn shortened(text: &str) -> String {
    let mut characters = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let short: String = characters.by_ref().take(LONGEST).collect();
    if characters.next().is_some() { short + "…" } else { short }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{List, Map};

    #[test]
    fn a_value_is_told_in_a_line() {
        let list: List = [Value::int(1)].into_iter().collect();
        let cases = [
            (Value::Nil, "null"),
            (Value::from(""), "\"\""),
            (Value::from("a\nb"), "a b"),
            (Value::Bool(true), "true"),
            (Value::Float(3.0), "3"),
            (Value::List(list), "[1 item]"),
            (Value::Map(Map::new()), "{}"),
        ];
        for (value, told) in cases {
            assert_eq!(brief(&value), told);
        }
        assert_eq!(brief(&Value::from("é".repeat(81))), "é".repeat(80) + "…");
    }
}
