//! What is different from a baseline as a plain difference of two texts. What is secret is in neither.

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use super::changes::{Name, Rendered};
use super::{LineChange, Study, line_changes};

/// What stands in place of what is secret.
const MASK: &str = "\u{2022}\u{2022}\u{2022}\u{2022}";

/// The fields of a Secret that hold what is secret.
const SECRET: [&str; 2] = ["data", "stringData"];

/// What is secret in an output, by its document and its key: where it stands, and its text.
type Secrets<'a> = BTreeMap<(Name, Rc<str>), (Range<usize>, &'a str)>;

impl Study {
    /// The lines of both outputs, those that are alike far from any change left out. `None` where one of both printed
    /// nothing.
    pub(super) fn text_changes(&self, before: &Self) -> Option<Vec<LineChange>> {
        self.printed.as_ref().zip(before.printed.as_ref())?;
        let (old, new) = (before.output(), self.output());
        let (hidden, shown) = (before.secrets(&old), self.secrets(&new));
        let changes = line_changes(
            &masked(&old, &hidden, &shown, before.unread(), "before"),
            &masked(&new, &shown, &hidden, self.unread(), "after"),
        );
        let is_change = |line: &LineChange| matches!(line, LineChange::Gone(_) | LineChange::New(_));
        Some(if changes.iter().any(is_change) { changes } else { Vec::new() })
    }

    fn secrets<'a>(&self, output: &'a str) -> Secrets<'a> {
        let mut secrets = Secrets::new();
        for (name, Rendered { object, range }) in self.objects() {
            if object.kind() != "Secret" {
                continue;
            }
            for field in SECRET {
                for (key, value) in object.at(field).entries() {
                    let Some(place) = object.place(value.path()) else { continue };
                    let at = range.start + place.value.start..range.start + place.value.end;
                    let text = output.get(at.clone()).unwrap_or_default();
                    let key = [field, ".", &key].concat().into();
                    secrets.insert((name.clone(), key), (at, text));
                }
            }
        }
        secrets
    }

    /// Documents that can't be read and may be Secrets: nothing of them is shown.
    fn unread(&self) -> Vec<Range<usize>> {
        let rendered = self.rendering.as_ref().and_then(|rendering| rendering.result.as_ref().ok());
        let documents = rendered.map(|rendered| rendered.documents.as_slice()).unwrap_or_default();
        let printed = self.printed.iter().flat_map(|printed| &printed.documents);
        let may_be = |number: &usize| {
            let Some(document) = documents.get(*number) else { return false };
            document.object().is_err() && document.text.to_str().contains("Secret")
        };
        printed.filter(|(number, _)| may_be(number)).map(|(_, range)| range.clone()).collect()
    }
}

/// An output without what is secret. Where that is not the same in the other one, it says so, and which one this is.
fn masked(output: &str, own: &Secrets, other: &Secrets, unread: Vec<Range<usize>>, side: &str) -> String {
    let mut hidden: Vec<(Range<usize>, String)> = own
        .iter()
        .map(|(key, (range, text))| {
            let is_same = other.get(key).is_some_and(|(_, known)| known == text);
            let end = if text.ends_with('\n') { "\n" } else { "" };
            (range.clone(), if is_same { [MASK, end].concat() } else { [MASK, " (", side, ")", end].concat() })
        })
        .collect();
    hidden.extend(unread.into_iter().map(|range| (range, [MASK, "\n"].concat())));
    hidden.sort_by_key(|(range, _)| range.start);
    let mut text = String::with_capacity(output.len());
    let mut at = 0;
    for (range, mask) in hidden.into_iter().filter(|(range, _)| !range.is_empty()) {
        text.push_str(output.get(at..range.start).unwrap_or_default());
        text.push_str(&mask);
        at = range.end.max(at);
    }
    text.push_str(output.get(at..).unwrap_or_default());
    text
}

#[cfg(test)]
mod tests {
    use super::super::{Content, Experiment, FilePath, Outside, default_experiment};
    use super::*;

    fn with(files: &[(&str, &str)]) -> Study {
        let mut experiment = default_experiment();
        let mut all = (*experiment.files).clone();
        all.retain(|path, _| !path.as_str().starts_with("templates/"));
        for (path, text) in files {
            all.insert(FilePath::parse(path).unwrap(), Content::Text((*text).into()));
        }
        experiment.files = Rc::new(all);
        Study::of(Experiment::clone(&experiment), &Outside::default()).0
    }

    fn told(before: &str, after: &str) -> String {
        let [before, after] = [before, after].map(|text| with(&[("templates/a.yaml", text)]));
        let line = |line: LineChange| match line {
            LineChange::Same(text) => format!(" {text}"),
            LineChange::Gone(text) => format!("-{text}"),
            LineChange::New(text) => format!("+{text}"),
            LineChange::Skipped(count) => format!("\u{2026}{count}"),
        };
        after.text_changes(&before).unwrap().into_iter().map(line).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn lines_that_changed_are_told_as_text() {
        let map = |n: &str| format!("kind: ConfigMap\nmetadata: {{name: a}}\ndata: {{n: \"{n}\"}}\n");
        assert!(told(&map("1"), &map("1")).is_empty());
        let changed = told(&map("1"), &map("2"));
        assert!(changed.ends_with("| metadata: {name: a}|-data: {n: \"1\"}|+data: {n: \"2\"}"), "{changed}");
    }

    #[test]
    fn what_is_secret_is_not_told() {
        let secret =
            |own: &str| format!("kind: Secret\nmetadata: {{name: a}}\ndata:\n  same: c2FtZQ==\n  own: {own}\n");
        let changed = told(&secret("b25l"), &secret("dHdv"));
        let want = "   same: \u{2022}\u{2022}\u{2022}\u{2022}|-  own: \u{2022}\u{2022}\u{2022}\u{2022} (before)|+  own: \u{2022}\u{2022}\u{2022}\u{2022} (after)";
        assert!(changed.ends_with(want), "{changed}");
        let broken = told("kind: Secret\nstringData: {a: geheim\n", "kind: Secret\nstringData: {a: heimlich\n");
        assert!(!broken.contains("heim"), "{broken}");
        let text = |word: &str| {
            format!("kind: Secret\nmetadata: {{name: a}}\nstringData:\n  own: |\n    {word}\n    x\ntype: a\n")
        };
        let changed = told(&text("geheim"), &text("heimlich"));
        assert!(!changed.contains("heim") && changed.contains("(after)") && changed.ends_with("type: a"), "{changed}");
    }
}
