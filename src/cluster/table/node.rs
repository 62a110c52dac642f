//! Nodes.

use super::super::Cluster;
use super::Table;

pub(super) fn table(cluster: &Cluster) -> Table {
    let mut table = Table::of(&["NAME", "STATUS", "ROLES", "AGE", "VERSION"]);
    for (at, node) in cluster.store.nodes.values().enumerate() {
        table.rows.push(vec![
            node.meta.key.name.clone(),
            if node.is_ready { "Ready" } else { "NotReady" }.to_owned(),
            if at == 0 { "control-plane" } else { "<none>" }.to_owned(),
            cluster.age(node.meta.created),
            format!("v1.{}.0", cluster.settings.minor),
        ]);
    }
    table
}
