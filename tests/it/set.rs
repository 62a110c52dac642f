//! The grammar of `--set` and its kin against what the real Helm makes of it: the table in `tests/corpus/set`.
//!
//! A row is a JSON object: `args` are flags, `out` the values that they and the chart's own make, as JSON, `err` what
//! stood behind `Error: `. `regenerate.py` writes the results anew.

use std::fs;
use std::path::Path;

use chartroom::chart::{self, Entry, Log, Overrides};
use chartroom::helm::Helm;
use chartroom::source::Files;
use chartroom::value::{Value, json};
use serde_json::Value as Json;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus/set");

/// The flags as the command line sorts them.
fn overrides(args: &[String]) -> Overrides {
    let mut overrides = Overrides::default();
    for pair in args.chunks(2) {
        let list = match pair[0].as_str() {
            "--set" => &mut overrides.set,
            "--set-string" => &mut overrides.set_string,
            "--set-json" => &mut overrides.set_json,
            "--set-file" => &mut overrides.set_file,
            "--set-literal" => &mut overrides.set_literal,
            other => panic!("{other}?"),
        };
        list.push(pair[1].clone());
    }
    overrides
}

/// The values of the chart with these flags, as JSON.
fn values(args: &[String], own: &[u8]) -> Result<String, String> {
    let read = |name: &str| {
        let known = name == "c" || Path::new(FOLDER).join(name).is_file() && !name.is_empty();
        match known {
            true if name == "c" => Err("read c: is a directory".to_owned()),
            true => Ok(fs::read(Path::new(FOLDER).join(name)).expect("a file")),
            false => Err(format!("open {name}: no such file or directory")),
        }
    };
    let user = overrides(args).merge(&mut { read }).map_err(|error| error.to_string())?;
    let manifest = b"apiVersion: v2\nname: c\nversion: 0.1.0\n".as_slice();
    let (mut files, mut log) = (Files::new(), Log::of(Helm::Four));
    let entries = vec![Entry::new("Chart.yaml", manifest), Entry::new("values.yaml", own)];
    let chart = chart::load(entries, &mut files, &mut log).map_err(|error| error.to_string())?;
    let values = chart::coalesce_values(&chart, &user, &mut log).map_err(|error| error.to_string())?;
    json::encode(&Value::Map(values)).map_err(|error| error.to_string())
}

fn complaint(line: &str, own: &[u8]) -> Option<String> {
    let row: Json = serde_json::from_str(line).expect("a row");
    let args: Vec<String> = serde_json::from_value(row["args"].clone()).expect("flags");
    let got = values(&args, own);
    let fits = match (&got, row["out"].as_str(), row["err"].as_str()) {
        (Ok(got), Some(out), _) => serde_json::from_str::<Json>(got).ok() == serde_json::from_str(out).ok(),
        (Err(got), _, Some(err)) => got == err,
        _ => false,
    };
    (!fits).then(|| format!("{line}\n    got {got:?}"))
}

#[test]
fn values_are_set_as_helm_sets_them() {
    let own = fs::read(Path::new(FOLDER).join("values.yaml")).expect("values");
    let rows = fs::read_to_string(Path::new(FOLDER).join("rows.jsonl")).expect("the table");
    let complaints: Vec<String> = rows.lines().filter_map(|line| complaint(line, &own)).collect();
    assert!(complaints.is_empty(), "{} rows differ:\n{}", complaints.len(), complaints.join("\n"));
}
