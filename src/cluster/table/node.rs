//! Nodes, and the budgets for emptying them.

use super::super::Cluster;
use super::Table;
use crate::kube::Field;

pub(super) fn nodes(cluster: &Cluster) -> Table {
    let mut table = Table::of(&["NAME", "STATUS", "ROLES", "AGE", "VERSION"]);
    for (at, node) in cluster.store.nodes.values().enumerate() {
        let status = if node.is_ready { "Ready" } else { "NotReady" };
        table.rows.push(vec![
            node.meta.key.name.clone(),
            if node.is_cordoned { format!("{status},SchedulingDisabled") } else { status.to_owned() },
            if at == 0 { "control-plane" } else { "<none>" }.to_owned(),
            cluster.age(node.meta.created),
            format!("v1.{}.0", cluster.settings.minor),
        ]);
    }
    table
}

pub(super) fn budgets(cluster: &Cluster) -> Table {
    let mut table = Table::of(&["NAME", "MIN AVAILABLE", "MAX UNAVAILABLE", "ALLOWED DISRUPTIONS", "AGE"]);
    for budget in cluster.store.budgets.values().filter(|budget| cluster.is_listed(&budget.meta)) {
        let written = |field: &Field| {
            let number = field.integer().map(|number| number.to_string());
            field.string().or(number).unwrap_or_else(|| "N/A".to_owned())
        };
        table.rows.push(vec![
            budget.meta.key.name.clone(),
            written(&budget.spec.at("spec.minAvailable")),
            written(&budget.spec.at("spec.maxUnavailable")),
            cluster.budget(budget).allowed.to_string(),
            cluster.age(budget.meta.created),
        ]);
    }
    table
}
