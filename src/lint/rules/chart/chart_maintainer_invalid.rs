//! A maintainer without a name or with an address that is none.

use super::dependencies::field;
use crate::helm::Helm;
use crate::helm_lint::{is_email, is_url};
use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;
use crate::value::Value;

/// A maintainer who is empty, nameless, or whose addresses are none.
pub static RULE: Rule = Rule {
    id: "chart-maintainer-invalid",
    group: Group::Chart,
    severity: Severity::Error,
    activation: Activation::On,
    title: "maintainer whom nobody can reach",
    docs: Docs {
        what: "An entry of `maintainers` that is empty, has no `name`, or whose `email` or `url` is none.",
        why: "`helm lint` fails; an empty entry keeps Helm from loading the chart.",
        fix: "Give the name, and an address that can be used.",
    },
    bad: "\
-- Chart.yaml --
apiVersion: v2
name: web
version: 1.0.0
maintainers:
  - {name: Ann, email: ann at example.com}
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  a: \"1\"
",
    good: "\
-- Chart.yaml --
apiVersion: v2
name: web
version: 1.0.0
maintainers:
  - {name: Ann, email: ann@example.com}
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  a: \"1\"
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    let Some(manifest) = cx.manifest() else { return };
    for (at, maintainer) in manifest.items("maintainers").iter().enumerate() {
        if let Some((message, fix)) = fault(maintainer) {
            report.in_file(manifest.item("maintainers", at), RULE.severity, message, fix.to_owned());
        }
    }
}

fn fault(maintainer: &Value) -> Option<(String, &'static str)> {
    let text = |key: &str| field(maintainer, key).unwrap_or_default();
    let (name, email, url) = (text("name"), text("email"), text("url"));
    if maintainer.is_nil() {
        return Some(("this maintainer is empty: Helm refuses to load the chart".to_owned(), "remove the entry"));
    }
    if name.is_empty() {
        return Some(("this maintainer has no `name`: `helm lint` fails".to_owned(), "add `name`"));
    }
    if !email.is_empty() && !is_email(&email) {
        return Some((format!("`{email}` is no address of mail: `helm lint` fails"), "write one, or remove `email`"));
    }
    let is_bad = !url.is_empty() && !is_url(&url, Helm::Four);
    is_bad.then(|| (format!("`{url}` is no address: `helm lint` fails"), "write `https://…`, or remove `url`"))
}
