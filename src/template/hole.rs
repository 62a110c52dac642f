//! Going on after an error: what fails leaves a hole in the output that says what is missing. Go stops there; a page
//! that shows a template while it is written does not.

use std::rc::Rc;

use super::error::{ExecError, ExecErrorKind};
use super::exec::{Exec, Flow, Run, Variable};
use super::fault::Fault;
use super::parse::node::{At, Node};
use super::parse::words::Names;
use super::reflect::Reflect;
use crate::source::{FrameId, ReadsId};
use crate::value::{Text, Traced, Value, brief};

/// Something that failed, and was left out of the output.
#[derive(Clone, Debug)]
pub struct Hole {
    /// Why.
    pub error: Box<ExecError>,
    /// What the execution stood in.
    pub frame: FrameId,
    /// What the dot was there, in short.
    pub dot: String,
}

/// A text that begins and ends so is a hole. Neither occurs in a chart by chance.
pub const MARKS: (&str, &str) = ("\u{27e6}", "\u{27e7}");

/// After so many holes nobody reads on.
const MOST_HOLES: usize = 200;

/// The longest text of a hole, in characters.
const LONGEST: usize = 80;

/// Where an execution stands: what an error has to bring it back to.
#[derive(Clone, Copy)]
pub(super) struct Standing {
    nesting: u32,
    depth: u32,
    variables: usize,
    frame: FrameId,
}

impl Run<'_, '_> {
    pub(super) fn standing(&self) -> Standing {
        Standing {
            nesting: self.shared.nesting,
            depth: self.shared.depth,
            variables: self.variables.len(),
            frame: self.frame,
        }
    }

    /// Prints a hole in place of a node, and goes back to where the node began.
    pub(super) fn leave_hole(
        &mut self,
        error: Box<ExecError>,
        dot: &Reflect,
        node: &Node,
        before: Standing,
    ) -> Exec<Flow> {
        let is_full = self.shared.holes.as_ref().is_none_or(|holes| holes.len() >= MOST_HOLES);
        if is_full || error.exhausted().is_some() {
            return Err(error);
        }
        let words = words(&error);
        (self.shared.nesting, self.shared.depth) = (before.nesting, before.depth);
        self.variables.truncate(before.variables);
        self.frame = before.frame;
        if let Some(holes) = &mut self.shared.holes {
            holes.push(Hole { error, frame: before.frame, dot: brief(&dot.value) });
        }
        (self.at, self.action) = (node.at(), pipeline(node));
        match node {
            Node::Action(action) if !action.pipe.variables.is_empty() => self.declare(action.pipe.variables, &words),
            _ => {
                let origin = self.action_origin(ReadsId::NONE);
                self.print_bytes(words.as_bytes(), origin)?;
            }
        }
        Ok(Flow::Next)
    }

    /// What could not be found out is the hole itself, wherever the variable is printed.
    fn declare(&mut self, names: Names, words: &str) {
        let all = self.words();
        for name in all.row(names) {
            let name = all.name(*name);
            let value = Traced { value: Value::String(Text::from(words)), reads: ReadsId::NONE };
            let value = Reflect::concrete(value);
            match self.variables.iter_mut().rev().find(|variable| variable.name == *name) {
                Some(known) => known.value = value,
                None => self.variables.push(Variable { name: Rc::clone(name), value }),
            }
        }
    }
}

/// What origins name as the source of the hole.
fn pipeline(node: &Node) -> At {
    match node {
        Node::Action(action) => action.pipe.at,
        Node::Branch(branch) => branch.pipe.at,
        _ => node.at(),
    }
}

/// `missing .Values.db.port`, in the marks. Nothing in it means anything to YAML.
fn words(error: &ExecError) -> String {
    let innermost = error.nested().last().unwrap_or(error);
    let places = error.nested().filter_map(|error| error.place.as_ref());
    let context = places.last().map(|place| place.context.as_str()).unwrap_or_default();
    let word = match &innermost.kind {
        ExecErrorKind::Fault(Fault::NilPointer(_)) => "missing",
        ExecErrorKind::Calling { function, .. } if &**function == "required" => "required",
        _ => "error at",
    };
    // Of a call of `required`, the value; its message is told beside.
    let value = context.split([' ', '(', ')']).rfind(|word| word.starts_with(['.', '$']) && word.len() > 1);
    let context = value.filter(|_| word == "required").unwrap_or(context);
    let plain = |c: &char| !matches!(c, '"' | '\'' | '\\' | '#' | ':' | '{' | '}' | '[' | ']' | ',' | '\n');
    let context: String = context.chars().filter(plain).take(LONGEST).collect();
    [MARKS.0, word, " ", &context, MARKS.1].concat()
}
