//! `values.go`: whether `values.yaml` can be read, and is what its schema asks for.

use super::{Kind, Linter, Rule};
use crate::chart;
use crate::engine::JUDGES;
use crate::source::Severity;
use crate::value::MapKind;
use crate::yaml;

const FILE: &str = "values.yaml";
const SCHEMA: &str = "values.schema.json";

impl Linter<'_> {
    pub(super) fn values(&mut self) {
        let exists = self.folder.kind(FILE) != Kind::Missing;
        let missing = if exists { Ok(()) } else { Err("file does not exist".to_owned()) };
        if self.rule(Severity::Note, FILE, missing) {
            let checked = self.values_file();
            self.error(FILE, checked);
        }
    }

    /// The file is read into a type with a name here.
    fn with_type(&self, error: String) -> String {
        let name = MapKind::Values(self.options.helm);
        match error.strip_suffix("of type map[string]interface {}") {
            Some(before) => format!("{before}of type {name}"),
            None => error,
        }
    }

    /// Values of subcharts aren't looked at.
    fn values_file(&mut self) -> Rule {
        let read = self.folder.read(FILE).and_then(|data| {
            let map = yaml::decode(&data).and_then(yaml::expect_map);
            map.map_err(|error| self.with_type(error.to_string()))
        });
        let own = read.map_err(|error| format!("unable to parse YAML: {error}"))?;
        let values = chart::coalesce_tables(&self.options.values, &own, &mut self.log);
        let schema = self.folder.read(SCHEMA).unwrap_or_else(|_| [].into());
        // Helm 3 looks at this one even where it is told not to.
        if schema.is_empty() || !(self.options.schemas || self.is_three()) {
            return Ok(());
        }
        chart::check_schema(&schema, &values, &JUDGES, self.options.helm)
    }
}
