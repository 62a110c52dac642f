//! A value that nobody sets.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::{Inputs, written};
use crate::lint::cx::Cx;
use crate::lint::nearest::{distance, nearest};
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule, Scene, below_values};
use crate::source::{FileId, OriginKind, PathId, Role, Severity, Span, Step};
use crate::value::{Map, Value};

/// A value that is printed and that nobody sets.
pub static RULE: Rule = Rule {
    id: "undefined-value",
    group: Group::Chart,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "value that nobody sets",
    docs: Docs {
        what: "A template of the chart prints a value that neither values.yaml nor the user sets, and isn't prepared \
               for that by `default`, `required`, `if`, `with` or the like. In the notes, and of whole blocks that \
               `toYaml` prints, it is only a note.",
        why: "Nothing is printed in its place. Mostly it is a slip: the key is called something else, or stands in \
              another map.",
        fix: "Mend the name, or add the key to values.yaml.",
    },
    bad: "\
-- values.yaml --
image: {repository: web, tag: \"1.0\"}
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  image: \"{{ .Values.image.repo }}:{{ .Values.image.tag }}\"
",
    good: "\
-- values.yaml --
image: {repository: web, tag: \"1.0\"}
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  image: \"{{ .Values.image.repository }}:{{ .Values.image.tag }}\"
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    let Some(scene) = cx.scene().filter(|scene| scene.background.failures.is_empty()) else { return };
    for (span, path) in undefined(scene) {
        let below = path.get(1..).unwrap_or_default();
        let message = format!("`{}` is printed here, and nobody sets it", written(below));
        let fix = match similar(&scene.background.inputs, &path) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "add it to values.yaml, or give it a default".to_owned(),
        };
        report.in_file(span, severity(scene, span), message, fix);
    }
}

/// A block that may be left out is mostly meant so, and what is wrong in the notes harms nothing.
fn severity(scene: Scene, span: Span) -> Severity {
    let is_notes = scene.sources.files.get(span.file).is_some_and(|file| file.path.ends_with("NOTES.txt"));
    if is_notes || scene.text(span).contains("toYaml") { Severity::Note } else { RULE.severity }
}

/// What the chart's own templates print of what nobody sets, each place and path once.
fn undefined(scene: Scene) -> BTreeSet<(Span, Vec<Step>)> {
    let (inputs, trace) = (&scene.background.inputs, scene.sources.trace);
    let own: BTreeSet<FileId> = inputs.own_templates().iter().copied().collect();
    let actions = trace.origins().iter();
    let actions = actions.filter(|origin| origin.kind == OriginKind::Action && own.contains(&origin.span.file));
    let mut known: BTreeMap<PathId, Option<Vec<Step>>> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for origin in actions {
        for read in trace.reads(origin.reads).iter().filter(|read| read.role == Role::Feeds) {
            let path = known.entry(read.path).or_insert_with(|| {
                let path: Vec<Step> = trace.steps(read.path).into_iter().cloned().collect();
                (below_values(&path).is_some() && is_undefined(inputs, &path)).then_some(path)
            });
            seen.extend(path.clone().map(|path| (origin.span, path)));
        }
    }
    seen
}

/// Whether nothing stands at a path, and nobody says that nothing should.
fn is_undefined(inputs: &Inputs, path: &[Step]) -> bool {
    inputs.value(path).is_none() && {
        let history = inputs.history(path);
        history.set_by.is_none() && history.hidden_by.is_none()
    }
}

/// A key beside a path that differs from it by a slip or two, or begins with it.
fn similar(inputs: &Inputs, path: &[Step]) -> Option<String> {
    const SLIPS: usize = 2;
    let (Step::Key(last), above) = path.split_last()? else { return None };
    let Some(Value::Map(beside)) = inputs.value(above) else { return None };
    let keys: Vec<_> = Map::entries(&beside).into_iter().map(|(key, _)| key).collect();
    let is_near = |key: &&str| distance(key, last) <= SLIPS || (last.len() > 2 && key.starts_with(&**last));
    let key = nearest(last, keys.iter().map(|key| &**key).filter(is_near))?;
    let path: Vec<Step> = above.iter().skip(1).cloned().chain([Step::Key(key.into())]).collect();
    Some(written(&path))
}
