//! Findings that an edit mends: on each rule's own bad example, and in charts, where a template or a value is edited.

use std::fs;
use std::path::PathBuf;

use chartroom::cli::{self, Status, Terminal};
use chartroom::lint::{Group, RULES};
use serde_json::Value;

/// A folder of its own; it goes when it is dropped.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let folder = std::env::temp_dir().join(format!("chartroom-fix-{name}-{}", std::process::id()));
        for (path, text) in files {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(path, text).expect("written");
        }
        Self(folder)
    }

    fn run(&self, args: &[&str]) -> (Status, String, String) {
        let mut terminal = Terminal::new(&self.0);
        let status = cli::run(["lint"].iter().chain(args).map(Into::into).collect(), &mut terminal);
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        (status, text(terminal.stdout), text(terminal.stderr))
    }

    fn findings(&self, what: &str) -> Vec<Value> {
        let (_, out, err) = self.run(&[what, "--format=json"]);
        serde_json::from_str(&out).unwrap_or_else(|_| panic!("JSON, but {out}{err}"))
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.0.join(path)).expect("a text")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What is left in a temporary folder is no fault.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Rules and objects of findings.
fn keys(findings: &[Value]) -> Vec<String> {
    findings.iter().map(|finding| format!("{} {}", finding["rule"], finding["object"])).collect()
}

#[test]
fn a_fix_mends_the_bad_example_and_brings_no_other_fault() {
    let mut mended = 0;
    for rule in RULES {
        let on = format!("rules: {{{}: on}}\n", rule.id);
        let folder = Folder::new(rule.id, &[("bad.yaml", rule.bad), (".chartroom.yaml", &on)]);
        let before = folder.findings("bad.yaml");
        let Some(finding) = before.iter().find(|finding| finding["rule"] == rule.id) else { continue };
        let Some(edits) = finding["mend"]["edits"].as_array() else { continue };
        let mut text = rule.bad.to_owned();
        for edit in edits {
            let at = |key: &str| usize::try_from(edit[key].as_u64().expect("a number")).expect("small");
            text.replace_range(at("start")..at("end"), edit["text"].as_str().expect("a text"));
        }
        if finding["mend"]["kind"] == "safe" {
            let (status, out, err) = folder.run(&["bad.yaml", "--fix"]);
            assert_eq!(status, Status::Success, "{}: {out}{err}", rule.id);
        }
        fs::write(folder.0.join("bad.yaml"), &text).expect("written");
        let after = folder.findings("bad.yaml");
        assert!(after.iter().all(|finding| finding["rule"] != rule.id), "{}: still there:\n{text}", rule.id);
        let before = keys(&before);
        // Of several faults of one directory only the gravest was told.
        let is_behind = |key: &str| rule.group == Group::Hostpath && key.starts_with("\"host-path");
        for key in keys(&after) {
            assert!(before.contains(&key) || is_behind(&key), "{}: {key} is new:\n{text}", rule.id);
        }
        mended += 1;
    }
    assert!(mended >= 18, "only {mended} rules mend their example");
}

#[test]
fn safe_fixes_are_written_and_the_rest_of_the_file_stays() {
    for rule in RULES {
        let on = format!("rules: {{{}: on}}\n", rule.id);
        let folder = Folder::new(&format!("safe-{}", rule.id), &[("bad.yaml", rule.bad), (".chartroom.yaml", &on)]);
        let before = folder.findings("bad.yaml");
        let is_own = |finding: &&Value| finding["rule"] == rule.id && finding["mend"]["kind"] == "safe";
        if before.iter().find(is_own).is_none() {
            continue;
        }
        let (_, shown, _) = folder.run(&["bad.yaml", "--fix", "--dry-run"]);
        assert_eq!(folder.read("bad.yaml"), rule.bad, "a dry run writes nothing");
        let (_, out, err) = folder.run(&["bad.yaml", "--fix"]);
        assert!(out.contains("mended in 1 file"), "{}: {out}{err}", rule.id);
        let text = folder.read("bad.yaml");
        let (gone, come) = (diff(rule.bad, &text), diff(&text, rule.bad));
        for line in gone {
            assert!(shown.contains(&format!("\n-{line}\n")), "{}: {line} in\n{shown}", rule.id);
        }
        for line in come {
            assert!(shown.contains(&format!("\n+{line}\n")), "{}: {line} in\n{shown}", rule.id);
        }
        let rules: Vec<Value> =
            folder.findings("bad.yaml").into_iter().map(|finding| finding["rule"].clone()).collect();
        assert!(!rules.contains(&rule.id.into()), "{}:\n{text}", rule.id);
    }
}

/// The lines of one text that the other doesn't have.
fn diff<'a>(one: &'a str, other: &str) -> Vec<&'a str> {
    one.lines().filter(|line| !other.lines().any(|known| known == *line)).collect()
}

const CHART: (&str, &str) = ("Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\n");

const POD: &str = "\
{{- range .Values.names }}
---
apiVersion: v1
kind: Pod
metadata:
  name: {{ . }}
spec:
  hostPID: true # as it was
  containers:
    - name: web # the only one
      image: {{ $.Values.image | quote }}
      securityContext:
        allowPrivilegeEscalation: {{ $.Values.escalation }}
      resources:
        {{- toYaml $.Values.resources | nindent 8 }}
{{- end }}
";

const VALUES: &str = "\
# Names of pods
names: [a, b]
image: web:1.0 # pinned
escalation: true   # it was so
resources:
  # enough
  limits: {memory: 1GB}
";

#[test]
fn templates_and_values_are_edited_where_the_fault_comes_from() {
    let folder = Folder::new("chart", &[CHART, ("templates/pod.yaml", POD), ("values.yaml", VALUES)]);
    let (status, diff, err) = folder.run(&[".", "--fix", "--dry-run"]);
    assert_eq!((status, err.as_str()), (Status::Success, ""));
    assert_eq!(
        diff,
        "--- a/web/templates/pod.yaml\n+++ b/web/templates/pod.yaml\n@@ -8,1 +7,0 @@\n-  hostPID: true # as it was\n\
         --- a/web/values.yaml\n+++ b/web/values.yaml\n\
         @@ -4,1 +4,1 @@\n-escalation: true   # it was so\n+escalation: false   # it was so\n\
         @@ -7,1 +7,1 @@\n-  limits: {memory: 1GB}\n+  limits: {memory: 1G}\n"
    );
    let (status, out, err) = folder.run(&[".", "--fix"]);
    assert_eq!((status, out.as_str(), err.as_str()), (Status::Success, "6 findings mended in 2 files\n", ""));
    assert_eq!(folder.read("templates/pod.yaml"), POD.replace("  hostPID: true # as it was\n", ""));
    assert_eq!(
        folder.read("values.yaml"),
        VALUES.replace("escalation: true", "escalation: false").replace("1GB", "1G")
    );
    assert_eq!(folder.run(&[".", "--fix"]).1, "Nothing to mend\n");
}

#[test]
fn what_would_change_something_else_is_left_alone() {
    let template = "\
apiVersion: v1
kind: Pod
metadata:
  name: web
  annotations: {escalation: {{ .Values.escalation | quote }}}
spec:
  containers:
    - name: web
      image: web:1.0
      securityContext: {allowPrivilegeEscalation: {{ .Values.escalation }}}
";
    let values = "escalation: true\n";
    let folder = Folder::new("shared", &[CHART, ("templates/pod.yaml", template), ("values.yaml", values)]);
    assert_eq!(folder.run(&[".", "--fix"]).1, "Nothing to mend\n");
    assert_eq!(folder.read("values.yaml"), values);
    // Values from elsewhere are not the chart's.
    let folder = Folder::new(
        "given",
        &[CHART, ("templates/pod.yaml", &template.replace("annotations", "x")), ("values.yaml", values)],
    );
    assert_eq!(folder.run(&[".", "--fix", "--set", "escalation=true"]).1, "Nothing to mend\n");
}

#[test]
fn what_is_no_file_is_not_mended() {
    let folder = Folder::new("none", &[CHART]);
    let (status, _, err) = folder.run(&["-", "--fix"]);
    assert_eq!(status, Status::Failure);
    assert!(err.contains("standard input is none"), "{err}");
}

#[test]
fn what_an_action_prints_is_mended_in_the_action() {
    let template = "\
apiVersion: v1
kind: Pod
metadata:
  name: web
  labels:
    helm.sh/chart: {{ printf \"%s-%s\" .Chart.Name .Chart.Version | quote }}
spec:
  hostPID: {{ .Values.pid }}
  containers:
    - name: web
      image: web:1.0
      args:
        - --max={{ .Values.max }}
      env:
        - name: PORT
          value: {{ .Values.port }} # a number
";
    let manifest = CHART.1.replace("1.0.0", "1.0.0+1");
    let values = "port: 80\nmax: 5000000\npid: false\n";
    let files = [("Chart.yaml", manifest.as_str()), ("templates/pod.yaml", template), ("values.yaml", values)];
    let folder = Folder::new("piped", &files);
    let (status, out, err) = folder.run(&[".", "--fix"]);
    assert_eq!((status, out.as_str(), err.as_str()), (Status::Success, "3 findings mended in 1 file\n", ""));
    let want = template
        .replace(".Chart.Version |", ".Chart.Version | replace \"+\" \"_\" |")
        .replace(".Values.max }}", ".Values.max | int64 }}")
        .replace(".Values.port }}", ".Values.port | quote }}");
    assert_eq!(folder.read("templates/pod.yaml"), want);
    assert_eq!(folder.read("values.yaml"), values);
}

#[test]
fn what_helm_stops_at_is_mended_where_nothing_has_to_be_guessed() {
    let folder = Folder::new(
        "stops",
        &[
            CHART,
            ("values.yaml", "list: [a]\nport: 80\ntext: \"x: y\"\n"),
            ("templates/a.yaml", "kind: A\nb: {{ trunc 3 .Values.port }}\nc: {{ .Values.db.port }}\n"),
            ("templates/b.yaml", "kind: B\n{{- range .Values.list }}\nb: {{ .Values.port }}\n{{- end }}\n"),
            ("templates/c.yaml", "kind: C\nb: {{ .Values.text }}\n"),
            ("templates/d.yaml", "kind: D\nb: {{ .Values.port }\n"),
        ],
    );
    let kinds: Vec<(String, String)> = folder
        .findings(".")
        .iter()
        .filter(|finding| finding["mend"].is_object())
        .map(|finding| {
            let edit = &finding["mend"]["edits"][0];
            (finding["mend"]["kind"].to_string(), format!("{} {}", edit["file"], edit["text"]))
        })
        .collect();
    let told = |kind: &str, edit: &str| (format!("\"{kind}\""), edit.to_owned());
    let want = [
        told("guided", r#""web/values.yaml" "\ndb:\n  port:""#),
        told("safe", r#""web/templates/a.yaml" "(.Values.port | toString)""#),
        told("safe", r#""web/templates/b.yaml" "$""#),
        told("safe", r#""web/templates/c.yaml" " | quote""#),
        told("safe", r#""web/templates/d.yaml" "}""#),
    ];
    let mut got = kinds;
    got.sort();
    assert_eq!(got, want);
    let (status, shown, err) = folder.run(&[".", "--fix", "--dry-run"]);
    assert_eq!(status, Status::Success, "{err}");
    assert!(shown.contains("\n-b: {{ .Values.text }}\n+b: {{ .Values.text | quote }}\n"), "{shown}");
    let (_, out, err) = folder.run(&[".", "--fix"]);
    assert_eq!(out, "4 findings mended in 4 files\nHelm still stops: see `lint`\n", "{err}");
    assert_eq!(
        folder.read("templates/a.yaml"),
        "kind: A\nb: {{ trunc 3 (.Values.port | toString) }}\nc: {{ .Values.db.port }}\n"
    );
    assert_eq!(folder.read("templates/b.yaml").lines().nth(2), Some("b: {{ $.Values.port }}"));
    assert_eq!(folder.read("templates/d.yaml"), "kind: D\nb: {{ .Values.port }}\n");
    fs::write(folder.0.join("values.yaml"), "list: [a]\nport: 80\ntext: \"x: y\"\ndb: {port: 1}\n").expect("written");
    let rules: Vec<String> = folder.findings(".").iter().map(|finding| finding["rule"].to_string()).collect();
    assert!(rules.iter().all(|rule| !rule.contains("template") && !rule.contains("yaml-parse")), "{rules:?}");
}
