//! An object is called the same whatever the release is called.

use std::ops::Range;

use crate::engine::Document;
use crate::kube::Object;
use crate::lint::cx::{Cx, Subject};
use crate::lint::report::{Concern, Report};
use crate::lint::scope::is_cluster_wide;
use crate::lint::{Activation, Docs, Group, Rule, Scene};
use crate::source::{Severity, Step};

/// An object's name that the release has no part in.
pub static RULE: Rule = Rule {
    id: "hard-coded-name",
    group: Group::References,
    severity: Severity::Note,
    activation: Activation::On,
    title: "name that is the same for every release",
    docs: Docs {
        what: "An object whose name is the same for a release of another name (the chart is rendered a second time), \
               and comes from no value: the chart can be installed once only. For kinds that belong to no namespace it is a warning. Definitions, API \
               services and namespaces are left alone: their names mean something.",
        why: "A second release of the chart in the same namespace, or anywhere where the kind belongs to none, \
              finds the object taken: Helm refuses to install it.",
        fix: "Let the name begin with the release's: `{{ include \"chart.fullname\" . }}`.",
    },
    bad: "\
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: web-settings}
data:
  a: \"1\"
",
    good: "\
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: {{ .Release.Name }}-settings}
data:
  a: \"1\"
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    let Some(scene) = cx.scene() else { return };
    for subject in cx.subjects() {
        let name = subject.object.metadata().get("name");
        let place = subject.object.place(name.path());
        let Some(place) = place.filter(|place| is_fixed(scene, subject, &place.value) && is_free(subject.object))
        else {
            continue;
        };
        let written = subject.object.name();
        if written.is_empty() || place.value.is_empty() {
            continue;
        }
        let kind = subject.object.kind();
        let (severity, within) = if is_cluster_wide(subject.object) {
            (Severity::Warning, "the cluster")
        } else {
            (RULE.severity, "its namespace")
        };
        let message = format!("{kind} `{written}` is called so in every release: there can be only one in {within}");
        let fix = "let its name begin with the release's".to_owned();
        report.leading(subject, vec![Concern { severity, ..RULE.concern(&name, message, fix) }]);
    }
}

/// Whether an object's name, which stands there in its text, is the same for a release of another name, and no value has
/// a part in it. Where no such release was rendered: whether what feeds the name says so.
fn is_fixed(scene: Scene, subject: Subject, range: &Range<usize>) -> bool {
    let is_part = |path: Vec<Step>| is_value(&path) || is_of_release(scene, subject, &path);
    let may_differ = scene.pieces(subject.index, range).iter().any(|piece| scene.fed(piece.origin).any(is_part));
    !may_differ && stays(scene, subject) != Some(false)
}

/// Whether something of the release makes the name another. The name of the release was tried, where it was.
fn is_of_release(scene: Scene, subject: Subject, path: &[Step]) -> bool {
    let [Step::Key(root), rest @ ..] = path else { return false };
    let is_namespace = matches!(rest, [Step::Key(key), ..] if &**key == "Namespace");
    let was_tried = scene.background.renamed.is_some();
    &**root == "Release" && (!was_tried || is_namespace && is_cluster_wide(subject.object))
}

/// Whether a release of another name has the object under the same name; `None` where that wasn't tried.
fn stays(scene: Scene, subject: Subject) -> Option<bool> {
    let document = scene.documents.get(subject.index)?;
    let is_same = |other: &Document| {
        other.source == document.source
            && other.head.kind == document.head.kind
            && other.head.name == document.head.name
    };
    Some(scene.background.renamed.as_ref()?.iter().any(is_same))
}

/// Values of charts in the chart stand below `Subcharts`.
fn is_value(path: &[Step]) -> bool {
    path.iter().any(|step| matches!(step, Step::Key(key) if &**key == "Values"))
}

/// Whether its name could be any other.
fn is_free(object: &Object) -> bool {
    let gvk = object.gvk();
    let is_fixed = MEANT.iter().any(|(group, kind)| gvk.is(group, kind));
    !is_fixed && !gvk.kind.is_empty()
}

/// Kinds whose names mean something.
const MEANT: [(&str, &str); 3] =
    [("apiextensions.k8s.io", "CustomResourceDefinition"), ("apiregistration.k8s.io", "APIService"), ("", "Namespace")];
