//! Searching the chart's texts.

use serde::{Deserialize, Serialize};

use super::{Content, Files, Place};
use crate::source::LineIndex;

/// A line in which something was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    /// Where.
    pub place: Place,
    /// The line, without what indents it.
    pub line: String,
}

/// More hits than these are not told.
pub const MOST_HITS: usize = 200;

/// Longer lines are cut.
const WIDEST: usize = 160;

/// The lines that hold these words, in the order of files. Small letters stand for capitals, too.
pub fn search(files: &Files, words: &str) -> Vec<Hit> {
    if words.is_empty() {
        return Vec::new();
    }
    let is_exact = words.chars().any(char::is_uppercase);
    let mut hits = Vec::new();
    for (path, content) in files {
        let Content::Text(text) = content else { continue };
        let index = LineIndex::new(text.as_bytes());
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            if let Some(at) = find(line, words, is_exact) {
                let bytes = start + at..start + at + words.len();
                let position = index.position(text.as_bytes(), bytes.start);
                let place = Place { path: path.clone(), line: position.line, column: position.column, bytes };
                hits.push(Hit { place, line: line.trim().chars().take(WIDEST).collect() });
                if hits.len() == MOST_HITS {
                    return hits;
                }
            }
            start += line.len();
        }
    }
    hits
}

/// Letters keep their length in bytes only where they are ASCII: only those are taken for each other.
fn find(line: &str, words: &str, is_exact: bool) -> Option<usize> {
    if is_exact { line.find(words) } else { line.to_ascii_lowercase().find(words) }
}

#[cfg(test)]
mod tests {
    use super::super::FilePath;
    use super::*;

    #[test]
    fn lines_are_found_with_their_places() {
        let files: Files = [("a.yaml", "x: 1\n  é: Port\n"), ("b.yaml", "port: 1\nPORT: 2\n"), ("c.bin", "")]
            .map(|(path, text)| (FilePath::parse(path).unwrap(), Content::Text(text.into())))
            .into();
        let told = |words: &str| {
            let tell = |hit: &Hit| format!("{} {}", hit.place.label(), hit.line);
            search(&files, words).iter().map(tell).collect::<Vec<_>>()
        };
        assert_eq!(told("port"), ["a.yaml:2 é: Port", "b.yaml:1 port: 1", "b.yaml:2 PORT: 2"]);
        assert_eq!(told("Port"), ["a.yaml:2 é: Port"]);
        assert_eq!(told(""), [""; 0]);
        let first = search(&files, "port").remove(0);
        assert_eq!((first.place.bytes, first.place.column), (11..15, 6));
    }
}
