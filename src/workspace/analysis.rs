//! What is said about an experiment, as plain data in the user's terms: texts, lines, files of the chart. It travels
//! from the worker to the page.

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{FilePath, Mend, Pointer};
use crate::source::Severity;

/// What Helm makes of an experiment, and what is wrong with it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Analysis {
    /// Whether Helm gets through.
    pub outcome: Outcome,
    /// What `helm template` prints, to the byte. Empty where it fails.
    pub output: String,
    /// The documents in the output, in its order.
    pub documents: Vec<Document>,
    /// Where its words come from, in order; what is between them is the templates' own text.
    pub tints: Vec<Tint>,
    /// The notes that `helm install` would show.
    pub notes: String,
    /// Errors, findings and warnings, worst first.
    pub problems: Vec<Problem>,
    /// Whether the linter has said all that it has to say. It looks after the output is shown.
    pub is_checked: bool,
    /// The rules that it has still to run: those for which the chart is rendered again.
    pub awaited: Vec<String>,
    /// How much the linter looked at.
    pub looked: Looked,
    /// What is wrong and was told to be ignored.
    pub ignored: Vec<Ignored>,
    /// What was told to be ignored and isn't there.
    pub unused: Vec<Pointer>,
    /// What was not checked, a sentence each.
    pub unchecked: Vec<String>,
    /// The templates that can't be read, and so print nothing.
    pub broken: Vec<FilePath>,
    /// How long it took, in microseconds. Zero where nobody measured.
    pub micros: u64,
}

/// What the linter has to say of an analysis.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    /// What it found.
    pub findings: Vec<Problem>,
    /// How much it looked at.
    pub looked: Looked,
    /// What is wrong and was told to be ignored.
    pub ignored: Vec<Ignored>,
    /// What was told to be ignored and isn't there.
    pub unused: Vec<Pointer>,
    /// What it could not check, a sentence each.
    pub unchecked: Vec<String>,
    /// The rules that it has still to run. What they found before stays until then.
    pub awaited: Vec<String>,
    /// How long reading the documents and running the rules took, in microseconds. Zero where nobody measured.
    pub micros: u64,
}

/// How much the linter looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Looked {
    /// Documents.
    pub documents: usize,
    /// Rules.
    pub rules: usize,
}

/// Something that is wrong and was told to be ignored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ignored {
    /// What is wrong.
    pub problem: Problem,
    /// What tells to ignore it.
    pub by: String,
    /// The reason that is given; empty where none is.
    pub reason: String,
    /// Where it is told.
    pub place: Option<Place>,
}

/// `4 documents, 198 rules checked`
impl fmt::Display for Looked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counted = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
        write!(f, "{}, {} checked", counted(self.documents, "document"), counted(self.rules, "rule"))
    }
}

/// Whether Helm gets through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// There are manifests, or at least no error.
    #[default]
    Rendered,
    /// Helm stops with an error, at which we went on: the output has holes, and nothing of it would be installed.
    Stopped,
    /// Helm stops with an error, and there is nothing to show.
    Failed,
}

/// A document in the output.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Its kind; empty where none is to be seen.
    pub kind: String,
    /// Its name; empty where none is to be seen.
    pub name: String,
    /// The template it comes from.
    pub source: Option<FilePath>,
    /// Why Helm stops in it, where it does.
    pub stops: Option<String>,
    /// Whether it is what was printed before its template broke.
    pub is_old: bool,
    /// Its lines in the output, the separator and the comment above it included. They count from 0.
    pub lines: Range<u32>,
}

/// A piece of the output, from its first byte to behind its last, and where it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tint(pub u32, pub u32, pub Source);

/// Where a word comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Source {
    /// The values.
    #[serde(rename = "v")]
    Values,
    /// A named template.
    #[serde(rename = "h")]
    Helper,
    /// The chart, the release, the cluster, a file.
    #[serde(rename = "c")]
    Chart,
}

/// Something to be put right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// How bad it is.
    #[serde(with = "SeverityOnTheWay")]
    pub severity: Severity,
    /// The rule that found it, or that what Helm says belongs to.
    pub rule: Option<String>,
    /// The document it is about: kind and name.
    pub document: Option<String>,
    /// One sentence in plain words.
    pub message: String,
    /// What to do about it.
    pub fix: Option<String>,
    /// The edit that does it, where one does.
    pub mend: Option<Mend>,
    /// Other edits that do it, too.
    pub others: Vec<Mend>,
    /// The same in Helm's own words.
    pub original: Option<String>,
    /// The layer of values that it is about, counted from 0.
    pub layer: Option<usize>,
    /// Where the author can change it.
    pub place: Option<Place>,
    /// The line of the output where it shows, from 1.
    pub output_line: Option<u32>,
    /// Other places that have to do with it.
    pub also: Vec<Place>,
    /// Whether the linter says it. What Helm itself says stays when the linter looks again.
    pub is_found: bool,
}

/// A place in a file of the chart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The file.
    pub path: FilePath,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// The bytes of the file that are meant.
    pub bytes: Range<usize>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Severity")]
pub(super) enum SeverityOnTheWay {
    Note,
    Warning,
    Error,
}

impl Analysis {
    /// An analysis that is nothing but an error.
    pub fn failed(problem: Problem) -> Self {
        Self { outcome: Outcome::Failed, problems: vec![problem], is_checked: true, ..Self::default() }
    }

    /// The same with what the linter found, in place of what it found before. What Helm says comes first.
    #[must_use]
    pub fn checked(mut self, checked: Checked) -> Self {
        let Checked { findings, looked, mut ignored, unused, unchecked, awaited, .. } = checked;
        let is_awaited = |problem: &Problem| problem.rule.as_ref().is_some_and(|rule| awaited.contains(rule));
        self.problems.retain(|problem| !problem.is_found || is_awaited(problem));
        self.problems.extend(findings.into_iter().map(|problem| Problem { is_found: true, ..problem }));
        self.problems.sort_by_key(|problem| std::cmp::Reverse(problem.severity));
        ignored.extend(self.ignored.into_iter().filter(|ignored| is_awaited(&ignored.problem)));
        // Whether something is told in vain is known when all rules were run.
        let unused = if awaited.is_empty() { unused } else { self.unused };
        Self { is_checked: awaited.is_empty(), awaited, looked, ignored, unused, unchecked, ..self }
    }

    /// The same with what the linter found in an earlier one, until it has looked at this one.
    #[must_use]
    pub(super) fn until_checked(self, before: &Self) -> Self {
        if self.is_checked {
            return self;
        }
        let findings = before.problems.iter().filter(|problem| problem.is_found).cloned().collect();
        let Self { looked, ignored, unused, unchecked, .. } = before.clone();
        let checked = Checked { findings, looked, ignored, unused, unchecked, ..Checked::default() };
        Self { is_checked: false, ..self.checked(checked) }
    }
}

impl Document {
    /// Kind and name, as headings and lists show them.
    pub fn title(&self) -> String {
        match (self.kind.as_str(), self.name.as_str()) {
            ("", "") => "Document".to_owned(),
            ("", name) => name.to_owned(),
            (kind, "") => kind.to_owned(),
            (kind, name) => format!("{kind} {name}"),
        }
    }
}

impl Problem {
    /// Whether Helm itself says it.
    pub fn is_helms(&self) -> bool {
        self.original.is_some()
    }

    /// An error in plain words, without a place.
    pub fn error(message: impl Into<String>) -> Self {
        let (severity, message) = (Severity::Error, message.into());
        Self {
            severity,
            rule: None,
            document: None,
            message,
            fix: None,
            mend: None,
            others: Vec::new(),
            original: None,
            layer: None,
            place: None,
            output_line: None,
            also: Vec::new(),
            is_found: false,
        }
    }
}

impl Place {
    /// As links show it: `statefulset.yaml:23`.
    pub fn label(&self) -> String {
        format!("{}:{}", self.path.name(), self.line)
    }
}
