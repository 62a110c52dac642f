//! A switch that isn't there.

use super::dependencies::{field, place};
use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::{Severity, Step};
use crate::value::Value;

/// A condition of a dependency that no value decides.
pub static RULE: Rule = Rule {
    id: "dependency-condition-undefined",
    group: Group::Chart,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "condition that nothing decides",
    docs: Docs {
        what: "A dependency whose `condition` names values of which none is there, or none is `true` or `false`.",
        why: "Helm then installs the chart, as if there was no condition: who looks for the switch in values.yaml \
              finds none.",
        fix: "Add the value to values.yaml.",
    },
    bad: "\
-- Chart.yaml --
apiVersion: v2
name: web
version: 1.0.0
icon: https://example.com/web.svg
dependencies: [{name: db, version: 1.0.0, condition: db.enabled}]
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
dependencies: [{name: db, version: 1.0.0, condition: db.enabled}]
-- values.yaml --
db: {enabled: true}
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
    let (Some(manifest), Some(scene)) = (cx.manifest(), cx.scene()) else { return };
    if !scene.background.failures.is_empty() {
        return;
    }
    for (at, item) in manifest.items("dependencies").iter().enumerate() {
        let Some(condition) = field(item, "condition") else { continue };
        let steps = |path: &str| -> Vec<Step> {
            let keys = std::iter::once("Values").chain(path.split('.'));
            keys.map(|key| Step::Key(key.into())).collect()
        };
        let mut paths = condition.trim().split(',').filter(|path| !path.is_empty());
        let inputs = &scene.background.inputs;
        let decides = |path: &str| matches!(inputs.value(&steps(path)), Some(Value::Bool(_)));
        let Some(first) = paths.next().filter(|first| !decides(first) && !paths.any(decides)) else { continue };
        let message = format!("`{first}` is no value that is true or false: the chart is installed whatever one sets");
        let message = match inputs.value(&steps(first)) {
            Some(_) => message,
            None => {
                format!("`{first}` isn't in values.yaml: the chart is installed unless somebody finds out and sets it")
            }
        };
        let fix = format!("add `{first}` to values.yaml");
        report.in_file(place(manifest, at, "condition"), RULE.severity, message, fix);
    }
}
