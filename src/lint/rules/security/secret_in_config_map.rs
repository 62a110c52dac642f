//! A secret stands in a `ConfigMap`.

use super::env_var_secret::is_secret;
use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A key of a `ConfigMap` that is called a password and holds one.
pub static RULE: Rule = Rule {
    id: "secret-in-config-map",
    group: Group::Security,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "secret in a ConfigMap",
    docs: Docs {
        what: "A key in `data` of a ConfigMap that speaks of a password, secret, token, key or credential and whose \
               value is one line that could be it, or any value with a private key.",
        why: "ConfigMaps are readable by many, are not encrypted, and their content is printed without a thought.",
        fix: "Put it into a Secret.",
    },
    bad: "\
apiVersion: v1
kind: ConfigMap
metadata:
  name: web
data:
  DB_PASSWORD: hunter2
",
    good: "\
apiVersion: v1
kind: ConfigMap
metadata:
  name: web
data:
  DB_USER: web
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for settings in cx.of_kind("", "ConfigMap") {
        for (key, field) in settings.object.root().get("data").entries() {
            let Some(value) = field.string() else { continue };
            // A file whose name speaks of a password mostly says something about them.
            let name = key.to_lowercase().replace(['-', '.'], "_");
            let name = if value.trim_end().contains('\n') { "" } else { name.as_str() };
            if is_secret(name, value.trim()) {
                let message = format!("the value of `{key}` stands in a ConfigMap, where many may read it");
                let fix = "put it into a Secret".to_owned();
                report.leading(settings, vec![RULE.concern(&field, message, fix)]);
            }
        }
    }
}
