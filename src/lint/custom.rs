//! Custom resources: objects of kinds that Kubernetes doesn't bring along. Their operators may make any object.

use crate::kube::{GroupVersionKind, Object};

/// Whether an operator may make pods, Services and other objects of this one, which nobody sees in the rendering.
pub fn may_make_objects(gvk: &GroupVersionKind) -> bool {
    let makes_none = |(group, kinds): &(&str, &[&str])| {
        gvk.group == *group && (kinds.is_empty() || kinds.contains(&gvk.kind.as_str()))
    };
    !gvk.kind.is_empty() && !is_built_in(&gvk.group) && !MAKES_NONE.iter().any(makes_none)
}

/// Whether the object is a custom resource that holds the template of its pods where a Deployment does: an Argo
/// Rollout, a Knative Service.
pub fn has_pod_template(object: &Object, gvk: &GroupVersionKind) -> bool {
    !is_built_in(&gvk.group) && !object.at("spec.template.spec.containers").items().is_empty()
}

fn is_built_in(group: &str) -> bool {
    BUILT_IN.contains(&group)
}

/// The groups of Kubernetes itself.
const BUILT_IN: &[&str] = &[
    "",
    "admissionregistration.k8s.io",
    "apiextensions.k8s.io",
    "apiregistration.k8s.io",
    "apps",
    "auditregistration.k8s.io",
    "authentication.k8s.io",
    "authorization.k8s.io",
    "autoscaling",
    "batch",
    "certificates.k8s.io",
    "coordination.k8s.io",
    "discovery.k8s.io",
    "events.k8s.io",
    "extensions",
    "flowcontrol.apiserver.k8s.io",
    "internal.apiserver.k8s.io",
    "networking.k8s.io",
    "node.k8s.io",
    "policy",
    "rbac.authorization.k8s.io",
    "resource.k8s.io",
    "scheduling.k8s.io",
    "settings.k8s.io",
    "storage.k8s.io",
    "storagemigration.k8s.io",
];

/// Kinds of widespread operators of which no pods, Services or accounts are made; no kind named: none of the group's.
const MAKES_NONE: &[(&str, &[&str])] = &[
    ("apps.openshift.io", &["DeploymentConfig"]),
    ("argoproj.io", &["AnalysisTemplate", "ClusterAnalysisTemplate", "Rollout"]),
    ("autoscaling.k8s.io", &[]),
    ("bitnami.com", &["SealedSecret"]),
    ("cert-manager.io", &[]),
    ("certmanager.k8s.io", &[]),
    ("cilium.io", &[]),
    ("cloud.google.com", &["BackendConfig"]),
    ("crd.projectcalico.org", &[]),
    ("elbv2.k8s.aws", &[]),
    ("external-secrets.io", &[]),
    ("gateway.networking.k8s.io", &["GRPCRoute", "HTTPRoute", "ReferenceGrant", "TCPRoute", "TLSRoute", "UDPRoute"]),
    ("k8s.cni.cncf.io", &[]),
    ("keda.sh", &["ClusterTriggerAuthentication", "ScaledObject", "TriggerAuthentication"]),
    ("metrics.k8s.io", &[]),
    (
        "monitoring.coreos.com",
        &["AlertmanagerConfig", "PodMonitor", "Probe", "PrometheusRule", "ScrapeConfig", "ServiceMonitor"],
    ),
    ("networking.gke.io", &[]),
    ("networking.istio.io", &[]),
    ("route.openshift.io", &[]),
    ("secrets-store.csi.x-k8s.io", &[]),
    ("security.istio.io", &[]),
    ("security.openshift.io", &[]),
    ("snapshot.storage.k8s.io", &[]),
    ("traefik.containo.us", &[]),
    ("traefik.io", &[]),
];
