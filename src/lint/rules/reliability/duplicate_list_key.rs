//! Two entries of a list with the same key.

use std::collections::BTreeSet;

use super::keyed::{Keyed, keyed_lists};
use super::resources::written;
use crate::kube::Field;
use crate::lint::cx::Cx;
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A list whose entries are told apart by a key, with the same key twice.
pub static RULE: Rule = Rule {
    id: "duplicate-list-key",
    group: Group::Reliability,
    severity: Severity::Error,
    activation: Activation::On,
    title: "two entries with the same key",
    docs: Docs {
        what: "Two entries with the same key in a list whose entries Kubernetes tells apart by it: ports of a \
               container or a Service by number and protocol, `imagePullSecrets` by name, `hostAliases` by address, \
               webhooks by name, … Lists that have a rule of their own are left out here.",
        why: "Helm 4 installs by server-side apply, which refuses such a list: `duplicate entries for key`. With Helm \
              3 the second entry is ignored, or both are merged.",
        fix: "Remove one of them. Where one comes from the values, let the template leave out its own.",
    },
    bad: "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: web:1.0
          ports:
            - {name: http, containerPort: 8080}
            - {name: metrics, containerPort: 8080}
",
    good: "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: web:1.0
          ports:
            - {name: http, containerPort: 8080}
            - {name: metrics, containerPort: 9090}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for (subject, list) in keyed_lists(cx) {
        let mut seen = BTreeSet::new();
        for item in list.field.items() {
            let Some(key) = key(&list, &item) else { continue };
            if !seen.insert(key.clone()) {
                report.leading(subject, vec![concern(&list, &item, &key)]);
            }
        }
    }
}

/// The key of an entry; `None` where it has none.
fn key(list: &Keyed, item: &Field) -> Option<Vec<String>> {
    let part = |&(name, default): &(&str, &str)| {
        let field = item.get(name);
        if field.is_present() {
            Some(written(&field))
        } else {
            Some(default.to_owned()).filter(|default| !default.is_empty())
        }
    };
    list.keys.iter().map(part).collect()
}

fn concern(list: &Keyed, item: &Field, key: &[String]) -> Concern {
    let names = list.keys.iter().map(|(name, _)| name);
    let parts: Vec<String> = names.zip(key).map(|(name, part)| format!("{name} {part}")).collect();
    let field = list.keys.first().map_or_else(|| item.clone(), |(name, _)| item.get(name));
    let message =
        format!("a second entry with {} in `{}`: Helm 4 refuses to install it", parts.join(" and "), list.name);
    RULE.concern(&field, message, "remove one of the two".to_owned())
}
