//! What each chart's templates see as the top-level dot.
//!
//! A subchart sees its own part of the values. That part is shared, not copied: what a subchart's template sets in its
//! `.Values`, the parent's later templates see.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::files::ChartFiles;
use crate::chart::{Capabilities, Chart, ChartPlace, File, Paths, RenderValues, chart_object};
use crate::helm::Helm;
use crate::source::{PathId, Step, Trace};
use crate::value::{List, Map, MapKind, Object, Text, Traced, Value};

/// A template of a chart, and what it will see.
pub(super) struct Renderable {
    /// The file.
    pub file: File,
    /// The top-level dot, shared by all templates of the chart.
    pub dot: Traced,
    /// What `.Template.BasePath` says.
    pub base_path: String,
}

impl Renderable {
    /// Its text.
    pub fn text(&self) -> Text {
        Text::new(Rc::clone(self.file.data.shared()))
    }

    /// The dot as it is while this template, known as `name`, is rendered.
    pub fn enter(&self, name: &str) -> Traced {
        if let Some(dot) = self.dot.value.as_map() {
            let template = Map::of(dot.kind());
            template.set("Name", Value::from(name));
            template.set("BasePath", Value::from(self.base_path.as_str()));
            dot.set("Template", Value::Map(template));
        }
        self.dot.clone()
    }
}

/// The templates of a chart and of those in it, by the path that Helm gives them.
pub(super) fn renderables(chart: &Chart, shared: &RenderValues, trace: &mut Trace) -> BTreeMap<String, Renderable> {
    let mut found = BTreeMap::new();
    Collector { found: &mut found, shared, trace }.chart(chart, None);
    found
}

/// In the order in which Helm parses and executes them: the deepest paths first, those of one depth by name, backwards.
pub(super) fn in_order(renderables: &BTreeMap<String, Renderable>) -> Vec<(&str, &Renderable)> {
    let mut ordered: Vec<_> = renderables.iter().map(|(name, renderable)| (name.as_str(), renderable)).collect();
    ordered.sort_by_cached_key(|(name, _)| std::cmp::Reverse((name.matches('/').count(), *name)));
    ordered
}

/// Whether a file holds only definitions: its own output is never printed.
pub(super) fn is_partial(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|base| base.starts_with('_'))
}

/// Objects of a chart and a release are no deeper.
const DEEPEST: usize = 16;

struct Parent<'p> {
    paths: &'p Paths,
    dot: &'p Map,
    /// The chart's dot as a place in the input objects.
    trace_path: PathId,
}

struct Collector<'c> {
    found: &'c mut BTreeMap<String, Renderable>,
    shared: &'c RenderValues,
    trace: &'c mut Trace,
}

impl Collector<'_> {
    /// Collects a chart's templates; gives back its dot. Charts nest no deeper than their archive or directory.
    fn chart(&mut self, chart: &Chart, parent: Option<&Parent>) -> Traced {
        let (place, trace_path) = match parent {
            None => (ChartPlace::Root, PathId::ROOT),
            Some(parent) => (ChartPlace::Below, self.below(parent.trace_path, &["Subcharts", chart.name()])),
        };
        let subcharts = Map::new();
        let files = chart.files.iter().map(|file| (Rc::clone(&file.name), file.data.clone()));
        let dot = Map::of(MapKind::Values(chart.helm));
        let metadata = match chart.helm {
            Helm::Three => Value::Object(chart_object(&chart.metadata, place)),
            Helm::Four => Value::Map(chart.metadata.to_map(place)),
        };
        dot.set("Chart", self.at(trace_path, "Chart", metadata));
        dot.set("Files", self.at(trace_path, "Files", Value::Object(Rc::new(ChartFiles::new(files)))));
        let below = self.below(trace_path, &["Subcharts"]);
        dot.set("Subcharts", Traced::new(subcharts.clone(), self.trace.read(below)));
        dot.set("Release", self.at(PathId::ROOT, "Release", Value::Map(self.shared.release.clone())));
        let capabilities: Rc<dyn Object> = Rc::<Capabilities>::clone(&self.shared.capabilities);
        dot.set("Capabilities", self.at(PathId::ROOT, "Capabilities", Value::Object(capabilities)));
        let values = match parent {
            None => {
                let path = self.below(PathId::ROOT, &["Values"]);
                Traced::new(self.shared.values.clone(), self.trace.read(path))
            }
            Some(parent) => table(parent.dot, chart),
        };
        dot.set("Values", values);

        let paths = chart.paths(parent.map(|parent| parent.paths));
        let path = &paths.own;
        let here = Parent { paths: &paths, dot: &dot, trace_path };
        for dependency in &chart.dependencies {
            let child = self.chart(dependency, Some(&here));
            subcharts.set(dependency.name(), child);
        }
        let reads = self.trace.read(trace_path);
        let templates = chart.templates.iter().filter(|file| !chart.metadata.is_library() || is_partial(&file.name));
        for file in templates {
            let dot = Traced::new(dot.clone(), reads);
            let renderable = Renderable { file: file.clone(), dot, base_path: format!("{path}/templates") };
            self.found.insert(format!("{path}/{}", file.name), renderable);
        }
        Traced::new(dot, reads)
    }

    /// A value that stands at a key of a chart's dot. All that is in it knows where it stands, too.
    fn at(&mut self, dot: PathId, key: &str, value: Value) -> Traced {
        let path = self.below(dot, &[key]);
        self.placed(path, value, 0)
    }

    fn placed(&mut self, path: PathId, value: Value, depth: usize) -> Traced {
        let value = match value {
            Value::Map(map) if depth < DEEPEST && self.trace.is_on() => {
                for (key, entry) in map.entries() {
                    let path = self.trace.path(path, Step::Key(Rc::clone(&key)));
                    map.set(key, self.placed(path, entry.value, depth + 1));
                }
                Value::Map(map)
            }
            Value::List(list) if depth < DEEPEST && self.trace.is_on() => {
                let items = (0..).zip(list.values()).map(|(index, item)| {
                    let path = self.trace.path(path, Step::Index(index));
                    self.placed(path, item.clone(), depth + 1)
                });
                Value::List(List::of(list.kind(), items.collect()))
            }
            other => other,
        };
        Traced::new(value, self.trace.read(path))
    }

    fn below(&mut self, path: PathId, keys: &[&str]) -> PathId {
        keys.iter().fold(path, |path, key| self.trace.path(path, Step::Key((*key).into())))
    }
}

/// A subchart's values: those under its name in its parent's, where that is a table. A dot in the name looks deeper.
fn table(parent: &Map, chart: &Chart) -> Traced {
    let kind = MapKind::Values(chart.helm);
    let all = parent.get("Values").unwrap_or_default();
    let own = chart.name().split('.').try_fold(all, |table, key| table.value.as_map()?.get(key));
    match own {
        Some(Traced { value: Value::Map(map), reads }) => Traced::new(map.as_kind(kind), reads),
        _ => Value::Map(Map::of(kind)).into(),
    }
}
