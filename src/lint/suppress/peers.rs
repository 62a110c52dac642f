//! Which rules of ours look at what a check of another linter looks at. Their annotations and configurations name
//! their checks; a rule that takes such a check's place is named in the same line.
//!
//! Held against their own test data these rules find what their authors expect, but for the following, on purpose:
//!
//! - Several faults of one thing are one finding, with the others beside it: a container without probes, a hostPath
//!   volume, a container that adds `NET_RAW` and drops nothing.
//! - `unset-cpu-requirements` takes a limit for a request, as Kubernetes does; kube-score wants both, and a limit of
//!   CPU, which throttles more than it protects. `unset-memory-requirements` is about request and limit: what Polaris'
//!   `memoryRequestsMissing` lets pass has no limit.
//! - `no-readiness-probe` looks at each container, as kube-linter does; to kube-score one in the pod is enough, and
//!   without a Service none is needed: there it is a hint.
//! - `pdb-blocks-eviction` finds a budget that asks for as many pods as there are, as kube-linter does; Polaris only
//!   one that asks for more.
//! - `privilege-escalation-container` finds what is `true`, as kube-linter does; Polaris also what isn't said.
//! - `no-anti-affinity` is about two pods or more; kube-score counts a `StatefulSet` that doesn't say how many as
//!   several, and Polaris asks it of a single pod.
//! - kube-linter's `schema-validation` skips kinds without a schema; ours says so, in a hint. `v1 Deployment`, which
//!   Polaris looks into, is no kind of Kubernetes: that is the finding.
//! - `removed-api` speaks of the Kubernetes that is asked for, the newest if none is; kube-score's `stable-version` of
//!   1.18 where none is, which still had `batch/v1beta1`.
//! - `security-profile-unconfined` finds a confinement that is switched off; Polaris' `linuxHardening` that a container
//!   has none of four, of which `no-seccomp-profile` asks for one.
//! - `minimum-three-replicas` and `hpa-minimum-replicas` ask for three, as kube-linter does; kube-score and Polaris for
//!   two.
//! - `non-isolated-pod` is content with a policy for one direction, as kube-linter is; kube-score and Polaris want both.
//! - `priority-class-name` finds a class that isn't Kubernetes' own, as kube-linter does; Polaris wants any.
//! - Of a binding to a role that isn't rendered `dangling-role-ref` speaks; to Polaris it might let one into pods.

/// A linter whose annotations are understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Peer {
    /// `StackRox`' kube-linter.
    KubeLinter,
    /// kube-score.
    KubeScore,
    /// Fairwinds' Polaris.
    Polaris,
}

impl Peer {
    /// All of them.
    const ALL: [Self; 3] = [Self::KubeLinter, Self::KubeScore, Self::Polaris];

    fn checks(self) -> &'static [(&'static str, &'static [&'static str])] {
        match self {
            Self::KubeLinter => KUBE_LINTER,
            Self::KubeScore => KUBE_SCORE,
            Self::Polaris => POLARIS,
        }
    }

    /// The rules of ours that look at what its check looks at.
    pub fn rules(self, check: &str) -> &'static [&'static str] {
        self.checks().iter().find(|(name, _)| *name == check).map_or(&[], |(_, rules)| rules)
    }

    /// Every rule that looks at what one of its checks looks at.
    pub fn all_rules(self) -> impl Iterator<Item = &'static str> {
        self.checks().iter().flat_map(|(_, rules)| rules.iter().copied())
    }
}

/// The rules that go by a name here or in another linter.
pub fn rules_named(name: &str) -> Vec<&'static str> {
    let own = crate::lint::rule(name).map(|rule| rule.id);
    let foreign = Peer::ALL.iter().flat_map(|peer| peer.rules(name).iter().copied());
    let mut rules: Vec<_> = own.into_iter().chain(foreign.filter(|id| crate::lint::rule(id).is_some())).collect();
    rules.sort_unstable();
    rules.dedup();
    rules
}

const KUBE_LINTER: &[(&str, &[&str])] = &[
    ("access-to-create-pods", &["access-to-create-pods"]),
    ("access-to-secrets", &["access-to-secrets"]),
    ("cluster-admin-role-binding", &["cluster-admin-role-binding"]),
    ("dangling-horizontalpodautoscaler", &["dangling-horizontalpodautoscaler"]),
    ("dangling-ingress", &["dangling-ingress", "dangling-ingress-port"]),
    ("dangling-networkpolicy", &["dangling-networkpolicy"]),
    ("dangling-networkpolicypeer-podselector", &["dangling-networkpolicypeer-podselector"]),
    ("dangling-service", &["dangling-service", "service-without-selector"]),
    ("dangling-servicemonitor", &["dangling-servicemonitor"]),
    ("default-service-account", &["default-service-account"]),
    ("deprecated-service-account-field", &["deprecated-service-account-field"]),
    ("dnsconfig-options", &["dnsconfig-options"]),
    ("docker-sock", &["docker-sock"]),
    ("drop-net-raw-capability", &["drop-net-raw-capability"]),
    ("duplicate-env-var", &["duplicate-env-var"]),
    ("env-value-from", &["dangling-config-map", "dangling-secret", "dangling-key"]),
    ("env-var-secret", &["env-var-secret"]),
    ("exposed-services", &["exposed-services"]),
    ("host-ipc", &["host-ipc"]),
    ("host-network", &["host-network"]),
    ("host-pid", &["host-pid"]),
    ("hpa-minimum-three-replicas", &["hpa-minimum-replicas"]),
    ("invalid-target-ports", &["invalid-target-ports"]),
    ("job-ttl-seconds-after-finished", &["job-ttl-seconds-after-finished"]),
    ("latest-tag", &["latest-tag"]),
    ("liveness-port", &["probe-port-name-not-found", "probe-port-undeclared"]),
    ("minimum-three-replicas", &["minimum-three-replicas"]),
    ("mismatching-selector", &["mismatching-selector", "missing-selector"]),
    ("no-anti-affinity", &["no-anti-affinity"]),
    ("no-extensions-v1beta", &["removed-api"]),
    ("no-liveness-probe", &["no-liveness-probe"]),
    ("no-node-affinity", &["no-node-affinity"]),
    ("no-read-only-root-fs", &["no-read-only-root-fs"]),
    ("no-readiness-probe", &["no-readiness-probe"]),
    ("no-rolling-update-strategy", &["statefulset-on-delete", "no-rolling-update-strategy"]),
    ("non-existent-service-account", &["non-existent-service-account"]),
    ("non-isolated-pod", &["non-isolated-pod"]),
    ("pdb-max-unavailable", &["pdb-blocks-eviction"]),
    ("pdb-min-available", &["pdb-blocks-eviction"]),
    ("pdb-unhealthy-pod-eviction-policy", &["pdb-unhealthy-pod-eviction-policy"]),
    ("priority-class-name", &["priority-class-name"]),
    ("privilege-escalation-container", &["privilege-escalation-container"]),
    ("privileged-container", &["privileged-container"]),
    ("privileged-ports", &["privileged-ports"]),
    ("read-secret-from-env-var", &["read-secret-from-env-var"]),
    ("readiness-port", &["probe-port-name-not-found", "probe-port-undeclared"]),
    ("required-annotation-email", &["required-annotation-email"]),
    ("required-label-owner", &["required-label-owner"]),
    ("restart-policy", &["restart-policy"]),
    ("run-as-non-root", &["run-as-non-root", "run-as-root-conflict"]),
    ("scc-deny-privileged-container", &["scc-deny-privileged-container"]),
    ("schema-validation", &["schema-type", "schema-required", "schema-unknown-field", "schema-unknown-kind"]),
    ("sensitive-host-mounts", &["sensitive-host-mounts"]),
    ("sorted-keys", &["sorted-keys"]),
    ("ssh-port", &["ssh-port"]),
    ("startup-port", &["probe-port-name-not-found", "probe-port-undeclared"]),
    ("unsafe-proc-mount", &["unsafe-proc-mount"]),
    ("unsafe-sysctls", &["unsafe-sysctls"]),
    ("unset-cpu-requirements", &["unset-cpu-requirements"]),
    ("unset-memory-requirements", &["unset-memory-requirements"]),
    ("use-namespace", &["use-namespace"]),
    ("wildcard-in-rules", &["wildcard-in-rules"]),
    ("writable-host-mount", &["writable-host-mount"]),
];

const KUBE_SCORE: &[(&str, &[&str])] = &[
    ("container-cpu-requests-equal-limits", &["requests-not-equal-limits"]),
    ("container-ephemeral-storage-request-and-limit", &["unset-ephemeral-storage"]),
    ("container-ephemeral-storage-request-equals-limit", &["requests-not-equal-limits"]),
    ("container-image-pull-policy", &["image-pull-policy"]),
    ("container-image-tag", &["latest-tag"]),
    ("container-memory-requests-equal-limits", &["requests-not-equal-limits"]),
    ("container-ports-check", &["duplicate-port-name", "invalid-target-ports"]),
    ("container-resource-requests-equal-limits", &["requests-not-equal-limits"]),
    (
        "container-resources",
        &["unset-cpu-requirements", "unset-memory-requirements", "unset-cpu-limit", "no-containers"],
    ),
    ("container-seccomp-profile", &["no-seccomp-profile"]),
    ("container-security-context-privileged", &["privileged-container"]),
    ("container-security-context-readonlyrootfilesystem", &["no-read-only-root-fs"]),
    ("container-security-context-user-group-id", &["low-user-id", "missing-security-context"]),
    ("cronjob-has-deadline", &["cronjob-deadline"]),
    ("cronjob-restartpolicy", &["invalid-restart-policy"]),
    ("deployment-has-host-podantiaffinity", &["no-anti-affinity"]),
    ("deployment-has-poddisruptionbudget", &["no-pod-disruption-budget"]),
    ("deployment-pod-selector-labels-match-template-metadata-labels", &["mismatching-selector"]),
    ("deployment-replicas", &["minimum-three-replicas"]),
    ("deployment-strategy", &["no-rolling-update-strategy"]),
    ("deployment-targeted-by-hpa-does-not-have-replicas-configured", &["hpa-replicas-conflict"]),
    ("environment-variable-key-duplication", &["duplicate-env-var"]),
    ("horizontalpodautoscaler-has-target", &["dangling-horizontalpodautoscaler"]),
    ("horizontalpodautoscaler-replicas", &["hpa-minimum-replicas"]),
    ("ingress-targets-service", &["dangling-ingress", "dangling-ingress-port"]),
    ("label-values", &["invalid-label-value"]),
    ("networkpolicy-targets-pod", &["dangling-networkpolicy"]),
    ("pod-networkpolicy", &["non-isolated-pod"]),
    ("pod-probes", &["no-readiness-probe", "no-liveness-probe"]),
    ("pod-probes-identical", &["identical-probes"]),
    ("pod-topology-spread-constraints", &["topology-spread-invalid"]),
    ("poddisruptionbudget-has-policy", &["pdb-no-policy"]),
    ("service-targets-pod", &["service-target-port-not-found", "dangling-service"]),
    ("service-type", &["exposed-services"]),
    ("stable-version", &["removed-api", "deprecated-api"]),
    ("statefulset-has-host-podantiaffinity", &["no-anti-affinity"]),
    ("statefulset-has-poddisruptionbudget", &["no-pod-disruption-budget"]),
    (
        "statefulset-has-servicename",
        &[
            "statefulset-missing-service-name",
            "statefulset-service-not-found",
            "statefulset-service-not-headless",
            "statefulset-service-selector-mismatch",
        ],
    ),
    ("statefulset-pod-selector-labels-match-template-metadata-labels", &["mismatching-selector"]),
];

const POLARIS: &[(&str, &[&str])] = &[
    ("automountServiceAccountToken", &["service-account-token-automount"]),
    ("clusterrolePodExecAttach", &["access-to-pod-exec"]),
    ("clusterrolebindingClusterAdmin", &["cluster-admin-role-binding"]),
    ("clusterrolebindingPodExecAttach", &["access-to-pod-exec"]),
    ("cpuLimitsMissing", &["unset-cpu-limit"]),
    ("cpuRequestsMissing", &["unset-cpu-requirements"]),
    ("dangerousCapabilities", &["dangerous-capabilities"]),
    ("deploymentMissingReplicas", &["minimum-three-replicas"]),
    ("hostIPCSet", &["host-ipc"]),
    ("hostNetworkSet", &["host-network"]),
    ("hostPIDSet", &["host-pid"]),
    ("hostPathSet", &["docker-sock", "host-path-volume", "sensitive-host-mounts"]),
    ("hostPortSet", &["host-port"]),
    ("hostProcess", &["windows-host-process"]),
    ("hpaMaxAvailability", &["hpa-min-equals-max"]),
    ("hpaMinAvailability", &["hpa-minimum-replicas"]),
    ("insecureCapabilities", &["drop-all-capabilities"]),
    ("linuxHardening", &["security-profile-unconfined", "no-seccomp-profile"]),
    ("livenessProbeMissing", &["no-liveness-probe"]),
    ("memoryLimitsMissing", &["unset-memory-requirements"]),
    ("memoryRequestsMissing", &["unset-memory-requirements"]),
    ("metadataAndInstanceMismatched", &["recommended-labels"]),
    ("missingNetworkPolicy", &["non-isolated-pod"]),
    ("missingPodDisruptionBudget", &["no-pod-disruption-budget"]),
    ("notReadOnlyRootFilesystem", &["no-read-only-root-fs"]),
    ("pdbDisruptionsIsZero", &["pdb-blocks-eviction"]),
    ("pdbMinAvailableGreaterThanHPAMinReplicas", &["pdb-blocks-eviction"]),
    ("priorityClassNotSet", &["priority-class-name"]),
    ("privilegeEscalationAllowed", &["privilege-escalation-container"]),
    ("procMount", &["unsafe-proc-mount"]),
    ("pullPolicyNotAlways", &["image-pull-policy"]),
    ("readinessProbeMissing", &["no-readiness-probe"]),
    ("rolePodExecAttach", &["access-to-pod-exec"]),
    ("rolebindingClusterAdminClusterRole", &["cluster-admin-role-binding"]),
    ("rolebindingClusterAdminRole", &["cluster-admin-role-binding"]),
    ("rolebindingClusterRolePodExecAttach", &["access-to-pod-exec"]),
    ("rolebindingRolePodExecAttach", &["access-to-pod-exec"]),
    ("runAsPrivileged", &["privileged-container"]),
    ("runAsRootAllowed", &["run-as-non-root"]),
    ("sensitiveConfigmapContent", &["secret-in-config-map"]),
    ("sensitiveContainerEnvVar", &["env-var-secret"]),
    ("tagNotSpecified", &["latest-tag"]),
    ("tlsSettingsMissing", &["ingress-without-tls"]),
    ("topologySpreadConstraint", &["no-anti-affinity"]),
];
