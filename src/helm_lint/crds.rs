//! `crds.go`: whether `crds/` holds definitions of resources, and nothing else. Helm 3 doesn't look.

use super::chartfile::when;
use super::object::Object;
use super::{Kind, Linter, stream};

const FOLDER: &str = "crds/";

impl Linter<'_> {
    pub(super) fn crds(&mut self) {
        let kind = self.folder.kind("crds");
        if kind == Kind::Missing {
            return;
        }
        if !self.error(FOLDER, when(kind == Kind::File, || "not a directory".to_owned())) {
            return;
        }
        let chart = match self.load() {
            Ok(chart) => chart,
            Err(error) => {
                self.error(FOLDER, Err(error));
                return;
            }
        };
        for (_, file) in chart.crds() {
            for read in stream::objects(&file.data, self.options.helm) {
                let object = match read {
                    Ok(object) => object,
                    Err(error) => {
                        self.error(&file.name, Err(format!("unable to parse YAML: {error}")));
                        return;
                    }
                };
                if let Some(object) = object {
                    self.crd(&file.name, &object);
                }
            }
        }
    }

    fn crd(&mut self, file: &str, object: &Object) {
        let is_foreign = !object.api_version.starts_with("apiextensions.k8s.io");
        self.error(file, when(is_foreign, || "apiVersion is not in 'apiextensions.k8s.io'".to_owned()));
        let is_other = object.kind != "CustomResourceDefinition";
        self.error(file, when(is_other, || "object kind is not 'CustomResourceDefinition'".to_owned()));
    }
}
