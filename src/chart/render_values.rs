//! The top-level dot, before each chart gets its own view of it.

use std::rc::Rc;

use super::coalesce::coalesce_values;
use super::process::is_compatible;
use super::{Capabilities, Chart, Error, ErrorKind, Log, Release};
use crate::source::{PathId, Step, Trace};
use crate::value::{List, Map, MapKind, Traced, Value};

/// What all charts of a rendering share.
#[derive(Clone, Debug)]
pub struct RenderValues {
    /// `.Capabilities`.
    pub capabilities: Rc<Capabilities>,
    /// `.Release`.
    pub release: Map,
    /// `.Values` of the outermost chart. A subchart's is the table of its name in it, as `common.Values`.
    pub values: Map,
}

/// Puts together what templates will see.
pub fn to_render_values(
    chart: &Chart,
    values: &Map,
    release: &Release,
    capabilities: Rc<Capabilities>,
    log: &mut Log,
) -> Result<RenderValues, Error> {
    let values = coalesce_values(chart, values, log)?.as_kind(MapKind::Values(chart.helm));
    Ok(RenderValues { capabilities, release: release.to_map(), values })
}

/// Whether the chart works with this Kubernetes.
pub fn check_kube_version(chart: &Chart, capabilities: &Capabilities) -> Result<(), Error> {
    let constraint = &chart.metadata.kube_version;
    let version = &capabilities.kube_version;
    if constraint.is_empty() || is_compatible(constraint, &version.normalized, chart.helm) {
        return Ok(());
    }
    Err(ErrorKind::Incompatible { constraint: constraint.clone(), version: version.version.clone() }.into())
}

/// Tells every value where it stands: `Values.image.tag`.
///
/// A subchart's values stand below its key in the outermost chart's: `Values.redis.auth`. Globals that came down from
/// above stand where they came from: `Values.global.registry`.
pub fn annotate(chart: &Chart, values: &Map, trace: &mut Trace) {
    if trace.is_on() {
        let path = trace.path(PathId::ROOT, Step::Key("Values".into()));
        Annotator { trace }.chart(chart, values, path, None);
    }
}

/// Deeper values don't know where they stand.
const MAX_DEPTH: usize = 200;

/// A table of globals, and where it stands.
type Globals = Option<(Map, PathId)>;

struct Annotator<'a> {
    trace: &'a mut Trace,
}

impl Annotator<'_> {
    fn chart(&mut self, chart: &Chart, values: &Map, path: PathId, above: Globals) {
        let mut globals = above.clone();
        if let Some(Value::Map(own)) = values.value("global") {
            let path = above.as_ref().map_or_else(|| self.step(path, &"global".into()), |(_, path)| *path);
            globals = Some((above.map_or(own, |(map, _)| map), path));
        }
        for (key, entry) in values.entries() {
            let here = self.step(path, &key);
            let subchart = chart.dependencies.iter().find(|subchart| *subchart.name() == *key);
            match (&entry.value, subchart, &globals) {
                (Value::Map(table), Some(subchart), _) => self.chart(subchart, table, here, globals.clone()),
                (Value::Map(table), None, Some((above, at))) if &*key == "global" && !above.is_same(table) => {
                    let above = above.clone();
                    self.globals(table, here, &above, *at, 0);
                }
                _ => {
                    self.entry(values, key, &entry, here, 0);
                    continue;
                }
            }
            let reads = self.trace.read(here);
            values.set(key, Traced { value: entry.value, reads });
        }
    }

    /// The globals of a subchart: those of `above` stand there, the others here.
    fn globals(&mut self, map: &Map, path: PathId, above: &Map, at: PathId, depth: usize) {
        for (key, entry) in map.entries() {
            match (above.value(&key), &entry.value) {
                (Some(Value::Map(upper)), Value::Map(inner)) if depth < MAX_DEPTH => {
                    let (here, there) = (self.step(path, &key), self.step(at, &key));
                    if upper.is_same(inner) {
                        self.map(inner, there, depth + 1);
                    } else {
                        self.globals(inner, here, &upper, there, depth + 1);
                    }
                    let reads = self.trace.read(there);
                    map.set(key, Traced { value: entry.value, reads });
                }
                (upper, _) => {
                    let here = self.step(if upper.is_some() { at } else { path }, &key);
                    self.entry(map, key, &entry, here, depth);
                }
            }
        }
    }

    fn map(&mut self, map: &Map, path: PathId, depth: usize) {
        for (key, entry) in map.entries() {
            let here = self.step(path, &key);
            self.entry(map, key, &entry, here, depth);
        }
    }

    fn entry(&mut self, map: &Map, key: Rc<str>, entry: &Traced, path: PathId, depth: usize) {
        let annotated = self.annotated(entry, path, depth);
        map.set(key, annotated);
    }

    fn annotated(&mut self, entry: &Traced, path: PathId, depth: usize) -> Traced {
        let value = match &entry.value {
            Value::Map(map) if depth < MAX_DEPTH => {
                self.map(map, path, depth + 1);
                entry.value.clone()
            }
            Value::List(list) if depth < MAX_DEPTH => {
                let steps = (0u32..).zip(list.items());
                let items = steps.map(|(index, item)| {
                    let path = self.trace.path(path, Step::Index(index));
                    self.annotated(item, path, depth + 1)
                });
                Value::List(List::of(list.kind(), items.collect()))
            }
            other => other.clone(),
        };
        Traced { value, reads: self.trace.read(path) }
    }

    fn step(&mut self, path: PathId, key: &Rc<str>) -> PathId {
        self.trace.path(path, Step::Key(Rc::clone(key)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Entry, load};
    use super::*;
    use crate::source::Files;

    /// The path that a slot says it was read from, as text.
    fn origin(values: &Map, path: &str, trace: &Trace) -> String {
        let (tables, key) = path.rsplit_once('.').map_or((None, path), |(tables, key)| (Some(tables), key));
        let tables = tables.into_iter().flat_map(|tables| tables.split('.'));
        let table = tables.fold(values.clone(), |table, key| {
            table.value(key).and_then(|value| value.as_map().cloned()).unwrap_or_default()
        });
        let reads = table.get(key).unwrap_or_default().reads;
        let steps = trace.sole_path(reads).map(|path| trace.steps(path)).unwrap_or_default();
        let step = |step: &&Step| match step {
            Step::Key(key) => key.to_string(),
            Step::Index(index) => index.to_string(),
        };
        steps.iter().map(step).collect::<Vec<_>>().join(".")
    }

    #[test]
    fn values_say_where_they_stand_and_globals_where_they_came_from() -> Result<(), Error> {
        let files = [
            ("Chart.yaml", "name: web\nversion: 1.0.0\n"),
            ("values.yaml", "a: [{b: 1}]\nglobal: {up: 1, both: {x: 1}}\n"),
            ("charts/db/Chart.yaml", "name: db\nversion: 1.0.0\n"),
            ("charts/db/values.yaml", "user: me\nglobal: {own: 1, both: {z: 1}}\n"),
        ];
        let entries = files.map(|(path, text)| Entry::new(path, text.as_bytes())).to_vec();
        let (mut log, mut trace) = (Log::new(), Trace::on());
        let chart = load(entries, &mut Files::new(), &mut log)?;
        let values = coalesce_values(&chart, &Map::new(), &mut log)?;
        annotate(&chart, &values, &mut trace);
        for (path, want) in [
            ("a", "Values.a"),
            ("db.user", "Values.db.user"),
            ("db.global.up", "Values.global.up"),
            ("db.global.own", "Values.db.global.own"),
            ("db.global.both", "Values.global.both"),
            ("db.global.both.x", "Values.global.both.x"),
            ("db.global.both.z", "Values.db.global.both.z"),
        ] {
            assert_eq!(origin(&values, path, &trace), want);
        }
        Ok(())
    }
}
