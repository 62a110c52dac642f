//! Comments that say what to ignore: `# lint-ignore: RULE reason`, or `{{/* lint-ignore: RULE reason */}}` in templates.
//!
//! Behind something, a comment speaks of its line and of what is indented below; on a line of its own, of the next line
//! and what is indented below that. Above the `apiVersion` or `kind` of a document it speaks of the whole document.
//! Several rules are separated by commas; `all` is every rule.

use std::ops::Range;

use crate::source::find;

/// A comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IgnoreComment {
    /// The names of rules.
    pub rules: Vec<String>,
    /// The rest of the comment.
    pub reason: String,
    /// The bytes from `lint-ignore` to the end of what it says.
    pub at: Range<usize>,
    /// The bytes it speaks of.
    pub covers: Range<usize>,
}

const MARK: &str = "lint-ignore:";

/// Finds them in a text. Most texts have none, and needn't be read as such.
pub fn comments(text: &[u8]) -> Vec<IgnoreComment> {
    if find(text, MARK.as_bytes()).is_none() {
        return Vec::new();
    }
    let text = std::str::from_utf8(text).unwrap_or_default();
    let lines = lines(text);
    (0..lines.len()).filter_map(|number| comment(&lines, number)).collect()
}

/// A line and where it begins.
struct Line<'t> {
    start: usize,
    text: &'t str,
}

impl Line<'_> {
    fn indent(&self) -> usize {
        self.text.len() - self.text.trim_start_matches(' ').len()
    }

    fn content(&self) -> &str {
        self.text.trim()
    }

    fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Blank, or a comment of YAML or of the template.
    fn is_silent(&self) -> bool {
        let content = self.content();
        let is_comment = content
            .strip_prefix("{{")
            .is_some_and(|rest| rest.trim_start_matches('-').trim_start().starts_with("/*") && content.ends_with("}}"));
        content.is_empty() || content.starts_with('#') || is_comment
    }

    /// An action that opens, parts or closes something and prints nothing itself.
    fn is_control(&self) -> bool {
        let Some(rest) = self.content().strip_prefix("{{") else { return false };
        let word = rest.trim_start_matches('-').trim_start();
        let word = word.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let assigns = rest.contains(":=");
        matches!(word, "if" | "else" | "end" | "with" | "range" | "define" | "block") || assigns
    }

    fn is_separator(&self) -> bool {
        self.text.starts_with("---")
    }

    fn is_item(&self) -> bool {
        self.content().starts_with("- ")
    }

    /// Whether it is at the top of an object.
    fn is_head(&self) -> bool {
        self.text.starts_with("apiVersion:") || self.text.starts_with("kind:")
    }
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut start = 0;
    let line = |text| {
        let line = Line { start, text };
        start += text.len() + 1;
        line
    };
    text.split('\n').map(line).collect()
}

fn comment(lines: &[Line], number: usize) -> Option<IgnoreComment> {
    let line = lines.get(number)?;
    let (before, said) = line.text.split_once(MARK)?;
    let opened = before.trim_end();
    let opening = opened.strip_suffix('#').or_else(|| opened.strip_suffix("/*"))?;
    let opening = opening.trim_end().trim_end_matches("{{-").trim_end_matches("{{");
    let said = said.split("*/").next().unwrap_or(said).trim();
    let (names, reason) = said.split_once(char::is_whitespace).unwrap_or((said, ""));
    let rules = names.split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect();
    let from = line.start + before.len();
    let to = from + MARK.len() + line.text.get(before.len() + MARK.len()..)?.find(said)? + said.len();
    let head = if opening.trim().is_empty() { next_head(lines, number + 1) } else { number };
    let covers = lines.get(head).map_or(line.end()..line.end(), |first| {
        let is_above_all = first.is_head() && head != number;
        let whole = || line.start..document_end(lines, head);
        if is_above_all { whole() } else { first.start..block_end(lines, head) }
    });
    Some(IgnoreComment { rules, reason: reason.trim().to_owned(), at: from..to, covers })
}

/// The next line that prints something.
fn next_head(lines: &[Line], from: usize) -> usize {
    let ahead = lines.iter().enumerate().skip(from);
    ahead.filter(|(_, line)| !line.is_silent() && !line.is_control()).map(|(at, _)| at).next().unwrap_or(lines.len())
}

fn document_end(lines: &[Line], head: usize) -> usize {
    let ends = lines.iter().skip(head).find(|line| line.is_separator());
    ends.map_or_else(|| lines.last().map_or(0, Line::end), |line| line.start)
}

/// The end of what is indented below a line. Items of a list may stand at the indentation of its key; actions and
/// comments may stand anywhere.
fn block_end(lines: &[Line], head: usize) -> usize {
    let Some(first) = lines.get(head) else { return 0 };
    let mut end = first.end();
    for line in lines.iter().skip(head + 1) {
        let is_below =
            line.indent() > first.indent() || (line.indent() == first.indent() && line.is_item() && !first.is_item());
        let is_anywhere = line.is_silent() || line.content().starts_with("{{");
        if line.is_separator() || !(is_below || is_anywhere) {
            break;
        }
        if is_below && !line.is_silent() {
            end = line.end();
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covered(text: &str) -> Vec<(String, String, String)> {
        let found = comments(text.as_bytes()).into_iter();
        found.map(|found| (found.rules.join("+"), found.reason, text[found.covers].to_owned())).collect()
    }

    fn one(rules: &str, reason: &str, covers: &str) -> Vec<(String, String, String)> {
        vec![(rules.to_owned(), reason.to_owned(), covers.to_owned())]
    }

    #[test]
    fn a_comment_speaks_of_its_line_or_of_the_next_and_what_is_below() {
        let text = "a:\n  # lint-ignore: docker-sock it builds images\n  b:\n    c: 1\n\n    d: 2\n  e: 3\n";
        assert_eq!(covered(text), one("docker-sock", "it builds images", "  b:\n    c: 1\n\n    d: 2"));
        let text = "list: # lint-ignore: x,y\n- 1\n- 2\nother: 3\n";
        assert_eq!(covered(text), one("x+y", "", "list: # lint-ignore: x,y\n- 1\n- 2"));
        let text = "list:\n  - name: a # lint-ignore: x why\n    image: b\n  - name: c\n";
        assert_eq!(covered(text), one("x", "why", "  - name: a # lint-ignore: x why\n    image: b"));
    }

    #[test]
    fn templates_comment_in_their_own_way() {
        let text = "spec:\n  {{- /* lint-ignore: x for now */}}\n  {{- if .Values.a }}\n  b:\n{{ toYaml . | indent 4 }}\n    \
                    c: 1\n  {{- end }}\nd: 2\n";
        let want = "  b:\n{{ toYaml . | indent 4 }}\n    c: 1";
        assert_eq!(covered(text), one("x", "for now", want));
    }

    #[test]
    fn above_the_head_it_speaks_of_the_document() {
        let text = "kind: A\n---\n# lint-ignore: x whole\napiVersion: v1\nkind: B\n---\nkind: C\n";
        assert_eq!(covered(text), one("x", "whole", "# lint-ignore: x whole\napiVersion: v1\nkind: B\n"));
    }

    #[test]
    fn other_texts_are_no_comments() {
        assert_eq!(covered("a: lint-ignore: x\n"), []);
        assert_eq!(covered("# lint-ignore: x"), one("x", "", ""));
        assert_eq!(covered("# lint-ignore:\na: 1"), one("", "", "a: 1"));
    }
}
