//! Floor 4. Helm's rendering: a chart and values become documents, each byte of which knows where it comes from.
//!
//! [`render`] does what `helm template` does between reading its arguments and printing: it applies the dependencies,
//! puts the values together, executes the templates, and sorts what they print into manifests and hooks. [`print`]
//! lays the documents out as Helm prints them.
//!
//! Nothing here reads a file or a clock: the chart is loaded by whoever calls, everything else is asked of a
//! [`World`](crate::template::World).

#[cfg(not(target_family = "wasm"))]
mod ahead;
mod base64;
mod convert;
mod document;
mod error;
mod exec_message;
mod files;
mod functions;
mod glob;
mod go_on;
mod heads;
mod inputs;
mod jinja;
mod judges;
mod lint_mode;
mod memory;
mod mentions;
mod pattern;
mod print;
mod render;
mod scope;
mod source_map;
mod toml;
mod trims;
mod values_methods;
mod values_table;
mod why;

#[cfg(not(target_family = "wasm"))]
pub use ahead::Ahead;
pub use base64::encode as to_base64;
pub use document::{Document, DocumentKind};
pub use error::{Error, ErrorKind};
pub use functions::{function_table, functions, render_name};
pub use go_on::{Dot, Stop, render_on, render_on_again};
pub use inputs::{Inputs, LeftOut, written};
pub use judges::JUDGES;
pub use lint_mode::{LintRendering, render_for_lint};
pub use memory::Memory;
pub use print::{Crds, Hooks, PrintOptions, Printed, print, print_bytes};
#[cfg(not(target_family = "wasm"))]
pub use render::render_ahead;
pub use render::{Dialect, Kept, Record, Rendered, Rendering, Request, SchemaCheck, render, render_again};
pub use source_map::{
    Condition, ConditionKind, Include, IncludeKind, Place, Provenance, Read, ReadRole, Segment, SegmentKind, SourceMap,
    Stack,
};
pub use trims::Trimmed;
pub use values_table::{Setter, ValueRow, ValuesTable};
pub use why::{DefaultUsed, Printer, ValueWhy, Why};
