//! A container wants to hand its mounts to the node and has no right to.

use crate::kube::{Container, Field};
use crate::lint::cx::Cx;
use crate::lint::report::{Concern, Report};
use crate::lint::rules::container_name;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A mount with `Bidirectional` propagation in a container that isn't privileged.
pub static RULE: Rule = Rule {
    id: "bidirectional-mount-not-privileged",
    group: Group::Storage,
    severity: Severity::Error,
    activation: Activation::On,
    title: "Bidirectional mount in a container that is not privileged",
    docs: Docs {
        what: "An entry in `volumeMounts` with `mountPropagation: Bidirectional`, in a container whose \
               `securityContext.privileged` isn't `true`.",
        why: "What such a container mounts appears on the node. Only privileged containers may do that, and the API \
              server refuses the pod: `Bidirectional mount propagation is available only to privileged containers`.",
        fix: "Use `HostToContainer`, which is enough to see what the node mounts, or leave it out.",
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
          volumeMounts: [{name: data, mountPath: /data, mountPropagation: Bidirectional}]
      volumes:
        - name: data
          emptyDir: {}
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
          volumeMounts: [{name: data, mountPath: /data, mountPropagation: HostToContainer}]
      volumes:
        - name: data
          emptyDir: {}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for pods in cx.pods() {
        for container in pods.spec.all_containers() {
            if container.get("securityContext").get("privileged").is_true() {
                continue;
            }
            for mount in container.get("volumeMounts").items() {
                report.leading(pods.subject, concern(&container, &mount.get("mountPropagation")).into_iter().collect());
            }
        }
    }
}

/// The fault, if the mount has it.
fn concern(container: &Container, propagation: &Field) -> Option<Concern> {
    let message = format!(
        "container `{}` has a Bidirectional mount and isn't privileged: the API server refuses the pod",
        container_name(container)
    );
    let fix = "use `mountPropagation: HostToContainer`".to_owned();
    propagation.is("Bidirectional").then(|| RULE.concern(propagation, message, fix))
}
