//! One finding in a report. What of it is serialized is the JSON that users rely on.

use serde::{Serialize, Serializer};

use crate::source::Severity;

/// A finding with its places.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The rule's id.
    pub rule: &'static str,
    /// How bad it is.
    #[serde(serialize_with = "word")]
    pub severity: Severity,
    /// What is wrong and what comes of it.
    pub message: String,
    /// The object.
    pub object: ObjectEntry,
    /// The text in the chart that printed the field; `None` where that isn't known.
    pub place: Option<SourcePlace>,
    /// The line in what is printed; 0 for what is wrong with the chart's files rather than with an object.
    pub rendered: RenderedPlace,
    /// What to do, in words.
    pub fix: String,
    /// What to write where, if an edit does it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mend: Option<MendEntry>,
    /// Why it is not to be counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suppressed: Option<SuppressedBy>,
    /// The field's path in the object.
    #[serde(skip)]
    pub field: String,
    /// The object's number.
    #[serde(skip)]
    pub document: usize,
    /// What else there is to say of the same thing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<RelatedEntry>,
}

/// An object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ObjectEntry {
    /// `apiVersion`
    pub api_version: String,
    /// `kind`
    pub kind: String,
    /// The namespace it will be in; empty for kinds that belong to none.
    pub namespace: String,
    /// `metadata.name`
    pub name: String,
}

/// What to write where to mend a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MendEntry {
    /// What it does, in a few words.
    pub title: String,
    /// `safe`, or `guided`: somebody should look at it first.
    pub kind: &'static str,
    /// What to write where.
    pub edits: Vec<EditEntry>,
}

/// What to write where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EditEntry {
    /// The file, as Helm names it.
    pub file: String,
    /// The first byte that goes.
    pub start: usize,
    /// The byte behind the last that goes.
    pub end: usize,
    /// What comes.
    pub text: String,
    /// The bytes that go, in lines and columns.
    #[serde(skip)]
    pub place: SourcePlace,
}

/// A place in a file of the chart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SourcePlace {
    /// The file, as Helm names it.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// The line in which it ends.
    #[serde(skip)]
    pub end_line: u32,
    /// The column behind its last character.
    #[serde(skip)]
    pub end_column: u32,
}

/// A line of what is printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RenderedPlace {
    /// The template's name.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
}

/// Another fault of the same thing, or another place that has to do with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RelatedEntry {
    /// The rule that looks for it, where it is a fault in itself.
    pub rule: Option<&'static str>,
    /// What it is.
    pub message: String,
    /// Where, if that is known.
    pub place: Option<SourcePlace>,
}

/// What told the linter to ignore a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SuppressedBy {
    /// `annotation`, `comment` or `config`.
    pub kind: &'static str,
    /// The annotation's key, the comment, the pattern.
    pub written: String,
    /// The reason that was given; empty where none was.
    pub reason: String,
}

/// What told the linter to ignore something that isn't there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unused {
    /// What was written.
    pub by: SuppressedBy,
    /// Where, if that is known.
    pub place: Option<SourcePlace>,
    /// The object that bears it; empty where it isn't an annotation.
    pub object: String,
    /// Whether it names no rule there is.
    pub is_misnamed: bool,
}

impl Unused {
    /// It in one line, with its place.
    pub fn line(&self) -> String {
        let place = self.place.as_ref().map(|place| format!("{}: ", place.written())).unwrap_or_default();
        format!("{place}warning: {}", self.sentence())
    }

    /// It in one sentence, without its place.
    pub fn sentence(&self) -> String {
        let bearer = if self.object.is_empty() { String::new() } else { format!(" of {}", self.object) };
        let why = if self.is_misnamed { ": it names no rule" } else { "" };
        format!("the {} `{}`{bearer} suppresses nothing{why}", self.by.kind, self.by.written)
    }
}

impl RenderedPlace {
    /// No line of what is printed.
    pub fn none() -> Self {
        Self { file: String::new(), line: 0 }
    }
}

impl ObjectEntry {
    /// Kind and name; the chart, where it is no object.
    pub fn title(&self) -> String {
        if self.kind.is_empty() && self.name.is_empty() {
            return "the chart".to_owned();
        }
        format!("{} {}", self.kind, self.name)
    }
}

impl Entry {
    /// The place as compilers write it; the template's name alone where nothing better is known.
    pub fn written_place(&self) -> String {
        self.place.as_ref().map_or_else(|| self.rendered.file.clone(), SourcePlace::written)
    }
}

impl SourcePlace {
    /// As compilers write it.
    pub fn written(&self) -> String {
        format!("{}:{}:{}", self.file, self.line, self.column)
    }
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde hands references in
fn word<S: Serializer>(severity: &Severity, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(severity.word())
}
