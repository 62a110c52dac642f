//! A schema, read: what each keyword asks for.

use super::draft::Draft;
use super::number::Decimal;
use crate::value::Value;

/// A schema's place among those that were read.
pub(super) type Id = usize;

/// What a schema asks of values.
#[derive(Debug)]
pub(super) struct Schema {
    /// Its address.
    pub(super) location: String,
    pub(super) draft: Draft,
    /// The schema with a name that it belongs to.
    pub(super) resource: Id,
    /// Names that `$dynamicRef` finds in a schema with a name.
    pub(super) dynamic_anchors: Vec<(String, Id)>,
    /// `true` or `false`.
    pub(super) verdict: Option<bool>,
    pub(super) references: References,
    pub(super) types: Types,
    pub(super) constant: Option<Value>,
    pub(super) choices: Option<Vec<Value>>,
    pub(super) format: Option<String>,
    pub(super) combined: Combined,
    pub(super) object: ObjectRules,
    pub(super) array: ArrayRules,
    pub(super) text: TextRules,
    pub(super) number: NumberRules,
}

/// Types, each a bit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Types(u8);

impl Types {
    /// In the order in which they are told.
    pub(super) const IN_ORDER: [&str; 7] = ["null", "boolean", "number", "integer", "string", "array", "object"];

    pub(super) fn add(&mut self, name: &str) {
        if let Some(at) = Self::IN_ORDER.iter().position(|known| *known == name) {
            self.0 |= 1 << at;
        }
    }

    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(super) fn contains(self, name: &str) -> bool {
        self.names().any(|known| known == name)
    }

    pub(super) fn names(self) -> impl Iterator<Item = &'static str> {
        Self::IN_ORDER.into_iter().enumerate().filter(move |(at, _)| self.0 & (1 << at) != 0).map(|(_, name)| name)
    }
}

/// Where a schema leads on to.
#[derive(Debug, Default)]
pub(super) struct References {
    pub(super) plain: Option<Id>,
    pub(super) recursive: Option<Id>,
    pub(super) recursive_anchor: bool,
    /// The first target, and the name to look for.
    pub(super) dynamic: Option<(Id, Option<String>)>,
    pub(super) dynamic_anchor: Option<String>,
}

/// Schemas that hold together.
#[derive(Debug, Default)]
pub(super) struct Combined {
    pub(super) not: Option<Id>,
    pub(super) all_of: Vec<Id>,
    pub(super) any_of: Vec<Id>,
    pub(super) one_of: Vec<Id>,
    pub(super) condition: Option<Id>,
    pub(super) then: Option<Id>,
    pub(super) otherwise: Option<Id>,
}

/// A bound of a size.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sizes {
    pub(super) least: Option<usize>,
    pub(super) most: Option<usize>,
}

/// What follows from a property that is there.
#[derive(Debug)]
pub(super) enum Dependency {
    Names(Vec<String>),
    Schema(Id),
}

/// What is left over: `additionalProperties`, `additionalItems`.
#[derive(Clone, Copy, Debug)]
pub(super) enum Rest {
    Allowed(bool),
    Schema(Id),
}

/// Keywords about objects.
#[derive(Debug, Default)]
pub(super) struct ObjectRules {
    pub(super) sizes: Sizes,
    pub(super) required: Vec<String>,
    pub(super) properties: Vec<(String, Id)>,
    pub(super) patterns: Vec<(String, Id)>,
    pub(super) additional: Option<Rest>,
    pub(super) dependencies: Vec<(String, Dependency)>,
    pub(super) names: Option<Id>,
    pub(super) dependent_schemas: Vec<(String, Id)>,
    pub(super) dependent_required: Vec<(String, Vec<String>)>,
    pub(super) unevaluated: Option<Id>,
}

/// Keywords about arrays.
#[derive(Debug, Default)]
pub(super) struct ArrayRules {
    pub(super) sizes: Sizes,
    pub(super) unique: bool,
    /// For the first items, one each: `prefixItems`, or `items` as a list.
    pub(super) first: Vec<Id>,
    /// For all after them.
    pub(super) rest: Option<Rest>,
    pub(super) contains: Option<Id>,
    pub(super) contained: Sizes,
    pub(super) unevaluated: Option<Id>,
}

/// Keywords about texts.
#[derive(Debug, Default)]
pub(super) struct TextRules {
    pub(super) sizes: Sizes,
    pub(super) pattern: Option<String>,
}

/// Keywords about numbers.
#[derive(Debug, Default)]
pub(super) struct NumberRules {
    pub(super) minimum: Option<f64>,
    pub(super) maximum: Option<f64>,
    pub(super) exclusive_minimum: Option<f64>,
    pub(super) exclusive_maximum: Option<f64>,
    pub(super) multiple_of: Option<Decimal>,
}

impl Schema {
    pub(super) fn new(location: String) -> Self {
        Self {
            location,
            draft: Draft::TwentyTwenty,
            resource: 0,
            dynamic_anchors: Vec::new(),
            verdict: None,
            references: References::default(),
            types: Types::default(),
            constant: None,
            choices: None,
            format: None,
            combined: Combined::default(),
            object: ObjectRules::default(),
            array: ArrayRules::default(),
            text: TextRules::default(),
            number: NumberRules::default(),
        }
    }
}
