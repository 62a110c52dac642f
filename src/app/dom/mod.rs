//! Single calls of the browser, each behind a Rust function. Nothing here knows the workspace.

pub mod clipboard;
pub mod course;
pub mod dialog;
pub mod download;
pub mod drafts;
pub mod editor;
pub mod fetch;
pub mod focus;
pub mod later;
pub mod location;
pub mod motion;
pub mod pick;
pub mod point;
pub mod walk;
