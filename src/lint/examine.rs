//! From a chart to everything that rules may want to know about it.

use std::rc::Rc;

use super::{Background, Failure, Further, Inquiry, Sources, advise};
use crate::chart::{self, Log, Overrides};
use crate::engine::{self, ErrorKind, Inputs, Record, Rendered, Rendering, Request, Stop, ValuesTable};
use crate::helm::Helm;
use crate::source::{FileId, Files, Trace};
use crate::template::World;

/// A rendering with its background.
#[derive(Clone, Debug)]
pub struct Examined {
    /// The rendering.
    pub rendering: Rendering,
    /// What it was made of.
    pub background: Background,
    /// The user's files of values.
    pub values: Vec<FileId>,
}

impl Examined {
    /// What the linter is shown.
    pub fn sources(&self) -> Sources<'_> {
        let Rendering { files, trace, result, .. } = &self.rendering;
        let documents = result.as_ref().map(|rendered| &*rendered.documents).unwrap_or_default();
        Sources { documents, files, trace, values: &self.values }
    }
}

/// Renders a chart. `overrides` are what the request's values were made of.
pub fn examine(mut request: Request, overrides: &Overrides, world: &mut dyn World) -> Examined {
    let charts_own = request.files.iter().count();
    let inputs = Rc::new(Inputs::new(&mut request, overrides));
    let values = request.files.iter().map(|(file, _)| file).skip(charts_own).collect();
    let request = Request { record: Record::Origins, ..request };
    let mut rendering = engine::render(request.clone(), world);
    let failed = rendering.result.as_ref().err().cloned();
    let background = match failed {
        None => {
            let mut trace = std::mem::replace(&mut rendering.trace, Trace::off());
            let table = Rc::new(ValuesTable::of(&inputs, &mut trace, &rendering.files));
            rendering.trace = trace;
            background(inputs, table, &request, &rendering, world)
        }
        Some(error) => {
            Background { failures: failures(&error, request, &inputs, world), inputs, ..Background::default() }
        }
    };
    Examined { rendering, background, values }
}

/// What there is to know of a rendering besides what it printed. A chart that asks for the time or for random things is
/// rendered a second time, and if need be a third time, as upgrades; one whose objects' names may be the same for every
/// release, as a release of another name.
fn background(
    inputs: Rc<Inputs>,
    table: Rc<ValuesTable>,
    request: &Request,
    rendering: &Rendering,
    world: &mut dyn World,
) -> Background {
    let mut background = Background { table: Some(table), ..rendered_from(inputs, rendering) };
    let Ok(rendered) = &rendering.result else { return background };
    let mut inquiry = Inquiry::default();
    for further in Further::ALL {
        while !inquiry.knows(further) {
            inquiry.go_on(further, (request, &rendered.documents), &background.inputs, world);
        }
    }
    inquiry.tell(&mut background);
    background
}

/// What is known of a rendering at once.
pub fn rendered_from(inputs: Rc<Inputs>, rendering: &Rendering) -> Background {
    let rendered = rendering.result.as_ref().ok();
    let silent_notes = rendered.and_then(|rendered| silent_notes(rendered, &inputs, &rendering.files));
    Background { inputs, silent_notes, ..Background::default() }
}

/// The outermost chart's `NOTES.txt`, where it is there and prints nothing.
fn silent_notes(rendered: &Rendered, inputs: &Inputs, files: &Files) -> Option<FileId> {
    let says_nothing = rendered.notes.as_ref().is_none_or(|notes| notes.to_str().trim().is_empty());
    let is_notes = |file: &FileId| files.get(*file).is_some_and(|file| file.path.ends_with("/templates/NOTES.txt"));
    inputs.own_templates().iter().copied().find(is_notes).filter(|_| says_nothing)
}

/// A chart that can't be loaded, or whose values can't be read: there is nothing but its files, as far as they were read,
/// and the reason.
pub fn refused(files: Files, error: chart::Error, helm: Helm) -> Examined {
    let failure = Failure { span: error.span, error: engine::Error::refused(error, helm), ways: Vec::new() };
    let result = Err(failure.error.clone());
    let (trace, log, kept) = (Trace::off(), Log::of(helm), engine::Kept::default());
    let background = Background { failures: vec![failure], ..Background::default() };
    Examined { rendering: Rendering { files, trace, log, result, chart: None, kept }, background, values: Vec::new() }
}

/// What Helm stops at, and at what it would stop after that.
fn failures(error: &engine::Error, request: Request, inputs: &Inputs, world: &mut dyn World) -> Vec<Failure> {
    let mut failures = vec![Failure { span: error.span(), error: error.clone(), ways: Vec::new() }];
    // What ran on without end would do so again.
    if matches!(&error.kind, ErrorKind::Exec(error) if error.exhausted().is_some()) {
        return failures;
    }
    let (rendering, stops) = engine::render_on(request, world);
    for stop in stops {
        let ways = advise(&stop, &rendering.files, &rendering.trace, inputs).ways;
        let Stop { error, printed_by, .. } = stop;
        let failure = Failure { span: printed_by.or(error.span()), error, ways };
        let words = failure.error.to_string();
        match failures.iter_mut().find(|known| known.error.to_string() == words) {
            Some(known) => (known.span, known.ways) = (failure.span.or(known.span), failure.ways),
            None => failures.push(failure),
        }
    }
    failures
}
