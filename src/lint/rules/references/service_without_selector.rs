//! A Service says not which pods answer.

use crate::lint::cx::{Cx, Service, Subject};
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A Service without a selector whose endpoints nothing rendered lists.
pub static RULE: Rule = Rule {
    id: "service-without-selector",
    group: Group::References,
    severity: Severity::Note,
    activation: Activation::On,
    title: "Service without a selector",
    docs: Docs {
        what: "A Service without `selector`, other than of type ExternalName, for which no Endpoints or EndpointSlice \
               is rendered.",
        why: "Kubernetes finds the pods of a Service by its selector. Without one, somebody else must write the \
              endpoints; otherwise nobody answers.",
        fix: "Add the labels of the pods as `selector`, or render the EndpointSlice.",
    },
    bad: "\
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ports: [{port: 80}]
",
    good: "\
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ports: [{port: 80}]
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: web-1
  labels: {kubernetes.io/service-name: web}
addressType: IPv4
endpoints: [{addresses: [192.0.2.7]}]
ports: [{port: 80}]
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for service in cx.services().iter().filter(|service| service.selector.is_empty()) {
        let is_alias = service.object.at("spec.type").is("ExternalName");
        if !is_alias && !has_endpoints(cx, service) {
            let message = format!("Service `{}` has no selector: somebody else must say who answers", service.name);
            let fix = "add the labels of the pods as `selector`".to_owned();
            let concern = RULE.concern(&service.object.at("spec.selector"), message, fix);
            report.leading(service.subject, vec![concern]);
        }
    }
}

/// Whether a rendered object lists the addresses behind a Service.
fn has_endpoints(cx: &Cx, service: &Service) -> bool {
    let is_its = |slice: Subject| {
        slice.object.label("kubernetes.io/service-name").as_deref() == Some(service.name.as_str())
            && cx.namespace(slice.object) == service.namespace
    };
    cx.index().find("", "Endpoints", &service.namespace, &service.name).next().is_some()
        || cx.of_kind("discovery.k8s.io", "EndpointSlice").any(is_its)
}
