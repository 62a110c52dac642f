//! A Kubernetes object: one document of the rendered stream.

use std::ops::Range;

use super::{Field, GroupVersionKind, Path, Place, Places};
use crate::source::ReadsId;
use crate::value::Value;
use crate::yaml::{self, Duplicates, Numbers};

/// One document, as a value whose fields know where they stand in the document's text.
///
/// Nothing is promised of its content: a document may be a list, a string or nothing at all.
#[derive(Clone, Debug)]
pub struct Object {
    root: Field,
    places: Places,
}

impl Object {
    /// An object of its value and the places of its fields.
    pub fn new(value: Value, places: Places) -> Self {
        Self { root: Field::new(Path::root(), value), places }
    }

    /// Reads a document. Of several documents in the text the first counts, as for Helm.
    pub fn read(text: &[u8]) -> Result<Self, yaml::Error> {
        let (documents, error) = yaml::parse_partly(text);
        match (documents.into_iter().next(), error) {
            (Some(document), _) => {
                let none = &mut |_| ReadsId::NONE;
                let read = yaml::decode_document(&document, Duplicates::Allowed, Numbers::Float, none)?;
                Ok(Self::new(read.value, Places::of(document)))
            }
            (None, Some(error)) => Err(error),
            (None, None) => Ok(Self::new(Value::Nil, Places::unknown())),
        }
    }

    /// The object as a field.
    pub fn root(&self) -> &Field {
        &self.root
    }

    /// The field at a path, written `spec.ports[0].name`; absent where there is none.
    pub fn at(&self, written: &str) -> Field {
        self.root.at(written)
    }

    /// The field at a path.
    pub fn field(&self, path: &Path) -> Field {
        self.root.follow(path)
    }

    /// `apiVersion`, empty where it isn't a string.
    pub fn api_version(&self) -> String {
        self.root.get("apiVersion").string().unwrap_or_default()
    }

    /// `kind`, empty where it isn't a string.
    pub fn kind(&self) -> String {
        self.root.get("kind").string().unwrap_or_default()
    }

    /// Group, version and kind.
    pub fn gvk(&self) -> GroupVersionKind {
        GroupVersionKind::new(&self.api_version(), &self.kind())
    }

    /// `metadata.name`, empty where it isn't a string.
    pub fn name(&self) -> String {
        self.metadata().get("name").string().unwrap_or_default()
    }

    /// `metadata.namespace`, where one is written.
    pub fn namespace(&self) -> Option<String> {
        self.metadata().get("namespace").string().filter(|namespace| !namespace.is_empty())
    }

    /// `metadata`
    pub fn metadata(&self) -> Field {
        self.root.get("metadata")
    }

    /// `spec`
    pub fn spec(&self) -> Field {
        self.root.get("spec")
    }

    /// A label of the object itself.
    pub fn label(&self, key: &str) -> Option<String> {
        self.metadata().get("labels").get(key).string()
    }

    /// An annotation of the object itself.
    pub fn annotation(&self, key: &str) -> Option<String> {
        self.metadata().get("annotations").get(key).string()
    }

    /// The document as it is written; `None` where it wasn't read from a text.
    pub fn document(&self) -> Option<&yaml::Document> {
        self.places.document()
    }

    /// Where a field stands in the document's text.
    pub fn place(&self, path: &Path) -> Option<Place> {
        self.places.get(path)
    }

    /// The bytes of a field, key and value; where it is absent, of the nearest thing around it.
    pub fn range(&self, path: &Path) -> Range<usize> {
        self.places.nearest(path).map_or(0..0, |place| place.whole())
    }

    /// The keys that stand in their map more than once. The last one counts.
    pub fn written_twice(&self) -> Vec<Path> {
        self.places.written_twice()
    }
}
