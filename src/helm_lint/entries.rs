//! A chart's folder that is on no disk: what a page or an archive holds.

use std::rc::Rc;

use super::{Folder, Kind};
use crate::chart::{self, Chart, Entry, Log};
use crate::source::Files;

/// The files of a folder.
#[derive(Clone, Debug)]
pub struct EntryFolder {
    /// What messages call it.
    pub path: String,
    /// The files.
    pub entries: Vec<Entry>,
}

impl Folder for EntryFolder {
    fn path(&self) -> String {
        self.path.clone()
    }

    fn kind(&self, path: &str) -> Kind {
        let is_below = |entry: &Entry| entry.path.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'));
        if self.entries.iter().any(|entry| entry.path == path) {
            Kind::File
        } else if self.entries.iter().any(is_below) {
            Kind::Folder
        } else {
            Kind::Missing
        }
    }

    fn read(&self, path: &str) -> Result<Rc<[u8]>, String> {
        let found = self.entries.iter().find(|entry| entry.path == path);
        let missing = || format!("open {}/{path}: no such file or directory", self.path);
        found.map(|entry| Rc::clone(entry.data.shared())).ok_or_else(missing)
    }

    fn load(&self, table: &mut Files, log: &mut Log) -> Result<Chart, chart::Error> {
        chart::load_unasked(self.entries.clone(), table, log)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Options, lint};
    use super::*;
    use crate::helm::Helm;
    use crate::template::SeededWorld;
    use crate::value::Map;

    #[test]
    fn a_chart_on_no_disk_is_linted_as_well() {
        let files = [
            ("Chart.yaml", "apiVersion: v2\nname: c\nversion: 0.1.0\n"),
            ("charts/s/Chart.yaml", "apiVersion: v2\nname: s\nversion: 0.1.0\n"),
            ("templates/a.yaml", "kind: Pod\nmetadata: {name: {{ required \"a name\" .Values.name }}}\n"),
        ];
        let entries = files.map(|(path, text)| Entry::new(path, text.as_bytes())).to_vec();
        let folder = EntryFolder { path: "c".to_owned(), entries };
        let (values, namespace, kube_version) = (Map::new(), "default".to_owned(), None);
        let options = Options { helm: Helm::Four, values, namespace, kube_version, schemas: true };
        let linted = lint(&folder, &options, &mut SeededWorld::new(0, 0));
        let lines: Vec<String> =
            linted.messages.iter().map(|message| message.to_string().chars().take(60).collect()).collect();
        assert_eq!(
            lines,
            [
                "[INFO] Chart.yaml: icon is recommended",
                "[INFO] values.yaml: file does not exist",
                "[WARNING] templates/a.yaml: object name does not conform to ",
                "[ERROR] c: chart metadata is missing these dependencies: s",
            ]
        );
        let log: Vec<String> = linted.log.lines().iter().map(ToString::to_string).collect();
        assert_eq!(log, ["level=WARN msg=\"missing required value\" message=\"a name\""]);
    }
}
