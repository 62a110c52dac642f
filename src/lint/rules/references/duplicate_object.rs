//! Two documents are the same object.

use std::collections::BTreeSet;

use crate::lint::cx::{Cx, Subject};
use crate::lint::index::Named;
use crate::lint::pods::{is_hook, title};
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// Two documents of the same kind, namespace and name.
pub static RULE: Rule = Rule {
    id: "duplicate-object",
    group: Group::References,
    severity: Severity::Error,
    activation: Activation::On,
    title: "two documents with the same name",
    docs: Docs {
        what: "Two rendered objects of the same group, kind, namespace and name. Hooks are left alone: they may follow \
               each other.",
        why: "They are one object to the cluster: the installation fails because the second one `already exists`, or \
              the second silently replaces the first.",
        fix: "Rename one of them. In loops, make the name depend on what the loop goes over; between a chart and its \
              subcharts, on the chart.",
    },
    bad: "\
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data: {mode: fast}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data: {mode: slow}
",
    good: "\
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data: {mode: fast}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings-slow
data: {mode: slow}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for same in cx.index().same_names() {
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let named = same.iter().filter(|named| is_one(named.subject) && !is_hook(named.subject));
        for named in named {
            if !seen.insert(&named.namespace) {
                report.leading(named.subject, vec![concern(named)]);
            }
        }
    }
}

/// Whether a kind and a name are written.
fn is_one(subject: Subject) -> bool {
    !subject.object.kind().is_empty() && !subject.object.name().is_empty()
}

/// The fault of the second of two.
fn concern(named: &Named) -> Concern {
    let object = named.subject.object;
    let place = match named.namespace.as_str() {
        "" => String::new(),
        namespace => format!(" in namespace `{namespace}`"),
    };
    let message =
        format!("{}{place} is rendered twice: the installation fails, or one replaces the other", title(named.subject));
    RULE.concern(&object.metadata().get("name"), message, "rename one of them, or remove it".to_owned())
}
