//! A Service selects no pods.

use super::selectors::written;
use crate::kube::{Requirement, WorkloadKind};
use crate::lint::cx::{Cx, Service, WorkloadSubject};
use crate::lint::nearest::likely;
use crate::lint::pods::Pods;
use crate::lint::report::{Concern, Report};
use crate::lint::rules::listed;
use crate::lint::rules::statefulset::statefulset_service_selector_mismatch;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A Service whose selector no rendered pods satisfy.
pub static RULE: Rule = Rule {
    id: "dangling-service",
    group: Group::References,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "Service that selects no rendered pods",
    docs: Docs {
        what: "A Service with a selector which the pods of no rendered workload in its namespace satisfy. Labels that \
               controllers write count as had; of the headless Service of a StatefulSet that set's own rule speaks. It \
               is a hint only where custom resources are rendered, whose operators may make the pods; where the pods \
               only lack a label that a program may set at run time; or in a namespace other than the release's in \
               which nothing is rendered.",
        why: "Nobody answers: requests to the Service fail at once.",
        fix: "Use the same helper for the selector of the Service and the labels of the pods: `{{ include \
              \"chart.selectorLabels\" . }}`.",
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
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: {app: website}
  ports: [{name: http, port: 80}]
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
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: {app: web}
  ports: [{name: http, port: 80}]
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for service in cx.services() {
        let is_alias = service.object.at("spec.type").is("ExternalName");
        if !is_alias && !service.selector.is_empty() && !is_told_of_set(cx, service) {
            report.leading(service.subject, concern(cx, service).into_iter().collect());
        }
    }
}

/// Whether a `StatefulSet` names it as its headless Service: that its pods aren't selected is said there.
fn is_told_of_set(cx: &Cx, service: &Service) -> bool {
    let names_it = |set: &WorkloadSubject| {
        set.subject.object.at("spec.serviceName").is(&service.name)
            && cx.namespace(set.subject.object) == service.namespace
    };
    let is_its_matter = || cx.workloads_of(WorkloadKind::StatefulSet).any(names_it);
    cx.config().is_on(&statefulset_service_selector_mismatch::RULE) && service.is_headless() && is_its_matter()
}

/// The fault, if the Service has it.
fn concern(cx: &Cx, service: &Service) -> Option<Concern> {
    let (near, far): (Vec<_>, Vec<_>) = cx.pods().iter().partition(|pods| pods.namespace == service.namespace);
    let satisfies = |pods: &&&Pods| pods.satisfy(&service.selector);
    if near.iter().any(|pods| satisfies(&pods)) {
        return None;
    }
    let name = &service.name;
    let field = service.object.at("spec.selector");
    if let Some(pods) = far.iter().find(satisfies) {
        let message = format!(
            "Service `{name}` is in namespace `{}` and the pods of {} in `{}`: nobody answers",
            service.namespace,
            pods.title(),
            pods.namespace
        );
        return Some(RULE.concern(&field, message, "put both into the same namespace".to_owned()));
    }
    let nearest = near.iter().min_by_key(|pods| pods.distance(&service.selector));
    let unmet: Vec<&Requirement> = match nearest {
        Some(pods) => pods.unmet(&service.selector).collect(),
        None => service.selector.requirements().iter().collect(),
    };
    let listed = listed(&unmet.iter().map(|requirement| written(requirement)).collect::<Vec<_>>());
    let message = format!("no rendered pods have the labels that Service `{name}` asks for ({listed}): nobody answers");
    let is_expected =
        is_elsewhere(cx, service, near.is_empty()) || nearest.is_some_and(|pods| come_later(pods, service, &unmet));
    let usual = if is_expected { Severity::Note } else { RULE.severity };
    Some(Concern {
        severity: cx.weight_of_absence(usual),
        ..RULE.concern(&field, message, advice(nearest, service, &unmet))
    })
}

/// Whether the Service was put where others run: into a namespace of its own choice in which no pods are rendered.
fn is_elsewhere(cx: &Cx, service: &Service, is_alone: bool) -> bool {
    is_alone && service.namespace != cx.config().namespace
}

/// Whether the pods have some of the labels, and lack only such as a program may set on them when it runs:
/// `vault-active`, `role: master`.
fn come_later(pods: &Pods, service: &Service, unmet: &[&Requirement]) -> bool {
    let given = ["app", "name", "component", "release", "tier", "chart", "heritage", "instance", "k8s-app"];
    let is_given = |key: &str| given.contains(&key) || ["kubernetes.io/", "helm.sh/"].iter().any(|of| key.contains(of));
    let lacks =
        |requirement: &&Requirement| !pods.labels.get(&requirement.key).is_present() && !is_given(&requirement.key);
    unmet.len() < service.selector.requirements().len() && unmet.iter().all(lacks)
}

/// What the nearest pods have instead, where they may be meant: one label differs, or a value is nearly the same.
fn advice(nearest: Option<&&Pods>, service: &Service, unmet: &[&Requirement]) -> String {
    let meant = |pods: &&&Pods| {
        let is_like = |requirement: &&&Requirement| {
            let label = pods.labels.get(&requirement.key).string();
            let value = requirement.values.first();
            label.zip(value).is_some_and(|(label, value)| likely(value, [label.as_str()]).is_some())
        };
        let met = service.selector.requirements().len() - unmet.len();
        (unmet.len() == 1 && met > 0) || unmet.iter().any(|requirement| is_like(&requirement))
    };
    let has = |pods: &&Pods| {
        let label = |key: &str| Some(format!("{key}: {}", pods.labels.get(key).string()?));
        let labels: Vec<_> = unmet.iter().filter_map(|requirement| label(&requirement.key)).collect();
        (!labels.is_empty())
            .then(|| format!("did you mean the pods of {}? They have {}", pods.title(), listed(&labels)))
    };
    let found = nearest.filter(meant).and_then(has);
    found.unwrap_or_else(|| "use the same labels for the selector and the pods".to_owned())
}
