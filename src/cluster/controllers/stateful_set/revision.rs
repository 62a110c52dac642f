//! Revisions: the templates that a set has had.

use super::super::super::Cluster;
use super::super::super::objects::{Key, Revision, Template};

/// Writes down the set's template, if it is a new one. One that it had before gets the highest number again.
pub fn revise(cluster: &mut Cluster, key: &Key) {
    let Some(set) = cluster.store.stateful_sets.get(key) else { return };
    let template = Template::at(&set.spec, "spec.template");
    let fingerprint = template.fingerprint();
    let is_latest = set.revisions.last().is_some_and(|latest| latest.fingerprint == fingerprint);
    if is_latest {
        return;
    }
    let number = set.revisions.last().map_or(1, |latest| latest.number + 1);
    let hash = cluster.settings.seed.template_hash(&format!("{key} {fingerprint}"));
    let revision = Revision { name: format!("{}-{hash}", key.name), number, template, fingerprint };
    let Some(set) = cluster.store.stateful_sets.get_mut(key) else { return };
    set.revisions.retain(|known| known.fingerprint != revision.fingerprint);
    set.status.update_revision.clone_from(&revision.name);
    if set.status.current_revision.is_empty() {
        set.status.current_revision.clone_from(&revision.name);
    }
    set.revisions.push(revision);
    cluster.touch();
}
