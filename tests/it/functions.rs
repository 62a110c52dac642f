//! The functions that Helm adds to Sprig's: each is documented, and its examples are true.

use chartroom::chart::{self, Capabilities, Entry, Log, Release};
use chartroom::engine::{self, Record, Request, SchemaCheck};
use chartroom::source::Files;
use chartroom::sprig;
use chartroom::template::{Limits, SeededWorld};
use chartroom::value::Map;

/// What a template prints in a chart, or Helm's error.
pub fn render(template: &str) -> Result<String, String> {
    let (mut files, mut log) = (Files::new(), Log::new());
    let chart_yaml = Entry::new("Chart.yaml", &b"apiVersion: v2\nname: c\nversion: 0.1.0\n"[..]);
    // Notes are the one thing that is neither cut nor read after it was printed.
    let notes = Entry::new("templates/NOTES.txt", template.as_bytes());
    let chart = chart::load(vec![chart_yaml, notes], &mut files, &mut log).map_err(|error| error.to_string())?;
    let request = Request {
        chart,
        files,
        log,
        values: Map::new(),
        release: Release { name: "rel".into(), ..Release::default() },
        capabilities: Capabilities::default(),
        schema: SchemaCheck::Done,
        limits: Limits::default(),
        record: Record::Origins,
        dialect: engine::Dialect::Jinja,
    };
    let rendered = engine::render(request, &mut SeededWorld::new(1_600_000_000_000_000_000, 1)).result;
    let notes = rendered.map_err(|error| error.to_string())?.notes;
    Ok(notes.unwrap_or_default().to_string())
}

#[test]
fn helms_own_functions_are_documented_and_their_examples_are_true() {
    let of_sprig = sprig::functions();
    let is_own = |name: &str| name == "getHostByName" || of_sprig.iter().all(|function| function.name != name);
    let mut complaints = Vec::new();
    for function in engine::functions().into_iter().filter(|function| is_own(function.name)) {
        // What always fails, or needs other templates, has no example of its own.
        let needs_example = !matches!(function.name, "fail" | "include");
        if function.doc.is_empty() || needs_example && function.examples.is_empty() {
            complaints.push(format!("{}: no words or no example", function.name));
        }
        for example in &function.examples {
            let got = render(example.template);
            if got.as_deref() != Ok(example.prints) {
                complaints.push(format!("{}\n    want {:?}\n    got  {got:?}", example.template, example.prints));
            }
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}
