//! Executing templates: the walk through the nodes. `exec.go`.
//!
//! An [`Executor`] holds what all executions of a rendering share; a `Run` is one template being executed (Go's
//! `state`), and what functions see as their [`Context`].

use std::rc::Rc;

use super::call::{CallError, CallFrame, Context, reads_within};
use super::error::{ErrorPlace, ExecError, ExecErrorKind};
use super::fault::Fault;
use super::hole::Hole;
use super::limits::{Exhausted, Limits};
use super::parse::node::{Action, At, Branch, BranchKind, List, Node, TemplateCall};
use super::parse::print;
use super::parse::words::Words;
use super::reflect::Reflect;
use super::set::{Source, Template, TemplateSet};
use super::world::World;
use crate::source::{FrameId, FrameKind, OriginId, ReadsId, Span, Trace};
use crate::value::{Text, TextBuilder, Traced, Value, format};

/// Runs templates, within limits, and records where their text comes from.
pub struct Executor<'w> {
    limits: Limits,
    steps: u64,
    bytes: u64,
    /// Templates inside each other.
    pub(super) depth: u32,
    /// Blocks, parentheses and templates inside each other.
    pub(super) nesting: u32,
    /// Memory that texts were built in, for the next ones.
    spare: Vec<Vec<u8>>,
    pub(super) trace: Trace,
    world: Outside<'w>,
    /// What failed, where execution goes on after that.
    pub(super) holes: Option<Vec<Hole>>,
}

/// The world, borrowed from who renders, or one of the executor's own.
enum Outside<'w> {
    Borrowed(&'w mut dyn World),
    Owned(Box<dyn World>),
}

impl Outside<'_> {
    fn get(&mut self) -> &mut dyn World {
        match self {
            Self::Borrowed(world) => *world,
            Self::Owned(world) => &mut **world,
        }
    }
}

/// An execution that failed, and what it had printed before.
#[derive(Clone, Debug)]
pub struct Interrupted {
    /// Why.
    pub error: Box<ExecError>,
    /// What was printed before.
    pub output: Text,
}

impl<'w> Executor<'w> {
    /// An executor. Limits count over all that it executes.
    pub fn new(limits: Limits, trace: Trace, world: &'w mut dyn World) -> Self {
        Self::within(limits, trace, Outside::Borrowed(world))
    }

    fn within(limits: Limits, trace: Trace, world: Outside<'w>) -> Self {
        Self { limits, steps: 0, bytes: 0, depth: 0, nesting: 0, spare: Vec::new(), trace, world, holes: None }
    }

    /// An executor for those who can't borrow this one. It has this one's trace, and may use up what this one has left;
    /// [`Self::take_back`] brings both back.
    pub fn lend(&mut self) -> Executor<'static> {
        let trace = std::mem::replace(&mut self.trace, Trace::off());
        let mut lent = Executor::within(self.limits, trace, Outside::Owned(self.world.get().fork()));
        (lent.steps, lent.bytes) = (self.steps, self.bytes);
        lent
    }

    /// Ends a loan.
    pub fn take_back(&mut self, lent: Executor<'static>) {
        (self.steps, self.bytes) = (lent.steps, lent.bytes);
        self.trace = lent.trace;
    }

    /// Steps and bytes that may still be used up.
    pub fn left(&self) -> (u64, u64) {
        (self.limits.steps.saturating_sub(self.steps), self.limits.bytes.saturating_sub(self.bytes))
    }

    /// Executes a template of `set` for a caller that is no template of ours, and stands in `frame`.
    pub fn include(
        &mut self,
        set: &Rc<TemplateSet>,
        name: &str,
        kind: FrameKind,
        frame: FrameId,
        dot: Traced,
    ) -> Result<Text, CallError> {
        let Some(template) = set.get(name).map(Rc::clone) else {
            return Err(CallError::Exec(no_template(set, name)));
        };
        (self.depth, self.nesting) = (0, 0);
        let frame = self.push_frame(frame, kind, None, template.text.source.reads());
        let mut out = self.new_text();
        Run::new(self, set, &template, &mut out, frame, None).run(dot).map_err(CallError::Exec)?;
        Ok(self.finished(out))
    }

    /// The outside.
    pub fn world(&mut self) -> &mut dyn World {
        self.world.get()
    }

    /// Executes a template of `set` as a file of the chart and returns what it printed.
    pub fn execute(&mut self, set: &Rc<TemplateSet>, name: &str, dot: Traced) -> Result<Text, Interrupted> {
        (self.depth, self.nesting) = (0, 0);
        let Some(template) = set.get(name).map(Rc::clone) else {
            return Err(Interrupted { error: no_template(set, name), output: Text::default() });
        };
        let frame = self.push_frame(FrameId::NONE, FrameKind::File(Rc::clone(&template.name)), None, ReadsId::NONE);
        let mut out = self.new_text();
        let ran = Run::new(self, set, &template, &mut out, frame, None).run(dot);
        let output = self.finished(out);
        ran.map(|()| output.clone()).map_err(|error| Interrupted { error, output })
    }

    /// A text to print into.
    fn new_text(&mut self) -> TextBuilder {
        TextBuilder::within(self.spare.pop().unwrap_or_default())
    }

    /// The text that was printed.
    fn finished(&mut self, out: TextBuilder) -> Text {
        let (text, memory) = out.finish_within();
        self.spare.push(memory);
        text
    }

    /// From here on what fails leaves a hole in the output, and execution goes on behind it; only limits still end it.
    pub fn go_on(&mut self) {
        self.holes.get_or_insert_with(Vec::new);
    }

    /// The holes so far, in the order of execution.
    pub fn take_holes(&mut self) -> Vec<Hole> {
        self.holes.as_mut().map(std::mem::take).unwrap_or_default()
    }

    /// The arena of origins.
    pub fn trace(&mut self) -> &mut Trace {
        &mut self.trace
    }

    /// The arena of origins, with what was recorded.
    pub fn into_trace(self) -> Trace {
        self.trace
    }

    /// Counts steps.
    pub fn charge_steps(&mut self, steps: u64) -> Result<(), Exhausted> {
        self.steps = self.steps.saturating_add(steps);
        if self.steps > self.limits.steps { Err(Exhausted::Steps(self.limits.steps)) } else { Ok(()) }
    }

    /// Counts bytes.
    pub fn charge_bytes(&mut self, bytes: u64) -> Result<(), Exhausted> {
        self.bytes = self.bytes.saturating_add(bytes);
        if self.bytes > self.limits.bytes { Err(Exhausted::Bytes(self.limits.bytes)) } else { Ok(()) }
    }
}

fn no_template(set: &TemplateSet, name: &str) -> Box<ExecError> {
    let kind = ExecErrorKind::NoTemplate(name.into(), Rc::clone(set.name()));
    Box::new(ExecError { kind, template: name.into(), place: None })
}

/// What a list left behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flow {
    Next,
    Break,
    Continue,
}

pub(super) type Exec<T> = Result<T, Box<ExecError>>;

/// A variable and its value.
pub(super) struct Variable {
    pub(super) name: Rc<str>,
    pub(super) value: Reflect,
}

/// One template being executed.
pub(super) struct Run<'r, 'w> {
    pub(super) shared: &'r mut Executor<'w>,
    pub(super) set: &'r Rc<TemplateSet>,
    pub(super) template: &'r Template,
    out: &'r mut TextBuilder,
    pub(super) variables: Vec<Variable>,
    /// The node that errors name.
    pub(super) at: At,
    /// The pipeline of the current action, which origins name.
    pub(super) action: At,
    pub(super) frame: FrameId,
    /// The action that called this template.
    pub(super) caller: Option<Span>,
}

impl<'r, 'w> Run<'r, 'w> {
    fn new(
        shared: &'r mut Executor<'w>,
        set: &'r Rc<TemplateSet>,
        template: &'r Template,
        out: &'r mut TextBuilder,
        frame: FrameId,
        caller: Option<Span>,
    ) -> Self {
        let at = template.root.at;
        Self { shared, set, template, out, variables: Vec::new(), at, action: at, frame, caller }
    }

    fn run(&mut self, dot: Traced) -> Exec<()> {
        let dot = Reflect::concrete(dot);
        self.variables.push(Variable { name: "$".into(), value: dot.clone() });
        let template = self.template;
        self.walk_list(&dot, &template.root).map(|_| ())
    }

    /// The words of its text.
    pub(super) fn words(&self) -> &'r Words {
        let template = self.template;
        &template.text.words
    }

    // Errors.

    /// The fault, at the current node.
    #[cold]
    pub(super) fn fault(&self, fault: Fault) -> Box<ExecError> {
        self.error(ExecErrorKind::Fault(fault))
    }

    #[cold]
    pub(super) fn error(&self, kind: ExecErrorKind) -> Box<ExecError> {
        let text = self.template.text.text.as_bytes();
        let before = text.get(..self.at.pos as usize).unwrap_or(text);
        let line = before.split(|&byte| byte == b'\n').count();
        let line_start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
        let number = |n| u32::try_from(n).unwrap_or(u32::MAX);
        let place = ErrorPlace {
            text: Rc::clone(&self.template.text.name),
            line: number(line),
            column: number(before.len() - line_start),
            context: print::by_id(&self.template.root, text, self.words(), self.at.id).unwrap_or_default(),
            span: self.span(self.at),
        };
        Box::new(ExecError { kind, template: Rc::clone(&self.template.name), place: Some(place) })
    }

    // Limits.

    /// A limit was reached, which is told of the current action: the current node may be a long text.
    #[cold]
    pub(super) fn exhausted(&mut self, limit: Exhausted) -> Box<ExecError> {
        self.at = self.action;
        self.error(ExecErrorKind::Exhausted(limit))
    }

    pub(super) fn step(&mut self) -> Exec<()> {
        self.shared.charge_steps(1).map_err(|limit| self.exhausted(limit))
    }

    /// Goes one level deeper; whoever does comes back with [`Self::leave`], unless an error ends it all.
    pub(super) fn enter(&mut self) -> Exec<()> {
        self.step()?;
        self.shared.nesting += 1;
        let limit = self.shared.limits.nesting;
        if self.shared.nesting > limit {
            return Err(self.exhausted(Exhausted::Nesting(limit)));
        }
        Ok(())
    }

    pub(super) fn leave(&mut self) {
        self.shared.nesting = self.shared.nesting.saturating_sub(1);
    }

    fn charge_output(&mut self, bytes: usize) -> Exec<()> {
        self.shared.charge_bytes(bytes as u64).map_err(|limit| self.exhausted(limit))
    }

    // The walk.

    pub(super) fn walk_list(&mut self, dot: &Reflect, list: &List) -> Exec<Flow> {
        self.at = list.at;
        for node in &list.nodes {
            let flow = self.walk(dot, node)?;
            if flow != Flow::Next {
                return Ok(flow);
            }
        }
        Ok(Flow::Next)
    }

    fn walk(&mut self, dot: &Reflect, node: &Node) -> Exec<Flow> {
        if self.shared.holes.is_none() {
            return self.walk_node(dot, node);
        }
        let before = self.standing();
        self.walk_node(dot, node).or_else(|error| self.leave_hole(error, dot, node, before))
    }

    fn walk_node(&mut self, dot: &Reflect, node: &Node) -> Exec<Flow> {
        self.at = node.at();
        self.step()?;
        match node {
            Node::Text(at) => self.print_literal(*at)?,
            Node::Action(action) => self.walk_action(dot, action)?,
            Node::Branch(branch) => return self.walk_branch(dot, branch),
            Node::Template(call) => self.walk_template(dot, call)?,
            Node::Break(_) => return Ok(Flow::Break),
            Node::Continue(_) => return Ok(Flow::Continue),
        }
        Ok(Flow::Next)
    }

    fn walk_action(&mut self, dot: &Reflect, action: &Action) -> Exec<()> {
        self.action = action.pipe.at;
        let value = self.eval_pipeline(dot, &action.pipe)?;
        // Variables stay until the end of the list; what declares doesn't print.
        if action.pipe.variables.is_empty() {
            self.at = action.at;
            self.action = action.pipe.at;
            self.print(&value)?;
        }
        Ok(())
    }

    fn walk_branch(&mut self, dot: &Reflect, branch: &Branch) -> Exec<Flow> {
        self.enter()?;
        let (variables, frame) = (self.variables.len(), self.frame);
        let flow = match branch.kind {
            BranchKind::Range => self.walk_range(dot, branch)?,
            BranchKind::If | BranchKind::With => self.walk_if_or_with(dot, branch)?,
        };
        self.variables.truncate(variables);
        self.frame = frame;
        self.leave();
        Ok(flow)
    }

    /// An `else if` is the next turn of the loop, not a level more.
    fn walk_if_or_with(&mut self, dot: &Reflect, mut branch: &Branch) -> Exec<Flow> {
        loop {
            self.action = branch.pipe.at;
            let value = self.eval_pipeline(dot, &branch.pipe)?;
            let holds = value.value.is_true();
            self.enter_branch(branch, holds, &value);
            if holds {
                let dot = if branch.kind == BranchKind::With { &value } else { dot };
                return self.walk_list(dot, &branch.list);
            }
            let Some(list) = &branch.else_list else { return Ok(Flow::Next) };
            match list.nodes.as_slice() {
                [Node::Branch(inner)] if inner.kind != BranchKind::Range => {
                    self.step()?;
                    branch = inner;
                }
                _ => return self.walk_list(dot, list),
            }
        }
    }

    fn walk_template(&mut self, dot: &Reflect, call: &TemplateCall) -> Exec<()> {
        self.action = call.at;
        let name = self.words().name(call.name);
        let Some(template) = self.set.get(name).map(Rc::clone) else {
            return Err(self.fault(Fault::TemplateNotDefined(Rc::clone(name))));
        };
        let dot = match &call.pipe {
            Some(pipe) => self.eval_pipeline(dot, pipe)?,
            None => Reflect::default(),
        };
        self.deeper()?;
        let caller = self.span(call.at);
        let kind = FrameKind::Include(Rc::clone(&template.name));
        let frame = self.shared.push_frame(self.frame, kind, caller, ReadsId::NONE);
        Run::new(self.shared, self.set, &template, self.out, frame, caller).run(dot.traced())?;
        self.shallower();
        Ok(())
    }

    fn deeper(&mut self) -> Exec<()> {
        self.enter()?;
        self.shared.depth += 1;
        let limit = self.shared.limits.depth;
        if self.shared.depth > limit {
            return Err(self.exhausted(Exhausted::Depth(limit)));
        }
        Ok(())
    }

    fn shallower(&mut self) {
        self.leave();
        self.shared.depth = self.shared.depth.saturating_sub(1);
    }

    // Output.

    fn print_literal(&mut self, at: At) -> Exec<()> {
        let text = &self.template.text.text;
        let range = at.start as usize..at.end as usize;
        self.charge_output(range.len())?;
        match self.template.text.source {
            Source::File(_) => {
                let origin = self.literal_origin(at);
                self.out.push_literal(text.as_bytes().get(range).unwrap_or_default(), origin, 0);
            }
            Source::Dynamic(_) => {
                let origin = self.action_origin(ReadsId::NONE);
                self.out.push_slice(text, range, origin);
            }
        }
        Ok(())
    }

    fn print(&mut self, value: &Reflect) -> Exec<()> {
        if let Value::String(text) = &value.value {
            self.charge_output(text.len())?;
            // A text that knows where it comes from needs no origin of this action.
            let origin = if text.runs().is_some() { OriginId::UNKNOWN } else { self.action_origin(value.reads) };
            self.out.push_text(text, origin);
            return Ok(());
        }
        let reads = reads_within(&mut self.shared.trace, &value.clone().traced());
        let origin = self.action_origin(reads);
        match &value.value {
            // Helm takes this out of its final output.
            Value::Nil => self.print_bytes(b"<no value>", origin)?,
            Value::Object(object) => self.print_bytes(object.printed().as_bytes(), origin)?,
            other => self.print_bytes(&format::display(other), origin)?,
        }
        Ok(())
    }

    pub(super) fn print_bytes(&mut self, bytes: &[u8], origin: OriginId) -> Exec<()> {
        self.charge_output(bytes.len())?;
        self.out.push(bytes, origin);
        Ok(())
    }
}

impl Context for Run<'_, '_> {
    fn trace(&mut self) -> &mut Trace {
        &mut self.shared.trace
    }

    fn world(&mut self) -> &mut dyn World {
        self.shared.world.get()
    }

    fn here(&mut self, reads: ReadsId) -> OriginId {
        self.action_origin(reads)
    }

    fn inserted(&mut self) -> OriginId {
        self.inserted_origin()
    }

    fn charge_steps(&mut self, steps: u64) -> Result<(), CallError> {
        self.shared.charge_steps(steps).map_err(CallError::Exhausted)
    }

    fn charge_bytes(&mut self, bytes: u64) -> Result<(), CallError> {
        self.shared.charge_bytes(bytes).map_err(CallError::Exhausted)
    }

    fn templates(&self) -> Rc<TemplateSet> {
        Rc::clone(self.set)
    }

    fn execute(&mut self, set: &Rc<TemplateSet>, name: &str, frame: CallFrame, dot: Traced) -> Result<Text, CallError> {
        let Some(template) = set.get(name).map(Rc::clone) else {
            return Err(CallError::Exec(no_template(set, name)));
        };
        self.deeper().map_err(CallError::Exec)?;
        let caller = self.span(self.action);
        let kind = match frame {
            CallFrame::Include => FrameKind::Include(Rc::clone(&template.name)),
            CallFrame::Tpl => FrameKind::Tpl,
        };
        let frame = self.shared.push_frame(self.frame, kind, caller, template.text.source.reads());
        let mut out = self.shared.new_text();
        Run::new(self.shared, set, &template, &mut out, frame, caller).run(dot).map_err(CallError::Exec)?;
        self.shallower();
        Ok(self.shared.finished(out))
    }
}
