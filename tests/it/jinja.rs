//! The Jinja dialect. The cases in `tests/corpus/jinja` hold one template in both languages: `t.yaml` as Helm has it and
//! `t.yaml.j2`. What the second one prints is what the real Helm prints of the first one. Further files belong to the
//! chart; those ending in `.j2` Helm doesn't get.
//!
//! `UPDATE=1 HELM=/path/to/helm` writes down anew what Helm says. Helm, never we.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use chartroom::cli::{self, Status, Terminal};

use crate::txtar::Archive;

const CHART_YAML: &str = "apiVersion: v2\nname: web\nversion: 1.2.3\nappVersion: \"4.5\"\n";

/// A chart on disk.
struct Chart(PathBuf);

impl Chart {
    fn new(name: &str) -> Self {
        let root = std::env::temp_dir().join(format!("chartroom-jinja-{}", std::process::id())).join(name);
        let chart = Self(root);
        chart.put("Chart.yaml", CHART_YAML.as_bytes());
        chart
    }

    /// A chart of one template of the dialect.
    fn of(name: &str, template: &str) -> Self {
        let chart = Self::new(name);
        chart.put("templates/t.yaml.j2", template.as_bytes());
        chart
    }

    fn put(&self, name: &str, content: &[u8]) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("to make a folder");
        fs::write(path, content).expect("to write a file");
    }

    fn run(&self, args: &[&str]) -> (Status, String, String) {
        let mut terminal = Terminal::new(&self.0);
        let status = cli::run(args.iter().map(Into::into).collect(), &mut terminal);
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (status, text(&terminal.stdout), text(&terminal.stderr))
    }

    fn render(&self) -> String {
        let (_, out, err) = self.run(&["template", "rel", "."]);
        if err.is_empty() { out } else { err }
    }

    /// The error without what Helm adds to it.
    fn error(&self) -> String {
        let (status, out, err) = self.run(&["template", "rel", "."]);
        assert_eq!((status, out.as_str()), (Status::Failure, ""), "{err}");
        err.trim_start_matches("Error: ").lines().next().unwrap_or_default().to_owned()
    }

    fn helm(&self) -> String {
        let helm = std::env::var_os("HELM").expect("HELM names the real Helm");
        let mut command = Command::new(helm);
        let output = command.args(["template", "rel", "."]).current_dir(&self.0).env("KUBECONFIG", "/nonexistent");
        let output = output.output().expect("Helm runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }
}

impl Drop for Chart {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
        let _ = self.0.parent().map(fs::remove_dir);
    }
}

#[test]
fn a_template_prints_what_helm_prints_of_its_twin() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/jinja");
    let mut paths: Vec<_> =
        fs::read_dir(folder).expect("the corpus").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let mut faults = Vec::new();
    for path in paths {
        let mut case = Archive::parse(&fs::read_to_string(&path).expect("a case"));
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let (ours, theirs) = (Chart::new(&format!("{name}-jinja")), Chart::new(&format!("{name}-helm")));
        for file in case.files.iter().filter(|file| file.name != "want") {
            let folder = if file.name.starts_with(['t', '_']) { "templates/" } else { "" };
            let inside = format!("{folder}{}", file.name);
            if file.name != "t.yaml" {
                ours.put(&inside, &file.content());
            }
            if !chartroom::jinja::is_jinja(&file.name) {
                theirs.put(&inside, &file.content());
            }
        }
        if std::env::var_os("UPDATE").is_some() {
            case.put("want", &theirs.helm());
            fs::write(&path, case.write()).expect("to write the case");
        }
        let (want, got) = (case.get("want").unwrap_or_default(), ours.render().replace(".yaml.j2", ".yaml"));
        if got != want {
            faults.push(format!("{name}\n--- helm\n{want}--- jinja\n{got}"));
        }
    }
    assert!(faults.is_empty(), "{} differ:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn helm_knows_nothing_of_it_and_neither_do_we_when_told_not_to() {
    let chart = Chart::of("no-jinja", "a: {{ Values.a }}\n");
    let (status, _, err) = chart.run(&["template", "rel", ".", "--no-jinja"]);
    assert_eq!(status, Status::Failure);
    assert!(
        err.starts_with("Error: parse error at (web/templates/t.yaml.j2:1): function \"Values\" not defined"),
        "{err}"
    );
}

#[test]
fn errors_say_where_and_in_which_templates() {
    for (template, want) in [
        ("a: 1\nb: {{ Values.a.b }}\n", "execution error at (web/templates/t.yaml.j2:2:12): undefined value"),
        (
            "a: {{ 1 | nindent }}",
            "execution error at (web/templates/t.yaml.j2:1:10): error calling nindent: wrong number of args for nindent: want 2 got 1",
        ),
        (
            "a: {{ trunc(\"x\", \"y\") }}",
            "execution error at (web/templates/t.yaml.j2:1:6): error calling trunc: wrong type for value; expected int; got string",
        ),
        (
            "a: {% if x %}",
            "parse error at (web/templates/t.yaml.j2:1:11): unexpected end of input, expected end of block",
        ),
        ("{{ 1 | nope }}", "execution error at (web/templates/t.yaml.j2:1:7): unknown filter: filter nope is unknown"),
        ("\n {{ fail(\"my words\") }}", "execution error at (web/templates/t.yaml.j2:2:4): my words"),
        (
            "{{ Values.x | required(\"x is needed\") }}",
            "execution error at (web/templates/t.yaml.j2:1:14): x is needed",
        ),
        (
            "{% include \"nope.j2\" %}",
            "execution error at (web/templates/t.yaml.j2:1:3): template not found: tried to include non-existing template 'nope.j2'",
        ),
        (
            "a: 1\n{% include \"_part.j2\" %}",
            "execution error at (web/templates/_part.j2:2:6), called at (web/templates/t.yaml.j2:2:3): undefined value",
        ),
        (
            "{{ dict(a=1) }}",
            "execution error at (web/templates/t.yaml.j2:1:3): too many arguments: unexpected keyword arguments",
        ),
    ] {
        let chart = Chart::of("errors", template);
        chart.put("templates/_part.j2", b"b: 2\nc: {{ no.where }}\n");
        assert_eq!(chart.error(), want, "{template}");
    }
}

#[test]
fn hostile_templates_end_in_time() {
    for (template, want) in [
        ("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "recursion limit exceeded"),
        ("{% include \"t.yaml.j2\" %}", "recursion limit exceeded"),
        (
            "{% for i in range(99999) %}{% for j in range(99999) %}x{% endfor %}{% endfor %}",
            "stopped after 8388608 steps",
        ),
        (
            "{% set ns = namespace(x='0123456789') %}{% for i in range(90) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}",
            "stopped after 8388608 steps",
        ),
        ("{{ 'x' * 99999999999 }}", "stopped after 8388608 steps"),
        ("{{ 'x' | repeat(9999999999) }}", "error calling repeat: stopped after building 536870912 bytes of text"),
        ("{{ until(999999999) }}", "error calling until: stopped after 50000000 steps"),
        ("{{ range(1, 999999999) }}", "range has too many elements"),
        ("{{ [1] | batch(99999999999) }}", ""),
        ("{{ [1] | slice(99999999999) }}", "stopped after 8388608 steps"),
        ("{{ '%9999999999d' | format(1) }}", "stopped after 8388608 steps"),
    ] {
        let started = Instant::now();
        let chart = Chart::of("hostile", template);
        if want.is_empty() {
            chart.render();
        } else {
            let error = chart.error();
            assert!(error.ends_with(want), "{template}: {error}");
        }
        assert!(started.elapsed() < Duration::from_secs(60), "{template}");
    }
    let deep = format!("{}1{}", "[".repeat(9999), "]".repeat(9999));
    assert!(Chart::of("deep", &format!("{{{{ {deep} }}}}")).error().starts_with("parse error at"));
    let chart = Chart::new("not-utf-8");
    chart.put("templates/t.yaml.j2", b"a: \xff\0{{ 1 }}");
    assert_eq!(chart.error(), "parse error at (web/templates/t.yaml.j2:1): the file is not UTF-8");
}

#[test]
fn a_value_that_contains_itself_ends_too() {
    let template =
        "{% set d = dict() %}{% set x = set(d, 'a', d) %}a: {{ d | toYaml | quote }}\nb: {{ d | string | quote }}";
    let chart = Chart::of("circle", template);
    chart.render();
}

#[test]
fn each_line_knows_the_template_and_the_values() {
    let template = "{% macro label(name) %}app: {{ name }}{% endmacro %}\nkind: A\na: {{ Values.image.tag | quote }}\nb:\n  \
                    {{ Values.resources | toYaml | nindent(2) }}\nc:\n  {{ label(Values.name) }}\n";
    let chart = Chart::of("origins", template);
    chart.put("values.yaml", b"name: n\nimage:\n  tag: \"1\"\nresources:\n  limits:\n    cpu: 1\n");
    let why = |line: &str| {
        let (status, out, err) = chart.run(&["why", "rel", ".", "--at", line]);
        assert_eq!(status, Status::Success, "{err}");
        out
    };
    assert!(why("3").contains("the text `kind: A`  (web/templates/t.yaml.j2:2:1)"), "{}", why("3"));
    for (line, word, place) in
        [("4", ".Values.image.tag", "3:7"), ("8", ".Values.resources.limits.cpu", "5:6"), ("10", ".Values.name", "7:6")]
    {
        let why = why(line);
        assert!(why.contains(word) && why.contains(&format!("t.yaml.j2:{place}")), "line {line}: {why}");
    }
}

#[test]
fn the_sample_says_the_same_in_both_languages() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("static/samples/two-languages");
    for flags in [&[][..], &["--set", "image.tag=1.28,env=null,replicas=5"], &["--set", "service.enabled=false"]] {
        let print = |template: &str| {
            let args = ["template", "hello", ".", "-s", template].into_iter().chain(flags.iter().copied());
            let mut terminal = Terminal::new(&folder);
            cli::run(args.map(Into::into).collect(), &mut terminal);
            String::from_utf8(terminal.stdout).expect("text")
        };
        let (helm, jinja) = (print("templates/helm.yaml"), print("templates/jinja.yaml.j2"));
        assert!(helm.contains("kind: Deployment"));
        let renamed = jinja.replace("jinja.yaml.j2", "helm.yaml").replace("jinja", "helm");
        assert_eq!(helm.trim_end(), renamed.trim_end());
    }
}

#[test]
fn what_is_rendered_doesnt_depend_on_who_records_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("static/samples/two-languages");
    let mut terminal = Terminal::new(&folder);
    cli::run(["template", "rel", "."].map(Into::into).to_vec(), &mut terminal);
    let plain = std::mem::take(&mut terminal.stdout);
    let map = std::env::temp_dir().join(format!("chartroom-jinja-map-{}", std::process::id()));
    let args = ["template", "rel", ".", "--source-map", &map.to_string_lossy()];
    cli::run(args.map(Into::into).to_vec(), &mut terminal);
    let _ = fs::remove_file(map);
    assert!(!plain.is_empty());
    assert_eq!(String::from_utf8_lossy(&plain), String::from_utf8_lossy(&terminal.stdout));
}
