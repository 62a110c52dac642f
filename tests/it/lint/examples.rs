//! Examples of rules: manifests as they stand, or a chart as a text archive.
//!
//! In an archive `user.yaml` is a file of values that is handed in, and what stands below `baseline/` is the chart that
//! is installed. A chart without `Chart.yaml` gets one.

use chartroom::chart::{self, Capabilities, Entry, Log, Overrides, Release};
use chartroom::engine::{self, Dialect, Document, Record, Request, SchemaCheck};
use chartroom::helm::Helm;
use chartroom::kube::Object;
use chartroom::lint::{Config, Finding, check, check_chart, examine, origin, refused};
use chartroom::source::{Files, Span, Trace};
use chartroom::template::{Limits, SeededWorld};

use super::objects;
use crate::txtar::Archive;

/// What is found in an example.
pub fn found(example: &str, config: &Config) -> Vec<Finding> {
    if example.starts_with("-- ") {
        in_chart(&Archive::parse(example), config).findings
    } else {
        check(&objects(example), config)
    }
}

/// What is found in a chart.
pub struct Found {
    pub findings: Vec<Finding>,
    files: Files,
    documents: Vec<Document>,
    trace: Trace,
}

impl Found {
    /// The text that a finding is about.
    pub fn place(&self, finding: &Finding) -> Option<Span> {
        finding.source.or_else(|| origin(&finding.place, &self.documents, &self.trace))
    }

    pub fn documents(&self) -> &[Document] {
        &self.documents
    }

    pub fn files(&self) -> &Files {
        &self.files
    }

    pub fn trace(&self) -> &Trace {
        &self.trace
    }

    /// File, line and text of a place.
    pub fn written(&self, span: Span) -> String {
        let file = self.files.get(span.file).expect("a file");
        let line = self.files.position(span).expect("a place").line;
        format!("{}:{line} [{}]", file.path, String::from_utf8_lossy(self.files.text(span)).replace('\n', "⏎"))
    }
}

const MANIFEST: &str =
    "apiVersion: v2\nname: web\nversion: 1.2.0\nappVersion: \"3.4\"\nicon: https://example.com/a.svg\n";

/// Renders a chart, twice where it asks for the time or for random things, and checks it.
pub fn in_chart(archive: &Archive, config: &Config) -> Found {
    let is_own = |name: &str| !name.starts_with("baseline/") && name != "user.yaml" && name != "want";
    let mut examined = match request(archive, &|name| Some(name.to_owned()).filter(|name| is_own(name))) {
        Ok((request, overrides)) => examine(request, &overrides, &mut SeededWorld::new(0, 1)),
        Err((files, error)) => refused(files, error, Helm::Four),
    };
    if archive.files.iter().any(|file| file.name.starts_with("baseline/")) {
        let (request, _) = request_of_baseline(archive).expect("a chart");
        let rendered = engine::render(request, &mut SeededWorld::new(0, 1)).result.expect("the baseline renders");
        let objects = rendered.documents.iter().map(|document| document.object().expect("an object"));
        let objects = objects.collect::<Vec<Object>>();
        examined.background.installed = Some(objects);
    }
    let sources = examined.sources();
    let findings = check_chart(&sources, &examined.background, config).findings;
    let (documents, trace) = (sources.documents.to_vec(), sources.trace.clone());
    Found { findings, documents, trace, files: examined.rendering.files }
}

fn request_of_baseline(archive: &Archive) -> Result<(Request, Overrides), Refused> {
    request(archive, &|name| name.strip_prefix("baseline/").map(str::to_owned))
}

/// The files as far as they were read, and why the chart can't be loaded.
type Refused = (Files, chart::Error);

/// The chart of those files of the archive that `named` gives a name.
fn request(archive: &Archive, named: &dyn Fn(&str) -> Option<String>) -> Result<(Request, Overrides), Refused> {
    let (mut files, mut log) = (Files::new(), Log::new());
    let own = archive.files.iter().filter_map(|file| Some((named(&file.name)?, file.written.clone())));
    let mut own: Vec<(String, String)> = own.collect();
    // One with another ending is a chart whose manifest nobody finds.
    if !own.iter().any(|(name, _)| name == "Chart.yaml" || name == "Chart.yml") {
        own.push(("Chart.yaml".to_owned(), MANIFEST.to_owned()));
    }
    let entries = own.iter().map(|(name, text)| Entry::new(name, text.as_bytes())).collect();
    let chart = match chart::load(entries, &mut files, &mut log) {
        Ok(chart) => chart,
        Err(error) => return Err((files, error)),
    };
    let mut overrides = Overrides::default();
    if let Some(text) = archive.get("user.yaml") {
        overrides.files.push(("user.yaml".to_owned(), text.as_bytes().into()));
    }
    let values = overrides.merge(&mut |_| Err(String::new())).expect("values");
    let (release, capabilities) = (Release::default(), Capabilities::default());
    let (schema, limits, record) = (SchemaCheck::Done, Limits::default(), Record::Origins);
    let dialect = Dialect::Jinja;
    Ok((Request { chart, files, log, values, release, capabilities, schema, limits, record, dialect }, overrides))
}
