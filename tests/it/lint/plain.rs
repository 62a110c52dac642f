//! Plain manifests: files, folders, standard input.

use std::fs;
use std::path::PathBuf;

use chartroom::cli::{self, Status, Terminal};
use serde_json::{Value, json};

const STATEFUL_SET: &str = "\
# The shop's database.
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
  namespace: shop
spec:
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers: [{name: nginx, image: nginx:1.29}]
";

/// A folder of its own for each test.
pub fn folder(test: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("chartroom-{}-{test}", std::process::id()));
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    }
    folder
}

/// Runs `lint` in a folder.
pub fn lint(folder: &PathBuf, input: &str, args: &[&str]) -> (Status, String, String) {
    let mut terminal = Terminal { input: input.into(), ..Terminal::new(folder) };
    let status = cli::run(["lint"].iter().chain(args).map(Into::into).collect(), &mut terminal);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (status, text(terminal.stdout), text(terminal.stderr))
}

fn missing_service_names(out: &str) -> Vec<Value> {
    let findings: Vec<Value> = serde_json::from_str(out).expect("JSON");
    findings.into_iter().filter(|finding| finding["rule"] == "statefulset-missing-service-name").collect()
}

#[test]
fn files_folders_and_standard_input_are_checked_in_place() {
    let folder = folder("plain", &[("k8s/db/web.yaml", STATEFUL_SET), ("k8s/readme.txt", "no manifest")]);
    for (operand, file) in [("k8s/db/web.yaml", "k8s/db/web.yaml"), ("k8s", "k8s/db/web.yaml"), ("-", "<stdin>")] {
        let (status, out, err) = lint(&folder, STATEFUL_SET, &[operand, "--format=json"]);
        let found = missing_service_names(&out);
        assert_eq!((found.len(), err.as_str(), status), (1, "", Status::Success), "{operand}");
        assert_eq!(found[0]["place"], json!({ "file": file, "line": 11, "column": 1 }));
        assert_eq!(found[0]["rendered"], json!({ "file": file, "line": 11 }));
        assert_eq!(found[0]["object"]["namespace"], "shop");
    }
    let (_, out, _) = lint(&folder, STATEFUL_SET, &["k8s", "-", "--format=text"]);
    assert!(out.ends_with(" rules checked\n") && out.contains(" in 4 documents, "), "{out}");
}

#[test]
fn what_cannot_be_read_is_said_and_fails() {
    let folder = folder("unreadable", &[("bad.yaml", "a: b: c\n---\nkind: ConfigMap\n")]);
    let (status, _, err) = lint(&folder, "", &["bad.yaml"]);
    assert_eq!(status, Status::Failure);
    assert_eq!(err, "a document of bad.yaml was not checked: it can't be read as an object\n");
    assert_eq!(lint(&folder, "", &["bad.yaml", "--fail-on=never"]).0, Status::Success);
    let (status, _, err) = lint(&folder, "", &["missing.yaml"]);
    assert_eq!(status, Status::Failure);
    assert!(err.starts_with("Error: "), "{err}");
}

#[test]
fn without_findings_a_build_server_still_sees_a_case() {
    let map = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\ndata:\n  a: b\n";
    let (_, out, _) = lint(&PathBuf::from("."), map, &["-", "--format=junit", "--fail-on=warning"]);
    assert!(out.contains("<testcase ") && out.contains("failures=\"0\""), "{out}");
}

#[test]
fn the_items_of_a_list_are_objects() {
    let item = |indent: &str| STATEFUL_SET.split_once("---\n").expect("two").1.replace('\n', &format!("\n{indent}"));
    let block = format!("apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Secret\n- {}\n", item("  "));
    let (_, out, err) = lint(&PathBuf::from("."), &block, &["-", "--format=json"]);
    let found = missing_service_names(&out);
    assert_eq!((found.len(), err.as_str()), (1, ""), "{out}");
    assert_eq!(found[0]["place"], json!({ "file": "<stdin>", "line": 11, "column": 3 }));

    let object = json!({ "apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": { "name": "a" }, "spec": {} });
    let list = json!({ "apiVersion": "v1", "kind": "List", "items": [object, object] });
    for text in [list.to_string(), serde_json::to_string_pretty(&list).expect("JSON")] {
        let (_, out, err) = lint(&PathBuf::from("."), &text, &["-", "--format=json"]);
        assert_eq!((missing_service_names(&out).len(), err.as_str()), (2, ""), "{text}");
    }
}
