//! A key that stands in its map twice.

use super::fault::tail;
use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A key that is written more than once in the same map.
pub static RULE: Rule = Rule {
    id: "yaml-duplicate-key",
    group: Group::YamlSchema,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "key that is written twice",
    docs: Docs {
        what: "A key that stands more than once in the same map of a rendered manifest.",
        why: "The last one counts, and nobody is told: what the others say is lost. Other tools refuse such YAML.",
        fix: "Remove one of them. Where one comes from a helper or from the values, let the template leave out its own.",
    },
    bad: "\
apiVersion: v1
kind: ConfigMap
metadata:
  name: web
  labels:
    app: web
    tier: front
    app: shop
",
    good: "\
apiVersion: v1
kind: ConfigMap
metadata:
  name: web
  labels:
    app: shop
    tier: front
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for subject in cx.subjects() {
        for path in subject.object.written_twice() {
            let field = subject.object.field(&path);
            let around = path.parent().filter(|parent| !parent.is_root());
            let around = around.map_or_else(|| subject.object.kind(), |parent| format!("`{}`", tail(&parent)));
            let message = format!("`{}` stands twice in {around}: only the last one counts", tail(&path));
            let concern = RULE.concern(&field, message, "remove one of the two".to_owned());
            report.leading(subject, vec![concern]);
        }
    }
}
