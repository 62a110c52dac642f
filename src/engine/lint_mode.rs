//! Rendering as `helm lint` does it: `required` and `fail` only say so, and what is printed isn't looked at.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::functions::{functions_of, without_no_value};
use super::judges::JUDGES;
use super::{Error, ErrorKind, scope, values_methods};
use crate::chart::{self, Capabilities, Chart, Log, Release, RenderValues};
use crate::helm::Helm;
use crate::source::Trace;
use crate::template::{Executor, Function, FunctionTable, Limits, Source, TemplateSet, World};
use crate::value::{Map, Text, Traced};

/// What became of it.
#[derive(Clone, Debug)]
pub enum LintRendering {
    /// The values can't be put together, of which `helm lint` says nothing.
    Silent,
    /// An error of schemas, of a template's text, or of its execution.
    Refused(String),
    /// What each template printed.
    Printed(BTreeMap<String, Text>),
}

/// Renders a chart for `helm lint`. `schemas` says whether values are held against the charts' schemas.
pub fn render_for_lint(
    chart: &mut Chart,
    values: &Map,
    namespace: &str,
    capabilities: Capabilities,
    schemas: bool,
    world: &mut dyn World,
    log: &mut Log,
) -> LintRendering {
    let release = Release { namespace: namespace.to_owned(), ..Release::for_lint() };
    let mut quiet = log.clone();
    if chart::process_dependencies(chart, values, &mut quiet).is_err() {
        return LintRendering::Silent;
    }
    *log = quiet;
    let Ok(values) = chart::coalesce_values(chart, values, log) else { return LintRendering::Silent };
    let shared = chart::to_render_values(chart, &values, &release, Rc::new(capabilities), log);
    let shared = match shared {
        Ok(shared) => shared,
        Err(error) => return LintRendering::Refused(error.to_string()),
    };
    if schemas && let Err(error) = chart::check_schemas(chart, &shared.values, &JUDGES, log) {
        return LintRendering::Refused(error.to_string());
    }
    match execute(chart, &shared, world, log) {
        Ok(printed) => LintRendering::Printed(printed),
        Err(error) => LintRendering::Refused(error.to_string()),
    }
}

/// What a template would have refused with.
#[derive(Clone, Debug)]
enum Complaint {
    /// `required`, with its message, where nothing was given.
    Nothing(String),
    /// `required`, where an empty text was given.
    Empty(String),
    /// `fail`
    Fail(String),
}

fn execute(
    chart: &Chart,
    shared: &RenderValues,
    world: &mut dyn World,
    log: &mut Log,
) -> Result<BTreeMap<String, Text>, Error> {
    let helm = chart.helm;
    let mut trace = Trace::off();
    let renderables = scope::renderables(chart, shared, &mut trace);
    let complaints: Rc<RefCell<Vec<Complaint>>> = Rc::default();
    let mut set = TemplateSet::new("gotpl", Rc::new(functions(&complaints, helm)));
    let run = || {
        let mut executor = Executor::new(Limits::default(), trace, world);
        let ordered = scope::in_order(&renderables);
        for (name, renderable) in &ordered {
            let text = Text::new(Rc::clone(renderable.file.data.shared()));
            let parsed = set.parse(name, Source::File(renderable.file.id), &text);
            parsed.map_err(|error| Error::during(ErrorKind::Parse((*name).to_owned(), Box::new(error)), helm))?;
        }
        let set = Rc::new(set);
        let mut printed = BTreeMap::new();
        for (name, renderable) in ordered.into_iter().filter(|(name, _)| !scope::is_partial(name)) {
            let text = executor.execute(&set, name, renderable.enter(name));
            let text = text.map_err(|interrupted| Error::during(ErrorKind::Exec(interrupted.error), helm))?;
            printed.insert(name.to_owned(), without_no_value(&text));
        }
        Ok(printed)
    };
    let printed = run();
    complaints.borrow().iter().for_each(|complaint| tell(complaint, log));
    printed
}

fn functions(complaints: &Rc<RefCell<Vec<Complaint>>>, helm: Helm) -> FunctionTable {
    let mut functions = functions_of(helm);
    functions.retain(|function| function.name != "required" && function.name != "fail");
    let kept = Rc::clone(complaints);
    functions.push(Function::new("required", move |message: Text, value: Traced| {
        let message = message.to_str().into_owned();
        if value.value.is_nil() {
            kept.borrow_mut().push(Complaint::Nothing(message));
            return Traced::from(Text::default());
        }
        if value.value.as_text().is_some_and(Text::is_empty) {
            kept.borrow_mut().push(Complaint::Empty(message));
            return Traced::from(Text::default());
        }
        value
    }));
    let kept = Rc::clone(complaints);
    functions.push(Function::new("fail", move |message: Text| {
        kept.borrow_mut().push(Complaint::Fail(message.to_str().into_owned()));
        Text::default()
    }));
    FunctionTable::new(functions).with_values_methods(values_methods::methods()).following(helm)
}

fn tell(complaint: &Complaint, log: &mut Log) {
    let attribute = |message: &String| vec![("message", message.clone())];
    match complaint {
        Complaint::Nothing(message) => {
            let three = format!("engine.go:206: [INFO] Missing required value: {message}");
            log.warn("missing required value", attribute(message), three);
        }
        Complaint::Empty(message) => {
            let three = format!("engine.go:214: [INFO] Missing required value: {message}");
            log.warn("missing required values", attribute(message), three);
        }
        Complaint::Fail(message) => {
            let three = format!("engine.go:227: [INFO] Fail: {message}");
            log.info_with("funcMap fail", attribute(message), three);
        }
    }
}
