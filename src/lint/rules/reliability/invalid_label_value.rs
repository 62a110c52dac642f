//! A label that Kubernetes does not take.

use super::names::{key_fault, value_fault};
use crate::kube::{Field, Object, Workload, WorkloadKind};
use crate::lint::cx::Cx;
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A label whose key or value breaks the rules.
pub static RULE: Rule = Rule {
    id: "invalid-label-value",
    group: Group::Reliability,
    severity: Severity::Error,
    activation: Activation::On,
    title: "label that is not allowed",
    docs: Docs {
        what: "A label of an object or of its pods, or one that a selector asks for, whose value has more than 63 \
               characters or others than letters, digits, dashes, underscores and dots, or whose key is no name.",
        why: "The API server refuses the object. Often it is `helm.sh/chart` with the `+` of a version in it.",
        fix: "Mend the value in the template: `replace \"+\" \"_\" | trunc 63 | trimSuffix \"-\"`.",
    },
    bad: "\
apiVersion: v1
kind: ConfigMap
metadata:
  name: web
  labels: {helm.sh/chart: web-1.0.0+build}
",
    good: "\
apiVersion: v1
kind: ConfigMap
metadata:
  name: web
  labels: {helm.sh/chart: web-1.0.0_build}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for subject in cx.subjects() {
        for labels in maps(subject.object) {
            for (key, value) in labels.entries() {
                report.leading(subject, concern(&key, &value).into_iter().collect());
            }
        }
    }
}

/// The labels of an object, of its pods, and those it selects by.
fn maps(object: &Object) -> Vec<Field> {
    let mut maps = vec![object.metadata().get("labels")];
    if let Some(workload) = Workload::of(object) {
        if workload.kind != WorkloadKind::Pod {
            maps.push(workload.pod_labels());
        }
        maps.push(object.at("spec.selector.matchLabels"));
    }
    if object.gvk().is("", "Service") {
        maps.push(object.at("spec.selector"));
    }
    maps
}

/// The fault, if the label has it.
fn concern(key: &str, value: &Field) -> Option<Concern> {
    if let Some(why) = key_fault(key) {
        let message = format!("`{key}` can't be the key of a label, for {why}: the API server refuses the object");
        return Some(RULE.concern(value, message, "mend the key".to_owned()));
    }
    let written = value.string()?;
    let why = value_fault(&written)?;
    let message = format!("`{written}` can't be the label `{key}`, for {why}: the API server refuses the object");
    let fix = "mend it in the template: `replace \"+\" \"_\" | trunc 63 | trimSuffix \"-\"`".to_owned();
    Some(RULE.concern(value, message, fix))
}
