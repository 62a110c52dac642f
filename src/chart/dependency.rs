//! Dependencies: what `Chart.yaml` says about the charts in `charts/`, and what Helm makes of it.

use super::Error;
use super::decode::{Decoder, Fault, Place, document};
use super::error::quoted;
use super::metadata::{sanitize, strings};
use crate::value::{List, Map, MapKind, Value};

/// One entry of `dependencies`.
#[derive(Clone, Debug, Default)]
pub struct Dependency {
    /// The name in the dependency's own `Chart.yaml`; the alias, once dependencies are processed.
    pub name: String,
    /// The versions that will do.
    pub version: String,
    /// Where it comes from.
    pub repository: String,
    /// Paths in the values; the first that holds a boolean decides whether the chart is used.
    pub condition: String,
    /// Keys of `tags` in the values, which decide where no condition does.
    pub tags: Vec<String>,
    /// What was decided.
    pub enabled: bool,
    /// What the parent takes over from the child's values.
    pub import_values: Vec<Value>,
    /// Another name for the chart.
    pub alias: String,
}

const FIELDS: [&str; 8] = ["name", "version", "repository", "condition", "tags", "enabled", "import-values", "alias"];

impl Dependency {
    /// Decodes a list; an entry that was there before is filled, not replaced, as Go does.
    pub(super) fn decode_list(
        value: &Value,
        before: &[Option<Self>],
        decoder: &mut Decoder,
        place: &Place,
    ) -> Vec<Option<Self>> {
        let items = decoder.list(value, place, "[]*v2.Dependency").unwrap_or_default();
        let decode = |(at, item): (usize, &Value)| {
            let base = before.get(at).cloned().flatten().unwrap_or_default();
            (!item.is_nil()).then(|| base.filled(item, decoder, place))
        };
        items.iter().enumerate().map(decode).collect()
    }

    fn filled(mut self, value: &Value, decoder: &mut Decoder, place: &Place) -> Self {
        let inner = place.nested("Dependency");
        for (name, value) in decoder.fields(value, place, "v2.Dependency", &FIELDS) {
            let place = inner.field(name);
            let text = match name {
                "name" => &mut self.name,
                "version" => &mut self.version,
                "repository" => &mut self.repository,
                "condition" => &mut self.condition,
                "alias" => &mut self.alias,
                "tags" => {
                    self.tags = decoder.strings(&value, &place).unwrap_or_default();
                    continue;
                }
                "enabled" => {
                    self.enabled = decoder.boolean(&value, &place).unwrap_or(self.enabled);
                    continue;
                }
                _ => {
                    self.import_values = decoder.list(&value, &place, "[]interface {}").unwrap_or_default();
                    continue;
                }
            };
            if let Some(new) = decoder.string(&value, &place) {
                *text = new;
            }
        }
        self
    }

    /// Cleans the texts; the alias must be a plain word.
    pub(super) fn validate(&mut self) -> Result<(), Error> {
        let texts = [&mut self.name, &mut self.version, &mut self.repository, &mut self.condition];
        texts.into_iter().chain(&mut self.tags).for_each(sanitize);
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
        if self.alias.bytes().all(plain) {
            return Ok(());
        }
        let name = quoted(&self.name);
        Err(Error::validation(format!("dependency {name} has disallowed characters in the alias")))
    }

    /// The name under which the parent knows it.
    pub fn key(&self) -> &str {
        if self.alias.is_empty() { &self.name } else { &self.alias }
    }

    /// As templates see it in `.Chart.Dependencies`.
    pub(super) fn to_map(&self) -> Value {
        let fields: Map = [
            ("Name", Value::from(self.name.as_str())),
            ("Version", self.version.as_str().into()),
            ("Repository", self.repository.as_str().into()),
            ("Condition", self.condition.as_str().into()),
            ("Tags", strings(&self.tags)),
            ("Enabled", self.enabled.into()),
            ("ImportValues", Value::List(self.import_values.iter().cloned().collect::<List>())),
            ("Alias", self.alias.as_str().into()),
        ]
        .into_iter()
        .collect();
        Value::Map(fields)
    }
}

/// `Chart.lock`: what `helm dependency build` goes by. Rendering only checks that it can be read.
#[derive(Clone, Debug, Default)]
pub struct Lock {
    /// When it was written.
    pub generated: String,
    /// A hash of the dependencies in `Chart.yaml`.
    pub digest: String,
    /// The dependencies with their exact versions.
    pub dependencies: Vec<Option<Dependency>>,
}

impl Lock {
    pub(super) fn read(data: &[u8]) -> Result<Self, Fault> {
        let document = document(data)?;
        let mut lock = Self::default();
        let mut decoder = Decoder::default();
        let root = Place::root("Lock");
        for (name, value) in decoder.fields(&document, &root, "v2.Lock", &["generated", "digest", "dependencies"]) {
            let place = root.field(name);
            match name {
                "generated" => lock.generated = decoder.moment(&value).unwrap_or_default(),
                "digest" => lock.digest = decoder.string(&value, &place).unwrap_or_default(),
                _ => lock.dependencies = Dependency::decode_list(&value, &[], &mut decoder, &place),
            }
        }
        decoder.finish().map(|()| lock)
    }
}

/// An entry of `import-values` once it is processed: a `map[string]string`.
pub(super) fn import(child: &str, parent: &str) -> Value {
    let map: Map = [("child", Value::from(child)), ("parent", parent.into())].into_iter().collect();
    Value::Map(map.to_kind(MapKind::String))
}
