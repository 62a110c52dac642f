//! A probe asks on a named port that the container does not have.

use super::probe::probes;
use crate::kube::{Container, Field};
use crate::lint::cx::Cx;
use crate::lint::nearest::nearest;
use crate::lint::report::{Concern, Report};
use crate::lint::rules::container_name;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A named port in a probe or a lifecycle hook that no port of the same container bears.
pub static RULE: Rule = Rule {
    id: "probe-port-name-not-found",
    group: Group::Probes,
    severity: Severity::Error,
    activation: Activation::On,
    title: "probe on a port name that the container does not have",
    docs: Docs {
        what: "A probe or a lifecycle hook of a container whose port is a name, and no entry of `ports` of the same \
               container has this name.",
        why: "Names of ports are looked up in this container only, not in its neighbours and not in a Service. An \
              unknown name makes every probe fail: the pod never becomes ready, or is killed again and again.",
        fix: "Use a name that the container declares, or the number of the port.",
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
          ports: [{name: http, containerPort: 8080}]
          readinessProbe:
            httpGet: {path: /, port: web}
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
          ports: [{name: http, containerPort: 8080}]
          readinessProbe:
            httpGet: {path: /, port: http}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for probe in probes(cx) {
        let handlers = ["httpGet", "tcpSocket"].map(|key| probe.field.get(key));
        for handler in handlers {
            let found = concern(&probe.container, &probe.title, &handler);
            report.leading(probe.workload.subject, found.into_iter().collect());
        }
    }
    for (workload, container) in cx.containers().filter(|(_, container)| container.is_long_running()) {
        for hook in ["postStart", "preStop"] {
            let title = format!("{hook} hook of container `{}`", container_name(&container));
            let found = concern(&container, &title, &container.get("lifecycle").get(hook).get("httpGet"));
            report.leading(workload.subject, found.into_iter().collect());
        }
    }
}

/// The fault, if what asks has it. Numbers written as text are another matter.
fn concern(container: &Container, title: &str, handler: &Field) -> Option<Concern> {
    let port = handler.get("port");
    let wanted = port.string().filter(|name| name.parse::<u32>().is_err())?;
    let names: Vec<String> =
        container.get("ports").items().iter().filter_map(|port| port.get("name").string()).collect();
    if names.contains(&wanted) {
        return None;
    }
    let fix = match nearest(&wanted, names.iter().map(String::as_str)) {
        Some(name) => format!("use `port: {name}`, which the container declares"),
        None => format!("declare a port named `{wanted}` in the container, or use its number"),
    };
    let message = format!("the {title} asks on port `{wanted}`, which the container doesn't declare: it always fails");
    Some(RULE.concern(&port, message, fix))
}
