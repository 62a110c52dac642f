//! Why an execution failed: a kind with its data, the place, and the chain of executions below.

use std::fmt;
use std::rc::Rc;

use super::call::CallError;
use super::fault::Fault;
use super::limits::Exhausted;
use crate::source::Span;
use crate::value::format::quoted;

/// An execution failed. `Display` is Go's sentence, with those of nested executions inside.
#[derive(Clone, Debug)]
pub struct ExecError {
    /// What went wrong.
    pub kind: ExecErrorKind,
    /// The template that was executing.
    pub template: Rc<str>,
    /// Where; `None` where no node of a template had been reached.
    pub place: Option<ErrorPlace>,
}

/// The node that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorPlace {
    /// The name of the text the template was parsed from: the file.
    pub text: Rc<str>,
    /// Its line, from 1.
    pub line: u32,
    /// Bytes before it in its line: what Go gives for a column.
    pub column: u32,
    /// The node as Go prints it.
    pub context: String,
    /// The node in its file; for a text given to `tpl`, the action that called it.
    pub span: Option<Span>,
}

/// What went wrong.
#[derive(Clone, Debug)]
pub enum ExecErrorKind {
    /// There is no template of this name in the set (named second).
    NoTemplate(Rc<str>, Rc<str>),
    /// A function returned an error.
    Calling {
        /// The function or method.
        function: Rc<str>,
        /// What it returned.
        error: CallError,
    },
    /// A limit was reached. Go knows none of them.
    Exhausted(Exhausted),
    /// A fault of the template.
    Fault(Fault),
}

/// What an error was caused by, as `errors.Unwrap` would find it.
#[derive(Clone, Copy, Debug)]
pub enum Cause<'e> {
    /// Nothing else.
    None,
    /// Another execution.
    Exec(&'e ExecError),
    /// An error that isn't of the template package.
    Plain(&'e CallError),
}

impl ExecError {
    /// What it was caused by.
    pub fn cause(&self) -> Cause<'_> {
        match &self.kind {
            ExecErrorKind::Calling { error: CallError::Exec(error), .. } => Cause::Exec(error),
            ExecErrorKind::Calling { error, .. } => Cause::Plain(error),
            _ => Cause::None,
        }
    }

    /// The limit that was reached, here or in a nested execution.
    pub fn exhausted(&self) -> Option<Exhausted> {
        self.nested().find_map(|error| match error.kind {
            ExecErrorKind::Exhausted(limit) => Some(limit),
            _ => None,
        })
    }

    /// The errors from the outermost execution to the innermost, be there words of functions between them or not.
    pub fn nested(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |error| match &error.kind {
            ExecErrorKind::Calling { error: CallError::Exec(inner) | CallError::Wrapped(_, inner), .. } => {
                Some(&**inner)
            }
            _ => None,
        })
    }

    /// The errors from the outermost execution to the innermost that Go finds by unwrapping.
    pub fn chain(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |error| match error.cause() {
            Cause::Exec(inner) => Some(inner),
            Cause::None | Cause::Plain(_) => None,
        })
    }
}

impl fmt::Display for ExecError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let ExecErrorKind::NoTemplate(..) = self.kind {
            return write!(f, "template: {}", self.kind);
        }
        match &self.place {
            Some(place) => {
                write!(f, "template: {place}: executing {:?} at <{}>: {}", self.template, place.context, self.kind)
            }
            None => write!(f, "template: {}: {}", self.template, self.kind),
        }
    }
}

/// `NAME:LINE:COLUMN`
impl fmt::Display for ErrorPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.text, self.line, self.column)
    }
}

impl fmt::Display for ExecErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoTemplate(name, set) => {
                write!(f, "no template {} associated with template {}", quoted(name.as_bytes()), quoted(set.as_bytes()))
            }
            Self::Calling { function, error } => write!(f, "error calling {function}: {error}"),
            Self::Exhausted(limit) => limit.fmt(f),
            Self::Fault(fault) => fault.fmt(f),
        }
    }
}

impl std::error::Error for ExecError {}
