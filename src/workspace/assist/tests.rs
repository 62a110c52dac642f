//! A chart, a cursor in it (`⌶`), and what helps there.

use std::rc::Rc;

use super::super::{
    Content, Experiment, FilePath, Files, Given, Layer, Origin, Outside, Question, Reply, SetKind, Settings, Study,
};
use super::*;

const VALUES: &str = "# -- How many pods\nreplicas: 2\nimage:\n  # The tag\n  tag: \"1\"\n  repo: nginx\nports:\n- name: http\n  port: 80\n";
const HELPERS: &str = "{{- define \"app.name\" -}}\n{{ .Values.image.repo }}\n{{- end }}\n";
const SET: &str = "a: {{ include \"app.name\" . }}\nb: {{ .Values.image.tag | quote }}\n";

fn path(name: &str) -> FilePath {
    FilePath::read(name).unwrap()
}

/// The chart with this file in it; the cursor is taken out of its text.
fn chart(name: &str, text: &str) -> (Study, FilePath, Rc<str>, usize) {
    let at = text.find('⌶').expect("a cursor");
    let text: Rc<str> = text.replace('⌶', "").into();
    let texts = [
        ("Chart.yaml", "apiVersion: v2\nname: app\nversion: 0.1.0\n"),
        ("values.yaml", VALUES),
        ("templates/_helpers.tpl", HELPERS),
        ("templates/set.yaml", SET),
        ("charts/db/Chart.yaml", "apiVersion: v2\nname: db\nversion: 0.1.0\n"),
        ("charts/db/values.yaml", "user: me\n"),
        ("../prod.yaml", "image:\n  tag: \"2\"\n"),
        (name, &text),
    ];
    let files: Files = texts.map(|(name, text)| (path(name), Content::Text(text.into()))).into();
    let layers = [Given::File(path("../prod.yaml")), Given::Set(SetKind::Typed, "replicas=5".into())].map(Layer::new);
    let settings = Settings { layers: layers.into(), ..Settings::default() };
    let experiment = Experiment::new(Origin::Empty, files, settings);
    (Study::of(experiment, &Outside::default()).0, path(name), text, at)
}

fn helped(study: &mut Study, help: Help) -> Helped {
    match study.answer(&Question::Help(help), None) {
        Some(Reply::Help(helped)) => helped,
        other => panic!("{other:?}"),
    }
}

/// What is offered in a template: the labels with their details, and what of the text they take the place of.
fn offered(text: &str) -> (String, Vec<Offer>) {
    let (mut study, path, text, at) = chart("templates/new.yaml", text);
    let Helped::Offers(Offers { from, list }) = helped(&mut study, Help::Complete(path, Rc::clone(&text), at)) else {
        panic!("no offers")
    };
    (text[from..at].to_owned(), list)
}

fn labels(text: &str) -> Vec<String> {
    offered(text).1.into_iter().map(|offer| format!("{} {}", offer.label, offer.detail).trim_end().to_owned()).collect()
}

#[test]
fn values_are_offered_with_what_they_are_and_where_they_come_from() {
    assert_eq!(labels("x: {{ .Values.⌶ }}"), ["db {2 keys}", "image {2 keys}", "ports [1 item]", "replicas 5"]);
    let (written, list) = offered("x: {{ .Values.image.ta⌶ }}");
    let tag = list.iter().find(|offer| offer.label == "tag").expect("the tag");
    assert_eq!((written.as_str(), tag.detail.as_str(), tag.info.as_str()), ("ta", "2", "prod.yaml:2"));
    let (_, list) = offered("x: {{ .Values.⌶");
    let replicas = list.iter().find(|offer| offer.label == "replicas").expect("replicas");
    assert_eq!(replicas.info, "--set replicas=5\nHow many pods");
}

#[test]
fn the_dot_and_variables_are_followed() {
    assert_eq!(labels("{{ with .Values.image }}{{ .⌶ }}{{ end }}"), ["repo nginx", "tag 2"]);
    assert_eq!(labels("{{ range .Values.ports }}{{ .⌶ }}"), ["name http", "port 80"]);
    assert_eq!(labels("{{ range $i, $p := .Values.ports }}{{ $p.na⌶ }}"), ["name http", "port 80"]);
    assert_eq!(labels("{{ range $p := .Values.ports }}{{ $⌶ }}"), ["$p Values.ports[0]", "$"]);
    assert_eq!(labels("{{ range .Values.ports }}{{ $.Release.⌶ }}").len(), 6);
    assert_eq!(labels("{{ .⌶ }}").first().map(String::as_str), Some("Values"));
    assert_eq!(labels("{{ (lookup \"v1\" \"A\" \"b\" \"c\").⌶ }}"), [""; 0]);
}

#[test]
fn functions_have_a_signature_and_templates_a_place() {
    let (written, list) = offered("x: {{ .Values.replicas | de⌶ }}");
    let found = list.iter().find(|offer| offer.label == "default").expect("default");
    assert_eq!((written.as_str(), found.kind), ("de", OfferKind::Function));
    assert!(!found.info.is_empty() && found.detail.starts_with('('), "{found:?}");
    assert!(list.iter().all(|offer| offer.kind == OfferKind::Function && offer.label != "now"));
    assert!(labels("{{ e⌶ }}").iter().any(|label| label == "end"));
    assert_eq!(labels("{{ include \"a⌶\" . }}"), ["app.name _helpers.tpl:1"]);
    assert_eq!(labels("{{ include \"⌶"), ["app.name _helpers.tpl:1"]);
    assert_eq!(labels("plain ⌶ text"), [""; 0]);
    assert_eq!(labels("{{ .a }} ⌶ text"), [""; 0]);
}

fn hinted(name: &str, text: &str) -> Vec<String> {
    let (mut study, path, _, at) = chart(name, text);
    let Helped::Hint(hint) = helped(&mut study, Help::Hint(path, at)) else { panic!("no hint") };
    hint.map(|hint| [vec![hint.title], hint.lines].concat()).unwrap_or_default()
}

#[test]
fn a_hint_says_what_a_value_is_and_who_set_it() {
    let tag = [".Values.image.tag", "is 2", "set by prod.yaml:2", "over 1 (values.yaml:5)", "The tag"];
    assert_eq!(hinted("templates/new.yaml", "x: {{ .Values.image.t⌶ag }}"), tag);
    assert_eq!(hinted("values.yaml", &VALUES.replace("tag:", "t⌶ag:")), tag);
    assert_eq!(hinted("templates/new.yaml", "x: {{ .Values.no⌶ne }}"), [".Values.none", "is not set"]);
    let port = [".Values.ports[0].port", "is 80", "set by values.yaml:9"];
    assert_eq!(hinted("templates/new.yaml", "{{ range .Values.ports }}{{ .po⌶rt }}{{ end }}"), port);
    assert_eq!(
        hinted("templates/new.yaml", "{{ inc⌶lude \"app.name\" . }}").first().map(String::as_str),
        Some("include (string, any)")
    );
    assert_eq!(
        hinted("templates/new.yaml", "{{ include \"app⌶.name\" . }}"),
        ["template \"app.name\"", "defined in _helpers.tpl:1"]
    );
    assert_eq!(hinted("templates/new.yaml", "te⌶xt"), [""; 0]);
    assert_eq!(
        hinted("charts/db/templates/x.yaml", "{{ .Values.us⌶er }}"),
        [".Values.db.user", "is me", "set by values.yaml:1"]
    );
}

#[test]
fn definitions_are_found() {
    let defined = |text: &str| {
        let (mut study, path, _, at) = chart("templates/new.yaml", text);
        let Helped::Definition(place) = helped(&mut study, Help::Definition(path, at)) else { panic!("no answer") };
        place.map(|place| place.label())
    };
    assert_eq!(defined("{{ .Values.image.tag⌶ }}").as_deref(), Some("prod.yaml:2"));
    assert_eq!(defined("{{ .Values.replicas⌶ }}").as_deref(), Some("values.yaml:2"));
    assert_eq!(defined("{{ include \"app⌶.name\" . }}").as_deref(), Some("_helpers.tpl:1"));
    assert_eq!(defined("{{ $x := 1 }}\n{{ $x⌶ }}").as_deref(), Some("new.yaml:1"));
    assert_eq!(defined("{{ .Release.Na⌶me }}"), None);
}

#[test]
fn uses_are_found_across_files() {
    let (mut study, path, _, at) = chart("templates/new.yaml", "{{ with .Values.image }}{{ .ta⌶g }}{{ end }}");
    let Helped::Uses(name, hits) = helped(&mut study, Help::Uses(path, at)) else { panic!("no answer") };
    let places: Vec<_> = hits.iter().map(|hit| hit.place.label()).collect();
    assert_eq!(name, ".Values.image.tag");
    assert_eq!(places, ["values.yaml:5", "prod.yaml:2", "new.yaml:1", "set.yaml:2"]);
}

fn renamed(name: &str, text: &str, to: &str) -> Result<Vec<String>, String> {
    let (mut study, path, _, at) = chart(name, text);
    let Helped::Renamed(result) = helped(&mut study, Help::Rename(path, at, to.into())) else { panic!("no answer") };
    let line = |text: &str| text.lines().find(|line| line.contains(to)).unwrap_or_default().trim().to_owned();
    result.map(|files| files.iter().map(|(path, text)| format!("{}: {}", path.name(), line(text))).collect())
}

#[test]
fn helpers_values_and_variables_are_renamed_everywhere() {
    let files = renamed("templates/new.yaml", "{{ with .Values.image }}{{ .ta⌶g }}{{ end }}", "version").unwrap();
    let want = [
        "prod.yaml: version: \"2\"",
        "new.yaml: {{ with .Values.image }}{{ .version }}{{ end }}",
        "set.yaml: b: {{ .Values.image.version | quote }}",
        "values.yaml: version: \"1\"",
    ];
    assert_eq!(files, want);
    let files = renamed("templates/new.yaml", "{{ template \"app.⌶name\" . }}", "app.title").unwrap();
    assert_eq!(
        files,
        [
            "_helpers.tpl: {{- define \"app.title\" -}}",
            "new.yaml: {{ template \"app.title\" . }}",
            "set.yaml: a: {{ include \"app.title\" . }}",
        ]
    );
    let files =
        renamed("templates/new.yaml", "{{ $a := 1 }}{{ if $a }}{{ $a := 2 }}{{ $a }}{{ end }}{{ $⌶a }}", "$bcd")
            .unwrap();
    assert_eq!(files, ["new.yaml: {{ $bcd := 1 }}{{ if $bcd }}{{ $a := 2 }}{{ $a }}{{ end }}{{ $bcd }}"]);
    for (text, to, why) in [
        ("{{ .Values.image.ta⌶g }}", "repo", "There is a `repo` already"),
        ("{{ .Values.image.ta⌶g }}", "a-b", "`a-b` can't stand behind a point: letters, digits and underscores can"),
        ("{{ range .Values.ports }}{{ .po⌶rt }}{{ end }}", "x", "What stands in a list can't be renamed everywhere"),
        ("{{ .Values.repli⌶cas }}", "x", "`--set replicas=5` sets it: take that away or change it first"),
        ("te⌶xt", "x", "Nothing here can be renamed"),
    ] {
        assert_eq!(renamed("templates/new.yaml", text, to), Err(why.to_owned()));
    }
}

#[test]
fn keywords_find_their_ends() {
    let paired = |text: &str| {
        let (mut study, _, text, at) = chart("templates/new.yaml", text);
        let Helped::Pair(found) = helped(&mut study, Help::Pair(Rc::clone(&text), at)) else { panic!("no answer") };
        found.into_iter().map(|range| text[range].to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(paired("{{ if .a }}{{ range .b }}{{ end }}{{ else }}{{ en⌶d }}"), ["if", "else", "end"]);
    assert_eq!(paired("{{ if .a }}{{ ran⌶ge .b }}{{ end }}{{ end }}"), ["range", "end"]);
    assert_eq!(paired("{{ if .⌶a }}{{ end }}"), [""; 0]);
}

/// What is offered in a file of values.
fn keys(name: &str, text: &str) -> Vec<(String, String, String)> {
    let (mut study, path, text, at) = chart(name, text);
    let Helped::Offers(Offers { list, .. }) = helped(&mut study, Help::Complete(path, Rc::clone(&text), at)) else {
        panic!("no offers")
    };
    list.into_iter().map(|offer| (offer.label, offer.detail, offer.info)).collect()
}

fn key(label: &str, detail: &str, info: &str) -> (String, String, String) {
    (label.to_owned(), detail.to_owned(), info.to_owned())
}

#[test]
fn keys_of_values_are_offered_with_who_sets_and_who_reads_them() {
    let own = keys("../prod.yaml", "image:\n  tag: \"2\"\n  r⌶\n");
    let repo = key("repo", "nginx", "set by values.yaml:6");
    assert_eq!(own, [repo]);
    let names = |found: Vec<(String, String, String)>| found.into_iter().map(|(label, ..)| label).collect::<Vec<_>>();
    assert_eq!(names(keys("../prod.yaml", "⌶")), ["db", "image", "ports", "replicas"]);
    assert_eq!(names(keys("../prod.yaml", "db:\n  u⌶")), ["user"]);
    assert_eq!(names(keys("../prod.yaml", "ports:\n- n⌶")), ["name", "port"]);
    assert_eq!(names(keys("../prod.yaml", "image: n⌶")), Vec::<String>::new());
}

#[test]
fn keys_of_the_schema_are_offered_with_what_it_says() {
    let schema = r##"{"$defs": {"image": {"properties": {"digest": {"type": "string", "description": "Instead of a tag"}}}},
        "properties": {"image": {"$ref": "#/$defs/image"}, "pods": {"type": "array", "items": {"properties": {"cpu": {}}}}}}"##;
    let (study, ..) = chart("values.schema.json", &format!("⌶{schema}"));
    let desk = desk::Desk::new(&study);
    let offered = |text: &str| {
        let at = text.find('⌶').unwrap();
        let list = super::keys::offers(&desk, &path("../prod.yaml"), &text.replace('⌶', ""), at).list;
        list.into_iter().map(|offer| (offer.label, offer.detail, offer.info)).collect::<Vec<_>>()
    };
    assert_eq!(offered("image:\n  d⌶").first(), Some(&key("digest", "string", "Instead of a tag")));
    assert_eq!(offered("pods:\n  - c⌶"), [key("cpu", "", "")]);
    let repo = offered("image:\n  ⌶").into_iter().find(|(label, ..)| label == "repo");
    assert_eq!(repo, Some(key("repo", "nginx", "set by values.yaml:6")));
}

fn closing(text: &str) -> Option<String> {
    let (mut study, _, text, at) = chart("templates/new.yaml", text);
    match helped(&mut study, Help::Close(text, at)) {
        Helped::Close(line) => line,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_block_that_is_opened_is_closed_unless_it_is() {
    let line = |text: &str| Some(text.to_owned());
    assert_eq!(closing("{{- if .Values.a }}⌶\n"), line("{{- end }}"));
    assert_eq!(closing("  {{ range .Values.ports -}}  ⌶"), line("  {{ end -}}"));
    assert_eq!(closing("{{ define \"a\" }}⌶\n{{ define \"b\" }}\n{{ end }}\n"), line("{{ end }}"));
    assert_eq!(closing("{{- if .Values.a }}⌶\n{{- end }}\n"), None);
    // The `end` below is that of the block around it.
    assert_eq!(closing("{{- if .Values.a }}\n  {{- with .Values.b }}⌶\n{{- end }}\n"), line("  {{- end }}"));
    assert_eq!(closing("{{- if .Values.a }}\n{{- with .Values.b }}⌶\n{{- end }}\n"), line("{{- end }}"));
    // That of another block is missing, not this one's.
    assert_eq!(closing("{{- if .Values.a }}\n  {{- with .Values.b }}⌶\n  {{- end }}\n"), None);
    for other in ["{{ .Values.a }}⌶", "{{- else }}⌶", "{{- end }}⌶", "a: {{ if .Values.a }}⌶", "{{ if .a }}b{{ end }}⌶"]
    {
        assert_eq!(closing(other), None, "{other}");
    }
}
