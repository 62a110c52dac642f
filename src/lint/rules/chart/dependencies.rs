//! The charts that `Chart.yaml` asks for.

use crate::lint::cx::Cx;
use crate::value::Value;
use crate::yaml;

/// A text in a map.
pub(super) fn field(item: &Value, key: &str) -> Option<String> {
    item.as_map()?.value(key)?.as_text().map(|text| text.to_str().into_owned())
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
