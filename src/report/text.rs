//! The report for a terminal: a finding's place, weight and rule in one line, as compilers write them.

use std::fmt::Write;

use super::{Entry, LintReport, counted};

/// Writes it.
pub(super) fn write(report: &LintReport) -> String {
    let mut text = String::new();
    for finding in &report.findings {
        write_finding(&mut text, finding);
    }
    write_suppressed(&mut text, report);
    text + &format!("{}\n", report.summary())
}

fn write_finding(text: &mut String, finding: &Entry) {
    let Entry { rule, message, fix, .. } = finding;
    let (place, word) = (finding.written_place(), finding.severity.word());
    // Writing to a string can't fail.
    let _ = writeln!(text, "{place}: {word}[{rule}]: {message}");
    if finding.rendered.line > 0 {
        let _ = writeln!(text, "    in {}, rendered line {}", finding.object.title(), finding.rendered.line);
    }
    for related in &finding.related {
        let rule = related.rule.map(|rule| format!(" [{rule}]")).unwrap_or_default();
        let _ = writeln!(text, "    also: {}{rule}", related.message);
    }
    let _ = writeln!(text, "    fix: {fix}");
}

/// What was told to be ignored: a line each, and what of that isn't there.
fn write_suppressed(text: &mut String, report: &LintReport) {
    if !report.suppressed.is_empty() {
        let _ = writeln!(text, "{}:", counted(report.suppressed.len(), "suppressed finding"));
    }
    for finding in &report.suppressed {
        let Some(by) = &finding.suppressed else { continue };
        let Entry { rule, object, .. } = finding;
        let reason = if by.reason.is_empty() { String::new() } else { format!(": {}", by.reason) };
        let place = finding.written_place();
        let _ = writeln!(text, "    {place}: {rule} in {}, by {} `{}`{reason}", object.title(), by.kind, by.written);
    }
    for unused in &report.unused {
        let _ = writeln!(text, "{}", unused.line());
    }
}
