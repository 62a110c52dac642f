//! What edits do to a file, line by line.

use super::Edit;

/// Lines that go, and lines that come in their place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hunk {
    /// The first line that goes, from 1.
    pub line: usize,
    /// The lines that go.
    pub old: Vec<String>,
    /// The lines that come.
    pub new: Vec<String>,
}

/// The lines that edits of a file change, one hunk for each edit; edits of the same lines share one.
pub fn hunks(text: &str, edits: &[Edit]) -> Vec<Hunk> {
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    edits.dedup();
    let mut groups: Vec<(std::ops::Range<usize>, Vec<&Edit>)> = Vec::new();
    for edit in edits {
        let lines = lines_around(text, &edit.range);
        match groups.last_mut().filter(|(last, _)| lines.start < last.end) {
            Some((last, group)) => {
                last.end = last.end.max(lines.end);
                group.push(edit);
            }
            None => groups.push((lines, vec![edit])),
        }
    }
    groups.into_iter().map(|(lines, edits)| hunk(text, lines, &edits)).collect()
}

fn hunk(text: &str, lines: std::ops::Range<usize>, edits: &[&Edit]) -> Hunk {
    let own = text.get(lines.clone()).unwrap_or_default();
    let inside = edits.iter().map(|edit| {
        let range = edit.range.start - lines.start..edit.range.end - lines.start;
        (range, edit.text.as_str())
    });
    let new = String::from_utf8_lossy(&super::replaced(own.as_bytes(), inside.collect())).into_owned();
    let (mut old, mut new): (Vec<&str>, Vec<&str>) = (own.lines().collect(), new.lines().collect());
    let mut line = text.get(..lines.start).unwrap_or_default().matches('\n').count() + 1;
    while !old.is_empty() && old.first() == new.first() {
        old.remove(0);
        new.remove(0);
        line += 1;
    }
    while !old.is_empty() && old.last() == new.last() {
        old.pop();
        new.pop();
    }
    let owned = |lines: Vec<&str>| lines.into_iter().map(str::to_owned).collect();
    Hunk { line, old: owned(old), new: owned(new) }
}

/// The bytes of the lines that a range touches.
fn lines_around(text: &str, range: &std::ops::Range<usize>) -> std::ops::Range<usize> {
    let start = text.get(..range.start).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
    if range.end > range.start && text.get(..range.end).is_some_and(|until| until.ends_with('\n')) {
        return start..range.end;
    }
    let end = text.get(range.end..).and_then(|rest| rest.find('\n'));
    start..end.map_or(text.len(), |newline| range.end + newline + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lines_that_change_are_shown() {
        let edit = |range, text: &str| Edit { path: "a".into(), range, text: text.to_owned() };
        let lines = |hunks: Vec<Hunk>| {
            let told = hunks.iter().map(|hunk| format!("{}-{}+{}", hunk.line, hunk.old.join("|"), hunk.new.join("|")));
            told.collect::<Vec<_>>()
        };
        let text = "a: 1\nb: 2\nc: 3\n";
        assert_eq!(lines(hunks(text, &[edit(8..9, "5")])), ["2-b: 2+b: 5"]);
        assert_eq!(lines(hunks(text, &[edit(5..10, "")])), ["2-b: 2+"]);
        assert_eq!(lines(hunks(text, &[edit(4..4, "\nx: 0")])), ["2-+x: 0"]);
        assert_eq!(lines(hunks(text, &[edit(3..4, "7"), edit(13..14, "9")])), ["1-a: 1+a: 7", "3-c: 3+c: 9"]);
    }
}
