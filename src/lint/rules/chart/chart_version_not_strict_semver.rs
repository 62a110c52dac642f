//! A version that only Helm takes.

use crate::helm_lint::is_strict_version;
use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::semver::Version;
use crate::source::Severity;
use crate::value::Value;

/// A version that isn't written in full.
pub static RULE: Rule = Rule {
    id: "chart-version-not-strict-semver",
    group: Group::Chart,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "version that repositories refuse",
    docs: Docs {
        what: "A version that Helm understands though it isn't written as SemVer 2 wants it: `1.1`, `v1.2.3`, \
               `01.2.3`.",
        why: "Registries and other tools refuse it.",
        fix: "Write three numbers, without `v` and without zeros before them.",
    },
    bad: "\
-- Chart.yaml --
apiVersion: v2
name: web
version: v1.0.0
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
    let written = manifest.text("version");
    let is_text = matches!(manifest.value("version"), Some(Value::String(_)));
    let Some(version) = Version::parse(&written).ok().filter(|_| is_text && !is_strict_version(&written)) else {
        return;
    };
    let message = format!("`{written}` is no version in the sense of SemVer 2: registries refuse it");
    report.in_file(manifest.field("version"), RULE.severity, message, format!("write `{version}`"));
}
