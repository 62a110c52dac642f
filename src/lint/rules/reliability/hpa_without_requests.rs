//! A share of nothing.

use super::resources::is_set;
use crate::kube::{Container, Field};
use crate::lint::cx::{Cx, Subject};
use crate::lint::report::{Concern, Report};
use crate::lint::rules::scale::driven;
use crate::lint::rules::{container_name, listed};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// An autoscaler that goes by a share of requests which aren't there.
pub static RULE: Rule = Rule {
    id: "hpa-without-requests",
    group: Group::Reliability,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "autoscaler without requests to go by",
    docs: Docs {
        what: "A HorizontalPodAutoscaler that goes by the utilization of `cpu` or `memory`, and drives a rendered \
               workload with a container that neither requests nor limits it.",
        why: "The utilization is a share of what is requested. Without requests it is unknown, and the number of pods \
              never changes.",
        fix: "Give every container of the pods `resources.requests` for that resource.",
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
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: web
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 2
  maxReplicas: 5
  metrics:
    - type: Resource
      resource:
        name: cpu
        target: {type: Utilization, averageUtilization: 80}
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
          resources: {requests: {cpu: 100m, memory: 128Mi}, limits: {memory: 128Mi}}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: web
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 2
  maxReplicas: 5
  metrics:
    - type: Resource
      resource:
        name: cpu
        target: {type: Utilization, averageUtilization: 80}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for scaler in cx.of_kind("autoscaling", "HorizontalPodAutoscaler") {
        for share in shares(&scaler.object.spec()) {
            report.leading(scaler, concern(cx, scaler, &share).into_iter().collect());
        }
    }
}

/// A share that an autoscaler goes by.
struct UsedShare {
    field: Field,
    resource: String,
    /// The one container that counts; all do where none is named.
    container: Option<String>,
}

/// The shares of requests that an autoscaler goes by, as its versions write them.
fn shares(spec: &Field) -> Vec<UsedShare> {
    let old = spec.get("targetCPUUtilizationPercentage");
    let mut found = Vec::new();
    if old.is_present() {
        found.push(UsedShare { field: old, resource: "cpu".to_owned(), container: None });
    }
    for metric in spec.get("metrics").items() {
        let key = if metric.get("type").is("ContainerResource") { "containerResource" } else { "resource" };
        let resource = metric.get(key);
        let is_share = resource.at("target.averageUtilization").is_present()
            || resource.get("targetAverageUtilization").is_present();
        if let Some(name) = resource.get("name").string().filter(|_| is_share) {
            found.push(UsedShare {
                field: resource.get("name"),
                resource: name,
                container: resource.get("container").string(),
            });
        }
    }
    found
}

/// The fault, if the share has it.
fn concern(cx: &Cx, scaler: Subject, share: &UsedShare) -> Option<Concern> {
    let UsedShare { field, resource, container } = share;
    let workload = driven(cx, scaler)?;
    let lacks = |of: &Container| {
        container.as_ref().is_none_or(|name| *name == of.name())
            && of.is_long_running()
            && !is_set(of, "requests", resource)
            && !is_set(of, "limits", resource)
    };
    let lacking: Vec<String> =
        workload.pod.all_containers().iter().filter(|of| lacks(of)).map(container_name).collect();
    let whose = if lacking.len() == 1 { "container" } else { "containers" };
    let message = format!(
        "{whose} {} requests no {resource}, so its share is unknown and the number of pods never changes",
        listed(&lacking)
    );
    let message = if lacking.len() == 1 { message } else { message.replace(" requests no ", " request no ") };
    let fix = format!("set `resources.requests.{resource}` of {}", listed(&lacking));
    (!lacking.is_empty()).then(|| RULE.concern(field, message, fix))
}
