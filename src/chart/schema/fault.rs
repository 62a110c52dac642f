//! A fault found in values, and the faults it follows from.

use crate::value::format::{Charset, quote};

/// A fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// Where in the values.
    pub(super) at: Vec<String>,
    /// What.
    pub(super) message: String,
    /// What it follows from.
    pub(super) causes: Vec<Fault>,
    /// Whether it only leads on to another schema, and isn't worth a line if it has but one cause.
    pub(super) is_reference: bool,
}

impl Fault {
    /// What is said of faults of one value together.
    pub(super) const GROUP: &str = "validation failed";

    /// Whether it only holds faults together.
    pub(super) fn is_group(&self) -> bool {
        self.message == Self::GROUP && !self.is_reference
    }

    /// A list, a line each, without a newline at the end.
    pub(super) fn list(faults: &[Self]) -> String {
        let mut lines = Vec::new();
        for fault in faults {
            fault.write(0, &mut lines);
        }
        lines.join("\n")
    }

    fn write(&self, indent: usize, lines: &mut Vec<String>) {
        let hidden = self.is_reference && self.causes.len() == 1;
        if !hidden {
            let path: String = self.at.iter().map(|step| "/".to_owned() + &escape(step)).collect();
            lines.push(format!("{}- at {}: {}", "  ".repeat(indent), single(&path), self.message));
        }
        let indent = if hidden { indent } else { indent + 1 };
        for cause in &self.causes {
            cause.write(indent, lines);
        }
    }
}

fn escape(step: &str) -> String {
    step.replace('~', "~0").replace('/', "~1")
}

/// A text in single quotes.
pub(super) fn single(text: &str) -> String {
    let quoted = quote(text.as_bytes(), Charset::Unicode);
    let inner = quoted.get(1..quoted.len() - 1).unwrap_or_default();
    format!("'{}'", inner.replace("\\\"", "\"").replace('\'', "\\'"))
}

/// Texts in single quotes, after each other.
pub(super) fn listed(texts: &[String]) -> String {
    texts.iter().map(|text| single(text)).collect::<Vec<_>>().join(", ")
}
