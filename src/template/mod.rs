//! Floor 2. Go's `text/template`: parsing, executing, and the functions that Go brings along.

mod call;
mod limits;
mod world;

pub use call::{
    Argument, CallError, CallFrame, Callable, Context, Example, Function, Int, Outcome, Parameter, Reflected, Rest,
};
pub use limits::{Exhausted, Limits};
pub use world::{SeededWorld, World};

/// The error of an execution.
#[derive(Clone, Debug)]
pub struct ExecError;

/// The templates that know each other.
pub struct TemplateSet;
