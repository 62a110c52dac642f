//! The security context of a container: its own, and that of its pod.

use crate::kube::{Container, Field};
use crate::lint::cx::WorkloadSubject;

/// A setting that holds for a container: its own, or else its pod's.
pub(super) fn effective(workload: &WorkloadSubject, container: &Container, key: &str) -> Field {
    let own = container.get("securityContext").get(key);
    if own.is_present() { own } else { workload.pod.get("securityContext").get(key) }
}

/// The capabilities that are added or dropped, in capital letters and without `CAP_`: the runtimes take either form.
pub(super) fn capabilities(container: &Container, key: &str) -> Vec<(Field, String)> {
    let listed = container.get("securityContext").get("capabilities").get(key).items();
    let bare = |name: String| name.to_uppercase().trim_start_matches("CAP_").to_owned();
    listed.into_iter().filter_map(|field| Some((field.clone(), bare(field.string()?)))).collect()
}
