//! Every byte that is printed knows where it comes from: the template's text, or the values it was made of.

use std::path::Path;

use chartroom::chart::{self, Capabilities, Chart, Entry, Log, Release};
use chartroom::engine::{self, Document, DocumentKind, PrintOptions, Record, Rendering, Request, SchemaCheck};
use chartroom::source::{Files, OriginId, OriginKind, Role, Step, Trace};
use chartroom::template::{Limits, SeededWorld};
use chartroom::value::Map;

use crate::mutants::setting;
use crate::sound;
use crate::txtar::Archive;

fn sample(name: &str) -> Rendering {
    let (mut files, mut log) = (Files::new(), Log::new());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("static/samples").join(name);
    let chart = chart::dir::load(&folder.to_string_lossy(), &mut files, &mut log).expect("a chart");
    rendered(chart, files)
}

fn small(entries: &[(&str, &str)]) -> Rendering {
    let (mut files, mut log) = (Files::new(), Log::new());
    let entries = entries.iter().map(|(path, text)| Entry::new(*path, text.as_bytes())).collect();
    let chart = chart::load(entries, &mut files, &mut log).expect("a chart");
    rendered(chart, files)
}

fn rendered(chart: Chart, files: Files) -> Rendering {
    let request = Request {
        chart,
        files,
        log: Log::new(),
        values: Map::new(),
        release: Release { name: "rel".into(), ..Release::default() },
        capabilities: Capabilities::default(),
        schema: SchemaCheck::Done,
        limits: Limits::default(),
        record: Record::Origins,
        dialect: engine::Dialect::Jinja,
    };
    engine::render(request, &mut SeededWorld::new(0, 1))
}

/// The values that a byte of a document was read from: `Values.image.tag`.
fn reads(trace: &Trace, document: &Document, offset: usize) -> Vec<String> {
    let runs = document.text.runs().expect("runs");
    let (_, run) = runs.at(offset).expect("a run");
    let Some(origin) = trace.origin(run.origin) else { return Vec::new() };
    let path = |step: &&Step| match step {
        Step::Key(key) => key.to_string(),
        Step::Index(index) => index.to_string(),
    };
    let paths = trace.reads(origin.reads).iter().map(|read| trace.steps(read.path));
    paths.map(|steps| steps.iter().map(path).collect::<Vec<_>>().join(".")).collect()
}

#[test]
fn every_byte_of_every_document_has_an_origin() {
    for name in ["web", "counter-mysql", "redis-based-counter", "rust-app"] {
        let rendering = sample(name);
        let rendered = rendering.result.expect("a rendering");
        for document in rendered.documents.iter().filter(|document| document.kind != DocumentKind::Crd) {
            let runs = document.text.runs().expect("runs");
            assert_eq!(runs.len(), document.text.len());
            for (range, run) in runs.ranges() {
                assert!(run.origin != OriginId::UNKNOWN, "{}: {range:?} of\n{}", document.source, document.text);
            }
        }
        let printed = engine::print(&rendered.documents, &PrintOptions::default()).expect("a print");
        assert_eq!(printed.text.runs().expect("runs").len(), printed.text.len());
        for (number, range) in printed.documents {
            let document = &rendered.documents[number];
            let got = printed.text.slice(range);
            assert!(document.text.to_string().starts_with(&got.to_string()), "{}", document.source);
        }
    }
}

#[test]
fn literal_text_is_the_bytes_at_its_origin() {
    let rendering = sample("web");
    let rendered = rendering.result.expect("a rendering");
    for document in &rendered.documents {
        for (range, run) in document.text.runs().expect("runs").ranges() {
            let origin = rendering.trace.origin(run.origin).expect("an origin");
            if origin.kind == OriginKind::Literal {
                let from = run.at as usize;
                let printed = document.text.slice(range.clone());
                let written = &rendering.files.text(origin.span)[from..from + range.len()];
                assert_eq!(printed.as_bytes(), written, "{}", document.source);
            }
        }
    }
}

/// What stands right behind the first `words` in the document of that kind: who wrote it, and what it was read from.
fn behind(rendering: &Rendering, kind: &str, words: &str) -> (String, Vec<String>) {
    let rendered = rendering.result.as_ref().expect("a rendering");
    let document = rendered.documents.iter().find(|document| document.head.kind == kind).expect("one of the kind");
    let text = document.text.to_string();
    let offset = text.find(words).unwrap_or_else(|| panic!("{words} in\n{text}")) + words.len();
    let (_, run) = document.text.runs().expect("runs").at(offset).expect("a run");
    let origin = rendering.trace.origin(run.origin).expect("an origin");
    let file = rendering.files.get(origin.span.file).expect("a file");
    (file.path.to_string(), reads(&rendering.trace, document, offset))
}

#[test]
fn what_is_printed_leads_to_its_template_and_to_its_values() {
    let rendering = sample("web");
    let of = |words| behind(&rendering, "StatefulSet", words);
    let (helpers, template) = ("web/templates/_helpers.tpl", "web/templates/statefulset.yaml");
    assert_eq!(of("replicas: "), (template.into(), vec!["Values.replicaCount".into()]));
    assert_eq!(of("storage: "), (template.into(), vec!["Values.persistence.size".into()]));
    assert_eq!(of("app.kubernetes.io/instance: "), (helpers.into(), vec!["Release.Name".into()]));
    assert_eq!(of("app.kubernetes.io/version: \""), (helpers.into(), vec!["Chart.AppVersion".into()]));
    assert_eq!(of("app.kubernetes.io/").0, helpers);
}

#[test]
fn a_leaf_of_a_value_written_as_yaml_leads_to_its_own_key() {
    let rendering = small(&[
        ("Chart.yaml", "apiVersion: v2\nname: c\nversion: 0.1.0\n"),
        ("values.yaml", "resources: {limits: {cpu: 1, list: [a, b]}}\nglobal: {zone: z}\ns: {port: 80}\n"),
        ("templates/a.yaml", "kind: A\n{{ toYaml .Values.resources | nindent 0 }}\n"),
        (
            "templates/b.yaml",
            "kind: B\n{{- with .Values.resources.limits }}\nlist: {{ tpl \"{{ index .list 1 }}\" . }}{{ end }}\n",
        ),
        ("charts/s/Chart.yaml", "apiVersion: v2\nname: s\nversion: 0.1.0\n"),
        ("charts/s/values.yaml", "own: 1\n"),
        (
            "charts/s/templates/c.yaml",
            "kind: C\nport: {{ .Values.port }}\nzone: {{ .Values.global.zone }}\nown: {{ .Values.own }}\n",
        ),
    ]);
    let reads = |kind, words| behind(&rendering, kind, words).1;
    assert_eq!(reads("A", "cpu: "), ["Values.resources.limits.cpu"]);
    assert_eq!(reads("A", "- a\n  - "), ["Values.resources.limits.list.1"]);
    assert!(reads("B", "list: ").contains(&"Values.resources.limits.list.1".to_owned()));
    assert_eq!(reads("C", "port: "), ["Values.s.port"]);
    assert_eq!(reads("C", "zone: "), ["Values.global.zone"]);
    assert_eq!(reads("C", "own: "), ["Values.s.own"]);
}

/// What the only template of a chart prints behind `a: ` was read from.
fn read_by(template: &str) -> Vec<String> {
    let rendering = small(&[
        ("Chart.yaml", "apiVersion: v2\nname: c\nversion: 0.1.0\n"),
        ("values.yaml", "s: x\nm: {k: v}\nversion: 1.2.3\n"),
        ("f.txt", "x"),
        ("templates/a.yaml", &format!("kind: A\na: {template}\n")),
    ]);
    behind(&rendering, "A", "a: ").1
}

#[test]
fn functions_do_not_lose_what_they_read() {
    let put = "{{ $d := dict }}{{ $_ := set $d \"k\" .Values.s }}";
    for print in [
        "toJson $d",
        "toRawJson $d",
        "toPrettyJson $d | squote",
        "toToml $d | squote",
        "toString $d",
        "printf \"%v\" $d",
        "$d",
    ] {
        assert_eq!(read_by(&format!("{put}{{{{ {print} }}}}")), ["Values.s"], "{print}");
    }
    // What stands beside a value in a container isn't made of it.
    for own in [
        "(dict \"a\" .Values.s \"b\" \"x\").b",
        "index (list .Values.s \"x\") 1",
        "append (list .Values.s) \"x\" | last",
    ] {
        assert!(read_by(&format!("{{{{ {own} }}}}")).is_empty(), "{own}");
    }
    for made in [
        "list .Values.s 1 | join \"-\"",
        "list .Values.s | toYaml | sha256sum",
        "dict \"a\" (list .Values.s) | toJson",
        "list (list .Values.s) | quote",
    ] {
        assert_eq!(read_by(&format!("{{{{ {made} }}}}")), ["Values.s"], "{made}");
    }
    assert_eq!(read_by("{{ .Files.Get \"f.txt\" }}"), ["Files.f.txt"]);
    assert_eq!(read_by("{{ toJson .Values.m }}"), ["Values.m"]);
    assert_eq!(read_by("{{ keys .Values.m | first }}"), ["Values.m.k"]);
    assert_eq!(read_by("{{ hasKey .Values.m \"new\" }}"), ["Values.m.new"]);
    assert_eq!(read_by("{{ get .Values.m \"new\" | quote }}"), ["Values.m.new"]);
    assert_eq!(read_by("{{ dig \"new\" \"x\" .Values.m }}"), ["Values.m.new"]);
}

#[test]
fn what_is_made_of_a_value_has_no_place_below_it() {
    assert_eq!(read_by("{{ (semver .Values.version).Major }}"), ["Values.version"]);
    assert_eq!(read_by("{{ (genCA .Values.s 1).Cert | b64enc }}"), ["Values.s"]);
    assert!(read_by("{{ (dict \"a\" .Values.s).b | default 1 }}").is_empty());
    assert_eq!(read_by("{{ .Capabilities.KubeVersion.Major }}"), ["Capabilities.KubeVersion.Major"]);
}

#[test]
fn how_often_a_loop_runs_is_told_from_what_it_prints() {
    let rendering = small(&[
        ("Chart.yaml", "apiVersion: v2\nname: c\nversion: 0.1.0\n"),
        ("values.yaml", "count: 2\nm: {k: v}\n"),
        ("templates/a.yaml", "kind: A\n{{ range until (int .Values.count) }}a{{ . }}: {{ $.Values.count }}\n{{ end }}"),
        ("templates/b.yaml", "kind: B\n{{ range $k, $v := .Values.m }}b{{ $k }}: {{ $v }}\n{{ end }}"),
    ]);
    let role = |kind, words| {
        let rendered = rendering.result.as_ref().expect("a rendering");
        let document = rendered.documents.iter().find(|document| document.head.kind == kind).expect("one of the kind");
        let offset = document.text.to_string().find(words).expect("the words") + 1;
        let (_, run) = document.text.runs().expect("runs").at(offset).expect("a run");
        let origin = rendering.trace.origin(run.origin).expect("an origin");
        rendering.trace.reads(origin.reads)[0].role
    };
    assert_eq!((role("A", "a1"), role("A", " 2")), (Role::Names, Role::Feeds));
    assert_eq!((role("B", "bk"), role("B", " v")), (Role::Names, Role::Feeds));
}

/// The charts of a folder of yours: `CHARTS=~/charts cargo core --release a_folder_of_charts`. `CHANGES` says how many
/// values of each are changed.
#[test]
fn what_the_source_map_says_of_a_folder_of_charts_is_true() {
    let Some(folder) = std::env::var_os("CHARTS") else { return };
    let changes = setting("CHANGES").map_or(40, |changes| usize::try_from(changes).expect("a number of changes"));
    let (mut faults, mut unchecked, mut sum) = (0, 0, [0; 4]);
    for path in sound::charts(Path::new(&folder)) {
        let Some(report) = sound::check(&sound::entries(&path), changes) else { continue };
        let led = sound::led(&sound::entries(&path)).unwrap_or_default();
        let counts = [1, report.words, led.words, led.to_one];
        sum = std::array::from_fn(|n| sum[n] + counts[n]);
        (faults, unchecked) = (faults + report.faults.len(), unchecked + report.unchecked.len());
        report.faults.iter().for_each(|fault| println!("{}: {fault}", path.display()));
    }
    let [charts, words, printed, to_one] = sum;
    println!("{charts} charts, {words} words changed with their value, {unchecked} values could not be changed");
    println!("{to_one} of {printed} words that actions print lead to one action");
    assert_eq!(faults, 0);
}

/// Checks what is said of charts; how many words were seen to change with their value.
fn check(charts: Vec<(String, Vec<Entry>)>) -> usize {
    let (mut faults, mut words) = (Vec::new(), 0);
    for (name, entries) in charts {
        let Some(report) = sound::check(&entries, usize::MAX) else { continue };
        assert!(report.segments <= report.bytes, "{name}");
        words += report.words;
        faults.extend(report.faults.iter().map(|fault| format!("{name}: {fault}")));
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    words
}

#[test]
fn what_the_source_map_says_of_the_samples_is_true() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("static/samples");
    let folders = std::fs::read_dir(samples).expect("the samples").map(|entry| entry.expect("an entry").path());
    let charts = folders.filter(|path| path.is_dir());
    let words = check(charts.map(|path| (path.display().to_string(), sound::entries(&path))).collect());
    assert!(words > 150, "only {words} words of one value");
}

#[test]
fn words_lead_to_one_action_and_labels_into_helpers() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("static/samples");
    // One of `helm create`'s kind, with its labels in helpers.
    let led = sound::led(&sound::entries(&samples.join("chart-dev"))).expect("a rendering");
    assert!(led.words > 30 && led.labels > 10, "{led:?}");
    assert!(led.to_one * 100 >= led.words * 99, "{led:?}");
    assert_eq!(led.to_helpers, led.labels, "{led:?}");
}

#[test]
fn what_the_source_map_says_of_the_corpus_is_true() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/helm");
    let mut paths: Vec<_> =
        std::fs::read_dir(corpus).expect("the corpus").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let chart = |path: &std::path::PathBuf| {
        let case = Archive::parse(&std::fs::read_to_string(path).expect("a case"));
        let inside =
            case.files.iter().filter_map(|file| Some(Entry::new(file.name.strip_prefix("c/")?, file.content())));
        let mut entries: Vec<Entry> = inside.collect();
        if entries.iter().all(|entry| entry.path != "Chart.yaml") {
            entries.push(Entry::new("Chart.yaml", b"apiVersion: v2\nname: c\nversion: 0.1.0\n".as_slice()));
        }
        (path.display().to_string(), entries)
    };
    let words = check(paths.iter().map(chart).collect());
    assert!(words > 10, "only {words} words of one value");
}
