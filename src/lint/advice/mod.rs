//! What to say of what Helm stops at, beyond Helm's own words, and what to write so that it goes.
//!
//! An edit is offered only where it was tried: a template is parsed again with it, printed text is read again. Where a
//! value is missing, nobody but the author knows it; the edit then makes room for it, and says so.

mod call;
mod fields;
mod missing;
mod parse;
mod printed;
mod quoting;
mod room;

use std::ops::Range;
use std::rc::Rc;

use super::{Edit, FixKind};
use crate::engine::{self, ErrorKind, Inputs, Stop};
use crate::source::{FileId, Files, Span, Step, Trace};

/// What is to be said of a stop.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Advice {
    /// What happened, in plain words. `None` where Helm says it as well.
    pub message: Option<String>,
    /// Edits, each of which mends it; the likeliest first.
    pub ways: Vec<Way>,
}

/// An edit that mends what Helm stops at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// What it does, in a few words.
    pub title: String,
    /// Whether somebody should look at it first.
    pub kind: FixKind,
    /// What to write where.
    pub edit: Edit,
}

impl Way {
    /// One that can only be meant so.
    fn safe(title: impl Into<String>, edit: Edit) -> Self {
        Self { title: title.into(), kind: FixKind::Safe, edit }
    }

    /// One that guesses what was meant, or leaves something to be filled in.
    fn guided(title: impl Into<String>, edit: Edit) -> Self {
        Self { title: title.into(), kind: FixKind::Guided, edit }
    }

    /// The title as a part of a sentence.
    pub fn told(&self) -> String {
        let mut letters = self.title.chars();
        letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect()
    }
}

/// What is to be said of something at which Helm stops, given the rendering it happened in and what that was made of.
pub fn advise(stop: &Stop, files: &Files, trace: &Trace, inputs: &Inputs) -> Advice {
    let case = Case { stop, files, trace, inputs };
    let advice = match &stop.error.kind {
        ErrorKind::Parse(name, error) => parse::advise(&case, name, error),
        ErrorKind::Exec(error) => call::advise(&case, error),
        ErrorKind::Manifest { .. } => printed::advise(&case),
        ErrorKind::Chart(_) | ErrorKind::Jinja(_) | ErrorKind::NoSuchTemplate(_) => None,
    };
    advice.unwrap_or_default()
}

/// A stop with all that is known of it.
struct Case<'a> {
    stop: &'a Stop,
    files: &'a Files,
    trace: &'a Trace,
    inputs: &'a Inputs,
}

impl<'a> Case<'a> {
    /// The text of a file; empty where it isn't UTF-8.
    fn text(&self, file: FileId) -> &'a str {
        self.files.get(file).and_then(|file| std::str::from_utf8(&file.text).ok()).unwrap_or_default()
    }

    /// The text of a span.
    fn at(&self, span: Span) -> &'a str {
        self.text(span.file).get(span.range()).unwrap_or_default()
    }

    /// The action around a span, braces included.
    fn action(&self, span: Span) -> Option<Range<usize>> {
        let text = self.text(span.file);
        let start = text.get(..span.range().start)?.rfind("{{")?;
        let end = span.range().end + text.get(span.range().end..)?.find("}}")? + 2;
        Some(start..end)
    }

    fn edit(&self, file: FileId, range: Range<usize>, text: impl Into<String>) -> Option<Edit> {
        Some(Edit { path: Rc::clone(&self.files.get(file)?.path), range, text: text.into() })
    }

    /// The keys that lead from the outermost chart's values to those of the chart whose template is rendered.
    fn chart_keys(&self) -> Vec<&'a str> {
        let folder = self.stop.source.split("/templates/").next().unwrap_or_default();
        folder.split("/charts/").skip(1).collect()
    }

    /// What the rendered chart calls `a.b`, from the top-level dot of the outermost one.
    fn steps(&self, path: &[&str]) -> Vec<Step> {
        let keys = std::iter::once("Values").chain(self.chart_keys()).chain(path.iter().copied());
        keys.map(|key| Step::Key(key.into())).collect()
    }

    /// The `values.yaml` of the chart whose template is rendered.
    fn own_values(&self) -> Option<FileId> {
        let folder = self.stop.source.split("/templates/").next()?;
        self.files.find(&[folder, "/values.yaml"].concat())
    }

    /// Where a value is set: `values.yaml:4`.
    fn set_where(&self, path: &[Step]) -> Option<String> {
        let setting = self.inputs.history(path).set_by?;
        let Some(span) = setting.span else { return Some(setting.name.to_string()) };
        let name = self.files.get(span.file)?.path.rsplit('/').next()?.to_owned();
        Some(format!("{name}:{}", self.files.position(span)?.line))
    }
}

/// The path below `.Values` that an operand is: `.Values.a.b` or `$.Values.a.b`.
fn values_path(operand: &str) -> Option<Vec<&str>> {
    let operand = operand.strip_prefix('$').unwrap_or(operand);
    let path = operand.strip_prefix(".Values.")?;
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
    path.chars().all(is_plain).then(|| path.split('.').collect())
}

/// Something at which Helm stops before anything of a template is rendered, or with nothing around it.
pub fn bare(error: engine::Error, source: &str) -> Stop {
    Stop { error, source: source.to_owned(), calls: Vec::new(), printed_by: None, dot: None, text: None }
}
