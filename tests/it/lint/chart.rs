//! `chartroom lint` of a chart: what is found besides its objects.

use std::path::PathBuf;

use chartroom::cli::{self, Status, Terminal};
use serde_json::{Value, json};

use super::plain::folder;

const MANIFEST: &str = "apiVersion: v2\nname: web\nversion: 1.0.0\n";

/// What is found in a chart by one rule, as JSON.
fn found(folder: &PathBuf, args: &[&str], rule: &str) -> (Status, Vec<Value>, String) {
    let mut terminal = Terminal::new(folder);
    let args = ["lint", "c", "--format", "json"].iter().chain(args).map(Into::into).collect();
    let status = cli::run(args, &mut terminal);
    let findings: Vec<Value> = serde_json::from_slice(&terminal.stdout).unwrap_or_default();
    let of_rule = findings.into_iter().filter(|finding| finding["rule"] == rule).collect();
    (status, of_rule, String::from_utf8(terminal.stderr).expect("UTF-8"))
}

#[test]
fn a_baseline_shows_what_an_upgrade_may_not_change() {
    let service =
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\nimmutable: true\ndata: {key: {{ .Values.a }}}\n";
    let files = [
        ("c/Chart.yaml", MANIFEST),
        ("c/values.yaml", "a: new\n"),
        ("c/templates/a.yaml", service),
        ("old/Chart.yaml", MANIFEST),
        ("old/values.yaml", "a: old\n"),
        ("old/templates/a.yaml", service),
    ];
    let folder = folder("baseline", &files);
    let (status, findings, err) = found(&folder, &["--baseline", "old"], "immutable-field-changed");
    assert_eq!((status, findings.len(), err.as_str()), (Status::Failure, 1, ""), "{findings:?}");
    assert_eq!(findings[0]["place"], json!({ "file": "web/templates/a.yaml", "line": 5, "column": 8 }));
    let want = "`data.key` is `old` where it is installed and `new` here: it can't be changed, and the upgrade fails";
    assert_eq!(findings[0]["message"], want);

    // The user's values are those of both.
    let (status, findings, _) = found(&folder, &["--baseline=old", "--set", "a=same"], "immutable-field-changed");
    assert_eq!((status, findings.len()), (Status::Success, 0));
    let (_, findings, _) = found(&folder, &[], "immutable-field-changed");
    assert!(findings.is_empty(), "nothing to hold it against");
    let (status, _, err) = found(&folder, &["--baseline", "./gone"], "");
    assert_eq!((status, err.as_str()), (Status::Failure, "Error: --baseline ./gone: path \"./gone\" not found\n"));
}
