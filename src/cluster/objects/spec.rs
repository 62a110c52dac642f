//! Manifests as objects hold them: fields that can say where they stand.

use super::super::clock::Seconds;
use super::super::event::{Because, Source};
use super::Labels;
use crate::kube::{Field, Object, PodSpec};
use crate::value::json;

/// The manifest an object was made from.
#[derive(Clone, Debug)]
pub struct Spec {
    /// Which one it is.
    pub source: Source,
    /// Its content.
    pub object: Object,
}

impl Spec {
    /// The field at a path.
    pub fn at(&self, written: &str) -> Field {
        self.object.at(written)
    }

    /// The place of a field at a path, as the reason of something.
    pub fn because(&self, written: &str) -> Because {
        self.because_of(&self.at(written))
    }

    /// The place of a field, as the reason of something.
    pub fn because_of(&self, field: &Field) -> Because {
        let path = field.path().clone();
        Because { source: self.source, range: self.object.range(&path), path, is_written: field.is_present() }
    }
}

/// A template of pods, or a pod's own manifest.
#[derive(Clone, Debug)]
pub struct Template {
    /// The manifest it stands in.
    pub spec: Spec,
    /// The field with `metadata` and `spec`.
    pub field: Field,
}

impl Template {
    /// The template at a path of a manifest; the empty path is a Pod's own manifest.
    pub fn at(spec: &Spec, written: &str) -> Self {
        Self { field: spec.at(written), spec: spec.clone() }
    }

    /// The `spec` of its pods.
    pub fn pod(&self) -> PodSpec {
        PodSpec::new(self.field.get("spec"))
    }

    /// The labels of its pods.
    pub fn labels(&self) -> Labels {
        labels(&self.field.at("metadata.labels"))
    }

    /// The place of a field of a pod's `spec`, as the reason of something.
    pub fn because(&self, written: &str) -> Because {
        self.spec.because_of(&self.field.get("spec").at(written))
    }

    /// Its content in one line: equal for equal templates.
    pub fn fingerprint(&self) -> String {
        json::encode(self.field.value()).unwrap_or_default()
    }
}

/// The strings of a map.
pub fn labels(field: &Field) -> Labels {
    let strings = field.entries().into_iter().filter_map(|(key, value)| Some((key.to_string(), value.string()?)));
    strings.collect()
}

/// The seconds that a field says, or those it says by being absent.
pub fn seconds(field: &Field, default: Seconds) -> Seconds {
    field.integer().map_or(default, |seconds| Seconds::try_from(seconds).unwrap_or_default())
}
