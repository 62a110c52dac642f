//! An object is called the same whatever the release is called.

use std::ops::Range;

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
        what: "An object whose name comes neither from the name of the release nor from a value: the chart can be \
               installed once only. For kinds that belong to no namespace it is a warning. Definitions, API \
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

/// Whether neither the release nor a value has a part in a piece of an object's text.
fn is_fixed(scene: Scene, subject: Subject, range: &Range<usize>) -> bool {
    let is_part = |path: Vec<Step>| {
        let is_release = matches!(path.as_slice(), [Step::Key(root), ..] if &**root == "Release");
        is_release || is_value(&path)
    };
    scene.pieces(subject.index, range).iter().all(|piece| !scene.fed(piece.origin).any(is_part))
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
