//! The API server is told to call a Service that is not rendered.

use super::dangling;
use crate::lint::cx::Cx;
use crate::lint::pods::title;
use crate::lint::references::{Reference, Role};
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A webhook whose Service isn't rendered.
pub static RULE: Rule = Rule {
    id: "dangling-webhook-service",
    group: Group::References,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "webhook whose Service is not rendered",
    docs: Docs {
        what: "A webhook configuration, an APIService or a CustomResourceDefinition with a conversion that names a \
               Service in the namespace of the release which isn't rendered there.",
        why: "Calls to it fail. Where `failurePolicy` is `Fail`, the default, nothing of the kinds it looks at can be \
              created any more.",
        fix: "Use the helper that names the Service, and `{{ .Release.Namespace }}`.",
    },
    bad: "\
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: {app: web}
  ports: [{name: http, port: 80}]
---
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
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata:
  name: web
webhooks:
  - name: web.example.com
    clientConfig: {service: {name: wbe, namespace: default, path: /check}}
    rules: [{apiGroups: [\"\"], apiVersions: [v1], operations: [CREATE], resources: [configmaps]}]
    sideEffects: None
    admissionReviewVersions: [v1]
",
    good: "\
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: {app: web}
  ports: [{name: http, port: 80}]
---
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
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata:
  name: web
webhooks:
  - name: web.example.com
    clientConfig: {service: {name: web, namespace: default, path: /check}}
    rules: [{apiGroups: [\"\"], apiVersions: [v1], operations: [CREATE], resources: [configmaps]}]
    sideEffects: None
    admissionReviewVersions: [v1]
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    dangling::check(cx, report, Role::Webhook, |reference| concern(cx, reference));
}

/// The fault of a Service that should be in the release's namespace. (Others may be another chart's.)
fn concern(cx: &Cx, reference: &Reference) -> Option<Concern> {
    let Reference { name, namespace, .. } = reference;
    if *namespace != cx.config().namespace {
        return None;
    }
    let elsewhere = cx.index().named("", "Service", name).first();
    let place = elsewhere.map(|named| format!(" (but in namespace `{}`)", named.namespace)).unwrap_or_default();
    let message = format!(
        "{} has Service `{name}` called, which isn't rendered in namespace `{namespace}`{place}: the calls fail",
        title(reference.subject)
    );
    let fix = dangling::advice(cx, reference, "name a Service that is rendered");
    Some(RULE.concern(&reference.field, message, fix))
}
