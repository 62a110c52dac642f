use std::fmt::Write;

use super::world::{NAME, dot, execute, parse};
use crate::source::Trace;
use crate::template::{Executor, Exhausted, Limits, SeededWorld};

/// What stops a template, and the text of its innermost error.
fn stopped(template: &str, limits: Limits) -> (Option<Exhausted>, String) {
    let error = execute(&parse(template).unwrap(), limits).unwrap_err().error;
    let innermost = error.chain().last().unwrap().to_string();
    (error.exhausted(), innermost)
}

#[test]
fn a_template_that_calls_itself_ends() {
    let limits = Limits::default();
    let by_depth = (
        Some(Exhausted::Depth(limits.depth)),
        r#"template: c/templates/t.yaml:1:28: executing "x" at <{{template "x" .}}>: stopped at 2500 templates inside each other"#
            .to_owned(),
    );
    assert_eq!(stopped(r#"{{ define "x" }}{{ template "x" . }}{{ end }}{{ template "x" . }}"#, limits), by_depth);
    for call in [
        r#"{{ include "x" . }}"#,
        r#"{{ if true }}{{ with . }}{{ range 1 }}{{ include "x" $ | upper }}{{ end }}{{ end }}{{ end }}"#,
        r#"{{ print (print (include "x" .)) }}"#,
        r#"{{ tpl "{{ include \"x\" . }}" . }}"#,
    ] {
        let (limit, _) =
            stopped(&format!(r#"{{{{ define "x" }}}}{call}{{{{ end }}}}{{{{ template "x" . }}}}"#), limits);
        assert!(matches!(limit, Some(Exhausted::Depth(_) | Exhausted::Nesting(_))), "{call}: {limit:?}");
    }
}

#[test]
fn helm_is_allowed_its_thousand_includes() {
    let mut template = String::from(r#"{{ define "x1000" }}end{{ end }}{{ include "x0" . }}"#);
    for n in 0..1000 {
        let _ = write!(
            template,
            r#"{{{{ define "x{n}" }}}}{{{{ if true }}}}{{{{ include "x{}" . | print }}}}{{{{ end }}}}{{{{ end }}}}"#,
            n + 1
        );
    }
    assert_eq!(execute(&parse(&template).unwrap(), Limits::default()).unwrap(), "end".into());
}

#[test]
fn work_and_output_end_in_time() {
    let limits = Limits { steps: 1000, bytes: 100, ..Limits::default() };
    let (limit, text) = stopped("{{ range 1000000 }}{{ end }}", limits);
    assert_eq!(limit, Some(Exhausted::Steps(1000)));
    assert!(text.ends_with("at <1000000>: stopped after 1000 steps"), "{text}");
    let (limit, text) = stopped("\n{{ range 100 }}ten bytes.{{ end }}", limits);
    assert_eq!(limit, Some(Exhausted::Bytes(100)));
    assert!(text.contains(":2:9: executing"), "{text}");
}

#[test]
fn nesting_in_the_text_is_limited() {
    for (open, close, message) in [
        ("{{ (", ") }}", "max expression depth exceeded"),
        ("{{ if 1 }}", "{{ end }}", "max block depth exceeded"),
        ("{{ if 1 }}{{ else if 1 }}", "{{ end }}", "max block depth exceeded"),
    ] {
        let nested = |depth: usize| match open {
            "{{ (" => format!("{{{{ {}1{} }}}}", "(".repeat(depth), ")".repeat(depth)),
            _ => format!("{}{}", open.repeat(depth), close.repeat(depth)),
        };
        assert!(parse(&nested(100)).is_ok());
        assert_eq!(parse(&nested(10_000)).map(|_| ()).unwrap_err().kind.to_string(), message);
    }
    let chain = |arms: usize| format!("{{{{ if 0 }}}}{}{{{{ end }}}}", "{{ else if 0 }}".repeat(arms));
    assert!(execute(&parse(&chain(900)).unwrap(), Limits::default()).is_ok());
    assert!(parse(&chain(1100)).is_err());
}

#[test]
fn what_was_printed_before_an_error_is_kept() {
    let mut world = SeededWorld::new(0, 0);
    let set = parse("a{{ 1 }}b{{ .Values.s.x }}c").unwrap();
    let interrupted = Executor::new(Limits::default(), Trace::off(), &mut world).execute(&set, NAME, dot().into());
    assert_eq!(interrupted.unwrap_err().output, "a1b".into());
}
