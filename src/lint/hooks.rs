//! Hooks as the chart's own templates write them. An object with a hook that Helm doesn't know is left out of the
//! rendering, so that only the template tells of it.

use std::ops::Range;

use super::Scene;
use crate::source::{Span, readable};

/// The events of hooks in the templates' own text: each word, and where it stands.
pub(super) fn written(scene: Scene) -> Vec<(String, Span)> {
    let mut found = Vec::new();
    for file in scene.background.inputs.own_templates() {
        let Some(text) = scene.sources.files.get(*file).map(|file| file.text.shared()) else { continue };
        let words = scene.background.memory.hooks.of(text, in_text);
        found.extend(words.iter().map(|(word, range)| (word.clone(), Span::new(*file, range.clone()))));
    }
    found
}

fn in_text(text: &[u8]) -> Vec<(String, Range<usize>)> {
    let text = readable(text);
    // Most templates have no hook, and needn't be looked at line by line.
    if !text.contains(KEY) {
        return Vec::new();
    }
    let (mut found, mut start) = (Vec::new(), 0);
    for line in text.split_inclusive('\n') {
        let words = events(line).into_iter();
        found.extend(words.map(|(at, word)| (word.to_owned(), start + at..start + at + word.len())));
        start += line.len();
    }
    found
}

const KEY: &str = "helm.sh/hook";

/// The words behind `helm.sh/hook:` in a line; none where an action decides.
fn events(line: &str) -> Vec<(usize, &str)> {
    let is_comment = line.trim_start().starts_with('#');
    let Some(at) = line.find(KEY).map(|at| at + KEY.len()).filter(|_| !is_comment) else { return Vec::new() };
    let rest = line.get(at..).unwrap_or_default();
    let Some(value) = rest.trim_start_matches(['"', '\'']).strip_prefix(':') else { return Vec::new() };
    let value = value.split(" #").next().unwrap_or_default();
    let value = value.split('}').next().unwrap_or_default();
    if value.contains("{{") || !value.starts_with([' ', '\t']) {
        return Vec::new();
    }
    let mut at = line.len() - rest.len() + (rest.len() - rest.trim_start_matches(['"', '\'']).len()) + 1;
    let mut words = Vec::new();
    for part in value.split(',') {
        let word = part.trim_matches([' ', '\t', '\r', '\n', '"', '\'']);
        if let Some(inside) = part.find(word).filter(|_| !word.is_empty()) {
            words.push((at + inside, word));
        }
        at += part.len() + 1;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_where_they_stand() {
        let line = "    \"helm.sh/hook\": pre-install, post-instal # twice\n";
        let found = events(line);
        assert_eq!(found.iter().map(|(_, word)| *word).collect::<Vec<_>>(), ["pre-install", "post-instal"]);
        assert!(found.iter().all(|(at, word)| line[*at..].starts_with(word)));
        let flow = "metadata: {annotations: {helm.sh/hook: \"test\"}, name: a}\n";
        assert_eq!(events(flow).iter().map(|(_, word)| *word).collect::<Vec<_>>(), ["test"]);
        for none in ["  helm.sh/hook-weight: \"1\"\n", "  helm.sh/hook: {{ .Values.hook }}\n", "# helm.sh/hook: x\n"] {
            assert!(events(none).is_empty(), "{none}");
        }
    }
}
