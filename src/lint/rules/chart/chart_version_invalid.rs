//! The chart's version is missing or is none.

use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::semver::Version;
use crate::source::Severity;
use crate::value::Value;

/// A chart whose `version` is missing, or no version.
pub static RULE: Rule = Rule {
    id: "chart-version-invalid",
    group: Group::Chart,
    severity: Severity::Error,
    activation: Activation::On,
    title: "version that is none",
    docs: Docs {
        what: "A chart whose `version` is missing, no text, no version in the sense of SemVer, or not above \
               `0.0.0-0`.",
        why: "Helm refuses to load it, or `helm lint` fails. A number without quotes loses its zeros: `1.10` is \
              read as `1.1`.",
        fix: "Write three numbers: `version: 0.1.0`.",
    },
    bad: "\
-- Chart.yaml --
apiVersion: v2
name: web
version: one
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
    let (written, span) = (manifest.text("version"), manifest.field("version"));
    let (message, fix) = match manifest.value("version") {
        None | Some(Value::Nil) => {
            ("the chart has no `version`: Helm refuses to load it".to_owned(), "add `version: 0.1.0`")
        }
        Some(Value::String(_)) => match Version::parse(&written) {
            Err(_) => (
                format!("`{written}` is no version: Helm refuses to load the chart"),
                "write three numbers, such as `0.1.0`",
            ),
            Ok(version) if is_least(&version) => {
                (format!("`{written}` is the least version there is: `helm lint` fails"), "write `0.1.0`")
            }
            Ok(_) => return,
        },
        Some(_) => {
            (format!("`{written}` is no text: `helm lint` fails"), "put it into quotes, and write three numbers")
        }
    };
    report.in_file(span, RULE.severity, message, fix.to_owned());
}

/// Whether nothing is below it.
fn is_least(version: &Version) -> bool {
    (version.major(), version.minor(), version.patch(), version.prerelease()) == (0, 0, 0, "0")
}
