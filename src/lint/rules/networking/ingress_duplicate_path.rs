//! Two Ingresses want the same path.

use std::collections::BTreeMap;

use crate::kube::Field;
use crate::lint::cx::{Cx, Subject};
use crate::lint::pods::title;
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A path that is written twice for one host.
pub static RULE: Rule = Rule {
    id: "ingress-duplicate-path",
    group: Group::Networking,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "the same path twice",
    docs: Docs {
        what: "Two paths in the rendered Ingresses of one class with the same host, `path` and `pathType`. Canaries of \
               the nginx controller are left alone.",
        why: "Which backend answers is up to the controller; some refuse the second Ingress.",
        fix: "Remove one of them, or give it another path.",
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
    - host: example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend: {service: {name: web, port: {number: 80}}}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web-2
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
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web-2
spec:
  tls:
    - hosts: [example.com]
      secretName: web-tls
  rules:
    - host: example.com
      http:
        paths:
          - path: /two
            pathType: Prefix
            backend: {service: {name: web, port: {number: 80}}}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    let mut seen: BTreeMap<[String; 4], String> = BTreeMap::new();
    for subject in cx.of_kind("networking.k8s.io", "Ingress").filter(|subject| !is_canary(*subject)) {
        let class = subject.object.at("spec.ingressClassName").string();
        let class = class.or_else(|| subject.object.annotation("kubernetes.io/ingress.class")).unwrap_or_default();
        for rule in subject.object.at("spec.rules").items() {
            let host = rule.get("host").string().unwrap_or_default();
            for path in rule.at("http.paths").items() {
                let text = |key: &str| path.get(key).string().unwrap_or_default();
                let key = [class.clone(), host.clone(), text("path"), text("pathType")];
                if let Some(first) = seen.get(&key) {
                    report.leading(subject, vec![concern(&path, first)]);
                } else {
                    seen.insert(key, title(subject));
                }
            }
        }
    }
}

/// Whether it takes a share of the requests of another one, as nginx has it.
fn is_canary(subject: Subject) -> bool {
    subject.object.metadata().get("annotations").get("nginx.ingress.kubernetes.io/canary").is("true")
}

/// The fault of the second of two.
fn concern(path: &Field, first: &str) -> Concern {
    let field = path.get("path");
    let written = field.string().unwrap_or_default();
    let message = format!("path `{written}` of this host is also in {first}: it is up to the controller who answers");
    RULE.concern(&field, message, "remove one of them, or give it another path".to_owned())
}
