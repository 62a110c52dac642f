//! What every object has: a name, a birthday, labels, and perhaps an owner.

use std::collections::BTreeMap;
use std::fmt;

use super::super::clock::Moment;
use super::{Kind, ObjectRef};

/// Labels by key.
pub type Labels = BTreeMap<String, String>;

/// An object's place in the store.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// Its namespace; empty where it has none.
    pub namespace: String,
    /// Its name.
    pub name: String,
}

impl Key {
    /// A key.
    pub fn new(namespace: impl Into<String>, name: impl Into<String>) -> Self {
        Self { namespace: namespace.into(), name: name.into() }
    }

    /// Another name in the same namespace.
    #[must_use]
    pub fn beside(&self, name: impl Into<String>) -> Self {
        Self { namespace: self.namespace.clone(), name: name.into() }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.namespace.is_empty() { f.write_str(&self.name) } else { write!(f, "{}/{}", self.namespace, self.name) }
    }
}

/// What every object has.
#[derive(Clone, Debug)]
pub struct Meta {
    /// Its kind.
    pub kind: Kind,
    /// Its namespace and name.
    pub key: Key,
    /// What tells it from others that had the name before.
    pub uid: String,
    /// Its birthday.
    pub created: Moment,
    /// Since when it is being deleted.
    pub deleting: Option<Moment>,
    /// Its labels.
    pub labels: Labels,
    /// Who owns it, and takes it along when it goes.
    pub owner: Option<Owner>,
}

/// An owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// Its kind.
    pub kind: Kind,
    /// Its name.
    pub name: String,
    /// Its uid.
    pub uid: String,
}

impl Meta {
    /// This object as an owner.
    pub fn as_owner(&self) -> Owner {
        Owner { kind: self.kind, name: self.key.name.clone(), uid: self.uid.clone() }
    }

    /// Whether the owner is the one of that uid.
    pub fn is_owned_by(&self, uid: &str) -> bool {
        self.owner.as_ref().is_some_and(|owner| owner.uid == uid)
    }

    /// Whether it is being deleted.
    pub fn is_deleting(&self) -> bool {
        self.deleting.is_some()
    }

    /// The object by kind and name.
    pub fn reference(&self) -> ObjectRef {
        ObjectRef { kind: self.kind.to_string(), namespace: self.key.namespace.clone(), name: self.key.name.clone() }
    }
}
