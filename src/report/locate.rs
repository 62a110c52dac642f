//! From findings, which name bytes of documents, to entries, which name lines of files.

use std::ops::Range;

use super::{
    EditEntry, Entry, LintReport, MendEntry, ObjectEntry, RelatedEntry, RenderedPlace, SourcePlace, SuppressedBy,
    Unused,
};
use crate::engine::{Document, Printed};
use crate::lint::{self, Checked, Finding, Place, Suppressed, Suppression};
use crate::source::{Files, LineIndex, Span, Trace};

/// What was rendered, and where it comes from.
pub struct Rendition<'a> {
    files: &'a Files,
    trace: &'a Trace,
    documents: &'a [Document],
    /// What is printed, and its lines; `None` where nothing is rendered: the files are the documents.
    printed: Option<(&'a Printed, LineIndex)>,
}

impl<'a> Rendition<'a> {
    /// What findings are about.
    pub fn new(files: &'a Files, trace: &'a Trace, documents: &'a [Document], printed: &'a Printed) -> Self {
        let lines = LineIndex::new(printed.text.as_bytes());
        Self { files, trace, documents, printed: Some((printed, lines)) }
    }

    /// Files that are manifests as they stand.
    pub fn of_files(files: &'a Files, trace: &'a Trace, documents: &'a [Document]) -> Self {
        Self { files, trace, documents, printed: None }
    }

    /// What was found, as a report.
    pub fn report(&self, title: String, checked: &Checked) -> LintReport {
        let unreadable = checked.unreadable.iter().filter_map(|&number| self.documents.get(number));
        let unchecked = unreadable.map(|document| {
            format!("a document of {} was not checked: it can't be read as an object", document.source)
        });
        LintReport {
            title,
            findings: checked.findings.iter().map(|finding| self.entry(finding)).collect(),
            suppressed: checked.suppressed.iter().map(|suppressed| self.suppressed(suppressed)).collect(),
            unused: checked.unused.iter().map(|unused| self.unused(unused)).collect(),
            documents: checked.documents,
            rules: checked.rules,
            unchecked: unchecked.collect(),
            ..LintReport::default()
        }
    }

    /// A finding with its places in files.
    pub fn entry(&self, finding: &Finding) -> Entry {
        let object = &finding.object;
        let related = finding.related.iter().map(|related| RelatedEntry {
            rule: related.rule,
            message: related.message.clone(),
            place: self.source_place(&related.place),
        });
        Entry {
            rule: finding.rule,
            severity: finding.severity,
            message: finding.message.clone(),
            object: ObjectEntry {
                api_version: object.api_version.clone(),
                kind: object.kind.clone(),
                namespace: object.namespace.clone(),
                name: object.name.clone(),
            },
            place: finding.source.map_or_else(|| self.source_place(&finding.place), |span| self.span_place(span)),
            rendered: if finding.source.is_some() {
                RenderedPlace::none()
            } else {
                self.rendered_place(&finding.place)
            },
            fix: finding.fix.clone(),
            mend: self.mend(finding),
            suppressed: None,
            field: finding.source.map_or_else(|| finding.place.path.to_string(), |span| self.marked(span)),
            document: finding.place.document,
            related: related.collect(),
        }
    }

    fn mend(&self, finding: &Finding) -> Option<MendEntry> {
        let document = self.documents.get(finding.place.document);
        let fix = lint::fix(finding, document, self.files, self.trace)?;
        let edit = |edit: lint::Edit| {
            let place = self.span_place(Span::new(self.files.find(&edit.path)?, edit.range.clone()))?;
            let (file, Range { start, end }) = (edit.path.to_string(), edit.range);
            Some(EditEntry { file, start, end, text: edit.text, place })
        };
        let edits = fix.edits.into_iter().map(edit).collect::<Option<Vec<_>>>()?;
        Some(MendEntry { title: fix.title, kind: fix.kind.word(), edits })
    }

    fn suppressed(&self, suppressed: &Suppressed) -> Entry {
        Entry { suppressed: Some(suppressed_by(&suppressed.by)), ..self.entry(&suppressed.finding) }
    }

    fn unused(&self, suppression: &Suppression) -> Unused {
        Unused {
            by: suppressed_by(suppression),
            place: suppression.span.and_then(|span| self.span_place(span)),
            object: suppression.object.clone().unwrap_or_default(),
            is_misnamed: suppression.is_misnamed(),
        }
    }

    fn source_place(&self, place: &Place) -> Option<SourcePlace> {
        self.span_place(lint::origin(place, self.documents, self.trace)?)
    }

    /// A file and a text in it, which say of a finding that is in no object which one it is.
    fn marked(&self, span: Span) -> String {
        let file = self.files.get(span.file).map_or("", |file| &file.path);
        format!("{file} {}", String::from_utf8_lossy(self.files.text(span)))
    }

    /// A span in lines and columns.
    pub fn span_place(&self, span: Span) -> Option<SourcePlace> {
        let start = self.files.position(span)?;
        let end = self.files.position(Span::point(span.file, span.range().end))?;
        let file = self.files.get(span.file)?.path.to_string();
        let (end_line, end_column) = (end.line, end.column);
        Some(SourcePlace { file, line: start.line, column: start.column, end_line, end_column })
    }

    fn rendered_place(&self, place: &Place) -> RenderedPlace {
        let Some((printed, lines)) = &self.printed else {
            let place = self.source_place(place);
            let (file, line) = place.map(|place| (place.file, place.line)).unwrap_or_default();
            return RenderedPlace { file, line };
        };
        let file = self.documents.get(place.document).map(|document| document.source.clone());
        let document = printed.documents.iter().find(|(number, _)| *number == place.document);
        let offset = document.map_or(0, |(_, range)| range.start) + place.range.start;
        let line = lines.position(printed.text.as_bytes(), offset).line;
        RenderedPlace { file: file.unwrap_or_default(), line }
    }
}

fn suppressed_by(suppression: &Suppression) -> SuppressedBy {
    let Suppression { kind, written, reason, .. } = suppression;
    SuppressedBy { kind: kind.word(), written: written.clone(), reason: reason.clone() }
}
