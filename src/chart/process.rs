//! What Helm does to a chart's dependencies before it renders: which are used, under which names, and what their
//! parents take over from their values.

use super::coalesce::{Nulls, coalesce_values, deep_copy, merge_tables, with_defaults};
use super::dependency::import;
use super::error::quoted;
use super::{Chart, Dependency, Error, ErrorKind, Log};
use crate::helm::Helm;
use crate::semver::{Constraints, Version};
use crate::source::Span;
use crate::value::format::display;
use crate::value::{Map, Value};

/// Drops the charts that conditions and tags switch off, gives the others their aliases, and imports values.
pub fn process_dependencies(chart: &mut Chart, values: &Map, log: &mut Log) -> Result<(), Error> {
    let result = select(chart, values, "", log).and_then(|()| import_values(chart, log));
    result.map_err(|error| {
        if log.helm().is_three() {
            return error;
        }
        log.error("chart dependencies processing failed", vec![("error", error.to_string())]);
        Error { kind: ErrorKind::Dependencies(Box::new(error.kind)), span: error.span }
    })
}

/// Whether each dependency of `Chart.yaml` is in `charts/`. Helm asks for the outermost chart only.
pub fn check_dependencies(chart: &Chart) -> Result<(), Error> {
    let is_missing = |dependency: &&Dependency| chart.dependencies.iter().all(|found| found.name() != dependency.name);
    let missing = chart.metadata.dependencies().filter(is_missing);
    let missing: Vec<String> = missing.map(|dependency| dependency.name.clone()).collect();
    if missing.is_empty() { Ok(()) } else { Err(ErrorKind::MissingDependencies(missing, chart.helm).into()) }
}

/// Whether charts of this `apiVersion` can be installed. Helm 4 reads those of v3, looks whether `charts/` holds as many
/// charts as `Chart.yaml` names and the same, and gives up.
///
/// Where it holds fewer, Helm itself panics; here that is the error of those that hold more.
pub fn check_api_version(chart: &Chart) -> Result<(), Error> {
    if chart.metadata.api_version != "v3" || chart.helm.is_three() {
        return Ok(());
    }
    let kind = if chart.dependencies.len() == chart.metadata.dependencies().count() {
        check_dependencies(chart)?;
        ErrorKind::InvalidApiVersion
    } else {
        ErrorKind::UncheckedDependencies
    };
    Err(Error { kind, span: chart.manifest.as_ref().map(|file| Span::point(file.id, 0)) })
}

/// Whether a chart of this type can be installed.
pub fn check_installable(chart: &Chart) -> Result<(), Error> {
    match chart.metadata.kind.as_str() {
        "" | "application" => Ok(()),
        kind => Err(ErrorKind::NotInstallable(kind.to_owned()).into()),
    }
}

/// Whether a version satisfies a constraint. Not, where either can't be read.
pub(super) fn is_compatible(constraint: &str, version: &str, helm: Helm) -> bool {
    let version = Version::parse(version);
    let constraint = Constraints::parse(constraint);
    version.is_ok_and(|version| constraint.is_ok_and(|constraint| constraint.check(&version, helm)))
}

fn select(chart: &mut Chart, values: &Map, path: &str, log: &mut Log) -> Result<(), Error> {
    if chart.metadata.dependencies.is_empty() {
        return Ok(());
    }
    rename(chart);
    let values = coalesce_values(chart, values, log)?;
    for dependency in chart.metadata.dependencies.iter_mut().flatten() {
        dependency.enabled = true;
    }
    apply_tags(&mut chart.metadata.dependencies, &values, log);
    apply_conditions(&mut chart.metadata.dependencies, &values, path, log);
    let is_off = |dependency: &&Dependency| !dependency.enabled;
    let off: Vec<String> = chart.metadata.dependencies().filter(is_off).map(|off| off.name.clone()).collect();
    chart.dependencies.retain(|subchart| !off.contains(&subchart.metadata.name));
    chart.metadata.dependencies.retain(|entry| entry.as_ref().is_some_and(|entry| !off.contains(&entry.name)));
    if chart.helm.is_three() {
        mark_second_hand(chart);
    }
    for subchart in &mut chart.dependencies {
        let path = format!("{path}{}.", subchart.name());
        select(subchart, &values, &path, log)?;
    }
    Ok(())
}

/// Helm 3's copies of one chart share what `Chart.yaml` says about the charts in it: to all copies but the first these
/// go by their aliases already, and their values are imported already.
fn mark_second_hand(chart: &mut Chart) {
    let mut seen: Vec<(String, String)> = Vec::new();
    for subchart in &mut chart.dependencies {
        let Some(name) = subchart.adoption.copied_from.clone() else { continue };
        let key = (name, subchart.metadata.version.clone());
        if seen.contains(&key) {
            second_hand(subchart);
        }
        seen.push(key);
    }
}

fn second_hand(chart: &mut Chart) {
    for dependency in chart.metadata.dependencies.iter_mut().flatten() {
        if !dependency.alias.is_empty() {
            dependency.name.clone_from(&dependency.alias);
        }
        dependency.import_values.clear();
    }
    chart.dependencies.iter_mut().for_each(second_hand);
}

/// Charts that `Chart.yaml` doesn't mention stay as they are. The others follow in its order, each under its alias.
fn rename(chart: &mut Chart) {
    let helm = chart.helm;
    let fits = |subchart: &Chart, dependency: &Dependency| {
        subchart.name() == dependency.name && is_compatible(&dependency.version, &subchart.metadata.version, helm)
    };
    let wanted: Vec<&Dependency> = chart.metadata.dependencies().collect();
    let unmentioned = |subchart: &&Chart| !wanted.iter().any(|dependency| fits(subchart, dependency));
    let mut charts: Vec<Chart> = chart.dependencies.iter().filter(unmentioned).cloned().collect();
    for dependency in &wanted {
        if let Some(found) = chart.dependencies.iter().find(|subchart| fits(subchart, dependency)) {
            let mut subchart = found.clone();
            subchart.adoption.copied_from = Some(found.metadata.name.clone());
            if !dependency.alias.is_empty() {
                subchart.metadata.name.clone_from(&dependency.alias);
            }
            charts.push(subchart);
        }
    }
    chart.dependencies = charts;
    chart.adoption.adopts = true;
    for dependency in chart.metadata.dependencies.iter_mut().flatten() {
        if !dependency.alias.is_empty() {
            dependency.name.clone_from(&dependency.alias);
        }
    }
}

fn apply_tags(dependencies: &mut [Option<Dependency>], values: &Map, log: &mut Log) {
    let Some(Value::Map(tags)) = values.value("tags") else { return };
    for dependency in dependencies.iter_mut().flatten() {
        let (mut on, mut off) = (false, false);
        for tag in &dependency.tags {
            match tags.value(tag) {
                None => {}
                Some(Value::Bool(true)) => on = true,
                Some(Value::Bool(false)) => off = true,
                Some(_) => {
                    let chart = dependency.name.clone();
                    let three = format!("Warning: Tag '{tag}' for chart {chart} returned non-bool value");
                    let attributes = vec![("tag", tag.clone()), ("chart", chart)];
                    log.warn("returned non-bool value", attributes, format!("dependencies.go:94: {three}"));
                }
            }
        }
        dependency.enabled = on || !off;
    }
}

/// The first path that leads to a boolean decides.
fn apply_conditions(dependencies: &mut [Option<Dependency>], values: &Map, prefix: &str, log: &mut Log) {
    for dependency in dependencies.iter_mut().flatten() {
        let paths = dependency.condition.trim().split(',').filter(|path| !path.is_empty());
        for path in paths {
            match path_value(values, &format!("{prefix}{path}")) {
                None => {}
                Some(Value::Bool(on)) => {
                    dependency.enabled = on;
                    break;
                }
                Some(_) => {
                    let chart = dependency.name.clone();
                    let three = format!("Warning: Condition path '{path}' for chart {chart} returned non-bool value");
                    let attributes = vec![("path", path.to_owned()), ("chart", chart)];
                    log.warn("returned non-bool value", attributes, format!("dependencies.go:63: {three}"));
                }
            }
        }
    }
}

/// The value at a path, unless it is a table.
fn path_value(values: &Map, path: &str) -> Option<Value> {
    let value = match path.rsplit_once('.') {
        Some((tables, key)) => table(values, tables).ok()?.value(key),
        None => values.value(path),
    };
    value.filter(|value| value.as_map().is_none())
}

/// The table at a path, or the first key on the way that leads to none.
fn table(values: &Map, path: &str) -> Result<Map, String> {
    path.split('.').try_fold(values.clone(), |table, key| match table.value(key) {
        Some(Value::Map(inner)) => Ok(inner),
        _ => Err(key.to_owned()),
    })
}

fn import_values(chart: &mut Chart, log: &mut Log) -> Result<(), Error> {
    for subchart in &mut chart.dependencies {
        import_values(subchart, log)?;
    }
    if chart.metadata.dependencies.is_empty() {
        return Ok(());
    }
    let values = with_defaults(chart, &Map::new(), Nulls::Keep, log)?;
    let imported = Map::new();
    for dependency in chart.metadata.dependencies.iter_mut().flatten() {
        let wanted = std::mem::take(&mut dependency.import_values);
        let imports = wanted.iter().filter_map(Import::read).collect::<Vec<_>>();
        for import in &imports {
            match table(&values, &format!("{}.{}", dependency.name, import.child)) {
                Ok(found) => merge_tables(&imported, &import.placed(found), log),
                Err(key) => import.warn(&dependency.name, &key, log),
            }
        }
        dependency.import_values = imports.iter().map(|wanted| import(&wanted.child, &wanted.parent)).collect();
    }
    // What the parent has itself wins over what it imports, which may be part of it.
    chart.values = if imported.is_empty() { values } else { deep_copy(&values) };
    merge_tables(&chart.values, &imported, log);
    Ok(())
}

/// An entry of `import-values`.
struct Import {
    child: String,
    parent: String,
    form: ImportForm,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum ImportForm {
    /// `- data`, short for the child's `exports.data` at the parent's root.
    Name,
    /// `- child: a`, `parent: b`.
    Paths,
}

impl Import {
    fn read(value: &Value) -> Option<Self> {
        match value {
            Value::String(name) => {
                let child = format!("exports.{name}");
                Some(Self { child, parent: ".".to_owned(), form: ImportForm::Name })
            }
            Value::Map(map) => {
                let text = |key| {
                    let value = map.value(key).unwrap_or_default();
                    String::from_utf8_lossy(&display(&value)).into_owned()
                };
                Some(Self { child: text("child"), parent: text("parent"), form: ImportForm::Paths })
            }
            _ => None,
        }
    }

    /// The table inside tables that stand where the parent wants it.
    fn placed(&self, table: Map) -> Map {
        if self.parent == "." {
            return table;
        }
        self.parent.rsplit('.').fold(table, |inner, key| std::iter::once((key, Value::Map(inner))).collect())
    }

    fn warn(&self, chart: &str, key: &str, log: &mut Log) {
        let error = format!("{} is not a table", quoted(key));
        match self.form {
            ImportForm::Name => {
                let three = format!("dependencies.go:286: Warning: ImportValues missing table: {error}");
                log.warn("ImportValues missing table", vec![("error", error)], three);
            }
            ImportForm::Paths => {
                let words = "Warning: ImportValues missing table from chart";
                let three = format!("dependencies.go:269: {words} {chart}: {error}");
                let attributes = vec![("chart", chart.to_owned()), ("error", error)];
                log.warn("ImportValues missing table from chart", attributes, three);
            }
        }
    }
}
