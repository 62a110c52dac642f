//! Making objects.

use super::super::Cluster;
use super::super::controllers::volume_of;
use super::super::event::Source;
use super::super::objects::{
    Claim, ClaimPhase, CronJob, DaemonSet, Deployment, Job, Key, Kind, Meta, ObjectRef, Plain, ReplicaSet, Service,
    SetStatus, Spec, StatefulSet, StorageClass, Template, labels,
};
use super::super::pods::NewPod;
use crate::kube::{Field, Object};

impl Cluster {
    /// Makes an object. The error is the API server's.
    pub(in super::super) fn create(&mut self, source: Source, object: &Object) -> Result<Key, String> {
        let (kind, key) = (Kind::of(&object.gvk()), self.key(object));
        if self.exists(object) {
            let resource = if kind == Kind::Other { object.kind().to_lowercase() } else { super::plural(kind) };
            return Err(format!("{resource} \"{}\" already exists", key.name));
        }
        if let Some(refusal) = self.mistake(object) {
            let named = super::named(&key, object);
            return Err(format!("server-side apply failed for object {named}: {}", refusal.message(object)));
        }
        let spec = Spec { source, object: object.clone() };
        let mut meta = self.meta(kind, key.clone());
        meta.labels = labels(&object.metadata().get("labels"));
        let (about, because) = (reference(object, &meta), spec.because("kind"));
        let sentence = format!("{} {} is created", object.kind(), key.name);
        self.tell(about, sentence, Some(because), None);
        self.put(kind, meta, spec);
        Ok(key)
    }

    fn put(&mut self, kind: Kind, meta: Meta, spec: Spec) {
        let key = meta.key.clone();
        match kind {
            Kind::Pod => {
                let (template, labels) = (Template::at(&spec, ""), meta.labels);
                self.add_pod(NewPod { key, template, labels, owner: None, claims: Vec::new() });
            }
            Kind::StatefulSet => {
                let replicas = self.replicas(&spec.at("spec.replicas"), &meta);
                let (revisions, status) = (Vec::new(), SetStatus::default());
                self.store
                    .stateful_sets
                    .insert(key, StatefulSet { meta, spec, replicas, is_scaled_by_hand: false, revisions, status });
            }
            Kind::Deployment | Kind::ReplicaSet | Kind::DaemonSet | Kind::Job | Kind::CronJob => {
                self.put_workload(kind, meta, spec);
            }
            Kind::Service => {
                let service = self.new_service(meta, spec);
                self.store.services.insert(key, service);
            }
            Kind::Claim => {
                let class = self.class_of(&spec.at("spec.storageClassName"));
                let (at, phase) = (String::new(), ClaimPhase::Pending);
                let claim = Claim { meta, spec, at, class, phase, volume: None, node: None, provisioned_at: None };
                self.store.claims.insert(key, claim);
            }
            Kind::Volume => {
                self.store.volumes.insert(key, volume_of(meta, spec));
            }
            Kind::StorageClass => {
                self.store.classes.insert(key, class(meta, spec));
            }
            Kind::DisruptionBudget => {
                self.store.budgets.insert(key, Plain { meta, spec });
            }
            Kind::Node | Kind::Endpoints | Kind::Event | Kind::Other => {
                let name = spec.object.kind();
                self.store.others.insert((name, key), Plain { meta, spec });
            }
        }
    }

    fn put_workload(&mut self, kind: Kind, meta: Meta, spec: Spec) {
        let key = meta.key.clone();
        match kind {
            Kind::Deployment => {
                let replicas = self.replicas(&spec.at("spec.replicas"), &meta);
                let progressed_at = self.now;
                let deployment = Deployment {
                    meta,
                    spec,
                    replicas,
                    is_scaled_by_hand: false,
                    revision: 0,
                    progressed_at,
                    progress: Vec::new(),
                };
                self.store.deployments.insert(key, deployment);
            }
            Kind::ReplicaSet => {
                let replicas = self.replicas(&spec.at("spec.replicas"), &meta);
                let template = Template::at(&spec, "spec.template");
                self.store.replica_sets.insert(key, ReplicaSet::new(meta, template, replicas));
            }
            Kind::DaemonSet => {
                self.store.daemon_sets.insert(key, DaemonSet::new(meta, spec));
            }
            Kind::Job => {
                self.store.jobs.insert(key, Job::new(meta, &spec, ""));
            }
            Kind::CronJob => {
                self.store.cron_jobs.insert(key, CronJob { meta, spec, next: None, last: None });
            }
            _ => {}
        }
    }

    /// The number of replicas that a field asks for, as far as it is simulated.
    pub(super) fn replicas(&mut self, field: &Field, meta: &Meta) -> usize {
        let wanted = field.integer().map_or(1, |replicas| usize::try_from(replicas).unwrap_or(0));
        let most = super::super::MAX_PODS;
        if wanted > most {
            let sentence = format!("{wanted} replicas are asked for; no more than {most} are simulated");
            self.tell(meta.reference(), sentence, None, None);
        }
        wanted.min(most)
    }

    pub(super) fn new_service(&self, meta: Meta, spec: Spec) -> Service {
        let purpose = format!("service {}", meta.key);
        let asked = spec.at("spec.clusterIP").string().filter(|address| !address.is_empty());
        let kind = spec.at("spec.type").string();
        let cluster_ip = match (asked.as_deref(), kind.as_deref()) {
            (Some("None"), _) | (_, Some("ExternalName")) => None,
            (Some(address), _) => Some(address.to_owned()),
            (None, _) => Some(self.free_address(&purpose)),
        };
        let has_node_ports = matches!(kind.as_deref(), Some("NodePort" | "LoadBalancer"));
        let ports = spec.at("spec.ports").items();
        let node_port = |(at, port): (usize, &Field)| {
            let asked = port.get("nodePort").integer().and_then(|port| u64::try_from(port).ok());
            let drawn = || self.settings.seed.between(&format!("{purpose} port {at}"), 30_000, 32_768);
            has_node_ports.then(|| asked.unwrap_or_else(drawn))
        };
        let node_ports = ports.iter().enumerate().map(node_port).collect();
        Service { meta, spec: Some(spec), cluster_ip, node_ports, told: Vec::new() }
    }

    /// An address of `10.96.0.0/12` that no Service has.
    fn free_address(&self, purpose: &str) -> String {
        let draw = |attempt: u32| {
            let purpose = format!("{purpose} address {attempt}");
            let number = self.settings.seed.between(&purpose, 256, 1 << 20);
            format!("10.{}.{}.{}", 96 + (number >> 16), number >> 8 & 0xff, number & 0xff)
        };
        let is_free = |address: &String| {
            !self.store.services.values().any(|service| service.cluster_ip.as_ref() == Some(address))
        };
        (0..1000).map(draw).find(is_free).unwrap_or_else(|| draw(1000))
    }
}

/// The object by kind and name, in the manifest's words.
fn reference(object: &Object, meta: &Meta) -> ObjectRef {
    ObjectRef { kind: object.kind(), ..meta.reference() }
}

fn class(meta: Meta, spec: Spec) -> StorageClass {
    let text = |path: &str| spec.at(path).string();
    let default = spec.object.annotation("storageclass.kubernetes.io/is-default-class");
    StorageClass {
        provisioner: text("provisioner").unwrap_or_default(),
        reclaim_policy: text("reclaimPolicy").unwrap_or_else(|| "Delete".to_owned()),
        waits_for_consumer: text("volumeBindingMode").is_some_and(|mode| mode == "WaitForFirstConsumer"),
        is_default: default.is_some_and(|value| value == "true"),
        may_expand: spec.at("allowVolumeExpansion").is_true(),
        spec: Some(spec),
        meta,
    }
}
