//! Floor 0. Files, spans, lines, diagnostics, and where text comes from. Knows nothing of templates, charts or
//! Kubernetes, and uses nothing but the standard library.

mod bytes;
mod content;
mod diagnostic;
mod files;
mod line_index;
mod recall;
mod runs;
mod span;
mod trace;

pub use bytes::{find, readable};
pub use content::FileBytes;
pub use diagnostic::{Diagnostic, Severity};
pub use files::{File, Files};
pub use line_index::{LineIndex, Position, byte_from_utf16, utf16_from_byte};
pub use recall::Recall;
pub use runs::{Run, Runs};
pub use span::{FileId, Span};
pub use trace::{
    Frame, FrameId, FrameKind, Origin, OriginId, OriginKind, PathId, Read, ReadsId, Role, Skipped, Step, Trace,
};
