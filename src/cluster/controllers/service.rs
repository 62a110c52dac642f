//! Services: which pods they lead to.

use std::collections::BTreeSet;

use super::super::Cluster;
use super::super::controller::Controller;
use super::super::objects::{Key, Pod, Service};
use crate::kube::Selector;

/// The controller of endpoints.
pub struct ServiceController;

impl Controller for ServiceController {
    fn reconcile(&self, cluster: &mut Cluster) {
        let keys: Vec<Key> = cluster.store.services.keys().cloned().collect();
        for key in keys {
            tell(cluster, &key);
        }
    }
}

/// Tells when a Service leads to other pods than before.
fn tell(cluster: &mut Cluster, key: &Key) {
    let Some(service) = cluster.store.services.get(key) else { return };
    let Some(spec) = &service.spec else { return };
    let names: Vec<String> = endpoints(cluster, service).iter().map(|pod| pod.meta.key.name.clone()).collect();
    if names == service.told {
        return;
    }
    let sentence = format!("Service {} {}", key.name, leads(&service.told, &names));
    let (about, because) = (service.meta.reference(), spec.because("spec.selector"));
    cluster.tell(about, sentence, Some(because), None);
    if let Some(service) = cluster.store.services.get_mut(key) {
        service.told = names;
    }
}

/// Of more pods than that only those are named that are new or gone.
const MOST_NAMED: usize = 8;

/// Where a Service leads now, after it led to the pods of before.
fn leads(before: &[String], now: &[String]) -> String {
    let missing = |from: &[String], of: &[String]| {
        let there: BTreeSet<&String> = from.iter().collect();
        of.iter().filter(|name| !there.contains(name)).cloned().collect::<Vec<_>>()
    };
    let (lost, new) = (missing(now, before), missing(before, now));
    if now.is_empty() {
        return "leads nowhere: none of its pods is Ready".to_owned();
    }
    let mut told = vec![match now.len() {
        count @ MOST_NAMED.. => format!("leads to {count} pods"),
        _ => format!("leads to {}", now.join(", ")),
    }];
    if now.len() >= MOST_NAMED && !new.is_empty() && !before.is_empty() {
        told.push(format!("now also to {}", few(&new)));
    }
    if !lost.is_empty() {
        told.push(format!("no longer to {}", few(&lost)));
    }
    told.join(", ")
}

/// Names, or how many there are.
fn few(names: &[String]) -> String {
    if names.len() < MOST_NAMED { names.join(", ") } else { format!("{} others", names.len()) }
}

impl Service {
    /// Whether it has no address of its own.
    pub fn is_headless(&self) -> bool {
        self.cluster_ip.is_none() && !self.is_external()
    }

    /// Whether it only stands for a name elsewhere.
    pub fn is_external(&self) -> bool {
        self.spec.as_ref().is_some_and(|spec| spec.at("spec.type").is("ExternalName"))
    }

    /// Its selector; empty where it has none.
    pub fn selector(&self) -> Selector {
        self.spec.as_ref().map(|spec| Selector::from_labels(&spec.at("spec.selector"))).unwrap_or_default()
    }

    /// Whether it leads to pods that aren't Ready, too.
    pub fn publishes_not_ready(&self) -> bool {
        self.spec.as_ref().is_some_and(|spec| spec.at("spec.publishNotReadyAddresses").is_true())
    }
}

/// The pods that a Service leads to, by name.
pub fn endpoints<'c>(cluster: &'c Cluster, service: &Service) -> Vec<&'c Pod> {
    let selector = service.selector();
    if selector.is_empty() {
        return Vec::new();
    }
    let namespace = &service.meta.key.namespace;
    let is_led_to = |pod: &&Pod| {
        pod.meta.key.namespace == *namespace
            && pod.ip.is_some()
            && !pod.has_ended()
            && !pod.meta.is_deleting()
            && (pod.is_ready() || service.publishes_not_ready())
            && selector.matches(|label| pod.meta.labels.get(label).cloned())
    };
    cluster.store.pods.values().filter(is_led_to).collect()
}
