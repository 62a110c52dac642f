//! Where the finding of each rule's bad example stands: file, line, column, what is marked, and what is said of it.
//! `UPDATE=1` writes the list anew.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use chartroom::lint::{Activation, Config, RULES};

use super::config;
use super::examples::in_chart;
use super::mended::chart;

#[test]
fn every_bad_example_has_its_fault_at_its_place() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/lint_places.txt");
    let mut got = String::new();
    for rule in RULES {
        let config = Config { activation: [(rule.id.to_owned(), Activation::On)].into_iter().collect(), ..config() };
        let found = in_chart(&chart(rule.bad), &config);
        for finding in found.findings.iter().filter(|finding| finding.rule == rule.id) {
            let place = found.place(finding).map_or_else(|| "nowhere".to_owned(), |span| found.written(span));
            let field = finding.place.path.to_string();
            writeln!(got, "{} {place} {}\n  {field}", rule.id, finding.severity.word()).expect("written");
        }
    }
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &got).expect("written");
    }
    let want = fs::read_to_string(&path).unwrap_or_default();
    let differing = got.lines().zip(want.lines()).find(|(got, want)| got != want);
    assert!(got == want, "the first that differs: {differing:?}");
}
