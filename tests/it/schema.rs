//! The tables in `tests/corpus/schema`: schemas, values, and what the real Helm says of them. Its order is random, so
//! lines are compared in alphabetical order. `regenerate.py` writes the results anew.

use std::fs;
use std::path::Path;

use chartroom::chart;
use chartroom::engine::JUDGES;
use chartroom::helm::Helm;
use chartroom::source::ReadsId;
use chartroom::value::{Value, json};
use serde_json::Value as Json;

/// The lines in order, and the names that are listed in one.
fn in_order(text: &str) -> String {
    let listed = |line: &str| {
        let (before, rest) = line.split_once("additional properties ")?;
        let (names, after) = rest.split_once(" not allowed")?;
        let mut names: Vec<&str> = names.split(", ").collect();
        names.sort_unstable();
        Some(format!("{before}additional properties {} not allowed{after}", names.join(", ")))
    };
    let mut lines: Vec<String> =
        text.trim_end_matches('\n').split('\n').map(|line| listed(line).unwrap_or_else(|| line.to_owned())).collect();
    lines.sort();
    lines.join("\n")
}

fn check(table: &str, helm: Helm) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/schema").join(table);
    let text = fs::read_to_string(path).expect("a table");
    let mut faults = Vec::new();
    for line in text.split('\n').filter(|line| !line.is_empty()) {
        let row: Json = serde_json::from_str(line).expect("a row");
        let schema = row["schema"].as_str().expect("a schema");
        let values = row["values"].to_string();
        let Ok(Value::Map(values)) = json::decode(values.as_bytes(), ReadsId::NONE) else { panic!("{values}") };
        let said = chart::check_schema(schema.as_bytes(), &values, &JUDGES, helm).err();
        let got = said.map(|said| in_order(&said));
        let want = row["said"].as_str().map(str::to_owned);
        if got != want {
            faults.push(format!("{schema} {}\n  helm {want:?}\n  we   {got:?}", row["values"]));
        }
    }
    assert!(faults.is_empty(), "{} differ:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn schemas_are_checked_as_helm_checks_them() {
    check("four.jsonl", Helm::Four);
}

#[test]
fn schemas_are_checked_as_helm_3_checks_them() {
    check("three.jsonl", Helm::Three);
}
