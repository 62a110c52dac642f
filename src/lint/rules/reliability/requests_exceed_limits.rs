//! A container asks for more than it may use.

use super::resources::written;
use crate::kube::{Container, Field, Quantity};
use crate::lint::cx::Cx;
use crate::lint::report::{Concern, Report};
use crate::lint::rules::container_name;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A request greater than the limit of the same resource.
pub static RULE: Rule = Rule {
    id: "requests-exceed-limits",
    group: Group::Reliability,
    severity: Severity::Error,
    activation: Activation::On,
    title: "request above the limit",
    docs: Docs {
        what: "A container that requests more of a resource than its limit allows.",
        why: "The API server refuses the pod. Often only one of the two numbers was set anew, and the other one is a \
              default of the chart.",
        fix: "Lower the request, or raise the limit.",
    },
    bad: "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: web:1.0
          resources: {requests: {memory: 1Gi}, limits: {memory: 512Mi}}
",
    good: "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: web:1.0
          resources: {requests: {memory: 512Mi}, limits: {memory: 512Mi}}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for (workload, container) in cx.containers() {
        let resources = container.get("resources");
        for (resource, request) in resources.get("requests").entries() {
            let found = concern(&container, &resource, &request, &resources.get("limits").get(&resource));
            report.leading(workload.subject, found.into_iter().collect());
        }
    }
}

/// The fault, if the request has it.
fn concern(container: &Container, resource: &str, request: &Field, limit: &Field) -> Option<Concern> {
    if Quantity::of(request)?.ok()? <= Quantity::of(limit)?.ok()? {
        return None;
    }
    let name = container_name(container);
    let (request_is, limit_is) = (written(request), written(limit));
    let message = format!(
        "container `{name}` requests {request_is} of {resource}, but its limit is {limit_is}: the API server refuses it"
    );
    Some(RULE.concern(request, message, format!("request at most {limit_is}, or raise the limit")))
}
