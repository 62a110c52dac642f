//! What differs between two states of a chart's files, line by line.

use serde::{Deserialize, Serialize};

use super::{Content, FilePath, Files};

/// A file that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange {
    /// The file.
    pub path: FilePath,
    /// Its lines, those that are alike far from any change left out. None of a binary file.
    pub lines: Vec<LineChange>,
}

/// A line of two texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LineChange {
    /// In both.
    Same(String),
    /// In the first only.
    Gone(String),
    /// In the second only.
    New(String),
    /// So many lines that are alike.
    Skipped(usize),
}

/// The files that differ.
pub fn file_changes(before: &Files, after: &Files) -> Vec<FileChange> {
    let gone = before.keys().filter(|path| !after.contains_key(path));
    let mut paths: Vec<&FilePath> = gone.chain(after.keys()).collect();
    paths.sort();
    let differs = paths.into_iter().filter(|path| before.get(path) != after.get(path));
    let text = |files: &Files, path: &FilePath| match files.get(path) {
        Some(Content::Text(text)) => Some(text.to_string()),
        Some(Content::Binary(_)) => None,
        None => Some(String::new()),
    };
    let change = |path: &FilePath| {
        let texts = text(before, path).zip(text(after, path));
        FileChange { path: path.clone(), lines: texts.map(|(a, b)| line_changes(&a, &b)).unwrap_or_default() }
    };
    differs.map(change).collect()
}

/// Lines compared at most: beyond, everything between the first and the last change counts as changed.
const MOST_PAIRS: usize = 1_000_000;

/// The lines of two texts. What comes first and last in both is set aside; of what is between, the longest common rest
/// stays.
pub fn line_changes(before: &str, after: &str) -> Vec<LineChange> {
    let (a, b): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let start = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let rest = a.len().min(b.len()) - start;
    let end = a.iter().rev().zip(b.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let middle = |lines: &[&str]| -> Vec<String> {
        lines.get(start..lines.len() - end).unwrap_or_default().iter().map(ToString::to_string).collect()
    };
    let same = |lines: &[&str]| lines.iter().map(|line| LineChange::Same((*line).to_owned())).collect::<Vec<_>>();
    let head = same(a.get(..start).unwrap_or_default());
    let tail = same(a.get(a.len() - end..).unwrap_or_default());
    folded(head.into_iter().chain(aligned(&middle(&a), &middle(&b))).chain(tail).collect())
}

/// The longest common sequence, by the usual table.
fn aligned(a: &[String], b: &[String]) -> Vec<LineChange> {
    let gone = |line: &String| LineChange::Gone(line.clone());
    let new = |line: &String| LineChange::New(line.clone());
    if a.len() * b.len() > MOST_PAIRS {
        return a.iter().map(gone).chain(b.iter().map(new)).collect();
    }
    let width = b.len() + 1;
    let mut table = vec![0_u32; (a.len() + 1) * width];
    let at = |table: &[u32], i: usize, j: usize| table.get(i * width + j).copied().unwrap_or_default();
    for (i, left) in a.iter().enumerate().rev() {
        for (j, right) in b.iter().enumerate().rev() {
            let best = if left == right {
                at(&table, i + 1, j + 1) + 1
            } else {
                at(&table, i + 1, j).max(at(&table, i, j + 1))
            };
            if let Some(cell) = table.get_mut(i * width + j) {
                *cell = best;
            }
        }
    }
    let (mut i, mut j, mut lines) = (0, 0, Vec::new());
    loop {
        match (a.get(i), b.get(j)) {
            (Some(left), Some(right)) if left == right => {
                lines.push(LineChange::Same(left.clone()));
                (i, j) = (i + 1, j + 1);
            }
            (Some(left), right) if right.is_none() || at(&table, i + 1, j) >= at(&table, i, j + 1) => {
                lines.push(gone(left));
                i += 1;
            }
            (_, Some(right)) => {
                lines.push(new(right));
                j += 1;
            }
            (_, None) => return lines,
        }
    }
}

/// Leaves out what is alike and more than three lines from a change.
fn folded(lines: Vec<LineChange>) -> Vec<LineChange> {
    const NEAR: usize = 3;
    let is_same = |line: &LineChange| matches!(line, LineChange::Same(_));
    let changed: Vec<usize> = lines.iter().enumerate().filter(|(_, line)| !is_same(line)).map(|(at, _)| at).collect();
    let mut out: Vec<LineChange> = Vec::new();
    for (at, line) in lines.into_iter().enumerate() {
        let next = changed.partition_point(|&change| change + NEAR < at);
        let is_near = changed.get(next).is_some_and(|&change| change <= at + NEAR);
        match (is_near, out.last_mut()) {
            (true, _) => out.push(line),
            (false, Some(LineChange::Skipped(count))) => *count += 1,
            (false, _) => out.push(LineChange::Skipped(1)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(before: &str, after: &str) -> String {
        let line = |line: LineChange| match line {
            LineChange::Same(text) => format!(" {text}"),
            LineChange::Gone(text) => format!("-{text}"),
            LineChange::New(text) => format!("+{text}"),
            LineChange::Skipped(count) => format!("…{count}"),
        };
        line_changes(before, after).into_iter().map(line).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn lines_are_aligned_and_what_is_far_is_left_out() {
        assert_eq!(written("a\nb\nc\n", "a\nx\nc\n"), " a|-b|+x| c");
        assert_eq!(written("a\nb\nc\nd\n", "b\nc\ny\nd\n"), "-a| b| c|+y| d");
        assert_eq!(written("", "a\n"), "+a");
        assert_eq!(written("1\n2\n3\n4\n5\n6\n", "1\n2\n3\n4\n5\nx\n"), "…2| 3| 4| 5|-6|+x");
        let long = |last: &str| format!("first\n{}{last}\n", "x\n".repeat(5000));
        assert_eq!(written(&long("a"), &long("b")), "…4998| x| x| x|-a|+b");
    }

    #[test]
    fn files_that_come_go_or_change_are_listed() {
        let files = |list: &[(&str, &[u8])]| -> Files {
            let file = |(path, bytes): &(&str, &[u8])| (FilePath::parse(path).unwrap(), Content::from_bytes(bytes));
            list.iter().map(file).collect()
        };
        let before = files(&[("a", b"1\n"), ("b", b"1\n"), ("c", &[0]), ("same", b"1")]);
        let after = files(&[("b", b"2\n"), ("c", &[0, 1]), ("d", b"new\n"), ("same", b"1")]);
        let changes = file_changes(&before, &after);
        let counts: Vec<_> = changes.iter().map(|change| (change.path.as_str(), change.lines.len())).collect();
        assert_eq!(counts, [("a", 1), ("b", 2), ("c", 0), ("d", 1)]);
    }
}
