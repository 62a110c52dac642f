//! Version 1 of what a link holds, as JSON. Frozen: links of this version are out there. Whoever wants another format
//! adds `wire2`.

use std::collections::BTreeMap;
use std::rc::Rc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::{LinkError, MOST_FILES, Shared, View};
use crate::workspace::{Content, Experiment, FilePath, Files, Origin, Settings};

/// An experiment.
#[derive(Serialize, Deserialize)]
pub(super) struct Wire {
    release: String,
    namespace: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    kube: String,
    /// The sample that it began with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sample: Option<String>,
    /// The file in the lower editor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    open: Option<String>,
    files: BTreeMap<String, WireFile>,
    /// What a reader sees first.
    #[serde(flatten)]
    view: View,
}

/// A file: text as it is, bytes as base64.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum WireFile {
    Text(String),
    Binary { base64: String },
}

impl Wire {
    /// All that a link holds.
    pub(super) fn new(experiment: &Experiment, view: &View) -> Self {
        Self { view: view.clone(), ..Self::from(experiment) }
    }

    /// What is in it, however many files that are.
    pub(super) fn unbounded(mut self) -> Result<Shared, LinkError> {
        let view = std::mem::take(&mut self.view);
        self.try_into().map(|experiment| Shared { experiment, view })
    }
}

impl TryFrom<Wire> for Shared {
    type Error = LinkError;

    fn try_from(wire: Wire) -> Result<Self, LinkError> {
        match wire.files.len() {
            count if count > MOST_FILES => Err(LinkError::TooManyFiles(count)),
            _ => wire.unbounded(),
        }
    }
}

impl From<&Experiment> for Wire {
    fn from(experiment: &Experiment) -> Self {
        let settings = &experiment.settings;
        Self {
            release: settings.release.to_string(),
            namespace: settings.namespace.to_string(),
            kube: settings.kube_version.to_string(),
            sample: experiment.origin.sample().map(ToString::to_string),
            open: experiment.open.as_ref().map(ToString::to_string),
            files: experiment.files.iter().map(|(path, content)| (path.to_string(), content.into())).collect(),
            view: View::default(),
        }
    }
}

impl TryFrom<Wire> for Experiment {
    type Error = LinkError;

    fn try_from(wire: Wire) -> Result<Self, LinkError> {
        let path = |text: String| FilePath::parse(&text).map_err(|_| LinkError::UnfitPath(text));
        let entry = |(name, file): (String, WireFile)| Ok((path(name)?, file.try_into()?));
        let files: Files = wire.files.into_iter().map(entry).collect::<Result<_, LinkError>>()?;
        let settings =
            Settings { release: wire.release.into(), namespace: wire.namespace.into(), kube_version: wire.kube.into() };
        let opened = wire.open.and_then(|open| FilePath::parse(&open).ok()).filter(|open| files.contains_key(open));
        let mut experiment = Self::new(Origin::Link(wire.sample.map(Rc::from)), files, settings);
        experiment.open = opened.or(experiment.open);
        Ok(experiment)
    }
}

impl From<&Content> for WireFile {
    fn from(content: &Content) -> Self {
        match content {
            Content::Text(text) => Self::Text(text.to_string()),
            Content::Binary(bytes) => Self::Binary { base64: STANDARD.encode(bytes) },
        }
    }
}

impl TryFrom<WireFile> for Content {
    type Error = LinkError;

    fn try_from(file: WireFile) -> Result<Self, LinkError> {
        match file {
            WireFile::Text(text) => Ok(Self::Text(text.into())),
            WireFile::Binary { base64 } => {
                STANDARD.decode(base64).map(|bytes| Self::Binary(bytes.into())).map_err(|_| LinkError::Altered)
            }
        }
    }
}
