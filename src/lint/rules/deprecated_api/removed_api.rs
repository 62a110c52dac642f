//! An API that Kubernetes no longer has.

use super::table::Api;
use crate::kube::Field;
use crate::lint::cx::Cx;
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// An object of an API version that is gone from the chosen Kubernetes.
pub static RULE: Rule = Rule {
    id: "removed-api",
    group: Group::DeprecatedApi,
    severity: Severity::Error,
    activation: Activation::On,
    title: "API that is gone",
    docs: Docs {
        what: "An object whose `apiVersion` and `kind` were removed in the chosen version of Kubernetes, or before.",
        why: "The cluster does not know the API: `helm install` fails, and so does the upgrade of a release that was \
              installed with it.",
        fix: "Change `apiVersion` to what replaces it, and the fields that differ.",
    },
    bad: "\
apiVersion: policy/v1beta1
kind: PodDisruptionBudget
metadata:
  name: web
spec:
  maxUnavailable: 1
  selector:
    matchLabels: {app: web}
",
    good: "\
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: web
spec:
  maxUnavailable: 1
  selector:
    matchLabels: {app: web}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    let minor = cx.config().kubernetes.minor;
    for subject in cx.subjects() {
        let concern = Api::of(subject.object).and_then(|api| concern(&api, minor, &subject.object.at("apiVersion")));
        report.leading(subject, concern.into_iter().collect());
    }
}

/// The fault, if the API has it in that version of Kubernetes.
fn concern(api: &Api, minor: u32, field: &Field) -> Option<Concern> {
    let removed = api.removed.filter(|&removed| removed <= minor)?;
    let message = format!("{} {} is gone since Kubernetes 1.{removed}: it can't be installed", api.version, api.kind);
    Some(RULE.concern(field, message, api.fix()))
}
