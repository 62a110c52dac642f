//! The formats that are mostly repetitive text, through minijinja.
//!
//! Everything in HTML and XML is escaped; characters that XML can't hold are replaced. In Markdown what stands between
//! backticks is left alone, and what would be markup elsewhere is escaped.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Error, Value};
use serde::Serialize;

use super::{Entry, Format, LintReport, RelatedEntry, Unused};
use crate::source::Severity;

const JUNIT: &str = include_str!("templates/junit.xml.j2");
const MARKDOWN: &str = include_str!("templates/report.md.j2");
const HTML: &str = include_str!("templates/report.html.j2");

/// Writes a report in one of these formats.
pub(super) fn write(report: &LintReport, format: Format) -> String {
    let (name, template) = match format {
        Format::Junit => ("junit.xml", JUNIT),
        Format::Html => ("report.html", HTML),
        Format::Markdown | Format::Text | Format::Json | Format::Sarif => ("report.md", MARKDOWN),
    };
    // The templates are our own, and the tests run them: an error is for those who change them.
    render(name, template, &View::of(report)).unwrap_or_else(|error| format!("{error:#}\n"))
}

fn render(name: &'static str, template: &'static str, view: &View) -> Result<String, Error> {
    let mut environment = Environment::new();
    let mut syntax = SyntaxConfig::builder();
    syntax.trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true);
    environment.set_syntax(syntax.build()?);
    environment.set_auto_escape_callback(|name| match name.rsplit_once('.') {
        Some((_, "md")) => AutoEscape::None,
        _ => AutoEscape::Html,
    });
    environment.add_filter("markdown", |text: String| markdown(&text));
    environment.add_filter("xml", |text: String| Value::from_safe_string(xml(&text)));
    environment.add_filter("prose", |text: String| Value::from_safe_string(prose(&text)));
    environment.add_template(name, template)?;
    environment.get_template(name)?.render(Serde(view))
}

/// What the templates see.
#[derive(Serialize)]
struct View<'a> {
    title: &'a str,
    summary: String,
    version: &'static str,
    errors: usize,
    warnings: usize,
    hints: usize,
    objects: Vec<ObjectView<'a>>,
    suppressed: Vec<FindingView<'a>>,
    unused: Vec<UnusedView<'a>>,
    unchecked: &'a [String],
}

/// The findings of one object.
#[derive(Serialize)]
struct ObjectView<'a> {
    title: String,
    namespace: &'a str,
    findings: Vec<FindingView<'a>>,
}

#[derive(Serialize)]
struct FindingView<'a> {
    #[serde(flatten)]
    entry: &'a Entry,
    place_written: String,
    object_title: String,
    related: &'a [RelatedEntry],
}

#[derive(Serialize)]
struct UnusedView<'a> {
    #[serde(flatten)]
    unused: &'a Unused,
    sentence: String,
}

impl<'a> View<'a> {
    fn of(report: &'a LintReport) -> Self {
        let alike = |a: &Entry, b: &Entry| a.document == b.document;
        let objects = report.findings.chunk_by(alike).filter_map(|findings| {
            let object = &findings.first()?.object;
            let findings = findings.iter().map(FindingView::of).collect();
            Some(ObjectView { title: object.title(), namespace: &object.namespace, findings })
        });
        Self {
            title: &report.title,
            summary: report.summary(),
            version: env!("CARGO_PKG_VERSION"),
            errors: report.count(Severity::Error),
            warnings: report.count(Severity::Warning),
            hints: report.count(Severity::Note),
            objects: objects.collect(),
            suppressed: report.suppressed.iter().map(FindingView::of).collect(),
            unused: report.unused.iter().map(|unused| UnusedView { unused, sentence: unused.sentence() }).collect(),
            unchecked: &report.unchecked,
        }
    }
}

impl<'a> FindingView<'a> {
    fn of(entry: &'a Entry) -> Self {
        let (place_written, object_title) = (entry.written_place(), entry.object.title());
        Self { entry, place_written, object_title, related: &entry.related }
    }
}

/// Characters that XML can't hold become the one for "unreadable".
fn plain(text: &str) -> String {
    let is_allowed = |c: char| matches!(c, '\t' | '\n' | '\r') || (c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}'));
    text.chars().map(|c| if is_allowed(c) { c } else { char::REPLACEMENT_CHARACTER }).collect()
}

/// A text as XML and HTML have it.
fn xml(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for c in plain(text).chars() {
        match c {
            '&' => written.push_str("&amp;"),
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            '"' => written.push_str("&quot;"),
            '\'' => written.push_str("&#39;"),
            _ => written.push(c),
        }
    }
    written
}

/// A sentence as HTML has it, with what stands between backticks as code.
fn prose(text: &str) -> String {
    let text = xml(text);
    if !text.matches('`').count().is_multiple_of(2) {
        return text;
    }
    let pieces = text.split('`').enumerate();
    pieces.map(|(at, piece)| if at % 2 == 0 { piece.to_owned() } else { format!("<code>{piece}</code>") }).collect()
}

/// A sentence in one line of Markdown. Code between backticks stays; without a partner a backtick is a character.
fn markdown(text: &str) -> String {
    let is_code = text.matches('`').count().is_multiple_of(2);
    let (mut written, mut inside) = (String::with_capacity(text.len()), false);
    for c in plain(text).chars() {
        match c {
            '\n' | '\r' | '\t' => written.push(' '),
            '`' if is_code => {
                inside = !inside;
                written.push(c);
            }
            '\\' | '`' | '*' | '_' | '<' | '>' | '[' | ']' | '|' | '~' | '&' | '#' if !inside => {
                written.push('\\');
                written.push(c);
            }
            _ => written.push(c),
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_names_stays_text() {
        assert_eq!(prose("`a<b>` is \"new\""), "<code>a&lt;b&gt;</code> is &quot;new&quot;");
        assert_eq!(prose("one ` alone & more"), "one ` alone &amp; more");
        assert_eq!(markdown("container `a_b` is *loud*\n<b>"), "container `a_b` is \\*loud\\* \\<b\\>");
        assert_eq!(markdown("one ` alone"), "one \\` alone");
        assert_eq!(plain("a\u{0}b\u{1b}\n"), "a\u{fffd}b\u{fffd}\n");
    }
}
