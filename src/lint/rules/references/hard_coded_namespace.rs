//! An object is put into the same namespace whatever the release's is.

use crate::lint::cx::{Cx, Subject};
use crate::lint::pods::title;
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule, Scene};
use crate::source::{Severity, Step};

/// A namespace that is written in the template.
pub static RULE: Rule = Rule {
    id: "hard-coded-namespace",
    group: Group::References,
    severity: Severity::Note,
    activation: Activation::On,
    title: "namespace that doesn't follow the release",
    docs: Docs {
        what: "An object whose `metadata.namespace` is written in the template, and isn't the release's. Objects that \
               have to stand in a namespace of Kubernetes (`kube-system`, `kube-public`) are left alone.",
        why: "The object ignores `--namespace`: it goes where nobody expects it, and `helm install` fails where the \
              namespace isn't there.",
        fix: "Write `namespace: {{ .Release.Namespace }}`, or leave it out.",
    },
    bad: "\
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}
  namespace: shared
data:
  a: \"1\"
",
    good: "\
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}
  namespace: {{ .Release.Namespace }}
data:
  a: \"1\"
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    let Some(scene) = cx.scene() else { return };
    for subject in cx.subjects() {
        report.leading(subject, concern(cx, scene, subject).into_iter().collect());
    }
}

/// The fault, if the object has it.
fn concern(cx: &Cx, scene: Scene, subject: Subject) -> Option<Concern> {
    const OF_KUBERNETES: [&str; 3] = ["kube-node-lease", "kube-public", "kube-system"];
    let field = subject.object.metadata().get("namespace");
    let written = field.string().filter(|written| !written.is_empty())?;
    if written == cx.config().namespace || OF_KUBERNETES.contains(&&*written) || cx.namespace(subject.object).is_empty()
    {
        return None;
    }
    let place = subject.object.place(field.path())?;
    let pieces = scene.pieces(subject.index, &place.value);
    if pieces.iter().any(|piece| scene.fed(piece.origin).any(|path| is_chosen(&path))) {
        return None;
    }
    let message = format!("{} goes to namespace `{written}`, whatever the release's is", title(subject));
    let fix = "write `{{ .Release.Namespace }}`, or leave the namespace out".to_owned();
    Some(RULE.concern(&field, message, fix))
}

/// Whether what stands at a path is somebody's choice. Values of charts in the chart stand below `Subcharts`.
fn is_chosen(path: &[Step]) -> bool {
    path.iter().any(|step| matches!(step, Step::Key(key) if &**key == "Values" || &**key == "Release"))
}
