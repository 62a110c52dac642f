//! The drafts of JSON Schema: by which address they are asked for, and where their schemas have schemas in them.

use crate::value::{Map, Value};

/// A draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Draft {
    /// `exclusiveMinimum` is a boolean.
    Four,
    Six,
    /// 6 and 7: what stands beside a `$ref` doesn't count.
    Seven,
    /// 2019-09: it does.
    TwentyNineteen,
    /// 2020-12: `prefixItems`.
    TwentyTwenty,
}

/// How schemas stand in a keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    One,
    List,
    Members,
    /// `items`, before it was split.
    OneOrList,
}

/// The keywords with schemas in them, and the first draft that has them.
const PLACES: [(&str, Place, Draft); 22] = [
    ("definitions", Place::Members, Draft::Four),
    ("not", Place::One, Draft::Four),
    ("allOf", Place::List, Draft::Four),
    ("anyOf", Place::List, Draft::Four),
    ("oneOf", Place::List, Draft::Four),
    ("properties", Place::Members, Draft::Four),
    ("additionalProperties", Place::One, Draft::Four),
    ("patternProperties", Place::Members, Draft::Four),
    ("items", Place::OneOrList, Draft::Four),
    ("additionalItems", Place::One, Draft::Four),
    ("dependencies", Place::Members, Draft::Four),
    ("propertyNames", Place::One, Draft::Six),
    ("contains", Place::One, Draft::Six),
    ("if", Place::One, Draft::Seven),
    ("then", Place::One, Draft::Seven),
    ("else", Place::One, Draft::Seven),
    ("$defs", Place::Members, Draft::TwentyNineteen),
    ("dependentSchemas", Place::Members, Draft::TwentyNineteen),
    ("unevaluatedProperties", Place::One, Draft::TwentyNineteen),
    ("unevaluatedItems", Place::One, Draft::TwentyNineteen),
    ("contentSchema", Place::One, Draft::TwentyNineteen),
    ("prefixItems", Place::List, Draft::TwentyTwenty),
];

impl Draft {
    /// Address of the draft's own schema.
    pub(super) fn address(self) -> &'static str {
        match self {
            Self::Four => "http://json-schema.org/draft-04/schema",
            Self::Six => "http://json-schema.org/draft-06/schema",
            Self::Seven => "http://json-schema.org/draft-07/schema",
            Self::TwentyNineteen => "https://json-schema.org/draft/2019-09/schema",
            Self::TwentyTwenty => "https://json-schema.org/draft/2020-12/schema",
        }
    }

    /// The draft that `$schema` names.
    pub(super) fn named(address: &str) -> Option<Self> {
        const ALL: [Draft; 5] = [Draft::Four, Draft::Six, Draft::Seven, Draft::TwentyNineteen, Draft::TwentyTwenty];
        let address = address.strip_suffix('#').unwrap_or(address);
        let bare = |address: &'static str| address.split_once("://").map_or(address, |(_, rest)| rest);
        let asked = address.strip_prefix("http://").or_else(|| address.strip_prefix("https://")).unwrap_or(address);
        if asked == "json-schema.org/schema" {
            return Some(Self::TwentyTwenty);
        }
        ALL.into_iter().find(|draft| bare(draft.address()) == asked)
    }

    /// Whether what stands beside `$ref` counts.
    pub(super) fn is_modern(self) -> bool {
        self >= Self::TwentyNineteen
    }

    /// The keyword that names a schema.
    pub(super) fn id_keyword(self) -> &'static str {
        if self == Self::Four { "id" } else { "$id" }
    }

    /// The name of a schema, without what follows `#`; empty where it has none.
    pub(super) fn id(self, schema: &Map) -> String {
        if !self.is_modern() && schema.contains("$ref") {
            return String::new();
        }
        let id = text_at(schema, self.id_keyword()).unwrap_or_default();
        id.split('#').next().unwrap_or_default().to_owned()
    }

    /// The schemas in a schema, with their pointers.
    pub(super) fn subschemas(self, schema: &Map, pointer: &str) -> Vec<(String, Value)> {
        let mut found = Vec::new();
        for (keyword, place, _) in PLACES.iter().filter(|(.., since)| *since <= self) {
            let Some(value) = schema.value(keyword) else { continue };
            let below = below(pointer, keyword);
            match (place, &value) {
                (Place::One | Place::OneOrList, Value::Map(_) | Value::Bool(_)) => found.push((below, value)),
                (Place::List | Place::OneOrList, Value::List(list)) => {
                    found.extend(list.values().enumerate().map(|(at, item)| (format!("{below}/{at}"), item.clone())));
                }
                (Place::Members, Value::Map(map)) => {
                    let entries = map.entries().into_iter();
                    found.extend(entries.map(|(name, entry)| (self::below(&below, &name), entry.value)));
                }
                _ => {}
            }
        }
        found
    }
}

/// A pointer one step further.
pub(super) fn below(pointer: &str, step: &str) -> String {
    format!("{pointer}/{}", escape(step))
}

/// A step of a pointer as it is written.
pub(super) fn escape(step: &str) -> String {
    step.replace('~', "~0").replace('/', "~1")
}

/// A text under a key.
pub(super) fn text_at(map: &Map, key: &str) -> Option<String> {
    map.value(key)?.as_text().map(|text| text.to_str().into_owned())
}
