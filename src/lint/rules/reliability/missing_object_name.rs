//! An object without a name.

use crate::kube::{Field, Object};
use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// An object whose `metadata.name` is missing or empty.
pub static RULE: Rule = Rule {
    id: "missing-object-name",
    group: Group::Reliability,
    severity: Severity::Error,
    activation: Activation::On,
    title: "object without a name",
    docs: Docs {
        what: "An object with neither `metadata.name` nor `metadata.generateName`.",
        why: "The API server refuses it. Usually a value that the name is made of is empty.",
        fix: "Give it a name, in which the name of the release keeps it apart from others.",
    },
    bad: "\
apiVersion: v1
kind: ConfigMap
metadata:
  name: \"\"
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
    for subject in cx.subjects().filter(|subject| is_object(subject.object)) {
        let metadata = subject.object.metadata();
        let name = metadata.get("name");
        // Of something else than text the schema speaks.
        let is_empty = |field: &Field| !field.is_present() || field.is("");
        if is_empty(&name) && is_empty(&metadata.get("generateName")) {
            let message = "the object has no name: the API server refuses it".to_owned();
            let fix = "set `metadata.name`, with the name of the release in it".to_owned();
            report.leading(subject, vec![RULE.concern(&name, message, fix)]);
        }
    }
}

/// Whether a document is an object with a name of its own; a list has none.
fn is_object(object: &Object) -> bool {
    let kind = object.kind();
    !kind.is_empty() && !kind.ends_with("List")
}
