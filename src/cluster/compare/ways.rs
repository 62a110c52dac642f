//! The strategies that are compared: the manifests, and what is done with them.

use super::super::release::Manifest;
use crate::kube::Object;

/// A strategy.
pub struct Way {
    /// What it is called.
    pub title: &'static str,
    /// What is special about it.
    pub sentence: &'static str,
    /// What is set for it.
    pub settings: &'static str,
    /// The manifests at a stage, of so many pods.
    make: fn(usize, usize) -> Vec<String>,
    /// What is done.
    pub deeds: &'static [Deed],
}

/// Something that is done for an update.
#[derive(Clone, Copy, Debug)]
pub enum Deed {
    /// `helm upgrade` to the manifests of a stage, which is called so.
    Upgrade(usize, &'static str),
    /// Somebody looks for a while whether all is well.
    Look,
    /// Somebody deletes each pod, the last one first.
    DeleteEach,
}

impl Way {
    /// The manifests at a stage.
    pub fn manifests(&self, replicas: usize, stage: usize) -> Vec<Manifest> {
        let texts = (self.make)(replicas, stage);
        let object = |(document, text): (usize, String)| {
            let object = Object::read(text.as_bytes()).ok()?;
            Some(Manifest { document, object, hook: None })
        };
        texts.into_iter().enumerate().filter_map(object).collect()
    }
}

const UPGRADE: &[Deed] = &[Deed::Upgrade(1, "helm upgrade")];

/// The strategies, in the order of the course notes.
pub const WAYS: &[Way] = &[
    Way {
        title: "StatefulSet, RollingUpdate",
        sentence: "One pod after the other, the last one first; each has to be Ready before the next goes.",
        settings: "updateStrategy.type: RollingUpdate",
        make: |replicas, stage| stateful_set(replicas, stage, "updateStrategy: {type: RollingUpdate}"),
        deeds: UPGRADE,
    },
    Way {
        title: "StatefulSet, RollingUpdate with a partition (canary)",
        sentence: "Only pods from the partition on are updated; the rest waits until the partition is taken back to 0.",
        settings: "updateStrategy.rollingUpdate.partition",
        make: |replicas, stage| {
            let partition = if stage < 2 { replicas.saturating_sub(1) } else { 0 };
            stateful_set(
                replicas,
                stage,
                &format!("updateStrategy: {{type: RollingUpdate, rollingUpdate: {{partition: {partition}}}}}"),
            )
        },
        deeds: &[
            Deed::Upgrade(1, "helm upgrade with a partition: the last pod is the canary"),
            Deed::Look,
            Deed::Upgrade(2, "helm upgrade with partition 0"),
        ],
    },
    Way {
        title: "StatefulSet, OnDelete",
        sentence: "Nothing happens until somebody deletes a pod; the one that takes its place is new.",
        settings: "updateStrategy.type: OnDelete",
        make: |replicas, stage| stateful_set(replicas, stage, "updateStrategy: {type: OnDelete}"),
        deeds: &[Deed::Upgrade(1, "helm upgrade"), Deed::Look, Deed::DeleteEach],
    },
    Way {
        title: "StatefulSet, Parallel with maxUnavailable",
        sentence: "Pods come and go without waiting for each other; of an update two go at a time.",
        settings: "podManagementPolicy: Parallel, updateStrategy.rollingUpdate.maxUnavailable: 2",
        make: |replicas, stage| {
            let settings = "podManagementPolicy: Parallel\n  \
                            updateStrategy: {type: RollingUpdate, rollingUpdate: {maxUnavailable: 2}}";
            stateful_set(replicas, stage, settings)
        },
        deeds: UPGRADE,
    },
    Way {
        title: "Deployment, RollingUpdate",
        sentence: "As it comes: up to a quarter more pods, up to a quarter fewer that serve.",
        settings: "strategy.rollingUpdate: maxSurge 25%, maxUnavailable 25%",
        make: |replicas, stage| deployment(replicas, stage, "strategy: {type: RollingUpdate}"),
        deeds: UPGRADE,
    },
    Way {
        title: "Deployment, RollingUpdate with a surge and none unavailable",
        sentence: "A new pod first, then an old one goes: there are never fewer than wanted.",
        settings: "strategy.rollingUpdate: maxSurge 1, maxUnavailable 0",
        make: |replicas, stage| {
            let settings = "strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}";
            deployment(replicas, stage, settings)
        },
        deeds: UPGRADE,
    },
    Way {
        title: "Deployment, RollingUpdate without a surge",
        sentence: "An old pod goes first, then a new one comes: there are never more than wanted.",
        settings: "strategy.rollingUpdate: maxSurge 0, maxUnavailable 1",
        make: |replicas, stage| {
            let settings = "strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 0, maxUnavailable: 1}}";
            deployment(replicas, stage, settings)
        },
        deeds: UPGRADE,
    },
    Way {
        title: "Deployment, Recreate",
        sentence: "All old pods go, then all new ones come: never two versions, and a moment without any.",
        settings: "strategy.type: Recreate",
        make: |replicas, stage| deployment(replicas, stage, "strategy: {type: Recreate}"),
        deeds: UPGRADE,
    },
    Way {
        title: "Blue/green with two Deployments",
        sentence: "The new version stands beside the old one in full; the Service is turned over at once.",
        settings: "two Deployments, and the Service's selector",
        make: blue_green,
        deeds: &[
            Deed::Upgrade(1, "helm upgrade: green is made"),
            Deed::Look,
            Deed::Upgrade(2, "helm upgrade: the Service selects green"),
            Deed::Look,
            Deed::Upgrade(3, "helm upgrade: blue is taken away"),
        ],
    },
    Way {
        title: "Canary with two Deployments",
        sentence: "One pod of the new version behind the same Service; when it does well, the rest follows.",
        settings: "two Deployments behind one Service",
        make: canary,
        deeds: &[
            Deed::Upgrade(1, "helm upgrade: one canary"),
            Deed::Look,
            Deed::Upgrade(2, "helm upgrade: all the others"),
            Deed::Upgrade(3, "helm upgrade: the canary is taken away"),
        ],
    },
];

fn stateful_set(replicas: usize, stage: usize, settings: &str) -> Vec<String> {
    let version = if stage == 0 { 1 } else { 2 };
    let settings = format!("serviceName: web\n  {settings}");
    vec![service("app: web"), workload("StatefulSet", "web", replicas, version, &settings, "web")]
}

fn deployment(replicas: usize, stage: usize, settings: &str) -> Vec<String> {
    let version = if stage == 0 { 1 } else { 2 };
    vec![service("app: web"), workload("Deployment", "web", replicas, version, settings, "web")]
}

fn blue_green(replicas: usize, stage: usize) -> Vec<String> {
    let turned = if stage < 2 { "blue" } else { "green" };
    let of = |name: &str, version| workload("Deployment", name, replicas, version, "paused: false", name);
    let mut texts = vec![service(&format!("track: {turned}"))];
    if stage < 3 {
        texts.push(of("blue", 1));
    }
    if stage > 0 {
        texts.push(of("green", 2));
    }
    texts
}

fn canary(replicas: usize, stage: usize) -> Vec<String> {
    let stable = if stage < 2 { 1 } else { 2 };
    let mut texts =
        vec![service("app: web"), workload("Deployment", "stable", replicas, stable, "paused: false", "stable")];
    if stage == 1 || stage == 2 {
        texts.push(workload("Deployment", "canary", 1, 2, "paused: false", "canary"));
    }
    texts
}

fn service(selector: &str) -> String {
    format!(
        "apiVersion: v1\nkind: Service\nmetadata: {{name: web}}\nspec:\n  clusterIP: None\n  selector: {{{selector}}}\n"
    )
}

/// Its pods are Ready five seconds after their start.
fn workload(kind: &str, name: &str, replicas: usize, version: usize, settings: &str, track: &str) -> String {
    format!(
        "apiVersion: apps/v1\nkind: {kind}\nmetadata: {{name: {name}}}\nspec:\n  replicas: {replicas}\n  {settings}\n  \
         selector: {{matchLabels: {{app: web, track: {track}}}}}\n  template:\n    \
         metadata: {{labels: {{app: web, track: {track}}}}}\n    spec:\n      containers:\n      - name: web\n        \
         image: web:{version}\n        \
         readinessProbe: {{httpGet: {{path: /, port: 80}}, initialDelaySeconds: 5, periodSeconds: 5}}\n"
    )
}
