//! The charts that `Chart.yaml` asks for.

use crate::lint::cx::Cx;
use crate::lint::manifest::Manifest;
use crate::source::{Span, Step};
use crate::value::Value;
use crate::yaml;

/// A text in a map.
pub(super) fn field(item: &Value, key: &str) -> Option<String> {
    item.as_map()?.value(key)?.as_text().map(|text| text.to_str().into_owned())
}

/// Where a dependency says something; the dependency, where it doesn't.
pub(super) fn place(manifest: &Manifest, at: usize, key: &str) -> Span {
    let index = Step::Index(u32::try_from(at).unwrap_or(u32::MAX));
    let place = manifest.document().place(&[Step::Key("dependencies".into()), index, Step::Key(key.into())]);
    let whole = place.and_then(|place| Some(place.key?.span.start..place.value.span.end));
    whole.map_or_else(|| manifest.item("dependencies", at), |range| Span::new(manifest.file, range))
}

/// The names of the charts that are asked for, in `Chart.yaml` or, in a chart of Helm 2's, in `requirements.yaml`.
pub(super) fn asked_for(cx: &Cx) -> Vec<String> {
    let Some(manifest) = cx.manifest() else { return Vec::new() };
    let mut asked = manifest.items("dependencies");
    let files = cx.scene().map(|scene| scene.sources.files);
    let old = files.and_then(|files| files.get(files.find(&format!("{}requirements.yaml", manifest.folder))?));
    if let Some(Value::Map(map)) = old.and_then(|file| yaml::decode(&file.text).ok()) {
        let listed = map.value("dependencies");
        asked.extend(listed.iter().filter_map(Value::as_list).flat_map(|list| list.values().cloned()));
    }
    asked.iter().filter_map(|item| field(item, "name")).collect()
}
