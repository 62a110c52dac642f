//! A file among the templates has an ending that templates don't have.

use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A file in `templates/` with another ending.
pub static RULE: Rule = Rule {
    id: "template-extension-invalid",
    group: Group::Chart,
    severity: Severity::Error,
    activation: Activation::On,
    title: "template with an unusual ending",
    docs: Docs {
        what: "A file in `templates/` whose name ends in something else than `.yaml`, `.yml`, `.tpl` or `.txt`. \
               Templates of the Jinja dialect, `.j2`, are left alone.",
        why: "Every file there is rendered, and what it prints is sent to Kubernetes; `helm lint` fails.",
        fix: "Move it to another folder, such as `files/`.",
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
-- templates/README.md --
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
-- files/README.md --
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    let Some(manifest) = cx.manifest() else { return };
    let Some(scene) = cx.scene() else { return };
    for template in scene.background.inputs.own_templates() {
        let Some(path) = scene.sources.files.get(*template).map(|file| &file.path) else { continue };
        let name = path.rsplit('/').next().unwrap_or_default();
        let ending = name.rfind('.').and_then(|at| name.get(at..)).unwrap_or_default();
        if !matches!(ending, ".yaml" | ".yml" | ".tpl" | ".txt" | ".j2") {
            let inside = path.strip_prefix(&*manifest.folder).unwrap_or(path);
            let message = format!("`{inside}` is rendered and sent to Kubernetes as templates are");
            let fix = "move it to another folder, such as `files/`".to_owned();
            report.in_file(scene.first_line(*template), RULE.severity, message, fix);
        }
    }
}
