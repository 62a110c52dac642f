//! A label or an entry of a map of texts is no text.

use super::text::not_text;
use crate::kube::{Field, Object, Workload, WorkloadKind};
use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A number or a truth value where Kubernetes takes texts only.
pub static RULE: Rule = Rule {
    id: "non-string-metadata-value",
    group: Group::Values,
    severity: Severity::Error,
    activation: Activation::On,
    title: "label, annotation or entry that is no text",
    docs: Docs {
        what: "A label, an annotation, an entry of a `nodeSelector` or of `matchLabels`, or one of the `data` of a \
               ConfigMap or of the `stringData` of a Secret that is a number or a boolean.",
        why: "The API server refuses the whole object. In YAML `1.10`, `true` and `on` are no texts unless they are \
              quoted.",
        fix: "Write `{{ … | quote }}` in the template.",
    },
    bad: "\
apiVersion: v1
kind: ConfigMap
metadata:
  name: web
  labels: {app: web, version: 1.1}
",
    good: "\
apiVersion: v1
kind: ConfigMap
metadata:
  name: web
  labels: {app: web, version: \"1.1\"}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for subject in cx.subjects() {
        for map in maps(subject.object) {
            for (key, entry) in map.entries() {
                if let Some(kind) = not_text(&entry) {
                    let message = format!("`{key}` is {kind}, not a text: the API server refuses it");
                    let concern = RULE.concern(&entry, message, "write `| quote` in the template".to_owned());
                    report.leading(subject, vec![concern]);
                }
            }
        }
    }
}

/// The maps of an object in which every entry is a text.
fn maps(object: &Object) -> Vec<Field> {
    let mut maps = metadata(&object.metadata()).to_vec();
    if let Some(workload) = Workload::of(object) {
        if workload.kind != WorkloadKind::Pod {
            maps.extend(metadata(&workload.template().get("metadata")));
            maps.push(object.at("spec.selector.matchLabels"));
        }
        maps.push(workload.pod().get("nodeSelector"));
    }
    let gvk = object.gvk();
    if gvk.is("", "ConfigMap") {
        maps.push(object.at("data"));
    } else if gvk.is("", "Secret") {
        maps.push(object.at("stringData"));
    } else if gvk.is("", "Service") {
        maps.push(object.at("spec.selector"));
    }
    maps
}

fn metadata(metadata: &Field) -> [Field; 2] {
    ["labels", "annotations"].map(|key| metadata.get(key))
}
