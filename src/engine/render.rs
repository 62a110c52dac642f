//! From a loaded chart to documents.

use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;

#[cfg(not(target_family = "wasm"))]
use super::ahead::Ahead;
use super::document::{self, Document, DocumentKind, Output};
use super::functions::without_no_value;
use super::heads::{Read, Reader};
use super::jinja::Jinja;
use super::judges::JUDGES;
use super::memory::Memory;
use super::scope::{self, Renderable};
use super::{Error, ErrorKind};
use crate::chart::{self, Capabilities, Chart, Log, Release, RenderValues};
use crate::helm::Helm;
use crate::jinja;
use crate::kube::Head;
use crate::source::{Files, Frame, FrameId, FrameKind, Origin, OriginKind, ReadsId, Runs, Span, Trace};
use crate::template::{Executor, Limits, ParseError, Source, TemplateSet, World};
use crate::value::{Map, Text};

/// What is to be rendered.
#[derive(Clone, Debug)]
pub struct Request {
    /// The chart, as it was loaded.
    pub chart: Chart,
    /// The table that its files were put into.
    pub files: Files,
    /// What was said while it was loaded.
    pub log: Log,
    /// The user's values.
    pub values: Map,
    /// The release.
    pub release: Release,
    /// The cluster that templates are told of.
    pub capabilities: Capabilities,
    /// Whether the values are held against the chart's schemas.
    pub schema: SchemaCheck,
    /// What the templates may use up.
    pub limits: Limits,
    /// Whether origins are recorded.
    pub record: Record,
    /// What templates are whose names end in `.j2`.
    pub dialect: Dialect,
}

/// What a template is whose name ends in `.j2`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dialect {
    /// One of the Jinja dialect, of which Helm knows nothing.
    #[default]
    Jinja,
    /// One like all others, as Helm takes it.
    Helm,
}

/// Whether values are held against schemas.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SchemaCheck {
    /// Yes.
    #[default]
    Done,
    /// `--skip-schema-validation`
    Skipped,
}

/// Whether origins are recorded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Record {
    /// Every byte will know where it comes from.
    #[default]
    Origins,
    /// Nobody will ask.
    Nothing,
}

/// What became of a request. Files, trace and log are there whether it succeeded or not.
#[derive(Clone, Debug)]
pub struct Rendering {
    /// The files that spans point into.
    pub files: Files,
    /// Where the text comes from.
    pub trace: Trace,
    /// What Helm prints on standard error on the way.
    pub log: Log,
    /// The documents, or why there are none.
    pub result: Result<Rendered, Error>,
    /// The chart with its dependencies processed; `None` where they weren't.
    pub chart: Option<Rc<Chart>>,
    /// What it was made of.
    pub kept: Kept,
}

/// What a rendering was made of. To let go of it takes time, which who is about to end can save.
#[derive(Clone, Default)]
#[allow(dead_code, reason = "nobody looks at it")]
pub struct Kept {
    templates: Option<Rc<TemplateSet>>,
    objects: Option<Rc<BTreeMap<String, Renderable>>>,
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Kept")
    }
}

/// What a chart renders to.
#[derive(Clone, Debug, Default)]
pub struct Rendered {
    /// The files in `crds/`, then manifests in install order, then hooks in install order.
    pub documents: Vec<Document>,
    /// What `helm install` shows in the end: the outermost chart's `NOTES.txt`.
    pub notes: Option<Text>,
    /// The notes of the charts in it, which Helm shows only when told to.
    pub subchart_notes: Vec<Text>,
}

/// Renders a chart as Helm does.
pub fn render(request: Request, world: &mut dyn World) -> Rendering {
    render_with(request, world, Before::Nothing)
}

/// The same, where templates were parsed while others were still being read.
#[cfg(not(target_family = "wasm"))]
pub fn render_ahead(request: Request, world: &mut dyn World, ahead: &Ahead) -> Rendering {
    render_with(request, world, Before::Ahead(ahead))
}

/// The same, of a chart that was rendered before or will be again.
pub fn render_again(request: Request, world: &mut dyn World, memory: &mut Memory) -> Rendering {
    render_with(request, world, Before::Remembered(memory))
}

/// What is known of a chart before it is rendered.
enum Before<'b> {
    Nothing,
    #[cfg(not(target_family = "wasm"))]
    Ahead(&'b Ahead),
    Remembered(&'b mut Memory),
}

fn render_with(request: Request, world: &mut dyn World, before: Before<'_>) -> Rendering {
    let Request { mut chart, files, mut log, values, release, capabilities, schema, limits, record, dialect } = request;
    let mut trace = match record {
        Record::Origins => Trace::on(),
        Record::Nothing => Trace::off(),
    };
    let mut kept = Kept::default();
    let prepared = prepare(&mut chart, &values, &release, Rc::new(capabilities), schema, &mut log);
    let mut processed = None;
    let result = match prepared {
        Err(error) => Err(error),
        Ok(shared) => {
            let chart = Rc::new(chart);
            chart::annotate(&chart, &shared.values, &mut trace);
            let renderables = scope::renderables(&chart, &shared, &mut trace);
            let mut executor = Executor::new(limits, trace, world);
            let outputs = execute(&renderables, dialect, &mut executor, &mut kept, before, chart.helm);
            trace = executor.into_trace();
            let sorted =
                outputs.and_then(|(outputs, read)| sorted(outputs, read, &chart, dialect, &mut trace, &mut log));
            kept.objects = Some(Rc::new(renderables));
            processed = Some(chart);
            sorted
        }
    };
    Rendering { files, trace, log, result, chart: processed, kept }
}

/// Everything that Helm does before it executes templates. Its last check is the first thing that it counts as
/// rendering.
fn prepare(
    chart: &mut Chart,
    values: &Map,
    release: &Release,
    capabilities: Rc<Capabilities>,
    schema: SchemaCheck,
    log: &mut Log,
) -> Result<RenderValues, Error> {
    let helm = chart.helm;
    let shared = values_for(chart, values, release, capabilities, schema, log);
    let shared = shared.map_err(|error| Error::before(error, helm))?;
    let during = |error| Error::during(ErrorKind::Chart(Box::new(error)), helm);
    chart::check_kube_version(chart, &shared.capabilities).map_err(during)?;
    Ok(shared)
}

pub(super) fn values_for(
    chart: &mut Chart,
    values: &Map,
    release: &Release,
    capabilities: Rc<Capabilities>,
    schema: SchemaCheck,
    log: &mut Log,
) -> Result<RenderValues, chart::Error> {
    chart::check_installable(chart)?;
    if chart.metadata.deprecated {
        log.warn("this chart is deprecated", Vec::new(), "WARNING: This chart is deprecated".to_owned());
    }
    chart::check_api_version(chart)?;
    chart::check_dependencies(chart)?;
    chart::check_release_name(&release.name, log)?;
    chart::process_dependencies(chart, values, log)?;
    let shared = chart::to_render_values(chart, values, release, capabilities, log)?;
    if schema == SchemaCheck::Done {
        chart::check_schemas(chart, &shared.values, &JUDGES, log)?;
    }
    Ok(shared)
}

/// Parses all templates, then executes those that aren't partials. What they print is read meanwhile, or remembered.
fn execute(
    renderables: &BTreeMap<String, Renderable>,
    dialect: Dialect,
    executor: &mut Executor,
    kept: &mut Kept,
    mut before: Before<'_>,
    helm: Helm,
) -> Result<(BTreeMap<String, Output>, Read), Error> {
    let ordered = scope::in_order(renderables);
    let is_jinja = |name: &str| dialect == Dialect::Jinja && jinja::is_jinja(name);
    let (foreign, own): (Vec<_>, Vec<_>) = ordered.iter().partition(|(name, _)| is_jinja(name));
    let set = Rc::new(parse(&own, &mut before, helm)?);
    kept.templates = Some(Rc::clone(&set));
    let mut jinja = read_jinja(foreign, &set, executor, helm)?;
    let mut outputs = BTreeMap::new();
    let memory = match before {
        Before::Remembered(memory) => Some(memory),
        _ => None,
    };
    let mut reader = memory.is_none().then(|| Reader::new(helm));
    for (name, renderable) in ordered.iter().filter(|(name, _)| !scope::is_partial(name)) {
        let output = if let Some(jinja) = jinja.as_mut().filter(|_| is_jinja(name)) {
            jinja.render(name, renderable, executor)?
        } else {
            let printed = executor.execute(&set, name, renderable.enter(name));
            let printed = printed.map_err(|interrupted| Error::during(ErrorKind::Exec(interrupted.error), helm))?;
            Output { file: renderable.file.id, text: without_no_value(&printed) }
        };
        if let Some(reader) = &mut reader {
            reader.add(name, output.text.as_bytes());
        }
        outputs.insert((*name).to_owned(), output);
    }
    let remembered = memory.map(|memory| {
        memory.keep(renderables);
        memory.read(&outputs, helm)
    });
    Ok((outputs, remembered.or_else(|| reader.map(Reader::finish)).unwrap_or_default()))
}

/// Parses templates, as far as they aren't yet.
fn parse(templates: &[(&str, &Renderable)], before: &mut Before<'_>, helm: Helm) -> Result<TemplateSet, Error> {
    let mut set = match before {
        Before::Remembered(memory) => memory.set(helm),
        _ => Memory::default().set(helm),
    };
    for (name, renderable) in templates {
        let parsed = match before {
            Before::Remembered(memory) => memory.parse(&mut set, name, renderable),
            #[cfg(not(target_family = "wasm"))]
            Before::Ahead(ahead) => take(&mut set, name, renderable, ahead),
            Before::Nothing => add(&mut set, name, renderable),
        };
        parsed.map_err(|error| Error::during(ErrorKind::Parse((*name).to_owned(), Box::new(error)), helm))?;
    }
    Ok(set)
}

fn add(set: &mut TemplateSet, name: &str, template: &Renderable) -> Result<(), ParseError> {
    set.parse(name, Source::File(template.file.id), &template.text())
}

/// Adds a template that may be parsed already.
#[cfg(not(target_family = "wasm"))]
fn take(set: &mut TemplateSet, name: &str, template: &Renderable, ahead: &Ahead) -> Result<(), ParseError> {
    let text = template.text();
    let Some(leaves) = ahead.take(&template.file.path, text.as_bytes()) else { return add(set, name, template) };
    set.add(&leaves.bound(name, Source::File(template.file.id), &text, set.functions().helm())?);
    Ok(())
}

/// Reads the templates of the Jinja dialect; most charts have none.
fn read_jinja(
    templates: Vec<(&str, &Renderable)>,
    set: &Rc<TemplateSet>,
    executor: &mut Executor,
    helm: Helm,
) -> Result<Option<Jinja>, Error> {
    if templates.is_empty() {
        return Ok(None);
    }
    let mut jinja = Jinja::new(templates.iter().map(|(name, _)| *name), set, executor.trace(), helm);
    templates.into_iter().try_for_each(|(name, renderable)| jinja.add(name, renderable))?;
    Ok(Some(jinja))
}

fn sorted(
    mut outputs: BTreeMap<String, Output>,
    read: Read,
    chart: &Chart,
    dialect: Dialect,
    trace: &mut Trace,
    log: &mut Log,
) -> Result<Rendered, Error> {
    let (notes, subchart_notes) = take_notes(&mut outputs, chart, dialect);
    let mut documents = crds(chart, trace);
    documents.extend(document::documents(&outputs, read, log)?);
    Ok(Rendered { documents, notes, subchart_notes })
}

/// Takes all notes out: those of the outermost chart, and those of others.
pub(super) fn take_notes(
    outputs: &mut BTreeMap<String, Output>,
    chart: &Chart,
    dialect: Dialect,
) -> (Option<Text>, Vec<Text>) {
    const NOTES: [&str; 2] = ["NOTES.txt", "NOTES.txt.j2"];
    let known = NOTES.get(..if dialect == Dialect::Jinja { 2 } else { 1 }).unwrap_or_default();
    let own = known.iter().map(|name| format!("{}/templates/{name}", chart.name()));
    let own = own.into_iter().find(|path| outputs.contains_key(path));
    let (mut notes, mut others) = (None, Vec::new());
    outputs.retain(|path, output| {
        let is_notes = known.iter().any(|name| path.ends_with(name));
        match (is_notes, own.as_ref() == Some(path)) {
            (true, true) => notes = Some(output.text.clone()),
            (true, false) => others.push(output.text.clone()),
            (false, _) => {}
        }
        !is_notes
    });
    (notes, others)
}

/// The files in `crds/`, which are printed as they stand.
pub(super) fn crds(chart: &Chart, trace: &mut Trace) -> Vec<Document> {
    let mut document = |(source, file): (String, &chart::File)| {
        let (kind, span) = (OriginKind::Literal, Span::new(file.id, 0..file.data.len()));
        let frame = FrameKind::File(source.as_str().into());
        let frame = Frame { parent: FrameId::NONE, kind: frame, span: None, reads: ReadsId::NONE, value: None };
        let frame = trace.push_frame(frame);
        let origin = trace.push_origin(Origin { kind, span, frame, reads: ReadsId::NONE });
        let mut runs = Runs::new();
        if trace.is_on() {
            runs.push(file.data.len(), origin, 0);
        }
        let text = Text::with_runs(Rc::clone(file.data.shared()), runs);
        Document { source, file: file.id, kind: DocumentKind::Crd, head: Head::default(), text }
    };
    chart.crds().into_iter().map(&mut document).collect()
}
