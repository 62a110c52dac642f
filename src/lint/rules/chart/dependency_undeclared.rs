//! A chart stands in `charts/` and `Chart.yaml` doesn't name it.

use super::dependencies::asked_for;
use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A chart in `charts/` that `Chart.yaml` doesn't name.
pub static RULE: Rule = Rule {
    id: "dependency-undeclared",
    group: Group::Chart,
    severity: Severity::Error,
    activation: Activation::On,
    title: "chart that nobody asks for",
    docs: Docs {
        what: "A chart in `charts/` that `dependencies` doesn't name.",
        why: "Helm installs it all the same, `helm dependency build` removes it, and `helm lint` fails.",
        fix: "Name it in `dependencies`, or remove it.",
    },
    bad: "\
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
-- charts/db/Chart.yaml --
apiVersion: v2
name: db
version: 1.0.0
",
    good: "\
-- Chart.yaml --
apiVersion: v2
name: web
version: 1.0.0
icon: https://example.com/web.svg
dependencies: [{name: db, version: 1.0.0}]
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  a: \"1\"
-- charts/db/Chart.yaml --
apiVersion: v2
name: db
version: 1.0.0
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    let Some(manifest) = cx.manifest() else { return };
    let Some(scene) = cx.scene() else { return };
    let asked = asked_for(cx);
    for (_, file) in scene.sources.files.iter() {
        let inside = file.path.strip_prefix(&*manifest.folder).and_then(|path| path.strip_prefix("charts/"));
        let Some(name) = inside.and_then(|path| path.strip_suffix("/Chart.yaml")).filter(|name| !name.contains('/'))
        else {
            continue;
        };
        if !asked.iter().any(|known| known == name) {
            let message =
                format!("`{name}` stands in `charts/`, and `dependencies` doesn't name it: `helm lint` fails");
            let fix = "name it in `dependencies`, or remove it".to_owned();
            report.in_file(manifest.field("dependencies"), RULE.severity, message, fix);
        }
    }
}
