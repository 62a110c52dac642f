//! Named templates in the text of templates: where they are defined, and where they are called.

use std::ops::Range;

use crate::lint::Scene;
use crate::source::{FileId, Span, find};
use crate::template::{Keyword, Word, WordKind, scan};

/// A place that names a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    /// What it is called.
    pub(super) name: String,
    /// The name, with its quotes.
    pub(super) span: Span,
    /// All of the definition.
    pub(super) whole: Range<usize>,
}

/// The definitions in a file of named templates; none in what is rendered itself, or is no template of Helm's.
pub(super) fn defined(scene: Scene, file: FileId) -> Vec<Named> {
    let Some(source) = scene.sources.files.get(file).filter(|source| is_partial(&source.path)) else {
        return Vec::new();
    };
    if find(&source.text, b"define").is_none() {
        return Vec::new();
    }
    let words = scan(&source.text);
    let mut found = Vec::new();
    let mut open: Vec<Option<(String, Span, usize)>> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        match word.kind {
            WordKind::Keyword(Keyword::Define) => {
                let name = words.get(at + 1).and_then(|next| text(&source.text, next));
                let begin =
                    at.checked_sub(1).and_then(|at| words.get(at)).map_or(word.range.start, |open| open.range.start);
                open.push(name.map(|(name, range)| (name, Span::new(file, range), begin)));
            }
            WordKind::Keyword(Keyword::If | Keyword::Range | Keyword::With | Keyword::Block) if begins(&words, at) => {
                open.push(None);
            }
            WordKind::Keyword(Keyword::End) => {
                let end = words.get(at + 1).map_or(word.range.end, |close| close.range.end);
                if let Some(Some((name, span, begin))) = open.pop() {
                    found.push(Named { name, span, whole: begin..end });
                }
            }
            _ => {}
        }
    }
    found
}

/// Whether a keyword begins something that has an end of its own: `else if` has none.
fn begins(words: &[Word], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| words.get(at));
    before.is_none_or(|before| before.kind == WordKind::Open)
}

/// Whether a file holds named templates only.
fn is_partial(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.starts_with('_') && name.rsplit_once('.').is_none_or(|(_, ending)| ending != "j2")
}

/// What a text in quotes says, and where it stands.
fn text(file: &[u8], word: &Word) -> Option<(String, Range<usize>)> {
    let written = std::str::from_utf8(file.get(word.range.clone())?).ok()?;
    let bare = written.trim_matches(['"', '`']);
    (word.kind == WordKind::Text && !bare.is_empty()).then(|| (bare.to_owned(), word.range.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_in_a_definition_does_not_end_it() {
        let words = scan(b"{{ define \"a\" }}{{ if .x }}1{{ else if .y }}2{{ end }}{{ end }}");
        let begun = |at: usize| matches!(words[at].kind, WordKind::Keyword(Keyword::If)) && begins(&words, at);
        assert_eq!((0..words.len()).filter(|at| begun(*at)).count(), 1);
        assert!(is_partial("web/templates/_helpers.tpl") && !is_partial("web/templates/_helpers.j2"));
    }
}
