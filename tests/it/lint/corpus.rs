//! Cases across objects, and what a single rule's examples don't show: one archive in `tests/corpus/lint`, one case.
//!
//! `manifests.yaml` (or a chart, as `examples.rs` reads it) is the input, `config` (if there) says `namespace: …` or
//! `kubernetes: …` or `on: RULE` or `validation: ignore`, and `want`
//! holds the findings of the group with which the file's name begins. `UPDATE=1` writes `want` anew.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use chartroom::lint::{Activation, Config, FieldValidation, Finding, Kubernetes, Place, check, rule};
use chartroom::source::{LineIndex, Severity};

use super::examples::in_chart;
use super::{Documents, documents};
use crate::txtar::Archive;

#[test]
fn cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/lint");
    let paths = fs::read_dir(folder).expect("the cases").map(|entry| entry.expect("an entry").path());
    let mut paths: Vec<_> = paths.collect();
    paths.sort();
    let mut wrong = Vec::new();
    for path in paths {
        let mut archive = Archive::parse(&fs::read_to_string(&path).expect("a text"));
        let name = path.file_name().expect("a name").to_string_lossy();
        let group = name.split('_').next().expect("a group");
        let settings = archive.get("config").unwrap_or("");
        let got = match archive.get("manifests.yaml") {
            Some(manifests) => findings(manifests, settings, group),
            None => findings_in_chart(&archive, settings, group),
        };
        if got == archive.get("want").unwrap_or("") {
            continue;
        }
        if std::env::var_os("UPDATE").is_some() {
            archive.put("want", &got);
            fs::write(&path, archive.write()).expect("written");
        } else {
            wrong.push(format!("{}\ngot:\n{got}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn config(text: &str) -> Config {
    let mut config = super::config();
    for (key, value) in text.lines().filter_map(|line| line.split_once(": ")) {
        match key {
            "namespace" => value.clone_into(&mut config.namespace),
            "kubernetes" => config.kubernetes = Kubernetes::parse(value).expect("a version"),
            "validation" => config.validation = FieldValidation::Ignore,
            "on" => drop(config.activation.insert(value.to_owned(), Activation::On)),
            other => panic!("config has no {other}"),
        }
    }
    config
}

fn findings(manifests: &str, settings: &str, group: &str) -> String {
    let documents = documents(manifests);
    let mut text = String::new();
    let of_group = |finding: &Finding| rule(finding.rule).is_some_and(|rule| rule.group.id() == group);
    for finding in check(&documents.objects, &config(settings)).into_iter().filter(of_group) {
        write_finding(&mut text, &documents, manifests, &finding);
    }
    text
}

/// The same in a chart: a place is the text of a template or of values.
fn findings_in_chart(archive: &Archive, settings: &str, group: &str) -> String {
    let found = in_chart(archive, &config(settings));
    let of_group = |finding: &&Finding| rule(finding.rule).is_some_and(|rule| rule.group.id() == group);
    let mut text = String::new();
    for finding in found.findings.iter().filter(of_group) {
        let place = found.place(finding).map_or_else(|| "nowhere".to_owned(), |span| found.written(span));
        let Finding { rule, message, fix, object, .. } = finding;
        let object = if object.kind.is_empty() { String::new() } else { format!(" ({}/{object})", object.namespace) };
        writeln!(text, "{place} {} {rule}{object}\n  {message}\n  fix: {fix}", word(finding.severity)).unwrap();
    }
    text
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "info",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

fn write_finding(text: &mut String, documents: &Documents, manifests: &str, finding: &Finding) {
    let severity = word(finding.severity);
    let Finding { rule, message, fix, place, object, .. } = finding;
    let where_ = position(documents, manifests, place);
    writeln!(text, "{where_} {severity} {rule} ({}/{object})\n  {message}\n  fix: {fix}", object.namespace).unwrap();
    for related in &finding.related {
        let rule = related.rule.unwrap_or("here");
        writeln!(text, "  {} {rule}: {}", position(documents, manifests, &related.place), related.message).unwrap();
    }
}

/// Line, column and marked text.
fn position(documents: &Documents, manifests: &str, place: &Place) -> String {
    let start = documents.starts[place.document];
    let range = start + place.range.start..start + place.range.end;
    let position = LineIndex::new(manifests.as_bytes()).position(manifests.as_bytes(), range.start);
    let marked = manifests[range].replace('\n', "⏎");
    format!("{}:{} [{marked}]", position.line, position.column)
}
