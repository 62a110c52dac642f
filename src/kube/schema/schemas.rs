//! All schemas that are known: Kubernetes' own and those of the chart's custom resources.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::definition;
use super::memory::Memory;
use super::text::{self, List};
use super::{Fields, Type};
use crate::kube::{GroupVersionKind, Object};

/// The schemas of Kubernetes' own kinds, and those that definitions of custom resources add.
#[derive(Clone, Debug, Default)]
pub struct Schemas {
    list: Rc<List>,
    custom: BTreeMap<GroupVersionKind, Type>,
    memory: Rc<Memory>,
}

/// What is known of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// Kubernetes brings it along.
    BuiltIn,
    /// One of the chart's definitions does.
    Custom,
    /// It comes with a later version of Kubernetes, this minor one.
    Later(u32),
    /// It is gone since this minor version of Kubernetes.
    Gone(u32),
    /// Nobody brings it along.
    Unknown,
}

impl Schemas {
    /// Reads the list of Kubernetes' own schemas. `None` where the text is something else.
    pub fn read(text: &str) -> Option<Self> {
        Some(Self { list: Rc::new(text::read(text)?), ..Self::default() })
    }

    /// These, and the kinds that some objects define.
    #[must_use]
    pub fn with_objects<'a>(&self, objects: impl IntoIterator<Item = &'a Object>) -> Self {
        let mut schemas = self.clone();
        for object in objects {
            schemas.custom.extend(definition::kinds(object, &self.metadata()));
        }
        schemas
    }

    /// These, and the kinds that some texts define, which are read once however often they are handed in. Those that are
    /// about none of the `wanted` kinds are not even read.
    #[must_use]
    pub fn with_definitions<'a>(
        &self,
        texts: impl IntoIterator<Item = &'a Rc<[u8]>>,
        wanted: &BTreeSet<String>,
    ) -> Self {
        let mut schemas = self.clone();
        let read = |text: &[u8]| {
            let object = Object::read(text).ok();
            Rc::new(object.map(|object| definition::kinds(&object, &self.metadata())).unwrap_or_default())
        };
        for definition in texts.into_iter().map(|text| self.memory.definition(text)) {
            if definition.mentioned.iter().any(|kind| wanted.contains(&**kind)) {
                schemas.custom.extend(self.memory.kinds(&definition, read).iter().cloned());
            }
        }
        schemas
    }

    fn metadata(&self) -> Type {
        self.list.numbers.get("meta.v1.ObjectMeta").map_or(Type::Any, |&number| Type::Named(number))
    }

    /// What is known of a kind in a minor version of Kubernetes.
    pub fn known(&self, gvk: &GroupVersionKind, minor: u32) -> Known {
        if self.custom.contains_key(gvk) {
            return Known::Custom;
        }
        let minor = self.covered(minor);
        match self.list.kinds.get(&(gvk.api_version(), gvk.kind.clone())) {
            None => Known::Unknown,
            Some(kind) => match (kind.since, kind.until) {
                (Some(since), _) if since > minor => Known::Later(since),
                (_, Some(until)) if until <= minor => Known::Gone(until),
                _ => Known::BuiltIn,
            },
        }
    }

    /// The versions of Kubernetes that are known: the first minor version and the last.
    pub fn versions(&self) -> (u32, u32) {
        self.list.versions
    }

    /// Kubernetes' own kinds: `apiVersion` and `kind`.
    pub fn kinds(&self) -> impl Iterator<Item = (&str, &str)> {
        self.list.kinds.keys().map(|(api_version, kind)| (api_version.as_str(), kind.as_str()))
    }

    /// The version nearest to a minor version that the list covers.
    pub(super) fn covered(&self, minor: u32) -> u32 {
        let (first, last) = self.list.versions;
        minor.clamp(first, last.max(first))
    }

    /// What an object of that kind is made of.
    pub(super) fn root(&self, gvk: &GroupVersionKind) -> Option<Type> {
        let built_in = || self.list.kinds.get(&(gvk.api_version(), gvk.kind.clone()));
        self.custom.get(gvk).cloned().or_else(|| built_in().map(|kind| Type::Named(kind.number)))
    }

    /// The fields of a type, where it is a map with fields.
    pub(super) fn fields<'a>(&'a self, kind: &'a Type) -> Option<&'a Fields> {
        match kind {
            Type::Object(fields) => Some(fields),
            Type::Named(number) => self.list.types.get(*number),
            _ => None,
        }
    }
}

impl PartialEq for Schemas {
    /// What is remembered makes no difference.
    fn eq(&self, other: &Self) -> bool {
        self.list == other.list && self.custom == other.custom
    }
}

impl Eq for Schemas {}
