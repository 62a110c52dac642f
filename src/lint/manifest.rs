//! `Chart.yaml` as it is written: what it says, and where. It is read where the chart as a whole can't be loaded, too.

use super::Scene;
use crate::source::{FileId, Span, Step};
use crate::value::{Map, Value};
use crate::yaml::{self, NodeKind};

/// The outermost chart's `Chart.yaml`.
#[derive(Debug)]
pub struct Manifest {
    /// The file.
    pub file: FileId,
    /// What Helm calls the folder of the chart, with a slash behind it: `web/`.
    pub folder: String,
    document: yaml::Document,
    fields: Map,
}

impl Manifest {
    /// Finds it among the files. `None` where there is none, or where it is no map.
    pub(super) fn find(scene: Scene) -> Option<Self> {
        let files = scene.sources.files;
        let is_outermost = |path: &str| path == NAME || path.split_once('/').is_some_and(|(_, inside)| inside == NAME);
        // Of a chart that can't be loaded, the file is there all the same.
        let found = || files.iter().find(|(_, file)| is_outermost(&file.path)).map(|(file, _)| file);
        let file = scene.background.inputs.own_manifest().or_else(found)?;
        let text = &files.get(file)?.text;
        let document = yaml::parse(text).ok()?.into_iter().next()?;
        let fields = yaml::decode(text).ok()?.as_map()?.clone();
        let folder = files.get(file)?.path.strip_suffix(NAME)?.to_owned();
        Some(Self { file, folder, document, fields })
    }

    /// What a field holds.
    pub fn value(&self, key: &str) -> Option<Value> {
        self.fields.value(key)
    }

    /// A field as it is written, without its quotes; empty where it is missing or no scalar.
    pub fn text(&self, key: &str) -> String {
        let node = self.document.at(&[Step::Key(key.into())]);
        node.map(|node| self.document.text(node).to_owned()).unwrap_or_default()
    }

    /// The items of a list; none where the field is anything else.
    pub fn items(&self, key: &str) -> Vec<Value> {
        let value = self.fields.value(key);
        value.as_ref().and_then(Value::as_list).map(|list| list.values().cloned().collect()).unwrap_or_default()
    }

    /// Whether the chart is a library.
    pub fn is_library(&self) -> bool {
        self.text("type") == "library"
    }

    /// Where a field stands; what stands for the chart where it is missing.
    pub fn field(&self, key: &str) -> Span {
        self.at(&[Step::Key(key.into())])
    }

    /// Where an item of a list stands.
    pub fn item(&self, key: &str, index: usize) -> Span {
        self.at(&[Step::Key(key.into()), Step::Index(u32::try_from(index).unwrap_or(u32::MAX))])
    }

    /// A scalar with its key, of anything longer the key; what stands for the chart where there is nothing.
    fn at(&self, path: &[Step]) -> Span {
        let Some(place) = self.document.place(path) else { return self.start() };
        let is_scalar = matches!(place.value.kind, NodeKind::Scalar(_));
        let range = match place.key {
            Some(key) if is_scalar => key.span.start..place.value.span.end.max(key.span.end),
            Some(key) => key.span.clone(),
            None => place.value.span.clone(),
        };
        Span::new(self.file, range)
    }

    /// What stands for the chart as a whole: its name or, where it has none, the first key.
    pub fn start(&self) -> Span {
        let named = self.document.place(&[Step::Key("name".into())]).and_then(|place| place.key);
        let first = || match &self.document.root()?.kind {
            NodeKind::Mapping(entries, _) => self.document.node(entries.first()?.0),
            _ => None,
        };
        let range = named.or_else(first).map_or(0..0, |key| key.span.clone());
        Span::new(self.file, range)
    }

    /// The document.
    pub fn document(&self) -> &yaml::Document {
        &self.document
    }
}

const NAME: &str = "Chart.yaml";
