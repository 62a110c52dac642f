//! A path of an Ingress does not say how it is compared.

use crate::kube::Field;
use crate::lint::cx::Cx;
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A path without `pathType`, or one that doesn't fit it.
pub static RULE: Rule = Rule {
    id: "ingress-missing-path-type",
    group: Group::Networking,
    severity: Severity::Error,
    activation: Activation::On,
    title: "path without pathType",
    docs: Docs {
        what: "A path of an Ingress of `networking.k8s.io/v1` without `pathType`, or with one that is none of `Exact`, \
               `Prefix` and `ImplementationSpecific`; or a `path` that doesn't begin with `/`.",
        why: "The API server refuses the Ingress: `pathType must be specified`.",
        fix: "Add `pathType: Prefix`.",
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
            backend: {service: {name: web, port: {number: 80}}}
",
    good: "\
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
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for subject in cx.of_kind("networking.k8s.io", "Ingress") {
        if subject.object.api_version() == "networking.k8s.io/v1" {
            let rules = subject.object.at("spec.rules").items();
            for path in rules.iter().flat_map(|rule| rule.at("http.paths").items()) {
                report.leading(subject, concern(&path).into_iter().collect());
            }
        }
    }
}

const TYPES: [&str; 3] = ["Exact", "Prefix", "ImplementationSpecific"];

/// The fault, if the path has it.
fn concern(path: &Field) -> Option<Concern> {
    let (kind, written) = (path.get("pathType"), path.get("path"));
    let title = match written.string().filter(|written| !written.is_empty()) {
        Some(written) => format!("path `{written}` of the Ingress"),
        None => "the empty path of the Ingress".to_owned(),
    };
    let Some(known) = kind.string().filter(|kind| TYPES.contains(&kind.as_str())) else {
        let has = match kind.string() {
            Some(unknown) => format!("the pathType `{unknown}`, which doesn't exist"),
            None => "no pathType".to_owned(),
        };
        let message = format!("{title} has {has}: the API server refuses it");
        return Some(RULE.concern(&kind, message, "write `pathType: Prefix`".to_owned()));
    };
    // Only what is up to the controller may have no path at all.
    let is_absolute = match written.string().filter(|written| !written.is_empty()) {
        Some(written) => written.starts_with('/'),
        None => known == "ImplementationSpecific",
    };
    let message = format!("{title} doesn't begin with `/`: the API server refuses it");
    (!is_absolute).then(|| RULE.concern(&written, message, "write a path that begins with `/`".to_owned()))
}
