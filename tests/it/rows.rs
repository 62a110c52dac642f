//! The tables in `tests/corpus/rows`: thousands of templates of one line, and what the real Helm makes of each.
//!
//! A row is a JSON object: `template` is the only template of a chart, or `expression` stands in
//! `v: {{ (EXPRESSION) | toRawJson | b64enc }}`. `out` is what was printed (of an expression, the JSON), `err` what stood
//! behind `Error: `. `regenerate.py` writes the results anew.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use chartroom::chart::{self, Capabilities, Entry, Log, Release};
use chartroom::engine::{self, Dialect, PrintOptions, Record, Request, SchemaCheck};
use chartroom::helm::Helm;
use chartroom::source::Files;
use chartroom::template::{Limits, SeededWorld};
use chartroom::value::Map;
use serde_json::Value as Json;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus/rows");

const CHART: &str = include_str!("../corpus/rows/Chart.yaml");
const VALUES: &str = include_str!("../corpus/rows/values.yaml");
const FILE: &str = "one\ntwo\n";

/// What the templates of a chart print, without the lines that Helm puts around it, or the error.
fn render(templates: &[&str]) -> Result<Vec<String>, String> {
    let (mut files, mut log) = (Files::new(), Log::of(Helm::Four));
    let entry = |path: &str, text: &str| Entry::new(path, text.as_bytes());
    let mut entries = vec![entry("Chart.yaml", CHART), entry("values.yaml", VALUES), entry("f.txt", FILE)];
    let numbered = templates.iter().enumerate();
    entries.extend(numbered.map(|(number, text)| entry(&format!("templates/{}", name(number)), text)));
    let chart = chart::load(entries, &mut files, &mut log).map_err(|error| error.to_string())?;
    let request = Request {
        chart,
        files,
        log,
        values: Map::new(),
        release: Release { name: "rel".to_owned(), ..Release::default() },
        capabilities: Capabilities::default(),
        schema: SchemaCheck::Done,
        limits: Limits::default(),
        record: Record::Origins,
        dialect: Dialect::Helm,
    };
    let rendering = engine::render(request, &mut SeededWorld::new(1_600_000_000_000_000_000, 1));
    let rendered = rendering.result.map_err(|error| error.to_string())?;
    let printed = engine::print(&rendered.documents, &PrintOptions::default()).map_err(|error| error.to_string())?;
    let mut found = vec![String::new(); templates.len()];
    for document in printed.text.to_string().split("---\n# Source: c/templates/").skip(1) {
        let (source, text) = document.split_once('\n').expect("a line");
        let number = (0..templates.len()).find(|number| name(*number) == source).expect("a template");
        found[number].push_str(text.trim_end());
    }
    Ok(found)
}

/// A chart of one template calls it so, as the rows do.
fn name(number: usize) -> String {
    if number == 0 { "t.yaml".to_owned() } else { format!("t{number}.yaml") }
}

/// A row as it is tried.
struct Row {
    template: String,
    want: Result<String, String>,
}

impl Row {
    fn read(line: &str) -> Self {
        let row: Json = serde_json::from_str(line).expect("a row");
        let text = |key: &str| row[key].as_str().map(str::to_owned);
        let (template, out) = match text("expression") {
            Some(expression) => {
                let out = text("out").map(|json| format!("v: {}", engine::to_base64(json.as_bytes())));
                (format!("v: {{{{ ({expression}) | toRawJson | b64enc }}}}"), out)
            }
            None => (text("template").expect("a template"), text("out")),
        };
        Self { template, want: out.ok_or_else(|| text("err").expect("a result")) }
    }

    /// Whether it can be rendered beside others: it stops nothing, and neither sees nor changes what others see.
    fn is_sociable(&self) -> bool {
        const WORDS: [&str; 6] = ["define", "block", "template", "include", "set", "erge"];
        self.want.is_ok() && !WORDS.iter().any(|word| self.template.contains(word))
    }

    fn complaint(&self, got: &Result<String, String>) -> Option<String> {
        let Self { template, want } = self;
        (got != want).then(|| format!("{template}\n    helm {want:?}\n    got  {got:?}"))
    }

    fn alone(&self) -> Option<String> {
        self.complaint(&render(&[&self.template]).map(|mut texts| texts.remove(0)))
    }
}

/// Rows rendered in one go; where one fails, each alone.
fn together(rows: &[&Row]) -> Vec<String> {
    let templates: Vec<&str> = rows.iter().map(|row| row.template.as_str()).collect();
    match render(&templates) {
        Ok(texts) => rows.iter().zip(texts).filter_map(|(row, text)| row.complaint(&Ok(text))).collect(),
        Err(_) => rows.iter().filter_map(|row| row.alone()).collect(),
    }
}

/// Rows that are rendered in one go.
const AT_ONCE: usize = 100;

fn complaints(rows: &[Row]) -> Vec<String> {
    let (sociable, others): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(|row| row.is_sociable());
    let one_by_one = others.iter().filter_map(|row| row.alone());
    sociable.chunks(AT_ONCE).flat_map(together).chain(one_by_one).collect()
}

fn tables() -> Vec<PathBuf> {
    let entries = fs::read_dir(Path::new(FOLDER)).expect("the tables").map(|entry| entry.expect("an entry").path());
    let mut tables: Vec<_> = entries.filter(|path| path.extension().is_some_and(|ext| ext == "jsonl")).collect();
    tables.sort();
    tables
}

#[test]
fn rows_are_rendered_as_helm_renders_them() {
    let texts = tables().into_iter().map(|path| fs::read_to_string(path).expect("a table")).collect::<String>();
    let rows: Vec<Row> = texts.lines().map(Row::read).collect();
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let complaints: Vec<String> = thread::scope(|scope| {
        let parts = rows.chunks(rows.len().div_ceil(threads));
        let running: Vec<_> = parts.map(|part| scope.spawn(|| complaints(part))).collect();
        running.into_iter().flat_map(|part| part.join().expect("no panic")).collect()
    });
    assert!(complaints.is_empty(), "{} of {} rows differ:\n{}", complaints.len(), rows.len(), complaints.join("\n"));
    assert!(rows.len() > 1000, "only {} rows", rows.len());
}
