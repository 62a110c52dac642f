//! Floor 7. What the linter found, as text for people and as files for other programs: text, JSON, SARIF 2.1.0,
//! `JUnit`, Markdown and one HTML page.
//!
//! A [`LintReport`] is plain data in the reader's terms: files, lines, columns. [`Rendition`] makes it of findings;
//! every format is written from it alone. What is repetitive text (`JUnit`, Markdown, HTML) comes from the templates
//! beside this file, through minijinja, which is not in the page's own Wasm (feature `jinja`): there these formats are left
//! out, and the page has the worker for charts with Jinja write them.

mod entry;
mod format;
mod locate;
mod of_experiment;
#[cfg(not(target_arch = "wasm32"))]
mod rule_page;
mod sarif;
#[cfg(any(not(target_arch = "wasm32"), feature = "jinja"))]
mod templates;
mod text;

pub use entry::{
    EditEntry, Entry, MendEntry, ObjectEntry, RelatedEntry, RenderedPlace, SourcePlace, SuppressedBy, Unused,
};
pub use format::Format;
pub use locate::Rendition;
pub use of_experiment::{of_examined, of_experiment};
#[cfg(not(target_arch = "wasm32"))]
pub use rule_page::{rule_index, rule_page};

use crate::source::Severity;

/// What was found in one rendering, or in some files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LintReport {
    /// What was checked: the chart's name, or the files.
    pub title: String,
    /// The folder of the chart, and its name, which its files' paths begin with.
    pub root: Option<Root>,
    /// What is wrong, in the order of the documents.
    pub findings: Vec<Entry>,
    /// What is wrong and was told to be ignored.
    pub suppressed: Vec<Entry>,
    /// What was told to be ignored and isn't there.
    pub unused: Vec<Unused>,
    /// How many documents were looked at.
    pub documents: usize,
    /// How many rules looked at them.
    pub rules: usize,
    /// What could not be checked, a sentence each.
    pub unchecked: Vec<String>,
}

/// Where a chart's files are on the disk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Root {
    /// The chart's name: what the paths of its files begin with.
    pub name: String,
    /// Its folder, as it was written.
    pub folder: String,
}

impl LintReport {
    /// The report in a format.
    pub fn write(&self, format: Format) -> String {
        match format {
            Format::Text => text::write(self),
            // Structs of texts and numbers always become JSON.
            Format::Json => serde_json::to_string_pretty(&self.findings).unwrap_or_default() + "\n",
            Format::Sarif => sarif::write(self),
            #[cfg(any(not(target_arch = "wasm32"), feature = "jinja"))]
            Format::Junit | Format::Markdown | Format::Html => templates::write(self, format),
        }
    }

    /// The JSON with suppressed findings behind the others.
    pub fn json_with_suppressed(&self) -> String {
        let all: Vec<_> = self.findings.iter().chain(&self.suppressed).collect();
        serde_json::to_string_pretty(&all).unwrap_or_default() + "\n"
    }

    /// How many findings are that bad.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    /// Whether something is that bad or worse.
    pub fn reaches(&self, severity: Severity) -> bool {
        self.findings.iter().any(|finding| finding.severity >= severity)
    }

    /// What was found in one line: `1 error, 2 hints in 3 documents, 17 rules checked`.
    pub fn summary(&self) -> String {
        let counts = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Note, "hint")];
        let counts = counts.map(|(severity, word)| (self.count(severity), word));
        let found: Vec<_> =
            counts.into_iter().filter(|(count, _)| *count > 0).map(|(n, word)| counted(n, word)).collect();
        let found = if found.is_empty() { "No problems".to_owned() } else { found.join(", ") };
        let (documents, rules) = (counted(self.documents, "document"), counted(self.rules, "rule"));
        format!("{found} in {documents}, {rules} checked")
    }
}

/// A number and its noun.
fn counted(count: usize, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}
