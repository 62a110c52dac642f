//! An annotation that a field took the place of.

use crate::kube::{Field, Object, Workload};
use crate::lint::cx::Cx;
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// An annotation whose place a field has taken.
pub static RULE: Rule = Rule {
    id: "deprecated-annotation",
    group: Group::DeprecatedApi,
    severity: Severity::Note,
    activation: Activation::On,
    title: "annotation that became a field",
    docs: Docs {
        what: "An object or a template of pods with `kubernetes.io/ingress.class`, \
               `volume.beta.kubernetes.io/storage-class`, `service.alpha.kubernetes.io/tolerate-unready-endpoints`, or \
               an annotation of `seccomp.security.alpha.kubernetes.io/`, \
               `container.seccomp.security.alpha.kubernetes.io/`, `container.apparmor.security.beta.kubernetes.io/` or \
               `scheduler.alpha.kubernetes.io/`.",
        why: "Newer Kubernetes looks at the field and ignores the annotation, some of them already.",
        fix: "Use the field.",
    },
    bad: "\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations: {kubernetes.io/ingress.class: nginx}
spec:
  tls: [{hosts: [web.example.com], secretName: web-tls}]
  rules:
    - host: web.example.com
      http:
        paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]
",
    good: "\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
spec:
  ingressClassName: nginx
  tls: [{hosts: [web.example.com], secretName: web-tls}]
  rules:
    - host: web.example.com
      http:
        paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for subject in cx.subjects() {
        let own = subject.object.metadata().get("annotations");
        for (key, field) in own.entries() {
            report.leading(subject, concern(subject.object, &key, &field).into_iter().collect());
        }
    }
    for workload in cx.workloads() {
        let template = Workload::template(&workload.workload).at("metadata.annotations");
        // A pod's own annotations are those of the object.
        if workload.workload.template().path().is_root() {
            continue;
        }
        for (key, field) in template.entries() {
            report.leading(workload.subject, concern(workload.subject.object, &key, &field).into_iter().collect());
        }
    }
}

/// The fault, if an annotation has it.
fn concern(object: &Object, key: &str, field: &Field) -> Option<Concern> {
    let (_, new) =
        FIELDS.iter().find(|(old, _)| if old.ends_with('/') { key.starts_with(old) } else { key == *old })?;
    // Before that version an Ingress has no such field, and Google's controller looks at the annotation only.
    let is_googles = field.string().is_some_and(|class| class.starts_with("gce"));
    if *new == CLASS && (is_googles || object.api_version() != "networking.k8s.io/v1") {
        return None;
    }
    let message = format!("`{key}` is deprecated: `{new}` took its place");
    Some(RULE.concern(field, message, format!("use `{new}`")))
}

const CLASS: &str = "spec.ingressClassName";

/// Annotations, or how they begin, and the fields that took their place.
const FIELDS: [(&str, &str); 7] = [
    ("container.apparmor.security.beta.kubernetes.io/", "securityContext.appArmorProfile"),
    ("container.seccomp.security.alpha.kubernetes.io/", "securityContext.seccompProfile"),
    ("kubernetes.io/ingress.class", CLASS),
    ("scheduler.alpha.kubernetes.io/", "priorityClassName, affinity and tolerations"),
    ("seccomp.security.alpha.kubernetes.io/", "securityContext.seccompProfile"),
    ("service.alpha.kubernetes.io/tolerate-unready-endpoints", "spec.publishNotReadyAddresses"),
    ("volume.beta.kubernetes.io/storage-class", "spec.storageClassName"),
];
