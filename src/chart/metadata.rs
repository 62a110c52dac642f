//! `Chart.yaml`: its fields, its rules, and the map that templates see as `.Chart`.
//!
//! The names in the map are Go's field names, for Helm makes it of its struct: `.Chart.AppVersion`. `Annotations` is an
//! empty map where Go has a nil one; `toYaml .Chart` shows `{}` there instead of `null`.

use super::Error;
use super::decode::{Decoder, Fault, Place, document};
use super::dependency::Dependency;
use super::error::quoted;
use crate::helm::Helm;
use crate::semver::Version;
use crate::value::format::is_printable;
use crate::value::{List, Map, MapKind, Value};

/// Who maintains a chart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Maintainer {
    /// A person or an organization.
    pub name: String,
    /// How to reach them.
    pub email: String,
    /// Their page.
    pub url: String,
}

/// The content of `Chart.yaml`.
#[derive(Clone, Debug, Default)]
pub struct Metadata {
    /// The chart's name; the alias, once dependencies are processed.
    pub name: String,
    /// The project's page.
    pub home: String,
    /// Where the sources are.
    pub sources: Vec<String>,
    /// The chart's version.
    pub version: String,
    /// One sentence.
    pub description: String,
    /// Words to find it by.
    pub keywords: Vec<String>,
    /// Who maintains it. `None` is a null in the list, which validation refuses.
    pub maintainers: Vec<Option<Maintainer>>,
    /// The icon's address.
    pub icon: String,
    /// `v1` or `v2`; `v1` where it is missing.
    pub api_version: String,
    /// Not used by Helm.
    pub condition: String,
    /// Not used by Helm.
    pub tags: String,
    /// The version of what the chart installs.
    pub app_version: String,
    /// Whether the chart is given up.
    pub deprecated: bool,
    /// Free notes.
    pub annotations: Vec<(String, String)>,
    /// The Kubernetes versions it works with.
    pub kube_version: String,
    /// The charts it needs. `None` is a null in the list, which validation refuses.
    pub dependencies: Vec<Option<Dependency>>,
    /// `application`, `library`, or nothing.
    pub kind: String,
}

const FIELDS: [&str; 17] = [
    "name",
    "home",
    "sources",
    "version",
    "description",
    "keywords",
    "maintainers",
    "icon",
    "apiVersion",
    "condition",
    "tags",
    "appVersion",
    "deprecated",
    "annotations",
    "kubeVersion",
    "dependencies",
    "type",
];

impl Metadata {
    /// Reads `Chart.yaml` and nothing else: no rule is asked. The error is Go's.
    pub fn read(data: &[u8], helm: Helm) -> Result<Self, String> {
        let mut metadata = Self::default();
        let read = document(data).and_then(|document| metadata.merge(&document));
        read.map_err(|fault| fault.in_words_of(helm).message)?;
        Ok(metadata)
    }

    /// Fills the fields that the document has, as Go does when it decodes into a struct twice.
    pub(super) fn merge(&mut self, document: &Value) -> Result<(), Fault> {
        let mut decoder = Decoder::default();
        let root = Place::root("Metadata");
        for (name, value) in decoder.fields(document, &root, "v2.Metadata", &FIELDS) {
            self.set_field(name, &value, &mut decoder, &root.field(name));
        }
        decoder.finish()
    }

    fn set_field(&mut self, name: &str, value: &Value, decoder: &mut Decoder, place: &Place) {
        let text = match name {
            "name" => &mut self.name,
            "home" => &mut self.home,
            "version" => &mut self.version,
            "description" => &mut self.description,
            "icon" => &mut self.icon,
            "apiVersion" => &mut self.api_version,
            "condition" => &mut self.condition,
            "tags" => &mut self.tags,
            "appVersion" => &mut self.app_version,
            "kubeVersion" => &mut self.kube_version,
            "type" => &mut self.kind,
            _ => return self.set_compound(name, value, decoder, place),
        };
        if let Some(new) = decoder.string(value, place) {
            *text = new;
        }
    }

    fn set_compound(&mut self, name: &str, value: &Value, decoder: &mut Decoder, place: &Place) {
        match name {
            "sources" => self.sources = decoder.strings(value, place).unwrap_or_default(),
            "keywords" => self.keywords = decoder.strings(value, place).unwrap_or_default(),
            "deprecated" => self.deprecated = decoder.boolean(value, place).unwrap_or(self.deprecated),
            "annotations" => {
                let map = decoder.map(value, place, "map[string]string").unwrap_or_default();
                let entries = map.entries().into_iter();
                let text = |value: &Value, decoder: &mut Decoder| decoder.string(value, place).unwrap_or_default();
                self.annotations = entries.map(|(key, entry)| (key.to_string(), text(&entry.value, decoder))).collect();
            }
            "maintainers" => {
                let items = decoder.list(value, place, "[]*v2.Maintainer").unwrap_or_default();
                self.maintainers = items.iter().map(|item| Maintainer::decode(item, decoder, place)).collect();
            }
            _ => self.dependencies = Dependency::decode_list(value, &self.dependencies, decoder, place),
        }
    }

    /// Helm's rules. Texts are cleaned on the way: white space becomes a space, what can't be printed goes.
    pub(super) fn validate(&mut self, helm: Helm) -> Result<(), Error> {
        let texts = [
            &mut self.name,
            &mut self.description,
            &mut self.home,
            &mut self.icon,
            &mut self.condition,
            &mut self.tags,
            &mut self.app_version,
            &mut self.kube_version,
        ];
        texts.into_iter().chain(&mut self.sources).chain(&mut self.keywords).for_each(sanitize);
        self.validate_names(helm)?;
        if self.version.is_empty() {
            return Err(Error::validation("chart.metadata.version is required"));
        }
        if Version::parse(&self.version).is_err() {
            return Err(Error::validation(format!("chart.metadata.version {} is invalid", quoted(&self.version))));
        }
        if !matches!(self.kind.as_str(), "" | "application" | "library") {
            return Err(Error::validation("chart.metadata.type must be application or library"));
        }
        for maintainer in &mut self.maintainers {
            let empty = || Error::validation("maintainers must not contain empty or null nodes");
            let Maintainer { name, email, url } = maintainer.as_mut().ok_or_else(empty)?;
            [name, email, url].into_iter().for_each(sanitize);
        }
        self.validate_dependencies()
    }

    fn validate_names(&self, helm: Helm) -> Result<(), Error> {
        if self.api_version.is_empty() {
            return Err(Error::validation("chart.metadata.apiVersion is required"));
        }
        let name = self.name.as_str();
        match name {
            "" => Err(Error::validation("chart.metadata.name is required")),
            "." | ".." if !helm.is_three() => {
                Err(Error::validation(format!("chart.metadata.name {} is not allowed", quoted(name))))
            }
            // A name of slashes only is its own base name.
            _ if name.contains('/') && name != "/" => {
                Err(Error::validation(format!("chart.metadata.name {} is invalid", quoted(name))))
            }
            _ => Ok(()),
        }
    }

    fn validate_dependencies(&mut self) -> Result<(), Error> {
        let mut seen: Vec<&str> = Vec::new();
        for dependency in &mut self.dependencies {
            let empty = || Error::validation("dependencies must not contain empty or null nodes");
            let dependency = dependency.as_mut().ok_or_else(empty)?;
            dependency.validate()?;
            let key = dependency.key();
            if seen.contains(&key) {
                return Err(Error::validation(format!("more than one dependency with name or alias {}", quoted(key))));
            }
            seen.push(key);
        }
        Ok(())
    }

    /// The dependencies; after validation none is null.
    pub fn dependencies(&self) -> impl Iterator<Item = &Dependency> {
        self.dependencies.iter().flatten()
    }

    /// Whether it is a library chart, whose templates print nothing.
    pub fn is_library(&self) -> bool {
        self.kind.eq_ignore_ascii_case("library")
    }

    /// The map that is `.Chart`, with whether the chart is the root.
    pub fn to_map(&self, place: ChartPlace) -> Map {
        let map = self.to_plain_map();
        map.set("IsRoot", place == ChartPlace::Root);
        map
    }

    /// The same without `IsRoot`, as Helm's top-level values have it.
    pub fn to_plain_map(&self) -> Map {
        let annotations = match self.annotations.as_slice() {
            [] => Map::nil(MapKind::String),
            entries => {
                let entries = entries.iter().map(|(key, text)| (key.as_str(), Value::from(text.as_str())));
                entries.collect::<Map>().as_kind(MapKind::String)
            }
        };
        [
            ("Name", Value::from(self.name.as_str())),
            ("Home", self.home.as_str().into()),
            ("Sources", strings(&self.sources)),
            ("Version", self.version.as_str().into()),
            ("Description", self.description.as_str().into()),
            ("Keywords", strings(&self.keywords)),
            ("Maintainers", list(self.maintainers.iter().flatten().map(Maintainer::to_map))),
            ("Icon", self.icon.as_str().into()),
            ("APIVersion", self.api_version.as_str().into()),
            ("Condition", self.condition.as_str().into()),
            ("Tags", self.tags.as_str().into()),
            ("AppVersion", self.app_version.as_str().into()),
            ("Deprecated", self.deprecated.into()),
            ("Annotations", annotations.into()),
            ("KubeVersion", self.kube_version.as_str().into()),
            ("Dependencies", list(self.dependencies().map(Dependency::to_map))),
            ("Type", self.kind.as_str().into()),
        ]
        .into_iter()
        .collect()
    }
}

/// Whether a chart is the one that is rendered, or below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartPlace {
    /// The chart that is rendered.
    Root,
    /// A dependency.
    Below,
}

impl Maintainer {
    fn decode(value: &Value, decoder: &mut Decoder, place: &Place) -> Option<Self> {
        if value.is_nil() {
            return None;
        }
        let mut maintainer = Self::default();
        let place = place.clone();
        let inner = place.nested("Maintainer");
        for (name, value) in decoder.fields(value, &place, "v2.Maintainer", &["name", "email", "url"]) {
            let Some(text) = decoder.string(&value, &inner.field(name)) else { continue };
            match name {
                "name" => maintainer.name = text,
                "email" => maintainer.email = text,
                _ => maintainer.url = text,
            }
        }
        Some(maintainer)
    }

    fn to_map(&self) -> Value {
        let fields = [("Name", &self.name), ("Email", &self.email), ("URL", &self.url)];
        Value::Map(fields.into_iter().map(|(key, text)| (key, Value::from(text.as_str()))).collect())
    }
}

/// White space becomes a space; what can't be printed goes.
pub(super) fn sanitize(text: &mut String) {
    let clean = |c: char| if c.is_whitespace() { Some(' ') } else { Some(c).filter(|c| is_printable(*c)) };
    *text = text.chars().filter_map(clean).collect();
}

/// A `[]interface {}` of strings.
pub(super) fn strings(texts: &[String]) -> Value {
    list(texts.iter().map(|text| Value::from(text.as_str())))
}

fn list(values: impl Iterator<Item = Value>) -> Value {
    Value::List(values.collect::<List>())
}
