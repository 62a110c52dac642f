//! `.Chart` as Helm 3's templates see it: Go's struct, with the fields of `Chart.yaml` and `IsRoot`.
//!
//! A field that isn't there is an error, and nothing can be ranged over. JSON and YAML leave empty fields out. Where Go
//! prints a list of maintainers or dependencies it prints their addresses; here they are printed as they are.

use std::any::Any;
use std::rc::Rc;

use super::dependency::Dependency;
use super::metadata::{ChartPlace, Maintainer, Metadata};
use crate::value::{List, ListKind, Map, MapKind, Object, Traced, Value};

/// The object that is `.Chart`.
pub fn chart_object(metadata: &Metadata, place: ChartPlace) -> Rc<dyn Object> {
    let fields = fields(metadata);
    let is_root = Field { name: "IsRoot", key: "IsRoot", value: (place == ChartPlace::Root).into(), kept: true };
    let inner = Struct { type_name: "chart.Metadata", fields };
    Rc::new(ChartStruct { inner, is_root })
}

/// A field of a struct.
#[derive(Clone, Debug)]
struct Field {
    /// As templates name it.
    name: &'static str,
    /// As JSON names it.
    key: &'static str,
    value: Value,
    /// Whether it stands in JSON even if it is empty.
    kept: bool,
}

impl Field {
    fn new(name: &'static str, key: &'static str, value: impl Into<Value>) -> Self {
        Self { name, key, value: value.into(), kept: false }
    }

    fn kept(self) -> Self {
        Self { kept: true, ..self }
    }
}

/// A struct, or a pointer to one.
#[derive(Clone, Debug)]
struct Struct {
    type_name: &'static str,
    fields: Vec<Field>,
}

fn fields(metadata: &Metadata) -> Vec<Field> {
    let texts = |texts: &[String]| {
        let items = texts.iter().map(|text| Value::from(text.as_str()).into()).collect::<Vec<Traced>>();
        list(ListKind::String, items)
    };
    let annotations = match metadata.annotations.as_slice() {
        [] => Map::nil(MapKind::String),
        entries => {
            let entries = entries.iter().map(|(key, text)| (key.as_str(), Value::from(text.as_str())));
            entries.collect::<Map>().as_kind(MapKind::String)
        }
    };
    let maintainers = metadata.maintainers.iter().flatten().map(|maintainer| maintainer_object(maintainer).into());
    let dependencies = metadata.dependencies().map(|dependency| dependency_object(dependency).into());
    vec![
        Field::new("Name", "name", metadata.name.as_str()),
        Field::new("Home", "home", metadata.home.as_str()),
        Field::new("Sources", "sources", texts(&metadata.sources)),
        Field::new("Version", "version", metadata.version.as_str()),
        Field::new("Description", "description", metadata.description.as_str()),
        Field::new("Keywords", "keywords", texts(&metadata.keywords)),
        Field::new("Maintainers", "maintainers", list(ListKind::Named("[]*chart.Maintainer"), maintainers.collect())),
        Field::new("Icon", "icon", metadata.icon.as_str()),
        Field::new("APIVersion", "apiVersion", metadata.api_version.as_str()),
        Field::new("Condition", "condition", metadata.condition.as_str()),
        Field::new("Tags", "tags", metadata.tags.as_str()),
        Field::new("AppVersion", "appVersion", metadata.app_version.as_str()),
        Field::new("Deprecated", "deprecated", metadata.deprecated),
        Field::new("Annotations", "annotations", annotations),
        Field::new("KubeVersion", "kubeVersion", metadata.kube_version.as_str()),
        Field::new(
            "Dependencies",
            "dependencies",
            list(ListKind::Named("[]*chart.Dependency"), dependencies.collect()),
        ),
        Field::new("Type", "type", metadata.kind.as_str()),
    ]
}

/// A list; nil where it is empty, as Go's are that nothing was put into.
fn list(kind: ListKind, items: Vec<Traced>) -> Value {
    Value::List(if items.is_empty() { List::nil(kind) } else { List::of(kind, items) })
}

fn maintainer_object(maintainer: &Maintainer) -> Value {
    let fields = vec![
        Field::new("Name", "name", maintainer.name.as_str()),
        Field::new("Email", "email", maintainer.email.as_str()),
        Field::new("URL", "url", maintainer.url.as_str()),
    ];
    Value::Object(Rc::new(Struct { type_name: "*chart.Maintainer", fields }))
}

fn dependency_object(dependency: &Dependency) -> Value {
    let tags = dependency.tags.iter().map(|tag| Value::from(tag.as_str()).into()).collect();
    let imports = dependency.import_values.iter().map(|import| import.clone().into()).collect();
    let fields = vec![
        Field::new("Name", "name", dependency.name.as_str()).kept(),
        Field::new("Version", "version", dependency.version.as_str()),
        Field::new("Repository", "repository", dependency.repository.as_str()).kept(),
        Field::new("Condition", "condition", dependency.condition.as_str()),
        Field::new("Tags", "tags", list(ListKind::String, tags)),
        Field::new("Enabled", "enabled", dependency.enabled),
        Field::new("ImportValues", "import-values", list(ListKind::Any, imports)),
        Field::new("Alias", "alias", dependency.alias.as_str()),
    ];
    Value::Object(Rc::new(Struct { type_name: "*chart.Dependency", fields }))
}

impl Struct {
    fn inside(&self) -> String {
        let shown = self.fields.iter().map(|field| {
            let text = crate::value::format::display(&field.value);
            String::from_utf8_lossy(&text).into_owned()
        });
        shown.collect::<Vec<_>>().join(" ")
    }

    fn filled(&self) -> Vec<(&'static str, Value)> {
        let filled = self.fields.iter().filter(|field| field.kept || field.value.is_true());
        filled.map(|field| (field.key, field.value.clone())).collect()
    }
}

impl Object for Struct {
    fn type_name(&self) -> &'static str {
        self.type_name
    }

    fn field(&self, name: &str) -> Option<Value> {
        self.fields.iter().find(|field| field.name == name).map(|field| field.value.clone())
    }

    fn display(&self) -> String {
        let pointer = if self.type_name.starts_with('*') { "&" } else { "" };
        format!("{pointer}{{{}}}", self.inside())
    }

    fn printed(&self) -> String {
        format!("{{{}}}", self.inside())
    }

    fn json_fields(&self) -> Option<Vec<(&'static str, Value)>> {
        Some(self.filled())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// The metadata with `IsRoot` beside it.
#[derive(Clone, Debug)]
struct ChartStruct {
    inner: Struct,
    is_root: Field,
}

impl Object for ChartStruct {
    fn type_name(&self) -> &'static str {
        "struct { chart.Metadata; IsRoot bool }"
    }

    fn field(&self, name: &str) -> Option<Value> {
        match name {
            "IsRoot" => Some(self.is_root.value.clone()),
            "Metadata" => Some(Value::Object(Rc::new(self.inner.clone()))),
            _ => self.inner.field(name),
        }
    }

    fn display(&self) -> String {
        format!("{{{} {}}}", self.inner.display(), if self.is_root.value.is_true() { "true" } else { "false" })
    }

    fn json_fields(&self) -> Option<Vec<(&'static str, Value)>> {
        let mut all = self.inner.filled();
        all.push((self.is_root.key, self.is_root.value.clone()));
        Some(all)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
