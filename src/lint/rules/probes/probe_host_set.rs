//! A probe asks another host than the pod.

use super::probe::{Probe, handler, probes};
use crate::lint::cx::Cx;
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A `host` in a probe of a pod with a network of its own.
pub static RULE: Rule = Rule {
    id: "probe-host-set",
    group: Group::Probes,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "probe that asks another host than the pod",
    docs: Docs {
        what: "An `httpGet` or `tcpSocket` probe with `host`, in a pod without `hostNetwork`.",
        why: "The kubelet, on the node, asks that host instead of the pod: `127.0.0.1` means the node. The probe then \
              says nothing of this pod.",
        fix: "Remove `host`. If the server needs a name, send it in `httpHeaders` as `Host`.",
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
          readinessProbe:
            httpGet: {host: 127.0.0.1, path: /, port: 80}
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
          readinessProbe:
            httpGet: {path: /, port: 80}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for probe in probes(cx) {
        report.leading(probe.workload.subject, concern(&probe).into_iter().collect());
    }
}

/// The fault, if the probe has it.
fn concern(probe: &Probe) -> Option<Concern> {
    if probe.workload.pod.get("hostNetwork").is_true() {
        return None;
    }
    let (_, handler) = handler(&probe.field)?;
    let field = handler.get("host");
    let host = field.string().filter(|host| !host.is_empty())?;
    let message = format!("the {} asks the host `{host}` from the node, not the pod", probe.title);
    Some(RULE.concern(&field, message, "remove `host`; a name for the server belongs in httpHeaders".to_owned()))
}
