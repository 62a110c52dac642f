//! A container takes a port of its node.

use crate::kube::{Container, WorkloadKind};
use crate::lint::cx::{Cx, WorkloadSubject};
use crate::lint::report::{Concern, Report};
use crate::lint::rules::container_name;
use crate::lint::rules::scale::Scale;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A port with `hostPort`.
pub static RULE: Rule = Rule {
    id: "host-port",
    group: Group::Security,
    severity: Severity::Note,
    activation: Activation::On,
    title: "port of the node",
    docs: Docs {
        what: "A port with `hostPort`, in a pod that doesn't share the network of its node anyhow. Where a Deployment \
               or StatefulSet has several pods it is a warning.",
        why: "Only one pod on each node can have the port: further ones stay pending. Who reaches the node reaches the \
              container, past Services and network policies.",
        fix: "Remove `hostPort`, and make the pods reachable by a Service.",
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
          ports: [{containerPort: 8080, hostPort: 80}]
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
          ports: [{containerPort: 8080}]
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for (workload, container) in cx.containers() {
        if !workload.pod.get("hostNetwork").is_true() {
            for concern in concerns(cx, workload, &container) {
                report.leading(workload.subject, vec![concern]);
            }
        }
    }
}

/// The fault of each port.
fn concerns(cx: &Cx, workload: &WorkloadSubject, container: &Container) -> Vec<Concern> {
    let ports = container.get("ports").items().into_iter().map(|port| port.get("hostPort"));
    let taken = ports.filter_map(|port| Some((port.integer().filter(|number| *number != 0)?, port)));
    let concern = |(number, port)| {
        let name = container_name(container);
        let (severity, rest) = match pods(cx, workload) {
            Some(pods) => (Severity::Warning, format!(", and {pods} pods are asked for")),
            None => (RULE.severity, String::new()),
        };
        let message =
            format!("container `{name}` takes port {number} of its node: only one pod on each node can have it{rest}");
        Concern {
            severity,
            ..RULE.concern(&port, message, "remove `hostPort`; a Service makes it reachable".to_owned())
        }
    };
    taken.map(concern).collect()
}

/// How many pods there are, where that is more than one and nothing puts one on each node.
fn pods(cx: &Cx, workload: &WorkloadSubject) -> Option<i64> {
    let is_spread = matches!(workload.workload.kind, WorkloadKind::Deployment | WorkloadKind::StatefulSet);
    let pods = Scale::of(cx, workload).least;
    (is_spread && pods > 1).then_some(pods)
}
