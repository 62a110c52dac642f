//! What a rule of the linter says of itself, as the page shows it: the same words as `chartroom rule ID`.

use serde::{Deserialize, Serialize};

use super::analysis::SeverityOnTheWay;
use crate::lint::{self, Activation, RULES, Rule};
use crate::source::Severity;

/// A rule's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleText {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How bad what it finds is.
    #[serde(with = "SeverityOnTheWay")]
    pub severity: Severity,
    /// Whether it looks only where somebody switched it on.
    pub is_off: bool,
    /// What it finds.
    pub what: String,
    /// Why that matters.
    pub why: String,
    /// What to do.
    pub fix: String,
    /// What it finds something in.
    pub bad: String,
    /// What it finds nothing in.
    pub good: String,
}

impl RuleText {
    /// Those of all rules.
    pub fn all() -> Vec<Self> {
        RULES.iter().map(|rule| Self::of(rule)).collect()
    }

    /// That of the rule with this id.
    pub fn named(id: &str) -> Option<Self> {
        lint::rule(id).map(Self::of)
    }

    fn of(rule: &Rule) -> Self {
        Self {
            id: rule.id.to_owned(),
            title: rule.title.to_owned(),
            severity: rule.severity,
            is_off: rule.activation == Activation::Off,
            what: rule.docs.what.to_owned(),
            why: rule.docs.why.to_owned(),
            fix: rule.docs.fix.to_owned(),
            bad: rule.bad.to_owned(),
            good: rule.good.to_owned(),
        }
    }
}
