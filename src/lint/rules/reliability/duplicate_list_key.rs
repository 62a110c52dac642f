//! Two entries of a list that should differ in their keys.

use crate::kube::schema::{Fault, FaultKind};
use crate::lint::cx::{Cx, Subject};
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, FieldValidation, Group, Rule};
use crate::source::{Severity, Step};

/// Two entries with the same key in a list whose entries Kubernetes tells apart by it.
pub static RULE: Rule = Rule {
    id: "duplicate-list-key",
    group: Group::Reliability,
    severity: Severity::Error,
    activation: Activation::On,
    title: "two entries with the same key",
    docs: Docs {
        what: "Two entries with the same key in a list whose entries Kubernetes tells apart by it: the ports of a \
               container by `containerPort` and `protocol`, volumes by `name`, mounts by `mountPath`. Variables have a \
               rule of their own, `duplicate-env-var`.",
        why: "Helm 4 installs by server-side apply, which refuses such a list: `duplicate entries for key`. Helm 3 lets \
              it pass, and an upgrade may change the wrong one of the two.",
        fix: "Remove one of them. Where one comes from the values, let the template leave out its own.",
    },
    bad: "\
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: {app: web}
  ports:
    - {name: http, port: 80, targetPort: 8080}
    - {name: web, port: 80, targetPort: 8081}
",
    good: "\
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: {app: web}
  ports:
    - {name: http, port: 80, targetPort: 8080}
    - {name: web, port: 81, targetPort: 8081}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for (index, fault) in cx.faults().built_in().chain(cx.faults().custom()) {
        if let Some(subject) = cx.subject(index) {
            report.leading(subject, concern(fault, subject, cx.config().validation).into_iter().collect());
        }
    }
}

fn concern(fault: &Fault, subject: Subject, validation: FieldValidation) -> Option<Concern> {
    let FaultKind::Duplicate { key, first } = &fault.kind else { return None };
    let list = fault.path.upwards().find_map(|step| match step {
        Step::Key(key) => Some(key.to_string()),
        Step::Index(_) => None,
    })?;
    if list == "env" {
        return None;
    }
    let written: Vec<String> = key.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    let (severity, result) = match validation {
        FieldValidation::Strict => (Severity::Error, "Helm 4 refuses to install it"),
        FieldValidation::Ignore => (Severity::Warning, "an upgrade may change the wrong one"),
    };
    let message =
        format!("two entries of `{list}` have `{}` ({first} and {}): {result}", written.join(", "), fault.path);
    let field = subject.object.field(&fault.path);
    let marked = key.first().map_or_else(|| field.clone(), |(name, _)| field.get(name));
    Some(Concern { severity, ..RULE.concern(&marked, message, "remove one of the two, or change its key".to_owned()) })
}
