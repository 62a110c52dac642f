//! `kubectl get -w`: a line for each change of an object.

use std::collections::BTreeMap;

use super::super::Cluster;
use super::super::objects::Kind;
use super::{Form, Table};

/// What was seen of the objects of a kind.
#[derive(Clone, Debug)]
pub struct Watch {
    kind: Kind,
    last: BTreeMap<String, Vec<String>>,
    table: Table,
}

impl Watch {
    /// Nothing was seen yet.
    pub fn new(kind: Kind) -> Self {
        Self { kind, last: BTreeMap::new(), table: Table::default() }
    }

    /// Writes down the objects that look otherwise than before, not counting their age.
    pub fn look(&mut self, cluster: &Cluster) {
        let Table { heading, rows } = cluster.table(self.kind, Form::Narrow);
        let age = heading.iter().position(|name| name == "AGE");
        self.table.heading = heading;
        let mut seen = BTreeMap::new();
        for row in rows {
            let cells = row.iter().enumerate().filter(|(at, _)| Some(*at) != age).map(|(_, cell)| cell.clone());
            let (name, cells): (String, Vec<String>) = (row.first().cloned().unwrap_or_default(), cells.collect());
            if self.last.get(&name) != Some(&cells) {
                self.table.rows.push(row);
            }
            seen.insert(name, cells);
        }
        // One of the same name that comes later is another one.
        self.last = seen;
    }

    /// Everything that was seen.
    pub fn into_table(self) -> Table {
        self.table
    }
}
