//! Names: what the cluster's DNS answers.

use super::Cluster;
use super::controllers::endpoints;
use super::objects::{Pod, Service};

/// The address of the DNS server.
const SERVER: &str = "10.96.0.10";
/// The cluster's domain.
const DOMAIN: &str = "cluster.local";

impl Cluster {
    /// The pod's own name in the DNS, or why it has none.
    pub fn dns_name(&self, pod: &Pod) -> Result<String, String> {
        let name = &pod.meta.key.name;
        let namespace = &pod.meta.key.namespace;
        let Some(subdomain) = self.subdomain(pod) else {
            return Err(format!("{name} has no DNS name: no serviceName or subdomain is set"));
        };
        let Some(service) = self.store.services.get(&pod.meta.key.beside(&subdomain)) else {
            return Err(format!("{name} has no DNS name: there is no Service {subdomain}"));
        };
        if !service.is_headless() {
            return Err(format!("{name} has no DNS name: Service {subdomain} isn't headless"));
        }
        if !service.selector().matches(|label| pod.meta.labels.get(label).cloned()) || service.selector().is_empty() {
            return Err(format!("{name} has no DNS name: Service {subdomain} doesn't select it"));
        }
        Ok(format!("{}.{subdomain}.{namespace}.svc.{DOMAIN}", hostname(pod)))
    }

    /// The Service below whose name a pod has its own.
    fn subdomain(&self, pod: &Pod) -> Option<String> {
        let owner = pod.meta.owner.as_ref();
        let set = owner.and_then(|owner| self.store.stateful_sets.get(&pod.meta.key.beside(&owner.name)));
        let written = match set {
            Some(set) => set.spec.at("spec.serviceName").string(),
            None => pod.template.pod().get("subdomain").string(),
        };
        written.filter(|name| !name.is_empty())
    }

    /// What `nslookup` prints in a pod of the release's namespace.
    pub fn nslookup(&self, name: &str) -> String {
        let found = self.resolve(name);
        let mut text = format!("Server:\t\t{SERVER}\nAddress:\t{SERVER}:53\n\n");
        match found {
            Some((full, addresses)) if !addresses.is_empty() => {
                let line = |address: &String| format!("Name:\t{full}\nAddress: {address}\n");
                text.push_str(&addresses.iter().map(line).collect::<String>());
            }
            _ => text.extend(["** server can't find ", name, ": NXDOMAIN\n"]),
        }
        text
    }

    /// The full name and the addresses behind a name.
    fn resolve(&self, name: &str) -> Option<(String, Vec<String>)> {
        let short = name.trim_end_matches('.').trim_end_matches(&format!(".svc.{DOMAIN}")).trim_end_matches(".svc");
        let parts: Vec<&str> = short.split('.').collect();
        let own = self.settings.namespace.as_str();
        match parts.as_slice() {
            [service] => self.service_addresses(service, own),
            [first, second] => self.service_addresses(first, second).or_else(|| self.pod_address(first, second, own)),
            [pod, service, namespace] => self.pod_address(pod, service, namespace),
            _ => None,
        }
    }

    fn service(&self, name: &str, namespace: &str) -> Option<&Service> {
        self.store.services.get(&super::objects::Key::new(namespace, name))
    }

    fn service_addresses(&self, name: &str, namespace: &str) -> Option<(String, Vec<String>)> {
        let service = self.service(name, namespace)?;
        let addresses = match &service.cluster_ip {
            Some(address) => vec![address.clone()],
            None => endpoints(self, service).iter().filter_map(|pod| pod.ip.clone()).collect(),
        };
        Some((format!("{name}.{namespace}.svc.{DOMAIN}"), addresses))
    }

    fn pod_address(&self, pod: &str, service: &str, namespace: &str) -> Option<(String, Vec<String>)> {
        let service = self.service(service, namespace).filter(|service| service.is_headless())?;
        let named = |candidate: &&&Pod| {
            hostname(candidate) == pod && self.subdomain(candidate).as_ref() == Some(&service.meta.key.name)
        };
        let found = endpoints(self, service);
        let pod = found.iter().find(named)?;
        Some((self.dns_name(pod).ok()?, pod.ip.clone().into_iter().collect()))
    }
}

/// A pod's name for itself.
fn hostname(pod: &Pod) -> String {
    pod.template.pod().get("hostname").string().unwrap_or_else(|| pod.meta.key.name.clone())
}
