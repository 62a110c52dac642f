//! Sets of pods.

use super::super::Cluster;
use super::super::objects::Template;
use super::{Form, Table, containers};

pub(super) fn stateful_sets(cluster: &Cluster, form: Form) -> Table {
    let mut table = match form {
        Form::Narrow => Table::of(&["NAME", "READY", "AGE"]),
        Form::Wide => Table::of(&["NAME", "READY", "AGE", "CONTAINERS", "IMAGES"]),
    };
    for set in cluster.store.stateful_sets.values().filter(|set| cluster.is_listed(&set.meta)) {
        let ready = format!("{}/{}", set.status.ready, set.replicas);
        let mut row = vec![set.meta.key.name.clone(), ready, cluster.age(set.meta.created)];
        if form == Form::Wide {
            row.extend(containers(&Template::at(&set.spec, "spec.template").pod()));
        }
        table.rows.push(row);
    }
    table
}
