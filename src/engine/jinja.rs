//! Templates of the Jinja dialect: what the engine lends to them, and where the text comes from that they print.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::document::Output;
use super::exec_message::between_marks;
use super::scope::Renderable;
use super::{Error, ErrorKind};
use crate::helm::Helm;
use crate::jinja::{self, Host, Library, Piece, PieceKind, Rendered};
use crate::source::{FileId, Frame, FrameId, FrameKind, Origin, OriginId, OriginKind, ReadsId, Runs, Span, Trace};
use crate::template::{CallError, CallFrame, Context, Executor, FunctionTable, TemplateSet, World, accept};
use crate::value::{Object, Text, TextBuilder, Traced};

/// Words of Go's functions that Jinja has for itself, or that can't be called like a function.
const JINJAS_OWN: [&str; 5] = ["and", "call", "in", "not", "or"];

/// A byte printed costs minijinja a 64th of a step.
const BYTES_PER_STEP: u64 = 64;

/// The templates of the dialect, in one rendering.
pub(super) struct Jinja {
    templates: Library,
    set: Rc<TemplateSet>,
    helm: Helm,
}

impl Jinja {
    /// A library for templates of these names, which are still to be added. `set` holds Helm's templates, which `include`
    /// executes.
    pub fn new<'n>(names: impl Iterator<Item = &'n str>, set: &Rc<TemplateSet>, trace: &Trace, helm: Helm) -> Self {
        let functions = set.functions().iter().map(|function| function.name);
        let callable: Vec<_> = functions.filter(|name| !JINJAS_OWN.contains(name)).collect();
        let templates = Library::new(names.map(str::to_owned), &callable, trace.is_on());
        Self { templates, set: Rc::clone(set), helm }
    }

    /// Reads a template.
    pub fn add(&mut self, name: &str, renderable: &Renderable) -> Result<(), Error> {
        let helm = self.helm;
        self.templates.add(name, renderable.file.id, renderable.file.data.shared()).map_err(|error| fault(error, helm))
    }

    /// Renders one of them.
    pub fn render(&mut self, name: &str, renderable: &Renderable, executor: &mut Executor) -> Result<Output, Error> {
        let dot = renderable.enter(name);
        let file = renderable.file.id;
        let frame = file_frame(executor.trace(), name);
        let (steps, bytes) = executor.left();
        let fuel = steps.min(bytes / BYTES_PER_STEP);
        let shared = Rc::new(RefCell::new(executor.lend()));
        let lender = Lender { executor: Rc::clone(&shared), set: Rc::clone(&self.set), dot: dot.clone(), file, frame };
        let (result, host, used) = self.templates.render(name, dot, Box::new(lender), fuel);
        drop(host);
        if let Some(lent) = Rc::into_inner(shared) {
            executor.take_back(lent.into_inner());
        }
        let _ = executor.charge_steps(used);
        let rendered = result.map_err(|error| fault(error, self.helm))?;
        Ok(Output { file, text: traced(name, &rendered, frame, executor.trace()) })
    }
}

/// The text with its origins.
fn traced(name: &str, rendered: &Rendered, frame: FrameId, trace: &mut Trace) -> Text {
    let bytes = rendered.text.as_bytes();
    if rendered.pieces.is_empty() {
        return Text::new(bytes);
    }
    let mut frames = BTreeMap::from([(name, frame)]);
    let mut builder = TextBuilder::with_capacity(bytes.len());
    for piece in &rendered.pieces {
        let frame = *frames.entry(&piece.template).or_insert_with(|| {
            let kind = FrameKind::Include(piece.template.as_str().into());
            trace.push_frame(Frame { parent: frame, kind, span: None, reads: ReadsId::NONE, value: None })
        });
        // What lies between two pieces is nobody's; there is nothing.
        builder.push(bytes.get(builder.len()..piece.output.start).unwrap_or_default(), OriginId::UNKNOWN);
        let text = bytes.get(piece.output.clone()).unwrap_or_default();
        push(piece, text, frame, trace, &mut builder);
    }
    builder.finish()
}

fn push(piece: &Piece, text: &[u8], frame: FrameId, trace: &mut Trace, builder: &mut TextBuilder) {
    let Some(span) = piece.span else { return builder.push(text, OriginId::UNKNOWN) };
    match &piece.kind {
        PieceKind::Literal => {
            let origin = Origin { kind: OriginKind::Literal, span, frame, reads: ReadsId::NONE };
            builder.push_literal(text, trace.push_origin(origin), 0);
        }
        PieceKind::Expression(text, reads) => {
            let reads = reads.iter().fold(ReadsId::NONE, |all, reads| trace.union(all, *reads));
            let origin = trace.push_origin(Origin { kind: OriginKind::Action, span, frame, reads });
            match text.runs() {
                Some(runs) => builder.push_text(&placed(text, runs, span, origin, trace), origin),
                None => builder.push(text.as_bytes(), origin),
            }
        }
    }
}

/// The frame of a template that is rendered for itself.
fn file_frame(trace: &mut Trace, name: &str) -> FrameId {
    let kind = FrameKind::File(name.into());
    trace.push_frame(Frame { parent: FrameId::NONE, kind, span: None, reads: ReadsId::NONE, value: None })
}

/// The text, where functions were called that could not know their place: what they printed gets it.
fn placed(text: &Text, runs: &Runs, span: Span, otherwise: OriginId, trace: &mut Trace) -> Text {
    let mut placed = Runs::new();
    for (range, run) in runs.ranges() {
        let origin = match trace.origin(run.origin).copied() {
            None => otherwise,
            Some(origin) if is_placeless(origin.span) => trace.push_origin(Origin { span, ..origin }),
            Some(_) => run.origin,
        };
        placed.push(range.len(), origin, run.at);
    }
    Text::with_runs(text.as_bytes(), placed)
}

/// Where functions print that don't know yet where they stand.
fn nowhere(file: FileId) -> Span {
    Span { file, start: u32::MAX, end: u32::MAX }
}

fn is_placeless(span: Span) -> bool {
    span.start == u32::MAX
}

fn fault(error: jinja::Error, helm: Helm) -> Error {
    Error::during(ErrorKind::Jinja(Box::new(error)), helm)
}

/// What a template of the dialect may ask for while it is rendered.
struct Lender {
    executor: Rc<RefCell<Executor<'static>>>,
    set: Rc<TemplateSet>,
    /// The top-level dot, which `include` and `tpl` get where none is given.
    dot: Traced,
    file: FileId,
    frame: FrameId,
}

impl Host for Lender {
    fn call(&mut self, name: &str, mut args: Vec<Traced>) -> Result<Traced, String> {
        let functions: Rc<FunctionTable> = Rc::clone(self.set.functions());
        let Some(function) = functions.get(name) else { return Err(format!("function {name:?} not defined")) };
        if matches!(name, "include" | "tpl") && args.len() == 1 {
            args.push(self.dot.clone());
        }
        let calling = |error: &dyn std::fmt::Display| format!("error calling {name}: {error}");
        let args = function.accept(args).map_err(|fault| calling(&fault))?;
        let executor = Rc::clone(&self.executor);
        let Ok(mut executor) = executor.try_borrow_mut() else { return Err(calling(&"it is at work already")) };
        let mut caller = Caller { executor: &mut executor, lender: self };
        function.call(&mut caller, args).map_err(|error| {
            let error = error.to_string();
            between_marks(&error).map_or_else(|| calling(&error), str::to_owned)
        })
    }

    fn method(
        &mut self,
        object: &Rc<dyn Object>,
        reads: ReadsId,
        name: &str,
        args: Vec<Traced>,
    ) -> Result<Traced, String> {
        let calling = |error: &dyn std::fmt::Display| format!("error calling {name}: {error}");
        let signature = object.method(name).unwrap_or_default();
        let args = accept(name, &signature, args).map_err(|fault| calling(&fault))?;
        let value = object.call(name, &args).map_err(|error| calling(&error))?;
        Ok(Traced { value, reads })
    }
}

/// A call out of a template of the dialect.
struct Caller<'c> {
    executor: &'c mut Executor<'static>,
    lender: &'c Lender,
}

impl Caller<'_> {
    fn origin(&mut self, kind: OriginKind, reads: ReadsId) -> OriginId {
        let origin = Origin { kind, span: nowhere(self.lender.file), frame: self.lender.frame, reads };
        self.executor.trace().push_origin(origin)
    }
}

impl Context for Caller<'_> {
    fn trace(&mut self) -> &mut Trace {
        self.executor.trace()
    }

    fn world(&mut self) -> &mut dyn World {
        self.executor.world()
    }

    fn here(&mut self, reads: ReadsId) -> OriginId {
        self.origin(OriginKind::Action, reads)
    }

    fn inserted(&mut self) -> OriginId {
        self.origin(OriginKind::Inserted, ReadsId::NONE)
    }

    fn charge_steps(&mut self, steps: u64) -> Result<(), CallError> {
        self.executor.charge_steps(steps).map_err(CallError::Exhausted)
    }

    fn charge_bytes(&mut self, bytes: u64) -> Result<(), CallError> {
        self.executor.charge_bytes(bytes).map_err(CallError::Exhausted)
    }

    fn templates(&self) -> Rc<TemplateSet> {
        Rc::clone(&self.lender.set)
    }

    fn execute(&mut self, set: &Rc<TemplateSet>, name: &str, frame: CallFrame, dot: Traced) -> Result<Text, CallError> {
        let kind = match frame {
            CallFrame::Include => FrameKind::Include(name.into()),
            CallFrame::Tpl => FrameKind::Tpl,
        };
        self.executor.include(set, name, kind, self.lender.frame, dot)
    }
}

/// Templates that an error names, the innermost first.
const LEVELS: usize = 5;

/// The error in words, with its places as Helm gives them: file, line, and bytes before it in its line.
pub(super) fn sentence(error: &jinja::Error) -> String {
    let mut sentence = match error.kind {
        jinja::ErrorKind::Syntax => "parse error at",
        jinja::ErrorKind::Rendering | jinja::ErrorKind::Exhausted => "execution error at",
    }
    .to_owned();
    for (number, place) in error.places.iter().rev().take(LEVELS).enumerate() {
        let column = place.column.map(|column| format!(":{column}")).unwrap_or_default();
        sentence.push_str(if number == 0 { " (" } else { ", called at (" });
        sentence.extend([&place.template, ":", &place.line.to_string(), &column, ")"]);
    }
    sentence + ": " + &error.message
}
