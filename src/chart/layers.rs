//! Which layer set a value: the user's flags and files over the charts' own `values.yaml`, a parent's over its
//! children's.
//!
//! Helm forgets that while it puts values together. Here each layer is read once more by itself and asked; whether a
//! value is there at all in the end is for the merged values to say.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::set::{Reader, parse_into};
use super::values::{MAX_DEPTH, load_values};
use super::{Chart, Overrides};
use crate::helm::Helm;
use crate::source::{FileId, Files, ReadsId, Recall, Span, Step, find};
use crate::value::{Map, Value, json};
use crate::yaml::{self, Duplicates, Numbers};

/// What kind of layer it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LayerKind {
    /// The outermost chart's `values.yaml`.
    Chart,
    /// The `values.yaml` of a chart in it.
    Subchart,
    /// `-f`
    File,
    /// `--set-json`
    SetJson,
    /// `--set`
    Set,
    /// `--set-string`
    SetString,
    /// `--set-file`
    SetFile,
    /// `--set-literal`
    SetLiteral,
}

impl LayerKind {
    /// The word for it, as the source map has it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Chart => "chart",
            Self::Subchart => "subchart",
            Self::File => "file",
            Self::SetJson => "set-json",
            Self::Set => "set",
            Self::SetString => "set-string",
            Self::SetFile => "set-file",
            Self::SetLiteral => "set-literal",
        }
    }

    /// Whether it is an argument of the command line, which sets one path inside of what is there.
    fn is_argument(self) -> bool {
        !matches!(self, Self::Chart | Self::Subchart | Self::File)
    }
}

/// That a layer sets a value.
#[derive(Clone, Debug)]
pub struct Setting {
    /// The kind of layer.
    pub kind: LayerKind,
    /// The file as Helm names it, or the argument as it was written.
    pub name: Rc<str>,
    /// The key and the value in the file. `None` for an argument.
    pub span: Option<Span>,
    /// What it is set to.
    pub value: Value,
}

/// What the layers say about a path, the strongest first.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// The layer that wins.
    pub set_by: Option<Setting>,
    /// The layers that lose.
    pub overrode: Vec<Setting>,
    /// The layer that sets something above to what has no keys, or to null, which weaker layers can't see through.
    pub hidden_by: Option<Setting>,
}

/// All layers of values.
#[derive(Clone, Debug, Default)]
pub struct Layers {
    /// Strongest first.
    layers: Vec<Layer>,
    imports: Vec<Import>,
}

#[derive(Clone, Debug)]
struct Layer {
    kind: LayerKind,
    name: Rc<str>,
    file: Option<FileId>,
    /// Where its root stands in the outermost chart's values.
    base: Vec<Rc<str>>,
    values: Map,
    documents: Rc<[yaml::Document]>,
}

/// A file of values, and the Helm that reads it.
struct LayerFile<'f> {
    file: FileId,
    data: &'f Rc<[u8]>,
    helm: Helm,
}

/// What files of values say, as they were read before.
#[derive(Debug, Default)]
pub struct LayerTexts {
    four: Recall<LayerText>,
    three: Recall<LayerText>,
}

/// What a file of values says.
#[derive(Debug)]
struct LayerText {
    values: Map,
    documents: Rc<[yaml::Document]>,
}

/// An entry of `import-values`: what stands below `child` stands below `parent`, too.
#[derive(Clone, Debug)]
struct Import {
    parent: Vec<Rc<str>>,
    child: Vec<Rc<str>>,
}

/// What a layer says about a path.
enum Found {
    Nothing,
    Value(Setting),
    /// Something without keys stands above it.
    Wall(Setting),
}

/// Imports lead to imports no deeper.
const MAX_IMPORTS: usize = 8;

impl Layers {
    /// The layers of a chart whose dependencies are processed. The user's files get numbers in `files`.
    pub fn new(chart: &Chart, overrides: &Overrides, files: &mut Files, known: &LayerTexts) -> Self {
        let mut layers = Self::default();
        let arguments = [
            (LayerKind::SetLiteral, &overrides.set_literal),
            (LayerKind::SetFile, &overrides.set_file),
            (LayerKind::SetString, &overrides.set_string),
            (LayerKind::Set, &overrides.set),
            (LayerKind::SetJson, &overrides.set_json),
        ];
        for (kind, arguments) in arguments {
            layers
                .layers
                .extend(arguments.iter().rev().map(|argument| Layer::argument(kind, argument, overrides.helm)));
        }
        for (name, data) in overrides.files.iter().rev() {
            let file = files.add(name.as_str(), Rc::clone(data));
            let source = LayerFile { file, data, helm: overrides.helm };
            layers.layers.push(Layer::file(LayerKind::File, name.as_str().into(), &source, Vec::new(), known));
        }
        layers.chart(chart, &[], files, known);
        layers
    }

    /// Adds a chart's own layer, then those of the charts in it. Charts nest no deeper than the loader lets them.
    fn chart(&mut self, chart: &Chart, base: &[Rc<str>], files: &Files, known: &LayerTexts) {
        if let Some(own) = &chart.values_file {
            let kind = if base.is_empty() { LayerKind::Chart } else { LayerKind::Subchart };
            let name = files.get(own.id).map_or_else(|| Rc::clone(&own.name), |file| Rc::clone(&file.path));
            let source = LayerFile { file: own.id, data: own.data.shared(), helm: chart.helm };
            self.layers.push(Layer::file(kind, name, &source, base.to_vec(), known));
        }
        let below = |keys: &str, base: &[Rc<str>]| -> Vec<Rc<str>> {
            let keys = keys.split('.').filter(|key| !key.is_empty());
            base.iter().cloned().chain(keys.map(Rc::from)).collect()
        };
        for dependency in chart.metadata.dependencies() {
            let child = below(&dependency.name, base);
            for import in dependency.import_values.iter().filter_map(Value::as_map) {
                let path = |key: &str| import.value(key).and_then(|value| Some(value.as_text()?.to_string()));
                if let (Some(from), Some(to)) = (path("child"), path("parent")) {
                    self.imports.push(Import { parent: below(&to, base), child: below(&from, &child) });
                }
            }
        }
        for subchart in &chart.dependencies {
            let inner: Vec<Rc<str>> = base.iter().cloned().chain([subchart.name().into()]).collect();
            self.chart(subchart, &inner, files, known);
        }
    }

    /// What the layers say about a path below `Values`.
    pub fn history(&self, path: &[Step]) -> History {
        let mut history = History::default();
        self.ask(path, 0, &mut history);
        history
    }

    fn ask(&self, path: &[Step], depth: usize, history: &mut History) {
        for layer in self.layers.iter().filter(|layer| depth == 0 || layer.is_of_chart()) {
            let is_open = history.set_by.is_none() && history.hidden_by.is_none();
            match layer.find(path) {
                Found::Value(setting) if is_open => history.set_by = Some(setting),
                Found::Value(setting) => history.overrode.push(setting),
                Found::Wall(setting) if is_open => history.hidden_by = Some(setting),
                Found::Wall(_) | Found::Nothing => {}
            }
        }
        if depth < MAX_IMPORTS {
            for import in &self.imports {
                if let Some(rest) = below(&import.parent, path) {
                    let child = import.child.iter().map(|key| Step::Key(Rc::clone(key)));
                    let path: Vec<Step> = child.chain(rest.iter().cloned()).collect();
                    self.ask(&path, depth + 1, history);
                }
            }
        }
    }

    /// The path, below `Values`, of what a file of values sets at a byte.
    pub fn path_at(&self, file: FileId, byte: usize) -> Option<Vec<Step>> {
        let layer = self.layers.iter().find(|layer| layer.file == Some(file))?;
        let inside = layer.documents.last()?.path_at(byte);
        Some(layer.base.iter().cloned().map(Step::Key).chain(inside).collect())
    }

    /// A file of values as it is written, as far as it can be read; nothing of what is no layer.
    pub fn documents(&self, file: FileId) -> &[yaml::Document] {
        let layer = self.layers.iter().find(|layer| layer.file == Some(file));
        layer.map(|layer| &*layer.documents).unwrap_or_default()
    }

    /// The paths, below `Values`, of all that any layer sets: scalars, lists, and maps without keys. What is imported from
    /// a chart in the chart stands at both places.
    pub fn leaves(&self) -> BTreeSet<Vec<Rc<str>>> {
        let mut found = BTreeSet::new();
        for layer in &self.layers {
            leaves(&layer.values, &mut layer.base.clone(), &mut found);
        }
        let imported: Vec<Vec<Rc<str>>> = found.iter().flat_map(|leaf| self.imported(leaf)).collect();
        found.extend(imported);
        found
    }

    /// The paths, below `Values`, as which `import-values` brings a path into a parent's values.
    pub fn imported(&self, path: &[Rc<str>]) -> Vec<Vec<Rc<str>>> {
        let as_parents = |import: &Import| {
            let rest = path.strip_prefix(import.child.as_slice())?;
            Some(import.parent.iter().chain(rest).cloned().collect())
        };
        self.imports.iter().filter_map(as_parents).collect()
    }

    /// Where a chart's values stand: the keys that lead to it, for each chart that has values of its own.
    pub fn bases(&self) -> impl Iterator<Item = &[Rc<str>]> {
        self.layers.iter().filter(|layer| layer.is_of_chart()).map(|layer| layer.base.as_slice())
    }
}

impl LayerTexts {
    /// Forgets the files that nobody else has any more.
    pub fn tidy(&self) {
        self.four.tidy();
        self.three.tidy();
    }
}

impl LayerText {
    fn read(data: &[u8], helm: Helm) -> Self {
        let (mut documents, error) = yaml::parse_partly(data);
        let parsed = documents.first().filter(|_| error.is_none() && is_one_document(data));
        let values = parsed.map_or_else(
            || load_values(data, helm).unwrap_or_default(),
            |document| {
                let none = &mut |_| ReadsId::NONE;
                let read = yaml::decode_document(document, Duplicates::Allowed, Numbers::Float, none);
                read.and_then(|read| yaml::expect_map(read.value)).unwrap_or_default()
            },
        );
        if helm.is_three() {
            documents.truncate(1);
        }
        Self { values, documents: documents.into() }
    }
}

/// Whether a file is read as it stands: no line parts it, and no line ends otherwise than its reader's do.
fn is_one_document(data: &[u8]) -> bool {
    !data.starts_with(b"---") && find(data, b"\n---").is_none() && !data.contains(&b'\r') && data.ends_with(b"\n")
}

impl Layer {
    fn argument(kind: LayerKind, argument: &str, helm: Helm) -> Self {
        let mut values = Map::new();
        let reader = match kind {
            LayerKind::SetJson if argument.trim_start().starts_with('{') => {
                if let Ok(Value::Map(map)) = json::decode(argument.trim().as_bytes(), ReadsId::NONE) {
                    values = map;
                }
                None
            }
            LayerKind::SetJson => Some(Reader::Json),
            LayerKind::Set => Some(Reader::Typed),
            LayerKind::SetLiteral => Some(Reader::Literal),
            // The file isn't read again: the value is its name.
            _ => Some(Reader::Text),
        };
        if let Some(reader) = reader {
            // What is wrong with it was said where the values were merged.
            let _ = parse_into(argument, &values, reader, helm);
        }
        Self { kind, name: argument.into(), file: None, base: Vec::new(), values, documents: Rc::default() }
    }

    fn file(kind: LayerKind, name: Rc<str>, source: &LayerFile<'_>, base: Vec<Rc<str>>, known: &LayerTexts) -> Self {
        let LayerFile { file, data, helm } = *source;
        let known = if helm.is_three() { &known.three } else { &known.four };
        let text = known.of(data, |data| LayerText::read(data, helm));
        let (values, documents) = (text.values.clone(), Rc::clone(&text.documents));
        Self { kind, name, file: Some(file), base, values, documents }
    }

    fn is_of_chart(&self) -> bool {
        matches!(self.kind, LayerKind::Chart | LayerKind::Subchart)
    }

    fn find(&self, path: &[Step]) -> Found {
        let Some(inside) = below(&self.base, path) else { return Found::Nothing };
        let mut value = Value::Map(self.values.clone());
        for (depth, step) in inside.iter().enumerate() {
            let next = match (step, &value) {
                (Step::Key(key), Value::Map(map)) => map.value(key),
                (Step::Index(at), Value::List(list)) => {
                    let item = list.items().get(*at as usize).map(|item| item.value.clone());
                    // An argument fills a list with nulls up to the item that it sets.
                    item.filter(|item| !(self.kind.is_argument() && item.is_nil()))
                }
                _ => {
                    let above = inside.get(..depth).unwrap_or_default();
                    return Found::Wall(self.setting(above, value));
                }
            };
            match next {
                Some(next) => value = next,
                // A list replaces a list; only an argument sets an item of one.
                None if matches!(step, Step::Index(_)) && !self.kind.is_argument() => {
                    let above = inside.get(..depth).unwrap_or_default();
                    return Found::Wall(self.setting(above, value));
                }
                None => return Found::Nothing,
            }
        }
        Found::Value(self.setting(inside, value))
    }

    fn setting(&self, inside: &[Step], value: Value) -> Setting {
        let place = self.documents.iter().rev().find_map(|document| document.place(inside));
        let span = place.zip(self.file).map(|(place, file)| {
            let value = &place.value.span;
            // What an alias stands for, or a merge brings in, stands elsewhere.
            let start = place.key.map_or(value.start, |key| key.span.start);
            Span::new(file, start..value.end.max(start))
        });
        Setting { kind: self.kind, name: Rc::clone(&self.name), span, value }
    }
}

/// What is left of a path below `base`.
fn below<'p>(base: &[Rc<str>], path: &'p [Step]) -> Option<&'p [Step]> {
    let (above, inside) = path.split_at_checked(base.len())?;
    let is_same = |(key, step): (&Rc<str>, &Step)| matches!(step, Step::Key(found) if found == key);
    base.iter().zip(above).all(is_same).then_some(inside)
}

fn leaves(map: &Map, at: &mut Vec<Rc<str>>, found: &mut BTreeSet<Vec<Rc<str>>>) {
    if at.len() > MAX_DEPTH {
        return;
    }
    for (key, entry) in map.entries() {
        at.push(key);
        match &entry.value {
            Value::Map(inner) if !inner.is_empty() => leaves(inner, at, found),
            _ => {
                found.insert(at.clone());
            }
        }
        at.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Entry, Error, Log, load, process_dependencies};
    use super::*;
    use crate::value::brief;

    fn key(name: &str) -> Step {
        name.parse().map_or_else(|_| Step::Key(name.into()), Step::Index)
    }

    fn told(setting: &Setting, files: &Files) -> String {
        let line = setting.span.and_then(|span| files.position(span)).map_or(0, |position| position.line);
        format!("{} {}:{line}={}", setting.kind.word(), setting.name, brief(&setting.value))
    }

    #[test]
    fn the_strongest_layer_wins_and_the_others_are_remembered() -> Result<(), Error> {
        let chart_yaml = "name: web\nversion: 1.0.0\ndependencies:\n- {name: db, version: 1, import-values: [data]}\n";
        let entries = [
            ("Chart.yaml", chart_yaml),
            ("values.yaml", "a: 1\nm: {x: 1, z: 2}\nl: [1, 2]\ndb:\n  user: me\n"),
            ("charts/db/Chart.yaml", "name: db\nversion: 1.0.0\n"),
            ("charts/db/values.yaml", "user: you\nport: 1\nexports: {data: {given: 5}}\n"),
        ];
        let entries = entries.map(|(path, text)| Entry::new(path, text.as_bytes())).to_vec();
        let (mut files, mut log) = (Files::new(), Log::new());
        let mut chart = load(entries, &mut files, &mut log)?;
        process_dependencies(&mut chart, &Map::new(), &mut log)?;
        let overrides = Overrides {
            files: vec![("p.yaml".into(), b"a: 2\nm: null\nl: [9]\n".as_slice().into())],
            set: vec!["a=3,l[1]=7".into()],
            ..Overrides::default()
        };
        let layers = Layers::new(&chart, &overrides, &mut files, &LayerTexts::default());
        for (path, set_by, overrode, hidden_by) in [
            ("a", "set a=3,l[1]=7:0=3", "file p.yaml:1=2, chart web/values.yaml:1=1", ""),
            ("m.x", "", "chart web/values.yaml:2=1", "file p.yaml:2=null"),
            ("l.0", "file p.yaml:3=9", "chart web/values.yaml:3=1", ""),
            ("l.1", "set a=3,l[1]=7:0=7", "chart web/values.yaml:3=2", ""),
            ("db.user", "chart web/values.yaml:5=me", "subchart web/charts/db/values.yaml:1=you", ""),
            ("db.port", "subchart web/charts/db/values.yaml:2=1", "", ""),
            ("given", "subchart web/charts/db/values.yaml:3=5", "", ""),
            ("none", "", "", ""),
        ] {
            let history = layers.history(&path.split('.').map(key).collect::<Vec<_>>());
            let all = |settings: &[Setting]| {
                settings.iter().map(|setting| told(setting, &files)).collect::<Vec<_>>().join(", ")
            };
            assert_eq!(all(history.set_by.as_slice()), set_by, "{path}");
            assert_eq!(all(&history.overrode), overrode, "{path}");
            assert_eq!(all(history.hidden_by.as_slice()), hidden_by, "{path}");
        }
        let leaves: Vec<String> = layers.leaves().iter().map(|path| path.join(".")).collect();
        assert_eq!(leaves, ["a", "db.exports.data.given", "db.port", "db.user", "given", "l", "m", "m.x", "m.z"]);
        Ok(())
    }
}
