//! `dependencies.go`: whether `Chart.yaml` and `charts/` name the same charts.

use super::{Linter, Rule};
use crate::chart::Chart;

impl Linter<'_> {
    pub(super) fn dependencies(&mut self) {
        let chart = match self.load() {
            Ok(chart) => chart,
            Err(error) => {
                self.error("", Err(format!("unable to load chart\n\t{error}")));
                return;
            }
        };
        let folder = self.folder.path();
        self.error(&folder, unnamed(&chart));
        self.error(&folder, shadowed(&chart));
        self.warning(&folder, missing(&chart));
    }
}

fn told(words: &str, names: &[&str]) -> Rule {
    if names.is_empty() { Ok(()) } else { Err(format!("{words}: {}", names.join(","))) }
}

/// Charts that `Chart.yaml` doesn't name.
fn unnamed(chart: &Chart) -> Rule {
    let is_named = |name: &&str| chart.metadata.dependencies().any(|dependency| dependency.name == **name);
    let names: Vec<&str> = chart.dependencies.iter().map(Chart::name).filter(|name| !is_named(name)).collect();
    told("chart metadata is missing these dependencies", &names)
}

/// Dependencies that go by one name.
fn shadowed(chart: &Chart) -> Rule {
    let (mut seen, mut names) = (Vec::new(), Vec::new());
    for dependency in chart.metadata.dependencies() {
        let key = dependency.key();
        if seen.contains(&key) {
            names.push(key);
        }
        seen.push(key);
    }
    told("multiple dependencies with name or alias", &names)
}

/// Dependencies that aren't there.
fn missing(chart: &Chart) -> Rule {
    let is_there = |name: &&str| chart.dependencies.iter().any(|found| found.name() == *name);
    let wanted = chart.metadata.dependencies().map(|dependency| dependency.name.as_str());
    let names: Vec<&str> = wanted.filter(|name| !is_there(name)).collect();
    told("chart directory is missing these dependencies", &names)
}
