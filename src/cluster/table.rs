//! Tables as kubectl prints them: its columns, its spacing, its words. The columns are those of
//! `pkg/printers/internalversion/printers.go`, the spacing that of Go's `text/tabwriter` as kubectl sets it up.

mod network;
mod node;
mod pod;
mod set;
mod storage;
mod watch;

pub use watch::Watch;

use super::Cluster;
use super::clock::{Moment, human};
use super::event::Level;
use super::objects::{Kind, Meta, Pod};
use crate::kube::PodSpec;

/// How much a table shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// The usual columns.
    #[default]
    Narrow,
    /// All columns: `-o wide`.
    Wide,
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// What stands above the columns.
    pub heading: Vec<String>,
    /// The lines, a cell for each column.
    pub rows: Vec<Vec<String>>,
}

/// A column that is narrower gets that wide.
const NARROWEST: usize = 6;
/// So much stands between columns.
const PADDING: usize = 3;

impl Table {
    /// A table of these columns without rows.
    fn of(heading: &[&str]) -> Self {
        Self { heading: heading.iter().map(|&word| word.to_owned()).collect(), rows: Vec::new() }
    }

    /// The table as text.
    pub fn print(&self) -> String {
        let lines: Vec<&Vec<String>> = std::iter::once(&self.heading).chain(&self.rows).collect();
        let width = |column: usize| {
            let cells = lines.iter().filter_map(|line| line.get(column)).map(|cell| cell.chars().count() + PADDING);
            cells.max().unwrap_or_default().max(NARROWEST)
        };
        let widths: Vec<usize> = (0..self.heading.len()).map(width).collect();
        let mut text = String::new();
        for line in lines {
            for (at, cell) in line.iter().enumerate() {
                text.push_str(cell);
                if at + 1 < line.len() {
                    let width = widths.get(at).copied().unwrap_or_default();
                    text.push_str(&" ".repeat(width.saturating_sub(cell.chars().count())));
                }
            }
            text.push('\n');
        }
        text
    }
}

impl Cluster {
    /// What `kubectl get` prints for these kinds.
    pub fn get(&self, kinds: &[Kind], form: Form) -> String {
        let mut tables = Vec::new();
        for &kind in kinds {
            let mut table = self.table(kind, form);
            if table.rows.is_empty() {
                continue;
            }
            if kinds.len() > 1 && table.heading.first().is_some_and(|first| first == "NAME") {
                for name in table.rows.iter_mut().filter_map(|row| row.first_mut()) {
                    *name = format!("{}/{name}", kind.resource());
                }
            }
            tables.push(table.print());
        }
        if tables.is_empty() {
            return match kinds {
                [kind] if kind.is_cluster_wide() => "No resources found\n".to_owned(),
                _ => format!("No resources found in {} namespace.\n", self.settings.namespace),
            };
        }
        tables.join("\n")
    }

    /// What stands under a pod's STATUS.
    pub fn status_of(&self, pod: &Pod) -> String {
        pod::status(self, pod)
    }

    /// All objects of a kind, as a table.
    pub fn table(&self, kind: Kind, form: Form) -> Table {
        match kind {
            Kind::Pod => pod::table(self, form),
            Kind::StatefulSet => set::stateful_sets(self, form),
            Kind::Deployment => set::deployments(self, form),
            Kind::ReplicaSet => set::replica_sets(self, form),
            Kind::DaemonSet => set::daemon_sets(self, form),
            Kind::Job => set::jobs(self, form),
            Kind::CronJob => set::cron_jobs(self, form),
            Kind::Service => network::services(self, form),
            Kind::Endpoints => network::endpoints(self),
            Kind::Claim => storage::claims(self, form),
            Kind::Volume => storage::volumes(self, form),
            Kind::StorageClass => storage::classes(self),
            Kind::Node => node::nodes(self),
            Kind::DisruptionBudget => node::budgets(self),
            Kind::Event => self.event_table(),
            Kind::Other => Table::default(),
        }
    }

    /// The events that Kubernetes records.
    fn event_table(&self) -> Table {
        let mut table = Table::of(&["LAST SEEN", "TYPE", "REASON", "OBJECT", "MESSAGE"]);
        for event in self.events() {
            let Some(record) = &event.record else { continue };
            let level = match record.level {
                Level::Normal => "Normal",
                Level::Warning => "Warning",
            };
            let object = record.regarding.as_ref().unwrap_or(&event.about);
            let object = format!("{}/{}", object.kind.to_lowercase(), object.name);
            table.rows.push(vec![
                self.age(event.at),
                level.to_owned(),
                record.reason.to_owned(),
                object,
                record.message.clone(),
            ]);
        }
        table
    }

    /// Whether an object is listed: it belongs to the release's namespace, or to none.
    pub fn is_listed(&self, meta: &Meta) -> bool {
        meta.key.namespace.is_empty() || meta.key.namespace == self.settings.namespace
    }

    fn age(&self, since: Moment) -> String {
        human(self.now.since(since))
    }
}

/// Names and images of a template's containers.
fn containers(pod: &PodSpec) -> [String; 2] {
    let containers = pod.containers();
    let join = |of: &dyn Fn(&crate::kube::Container) -> String| containers.iter().map(of).collect::<Vec<_>>().join(",");
    [join(&crate::kube::Container::name), join(&crate::kube::Container::image)]
}

/// A text, or `<none>` where there is none.
fn or_none(text: Option<String>) -> String {
    text.filter(|text| !text.is_empty()).unwrap_or_else(|| "<none>".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cells of a printed table: two spaces at least stand between them.
    fn read(text: &str) -> Table {
        let cells = |line: &str| -> Vec<String> {
            line.split("   ").map(str::trim).filter(|cell| !cell.is_empty()).map(str::to_owned).collect()
        };
        let mut lines = text.lines().map(cells);
        Table { heading: lines.next().unwrap_or_default(), rows: lines.collect() }
    }

    #[test]
    fn columns_are_as_wide_as_kubectl_makes_them() {
        // As printed in the course notes.
        let printed = "\
NAME                                       READY   STATUS    RESTARTS      AGE
pod/app-python-python-app-0                1/1     Running   0             45s
pod/vault-0                                1/1     Running   6 (95m ago)   15d
pod/vault-agent-injector-dbfc5cd77-6gzkk   1/1     Running   6 (95m ago)   15d
";
        assert_eq!(read(printed).print(), printed);
        let printed = "\
NAME                                                 STATUS   VOLUME                                     CAPACITY   ACCESS MODES   STORAGECLASS   VOLUMEATTRIBUTESCLASS   AGE
persistentvolumeclaim/python-app-data-python-app-0   Bound    pvc-91127311-4f85-4506-bbdb-76c5d513038e   512Mi      RWO            standard       <unset>                 21m
";
        assert_eq!(read(printed).print(), printed);
        let printed = "NAME   A     B\nx      1/1   2\n";
        assert_eq!(read(printed).print(), printed);
    }
}
