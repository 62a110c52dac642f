//! All values as a table, with places in the files of the chart.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::origins::Atlas;
use super::{Content, Doc, Experiment, FilePath, Place, Study, documentation};
use crate::engine::{Setter, ValueRow};
use crate::yaml;

/// A key of the merged values.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValueLine {
    /// Its path below `.Values`.
    pub key: String,
    /// What it is in the end, in short. `None` where it is gone.
    pub value: Option<String>,
    /// Who set it.
    pub set_by: Option<Pointer>,
    /// What weaker layers say: the value, and where.
    pub overrode: Vec<(String, Pointer)>,
    /// Who deleted it.
    pub deleted_by: Option<Pointer>,
    /// The files that read it.
    pub read_by: Vec<Pointer>,
    /// The files that name it where nothing was executed. Looked for only where nobody reads it.
    pub named_by: Vec<Pointer>,
    /// What the comments beside it say, a line each: what it is for, then what a schema says.
    pub doc: Vec<String>,
}

/// Words, and the place that they are about, if it is in a file of the chart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pointer {
    /// The words.
    pub words: String,
    /// The place.
    pub place: Option<Place>,
}

impl ValueLine {
    /// Whether it is there, and nobody reads it or would.
    pub fn is_unread(&self) -> bool {
        self.value.is_some() && self.read_by.is_empty() && self.named_by.is_empty()
    }
}

impl Study {
    /// All values. `None` where the chart can't be loaded.
    pub(super) fn values_table(&mut self) -> Option<Vec<ValueLine>> {
        let table = self.table()?;
        let (_, files) = self.inputs()?;
        let atlas = Atlas::new(&self.experiment, files);
        let mut comments = Comments { experiment: &self.experiment, read: BTreeMap::new() };
        Some(table.rows.iter().map(|row| line(row.clone(), &atlas, &mut comments)).collect())
    }
}

/// The files of values that were read for their comments.
struct Comments<'a> {
    experiment: &'a Experiment,
    read: BTreeMap<FilePath, Option<yaml::Document>>,
}

impl Comments<'_> {
    fn at(&mut self, place: &Place) -> Vec<String> {
        let experiment = self.experiment;
        let document = self.read.entry(place.path.clone()).or_insert_with(|| {
            let text = experiment.file(&place.path).and_then(Content::text)?;
            yaml::parse(text.as_bytes()).ok()?.into_iter().next()
        });
        let doc = document.as_ref().and_then(|document| documentation(document, &document.path_at(place.bytes.start)));
        let Doc { text, schema } = doc.unwrap_or_default();
        Some(text).filter(|text| !text.is_empty()).into_iter().chain(schema).collect()
    }
}

fn line(row: ValueRow, atlas: &Atlas, comments: &mut Comments) -> ValueLine {
    // A stronger layer sets the value; the chart's own file says what it is for.
    let places = row.set_by.iter().chain(row.overrode.iter().map(|(_, by)| by)).filter_map(|by| by.span);
    let doc = places.filter_map(|span| atlas.place(span)).map(|place| comments.at(&place)).find(|doc| !doc.is_empty());
    let setter = |setter: Setter| match setter.span.and_then(|span| atlas.place(span)) {
        Some(place) => Pointer { words: format!("{}:{}", place.path, place.line), place: Some(place) },
        None => Pointer { words: setter.words, place: None },
    };
    let reader = |name: std::rc::Rc<str>| match atlas.named(&name) {
        Some(path) => {
            let words = path.name().to_owned();
            Pointer { words, place: Some(Place { path, line: 1, column: 1, bytes: 0..0 }) }
        }
        None => Pointer { words: name.to_string(), place: None },
    };
    ValueLine {
        key: row.key,
        value: row.value,
        set_by: row.set_by.map(setter),
        overrode: row.overrode.into_iter().map(|(value, by)| (value, setter(by))).collect(),
        deleted_by: row.deleted_by.map(setter),
        read_by: row.read_by.into_iter().map(reader).collect(),
        named_by: row.named_by.into_iter().map(reader).collect(),
        doc: doc.unwrap_or_default(),
    }
}
