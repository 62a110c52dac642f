//! What happens, told in sentences: each says what and why, and names the place in a manifest that decides.

use std::ops::Range;

use super::clock::Moment;
use super::objects::ObjectRef;
use crate::kube::Path;

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub at: Moment,
    /// To what.
    pub about: ObjectRef,
    /// What, and why, in plain words.
    pub sentence: String,
    /// The field of a manifest that decides it; `None` where none does.
    pub because: Option<Because>,
    /// What Kubernetes itself records of it; `None` where it keeps silent.
    pub record: Option<Record>,
}

/// Which manifest: of which revision of the release, and its place among those.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Source {
    /// How many sets of manifests were handed in before.
    pub revision: usize,
    /// The number it was handed in with.
    pub document: usize,
}

/// A field of a manifest that decides something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Because {
    /// The manifest.
    pub source: Source,
    /// The field, whether it is there or not.
    pub path: Path,
    /// Its bytes in the document; where it is absent, those of the nearest thing around it.
    pub range: Range<usize>,
    /// Whether it is there. Where it isn't, a default decides.
    pub is_written: bool,
}

/// An event as `kubectl get events` lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Normal or Warning.
    pub level: Level,
    /// One word.
    pub reason: &'static str,
    /// Kubernetes' words.
    pub message: String,
    /// What Kubernetes records it of, where that isn't what the event is about.
    pub regarding: Option<ObjectRef>,
}

/// Whether an event is one to worry about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// It isn't.
    Normal,
    /// It is.
    Warning,
}

impl Record {
    /// Nothing to worry about.
    pub fn normal(reason: &'static str, message: impl Into<String>) -> Self {
        Self { level: Level::Normal, reason, message: message.into(), regarding: None }
    }

    /// Something to worry about.
    pub fn warning(reason: &'static str, message: impl Into<String>) -> Self {
        Self { level: Level::Warning, reason, message: message.into(), regarding: None }
    }

    /// The same, recorded of another object.
    #[must_use]
    pub fn of(self, object: ObjectRef) -> Self {
        Self { regarding: Some(object), ..self }
    }
}
