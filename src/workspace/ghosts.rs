//! The whitespace view: what trim markers took away, as the page draws it and as it is read out.

use serde::{Deserialize, Serialize};

use super::Study;

/// Spaces and newlines that are not in the output.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ghost {
    /// The byte of the output before which they would stand.
    pub at: usize,
    /// They, as signs: a dot for a space, an arrow for a newline.
    pub signs: String,
    /// The same in words.
    pub words: String,
}

impl Study {
    /// What trim markers took away. `None` where nothing was rendered.
    pub(super) fn ghosts(&self) -> Option<Vec<Ghost>> {
        let sources = self.sources()?;
        let trimmed = sources.provenance.trimmed();
        let ghost = |trimmed: crate::engine::Trimmed| {
            let text = sources.provenance.text(trimmed.span);
            let marker = if trimmed.is_left { "{{-" } else { "-}}" };
            Ghost { at: trimmed.at, signs: signs(&text), words: format!("{marker} removed {}", counted(&text)) }
        };
        Some(trimmed.into_iter().map(ghost).collect())
    }
}

fn signs(text: &str) -> String {
    let sign = |c: char| match c {
        '\n' => Some('\u{21b5}'),
        '\t' => Some('\u{2192}'),
        '\r' => None,
        _ => Some('\u{b7}'),
    };
    text.chars().filter_map(sign).collect()
}

/// `1 newline and 4 spaces`.
fn counted(text: &str) -> String {
    let count = |sign: char, one: &str| match text.chars().filter(|c| *c == sign).count() {
        0 => None,
        1 => Some(format!("1 {one}")),
        count => Some(format!("{count} {one}s")),
    };
    let kinds = [count('\n', "newline"), count(' ', "space"), count('\t', "tab")];
    kinds.into_iter().flatten().collect::<Vec<_>>().join(" and ")
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::super::{Content, FilePath, Outside, default_experiment};
    use super::*;

    /// The output of one template with its ghosts in brackets.
    fn drawn(template: &str) -> String {
        let mut experiment = default_experiment();
        let mut files = (*experiment.files).clone();
        files.retain(|path, _| !path.as_str().starts_with("templates/"));
        files.insert(FilePath::parse("templates/a.yaml").unwrap(), Content::Text(template.into()));
        experiment.files = Rc::new(files);
        let (study, _) = Study::of(experiment, &Outside::default());
        let mut output = study.output();
        for ghost in study.ghosts().unwrap().into_iter().rev() {
            output.insert_str(ghost.at, &["[", &ghost.signs, "]"].concat());
        }
        output.split_once("a.yaml\n").unwrap().1.to_owned()
    }

    #[test]
    fn what_trim_markers_took_away_stands_at_its_place() {
        for (template, want) in [
            ("a: {{ 1 }}\nb: 2\n", "a: 1\nb: 2\n"),
            ("a:\n  {{- \" 1\" }}\nb: 2\n", "a:[\u{21b5}\u{b7}\u{b7}] 1\nb: 2\n"),
            ("a: {{ 1 -}}  x\n", "a: 1[\u{b7}\u{b7}]x\n"),
            ("a: 1\n{{- if true }}\nb: 2\n{{- end }}\nc: 3\n", "a: 1[\u{21b5}]\nb: 2[\u{21b5}]\nc: 3\n"),
            (
                "a: 1\n{{- range until 2 }}\nb{{ . }}: 2\n{{- end }}\n",
                "a: 1[\u{21b5}]\nb0: 2[\u{21b5}]\nb1: 2[\u{21b5}]\n",
            ),
            ("a: {{ 1 -}} {{- 2 }}\n", "a: 1[\u{b7}]2\n"),
            ("{{- /* none */ -}}\na: 1\n", "[\u{21b5}]a: 1\n"),
            ("a: {{-1 }}\n", "a: -1\n"),
            // Between actions that print nothing.
            (
                "a: 1\n{{- if true }}\n  {{- with \"x\" }}\nb: {{ . }}\n  {{- end }}\n{{- end }}\n",
                "a: 1[\u{21b5}][\u{21b5}\u{b7}\u{b7}]\nb: x[\u{21b5}\u{b7}\u{b7}][\u{21b5}]\n",
            ),
            (
                "{{- $a := \"}}\" }}\n{{- /* }} */}}\n{{- if true }}\na: 1\n{{- end }}\n",
                "[\u{21b5}][\u{21b5}]a: 1[\u{21b5}]\n",
            ),
            ("a: 1\n{{- if false }}\n{{- if true }}\nb: 1\n{{- end }}\n{{- end }}\n", "a: 1[\u{21b5}]\n"),
            ("a: 1\n{{- if true }}\n\n{{ if true }}\nb: 1\n{{ end }}{{ end }}\n", "a: 1[\u{21b5}]\n\n\nb: 1\n"),
        ] {
            assert_eq!(drawn(template), want, "{template}");
        }
    }

    #[test]
    fn ghosts_are_told_in_words() {
        assert_eq!(counted("\n    "), "1 newline and 4 spaces");
        assert_eq!(counted("\n\n\t "), "2 newlines and 1 space and 1 tab");
    }
}
