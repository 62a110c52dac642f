//! Pods that do not start anew when their configuration changes.

use crate::kube::{Container, Field, WorkloadKind};
use crate::lint::cx::{Cx, WorkloadSubject};
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// Pods that read a rendered `ConfigMap` or Secret once, when they start, and are not told of a change.
pub static RULE: Rule = Rule {
    id: "no-config-checksum",
    group: Group::Reliability,
    severity: Severity::Note,
    activation: Activation::On,
    title: "configuration whose change starts no pods anew",
    docs: Docs {
        what: "A Deployment, StatefulSet, DaemonSet or ReplicaSet whose containers take variables (or files, with \
               `subPath`) from a ConfigMap or Secret of the same rendering, and whose pods have no annotation with a \
               checksum.",
        why: "A changed value changes the ConfigMap, but not the pods: they run on with what they read when they \
              started.",
        fix: "Give the template of the pods an annotation such as `checksum/config: {{ include (print \
              $.Template.BasePath \"/configmap.yaml\") . | sha256sum }}`.",
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
          envFrom:
            - configMapRef: {name: web}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: web
data: {MODE: fast}
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
      annotations: {checksum/config: 0f1e}
    spec:
      containers:
        - name: web
          image: web:1.0
          envFrom:
            - configMapRef: {name: web}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: web
data: {MODE: fast}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for workload in cx.workloads().iter().filter(|workload| runs_on(workload.workload.kind)) {
        report.leading(workload.subject, concern(cx, workload).into_iter().collect());
    }
}

/// Whether its pods run on until their template changes.
fn runs_on(kind: WorkloadKind) -> bool {
    kind.is_long_running() && kind != WorkloadKind::Pod
}

/// The fault, if the workload has it: one, however many objects it reads.
fn concern(cx: &Cx, workload: &WorkloadSubject) -> Option<Concern> {
    let annotations = workload.workload.template().at("metadata.annotations");
    if annotations.entries().iter().any(|(key, value)| is_checksum(key, &value.string().unwrap_or_default())) {
        return None;
    }
    let containers = workload.pod.all_containers();
    let mut read = containers.iter().flat_map(|container| reads(workload, container));
    let (kind, name) = read.find(|(kind, name)| is_rendered(cx, workload, kind, name))?;
    let message = format!("the pods read {kind} `{name}` when they start: a change of it starts none of them anew");
    let fix = "give the pods an annotation with the checksum of what they read".to_owned();
    Some(RULE.concern(&annotations, message, fix))
}

fn is_checksum(key: &str, value: &str) -> bool {
    let key = key.to_lowercase();
    let is_digest = value.len() == 64 && value.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_digest || ["checksum", "sha256", "hash"].iter().any(|word| key.contains(word))
}

/// Kind and name of what a container reads only once.
fn reads(workload: &WorkloadSubject, container: &Container) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    let mut add = |kind, name: Field| found.extend(name.string().map(|name| (kind, name)));
    for source in container.get("envFrom").items() {
        add("ConfigMap", source.get("configMapRef").get("name"));
        add("Secret", source.get("secretRef").get("name"));
    }
    for variable in container.get("env").items() {
        add("ConfigMap", variable.at("valueFrom.configMapKeyRef.name"));
        add("Secret", variable.at("valueFrom.secretKeyRef.name"));
    }
    for mount in container.get("volumeMounts").items().iter().filter(|mount| mount.get("subPath").is_present()) {
        let volume = mount.get("name").string().and_then(|name| workload.pod.volume(&name));
        if let Some(volume) = volume {
            add("ConfigMap", volume.at("configMap.name"));
            add("Secret", volume.at("secret.secretName"));
        }
    }
    found
}

/// Whether an object is among the rendered ones, in the namespace of the workload.
fn is_rendered(cx: &Cx, workload: &WorkloadSubject, kind: &'static str, name: &str) -> bool {
    let namespace = cx.namespace(workload.subject.object);
    cx.of_kind("", kind).any(|subject| subject.object.name() == name && cx.namespace(subject.object) == namespace)
}
