//! A webhook may keep its own pods from starting.

use crate::kube::Field;
use crate::lint::cx::Cx;
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A webhook for all pods that lets nothing pass when it is away.
pub static RULE: Rule = Rule {
    id: "webhook-may-block-cluster",
    group: Group::Security,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "webhook that may block the cluster",
    docs: Docs {
        what: "A webhook that is called for every new pod, or for everything, lets nothing pass where it doesn't \
               answer (`failurePolicy: Fail`, which is the default), and has no `namespaceSelector`, `objectSelector` \
               or `matchConditions`.",
        why: "When its pods are gone no pod can be made any more, its own ones among them: somebody has to delete the \
              webhook by hand.",
        fix: "Leave out the release's namespace and `kube-system` by a `namespaceSelector`, or write `failurePolicy: \
              Ignore`.",
    },
    bad: "\
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata:
  name: web
webhooks:
  - name: web.example.com
    clientConfig: {url: \"https://web.example.com/check\"}
    rules: [{apiGroups: [\"\"], apiVersions: [v1], operations: [CREATE], resources: [pods]}]
    sideEffects: None
    admissionReviewVersions: [v1]
",
    good: "\
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata:
  name: web
webhooks:
  - name: web.example.com
    clientConfig: {url: \"https://web.example.com/check\"}
    rules: [{apiGroups: [\"\"], apiVersions: [v1], operations: [CREATE], resources: [pods]}]
    sideEffects: None
    admissionReviewVersions: [v1]
    namespaceSelector:
      matchExpressions:
        - {key: kubernetes.io/metadata.name, operator: NotIn, values: [kube-system, default]}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for kind in ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"] {
        for configuration in cx.of_kind("admissionregistration.k8s.io", kind) {
            let is_beta = configuration.object.gvk().version == "v1beta1";
            for hook in configuration.object.root().get("webhooks").items() {
                report.leading(configuration, concern(&hook, is_beta).into_iter().collect());
            }
        }
    }
}

/// The fault, if the webhook has it. In the beta the default was to let everything pass.
fn concern(hook: &Field, is_beta: bool) -> Option<Concern> {
    let policy = hook.get("failurePolicy");
    let is_strict = policy.is("Fail") || !policy.is_present() && !is_beta;
    let is_narrow = ["namespaceSelector", "objectSelector"].iter().any(|key| !hook.get(key).entries().is_empty())
        || !hook.get("matchConditions").items().is_empty();
    if !is_strict || is_narrow || !hook.get("rules").items().iter().any(is_about_pods) {
        return None;
    }
    let message = "while the webhook doesn't answer no pod can be made, not even its own".to_owned();
    let fix = "leave out its own namespace and `kube-system` by a `namespaceSelector`".to_owned();
    Some(RULE.concern(&hook.get("namespaceSelector"), message, fix))
}

/// Whether a rule is about new pods.
fn is_about_pods(rule: &Field) -> bool {
    let has =
        |key: &str, words: &[&str]| rule.get(key).items().iter().any(|item| words.iter().any(|word| item.is(word)));
    has("apiGroups", &["", "*"]) && has("operations", &["CREATE", "*"]) && has("resources", &["pods", "*", "*/*"])
}
