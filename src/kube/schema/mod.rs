//! What fields a kind has: the schemas of Kubernetes' own kinds, read from a compact list, and those of custom resources,
//! read from their definitions; and what in an object doesn't keep to them.
//!
//! Checked is what the API server decodes strictly: which fields there are, of which type, which must be there, which
//! words are allowed, and which fields tell the entries of a list apart. Formats, patterns, ranges and rules in CEL are
//! not. `null` counts as absent everywhere, as it does for the server, and so does `status`.

mod belongs;
mod check;
mod definition;
mod memory;
mod schemas;
mod text;

pub use check::{Belongs, Fault, FaultKind};
pub use schemas::{Known, Schemas};

use std::rc::Rc;

/// What may stand in a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Type {
    /// Anything.
    Any,
    /// A text.
    String,
    /// A number without fraction.
    Integer,
    /// A number.
    Number,
    /// `true` or `false`.
    Bool,
    /// A number without fraction or a text.
    IntOrString,
    /// A quantity: a number or a text.
    Quantity,
    /// A list.
    List(Rc<Self>),
    /// A map with keys of one's own.
    Map(Rc<Self>),
    /// A map with these fields.
    Object(Rc<Fields>),
    /// A map with the fields of that number in the list of Kubernetes.
    Named(usize),
}

/// The fields of an object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Fields {
    /// The fields, by name.
    pub(super) list: Vec<Property>,
    /// Whether other fields are let through.
    pub(super) is_open: bool,
}

/// A field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Property {
    pub(super) name: Rc<str>,
    pub(super) kind: Type,
    pub(super) is_required: bool,
    /// The minor version of Kubernetes with which it came, where the list knows versions without it.
    pub(super) since: Option<u32>,
    /// The first minor version without it.
    pub(super) until: Option<u32>,
    /// The fields that tell the entries of the list apart.
    pub(super) keys: Vec<Rc<str>>,
    /// The words that are allowed; empty where every one is.
    pub(super) words: Vec<Rc<str>>,
}

impl Fields {
    pub(super) fn get(&self, name: &str) -> Option<&Property> {
        let at = self.list.binary_search_by(|property| (*property.name).cmp(name)).ok()?;
        self.list.get(at)
    }
}

impl Property {
    pub(super) fn new(name: &str, kind: Type) -> Self {
        let (keys, words) = (Vec::new(), Vec::new());
        Self { name: name.into(), kind, is_required: false, since: None, until: None, keys, words }
    }
}

/// How deep schemas and objects are followed. Nothing real comes near.
const DEEPEST: usize = 100;
