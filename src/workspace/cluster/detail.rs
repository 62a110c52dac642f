//! A pod looked at closely: its claims, address, image, when it counts as Ready, who leads to it, how it is called.

use serde::{Deserialize, Serialize};

use crate::cluster::{Cluster, Pod};
use crate::kube::{Container, Field};

/// A pod looked at closely.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PodDetail {
    /// Its name.
    pub name: String,
    /// What stands under STATUS.
    pub status: String,
    /// Its address.
    pub address: Option<String>,
    /// Its node.
    pub node: Option<String>,
    /// Its images, each behind its container's name.
    pub images: Vec<(String, String)>,
    /// When each container that runs as long as the pod counts as ready.
    pub readiness: Vec<(String, String)>,
    /// Its claims.
    pub claims: Vec<ClaimDetail>,
    /// The Services that select it, and whether they lead to it now.
    pub services: Vec<(String, bool)>,
    /// Its DNS name.
    pub dns: Option<String>,
    /// Why it has none.
    pub without_dns: Option<String>,
    /// What `nslookup` gives for it and for the Services that select it: the name, and what is printed.
    pub lookups: Vec<(String, String)>,
    /// The word of what is wrong with it.
    pub failure: Option<String>,
}

/// A claim of a pod.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimDetail {
    /// The volume's name in the pod.
    pub volume: String,
    /// The claim's name.
    pub name: String,
    /// `Bound, 1Gi, ReadWriteOnce, class standard`, or that there is none.
    pub state: String,
    /// The directory on the node, where the volume is one.
    pub host_path: Option<String>,
}

/// A pod of the release's namespace, looked at closely.
pub(super) fn detail(cluster: &Cluster, name: &str) -> Option<PodDetail> {
    let store = cluster.store();
    let pod = store.pods.values().find(|pod| pod.meta.key.name == name && cluster.is_listed(&pod.meta))?;
    let dns = cluster.dns_name(pod);
    let services = services(cluster, pod);
    let looked_up = dns.iter().cloned().chain(services.iter().map(|(service, _)| service.clone()));
    let containers: Vec<&Container> = pod.containers.iter().map(|status| &status.container).collect();
    let long_running = containers.iter().filter(|container| container.is_long_running());
    Some(PodDetail {
        name: name.to_owned(),
        status: cluster.status_of(pod),
        address: pod.ip.clone(),
        node: pod.node.clone(),
        images: containers.iter().map(|container| (container.name(), container.image())).collect(),
        readiness: long_running.map(|container| (container.name(), readiness(container))).collect(),
        claims: pod.claims.iter().map(|(volume, claim)| claim_detail(cluster, pod, volume, claim)).collect(),
        lookups: looked_up.map(|name| (name.clone(), cluster.nslookup(&name))).collect(),
        services,
        without_dns: dns.as_ref().err().cloned(),
        dns: dns.ok(),
        failure: cluster.failure_of(&pod.meta.key).map(|failure| failure.to_string()),
    })
}

fn claim_detail(cluster: &Cluster, pod: &Pod, volume: &str, name: &str) -> ClaimDetail {
    let (volume, name) = (volume.to_owned(), name.to_owned());
    let Some(claim) = cluster.store().claims.get(&pod.meta.key.beside(&name)) else {
        return ClaimDetail { volume, name, state: "there is no such claim".to_owned(), host_path: None };
    };
    let bound = claim
        .volume
        .as_ref()
        .and_then(|volume| cluster.store().volumes.values().find(|candidate| candidate.meta.key.name == *volume));
    let class = match claim.class.as_deref() {
        None | Some("") => "no class".to_owned(),
        Some(class) => format!("class {class}"),
    };
    let state = format!("{:?}, {}, {}, {class}", claim.phase, claim.size(), claim.access_modes().join(" and "));
    ClaimDetail { volume, name, state, host_path: bound.and_then(|volume| volume.host_path.clone()) }
}

/// The Services that select a pod, and whether they lead to it now.
fn services(cluster: &Cluster, pod: &Pod) -> Vec<(String, bool)> {
    let all = cluster.store().services.values();
    let selecting = all.filter(|service| {
        let selector = service.selector();
        service.meta.key.namespace == pod.meta.key.namespace
            && !selector.is_empty()
            && selector.matches(|label| pod.meta.labels.get(label).cloned())
    });
    selecting.map(|service| (service.meta.key.name.clone(), service.told.contains(&pod.meta.key.name))).collect()
}

/// When a container counts as ready.
fn readiness(container: &Container) -> String {
    let probe = container.get("readinessProbe");
    if !probe.is_present() {
        return "no readiness probe: Kubernetes counts it ready as soon as it runs".to_owned();
    }
    let number = |key: &str, default: i64| probe.get(key).integer().unwrap_or(default);
    let (delay, period) = (number("initialDelaySeconds", 0), number("periodSeconds", 10));
    let failures = number("failureThreshold", 3);
    format!("{}, first after {delay} s, then every {period} s; not ready after {failures} failures", asked(&probe))
}

/// What a probe asks.
fn asked(probe: &Field) -> String {
    let text = |field: Field| field.string().or_else(|| field.integer().map(|number| number.to_string()));
    let port = |of: &str| text(probe.at(of)).unwrap_or_default();
    if probe.get("httpGet").is_present() {
        let path = text(probe.at("httpGet.path")).unwrap_or_else(|| "/".to_owned());
        return format!("GET {path} on port {}", port("httpGet.port"));
    }
    if probe.get("tcpSocket").is_present() {
        return format!("a connection to port {}", port("tcpSocket.port"));
    }
    if probe.get("grpc").is_present() {
        return format!("gRPC health on port {}", port("grpc.port"));
    }
    let command: Vec<String> = probe.at("exec.command").items().into_iter().filter_map(text).collect();
    format!("runs {}", command.join(" "))
}
