//! A definition goes when the release goes.

use crate::lint::cx::{Cx, Subject};
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A definition that is a template.
pub static RULE: Rule = Rule {
    id: "crd-in-templates",
    group: Group::Chart,
    severity: Severity::Note,
    activation: Activation::On,
    title: "definition that goes with the release",
    docs: Docs {
        what: "A CustomResourceDefinition in `templates/` without the annotation `helm.sh/resource-policy: keep`. \
               Where the chart has objects of that kind it is a warning.",
        why: "When the release is deleted the definition goes, and with it all objects of that kind in the whole \
              cluster. Objects of that kind in the same chart fail at the first installation: their kind isn't known \
              yet.",
        fix: "Move it to `crds/`, or keep it by the annotation.",
    },
    bad: "\
-- templates/things.yaml --
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: things.example.com
spec:
  group: example.com
  scope: Namespaced
  names: {plural: things, singular: thing, kind: Thing}
  versions:
    - name: v1
      served: true
      storage: true
      schema: {openAPIV3Schema: {type: object}}
",
    good: "\
-- crds/things.yaml --
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: things.example.com
spec:
  group: example.com
  scope: Namespaced
  names: {plural: things, singular: thing, kind: Thing}
  versions:
    - name: v1
      served: true
      storage: true
      schema: {openAPIV3Schema: {type: object}}
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
    if cx.scene().is_none() {
        return;
    }
    for definition in cx.of_kind("apiextensions.k8s.io", "CustomResourceDefinition") {
        report.leading(definition, concern(cx, definition).into_iter().collect());
    }
}

/// The fault, if the definition has it.
fn concern(cx: &Cx, definition: Subject) -> Option<Concern> {
    let (root, spec) = (definition.object.root(), definition.object.spec());
    let (group, kind) = (spec.get("group").string()?, spec.at("names.kind").string()?);
    let is_one = |subject: &Subject| {
        let gvk = subject.object.gvk();
        gvk.kind == kind && gvk.group == group
    };
    let field = root.get("kind");
    if let Some(object) = cx.subjects().find(is_one) {
        let message = format!(
            "{kind} `{}` is in the same chart: the first installation fails, for the kind isn't known yet",
            object.object.name()
        );
        let fix = "move the definition to `crds/`".to_owned();
        return Some(Concern { severity: Severity::Warning, ..RULE.concern(&field, message, fix) });
    }
    let policy = definition.object.metadata().get("annotations").get("helm.sh/resource-policy");
    let message = format!("when the release goes, so does the definition, and every {kind} of the cluster with it");
    let fix = "move it to `crds/`, or annotate it with `helm.sh/resource-policy: keep`".to_owned();
    (!policy.is("keep")).then(|| RULE.concern(&field, message, fix))
}
