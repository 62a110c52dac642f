//! An object whose name is not allowed.

use super::names::{label_fault, subdomain_fault};
use crate::kube::Object;
use crate::lint::cx::Cx;
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A name that breaks the rules of its kind.
pub static RULE: Rule = Rule {
    id: "invalid-object-name",
    group: Group::Reliability,
    severity: Severity::Error,
    activation: Activation::On,
    title: "name that is not allowed",
    docs: Docs {
        what: "An object whose `metadata.name` is no name of its kind. Most take lower-case letters, digits, dashes \
               and dots, up to 253; Services and Namespaces no dots and up to 63, and the name of a Service begins \
               with a letter up to Kubernetes 1.33.",
        why: "The API server refuses the object.",
        fix: "Mend the name in the template that makes it: `lower | replace \"_\" \"-\" | trunc 63 | trimSuffix \
              \"-\"`.",
    },
    bad: "\
apiVersion: v1
kind: ConfigMap
metadata:
  name: web_config
",
    good: "\
apiVersion: v1
kind: ConfigMap
metadata:
  name: web-config
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for subject in cx.subjects() {
        report.leading(subject, concern(cx, subject.object).into_iter().collect());
    }
}

/// The fault, if the object has it. Of kinds that Kubernetes doesn't bring along the same is expected as of most.
fn concern(cx: &Cx, object: &Object) -> Option<Concern> {
    let field = object.metadata().get("name");
    let name = field.string().filter(|name| !name.is_empty())?;
    let gvk = object.gvk();
    let why = if gvk.group == "rbac.authorization.k8s.io" {
        // Any part of a path: `system:node` is a role.
        let is_part = name != "." && name != ".." && !name.contains(['/', '%']);
        (!is_part).then(|| "a name here has no `/` and no `%`".to_owned())
    } else if gvk.is("", "Service") && cx.config().kubernetes.minor < 34 {
        label_fault(&name).or_else(|| (!begins_with_letter(&name)).then(|| "it begins with a digit".to_owned()))
    } else if gvk.is("", "Service") || gvk.is("", "Namespace") {
        label_fault(&name)
    } else if gvk.is("apps", "StatefulSet") || gvk.is("batch", "CronJob") {
        // Their names have rules of their own.
        None
    } else {
        subdomain_fault(&name)
    }?;
    let fix = "mend it in the template: `lower | replace \"_\" \"-\" | trunc 63 | trimSuffix \"-\"`".to_owned();
    Some(RULE.concern(&field, format!("the name `{name}` is refused: {why}"), fix))
}

fn begins_with_letter(name: &str) -> bool {
    name.bytes().next().is_some_and(|byte| byte.is_ascii_lowercase())
}
