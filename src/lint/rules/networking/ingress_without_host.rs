//! An Ingress answers for every host.

use crate::lint::cx::Cx;
use crate::lint::pods::title;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A rule of an Ingress without a host.
pub static RULE: Rule = Rule {
    id: "ingress-without-host",
    group: Group::Networking,
    severity: Severity::Note,
    activation: Activation::On,
    title: "rule that answers for every host",
    docs: Docs {
        what: "A rule of an Ingress whose `host` is missing, empty or `*`.",
        why: "The rule takes the requests for every name that leads to the controller, those of other applications \
              included.",
        fix: "Set `host`.",
    },
    bad: "\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
spec:
  tls:
    - hosts: [example.com]
      secretName: web-tls
  rules:
    - http:
        paths:
          - path: /
            pathType: Prefix
            backend: {service: {name: web, port: {number: 80}}}
",
    good: "\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
spec:
  tls:
    - hosts: [example.com]
      secretName: web-tls
  rules:
    - host: example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend: {service: {name: web, port: {number: 80}}}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for subject in cx.of_kind("networking.k8s.io", "Ingress") {
        for host in subject.object.at("spec.rules").items().iter().map(|rule| rule.get("host")) {
            if host.string().is_none_or(|name| name.is_empty() || name == "*") {
                let message = format!("a rule of {} answers for every host", title(subject));
                report.leading(subject, vec![RULE.concern(&host, message, "set `host`".to_owned())]);
            }
        }
    }
}
