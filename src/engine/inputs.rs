//! What a rendering is made of besides templates: values with their layers, the release, the charts' metadata. Asked
//! by a path in the input objects, it says what stands there and who put it there.

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use super::Request;
use crate::chart::{self, Chart, ChartPlace, History, LayerTexts, Layers, Log, Overrides};
use crate::source::{FileId, Files, Span, Step, Trace};
use crate::value::{Map, Value};
use crate::yaml;

/// The inputs of a rendering, as they are before templates change them.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    layers: Layers,
    /// The merged values of the outermost chart.
    values: Map,
    release: Map,
    /// The charts by the keys of `Subcharts` that lead to them.
    charts: BTreeMap<Vec<Rc<str>>, ChartInput>,
    left_out: Vec<LeftOut>,
    chart: Chart,
}

/// A chart in the chart that is left out.
#[derive(Clone, Debug)]
pub struct LeftOut {
    /// Its name.
    pub name: Rc<str>,
    /// The path of the value that decides; `None` where its tags do.
    pub condition: Option<Vec<Step>>,
    /// The `dependencies` of the `Chart.yaml` that asks for it.
    pub manifest: Option<Span>,
}

#[derive(Clone, Debug, Default)]
struct ChartInput {
    metadata: Map,
    file: Option<FileId>,
    manifest: Option<Rc<yaml::Document>>,
    /// The paths, below `Values`, that say whether a chart in it is used.
    conditions: Vec<Vec<Step>>,
    templates: Vec<FileId>,
    /// What `.Files` holds, each with its length.
    files: BTreeMap<Rc<str>, (FileId, usize)>,
}

impl Inputs {
    /// The inputs of what is about to be rendered. `overrides` are what its values were made of; their files get
    /// numbers among those of the request.
    pub fn new(request: &mut Request, overrides: &Overrides) -> Self {
        let mut chart = request.chart.clone();
        let mut log = Log::of(chart.helm);
        // What is wrong with it, rendering will say.
        let _ = chart::process_dependencies(&mut chart, &request.values, &mut log);
        Self::of(chart, request, overrides, &LayerTexts::default())
    }

    /// The same of what was rendered: `chart` is the one whose dependencies were processed for it.
    pub fn of(chart: Chart, request: &mut Request, overrides: &Overrides, known: &LayerTexts) -> Self {
        let mut log = Log::of(chart.helm);
        let values = chart::coalesce_values(&chart, &request.values, &mut log).unwrap_or_default();
        let mut charts = BTreeMap::new();
        collect(&request.chart, &[], &mut charts);
        collect(&chart, &[], &mut charts);
        let layers = Layers::new(&chart, overrides, &mut request.files, known);
        let mut inputs =
            Self { layers, values, release: request.release.to_map(), charts, left_out: Vec::new(), chart };
        inputs.left_out = left_out(&request.chart, &inputs);
        inputs
    }

    /// What stands at a path from the top-level dot, such as `Values.image.tag`. Charts in the chart stand below
    /// `Subcharts`. `None` where nothing stands, or where it isn't known.
    pub fn value(&self, path: &[Step]) -> Option<Value> {
        match self.root(path)? {
            Root::Values(path) => at(&self.values, path),
            Root::Release(path) => at(&self.release, path),
            Root::Chart(chart, path) => at(&chart.metadata, path),
            Root::Files(..) => None,
        }
    }

    /// Which layers say something about a path; nothing for what isn't below `Values`.
    pub fn history(&self, path: &[Step]) -> History {
        match self.root(path) {
            Some(Root::Values(path)) => {
                let mut history = self.layers.history(path);
                if at(&self.values, path).is_none() {
                    // The strongest that says something is null, and so the key is gone; or a wall hides it.
                    history.hidden_by = history.hidden_by.or_else(|| history.set_by.take());
                }
                history
            }
            _ => History::default(),
        }
    }

    /// The line of `Chart.yaml` that a path below `Chart` stands for.
    pub fn in_manifest(&self, path: &[Step]) -> Option<Span> {
        let Root::Chart(chart, [Step::Key(name), ..]) = self.root(path)? else { return None };
        let document = chart.manifest.as_ref()?;
        Some(Span::new(chart.file?, field(document, name)?))
    }

    /// The path of what a file of values, or a `Chart.yaml`, says at a byte; of a file that `.Files` holds, its own.
    pub fn path_at(&self, file: FileId, byte: usize) -> Option<Vec<Step>> {
        if let Some(inside) = self.layers.path_at(file, byte) {
            return Some(std::iter::once(Step::Key("Values".into())).chain(inside).collect());
        }
        if let Some((keys, name)) = self.charts.iter().find_map(|(keys, chart)| Some((keys, chart.named(file)?))) {
            let own = [Step::Key("Files".into()), Step::Key(name)];
            return Some(subchart(keys).chain(own).collect());
        }
        let (keys, chart) = self.charts.iter().find(|(_, chart)| chart.file == Some(file))?;
        let [Step::Key(field), rest @ ..] = &*chart.manifest.as_ref()?.path_at(byte) else { return None };
        let name =
            chart.metadata.entries().into_iter().map(|(key, _)| key).find(|key| key.eq_ignore_ascii_case(field))?;
        let own = [Step::Key("Chart".into()), Step::Key(name)];
        Some(subchart(keys).chain(own).chain(rest.iter().cloned()).collect())
    }

    /// The file of the chart that a path below `Files` stands for.
    pub fn in_files(&self, path: &[Step]) -> Option<Span> {
        let Root::Files(chart, [Step::Key(name)]) = self.root(path)? else { return None };
        chart.files.get(name).map(|(file, len)| Span::new(*file, 0..*len))
    }

    /// The layers.
    pub fn layers(&self) -> &Layers {
        &self.layers
    }

    /// The merged values, which know where they stand: as the templates that were recorded saw them.
    pub fn annotated(&self, trace: &mut Trace) -> Map {
        chart::annotate(&self.chart, &self.values, trace);
        self.values.clone()
    }

    /// The paths, below `Values`, that `Chart.yaml` files read to know whether a chart is used, each with that file.
    pub fn conditions(&self) -> impl Iterator<Item = (FileId, &[Step])> {
        let charts = self.charts.values().filter_map(|chart| Some((chart.file?, &chart.conditions)));
        charts.flat_map(|(file, paths)| paths.iter().map(move |path| (file, path.as_slice())))
    }

    /// The charts in the chart that are left out.
    pub fn left_out(&self) -> &[LeftOut] {
        &self.left_out
    }

    /// The templates, each with the keys that lead from the outermost chart's values to its own.
    pub(super) fn templates(&self) -> impl Iterator<Item = (&[Rc<str>], FileId)> {
        let charts = self.charts.iter();
        charts.flat_map(|(base, chart)| chart.templates.iter().map(move |file| (base.as_slice(), *file)))
    }

    /// The templates of all charts, in no certain order.
    pub fn template_files(&self) -> impl Iterator<Item = FileId> {
        self.charts.values().flat_map(|chart| chart.templates.iter().copied())
    }

    /// The outermost chart's `values.yaml`.
    pub fn own_values(&self) -> Option<FileId> {
        self.chart.values_file.as_ref().map(|file| file.id)
    }

    /// The outermost chart's `Chart.yaml`.
    pub fn own_manifest(&self) -> Option<FileId> {
        self.chart.manifest.as_ref().map(|file| file.id)
    }

    /// The keys that lead from the outermost chart's values to those of the chart of this name: the first there is.
    pub fn keys_of(&self, chart: &str) -> Option<Vec<Rc<str>>> {
        if self.chart.name() == chart {
            return Some(Vec::new());
        }
        let named = |keys: &&Vec<Rc<str>>| keys.last().is_some_and(|key| &**key == chart);
        self.charts.keys().filter(named).min_by_key(|keys| keys.len()).cloned()
    }

    /// The templates of the outermost chart.
    pub fn own_templates(&self) -> &[FileId] {
        self.charts.get(&[][..]).map(|chart| chart.templates.as_slice()).unwrap_or_default()
    }

    fn root<'p>(&self, path: &'p [Step]) -> Option<Root<'_, 'p>> {
        let mut keys: Vec<Rc<str>> = Vec::new();
        let mut path = path;
        while let [Step::Key(first), Step::Key(name), rest @ ..] = path
            && &**first == "Subcharts"
        {
            keys.push(Rc::clone(name));
            path = rest;
        }
        let [Step::Key(first), rest @ ..] = path else { return None };
        match &**first {
            "Values" if keys.is_empty() => Some(Root::Values(rest)),
            "Release" => Some(Root::Release(rest)),
            "Chart" => Some(Root::Chart(self.charts.get(&keys)?, rest)),
            "Files" => Some(Root::Files(self.charts.get(&keys)?, rest)),
            _ => None,
        }
    }
}

/// The direct subcharts that dependencies ask for and that aren't there in the end.
fn left_out(chart: &Chart, inputs: &Inputs) -> Vec<LeftOut> {
    let is_in = |name: &str| inputs.chart.dependencies.iter().any(|inner| inner.name() == name);
    let gone = chart.metadata.dependencies().filter(|dependency| {
        let name = if dependency.alias.is_empty() { &dependency.name } else { &dependency.alias };
        !is_in(name) && chart.dependencies.iter().any(|inner| inner.metadata.name == dependency.name)
    });
    let told = gone.map(|dependency| {
        let name = if dependency.alias.is_empty() { &dependency.name } else { &dependency.alias };
        let steps = |path: &str| -> Vec<Step> {
            let root = std::iter::once("Values").chain(path.split('.'));
            root.map(|key| Step::Key(key.into())).collect()
        };
        let mut paths = dependency.condition.trim().split(',').filter(|path| !path.is_empty()).map(steps);
        let condition = paths.find(|path| inputs.value(path).is_some());
        let manifest = inputs.in_manifest(&[Step::Key("Chart".into()), Step::Key("Dependencies".into())]);
        LeftOut { name: name.as_str().into(), condition, manifest }
    });
    told.collect()
}

impl ChartInput {
    /// What `.Files` calls a file.
    fn named(&self, file: FileId) -> Option<Rc<str>> {
        self.files.iter().find(|(_, (id, _))| *id == file).map(|(name, _)| Rc::clone(name))
    }
}

/// The steps that lead from the top-level dot to a chart in the chart.
fn subchart(keys: &[Rc<str>]) -> impl Iterator<Item = Step> {
    keys.iter().flat_map(|key| [Step::Key("Subcharts".into()), Step::Key(Rc::clone(key))])
}

enum Root<'i, 'p> {
    Values(&'p [Step]),
    Release(&'p [Step]),
    Chart(&'i ChartInput, &'p [Step]),
    Files(&'i ChartInput, &'p [Step]),
}

/// Charts nest no deeper than the loader lets them.
fn collect(chart: &Chart, keys: &[Rc<str>], found: &mut BTreeMap<Vec<Rc<str>>, ChartInput>) {
    let place = if keys.is_empty() { ChartPlace::Root } else { ChartPlace::Below };
    let file = chart.manifest.as_ref().map(|file| file.id);
    let known = found.values().find(|input| file.is_some() && input.file == file).map(|input| input.manifest.clone());
    let read =
        || chart.manifest.as_ref().and_then(|file| yaml::parse(&file.data).ok()?.into_iter().next()).map(Rc::new);
    let manifest = known.unwrap_or_else(read);
    let conditions = chart.metadata.dependencies().flat_map(|dependency| {
        let paths = dependency.condition.trim().split(',').filter(|path| !path.is_empty());
        let tags = dependency.tags.iter().map(|tag| vec![Step::Key("tags".into()), Step::Key(tag.as_str().into())]);
        let below = |path: &str| {
            let keys = keys.iter().cloned().chain(path.split('.').map(Rc::from));
            keys.map(Step::Key).collect::<Vec<_>>()
        };
        paths.map(below).chain(tags).collect::<Vec<_>>()
    });
    let input = ChartInput {
        metadata: chart.metadata.to_map(place),
        file,
        manifest,
        conditions: conditions.collect(),
        templates: chart.templates.iter().map(|file| file.id).collect(),
        files: chart.files.iter().map(|file| (Rc::clone(&file.name), (file.id, file.data.len()))).collect(),
    };
    found.insert(keys.to_vec(), input);
    for inner in &chart.dependencies {
        let keys: Vec<Rc<str>> = keys.iter().cloned().chain([inner.name().into()]).collect();
        collect(inner, &keys, found);
    }
}

fn at(map: &Map, path: &[Step]) -> Option<Value> {
    path.iter().try_fold(Value::Map(map.clone()), |value, step| match (step, value) {
        (Step::Key(key), Value::Map(map)) => map.value(key),
        (Step::Index(index), Value::List(list)) => list.items().get(*index as usize).map(|item| item.value.clone()),
        _ => None,
    })
}

/// Key and value of a field of `Chart.yaml`, which templates spell with a capital letter.
fn field(document: &yaml::Document, name: &str) -> Option<Range<usize>> {
    let yaml::NodeKind::Mapping(entries, _) = &document.root()?.kind else { return None };
    let is_it = |key: &yaml::NodeId| document.key_name(*key).is_some_and(|key| key.eq_ignore_ascii_case(name));
    let (key, value) = entries.iter().find(|(key, _)| is_it(key))?;
    let (key, value) = (document.node(*key)?, document.node(*value)?);
    Some(key.span.start..value.span.end.max(key.span.end))
}

/// A path as people write it: `Values.image.tag`, `Values.list[0]`, `Values["a.b"]`. The top-level dot is `.`.
pub fn written(path: &[Step]) -> String {
    let written = path.iter().enumerate().map(|(at, step)| match step {
        Step::Index(index) => format!("[{index}]"),
        Step::Key(key) if !is_name(key) => format!("[{key:?}]"),
        Step::Key(key) if at == 0 => key.to_string(),
        Step::Key(key) => format!(".{key}"),
    });
    if path.is_empty() { ".".to_owned() } else { written.collect() }
}

/// Whether a key can stand behind a dot. Hyphens can't in a template, but everybody writes them so.
fn is_name(key: &str) -> bool {
    !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-')
}

/// The name of a file, as Helm has it.
pub(super) fn file_name(files: &Files, file: FileId) -> Rc<str> {
    files.get(file).map_or_else(|| "".into(), |file| Rc::clone(&file.path))
}
