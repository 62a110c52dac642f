//! Images are pulled with a Secret that is not rendered.

use crate::kube::Field;
use crate::lint::cx::{Cx, Subject};
use crate::lint::nearest::likely;
use crate::lint::pods::title;
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A Secret for a registry that isn't rendered.
pub static RULE: Rule = Rule {
    id: "dangling-image-pull-secret",
    group: Group::References,
    severity: Severity::Note,
    activation: Activation::Off,
    title: "imagePullSecrets that are not rendered",
    docs: Docs {
        what: "An entry in `imagePullSecrets` of pods or of a ServiceAccount that names no Secret rendered in its \
               namespace.",
        why: "Where it isn't in the namespace already, images from the registry aren't pulled: `ImagePullBackOff`.",
        fix: "Say in the values that the Secret must be made before, or render it.",
    },
    bad: "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      imagePullSecrets: [{name: registry}]
      containers:
        - name: web
          image: web:1.0
",
    good: "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      imagePullSecrets: [{name: registry}]
      containers:
        - name: web
          image: web:1.0
---
apiVersion: v1
kind: Secret
metadata:
  name: registry
type: kubernetes.io/dockerconfigjson
stringData: {.dockerconfigjson: \"{}\"}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    let of_pods = cx.pods().iter().map(|pods| (pods.subject, pods.spec.get("imagePullSecrets")));
    let of_account = |account: Subject<'_>| account.object.root().get("imagePullSecrets");
    let of_accounts = cx.of_kind("", "ServiceAccount").map(|account| (account, of_account(account)));
    for (subject, secrets) in of_pods.chain(of_accounts) {
        for secret in secrets.items() {
            report.leading(subject, concern(cx, subject, &secret.get("name")).into_iter().collect());
        }
    }
}

/// The fault, if the name has it.
fn concern(cx: &Cx, subject: Subject, field: &Field) -> Option<Concern> {
    let name = field.string().filter(|name| !name.is_empty())?;
    let namespace = cx.namespace(subject.object);
    let is_there = cx.index().find("", "Secret", &namespace, &name).next().is_some();
    if is_there || cx.index().is_made_secret(&namespace, &name) {
        return None;
    }
    let message = format!("{} pulls images with Secret `{name}`, which isn't rendered", title(subject));
    let fix = match likely(&name, cx.index().names("", "Secret", &namespace)) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "render it, or say that it must be made before".to_owned(),
    };
    Some(RULE.concern(field, message, fix))
}
