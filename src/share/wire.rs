//! Version 1 of what a link holds, as JSON. Frozen: links of this version are out there. A field may be added where its
//! absence means what every link before meant; whoever wants another format adds `wire2`.

use std::collections::BTreeMap;
use std::rc::Rc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::difference::{apply, difference};
use super::wire_layers::{WireLayer, layers_from};
use super::{LinkError, MOST_BYTES, MOST_FILES, Shared, View};
use crate::chart::Operation;
use crate::workspace::{Content, Experiment, FilePath, Files, Origin, Settings};

/// An experiment.
#[derive(Serialize, Deserialize)]
pub(super) struct Wire {
    release: String,
    namespace: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    kube: String,
    /// The Helm that is followed, where it isn't Helm 4: links from before there was a choice don't say.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    helm: String,
    /// The sample that it began with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sample: Option<String>,
    /// The file in the lower editor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    open: Option<String>,
    files: BTreeMap<String, WireFile>,
    /// Further API versions, with commas between.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    apis: String,
    /// The revision; none for the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    revision: Option<u32>,
    /// Whether the release is upgraded.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    upgrade: bool,
    /// Layers of values, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    layers: Vec<WireLayer>,
    /// Files beside the chart, by their names.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    beside: BTreeMap<String, WireFile>,
    /// What changes are told from, as what is different there. Without it: from this experiment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    baseline: Option<Map<String, Value>>,
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
    pub(super) fn new(shared: &Shared) -> Self {
        let own = Self::from(&shared.experiment);
        let before = shared.baseline.as_ref().and_then(|baseline| Self::from(baseline).fields());
        let baseline = before.and_then(|before| Some(difference(before, &own.fields()?)));
        Self { view: shared.view.clone(), baseline, ..own }
    }

    /// It as JSON.
    pub(super) fn fields(&self) -> Option<Map<String, Value>> {
        match serde_json::to_value(self) {
            Ok(Value::Object(fields)) => Some(fields),
            _ => None,
        }
    }

    /// What is in it, however many files that are.
    pub(super) fn unbounded(mut self) -> Result<Shared, LinkError> {
        let view = std::mem::take(&mut self.view);
        let baseline = self.baseline.take().map(|changes| self.changed(changes)).transpose()?;
        self.try_into().map(|experiment| Shared { experiment, baseline, view })
    }

    /// The experiment as it would be with these changes.
    fn changed(&self, changes: Map<String, Value>) -> Result<Experiment, LinkError> {
        let mut fields = self.fields().ok_or(LinkError::Altered)?;
        apply(&mut fields, changes).ok_or(LinkError::Altered)?;
        let wire: Self = serde_json::from_value(fields.into()).map_err(|_| LinkError::Altered)?;
        wire.bounded()?.try_into()
    }

    /// Itself, where it has no more files than a link may have.
    fn bounded(self) -> Result<Self, LinkError> {
        match self.files.len() + self.beside.len() {
            count if count > MOST_FILES => Err(LinkError::TooManyFiles(count)),
            _ => Ok(self),
        }
    }
}

impl TryFrom<Wire> for Shared {
    type Error = LinkError;

    fn try_from(wire: Wire) -> Result<Self, LinkError> {
        let shared = wire.bounded()?.unbounded()?;
        let baseline = shared.baseline.as_ref().map_or(0, Experiment::size);
        if baseline > MOST_BYTES { Err(LinkError::TooLarge) } else { Ok(shared) }
    }
}

impl From<&Experiment> for Wire {
    fn from(experiment: &Experiment) -> Self {
        let settings = &experiment.settings;
        let beside = experiment.files.iter().filter(|(path, _)| path.is_beside());
        Self {
            release: settings.release.to_string(),
            namespace: settings.namespace.to_string(),
            kube: settings.kube_version.to_string(),
            helm: Some(settings.helm).filter(|helm| helm.is_three()).map(|helm| helm.to_string()).unwrap_or_default(),
            sample: experiment.origin.sample().map(ToString::to_string),
            open: experiment.open.as_ref().map(ToString::to_string),
            files: experiment.chart_files().map(|(path, content)| (path.to_string(), content.into())).collect(),
            apis: settings.api_versions.to_string(),
            revision: Some(settings.revision).filter(|revision| *revision != 1),
            upgrade: settings.operation == Operation::Upgrade,
            layers: settings.layers.iter().map(WireLayer::from).collect(),
            beside: beside.map(|(path, content)| (path.name().to_owned(), content.into())).collect(),
            baseline: None,
            view: View::default(),
        }
    }
}

impl TryFrom<Wire> for Experiment {
    type Error = LinkError;

    fn try_from(wire: Wire) -> Result<Self, LinkError> {
        let path = |text: String| FilePath::parse(&text).map_err(|_| LinkError::UnfitPath(text));
        let entry = |(name, file): (String, WireFile)| Ok((path(name)?, file.try_into()?));
        let mut files: Files = wire.files.into_iter().map(entry).collect::<Result<_, LinkError>>()?;
        for (name, file) in wire.beside {
            let path = FilePath::beside(&name).map_err(|_| LinkError::UnfitPath(name))?;
            files.insert(path, file.try_into()?);
        }
        let settings = Settings {
            release: wire.release.into(),
            namespace: wire.namespace.into(),
            kube_version: wire.kube.into(),
            helm: wire.helm.parse().unwrap_or_default(),
            api_versions: wire.apis.into(),
            revision: wire.revision.unwrap_or(1).max(1),
            operation: if wire.upgrade { Operation::Upgrade } else { Operation::Install },
            layers: layers_from(wire.layers)?,
        };
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
