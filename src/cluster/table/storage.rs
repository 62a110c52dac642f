//! Claims, volumes and classes.

use super::super::Cluster;
use super::super::objects::{ClaimPhase, Key, VolumePhase};
use super::{Form, Table};
use crate::kube::Quantity;

/// From this version on there is a column for the class of attributes.
const ATTRIBUTES_SINCE: u32 = 29;
const UNSET: &str = "<unset>";

pub(super) fn claims(cluster: &Cluster, form: Form) -> Table {
    let has_attributes = cluster.settings.minor >= ATTRIBUTES_SINCE;
    let mut heading = vec!["NAME", "STATUS", "VOLUME", "CAPACITY", "ACCESS MODES", "STORAGECLASS"];
    heading.extend(has_attributes.then_some("VOLUMEATTRIBUTESCLASS"));
    heading.push("AGE");
    heading.extend((form == Form::Wide).then_some("VOLUMEMODE"));
    let mut table = Table::of(&heading);
    for claim in cluster.store.claims.values().filter(|claim| cluster.is_listed(&claim.meta)) {
        let phase = match claim.phase {
            _ if claim.meta.is_deleting() => "Terminating",
            ClaimPhase::Pending => "Pending",
            ClaimPhase::Bound => "Bound",
            ClaimPhase::Lost => "Lost",
        };
        let volume = claim.volume.as_ref().and_then(|name| cluster.store.volumes.get(&Key::new("", name)));
        let mut row = vec![
            claim.meta.key.name.clone(),
            phase.to_owned(),
            claim.volume.clone().unwrap_or_default(),
            volume.map(|volume| capacity(&volume.capacity)).unwrap_or_default(),
            volume.map(|volume| modes(&volume.access_modes)).unwrap_or_default(),
            claim.class.clone().unwrap_or_default(),
        ];
        row.extend(has_attributes.then(|| UNSET.to_owned()));
        row.push(cluster.age(claim.meta.created));
        let mode = || claim.field("volumeMode").string().unwrap_or_else(|| "Filesystem".to_owned());
        row.extend((form == Form::Wide).then(mode));
        table.rows.push(row);
    }
    table
}

pub(super) fn volumes(cluster: &Cluster, form: Form) -> Table {
    let has_attributes = cluster.settings.minor >= ATTRIBUTES_SINCE;
    let mut heading = vec!["NAME", "CAPACITY", "ACCESS MODES", "RECLAIM POLICY", "STATUS", "CLAIM", "STORAGECLASS"];
    heading.extend(has_attributes.then_some("VOLUMEATTRIBUTESCLASS"));
    heading.extend(["REASON", "AGE"]);
    heading.extend((form == Form::Wide).then_some("VOLUMEMODE"));
    let mut table = Table::of(&heading);
    for volume in cluster.store.volumes.values() {
        let phase = match volume.phase {
            _ if volume.meta.is_deleting() => "Terminating",
            VolumePhase::Available => "Available",
            VolumePhase::Bound => "Bound",
            VolumePhase::Released => "Released",
            VolumePhase::Failed => "Failed",
        };
        let mut row = vec![
            volume.meta.key.name.clone(),
            capacity(&volume.capacity),
            modes(&volume.access_modes),
            volume.reclaim_policy.clone(),
            phase.to_owned(),
            volume.claim.as_ref().map(ToString::to_string).unwrap_or_default(),
            volume.class.clone(),
        ];
        row.extend(has_attributes.then(|| UNSET.to_owned()));
        row.extend([String::new(), cluster.age(volume.meta.created)]);
        row.extend((form == Form::Wide).then(|| "Filesystem".to_owned()));
        table.rows.push(row);
    }
    table
}

pub(super) fn classes(cluster: &Cluster) -> Table {
    let heading = ["NAME", "PROVISIONER", "RECLAIMPOLICY", "VOLUMEBINDINGMODE", "ALLOWVOLUMEEXPANSION", "AGE"];
    let mut table = Table::of(&heading);
    for class in cluster.store.classes.values() {
        let name = &class.meta.key.name;
        table.rows.push(vec![
            if class.is_default { format!("{name} (default)") } else { name.clone() },
            class.provisioner.clone(),
            class.reclaim_policy.clone(),
            if class.waits_for_consumer { "WaitForFirstConsumer" } else { "Immediate" }.to_owned(),
            class.may_expand.to_string(),
            cluster.age(class.meta.created),
        ]);
    }
    table
}

fn capacity(written: &str) -> String {
    Quantity::canonical(written).unwrap_or_else(|| written.to_owned())
}

/// Access modes in their short form.
fn modes(modes: &[String]) -> String {
    let short = |mode: &String| match mode.as_str() {
        "ReadWriteOnce" => "RWO",
        "ReadOnlyMany" => "ROX",
        "ReadWriteMany" => "RWX",
        "ReadWriteOncePod" => "RWOP",
        _ => "",
    };
    modes.iter().map(short).collect::<Vec<_>>().join(",")
}
