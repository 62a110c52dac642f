//! The worker, in which all rendering happens, so that no template can stop the page. Page and worker run the same Wasm:
//! the page hands its compiled module over, so it is fetched and compiled once. Charts with templates of the Jinja dialect have a
//! worker of their own, which is fetched when there is one.

mod busy;
mod calm;
mod engine;
mod errand;
mod glue;
mod hearing;
mod inner;
mod insight;
mod message;
mod mishaps;
mod program;
mod running;
mod schemas;
mod serve;
mod zones;

pub use engine::{Engine, Report};
pub use serve::{scope, serve};
