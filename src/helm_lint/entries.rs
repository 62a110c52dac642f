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
        found.map(|entry| Rc::clone(&entry.data)).ok_or_else(missing)
    }

    fn load(&self, table: &mut Files, log: &mut Log) -> Result<Chart, chart::Error> {
        chart::load_unasked(self.entries.clone(), table, log)
    }
}
