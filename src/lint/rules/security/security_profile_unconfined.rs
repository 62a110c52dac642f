//! A pod switches its confinement off.

use crate::kube::Field;
use crate::lint::cx::{Cx, WorkloadSubject};
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A seccomp or `AppArmor` profile `Unconfined`.
pub static RULE: Rule = Rule {
    id: "security-profile-unconfined",
    group: Group::Security,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "confinement that is switched off",
    docs: Docs {
        what: "A pod or container whose `seccompProfile` or `appArmorProfile` is `Unconfined`, or a pod with an \
               annotation of AppArmor that says `unconfined`.",
        why: "The filter that keeps a program from calls to the kernel which it never needs is switched off: faults of \
              the kernel can be used from within.",
        fix: "Write `type: RuntimeDefault`.",
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
          securityContext: {seccompProfile: {type: Unconfined}}
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
          securityContext: {seccompProfile: {type: RuntimeDefault}}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for workload in cx.workloads() {
        for (field, what) in unconfined(workload) {
            let message = format!("{what} doesn't confine the program: every call to the kernel is open to it");
            let fix = "write `RuntimeDefault`".to_owned();
            report.leading(workload.subject, vec![RULE.concern(&field, message, fix)]);
        }
    }
}

/// Every profile that confines nothing, and what a sentence calls it.
fn unconfined(workload: &WorkloadSubject) -> Vec<(Field, &'static str)> {
    let own = workload.pod.get("securityContext");
    let containers: Vec<Field> =
        workload.pod.all_containers().iter().map(|container| container.get("securityContext")).collect();
    let mut found = Vec::new();
    for (key, what) in [("seccompProfile", "the seccomp profile"), ("appArmorProfile", "the AppArmor profile")] {
        let profiles: Vec<Field> = containers.iter().map(|context| context.get(key).get("type")).collect();
        // That of the pod is for containers without one.
        let is_used = profiles.iter().any(|profile| !profile.is_present());
        found.push((own.get(key).get("type"), what, is_used));
        found.extend(profiles.into_iter().map(|profile| (profile, what, true)));
    }
    let found = found.into_iter().filter(|(profile, _, is_used)| *is_used && profile.is("Unconfined"));
    let mut found: Vec<_> = found.map(|(profile, what, _)| (profile, what)).collect();
    let annotations = workload.workload.template().at("metadata.annotations").entries();
    let of_app_armor =
        annotations.into_iter().filter(|(key, value)| key.starts_with(APP_ARMOR) && value.is("unconfined"));
    found.extend(of_app_armor.map(|(_, value)| (value, "the AppArmor profile")));
    found
}

/// How the annotations begin that say what a container's profile is.
const APP_ARMOR: &str = "container.apparmor.security.beta.kubernetes.io/";
