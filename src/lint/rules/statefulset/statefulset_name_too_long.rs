//! The name is too long for the label that pods get.

use crate::kube::WorkloadKind;
use crate::lint::cx::{Cx, WorkloadSubject};
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A `StatefulSet` whose pods can't be labelled with their revision.
pub static RULE: Rule = Rule {
    id: "statefulset-name-too-long",
    group: Group::Statefulset,
    severity: Severity::Error,
    activation: Activation::On,
    title: "name too long for its pods",
    docs: Docs {
        what: "A StatefulSet whose name has more than 52 characters.",
        why: "Its pods get the label `controller-revision-hash`: the name, a dash and up to ten digits. The value of a \
              label has at most 63 characters, so with a longer name no pod ever starts.",
        fix: "Cut the name in the helper that makes it: `trunc 52 | trimSuffix \"-\"`. A longer name of the release \
              makes it longer, too.",
    },
    bad: "\
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: a-release-with-quite-a-long-name-and-its-chart-likewise
spec:
  serviceName: web
  replicas: 3
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: web:1.0
          readinessProbe: {tcpSocket: {port: 80}}
",
    good: "\
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: a-release-with-quite-a-long-name-and-its-chart
spec:
  serviceName: web
  replicas: 3
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: web:1.0
          readinessProbe: {tcpSocket: {port: 80}}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for set in cx.workloads_of(WorkloadKind::StatefulSet) {
        report.leading(set.subject, concern(set).into_iter().collect());
    }
}

/// The fault, if the name has it.
fn concern(set: &WorkloadSubject) -> Option<Concern> {
    let field = set.subject.object.metadata().get("name");
    let length = field.string().map_or(0, |name| name.len());
    let message = format!(
        "the name has {length} characters, and with more than {LONGEST} the label of its pods' revision is too long: \
         none is ever made"
    );
    (length > LONGEST).then(|| RULE.concern(&field, message, format!("cut it: `trunc {LONGEST} | trimSuffix \"-\"`")))
}

const LONGEST: usize = 52;
