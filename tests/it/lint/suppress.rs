//! What is told to be ignored: annotations, comments, configurations; and what of that ignores nothing.

use std::path::PathBuf;

use chartroom::cli::Status;
use serde_json::{Value, json};

use super::plain::{folder, lint};

/// A `StatefulSet` without serviceName whose pods get the node's Docker socket.
fn stateful_set(annotations: &str, pod_annotations: &str) -> String {
    format!(
        "\
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
  annotations: {{{annotations}}}
spec:
  selector:
    matchLabels: {{app: web}}
  template:
    metadata:
      labels: {{app: web}}
      annotations: {{{pod_annotations}}}
    spec:
      containers:
        - name: nginx
          image: nginx:1.29
          volumeMounts: [{{name: sock, mountPath: /var/run/docker.sock}}]
      volumes:
        - name: sock
          hostPath: {{path: /var/run/docker.sock, type: Socket}}
"
    )
}

/// The rules that are reported, and those that are suppressed, each with its reason.
fn checked(folder: &PathBuf, input: &str, args: &[&str]) -> (Vec<String>, Vec<(String, Value)>, String) {
    let args: Vec<&str> = [args, &["--format=json", "--show-suppressed"]].concat();
    let (_, out, err) = lint(folder, input, &args);
    let all: Vec<Value> = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{out}{err}"));
    let (mut found, mut suppressed) = (Vec::new(), Vec::new());
    for finding in all {
        let rule = finding["rule"].as_str().expect("a rule").to_owned();
        match &finding["suppressed"] {
            Value::Null => found.push(rule),
            by => suppressed.push((rule, by.clone())),
        }
    }
    (found, suppressed, err)
}

fn manifests(text: &str) -> (Vec<String>, Vec<(String, Value)>, String) {
    checked(&PathBuf::from("."), text, &["-"])
}

const NAME: &str = "statefulset-missing-service-name";

#[test]
fn annotations_of_other_linters_are_understood() {
    let (found, suppressed, err) = manifests(&stateful_set("", ""));
    assert!(found.contains(&NAME.to_owned()) && found.contains(&"docker-sock".to_owned()), "{found:?}");
    assert_eq!((suppressed.len(), err.as_str()), (0, ""));

    let annotation = "ignore-check.kube-linter.io/docker-sock: it builds images";
    let (found, suppressed, _) = manifests(&stateful_set(annotation, ""));
    assert!(found.contains(&NAME.to_owned()) && !found.contains(&"docker-sock".to_owned()), "{found:?}");
    let by = json!({
        "kind": "annotation",
        "written": "ignore-check.kube-linter.io/docker-sock",
        "reason": "it builds images",
    });
    assert_eq!(suppressed, [("docker-sock".to_owned(), by)]);

    for (own, pods) in [
        ("kube-score/ignore: 'x, statefulset-has-servicename'", ""),
        ("", "kube-score/ignore: statefulset-has-servicename"),
    ] {
        let (found, suppressed, _) = manifests(&stateful_set(own, pods));
        assert!(!found.contains(&NAME.to_owned()), "{found:?}");
        assert_eq!(suppressed[0].1["written"], "kube-score/ignore: statefulset-has-servicename");
    }
    for (value, is_exempt) in [("'true'", true), ("'True'", true), ("'false'", false), ("'1'", false)] {
        let (found, _, _) = manifests(&stateful_set(&format!("polaris.fairwinds.com/exempt: {value}"), ""));
        assert_eq!(found.is_empty(), is_exempt, "{value}");
        let (_, suppressed, _) =
            manifests(&stateful_set(&format!("polaris.fairwinds.com/hostPathSet-exempt: {value}"), ""));
        assert_eq!(!suppressed.is_empty(), is_exempt, "{value}");
    }
    let (found, _, _) = manifests(&stateful_set("kube-linter.io/ignore-all: ''", ""));
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn comments_speak_of_what_is_below() {
    let text =
        stateful_set("", "").replace("  volumes:", "  # lint-ignore: docker-sock it builds images\n      volumes:");
    let (found, suppressed, err) = manifests(&text);
    assert!(!found.contains(&"docker-sock".to_owned()), "{found:?}");
    assert_eq!((suppressed[0].0.as_str(), err.as_str()), ("docker-sock", ""));
    assert_eq!(suppressed[0].1["reason"], "it builds images");

    let whole = format!("# lint-ignore: all an example\n{}", stateful_set("", ""));
    let (found, suppressed, _) = manifests(&whole);
    assert!(found.is_empty() && suppressed.len() > 1, "{found:?}");
}

#[test]
fn the_next_fault_of_a_thing_takes_the_place_of_the_first() {
    let volume = |comment: &str| {
        format!(
            "apiVersion: v1\nkind: PersistentVolume\nmetadata: {{name: a}}\nspec:\n  {comment}\n  hostPath: {{path: \
             /data/a, type: DirectoryOrCreate}}\n"
        )
    };
    let of_path = |found: Vec<String>| found.into_iter().filter(|rule| rule.contains("path")).collect::<Vec<_>>();
    assert_eq!(of_path(manifests(&volume("")).0), ["host-path-persistent-volume"]);
    let (found, suppressed, _) = manifests(&volume("# lint-ignore: host-path-persistent-volume one node"));
    assert_eq!((of_path(found), suppressed.len()), (vec!["host-path-create".to_owned()], 1));
    let (found, suppressed, err) = manifests(&volume("# lint-ignore: host-path-persistent-volume,host-path-create x"));
    assert_eq!((of_path(found), suppressed.len(), err.as_str()), (vec![], 1, ""));
}

#[test]
fn what_suppresses_nothing_is_reported() {
    let text = "\
apiVersion: v1
kind: ConfigMap
metadata:
  name: web
  annotations:
    ignore-check.kube-linter.io/docker-sock: why
    ignore-check.kube-linter.io/a-check-of-theirs: why
# lint-ignore: docker-sok a slip
";
    let (_, _, err) = manifests(text);
    let want = "\
<stdin>:6:5: warning: the annotation `ignore-check.kube-linter.io/docker-sock` of ConfigMap web suppresses nothing
<stdin>:8:3: warning: the comment `lint-ignore: docker-sok a slip` suppresses nothing: it names no rule
";
    assert_eq!(err, want);
    let (_, out, err) = lint(&PathBuf::from("."), text, &["-"]);
    assert!(err.is_empty() && out.contains(want), "{out}");
}

const CHART: &[(&str, &str)] = &[
    ("c/Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\nicon: https://example.com/a.svg\n"),
    ("c/values.yaml", "socket: /var/run/docker.sock\n"),
    (
        "c/templates/_pod.tpl",
        "{{- define \"volumes\" }}\nvolumes:\n  - name: sock\n    hostPath: {path: {{ .Values.socket }}, type: Socket}\n{{- end }}\n",
    ),
    (
        "c/templates/pod.yaml",
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: nginx\n      image: \
         nginx:1.29\n      volumeMounts: [{name: sock, mountPath: /sock}]\n  {{- include \"volumes\" . | nindent 2 }}\n",
    ),
];

/// The chart with some files changed.
fn chart(test: &str, changes: &[(&str, &str)]) -> PathBuf {
    let kept = CHART.iter().filter(|(path, _)| !changes.iter().any(|(changed, _)| changed == path));
    let files: Vec<_> = kept.chain(changes).copied().collect();
    folder(test, &files)
}

#[test]
fn comments_stand_in_templates_and_values() {
    let socket = |folder: &PathBuf, args: &[&str]| {
        let (found, suppressed, err) = checked(folder, "", &[&["c"], args].concat());
        let suppressed: Vec<_> = suppressed.into_iter().filter(|(rule, _)| rule == "docker-sock").collect();
        (found.contains(&"docker-sock".to_owned()), suppressed.len(), err)
    };
    let (found, ignored) = ((true, 0, String::new()), (false, 1, String::new()));
    assert_eq!(socket(&chart("plain-chart", &[]), &[]), found);

    let values = "# lint-ignore: docker-sock it builds images\nsocket: /var/run/docker.sock\n";
    assert_eq!(socket(&chart("values", &[("c/values.yaml", values)]), &[]), ignored);
    let folder = chart("user-values", &[("prod.yaml", values)]);
    assert_eq!(socket(&folder, &["-f", "prod.yaml"]), ignored);

    let pod = CHART[3].1.replace("  {{- include", "  {{- /* lint-ignore: docker-sock why */}}\n  {{- include");
    assert_eq!(socket(&chart("call", &[("c/templates/pod.yaml", &pod)]), &[]), ignored);
    let helper = CHART[2].1.replace("  - name", "  # lint-ignore: docker-sock why\n  - name");
    assert_eq!(socket(&chart("helper", &[("c/templates/_pod.tpl", &helper)]), &[]), ignored);
    let pod = CHART[3].1.replace("  containers:", "  # lint-ignore: docker-sock why\n  containers:");
    let (is_found, count, err) = socket(&chart("elsewhere", &[("c/templates/pod.yaml", &pod)]), &[]);
    assert_eq!((is_found, count), (true, 0));
    let want = "web/templates/pod.yaml:6:5: warning: the comment `lint-ignore: docker-sock why` suppresses nothing\n";
    assert_eq!(err, want);
}

#[test]
fn configurations_switch_rules_and_leave_files_alone() {
    let run = |test: &str, name: &str, text: &str| checked(&chart(test, &[(name, text)]), "", &["c"]);
    let has = |found: &[String]| found.contains(&"docker-sock".to_owned());

    assert!(!has(&run("off", "c/.chartroom.yaml", "rules:\n  docker-sock: off\n").0));
    assert!(!has(&run("false", ".chartroom.yml", "rules: {docker-sock: false}\n").0));
    assert!(!has(&run("disabled", ".chartroom.yaml", "disabled: [docker-sock]\n").0));
    assert!(has(&run("empty", ".chartroom.yaml", "# nothing yet\n").0));

    let folder = chart("level", &[(".chartroom.yaml", "rules: {docker-sock: info, host-path-volume: error}\n")]);
    let (_, out, _) = lint(&folder, "", &["c"]);
    assert!(out.contains("info[docker-sock]"), "{out}");

    for pattern in ["templates/*.yaml", "**/pod.yaml", "web/templates/**", "c/templates/pod.yaml"] {
        let text = format!("ignore-paths: ['{pattern}']\n");
        let (found, suppressed, _) = run("ignored", ".chartroom.yaml", &text);
        assert!(found.is_empty() && !suppressed.is_empty(), "{pattern}: {found:?}");
        assert_eq!(suppressed[0].1["reason"], "ignored by .chartroom.yaml");
    }
    let (_, _, err) = run("ignored-nothing", ".chartroom.yaml", "ignore-paths: [tests/**]\n");
    assert_eq!(err, "warning: the config `tests/**` suppresses nothing\n");
}

#[test]
fn kube_linters_configuration_is_read() {
    let run = |test: &str, text: &str| checked(&chart(test, &[(".kube-linter.yaml", text)]), "", &["c"]);
    let has = |found: &[String], rule: &str| found.iter().any(|found| found == rule);
    let (found, _, err) = run("kl-exclude", "checks:\n  exclude: [docker-sock]\n");
    assert!(!has(&found, "docker-sock") && err.is_empty(), "{found:?} {err}");
    let (found, _, _) = run("kl-include", "checks:\n  doNotAutoAddDefaults: true\n  include: [docker-sock]\n");
    assert_eq!(found, ["docker-sock"]);
    let (found, suppressed, _) = run("kl-paths", "checks:\n  ignorePaths: ['**/templates/**']\n");
    assert!(found.is_empty() && !suppressed.is_empty());
    let (_, _, err) = run("kl-custom", "customChecks:\n  - name: own\n    template: required-label\n");
    assert_eq!(err, ".kube-linter.yaml: customChecks are left out\n");
}

#[test]
fn mistakes_in_a_configuration_are_said() {
    let error = |test: &str, text: &str| {
        let folder = chart(test, &[("own.yaml", text)]);
        let (status, _, err) = lint(&folder, "", &["c", "--config", "own.yaml", "--fail-on=never"]);
        (status, err)
    };
    let (status, err) = error("word", "rules: {docker-sock: loud}\n");
    let want = "Error: own.yaml: rule `docker-sock` is one of on, off, info, warning, error, not `loud`\n";
    assert_eq!((status, err.as_str()), (Status::Failure, want));
    let (status, err) = error("key", "rule: {}\n");
    assert!(status == Status::Failure && err.starts_with("Error: own.yaml: ") && err.contains("`rule`"), "{err}");
    let (status, err) = error("name", "rules: {docker-sok: off}\n");
    let want = "own.yaml: there is no rule `docker-sok`; did you mean `docker-sock`?\n";
    assert_eq!((status, err.as_str()), (Status::Success, want));
    let (status, _, err) = lint(&chart("gone", &[]), "", &["c", "--config=gone.yaml"]);
    assert!(status == Status::Failure && err.starts_with("Error: gone.yaml: "), "{err}");
}

#[test]
fn reports_list_the_suppressed_apart() {
    let annotation = "ignore-check.kube-linter.io/docker-sock: <it> builds images";
    let report = |format: &str| {
        let args = ["-", "--format", format];
        lint(&PathBuf::from("."), &stateful_set(annotation, ""), &args).1
    };
    let log: Value = serde_json::from_str(&report("sarif")).expect("JSON");
    let results = log["runs"][0]["results"].as_array().expect("results");
    let suppressed: Vec<_> = results.iter().filter(|result| !result["suppressions"].is_null()).collect();
    assert_eq!(suppressed.len(), 1);
    assert_eq!(suppressed[0]["ruleId"], "docker-sock");
    let want = json!([{ "kind": "inSource", "justification": "<it> builds images" }]);
    assert_eq!(suppressed[0]["suppressions"], want);
    assert!(!report("json").contains("docker-sock\""), "the findings that count alone");
    let text = report("text");
    assert!(text.contains("1 suppressed finding:\n    <stdin>:"), "{text}");
    assert!(report("junit").contains("<skipped message=\"&lt;it&gt; builds images\"/>"));
    assert!(report("markdown").contains("## Suppressed\n\n- `docker-sock` in StatefulSet web"));
    assert!(report("html").contains("&lt;it&gt; builds images</li>"));
}

#[test]
fn nothing_that_stands_in_an_annotation_or_a_comment_ends_the_linter() {
    for annotations in [
        "5",
        "[a]",
        "{kube-score/ignore: [1]}",
        "{polaris.fairwinds.com/exempt: true}",
        "{kube-score/ignore: ',,'}",
        "null",
    ] {
        let text =
            format!("apiVersion: v1\nkind: Pod\nmetadata: {{annotations: {annotations}}}\nspec: {{containers: 3}}\n");
        assert_eq!(manifests(&text).2, "", "{annotations}");
    }
    for comment in ["# lint-ignore:", "# lint-ignore: ,,", "{{/* lint-ignore: */}}", "#lint-ignore: ä ö # ü"] {
        let (_, _, err) = manifests(&format!("kind: ConfigMap\n{comment}"));
        assert!(err.contains("suppresses nothing") || err.contains("not checked"), "{comment}: {err}");
    }
}
