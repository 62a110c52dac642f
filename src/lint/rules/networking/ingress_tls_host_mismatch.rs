//! A certificate for another host than the one that is served.

use crate::kube::Field;
use crate::lint::cx::Cx;
use crate::lint::nearest::likely;
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// Hosts of rules and of certificates that don't match.
pub static RULE: Rule = Rule {
    id: "ingress-tls-host-mismatch",
    group: Group::Networking,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "host without a certificate beside others with one",
    docs: Docs {
        what: "An Ingress with `tls`, of whose `hosts` one is in no rule, or whose rules have a host that no entry of \
               `tls` covers. A `*` stands for one part of a name; an entry without hosts covers all.",
        why: "The certificate is made for a name that nobody asks for, and the name people ask for is served with a \
              wrong one.",
        fix: "Write the same hosts in `rules` and `tls`, from the same value.",
    },
    bad: "\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
spec:
  tls:
    - hosts: [www.example.com, example.com]
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
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for subject in cx.of_kind("networking.k8s.io", "Ingress") {
        let tls = subject.object.at("spec.tls").items();
        let certified: Vec<Field> = tls.iter().flat_map(|entry| entry.get("hosts").items()).collect();
        let served: Vec<Field> = subject.object.at("spec.rules").items().iter().map(|rule| rule.get("host")).collect();
        let covers_all = tls.iter().any(|entry| entry.get("hosts").items().is_empty());
        let serves_all = served.iter().any(|host| named(host).is_none());
        for host in certified.iter().filter(|_| !serves_all) {
            let message = |name: &str| format!("the certificate is for `{name}`, which no rule of the Ingress serves");
            report.leading(subject, concern(host, &served, message).into_iter().collect());
        }
        for host in served.iter().filter(|_| !covers_all && !certified.is_empty()) {
            let message = |name: &str| format!("the Ingress serves `{name}`, for which it has no certificate");
            report.leading(subject, concern(host, &certified, message).into_iter().collect());
        }
    }
}

/// A host that is written.
fn named(host: &Field) -> Option<String> {
    host.string().filter(|name| !name.is_empty() && name != "*")
}

/// The fault of a host which has no counterpart.
fn concern(host: &Field, others: &[Field], message: impl Fn(&str) -> String) -> Option<Concern> {
    let name = named(host)?;
    let names: Vec<String> = others.iter().filter_map(named).collect();
    if names.iter().any(|other| covers(other, &name) || covers(&name, other)) {
        return None;
    }
    let fix = match likely(&name, names.iter().map(String::as_str)) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "write the same hosts in `rules` and `tls`".to_owned(),
    };
    Some(RULE.concern(host, message(&name), fix))
}

/// Whether a host, which may begin with `*.`, stands for another.
fn covers(pattern: &str, host: &str) -> bool {
    let rest = |name: &str| name.split_once('.').map(|(_, rest)| rest.to_owned());
    pattern == host || (pattern.starts_with("*.") && rest(pattern) == rest(host))
}
