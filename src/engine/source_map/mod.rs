//! The source map: for every byte of what is printed, who printed it and out of which values.
//!
//! # Format
//!
//! `chartroom template … --source-map FILE` writes one JSON object. Offsets are bytes, from 0, the end not included;
//! lines and columns count from 1, columns in characters.
//!
//! | Field | |
//! |---|---|
//! | `version` | 1 |
//! | `bytes` | the length of the output |
//! | `segments` | in order; the first begins at 0, each begins where the one before ends, the last ends at `bytes` |
//!
//! A segment:
//!
//! | Field | |
//! |---|---|
//! | `start`, `end` | its bytes in the output |
//! | `kind` | `literal`: the bytes at `template` in the chart's file are the bytes printed; `changed`: the text at `template` in other letters, or a character of it escaped; `action`: the result of the pipeline at `template`, or a piece of it; `inserted`: put in by a function on its way (the spaces of `indent`, the quotes of `quote`) inside of the action at `template`; `helm`: Helm itself added it (`---`, `# Source: …`, the newline behind a document); `unknown`: nobody recorded it, which is a fault of ours |
//! | `source` | the document's template, as in `# Source:`; absent for `helm` |
//! | `template` | a *place*: the text that printed it. Of an action the pipeline, without braces. What a text given to `tpl` prints has the place of the action that called `tpl` |
//! | `includes` | what led there, the outermost first: objects of `kind` (`file`, `include`, `tpl`), `name` (the file or the named template; absent for `tpl`), and the *place* of the call (absent for `file`) |
//! | `conditions` | what it stands under, the outermost first, those of the templates that led there included: objects of `kind` (`if`, `with`, `range`), `taken` (`false` in an `else`), `turn` (of a `range`, from 0), `text` (the pipeline), `value` (what it came to, in short), its *place*, and `reads` |
//! | `values` | the *reads* it was made of |
//!
//! A *place* is `file` (as Helm names it, or as `-f` was given), `start`, `end`, `line`, `column`.
//!
//! A *read* is one value that was asked for:
//!
//! | Field | |
//! |---|---|
//! | `path` | from the top-level dot: `Values.image.tag`, `Release.Name`. A subchart's values stand below its name: `Values.redis.auth`; its metadata below `Subcharts.redis.Chart` |
//! | `role` | `feeds`: its content is in the result; `names`: its key, or its place in a list, is in the result, whatever its content is; `decides`: it was only looked at to choose between others (`default`, `ternary`, `eq`) |
//! | `value` | what it is, in short: scalars as they print, up to 80 characters, `null`, `[3 items]`, `{2 keys}`. Absent where nothing stands there |
//! | `layer` | who set it: `chart` (the chart's values.yaml), `subchart`, `file` (`-f`), `set`, `set-string`, `set-json`, `set-file`, `set-literal`; `manifest` for what Chart.yaml says, `chart-file` for what `.Files` holds, `release`, and `helm` for the rest. `unset` for a value that nobody sets |
//! | `argument` | of the `set` kinds: the argument as it was written |
//! | `place` | key and value in the file, where there is one |
//!
//! A value that layers leave out because a stronger one says null is `unset`, and its `place` or `argument` is that null.

mod build;

pub use build::Provenance;

use std::rc::Rc;

use serde::Serialize;

use crate::source::{Span, Step};

/// Where all of an output comes from. See the module's documentation for the format.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SourceMap {
    /// The version of the format.
    pub version: u32,
    /// The length of the output.
    pub bytes: usize,
    /// The pieces of the output, in order and without gaps.
    pub segments: Vec<Segment>,
}

/// A piece of the output.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Segment {
    /// First byte in the output.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Who printed it.
    pub kind: SegmentKind,
    /// The document's template.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Rc<str>>,
    /// The text that printed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template: Option<Place>,
    /// What led there.
    #[serde(flatten)]
    pub stack: Rc<Stack>,
    /// The values it was made of.
    pub values: Rc<[Read]>,
}

/// Who printed a piece of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SegmentKind {
    /// A template's own text.
    Literal,
    /// A template's own text that a function changed.
    Changed,
    /// The result of an action.
    Action,
    /// A function, on its way.
    Inserted,
    /// Helm itself.
    Helm,
    /// Nobody knows.
    Unknown,
}

/// What an execution stood in, the outermost first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Stack {
    /// Templates in templates.
    pub includes: Vec<Include>,
    /// Control structures.
    pub conditions: Vec<Condition>,
}

/// A template that was executed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Include {
    /// How it was called.
    pub kind: IncludeKind,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Rc<str>>,
    /// The call.
    #[serde(flatten)]
    pub place: Option<Place>,
}

/// How a template was called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum IncludeKind {
    /// By Helm, as a file.
    File,
    /// By `include` or `template`.
    Include,
    /// By `tpl`.
    Tpl,
}

/// A control structure, and which way it went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Condition {
    /// Which.
    pub kind: ConditionKind,
    /// Whether it held; `false` in its `else`.
    pub taken: bool,
    /// Which turn of a `range`, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub turn: Option<u32>,
    /// The pipeline.
    pub text: String,
    /// What it came to, in short.
    pub value: Rc<str>,
    /// Where it stands.
    #[serde(flatten)]
    pub place: Option<Place>,
    /// What it read.
    pub reads: Rc<[Read]>,
}

/// The kinds of control structures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ConditionKind {
    /// `if`
    If,
    /// `with`
    With,
    /// `range`
    Range,
}

/// A value that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Read {
    /// Its path from the top-level dot.
    pub path: String,
    /// What part it played.
    pub role: ReadRole,
    /// What it is, in short.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Who set it.
    pub layer: &'static str,
    /// The argument that set it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub argument: Option<Rc<str>>,
    /// Where it is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// The path, step by step.
    #[serde(skip)]
    pub steps: Rc<[Step]>,
}

/// What part a value played.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ReadRole {
    /// Its content is in the result.
    Feeds,
    /// Its key is in the result.
    Names,
    /// It was looked at.
    Decides,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The file.
    pub file: Rc<str>,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// The same as a span.
    #[serde(skip)]
    pub span: Span,
}

impl SourceMap {
    /// The map as JSON.
    pub fn to_json(&self) -> String {
        // Structs of texts and numbers always become JSON.
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl Place {
    /// File and line: `web/values.yaml:12`.
    pub fn line_label(&self) -> String {
        format!("{}:{}", self.file, self.line)
    }

    /// File, line and column, as compilers write them.
    pub fn label(&self) -> String {
        format!("{}:{}:{}", self.file, self.line, self.column)
    }
}
