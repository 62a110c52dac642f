//! The chart wants another Kubernetes.

use super::failures::{Told, tell};
use crate::chart;
use crate::engine::{Error, ErrorKind};
use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule, Scene};
use crate::source::{Severity, Step};

/// A chart whose `kubeVersion` leaves out the Kubernetes at hand.
pub static RULE: Rule = Rule {
    id: "chart-kube-version-unsatisfied",
    group: Group::Chart,
    severity: Severity::Error,
    activation: Activation::On,
    title: "chart for another Kubernetes",
    docs: Docs {
        what: "A chart whose `kubeVersion` in Chart.yaml leaves out the version of Kubernetes that it is rendered \
               for.",
        why: "Helm refuses to install it; `helm lint` says nothing of it.",
        fix: "Choose another version with `--kube-version`, or widen `kubeVersion`: `>=1.25.0-0` takes previews and \
              the versions of clouds (`1.29.3-gke.1`), too.",
    },
    bad: "\
-- Chart.yaml --
apiVersion: v2
name: web
version: 1.0.0
kubeVersion: \"<1.20.0\"
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  a: \"1\"
",
    good: "\
-- Chart.yaml --
apiVersion: v2
name: web
version: 1.0.0
kubeVersion: \">=1.20.0-0\"
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  a: \"1\"
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    tell(cx, report, told);
}

/// The fault, if it is this one.
fn told(error: &Error, scene: Scene) -> Option<Told> {
    let ErrorKind::Chart(inner) = &error.kind else { return None };
    let chart::ErrorKind::Incompatible { constraint, version } = &inner.kind else { return None };
    let path = ["Chart", "KubeVersion"].map(|key| Step::Key(key.into()));
    let span = scene.background.inputs.in_manifest(&path).or(inner.span)?;
    let message =
        format!("the chart is for Kubernetes `{constraint}`, and this is {version}: Helm refuses to install it");
    Some(Told { span, message, fix: "choose another version, or widen `kubeVersion`".to_owned() })
}
