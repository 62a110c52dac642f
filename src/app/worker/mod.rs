//! The worker, in which all rendering happens, so that no template can stop the page. Page and worker run the same Wasm:
//! the page hands its compiled module over, so it is fetched and compiled once.

mod engine;
mod glue;
mod message;
mod schemas;
mod serve;

pub use engine::{Engine, Report};
pub use serve::{scope, serve};
