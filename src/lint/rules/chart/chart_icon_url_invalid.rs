//! `icon` is no URL.

use crate::helm::Helm;
use crate::helm_lint::is_request_url;
use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// An `icon` that is no URL.
pub static RULE: Rule = Rule {
    id: "chart-icon-url-invalid",
    group: Group::Chart,
    severity: Severity::Error,
    activation: Activation::On,
    title: "icon that is no address",
    docs: Docs {
        what: "An `icon` in Chart.yaml that is no URL with a scheme.",
        why: "`helm lint` fails, and no catalogue can show it.",
        fix: "Write `https://…` or `data:image/svg+xml;base64,…`.",
    },
    bad: "\
-- Chart.yaml --
apiVersion: v2
name: web
version: 1.0.0
icon: web.svg
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
icon: https://example.com/web.svg
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
    let icon = manifest.text("icon");
    if !icon.is_empty() && !is_request_url(&icon, Helm::Four) {
        let message = format!("`{icon}` is no URL: `helm lint` fails");
        report.in_file(manifest.field("icon"), RULE.severity, message, "write `https://…`".to_owned());
    }
}
