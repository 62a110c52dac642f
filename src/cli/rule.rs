//! `chartroom rules` and `chartroom rule ID`: the rule reference.

use std::ffi::OsString;

use super::terminal::{Status, Terminal};
use crate::lint;
use crate::report::{rule_index, rule_page};

const USAGE: &str = "\
Explains rules of the linter: what they find, why that matters, what to do, and an example of both.

Usage:
  chartroom rule ID…
  chartroom rules     lists all
";

/// Explains rules.
pub(super) fn run(args: Vec<OsString>, terminal: &mut Terminal) -> Status {
    let ids: Vec<String> = args.iter().map(|arg| arg.to_string_lossy().into_owned()).collect();
    if ids.is_empty() || ids.iter().any(|id| id == "-h" || id == "--help") {
        terminal.out(USAGE);
        return if ids.is_empty() { Status::Failure } else { Status::Success };
    }
    let mut pages = Vec::new();
    for id in &ids {
        match lint::rule(id) {
            Some(rule) => pages.push(rule_page(rule)),
            None => return terminal.error(&unknown(id)),
        }
    }
    terminal.out(pages.join("\n"));
    Status::Success
}

/// Lists all rules.
pub(super) fn list(args: Vec<OsString>, terminal: &mut Terminal) -> Status {
    match args.first().map(|arg| arg.to_string_lossy().into_owned()).as_deref() {
        None => terminal.out(rule_index()),
        Some("-h" | "--help") => terminal.out(USAGE),
        Some(other) => return terminal.error(&format!("`chartroom rules` takes no argument, not `{other}`")),
    }
    Status::Success
}

/// That there is no such rule, and which may have been meant.
fn unknown(id: &str) -> String {
    let meant = lint::nearest_rule(id).map(|rule| format!(": did you mean `{}`?", rule.id)).unwrap_or_default();
    format!("there is no rule `{id}`{meant}")
}
