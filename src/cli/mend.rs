//! `chartroom lint --fix`: what can be mended without a doubt is mended in the files.
//!
//! No edit is trusted: with it everything is rendered and checked again, and it counts only where the output is what was
//! predicted, the finding is gone and no other has come.

use std::collections::BTreeMap;
use std::fs;

use super::lint_args::{LintArgs, Mend};
use super::mend_files::{Edits, Mendable, Seen};
use super::mend_stops;
use super::terminal::{Status, Terminal};
use crate::lint::{Edit, Finding, Fix, FixKind, Group, fix, hunks, predicted, rule};

/// Runs the command.
pub(super) fn run(args: &LintArgs, terminal: &mut Terminal) -> Status {
    match mend(args, terminal) {
        Ok(()) => Status::Success,
        Err(message) => terminal.error(&message),
    }
}

fn mend(args: &LintArgs, terminal: &mut Terminal) -> Result<(), String> {
    let files = Mendable::new(args, terminal)?;
    let seen = files.see(&Edits::new(), terminal)?;
    let (chosen, count) = if seen.failures.is_empty() {
        tried(&files, &seen, &groups(&seen), terminal)
    } else {
        mend_stops::tried(&files, &seen, terminal)
    };
    if args.mend == Mend::Shown {
        return show(&files, &chosen, terminal);
    }
    files.write(&chosen, terminal)?;
    let (found, files) = (counted(count, "finding"), counted(chosen.len(), "file"));
    terminal.out(if count == 0 { "Nothing to mend\n".to_owned() } else { format!("{found} mended in {files}\n") });
    if let Some(next) = mend_stops::what_next(&seen, count) {
        terminal.out(next);
    }
    Ok(())
}

fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

/// Findings that the same edits mend: a template that is rendered several times has them several times.
struct Batch<'a> {
    findings: Vec<&'a Finding>,
    fixes: Vec<Fix>,
}

fn groups(seen: &Seen) -> Vec<Batch<'_>> {
    let mut groups: Vec<Batch> = Vec::new();
    for finding in &seen.checked.findings {
        let document = seen.documents.get(finding.place.document);
        let fix = fix(finding, document, &seen.files, &seen.trace);
        let Some(fix) = fix.filter(|fix| fix.kind == FixKind::Safe) else { continue };
        match groups.iter_mut().find(|group| group.fixes.iter().all(|known| known.edits == fix.edits)) {
            Some(group) => {
                group.findings.push(finding);
                group.fixes.push(fix);
            }
            None => groups.push(Batch { findings: vec![finding], fixes: vec![fix] }),
        }
    }
    groups
}

/// The edits that do what they should, and how many findings they mend. All are tried at once, and where that fails one
/// after the other.
fn tried(files: &Mendable, seen: &Seen, groups: &[Batch], terminal: &mut Terminal) -> (Edits, usize) {
    let all: Vec<&Batch> = groups.iter().collect();
    let mut chosen: Vec<&Batch> = Vec::new();
    if holds(files, seen, &all, terminal) {
        chosen = all;
    } else {
        for group in groups {
            chosen.push(group);
            if !holds(files, seen, &chosen, terminal) {
                chosen.pop();
            }
        }
    }
    let count = chosen.iter().map(|group| group.findings.len()).sum();
    (edits(&chosen).unwrap_or_default(), count)
}

/// Whether edits change what they should and nothing else.
fn holds(files: &Mendable, seen: &Seen, groups: &[&Batch], terminal: &mut Terminal) -> bool {
    let Some(edits) = edits(groups) else { return false };
    let Ok(after) = files.see(&edits, terminal) else { return false };
    let all: Vec<&Fix> = groups.iter().flat_map(|group| &group.fixes).collect();
    let expected = predicted(&seen.documents, &all);
    let is_as_expected = after.documents.len() == expected.len()
        && after.documents.iter().zip(&expected).all(|(document, text)| document.text.as_bytes() == text.as_slice());
    let is_as_expected = is_as_expected && after.failures.is_empty();
    let mended: Vec<&Finding> = groups.iter().flat_map(|group| group.findings.iter().copied()).collect();
    // A field that is renamed may have the same faults under its new name: they are counted.
    let left = seen.checked.findings.iter().filter(|finding| !mended.contains(finding));
    let mut known: BTreeMap<_, usize> = BTreeMap::new();
    left.for_each(|finding| *known.entry(key(finding)).or_default() += 1);
    let is_known = |finding: &Finding| {
        let count = known.entry(key(finding)).or_default();
        let is_left = *count > 0;
        *count = count.saturating_sub(1);
        is_left || mended.iter().any(|old| is_behind(finding, old))
    };
    is_as_expected && after.checked.findings.iter().all(is_known)
}

/// Whether a finding was there before, behind a graver one that is mended: of the faults of one directory of the node only
/// the gravest is told.
fn is_behind(finding: &Finding, mended: &Finding) -> bool {
    let same_document = finding.place.document == mended.place.document;
    let is_host_path = |finding: &Finding| rule(finding.rule).is_some_and(|rule| rule.group == Group::Hostpath);
    same_document && finding.severity <= mended.severity && is_host_path(finding) && is_host_path(mended)
}

fn key(finding: &Finding) -> (&'static str, usize) {
    (finding.rule, finding.place.document)
}

/// Edits by file; `None` where two touch each other.
fn edits(groups: &[&Batch]) -> Option<Edits> {
    let mut edits = Edits::new();
    for edit in groups.iter().filter_map(|group| group.fixes.first()).flat_map(|fix| &fix.edits) {
        edits.entry(edit.path.to_string()).or_default().push(edit.clone());
    }
    let is_apart = |edits: &mut Vec<Edit>| {
        edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
        edits.windows(2).all(|pair| matches!(pair, [a, b] if a.range.end <= b.range.start))
    };
    edits.values_mut().all(is_apart).then_some(edits)
}

/// Prints the edits as a unified diff without lines around them.
fn show(files: &Mendable, edits: &Edits, terminal: &mut Terminal) -> Result<(), String> {
    for (file, edits) in edits {
        let path = files.path(file, terminal);
        let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        terminal.out(format!("--- a/{file}\n+++ b/{file}\n"));
        let mut grown = 0_isize;
        for hunk in hunks(&text, edits) {
            let (old, new) = (hunk.old.len(), hunk.new.len());
            // Where nothing goes, the line before is named.
            let before = hunk.line - usize::from(old == 0);
            let after = (hunk.line.cast_signed() + grown).cast_unsigned() - usize::from(new == 0);
            terminal.out(format!("@@ -{before},{old} +{after},{new} @@\n"));
            hunk.old.iter().for_each(|line| terminal.out(format!("-{line}\n")));
            hunk.new.iter().for_each(|line| terminal.out(format!("+{line}\n")));
            grown += new.cast_signed() - old.cast_signed();
        }
    }
    Ok(())
}
