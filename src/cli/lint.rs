//! `chartroom lint`: what is wrong with the rendered objects.

use std::ffi::OsString;
use std::fmt::Write;

use serde::Serialize;

use super::args;
use super::template::prepare;
use super::terminal::{Status, Terminal};
use super::world::Machine;
use crate::engine::{self, PrintOptions, Printed, Record, Rendered, Rendering};
use crate::lint::{self, Checked, Config, Finding, Kubernetes, Place};
use crate::source::{Files, LineIndex, Severity, Trace};

const USAGE: &str = "\
Says what is wrong with what a chart renders to, where, and what to do about it.

Usage:
  chartroom lint [NAME] CHART [flags]

Flags:
      --format text|json      how findings are printed (text)

and those of `chartroom template`, which say what is rendered: --values, --set, --namespace, --kube-version, …

The exit status is 1 where there are errors, or nothing could be rendered.

--format json prints a list of
  {rule, severity, message, object: {apiVersion, kind, namespace, name},
   place: {file, line, column}, rendered: {file, line}, fix}
where severity is error, warning or info, place is the text of the template that printed the field (null where that
isn't known), rendered is the template's name and the line in what `chartroom template` prints, and fix is an advice in
words.
";

/// How findings are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Format {
    #[default]
    Text,
    Json,
}

/// Runs the command.
pub(super) fn run(args: Vec<OsString>, terminal: &mut Terminal) -> Status {
    let parsed = take_format(args).and_then(|(format, args)| Ok((format, args::parse(args)?)));
    let (format, args) = match parsed {
        Ok(parsed) => parsed,
        Err(message) => return terminal.error(&message),
    };
    if args.help {
        terminal.out(USAGE);
        return Status::Success;
    }
    let mut request = match prepare(&args, terminal) {
        Ok(request) => request,
        Err(message) => return terminal.error(&message),
    };
    request.record = Record::Origins;
    let config = Config {
        namespace: request.release.namespace.clone(),
        kubernetes: Kubernetes::parse(&request.capabilities.kube_version.version).unwrap_or_default(),
        ..Config::default()
    };
    let Rendering { files, trace, log, result } = engine::render(request, &mut Machine);
    for line in log.lines() {
        terminal.note(line);
    }
    let printed =
        result.and_then(|rendered| Ok((engine::print(&rendered.documents, &PrintOptions::default())?, rendered)));
    match printed {
        Ok((printed, rendered)) => {
            let lines = LineIndex::new(printed.text.as_bytes());
            report(format, &Output { files, trace, rendered, printed, lines }, &config, terminal)
        }
        Err(error) => terminal.error(&error),
    }
}

/// Takes `--format` out of the arguments; the rest is `template`'s.
fn take_format(args: Vec<OsString>) -> Result<(Format, Vec<OsString>), String> {
    let (mut format, mut rest) = (Format::default(), Vec::new());
    let mut args = args.into_iter();
    while let Some(arg) = args.next() {
        let written = match arg.to_str().and_then(|arg| arg.strip_prefix("--format")) {
            Some("") => args.next().ok_or("flag needs an argument: --format")?.to_string_lossy().into_owned(),
            Some(value) if value.starts_with('=') => value.trim_start_matches('=').to_owned(),
            _ => {
                rest.push(arg);
                continue;
            }
        };
        format = match written.as_str() {
            "text" => Format::Text,
            "json" => Format::Json,
            other => return Err(format!("--format is either text or json, not `{other}`")),
        };
    }
    Ok((format, rest))
}

/// What was rendered, and where it comes from.
struct Output {
    files: Files,
    trace: Trace,
    rendered: Rendered,
    printed: Printed,
    /// The lines of what is printed.
    lines: LineIndex,
}

fn report(format: Format, output: &Output, config: &Config, terminal: &mut Terminal) -> Status {
    let checked = lint::check_documents(&output.rendered.documents, config);
    for document in checked.unreadable.iter().filter_map(|&number| output.rendered.documents.get(number)) {
        terminal.note(&format!("a document of {} was not checked: it can't be read as an object", document.source));
    }
    match format {
        Format::Text => terminal.out(text(output, &checked)),
        Format::Json => terminal.out(json(output, &checked.findings)),
    }
    let is_error = |finding: &Finding| finding.severity == Severity::Error;
    if checked.findings.iter().any(is_error) { Status::Failure } else { Status::Success }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsonFinding<'a> {
    rule: &'a str,
    severity: &'a str,
    message: &'a str,
    object: JsonObject<'a>,
    place: Option<SourcePlace>,
    rendered: RenderedPlace,
    fix: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsonObject<'a> {
    api_version: &'a str,
    kind: &'a str,
    namespace: &'a str,
    name: &'a str,
}

/// A place in a file of the chart.
#[derive(Serialize)]
struct SourcePlace {
    file: String,
    line: u32,
    column: u32,
}

/// A line of what is printed.
#[derive(Serialize)]
struct RenderedPlace {
    file: String,
    line: u32,
}

fn json(output: &Output, findings: &[Finding]) -> String {
    let list: Vec<_> = findings.iter().map(|finding| output.json_finding(finding)).collect();
    // A struct of texts and numbers always becomes JSON.
    serde_json::to_string_pretty(&list).unwrap_or_default() + "\n"
}

fn text(output: &Output, checked: &Checked) -> String {
    let mut text = String::new();
    for finding in &checked.findings {
        output.write_finding(&mut text, finding);
    }
    let count = |severity| checked.findings.iter().filter(|finding| finding.severity == severity).count();
    let counts = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Note, "hint")];
    let counts = counts.map(|(severity, word)| (count(severity), word));
    let found: Vec<_> = counts.into_iter().filter(|(count, _)| *count > 0).map(|(n, word)| counted(n, word)).collect();
    let found = if found.is_empty() { "No problems".to_owned() } else { found.join(", ") };
    let (documents, rules) = (counted(checked.documents, "document"), counted(checked.rules, "rule"));
    text + &format!("{found} in {documents}, {rules} checked\n")
}

fn counted(count: usize, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}

impl Output {
    fn json_finding<'f>(&self, finding: &'f Finding) -> JsonFinding<'f> {
        let object = &finding.object;
        JsonFinding {
            rule: finding.rule,
            severity: finding.severity.word(),
            message: &finding.message,
            object: JsonObject {
                api_version: &object.api_version,
                kind: &object.kind,
                namespace: &object.namespace,
                name: &object.name,
            },
            place: self.source_place(&finding.place),
            rendered: self.rendered_place(&finding.place),
            fix: &finding.fix,
        }
    }

    fn write_finding(&self, text: &mut String, finding: &Finding) {
        let Finding { rule, message, fix, object, place, .. } = finding;
        let (written, word) = (self.written_place(place), finding.severity.word());
        // Writing to a string can't fail.
        let _ = writeln!(text, "{written}: {word}[{rule}]: {message}");
        let _ = writeln!(text, "    in {object}, rendered line {}", self.rendered_place(place).line);
        for related in &finding.related {
            let rule = related.rule.map(|rule| format!(" [{rule}]")).unwrap_or_default();
            let _ = writeln!(text, "    also: {}{rule}", related.message);
        }
        let _ = writeln!(text, "    fix: {fix}");
    }

    /// As compilers write it; the template's name alone where nothing better is known.
    fn written_place(&self, place: &Place) -> String {
        if let Some(SourcePlace { file, line, column }) = self.source_place(place) {
            return format!("{file}:{line}:{column}");
        }
        self.rendered_place(place).file
    }

    fn source_place(&self, place: &Place) -> Option<SourcePlace> {
        let span = lint::origin(place, &self.rendered.documents, &self.trace)?;
        let position = self.files.position(span)?;
        let file = self.files.get(span.file)?.path.to_string();
        Some(SourcePlace { file, line: position.line, column: position.column })
    }

    fn rendered_place(&self, place: &Place) -> RenderedPlace {
        let file = self.rendered.documents.get(place.document).map(|document| document.source.clone());
        let document = self.printed.documents.iter().find(|(number, _)| *number == place.document);
        let offset = document.map_or(0, |(_, range)| range.start) + place.range.start;
        let line = self.lines.position(self.printed.text.as_bytes(), offset).line;
        RenderedPlace { file: file.unwrap_or_default(), line }
    }
}
