//! The rules, one file each, by the groups of the catalogue.

pub mod chart;
pub mod deprecated_api;
pub mod hostpath;
pub mod networking;
pub mod probes;
pub mod references;
pub mod reliability;
pub mod security;
pub mod statefulset;
pub mod storage;
pub mod values;
pub mod yaml_schema;

mod scale;

pub(super) use reliability::names::value_fault as label_value_fault;
pub use values::values_schema_error::violations;

use crate::kube::Container;

/// Names in backticks, as a sentence lists them: `a`, `b` and 2 more.
fn listed<S: AsRef<str>>(names: &[S]) -> String {
    const SHOWN: usize = 3;
    let quoted: Vec<String> = names.iter().take(SHOWN).map(|name| format!("`{}`", name.as_ref())).collect();
    match names.len().saturating_sub(SHOWN) {
        0 => match quoted.split_last() {
            Some((last, before)) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
            _ => quoted.join(""),
        },
        more => format!("{} and {more} more", quoted.join(", ")),
    }
}

/// What a sentence calls a container: its name, or its number where it has none.
fn container_name(container: &Container) -> String {
    match container.name() {
        name if name.is_empty() => container.field().path().to_string(),
        name => name,
    }
}
