//! Label selectors: `matchLabels` and `matchExpressions`, or plain labels as Services have them.

use super::Field;

/// What the labels of an object must satisfy, all of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selector {
    requirements: Vec<Requirement>,
}

/// One condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirement {
    /// The label.
    pub key: String,
    /// The condition.
    pub operator: Operator,
    /// The values of `In` and `NotIn`.
    pub values: Vec<String>,
}

/// The conditions a label can be held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// The label has one of the values.
    In,
    /// The label has none of the values, or isn't there.
    NotIn,
    /// The label is there.
    Exists,
    /// The label isn't there.
    DoesNotExist,
}

impl Selector {
    /// Reads a `LabelSelector`. Expressions with an operator that doesn't exist can't be satisfied.
    pub fn from_field(field: &Field) -> Self {
        let mut selector = Self::from_labels(&field.get("matchLabels"));
        selector.requirements.extend(field.get("matchExpressions").items().iter().map(expression));
        selector
    }

    /// Reads plain labels, as a Service's selector has them.
    pub fn from_labels(field: &Field) -> Self {
        let equals = |(key, value): (std::rc::Rc<str>, Field)| Requirement {
            key: key.to_string(),
            operator: Operator::In,
            values: value.string().into_iter().collect(),
        };
        Self { requirements: field.entries().into_iter().map(equals).collect() }
    }

    /// The conditions.
    pub fn requirements(&self) -> &[Requirement] {
        &self.requirements
    }

    /// Whether nothing is asked: it selects everything (or, for a Service, nothing).
    pub fn is_empty(&self) -> bool {
        self.requirements.is_empty()
    }

    /// Whether labels, asked one by one, satisfy it.
    pub fn matches(&self, label: impl Fn(&str) -> Option<String>) -> bool {
        self.requirements.iter().all(|requirement| requirement.is_met(label(&requirement.key).as_deref()))
    }

    /// Whether the labels of a field (a map of strings) satisfy it.
    pub fn matches_field(&self, labels: &Field) -> bool {
        self.matches(|key| labels.get(key).string())
    }
}

impl Requirement {
    /// Whether a label with this value, or its absence, meets the condition.
    pub fn is_met(&self, value: Option<&str>) -> bool {
        let listed = value.is_some_and(|value| self.values.iter().any(|wanted| wanted == value));
        match self.operator {
            Operator::In => listed,
            Operator::NotIn => !listed,
            Operator::Exists => value.is_some(),
            Operator::DoesNotExist => value.is_none(),
        }
    }
}

fn expression(field: &Field) -> Requirement {
    let values = field.get("values").items().iter().filter_map(Field::string).collect();
    let key = field.get("key").string().unwrap_or_default();
    let (operator, values) = match field.get("operator").string().as_deref() {
        Some("NotIn") => (Operator::NotIn, values),
        Some("Exists") => (Operator::Exists, values),
        Some("DoesNotExist") => (Operator::DoesNotExist, values),
        Some("In") => (Operator::In, values),
        _ => (Operator::In, Vec::new()),
    };
    Requirement { key, operator, values }
}

#[cfg(test)]
mod tests {
    use super::super::Path;
    use super::*;
    use crate::value::{List, Map, Value};

    fn field(value: Map) -> Field {
        Field::new(Path::root(), Value::Map(value))
    }

    fn expression(operator: &str, values: &[&str]) -> Value {
        let values: List = values.iter().map(|value| Value::from(*value)).collect();
        let entries = [("key", Value::from("tier")), ("operator", operator.into()), ("values", values.into())];
        Value::Map(entries.into_iter().collect::<Map>())
    }

    #[test]
    fn expressions_and_labels_must_all_hold() {
        let labels: Map = [("app", Value::from("web")), ("tier", "front".into())].into_iter().collect();
        let cases = [
            ("In", &["front", "back"][..], true),
            ("In", &["back"], false),
            ("NotIn", &["back"], true),
            ("Exists", &[], true),
            ("DoesNotExist", &[], false),
            ("Sounds", &["front"], false),
        ];
        for (operator, values, expected) in cases {
            let expressions: List = [expression(operator, values)].into_iter().collect();
            let match_labels: Map = [("app", Value::from("web"))].into_iter().collect();
            let entries = [("matchLabels", Value::from(match_labels)), ("matchExpressions", expressions.into())];
            let selector = Selector::from_field(&field(entries.into_iter().collect()));
            assert_eq!(selector.matches_field(&field(labels.clone())), expected, "{operator} {values:?}");
        }
        assert!(Selector::default().matches(|_| None));
    }
}
