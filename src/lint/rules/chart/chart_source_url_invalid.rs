//! An entry of `sources` is no URL.

use crate::helm::Helm;
use crate::helm_lint::is_request_url;
use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// An entry of `sources` that is no URL.
pub static RULE: Rule = Rule {
    id: "chart-source-url-invalid",
    group: Group::Chart,
    severity: Severity::Error,
    activation: Activation::On,
    title: "source that is no address",
    docs: Docs {
        what: "An entry of `sources` in Chart.yaml that is no URL with a scheme.",
        why: "`helm lint` fails, and catalogues show a link that leads nowhere.",
        fix: "Write `https://…`.",
    },
    bad: "\
-- Chart.yaml --
apiVersion: v2
name: web
version: 1.0.0
sources: [example.com/web]
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
sources: [\"https://example.com/web\"]
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
    for (at, source) in manifest.items("sources").iter().enumerate() {
        let written = source.as_text().map(|text| text.to_str().into_owned()).unwrap_or_default();
        if !is_request_url(&written, Helm::Four) {
            let message = format!("`{written}` is no URL: `helm lint` fails");
            report.in_file(manifest.item("sources", at), RULE.severity, message, "write `https://…`".to_owned());
        }
    }
}
