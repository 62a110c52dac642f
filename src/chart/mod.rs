//! Floor 3. Helm's chart model: files → [`Chart`]; values files and `--set` → values; what Helm does to both before it
//! renders (dependencies, coalescing, capabilities, the top-level dot).
//!
//! The way through it, as `helm template` goes:
//!
//! 1. [`Overrides::merge`] reads the user's values.
//! 2. [`load`] (files of a directory), [`load_archive`] (a `.tgz`) or [`dir::load`] (a path; not in the page).
//! 3. [`check_installable`], [`check_api_version`], [`check_dependencies`], [`check_release_name`].
//! 4. [`process_dependencies`] applies conditions, tags, aliases and `import-values` to the chart.
//! 5. [`to_render_values`] makes the top-level dot; [`check_schemas`] holds the values against the charts' schemas;
//!    [`annotate`] tells each value where it stands.
//! 6. [`check_kube_version`], then rendering.
//! 7. [`Layers`] says which file or flag set a value.
//!
//! What Helm prints on standard error on the way is in [`Log`].

mod api_versions;
mod archive;
mod capabilities;
mod chart_object;
mod coalesce;
mod decode;
mod dependency;
#[cfg(not(target_arch = "wasm32"))]
pub mod dir;
mod error;
mod expand;
mod gzip;
mod ignore;
mod layers;
mod loader;
mod log;
mod metadata;
mod moment;
mod path_match;
mod process;
mod release;
mod render_values;
mod schema;
mod set;
mod tar;
mod values;

use std::rc::Rc;

pub use archive::{Bounds, unpack_within};
pub use capabilities::{Capabilities, HelmVersion, KubeVersion};
pub use chart_object::chart_object;
pub use coalesce::{coalesce_tables, coalesce_values};
pub use dependency::{Dependency, Lock};
pub use error::{Error, ErrorKind, SetFlag};
pub use expand::expand;
pub use gzip::crc32;
pub use ignore::Ignored;
pub use layers::{History, LayerKind, LayerTexts, Layers, Setting};
pub use loader::{Entry, load, load_archive, load_unasked, unpack_archive};
pub use log::{Level, Log, LogLine};
pub use metadata::{ChartPlace, Maintainer, Metadata};
pub use path_match::{BadPattern, PathPattern};
pub use process::{check_api_version, check_dependencies, check_installable, process_dependencies};
pub use release::{Operation, Release, check_release_name};
pub use render_values::{RenderValues, annotate, check_kube_version, to_render_values};
pub use schema::{Judges, check_schema, check_schemas};
pub use values::{Overrides, yaml_documents};

use crate::helm::Helm;
use crate::source::{FileBytes, FileId};
use crate::value::Map;

/// A chart and the charts in it.
#[derive(Clone, Debug, Default)]
pub struct Chart {
    /// What `Chart.yaml` says.
    pub metadata: Metadata,
    /// What `Chart.lock` says.
    pub lock: Option<Lock>,
    /// The files in `templates/`.
    pub templates: Vec<File>,
    /// The chart's own values; [`process_dependencies`] adds what is imported from dependencies.
    pub values: Map,
    /// `values.schema.json`.
    pub schema: Option<File>,
    /// All other files: what `.Files` holds, and `crds/`.
    pub files: Vec<File>,
    /// The charts in `charts/`.
    pub dependencies: Vec<Chart>,
    /// `Chart.yaml` itself.
    pub manifest: Option<File>,
    /// `values.yaml` itself.
    pub values_file: Option<File>,
    /// The Helm that read it, and whose ways are followed with it.
    pub helm: Helm,
    /// Whether nobody asks for its `crds/`, nor for those of the charts in it.
    pub(crate) crds_left_out: bool,
    /// How its parent got hold of it, once dependencies are processed.
    pub(crate) adoption: Adoption,
}

/// A file of a chart.
#[derive(Clone, Debug)]
pub struct File {
    /// Its path below its own chart: `templates/service.yaml`.
    pub name: Rc<str>,
    /// Its path below the outermost chart as it was handed in: `charts/redis-1.2.3.tgz/templates/service.yaml`.
    pub path: Rc<str>,
    /// Its content.
    pub data: FileBytes,
    /// Its number in the table of files, where it has the path that Helm gives it:
    /// `web/charts/redis/templates/service.yaml`. An alias doesn't change it.
    pub id: FileId,
}

impl Chart {
    /// The chart's name; its alias, once dependencies are processed.
    pub fn name(&self) -> &str {
        &self.metadata.name
    }

    /// The path that Helm gives the chart, below its parent's: `web/charts/redis`.
    pub fn full_path(&self, parent: Option<&str>) -> String {
        match parent {
            Some(parent) => format!("{parent}/charts/{}", self.name()),
            None => self.name().to_owned(),
        }
    }

    /// The paths that Helm gives the chart below its parent.
    pub fn paths(&self, parent: Option<&Paths>) -> Paths {
        let own = self.full_path(parent.map(|parent| parent.of_children.as_str()));
        if !self.helm.is_three() {
            return Paths { of_children: own.clone(), own, loaded: String::new() };
        }
        let loaded = match (&self.adoption.copied_from, parent) {
            (Some(name), Some(parent)) => format!("{}/charts/{name}", parent.loaded),
            _ => own.clone(),
        };
        let of_children = if self.adoption.adopts { own.clone() } else { loaded.clone() };
        Paths { own, of_children, loaded }
    }

    /// The manifests in `crds/`, each with the path that Helm prints: the chart's own first, then the dependencies'.
    pub fn crds(&self) -> Vec<(String, &File)> {
        let mut crds = Vec::new();
        if self.crds_left_out {
            return crds;
        }
        self.collect_crds(&self.paths(None), &mut crds);
        crds
    }

    /// Nobody will ask for the manifests in `crds/`: then they aren't even read.
    pub fn leave_crds_out(&mut self) {
        self.crds_left_out = true;
    }

    fn collect_crds<'a>(&'a self, paths: &Paths, crds: &mut Vec<(String, &'a File)>) {
        let is_crd = |file: &&File| file.name.starts_with("crds/") && has_manifest_extension(&file.name);
        crds.extend(self.files.iter().filter(is_crd).map(|file| (format!("{}/{}", paths.own, file.name), file)));
        for dependency in &self.dependencies {
            dependency.collect_crds(&dependency.paths(Some(paths)), crds);
        }
    }
}

/// The paths of a chart.
///
/// Helm 3 works with copies of the charts that `Chart.yaml` names, and the charts in those still think that they belong
/// to the chart that was copied: the path of a chart in an aliased one lacks the alias.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paths {
    /// Its own: `web/charts/redis`.
    pub own: String,
    /// What those of the charts in it begin with.
    pub of_children: String,
    /// What its own was before it was copied.
    loaded: String,
}

/// How a chart came to its parent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Adoption {
    /// The name of the chart that it is a copy of; none where `Chart.yaml` doesn't name it.
    pub copied_from: Option<String>,
    /// Whether it took the charts in it to itself, which a chart does whose `Chart.yaml` names some.
    pub adopts: bool,
}

fn has_manifest_extension(name: &str) -> bool {
    let extension = name.rsplit('/').next().and_then(|base| base.rsplit_once('.')).map(|(_, extension)| extension);
    extension.is_some_and(|found| ["yaml", "yml", "json"].iter().any(|known| found.eq_ignore_ascii_case(known)))
}
