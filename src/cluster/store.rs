//! The store: every object there is, by kind, namespace and name. What the API server keeps in etcd.

use std::collections::BTreeMap;

use super::objects::{
    Claim, CronJob, DaemonSet, Deployment, Job, Key, Kind, Node, Plain, Pod, ReplicaSet, Service, StatefulSet,
    StorageClass, Volume,
};

/// Every object there is.
#[derive(Clone, Debug, Default)]
pub struct Store {
    /// Pods.
    pub pods: BTreeMap<Key, Pod>,
    /// `StatefulSet`s.
    pub stateful_sets: BTreeMap<Key, StatefulSet>,
    /// Deployments.
    pub deployments: BTreeMap<Key, Deployment>,
    /// `ReplicaSet`s.
    pub replica_sets: BTreeMap<Key, ReplicaSet>,
    /// `DaemonSet`s.
    pub daemon_sets: BTreeMap<Key, DaemonSet>,
    /// Jobs.
    pub jobs: BTreeMap<Key, Job>,
    /// `CronJob`s.
    pub cron_jobs: BTreeMap<Key, CronJob>,
    /// Services.
    pub services: BTreeMap<Key, Service>,
    /// Claims.
    pub claims: BTreeMap<Key, Claim>,
    /// Volumes.
    pub volumes: BTreeMap<Key, Volume>,
    /// Storage classes.
    pub classes: BTreeMap<Key, StorageClass>,
    /// Disruption budgets.
    pub budgets: BTreeMap<Key, Plain>,
    /// Nodes.
    pub nodes: BTreeMap<Key, Node>,
    /// Whatever else, by kind.
    pub others: BTreeMap<(String, Key), Plain>,
}

impl Store {
    /// The pods of an owner, by name.
    pub fn pods_of<'s>(&'s self, uid: &'s str) -> impl Iterator<Item = &'s Pod> {
        self.pods.values().filter(move |pod| pod.meta.is_owned_by(uid))
    }

    /// The pods of a namespace that use a claim.
    pub fn users<'s>(&'s self, claim: &'s Key) -> impl Iterator<Item = &'s Pod> {
        let is_user = |pod: &&Pod| pod.meta.key.namespace == claim.namespace && pod.uses(&claim.name);
        self.pods.values().filter(is_user)
    }

    /// Whether there is an object of that kind and uid.
    pub fn has(&self, kind: Kind, uid: &str) -> bool {
        match kind {
            Kind::Pod => self.pods.values().any(|pod| pod.meta.uid == uid),
            Kind::StatefulSet => self.stateful_sets.values().any(|set| set.meta.uid == uid),
            Kind::Deployment => self.deployments.values().any(|deployment| deployment.meta.uid == uid),
            Kind::ReplicaSet => self.replica_sets.values().any(|set| set.meta.uid == uid),
            Kind::DaemonSet => self.daemon_sets.values().any(|set| set.meta.uid == uid),
            Kind::Job => self.jobs.values().any(|job| job.meta.uid == uid),
            Kind::CronJob => self.cron_jobs.values().any(|job| job.meta.uid == uid),
            _ => false,
        }
    }
}
