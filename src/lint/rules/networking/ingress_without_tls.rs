//! An Ingress takes requests in the clear.

use crate::lint::cx::Cx;
use crate::lint::pods::title;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// An Ingress without a certificate.
pub static RULE: Rule = Rule {
    id: "ingress-without-tls",
    group: Group::Networking,
    severity: Severity::Note,
    activation: Activation::On,
    title: "Ingress without TLS",
    docs: Docs {
        what: "An Ingress whose `spec.tls` is missing or empty.",
        why: "Whoever is on the way can read and change what goes over it, unless something before the Ingress \
              encrypts.",
        fix: "Add `tls` with the hosts and the Secret of the certificate.",
    },
    bad: "\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
spec:
  rules:
    - host: example.com
      http:
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
        let tls = subject.object.at("spec.tls");
        if tls.items().is_empty() {
            let message = format!("{} has no certificate: requests go over it in the clear", title(subject));
            let fix = "add `tls` with `hosts` and `secretName`".to_owned();
            report.leading(subject, vec![RULE.concern(&tls, message, fix)]);
        }
    }
}
