//! An API that Kubernetes is going to remove.

use super::table::Api;
use crate::kube::Field;
use crate::lint::cx::Cx;
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// An object of an API version that is deprecated in the chosen Kubernetes.
pub static RULE: Rule = Rule {
    id: "deprecated-api",
    group: Group::DeprecatedApi,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "API that is going",
    docs: Docs {
        what: "An object whose `apiVersion` and `kind` are still known to the chosen version of Kubernetes, but \
               deprecated.",
        why: "A later version of Kubernetes does not know it any more, and the chart fails there.",
        fix: "Change `apiVersion` to what replaces it, and the fields that differ.",
    },
    bad: "\
apiVersion: v1
kind: Endpoints
metadata:
  name: web
subsets: []
",
    good: "\
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: web
addressType: IPv4
endpoints: []
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
    let deprecated = api.deprecated.filter(|&deprecated| deprecated <= minor)?;
    let until = match api.removed {
        Some(removed) if removed <= minor => return None,
        Some(removed) => format!(", and goes with 1.{removed}"),
        None => String::new(),
    };
    let message = format!("{} {} is deprecated since Kubernetes 1.{deprecated}{until}", api.version, api.kind);
    Some(RULE.concern(field, message, api.fix()))
}
