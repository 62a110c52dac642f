//! Executing templates.

use std::rc::Rc;

use super::call::{CallError, CallFrame, Context};
use super::error::{ExecError, ExecErrorKind};
use super::limits::{Exhausted, Limits};
use super::set::TemplateSet;
use super::world::World;
use crate::source::{OriginId, ReadsId, Trace};
use crate::value::{Text, Traced};

/// Runs templates, within limits, and records where their text comes from.
pub struct Executor<'w> {
    limits: Limits,
    steps: u64,
    bytes: u64,
    trace: Trace,
    world: &'w mut dyn World,
    set: Rc<TemplateSet>,
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
        let functions = Rc::new(super::FunctionTable::new(Vec::new()));
        Self { limits, steps: 0, bytes: 0, trace, world, set: Rc::new(TemplateSet::new("", functions)) }
    }

    /// Executes a template of `set` as a file of the chart and returns what it printed.
    pub fn execute(&mut self, set: &Rc<TemplateSet>, name: &str, dot: Traced) -> Result<Text, Interrupted> {
        let _ = dot;
        let kind = ExecErrorKind::NoTemplate(name.into(), Rc::clone(set.name()));
        let error = Box::new(ExecError { kind, template: name.into(), place: None });
        Err(Interrupted { error, output: Text::default() })
    }

    /// The arena of origins, with what was recorded.
    pub fn into_trace(self) -> Trace {
        self.trace
    }
}

impl Context for Executor<'_> {
    fn trace(&mut self) -> &mut Trace {
        &mut self.trace
    }

    fn world(&mut self) -> &mut dyn World {
        self.world
    }

    fn here(&mut self, _: ReadsId) -> OriginId {
        OriginId::UNKNOWN
    }

    fn inserted(&mut self) -> OriginId {
        OriginId::UNKNOWN
    }

    fn charge_steps(&mut self, steps: u64) -> Result<(), CallError> {
        self.steps = self.steps.saturating_add(steps);
        if self.steps > self.limits.steps { Err(Exhausted::Steps(self.limits.steps).into()) } else { Ok(()) }
    }

    fn charge_bytes(&mut self, bytes: u64) -> Result<(), CallError> {
        self.bytes = self.bytes.saturating_add(bytes);
        if self.bytes > self.limits.bytes { Err(Exhausted::Bytes(self.limits.bytes).into()) } else { Ok(()) }
    }

    fn templates(&self) -> Rc<TemplateSet> {
        Rc::clone(&self.set)
    }

    fn execute(&mut self, set: &Rc<TemplateSet>, name: &str, _: CallFrame, dot: Traced) -> Result<Text, CallError> {
        self.execute(set, name, dot).map_err(|interrupted| CallError::Exec(interrupted.error))
    }
}
