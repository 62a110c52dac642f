//! A kind that nobody knows.

use std::collections::BTreeMap;

use super::fault::similar;
use crate::kube::schema::{Known, Schemas};
use crate::kube::{GroupVersionKind, Object};
use crate::lint::cx::{Cx, Subject};
use crate::lint::report::{Concern, Report};
use crate::lint::rules::deprecated_api;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A kind that Kubernetes doesn't bring along and the chart doesn't define.
pub static RULE: Rule = Rule {
    id: "schema-unknown-kind",
    group: Group::YamlSchema,
    severity: Severity::Note,
    activation: Activation::On,
    title: "kind that neither Kubernetes nor the chart brings along",
    docs: Docs {
        what: "An object of a kind that Kubernetes doesn't know and for which the chart has no CustomResourceDefinition. \
               A kind that is a mistyped one of Kubernetes, or has the wrong `apiVersion`, is an error.",
        why: "The object can only be installed where something else has brought the definition before. Its fields are \
              not checked here.",
        fix: "Say in the chart's documentation what must be installed first. Correct the kind where it is mistyped.",
    },
    bad: "\
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata:
  name: web
spec:
  selector:
    matchLabels: {app: web}
  endpoints: [{port: http}]
",
    good: "\
apiVersion: v1
kind: ConfigMap
metadata:
  name: web
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    let Some(schemas) = cx.faults().schemas() else { return };
    let mut unknown: BTreeMap<GroupVersionKind, Vec<Subject>> = BTreeMap::new();
    for subject in cx.subjects() {
        let is_unknown =
            cx.faults().known(subject.object) == Some(Known::Unknown) && subject.object.root().is_present();
        if is_unknown && !is_list(subject.object) {
            unknown.entry(subject.object.gvk()).or_default().push(subject);
        }
    }
    for (gvk, subjects) in unknown {
        // Each kind is told once.
        let Some(&first) = subjects.first() else { continue };
        report.leading(first, concern(schemas, &gvk, first.object, subjects.len(), cx).into_iter().collect());
    }
}

/// `List`, `RoleList`: what is in them is checked by its own kind.
fn is_list(object: &Object) -> bool {
    object.kind().ends_with("List") && object.at("items").value().as_list().is_some()
}

fn concern(schemas: &Schemas, gvk: &GroupVersionKind, object: &Object, count: usize, cx: &Cx) -> Option<Concern> {
    let field = object.at("kind");
    if gvk.kind.is_empty() || gvk.version.is_empty() {
        let missing = if gvk.kind.is_empty() { "kind" } else { "apiVersion" };
        let message = format!("an object has no `{missing}`: Helm can't install it");
        let fix = format!("add `{missing}`");
        return Some(Concern { severity: Severity::Error, ..RULE.concern(&object.at(missing), message, fix) });
    }
    if deprecated_api::is_gone(object, cx.config().kubernetes.minor) {
        return None;
    }
    let (first, _) = schemas.versions();
    let is_old =
        cx.config().kubernetes.minor < first && meant(schemas, gvk).is_some_and(|meant| meant.ends_with(&gvk.kind));
    if is_old || deprecated_api::is_known(object) {
        let message = format!(
            "the fields of {} {} are not checked: schemas are known from Kubernetes 1.{first} on",
            gvk.api_version(),
            gvk.kind
        );
        return Some(RULE.concern(&field, message, format!("choose Kubernetes 1.{first} to have them checked")));
    }
    let called = format!("{} {}", gvk.api_version(), gvk.kind);
    let meant = meant(schemas, gvk);
    // The groups of custom resources are domains.
    if meant.is_some() || !gvk.group.contains('.') {
        let message = format!("Kubernetes has no {called}: it can't be installed");
        let advice = meant.map_or_else(|| "correct the kind".to_owned(), |meant| format!("did you mean `{meant}`?"));
        let concern = RULE.concern(&field, message, advice);
        return Some(Concern { severity: Severity::Error, ..concern });
    }
    let others = if count > 1 { format!(" ({count} objects)") } else { String::new() };
    let message = format!("{called}{others} needs a CustomResourceDefinition that this chart doesn't bring along");
    let fix = "make sure that it is installed before; its fields are not checked here".to_owned();
    Some(RULE.concern(&field, message, fix))
}

/// Kubernetes' own kind that was meant, as `apiVersion kind`: another version or another group of the same kind, or a
/// mistyped kind of the same group. Groups of others' may have any kind.
fn meant(schemas: &Schemas, gvk: &GroupVersionKind) -> Option<String> {
    let kinds: Vec<(GroupVersionKind, String)> = schemas
        .kinds()
        .map(|(version, kind)| (GroupVersionKind::new(version, kind), format!("{version} {kind}")))
        .collect();
    if !kinds.iter().any(|(known, _)| known.group == gvk.group) {
        return None;
    }
    let same_kind = |(known, _): &&(GroupVersionKind, String)| known.kind.eq_ignore_ascii_case(&gvk.kind);
    let in_group = kinds.iter().filter(|(known, _)| known.group == gvk.group);
    let nearest = similar(&gvk.kind, in_group.clone().map(|(known, _)| known.kind.as_str()));
    let mistyped = || kinds.iter().find(|(known, _)| known.group == gvk.group && Some(known.kind.as_str()) == nearest);
    let found = in_group.clone().find(same_kind).or_else(mistyped).or_else(|| kinds.iter().find(same_kind));
    found.map(|(_, written)| written.clone())
}
