//! An API that the chosen Kubernetes does not have yet.

use super::table::Api;
use crate::kube::Field;
use crate::lint::cx::Cx;
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// An object of an API version that came after the chosen Kubernetes.
pub static RULE: Rule = Rule {
    id: "api-not-yet-available",
    group: Group::DeprecatedApi,
    severity: Severity::Error,
    activation: Activation::On,
    title: "API that is not there yet",
    docs: Docs {
        what: "An object whose `apiVersion` and `kind` came with a later version of Kubernetes than the chosen one.",
        why: "The cluster does not know the API: `helm install` fails.",
        fix: "Print the object only `if .Capabilities.APIVersions.Has` the API, or say in `kubeVersion` of Chart.yaml \
              which versions the chart is made for.",
    },
    bad: "\
apiVersion: scheduling.k8s.io/v1beta1
kind: PodGroup
metadata:
  name: web
",
    good: "\
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: web
spec:
  maxReplicas: 3
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
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
    let introduced = api.introduced.filter(|&introduced| introduced > minor)?;
    let message =
        format!("{} {} comes with Kubernetes 1.{introduced}: 1.{minor} does not know it", api.version, api.kind);
    let fix = "print it only if `.Capabilities.APIVersions.Has` the API".to_owned();
    Some(RULE.concern(field, message, fix))
}
