//! What Helm stops at, as the page tells it: each row of the table in words, with its places, and the edit after which
//! it is gone.

use std::rc::Rc;

use chartroom::source::Severity;
use chartroom::workspace::{
    Action, Analysis, Content, Experiment, FilePath, Given, LayerDeed, Mend, Origin, Outside, Problem, SetKind,
    Settings, Workspace, analyze, reduce,
};

const CHART: &str = "apiVersion: v2\nname: web\nversion: 0.1.0\n";

/// A row: what is written, what is said, where, and what the first edit writes.
#[derive(Default)]
struct Row {
    files: &'static [(&'static str, &'static str)],
    /// A layer of values.
    layer: Option<&'static str>,
    message: &'static str,
    /// What Helm says is in this.
    helm: &'static str,
    /// `templates/a.yaml:3`
    place: &'static str,
    /// The text at the place.
    text: &'static str,
    /// A line of the output where it shows.
    output: Option<&'static str>,
    /// The calls that led there.
    also: &'static [&'static str],
    /// The titles of the edits, and a line that each writes.
    mends: &'static [(&'static str, &'static str)],
}

fn workspace(row: &Row) -> Rc<Workspace> {
    let chart = [("Chart.yaml", CHART), ("values.yaml", "image: web\n")];
    let files = chart
        .iter()
        .chain(row.files)
        .map(|(path, text)| (FilePath::parse(path).expect("a path"), Content::Text((*text).into())));
    let experiment = Experiment::new(Origin::Empty, files.collect(), Settings::default());
    let workspace = Rc::new(Workspace::new(experiment));
    let Some(layer) = row.layer else { return workspace };
    let path = FilePath::beside("prod.yaml").expect("a path");
    let workspace = reduce(&workspace, Action::Layers(LayerDeed::Add(Given::File(path.clone()))));
    reduce(&workspace, Action::Edit(path, layer.into()))
}

fn seen(workspace: &Workspace) -> Analysis {
    analyze(&workspace.experiment, Outside::default())
}

/// What Helm says, without what the linter finds.
fn helms(analysis: &Analysis) -> Vec<&Problem> {
    analysis.problems.iter().filter(|problem| problem.is_helms()).collect()
}

fn check(row: &Row) {
    let before = workspace(row);
    let analysis = seen(&before);
    let problems = helms(&analysis);
    let [problem, ..] = problems.as_slice() else { panic!("{}: nothing is said", row.message) };
    assert_eq!(problem.message, row.message, "{problem:#?}\n{}", analysis.output);
    let original = problem.original.as_deref().unwrap_or_default();
    assert!(original.contains(row.helm), "{original}");
    let place = problem.place.as_ref().expect("a place");
    assert_eq!(format!("{}:{}", place.path, place.line), row.place, "{problem:#?}");
    let file = before.experiment.file(&place.path).and_then(Content::text).expect("a text");
    assert_eq!(file.get(place.bytes.clone()).unwrap_or_default(), row.text, "{problem:#?}");
    let line = problem.output_line.and_then(|line| analysis.output.lines().nth(line as usize - 1));
    assert_eq!(line, row.output, "{:?} in\n{}", problem.output_line, analysis.output);
    let also: Vec<String> = problem.also.iter().map(|place| format!("{}:{}", place.path, place.line)).collect();
    assert_eq!(also, row.also, "{}", row.message);
    let mends: Vec<&Mend> = problem.mend.iter().chain(&problem.others).collect();
    let told: Vec<(&str, &str)> = mends
        .iter()
        .map(|mend| {
            (mend.title.as_str(), mend.new.iter().map(String::as_str).collect::<Vec<_>>().join("|").leak() as &str)
        })
        .collect();
    assert_eq!(told, row.mends, "{}", row.message);
    for mend in mends {
        let after = seen(&reduce(&before, Action::Mend(mend.clone())));
        let errors: Vec<_> = helms(&after).into_iter().filter(|problem| problem.severity == Severity::Error).collect();
        assert!(errors.is_empty(), "{} leaves {errors:#?}", mend.title);
    }
}

#[test]
fn a_field_of_nothing() {
    check(&Row {
        files: &[("templates/a.yaml", "kind: A\nport: {{ .Values.db.port }}\n")],
        message: "`.Values.db` is not set, so `.port` can't be read.",
        helm: "nil pointer evaluating interface {}.port",
        place: "templates/a.yaml:2",
        text: ".Values.db.port",
        output: Some("port: \u{27e6}missing .Values.db.port\u{27e7}"),
        mends: &[
            ("Add db.port to values.yaml", "db:|  port:"),
            ("Write (.Values.db).port", "port: {{ (.Values.db).port }}"),
        ],
        ..Row::default()
    });
}

#[test]
fn a_field_of_nothing_that_was_mistyped() {
    check(&Row {
        files: &[
            ("values.yaml", "databse: 1\ndatabase:\n  port: 80\n"),
            ("templates/a.yaml", "kind: A\nport: {{ .Values.databas.port }}\n"),
        ],
        message: "`.Values.databas` is not set, so `.port` can't be read. Did you mean `.Values.database`?",
        helm: "nil pointer evaluating interface {}.port",
        place: "templates/a.yaml:2",
        text: ".Values.databas.port",
        output: Some("port: \u{27e6}missing .Values.databas.port\u{27e7}"),
        mends: &[
            ("Write database", "port: {{ .Values.database.port }}"),
            ("Add databas.port to values.yaml", "databas:|  port:"),
            ("Write (.Values.databas).port", "port: {{ (.Values.databas).port }}"),
        ],
        ..Row::default()
    });
}

#[test]
fn a_field_of_nothing_in_a_chart_in_the_chart() {
    check(&Row {
        files: &[
            ("charts/s/Chart.yaml", "apiVersion: v2\nname: s\nversion: 0.1.0\n"),
            ("charts/s/values.yaml", "db:\n"),
            ("charts/s/templates/a.yaml", "kind: A\nport: {{ .Values.db.port }}\n"),
        ],
        message: "`.Values.db` is not set, so `.port` can't be read.",
        helm: "nil pointer evaluating interface {}.port",
        place: "charts/s/templates/a.yaml:2",
        text: ".Values.db.port",
        output: Some("port: \u{27e6}missing .Values.db.port\u{27e7}"),
        mends: &[
            ("Add db.port to values.yaml", "  port:"),
            ("Write (.Values.db).port", "port: {{ (.Values.db).port }}"),
        ],
        ..Row::default()
    });
}

#[test]
fn the_top_level_inside_of_range() {
    check(&Row {
        files: &[
            ("values.yaml", "list: [a]\nimage: web\n"),
            ("templates/a.yaml", "kind: A\nlist:\n{{- range .Values.list }}\n- {{ .Values.image }}\n{{- end }}\n"),
        ],
        message: "Inside this `range`, dot is the item `a`, which has no `.Values`.",
        helm: "can't evaluate field Values in type interface {}",
        place: "templates/a.yaml:4",
        text: ".Values.image",
        output: Some("- \u{27e6}error at .Values.image\u{27e7}"),
        mends: &[("Write $.Values", "- {{ $.Values.image }}")],
        ..Row::default()
    });
}

#[test]
fn a_block_that_is_indented_too_little() {
    check(&Row {
        files: &[
            ("values.yaml", "extra: {b: 1, c: 2}\n"),
            (
                "templates/a.yaml",
                "kind: A\nspec:\n  template:\n      a: 1\n      {{- toYaml .Values.extra | nindent 4 }}\n      d: 1\n",
            ),
        ],
        message: "Line 5 of the document is indented 4, its siblings 6. Printed by a.yaml:5 through `nindent 4`.",
        helm: "did not find expected key",
        place: "templates/a.yaml:5",
        text: "toYaml .Values.extra | nindent 4",
        output: Some("    b: 1"),
        mends: &[("Write nindent 6", "      {{- toYaml .Values.extra | nindent 6 }}")],
        ..Row::default()
    });
}

#[test]
fn a_colon_in_a_value() {
    check(&Row {
        files: &[("values.yaml", "text: \"x: y\"\n"), ("templates/a.yaml", "kind: A\nb: {{ .Values.text }}\n")],
        message: "A `:` inside unquoted text starts a new key here.",
        helm: "mapping values are not allowed in this context",
        place: "templates/a.yaml:2",
        text: ".Values.text",
        output: Some("b: x: y"),
        mends: &[("Quote it with | quote", "b: {{ .Values.text | quote }}")],
        ..Row::default()
    });
}

#[test]
fn a_function_that_is_not_there() {
    check(&Row {
        files: &[("templates/a.yaml", "kind: A\nb: {{ toYamll .Values.image }}\n")],
        message: "There is no function `toYamll`. Did you mean `toYaml`?",
        helm: "function \"toYamll\" not defined",
        place: "templates/a.yaml:2",
        text: "toYamll",
        output: Some("\u{27e6}this template can't be read: line 2\u{27e7}"),
        mends: &[("Write toYaml", "b: {{ toYaml .Values.image }}")],
        ..Row::default()
    });
}

#[test]
fn an_action_that_is_not_closed() {
    check(&Row {
        files: &[("templates/a.yaml", "kind: A\nb: {{ .Values.image }\nc: 1\n")],
        message: "The action opened at 2:4 is not closed properly.",
        helm: "unexpected \"}\" in operand",
        place: "templates/a.yaml:2",
        text: "}",
        output: Some("\u{27e6}this template can't be read: line 2\u{27e7}"),
        mends: &[("Close the action with }}", "b: {{ .Values.image }}")],
        ..Row::default()
    });
    check(&Row {
        files: &[("templates/a.yaml", "kind: A\nb: {{ .Values.image\n")],
        message: "The action opened at 2:4 is not closed properly.",
        helm: "unclosed action",
        place: "templates/a.yaml:3",
        text: "",
        output: Some("\u{27e6}this template can't be read: line 3\u{27e7}"),
        mends: &[("Close the action with }}", "b: {{ .Values.image }}")],
        ..Row::default()
    });
}

#[test]
fn a_number_where_text_is_needed() {
    for (written, mended) in [
        ("{{ trunc 3 .Values.port }}", "port: {{ trunc 3 (.Values.port | toString) }}"),
        ("{{ .Values.port | trunc 3 }}", "port: {{ .Values.port | toString | trunc 3 }}"),
    ] {
        let template: &'static str = format!("kind: A\nport: {written}\n").leak();
        let files: &'static [(&str, &str)] =
            vec![("values.yaml", "a: 1\nport: 8080\n"), ("templates/a.yaml", template)].leak();
        let mends: &'static [(&str, &str)] = vec![("Convert with toString", mended)].leak();
        let row = Row {
            files,
            message: "`trunc` needs text and got 8080, from values.yaml:2.",
            helm: "wrong type for value; expected string; got float64",
            place: "templates/a.yaml:2",
            mends,
            ..Row::default()
        };
        let analysis = seen(&workspace(&row));
        let text = helms(&analysis)[0].place.as_ref().expect("a place").bytes.clone();
        let line = helms(&analysis)[0].output_line.and_then(|line| analysis.output.lines().nth(line as usize - 1));
        let output: Option<&'static str> = line.map(|line| line.to_owned().leak() as &str);
        assert!(output.is_some_and(|line| line.starts_with("port: \u{27e6}error at ")), "{output:?}");
        check(&Row { text: &template[text], output, ..row });
    }
}

#[test]
fn a_template_that_is_not_there() {
    check(&Row {
        files: &[
            ("templates/_helpers.tpl", "{{- define \"web.fullname\" -}}\nweb\n{{- end }}\n"),
            ("templates/a.yaml", "kind: A\nb: {{ include \"web.name\" . }}\n"),
        ],
        message: "No `define \"web.name\"` is in this chart. The nearest is \"web.fullname\".",
        helm: "no template \"web.name\"",
        place: "templates/a.yaml:2",
        text: "include \"web.name\" .",
        output: Some("b: \u{27e6}error at include web.name .\u{27e7}"),
        mends: &[("Write \"web.fullname\"", "b: {{ include \"web.fullname\" . }}")],
        ..Row::default()
    });
}

#[test]
fn a_template_that_includes_itself() {
    let row = Row {
        files: &[
            (
                "templates/_helpers.tpl",
                "{{- define \"a\" -}}\n{{ include \"b\" . }}\n{{- end }}\n{{- define \"b\" -}}\n{{ include \"a\" . }}\n{{- end }}\n",
            ),
            ("templates/a.yaml", "kind: A\nb: {{ include \"a\" . }}\n"),
        ],
        ..Row::default()
    };
    let analysis = seen(&workspace(&row));
    let problem = helms(&analysis)[0].clone();
    assert!(
        [
            "\"a\" includes itself, without end: \"a\", then \"b\", then \"a\".",
            "\"b\" includes itself, without end: \"b\", then \"a\", then \"b\"."
        ]
        .contains(&problem.message.as_str()),
        "{}",
        problem.message
    );
    let places: Vec<String> = problem.also.iter().map(|place| format!("{}:{}", place.path, place.line)).collect();
    assert!(places.contains(&"templates/a.yaml:2".to_owned()), "{places:?}");
}

#[test]
fn a_value_that_is_required() {
    check(&Row {
        files: &[
            ("values.yaml", "image:\n  tag: x\n"),
            ("templates/a.yaml", "kind: A\nb: {{ required \"an image is needed\" .Values.image.repository }}\n"),
        ],
        message: "This chart requires `image.repository`: an image is needed",
        helm: "an image is needed",
        place: "templates/a.yaml:2",
        text: "required \"an image is needed\" .Values.image.repository",
        output: Some("b: \u{27e6}required .Values.image.repository\u{27e7}"),
        mends: &[("Add image.repository to values.yaml, to be filled in", "  repository: CHANGE-ME")],
        ..Row::default()
    });
}

#[test]
fn a_value_that_the_schema_forbids() {
    check(&Row {
        files: &[
            ("values.yaml", "a: 1\nreplicaCount: three\n"),
            ("values.schema.json", "{\"properties\": {\"replicaCount\": {\"type\": \"number\"}}}"),
            ("templates/a.yaml", "kind: A\n"),
        ],
        message: "`replicaCount` must be a number, is three (schema rule `type`).",
        helm: "values don't meet the specifications of the schema",
        place: "values.yaml:2",
        text: "replicaCount: three",
        ..Row::default()
    });
}

#[test]
fn each_value_that_a_schema_forbids_is_told_at_its_place() {
    let schema = r#"{"required": ["image"], "properties": {"a": {"type": "object", "required": ["x", "y"]}, "count": {"type": "integer"}}}"#;
    let row = Row {
        files: vec![
            ("values.yaml", "s: {port: x}\na:\n  n: 1\ncount: many\n"),
            ("values.schema.json", schema),
            ("templates/a.yaml", "kind: A\n"),
            ("charts/s/Chart.yaml", "apiVersion: v2\nname: s\nversion: 0.1.0\n"),
            ("charts/s/values.schema.json", r#"{"properties": {"port": {"type": "integer"}}}"#),
        ]
        .leak(),
        ..Row::default()
    };
    let told = |workspace: &Workspace| -> Vec<(String, String)> {
        let label = |problem: &Problem| {
            problem.place.as_ref().map_or_else(String::new, |place| format!("{}:{}", place.path, place.line))
        };
        helms(&seen(workspace)).into_iter().map(|problem| (problem.message.clone(), label(problem))).collect()
    };
    let at = |message: &str, place: &str| (message.to_owned(), place.to_owned());
    let before = workspace(&row);
    let want = [
        at("`image` is not set, which the chart's schema requires.", "values.yaml:1"),
        at("`a.x`, `a.y` are not set, which the chart's schema requires.", "values.yaml:2"),
        at("`count` must be a whole number, is many (schema rule `type`).", "values.yaml:4"),
        at("`s.port` must be a whole number, is x (schema rule `type`).", "values.yaml:1"),
    ];
    assert_eq!(told(&before), want);
    let set = reduce(&before, Action::Layers(LayerDeed::Add(Given::Set(SetKind::Typed, "count=few".into()))));
    let problem = helms(&seen(&set))[2].clone();
    assert_eq!((problem.layer, problem.place), (Some(0), None), "{}", problem.message);
}

#[test]
fn text_over_a_map() {
    check(&Row {
        files: &[("values.yaml", "a: {resources: {cpu: 1}}\n"), ("templates/a.yaml", "kind: A\n")],
        layer: Some("b: 1\na:\n  resources: none\n"),
        message: "`a.resources` is set to what is no map, where the default is one; Helm drops the default.",
        helm: "cannot overwrite table with non table for web.a.resources",
        place: "../prod.yaml:3",
        text: "resources: none",
        ..Row::default()
    });
    check(&Row {
        files: &[("values.yaml", "resources: none\n"), ("templates/a.yaml", "kind: A\n")],
        layer: Some("a: 1\nresources: {cpu: 1}\n"),
        message: "`resources` is set to a map, where the default is none; Helm drops the default.",
        helm: "skipped value for web.resources: Not a table.",
        place: "../prod.yaml:2",
        text: "resources: {cpu: 1}",
        ..Row::default()
    });
}

#[test]
fn an_error_in_a_helper_leads_through_its_calls() {
    check(&Row {
        files: &[
            ("templates/_helpers.tpl", "{{- define \"x\" -}}\nb: {{ .Values.db.port }}\n{{- end }}\n"),
            ("templates/a.yaml", "kind: A\n{{ include \"x\" . }}\n"),
        ],
        message: "`.Values.db` is not set, so `.port` can't be read.",
        helm: "nil pointer evaluating interface {}.port",
        place: "templates/_helpers.tpl:2",
        text: ".Values.db.port",
        output: Some("b: \u{27e6}missing .Values.db.port\u{27e7}"),
        also: &["templates/a.yaml:2"],
        mends: &[
            ("Add db.port to values.yaml", "db:|  port:"),
            ("Write (.Values.db).port", "b: {{ (.Values.db).port }}"),
        ],
        ..Row::default()
    });
}
