//! Floor 2. Go's `text/template`: parsing, executing, and the functions that Go brings along.
//!
//! The way through it: a [`FunctionTable`] names the functions; a [`TemplateSet`] takes texts and holds the templates
//! they define; an [`Executor`] runs one of them with a dot, within [`Limits`], and records origins in its trace.
//!
//! Differences on purpose: [`Limits`] end what would run on or overflow the stack, which in Go is less deep than here
//! natively and deeper in a browser; parentheses and blocks of a text nest at most two hundred deep; no value is a
//! function or a channel, and a list's capacity is its length. What Unicode calls a letter is asked of Rust's tables.
//!
//! Delimiters are always `{{` and `}}`, and a missing key gives the zero value of the map's elements, for Helm never
//! asks for anything else.

mod accept;
mod builtins;
mod call;
mod error;
mod eval;
mod exec;
mod fault;
mod field;
mod hole;
mod limits;
mod origin;
mod parse;
mod range;
mod reflect;
mod scan;
mod set;
mod world;

pub use accept::accept;
pub use call::{
    Argument, CallError, CallFrame, Callable, Context, Example, Function, Int, Outcome, Parameter, Reflected, Rest,
    TracedText, Uint32, reads_within,
};
pub use error::{Cause, ErrorPlace, ExecError, ExecErrorKind};
pub use exec::{Executor, Interrupted};
pub use fault::Fault;
pub use hole::{Hole, MARKS as HOLE_MARKS};
pub use limits::{Exhausted, Limits};
pub use origin::missing_reads;
pub use parse::{Keyword, ParseError, ParseErrorKind};
pub use scan::{Word, WordKind, scan};
pub use set::{FunctionTable, Leaves, Parsed, Source, Template, TemplateSet};
pub use world::{SeededWorld, World};

#[cfg(test)]
mod tests;
