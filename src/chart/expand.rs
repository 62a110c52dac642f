//! Helm's `chartutil.Expand`: what `helm lint` does to a `.tgz` before it looks at the chart. Its words are others than
//! those of loading: the archive's own fault is told, and the chart must have a name.

use super::archive;
use super::{Entry, Metadata};
use crate::helm::Helm;
use crate::value::format::quoted;

/// The files of an archive, below its one directory.
pub fn expand(data: &[u8], helm: Helm) -> Result<Vec<Entry>, String> {
    const HEADER: usize = 10;
    match data.len() {
        0 => return Err("EOF".to_owned()),
        1..HEADER => return Err("unexpected EOF".to_owned()),
        _ => {}
    }
    let entries = archive::unpack(data).map_err(|error| error.to_string())?;
    let mut name = String::new();
    for manifest in entries.iter().filter(|entry| entry.path == "Chart.yaml") {
        let metadata = Metadata::read(&manifest.data, helm);
        name = metadata.map_err(|error| format!("cannot load Chart.yaml: {error}"))?.name;
    }
    if name.is_empty() {
        return Err("chart name not specified".to_owned());
    }
    if helm == Helm::Four {
        check_name(&name)?;
    }
    Ok(entries)
}

/// The name becomes a folder's.
fn check_name(name: &str) -> Result<(), String> {
    if matches!(name, "." | "..") {
        return Err(format!("chart name {} is not allowed", quoted(name.as_bytes())));
    }
    if name.contains('/') {
        return Err(format!("chart name {} must not contain path separators", quoted(name.as_bytes())));
    }
    Ok(())
}
