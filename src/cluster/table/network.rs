//! Services and what they lead to.

use super::super::Cluster;
use super::super::controllers;
use super::super::objects::{Pod, Service};
use super::{Form, Table, or_none};
use crate::kube::Field;

pub(super) fn services(cluster: &Cluster, form: Form) -> Table {
    let narrow = ["NAME", "TYPE", "CLUSTER-IP", "EXTERNAL-IP", "PORT(S)", "AGE"];
    let mut table = match form {
        Form::Narrow => Table::of(&narrow),
        Form::Wide => Table::of(&[&narrow[..], &["SELECTOR"]].concat()),
    };
    for service in cluster.store.services.values().filter(|service| cluster.is_listed(&service.meta)) {
        let mut row = vec![
            service.meta.key.name.clone(),
            kind(service),
            cluster_ip(service),
            external_ip(cluster, service),
            ports(service),
            cluster.age(service.meta.created),
        ];
        if form == Form::Wide {
            row.push(selector(service));
        }
        table.rows.push(row);
    }
    table
}

fn kind(service: &Service) -> String {
    let kind = service.spec.as_ref().and_then(|spec| spec.at("spec.type").string());
    kind.unwrap_or_else(|| "ClusterIP".to_owned())
}

fn cluster_ip(service: &Service) -> String {
    if service.is_headless() { "None".to_owned() } else { or_none(service.cluster_ip.clone()) }
}

fn external_ip(cluster: &Cluster, service: &Service) -> String {
    let Some(spec) = &service.spec else { return or_none(None) };
    let written = spec.at("spec.externalIPs").items();
    let written: Vec<String> = written.iter().filter_map(Field::string).collect();
    match kind(service).as_str() {
        "LoadBalancer" => match (&cluster.tunnel, written.is_empty()) {
            (Some(address), _) => address.clone(),
            (None, true) => "<pending>".to_owned(),
            (None, false) => written.join(","),
        },
        "ExternalName" => or_none(spec.at("spec.externalName").string()),
        _ => or_none(Some(written.join(","))),
    }
}

fn ports(service: &Service) -> String {
    let Some(spec) = &service.spec else { return "443/TCP".to_owned() };
    let ports = spec.at("spec.ports").items();
    let port = |(at, port): (usize, &Field)| {
        let number = port.get("port").integer().unwrap_or_default();
        let protocol = port.get("protocol").string().unwrap_or_else(|| "TCP".to_owned());
        match service.node_ports.get(at).copied().flatten() {
            Some(node_port) => format!("{number}:{node_port}/{protocol}"),
            None => format!("{number}/{protocol}"),
        }
    };
    or_none(Some(ports.iter().enumerate().map(port).collect::<Vec<_>>().join(",")))
}

fn selector(service: &Service) -> String {
    let requirements = service.selector();
    let label = |requirement: &crate::kube::Requirement| format!("{}={}", requirement.key, requirement.values.join(""));
    or_none(Some(requirements.requirements().iter().map(label).collect::<Vec<_>>().join(",")))
}

/// More addresses than that are only counted.
const SHOWN: usize = 3;

pub(super) fn endpoints(cluster: &Cluster) -> Table {
    let mut table = Table::of(&["NAME", "ENDPOINTS", "AGE"]);
    for service in cluster.store.services.values().filter(|service| cluster.is_listed(&service.meta)) {
        let addresses = match &service.spec {
            None => vec!["192.168.49.2:8443".to_owned()],
            Some(spec) if spec.at("spec.selector").entries().is_empty() => continue,
            Some(spec) => addresses(cluster, service, &spec.at("spec.ports").items()),
        };
        let shown = addresses.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(",");
        let cell = match addresses.len().saturating_sub(SHOWN) {
            0 => or_none(Some(shown)),
            more => format!("{shown} + {more} more..."),
        };
        table.rows.push(vec![service.meta.key.name.clone(), cell, cluster.age(service.meta.created)]);
    }
    table
}

fn addresses(cluster: &Cluster, service: &Service, ports: &[Field]) -> Vec<String> {
    let mut pods = controllers::endpoints(cluster, service);
    // Addresses are given in turn: the shorter one of two is the earlier one.
    pods.sort_by_key(|pod| pod.ip.as_ref().map(|ip| (ip.len(), ip.clone())));
    let address = |pod: &&Pod, port: &Field| Some(format!("{}:{}", pod.ip.as_ref()?, target(pod, port)?));
    let of_port = |port: &Field| pods.iter().filter_map(|pod| address(pod, port)).collect::<Vec<_>>();
    ports.iter().flat_map(of_port).collect()
}

/// The pod's port behind a Service's.
fn target(pod: &Pod, port: &Field) -> Option<i64> {
    let target = port.get("targetPort");
    let Some(name) = target.string() else { return target.integer().or_else(|| port.get("port").integer()) };
    let containers = pod.template.pod().all_containers();
    let ports = containers.iter().flat_map(|container| container.get("ports").items());
    ports.into_iter().find(|port| port.get("name").is(&name)).and_then(|port| port.get("containerPort").integer())
}
