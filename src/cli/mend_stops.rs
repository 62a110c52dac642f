//! `chartroom lint --fix` where Helm stops: nothing is rendered, so no edit can be held against what it should print. It
//! counts where what it mends is gone and no more is wrong than before; the linter's own findings wait for another run.

use super::mend_files::{Edits, Mendable, Seen};
use super::terminal::Terminal;
use crate::lint::{Edit, Failure, FixKind, Way};

/// The edits that do what they should, and how many errors they mend: one is tried after the other.
pub(super) fn tried(files: &Mendable, seen: &Seen, terminal: &mut Terminal) -> (Edits, usize) {
    let (mut chosen, mut count, mut left) = (Edits::new(), 0, seen.failures.clone());
    for (failure, way) in seen.failures.iter().filter_map(|failure| Some((failure, safe(failure, seen)?))) {
        // The same error at several turns of a loop has the same edit.
        if chosen.values().flatten().any(|edit| touch(edit, &way.edit)) {
            continue;
        }
        let mut edits = chosen.clone();
        edits.entry(way.edit.path.to_string()).or_default().push(way.edit.clone());
        let Ok(after) = files.see(&edits, terminal) else { continue };
        if !is_among(failure, &after.failures) && after.failures.len() <= left.len() {
            (chosen, left) = (edits, after.failures);
            count = seen.failures.iter().filter(|failure| !is_among(failure, &left)).count();
        }
    }
    for edits in chosen.values_mut() {
        edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    }
    (chosen, count)
}

/// What to say of what is left.
pub(super) fn what_next(seen: &Seen, mended: usize) -> Option<String> {
    let is_all = mended == seen.failures.len();
    (!seen.failures.is_empty()).then(|| {
        let left = if is_all { "Run it again for what the linter finds" } else { "Helm still stops: see `lint`" };
        format!("{left}\n")
    })
}

/// The edit that mends an error without a doubt, unless the linter is told to be silent about it.
fn safe<'a>(failure: &'a Failure, seen: &Seen) -> Option<&'a Way> {
    let way = failure.ways.first().filter(|way| way.kind == FixKind::Safe)?;
    seen.checked.findings.iter().any(|finding| finding.ways == failure.ways).then_some(way)
}

fn is_among(failure: &Failure, others: &[Failure]) -> bool {
    let words = failure.error.to_string();
    others.iter().any(|other| other.error.to_string() == words)
}

fn touch(a: &Edit, b: &Edit) -> bool {
    a.path == b.path && a.range.start <= b.range.end && b.range.start <= a.range.end
}
