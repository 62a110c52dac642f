use std::rc::Rc;

use super::world::{NAME, functions, values};
use crate::helm::Helm;
use crate::source::{FileId, FrameId, FrameKind, OriginKind, PathId, ReadsId, Role, Run, Span, Step, Trace};
use crate::template::{Executor, Limits, SeededWorld, Source, TemplateSet};
use crate::value::{List, Map, MapKind, Traced, Value};

/// The value, each part of it knowing its path.
fn traced(trace: &mut Trace, value: &Value, path: PathId) -> Traced {
    let value = match value {
        Value::Map(map) => {
            let entries = map.entries().into_iter().map(|(key, entry)| {
                let path = trace.path(path, Step::Key(Rc::clone(&key)));
                (key, traced(trace, &entry.value, path))
            });
            Value::Map(entries.collect::<Map>().to_kind(map.kind()))
        }
        Value::List(list) => {
            let items = (0u32..).zip(list.values()).map(|(index, item)| {
                let path = trace.path(path, Step::Index(index));
                traced(trace, item, path)
            });
            Value::List(items.collect::<List>())
        }
        other => other.clone(),
    };
    let reads = trace.read(path);
    Traced { value, reads }
}

/// How the pieces of a rendering came about, a line for each, and the branches that were skipped.
struct Rendering {
    pieces: Vec<String>,
    skipped: Vec<String>,
}

fn render(template: &str) -> Rendering {
    let mut trace = Trace::on();
    let dot = Map::from_iter([("Values", Value::Map(values()))]).to_kind(MapKind::Values(Helm::Four));
    let dot = traced(&mut trace, &Value::Map(dot), PathId::ROOT);
    let mut set = TemplateSet::new("gotpl", functions());
    set.parse(NAME, Source::File(FileId(0)), &template.into()).unwrap();
    let mut world = SeededWorld::new(0, 0);
    let mut executor = Executor::new(Limits::default(), trace, &mut world);
    let text = executor.execute(&Rc::new(set), NAME, dot).unwrap();
    let shown = Shown { template, trace: executor.into_trace() };
    let pieces = text
        .runs()
        .unwrap()
        .ranges()
        .map(|(range, run)| format!("{:?} {}", String::from_utf8_lossy(&text.as_bytes()[range]), shown.run(run)));
    let skipped = shown.trace.skipped().iter().map(|skipped| {
        let condition = shown.span(skipped.condition);
        format!("{:?} by {condition:?}{}", shown.span(skipped.span), shown.reads(skipped.reads))
    });
    Rendering { pieces: pieces.collect(), skipped: skipped.collect() }
}

struct Shown<'t> {
    template: &'t str,
    trace: Trace,
}

impl Shown<'_> {
    fn span(&self, span: Span) -> &str {
        &self.template[span.range()]
    }

    fn run(&self, run: Run) -> String {
        let Some(origin) = self.trace.origin(run.origin) else { return "unknown".to_owned() };
        let kind = match origin.kind {
            OriginKind::Literal => format!("text+{}", run.at),
            OriginKind::Action => format!("{:?}", self.span(origin.span)),
            OriginKind::Inserted => "inserted".to_owned(),
        };
        format!("{kind}{}{}", self.reads(origin.reads), self.frames(origin.frame))
    }

    fn reads(&self, reads: ReadsId) -> String {
        let read = |path| {
            let steps = self.trace.steps(path).into_iter().map(|step| match step {
                Step::Key(key) => key.to_string(),
                Step::Index(index) => index.to_string(),
            });
            steps.collect::<Vec<_>>().join(".")
        };
        let role = |role| match role {
            Role::Feeds => "<",
            Role::Names => "=",
            Role::Decides => "?",
        };
        let reads = self.trace.reads(reads).iter().map(|each| [" ", role(each.role), &read(each.path)].concat());
        reads.collect()
    }

    fn frames(&self, frame: FrameId) -> String {
        let shown = |frame: &crate::source::Frame| {
            let kind = match &frame.kind {
                FrameKind::File(_) => return String::new(),
                FrameKind::Include(name) => format!("include {name}"),
                FrameKind::Tpl => "tpl".to_owned(),
                FrameKind::If(way) => format!("if {way}"),
                FrameKind::With(way) => format!("with {way}"),
                FrameKind::Range(turn) => format!("range {turn}"),
                FrameKind::RangeElse => "range else".to_owned(),
            };
            let span = frame.span.map_or("", |span| self.span(span));
            format!(" in {kind} `{span}`{}", self.reads(frame.reads))
        };
        self.trace.frames(frame).map(shown).collect()
    }
}

#[track_caller]
fn check(template: &str, pieces: &[&str]) {
    assert_eq!(render(template).pieces, pieces, "{template}");
}

#[test]
fn text_and_actions_say_who_printed_them() {
    check("a: {{ .Values.s }}!", &[r#""a: " text+0"#, r#""str" ".Values.s" <Values.s"#, r#""!" text+0"#]);
    check("{{ upper .Values.s }}", &[r#""STR" "upper .Values.s" <Values.s"#]);
    check("{{ .Values.m.b }}", &[r#""map[c:deep d:2]" ".Values.m.b" <Values.m.b"#]);
    check("{{ index .Values.l 1 }}", &[r#""b" "index .Values.l 1" <Values.l.1"#]);
    check("{{ $x := .Values.m }}{{ $x.a }}", &[r#""x" "$x.a" <Values.m.a"#]);
}

#[test]
fn a_key_that_is_missing_is_known_by_where_it_would_be() {
    check("{{ .Values.m.new }}", &[r#""<no value>" ".Values.m.new" <Values.m.new"#]);
    check(r#"{{ index .Values.m "new" | print }}"#, &[r#""<nil>" "index .Values.m \"new\" | print" <Values.m.new"#]);
}

#[test]
fn what_only_decides_is_told_from_what_feeds() {
    check("{{ or .Values.e .Values.s }}", &[r#""str" "or .Values.e .Values.s" ?Values.e <Values.s"#]);
    check(
        "{{ eq .Values.s 1.5 | not }}".replace("1.5", "\"x\"").as_str(),
        &[r#""true" "eq .Values.s \"x\" | not" ?Values.s"#],
    );
}

#[test]
fn a_formatted_text_knows_what_each_piece_was_made_of() {
    check(
        r#"{{ printf "%s-%v" .Values.s .Values.f }}"#,
        &[
            r#""str" "printf \"%s-%v\" .Values.s .Values.f" <Values.s"#,
            r#""-" "printf \"%s-%v\" .Values.s .Values.f""#,
            r#""1.5" "printf \"%s-%v\" .Values.s .Values.f" <Values.f"#,
        ],
    );
}

#[test]
fn control_structures_are_frames() {
    check(
        "{{ if .Values.t }}a{{ else }}b{{ end }}.",
        &[r#""a" text+0 in if true `.Values.t` <Values.t"#, r#""." text+0"#],
    );
    check(
        "{{ with .Values.e }}a{{ else with .Values.m }}{{ .a }}{{ end }}",
        &[r#""x" ".a" <Values.m.a in with true `.Values.m` <Values.m in with false `.Values.e` <Values.e"#],
    );
    check(
        "{{ range $i, $e := .Values.lm }}{{ $i }}{{ .name }}{{ end }}",
        &[
            r#""0" "$i" =Values.lm in range 0 `$i, $e := .Values.lm` <Values.lm"#,
            r#""one" ".name" <Values.lm.0.name in range 0 `$i, $e := .Values.lm` <Values.lm"#,
            r#""1" "$i" =Values.lm in range 1 `$i, $e := .Values.lm` <Values.lm"#,
            r#""two" ".name" <Values.lm.1.name in range 1 `$i, $e := .Values.lm` <Values.lm"#,
        ],
    );
    check("{{ range .Values.el }}a{{ else }}b{{ end }}", &[r#""b" text+0 in range else `.Values.el` <Values.el"#]);
}

#[test]
fn branches_that_are_not_taken_are_recorded() {
    let template =
        "{{ if .Values.t }}a{{ else }}b{{ end }}{{ with .Values.e }}c{{ end }}{{ range .Values.el }}d{{ end }}";
    assert_eq!(
        render(template).skipped,
        [r#""b" by ".Values.t" <Values.t"#, r#""c" by ".Values.e" <Values.e"#, r#""d" by ".Values.el" <Values.el"#,]
    );
}

#[test]
fn what_a_template_printed_belongs_to_it() {
    check(
        r#"{{ define "x" }}n: {{ .s }}{{ end }}{{ include "x" .Values | print }}{{ template "x" .Values }}"#,
        &[
            r#""n: " text+0 in include x `include "x" .Values | print`"#,
            r#""str" ".s" <Values.s in include x `include "x" .Values | print`"#,
            r#""n: " text+0 in include x `"x" .Values`"#,
            r#""str" ".s" <Values.s in include x `"x" .Values`"#,
        ],
    );
}

#[test]
fn a_text_given_to_tpl_belongs_to_the_action_that_gave_it() {
    let action = r#"printf \"<%s {{ .Values.f }}>\" .Values.s) ."#;
    check(
        r#"{{ tpl (printf "<%s {{ .Values.f }}>" .Values.s) . }}"#,
        &[
            &format!(r#""<" "tpl ({action}""#),
            &format!(r#""str" "tpl ({action}" <Values.s"#),
            &format!(r#"" " "tpl ({action}""#),
            &format!(r#""1.5" "tpl ({action}" <Values.f <Values.s in tpl `{}` <Values.s"#, {
                r#"tpl (printf "<%s {{ .Values.f }}>" .Values.s) ."#
            }),
            &format!(r#"">" "tpl ({action}""#),
        ],
    );
    check("{{ tpl .Values.s . }}", &[r#""str" "tpl .Values.s ." <Values.s in tpl `tpl .Values.s .` <Values.s"#]);
}

#[test]
fn a_map_that_was_made_of_a_value_has_no_places_of_its_own() {
    let template = r#"{{ $d := dict "a" .Values.s }}{{ $d.b }}{{ $d.a }}"#;
    check(template, &[r#""<no value>" "$d.b""#, r#""str" "$d.a" <Values.s"#]);
}

#[test]
fn yes_and_no_only_tell_what_decided() {
    check("{{ not .Values.s }}", &[r#""false" "not .Values.s" ?Values.s"#]);
}
