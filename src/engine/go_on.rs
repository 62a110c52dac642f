//! Rendering that goes on where Helm stops: what fails leaves a hole, what can't be parsed is left out, what isn't YAML
//! stays as it was printed. For a page that shows a chart while it is written; nothing of this is ever installed.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::document::{self, Document, DocumentKind, Output, Unreadable};
use super::functions::without_no_value;
use super::jinja::Jinja;
use super::memory::Memory;
use super::render::{self, Dialect, Kept, Record, Rendered, Rendering, Request, SchemaCheck};
use super::scope::{self, Renderable};
use super::{Error, ErrorKind};
use crate::chart;
use crate::helm::Helm;
use crate::jinja;
use crate::kube::Head;
use crate::source::{Files, Frame, FrameId, FrameKind, Origin, OriginKind, ReadsId, Run, Runs, Span, Trace};
use crate::template::{Executor, HOLE_MARKS as MARKS, Hole, World};
use crate::value::Text;
use crate::yaml;

/// Something at which Helm stops.
#[derive(Clone, Debug)]
pub struct Stop {
    /// Why.
    pub error: Error,
    /// The template that is rendered there, as Helm names it.
    pub source: String,
    /// The calls that led to it, the outermost first.
    pub calls: Vec<Span>,
    /// Where text that isn't YAML was printed: the template text behind the place where the reader gave up.
    pub printed_by: Option<Span>,
    /// What the dot was there, where it isn't what the template began with.
    pub dot: Option<Dot>,
    /// The text that isn't YAML.
    pub text: Option<Text>,
}

/// A dot that `range` or `with` set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dot {
    /// `range` or `with`.
    pub set_by: &'static str,
    /// What it is, in short.
    pub value: String,
    /// Whether `$` is the top level there: no named template is between the file and the place.
    pub is_in_file: bool,
}

/// Renders as far as there is anything to render, and says at what Helm would have stopped. Whether values fit schemas
/// is not asked.
pub fn render_on(request: Request, world: &mut dyn World) -> (Rendering, Vec<Stop>) {
    render_on_again(request, world, &mut Memory::default())
}

/// The same, of a chart that was rendered before or will be again.
pub fn render_on_again(request: Request, world: &mut dyn World, memory: &mut Memory) -> (Rendering, Vec<Stop>) {
    let Request { mut chart, files, mut log, values, release, capabilities, limits, record, dialect, .. } = request;
    let mut trace = match record {
        Record::Origins => Trace::on(),
        Record::Nothing => Trace::off(),
    };
    let helm = chart.helm;
    let capabilities = Rc::new(capabilities);
    let shared = render::values_for(&mut chart, &values, &release, capabilities, SchemaCheck::Skipped, &mut log);
    let shared = match shared {
        Ok(shared) => shared,
        Err(error) => {
            let result = Err(Error::before(error, helm));
            return (Rendering { files, trace, log, result, chart: None, kept: Kept::default() }, Vec::new());
        }
    };
    chart::annotate(&chart, &shared.values, &mut trace);
    let renderables = scope::renderables(&chart, &shared, &mut trace);
    let mut executor = Executor::new(limits, trace, world);
    executor.go_on();
    let mut stops = Vec::new();
    let mut outputs = execute(&renderables, dialect, &mut executor, &mut stops, memory, helm);
    let mut trace = executor.into_trace();
    let broken: Vec<Document> = stops.iter().filter_map(|stop| in_its_place(stop, &files, &mut trace)).collect();
    let (notes, subchart_notes) = render::take_notes(&mut outputs, &chart, dialect);
    let mut documents = render::crds(&chart, &mut trace);
    let mut unreadable = Vec::new();
    documents.extend(document::documents_anyway(&outputs, &mut log, &mut unreadable));
    documents.extend(broken);
    stops.extend(unreadable.into_iter().map(|unreadable| no_manifest(unreadable, &outputs, &trace, helm)));
    (
        Rendering {
            files,
            trace,
            log,
            result: Ok(Rendered { documents, notes, subchart_notes }),
            chart: Some(Rc::new(chart)),
            kept: Kept::default(),
        },
        stops,
    )
}

/// Executes all that can be parsed.
fn execute(
    renderables: &BTreeMap<String, Renderable>,
    dialect: Dialect,
    executor: &mut Executor,
    stops: &mut Vec<Stop>,
    memory: &mut Memory,
    helm: Helm,
) -> BTreeMap<String, Output> {
    let mut set = memory.set(helm);
    let ordered = scope::in_order(renderables);
    let is_jinja = |name: &str| dialect == Dialect::Jinja && jinja::is_jinja(name);
    let mut parsed = Vec::new();
    for &(name, renderable) in ordered.iter().filter(|(name, _)| !is_jinja(name)) {
        match memory.parse(&mut set, name, renderable) {
            Ok(()) => parsed.push((name, renderable)),
            Err(error) => {
                stops.push(stop(name, Error::during(ErrorKind::Parse(name.to_owned(), Box::new(error)), helm)));
            }
        }
    }
    let set = Rc::new(set);
    let mut outputs = BTreeMap::new();
    for (name, renderable) in parsed.into_iter().filter(|(name, _)| !scope::is_partial(name)) {
        let printed = match executor.execute(&set, name, renderable.enter(name)) {
            Ok(printed) => printed,
            Err(interrupted) => {
                stops.push(stop(name, Error::during(ErrorKind::Exec(interrupted.error), helm)));
                interrupted.output
            }
        };
        for hole in executor.take_holes() {
            let calls = calls(executor.trace(), hole.frame);
            let dot = dot(executor.trace(), &hole);
            stops.push(Stop { calls, dot, ..stop(name, Error::during(ErrorKind::Exec(hole.error), helm)) });
        }
        let output = Output { file: renderable.file.id, text: without_no_value(&printed) };
        outputs.insert(name.to_owned(), output);
    }
    let foreign: Vec<_> = ordered.into_iter().filter(|(name, _)| is_jinja(name)).collect();
    if !foreign.is_empty() {
        let jinja = Jinja::new(foreign.iter().map(|(name, _)| *name), &set, executor.trace(), helm);
        render_jinja(&foreign, jinja, executor, stops, &mut outputs);
    }
    outputs
}

/// Renders the templates of the Jinja dialect. One that fails prints nothing.
fn render_jinja(
    templates: &[(&str, &Renderable)],
    mut jinja: Jinja,
    executor: &mut Executor,
    stops: &mut Vec<Stop>,
    outputs: &mut BTreeMap<String, Output>,
) {
    let mut read = Vec::new();
    for &(name, renderable) in templates {
        match jinja.add(name, renderable) {
            Ok(()) => read.push((name, renderable)),
            Err(error) => stops.push(stop(name, error)),
        }
    }
    for (name, renderable) in read.into_iter().filter(|(name, _)| !scope::is_partial(name)) {
        match jinja.render(name, renderable, executor) {
            Ok(output) => drop(outputs.insert(name.to_owned(), output)),
            Err(error) => stops.push(stop(name, error)),
        }
    }
}

/// What stands in the output for a template that can't be parsed: a hole that leads to the fault. Partials print nothing.
fn in_its_place(stop: &Stop, files: &Files, trace: &mut Trace) -> Option<Document> {
    let ErrorKind::Parse(name, error) = &stop.error.kind else { return None };
    let fault = error.span.filter(|_| !scope::is_partial(name))?;
    let text = files.get(fault.file).map(|file| &*file.text).unwrap_or_default();
    // What is missing at the end of the file leads to the last that is there.
    let start = fault.range().start.min(text.trim_ascii_end().len().saturating_sub(1));
    let span = Span::new(fault.file, start..fault.range().end.clamp(start + 1, text.len().max(start + 1)));
    let frame = Frame {
        parent: FrameId::NONE,
        kind: FrameKind::File(name.as_str().into()),
        span: None,
        reads: ReadsId::NONE,
        value: None,
    };
    let frame = trace.push_frame(frame);
    let origin = trace.push_origin(Origin { kind: OriginKind::Action, span, frame, reads: ReadsId::NONE });
    let hole = format!("{}this template can't be read: line {}{}", MARKS.0, error.line, MARKS.1);
    let mut runs = Runs::new();
    if trace.is_on() {
        runs.push(hole.len(), origin, Run::WHOLE);
    }
    let text = Text::with_runs(hole.as_bytes(), runs);
    let (source, kind) = (name.clone(), DocumentKind::Manifest);
    Some(Document { source, file: fault.file, kind, head: Head::default(), text })
}

/// A stop that isn't inside a call.
fn stop(source: &str, error: Error) -> Stop {
    Stop { error, source: source.to_owned(), calls: Vec::new(), printed_by: None, dot: None, text: None }
}

/// The calls around a frame, the outermost first.
fn calls(trace: &Trace, frame: FrameId) -> Vec<Span> {
    let is_call = |kind: &FrameKind| matches!(kind, FrameKind::Include(_) | FrameKind::Tpl);
    let mut calls: Vec<Span> =
        trace.frames(frame).filter(|frame| is_call(&frame.kind)).filter_map(|frame| frame.span).collect();
    calls.reverse();
    calls
}

/// The dot at a hole, where `range` or `with` set it.
fn dot(trace: &Trace, hole: &Hole) -> Option<Dot> {
    let set_by = |kind: &FrameKind| match kind {
        FrameKind::Range(_) => Some("range"),
        FrameKind::With(true) => Some("with"),
        _ => None,
    };
    let is_call = |kind: &FrameKind| matches!(kind, FrameKind::File(_) | FrameKind::Include(_) | FrameKind::Tpl);
    let mut frames = trace.frames(hole.frame);
    let mut here = frames.by_ref().take_while(|frame| !is_call(&frame.kind));
    let set_by = here.find_map(|frame| set_by(&frame.kind))?;
    let mut calls = trace.frames(hole.frame).filter(|frame| is_call(&frame.kind));
    let is_in_file = calls.next().is_some_and(|frame| matches!(frame.kind, FrameKind::File(_)));
    Some(Dot { set_by, value: hole.dot.clone(), is_in_file })
}

fn no_manifest(unreadable: Unreadable, outputs: &BTreeMap<String, Output>, trace: &Trace, helm: Helm) -> Stop {
    let Unreadable { source, text, message } = unreadable;
    let span = outputs.get(source).map(|output| Span::point(output.file, 0));
    let kind = ErrorKind::Manifest { source: source.to_owned(), span, message };
    let printed_by = yaml::decode(text.as_bytes()).err().and_then(|error| printed_by(&text, &error, trace));
    Stop { printed_by, text: Some(text), ..stop(source, Error::during(kind, helm)) }
}

/// The template text behind the place where the reader gave up, or else behind what stands before it.
fn printed_by(text: &Text, error: &yaml::Error, trace: &Trace) -> Option<Span> {
    let runs = text.runs()?;
    let last = text.len().checked_sub(1)?;
    let at = error.span.start.min(last);
    let (covered, run) = runs.at(at)?;
    let origin = trace.origin(run.origin)?;
    if origin.kind == OriginKind::Literal && run.at != Run::WHOLE {
        let start = origin.span.range().start + run.at as usize + (at - covered.start);
        return Some(Span::new(origin.span.file, start..start));
    }
    Some(origin.span)
}
