//! What helpers look things up in: the files of the chart, the values, who includes what.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::super::origins::Atlas;
use super::super::{Content, FilePath, Place, Study};
use super::walk::{Elements, Known, Walk};
use crate::chart::{History, Setting};
use crate::engine::Inputs;
use crate::source::{Files, Step};
use crate::value::Value;
use crate::yaml;

/// What is looked up in.
pub(super) struct Desk<'a> {
    pub study: &'a Study,
    inputs: Option<&'a (Rc<Inputs>, Files)>,
    dots: OnceCell<BTreeMap<String, Known>>,
}

impl<'a> Desk<'a> {
    pub(super) fn new(study: &'a Study) -> Self {
        Self { study, inputs: study.inputs(), dots: OnceCell::new() }
    }

    /// A text of the chart.
    pub(super) fn text(&self, path: &FilePath) -> Option<&'a Rc<str>> {
        self.study.experiment.file(path).and_then(Content::text)
    }

    /// A place in a file of the chart.
    pub(super) fn place(&self, path: &FilePath, bytes: std::ops::Range<usize>) -> Option<Place> {
        let nothing = Files::new();
        Atlas::new(&self.study.experiment, &nothing).in_file(path.clone(), bytes)
    }

    /// All templates with their texts, those of charts in the chart included.
    pub(super) fn templates(&self) -> impl Iterator<Item = (&'a FilePath, &'a Rc<str>)> {
        let files = self.study.experiment.files.iter().filter(|(path, _)| path.is_template());
        files.filter_map(|(path, content)| Some((path, content.text()?)))
    }

    /// The walk through a template.
    pub(super) fn walk<'t>(&'t self, path: &FilePath, text: &'t str) -> Walk<'t> {
        Walk::new(text, root(path), self)
    }

    /// What a path is in the end.
    pub(super) fn value(&self, path: &[Step]) -> Option<Value> {
        self.inputs.and_then(|(inputs, _)| inputs.value(path))
    }

    /// Who set it.
    pub(super) fn history(&self, path: &[Step]) -> History {
        self.inputs.map(|(inputs, _)| inputs.history(path)).unwrap_or_default()
    }

    /// Where a layer sets it; none for an argument.
    pub(super) fn set_at(&self, setting: &Setting) -> Option<Place> {
        let (_, files) = self.inputs?;
        Atlas::new(&self.study.experiment, files).place(setting.span?)
    }

    /// `values.yaml:3`, or the argument.
    pub(super) fn set_by(&self, setting: &Setting) -> String {
        self.set_at(setting)
            .map_or_else(|| format!("--{} {}", setting.kind.word(), setting.name), |place| place.label())
    }

    /// The comment above a key, without its signs.
    pub(super) fn comment(&self, place: &Place) -> String {
        let Some(document) = self.document(&place.path) else { return String::new() };
        let path = document.path_at(place.bytes.start);
        let Some(key) = document.place(&path).and_then(|place| place.key) else { return String::new() };
        let lines = document.comments_above(key).iter().map(|comment| {
            let text = document.comment_text(comment).trim_start_matches('#').trim();
            text.strip_prefix("-- ").unwrap_or(text).to_owned()
        });
        lines.collect::<Vec<_>>().join("\n").trim().to_owned()
    }

    /// A file of values, read.
    pub(super) fn document(&self, path: &FilePath) -> Option<yaml::Document> {
        let (documents, _) = yaml::parse_partly(self.text(path)?.as_bytes());
        documents.into_iter().next()
    }

    /// The chart's own values, those of the charts in it, and the layers, each with the steps to its root.
    pub(super) fn values_files(&self) -> impl Iterator<Item = (FilePath, Vec<Step>)> {
        let experiment = &self.study.experiment;
        let own = experiment.files.keys().filter(|path| path.name() == "values.yaml" && !path.is_template());
        let own = own.filter(|path| path.folder().is_empty() || path.as_str().starts_with("charts/"));
        let own = own.map(|path| (path.clone(), root(path)));
        let layers = experiment.settings.layers.iter().filter_map(super::super::Layer::file);
        own.chain(layers.map(|path| (path.clone(), vec![Step::Key("Values".into())])))
    }

    /// What named templates get as dot, where their callers say so.
    fn dots(&self) -> &BTreeMap<String, Known> {
        self.dots.get_or_init(|| {
            let mut dots = BTreeMap::new();
            // Twice: helpers call helpers.
            for _ in 0..2 {
                let known = Dots { desk: self, dots: dots.clone() };
                for (path, text) in self.templates() {
                    let walk = Walk::new(text, root(path), &known);
                    for named in walk.named.iter().filter(|named| !named.is_definition && named.dot.is_some()) {
                        let name = text.get(named.name.clone()).unwrap_or_default().to_owned();
                        dots.entry(name).or_insert_with(|| named.dot.clone());
                    }
                }
            }
            dots
        })
    }
}

impl Elements for Desk<'_> {
    fn first(&self, path: &[Step]) -> Option<Step> {
        match self.value(path)? {
            Value::List(list) if !list.is_empty() => Some(Step::Index(0)),
            Value::Map(map) => map.keys().into_iter().next().map(Step::Key),
            _ => None,
        }
    }

    fn dot_of(&self, name: &str) -> Known {
        self.dots().get(name).cloned().flatten()
    }
}

struct Dots<'a> {
    desk: &'a Desk<'a>,
    dots: BTreeMap<String, Known>,
}

impl Elements for Dots<'_> {
    fn first(&self, path: &[Step]) -> Option<Step> {
        self.desk.first(path)
    }

    fn dot_of(&self, name: &str) -> Known {
        self.dots.get(name).cloned().flatten()
    }
}

/// The steps to the values of the chart that a file belongs to: charts in a chart have theirs below their names.
pub(super) fn root(path: &FilePath) -> Vec<Step> {
    let mut steps = vec![Step::Key("Values".into())];
    let mut parts = path.as_str().split('/');
    while parts.next() == Some("charts") {
        steps.extend(parts.next().map(|name| Step::Key(name.into())));
    }
    steps
}
