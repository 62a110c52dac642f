//! `chartroom lint`: what it prints for the samples, as text and as JSON, and how it ends.

use std::fs;
use std::path::{Path, PathBuf};

use chartroom::cli::{self, Status, Terminal};
use serde_json::{Value, json};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

/// Runs `lint` in a sample's folder.
pub fn lint(sample: &str, args: &[&str]) -> (Status, String, String) {
    let mut terminal = Terminal::new(root().join("static/samples").join(sample));
    let status = cli::run(["lint"].iter().chain(args).map(Into::into).collect(), &mut terminal);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (status, text(terminal.stdout), text(terminal.stderr))
}

/// `tests/charts/findings/NAME.txt` holds what is found in the case of that name in `tests/charts/expected`; `UPDATE=1`
/// writes it anew.
#[test]
fn every_sample_has_the_findings_it_was_made_for() {
    let findings = fs::read_dir(root().join("tests/charts/findings")).expect("the findings");
    let mut wrong = Vec::new();
    for path in findings.map(|entry| entry.expect("an entry").path()) {
        let case = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let words = fs::read_to_string(root().join(format!("tests/charts/expected/{case}.args"))).expect("arguments");
        let mut words: Vec<&str> = words.split_whitespace().collect();
        words.insert(1, ".");
        let (_, out, err) = lint(case.split('@').next().expect("a name"), &words);
        let got = out + &err;
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, got).expect("written");
        } else if fs::read_to_string(&path).unwrap_or_default() != got {
            wrong.push(format!("{case}:\n{got}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn json_names_object_template_and_rendered_line() {
    let (status, out, err) = lint("web", &["web", ".", "--format", "json", "--namespace", "prod"]);
    let want = json!({
        "rule": "statefulset-missing-service-name",
        "severity": "warning",
        "message": "StatefulSet `web` has no serviceName: no pod gets a DNS name such as `web-0.web`",
        "object": { "apiVersion": "apps/v1", "kind": "StatefulSet", "namespace": "prod", "name": "web" },
        "place": { "file": "web/templates/statefulset.yaml", "line": 7, "column": 1 },
        "rendered": { "file": "web/templates/statefulset.yaml", "line": 34 },
        "fix": "add `serviceName: web`, the headless Service that selects these pods",
    });
    assert_eq!(serde_json::from_str::<Value>(&out).expect("JSON")[0], want);
    assert_eq!((status, err.as_str()), (Status::Success, ""));
}

#[test]
fn errors_end_in_failure_and_so_does_what_cannot_be_rendered() {
    // Up to 1.32 a StatefulSet without serviceName is refused.
    let (status, out, _) = lint("web", &[".", "--format=json", "--kube-version", "1.32"]);
    assert_eq!(status, Status::Failure);
    assert_eq!(serde_json::from_str::<Value>(&out).expect("JSON")[0]["severity"], "error");

    let (status, out, err) = lint("app-deployment", &[".", "--set", "storage.kind=ceph"]);
    assert!(status == Status::Failure && out.contains("error[required-value-missing]: the chart refuses"), "{out}");
    assert!(err.contains("storage.kind is \"ceph\": it must be hostPath, local or nfs"), "{err}");

    let (status, _, err) = lint("web", &[".", "--format", "xml"]);
    let want = "Error: --format is one of text, json, sarif, junit, markdown, html, not `xml`\n";
    assert_eq!((status, err.as_str()), (Status::Failure, want));
}

#[test]
fn one_says_which_findings_end_in_failure() {
    let status = |fail_on: &str, version: &str| lint("web", &[".", "--fail-on", fail_on, "--kube-version", version]).0;
    // One warning; up to 1.32 it is an error.
    assert_eq!(status("error", "1.36"), Status::Success);
    assert_eq!(status("warning", "1.36"), Status::Failure);
    assert_eq!(status("error", "1.32"), Status::Failure);
    assert_eq!(status("never", "1.32"), Status::Success);
    let (status, _, err) = lint("web", &[".", "--fail-on", "info"]);
    let want = "Error: --fail-on is one of error, warning, never, not `info`\n";
    assert_eq!((status, err.as_str()), (Status::Failure, want));
}
