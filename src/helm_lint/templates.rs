//! `template.go`: whether the templates render, and what they print.

use std::collections::BTreeMap;

use super::chartfile::when;
use super::object::Object;
use super::{Kind, Linter, Rule, deprecations, names, stream};
use crate::chart::{Capabilities, Chart};
use crate::engine::{self, LintRendering};
use crate::template::World;
use crate::value::format::quoted;
use crate::value::{Text, Value};
use crate::yaml;

const FOLDER: &str = "templates/";

impl Linter<'_> {
    pub(super) fn templates(&mut self, world: &mut dyn World) {
        let kind = self.folder.kind("templates");
        // To Helm 3 the folder is optional.
        let is_missing = kind == Kind::Missing && !self.is_three();
        if !self.warning(FOLDER, when(is_missing, || "directory does not exist".to_owned())) {
            return;
        }
        let is_file = when(kind == Kind::File, || "not a directory".to_owned());
        let is_folder = if self.is_three() { self.warning(FOLDER, is_file) } else { self.error(FOLDER, is_file) };
        if !is_folder {
            return;
        }
        let mut chart = match self.load() {
            Ok(chart) => chart,
            Err(error) => {
                self.error(FOLDER, Err(error));
                return;
            }
        };
        let mut capabilities = Capabilities::of(self.options.helm);
        if let Some(version) = &self.options.kube_version {
            capabilities.kube_version = version.clone();
        }
        let minor = capabilities.kube_version.minor.parse().unwrap_or_default();
        let (values, namespace, schemas) = (&self.options.values, &self.options.namespace, self.options.schemas);
        let log = &mut self.log;
        match engine::render_for_lint(&mut chart, values, namespace, capabilities, schemas, world, log) {
            LintRendering::Silent => {}
            LintRendering::Refused(error) => {
                self.error(FOLDER, Err(error));
            }
            LintRendering::Printed(printed) => self.printed(&chart, &printed, minor),
        }
    }

    /// Looks at the outermost chart's own templates.
    fn printed(&mut self, chart: &Chart, printed: &BTreeMap<String, Text>, minor: u64) {
        for file in &chart.templates {
            self.error(&file.name, extension_is_known(&file.name));
            if self.is_three() {
                self.warning(&file.name, is_no_crd_hook(&file.data));
                self.error(&file.name, asks_for_no_time(&file.data));
            }
            if !self.is_yaml(&file.name) {
                continue;
            }
            let text = printed.get(&format!("{}/{}", chart.name(), file.name)).map(Text::to_str).unwrap_or_default();
            if !text.trim().is_empty() && !self.documents(&file.name, &text, minor) {
                return;
            }
        }
    }

    /// Helm 3 takes no `.yml` for YAML.
    fn is_yaml(&self, name: &str) -> bool {
        let extension = extension(name);
        if self.is_three() {
            return extension == ".yaml";
        }
        extension.eq_ignore_ascii_case(".yaml") || extension.eq_ignore_ascii_case(".yml")
    }

    /// Looks at what a template printed; whether all of it could be read.
    fn documents(&mut self, file: &str, text: &str, minor: u64) -> bool {
        self.warning(file, top_is_not_indented(text));
        for read in stream::objects(text.as_bytes(), self.options.helm) {
            match read {
                Ok(None) => {}
                Ok(Some(object)) => self.object(file, &object, text, minor),
                Err(error) => {
                    self.error(file, Err(format!("unable to parse YAML: {error}")));
                    return false;
                }
            }
        }
        true
    }

    fn object(&mut self, file: &str, object: &Object, text: &str, minor: u64) {
        let helm = self.options.helm;
        self.warning(file, names::check(&object.kind, &object.name));
        self.warning(file, deprecations::check(object, minor, helm));
        self.error(file, has_selector(object, text));
        let word = if self.is_three() { "Annotation" } else { "annotation" };
        self.error(file, list_has_no_policy(object, text, word));
    }
}

fn extension(name: &str) -> &str {
    let base = name.rsplit('/').next().unwrap_or_default();
    base.rfind('.').and_then(|at| base.get(at..)).unwrap_or_default()
}

fn extension_is_known(name: &str) -> Rule {
    let found = extension(name);
    when(!matches!(found, ".yaml" | ".yml" | ".tpl" | ".txt"), || {
        format!("file extension '{found}' not valid. Valid extensions are .yaml, .yml, .tpl, or .txt")
    })
}

/// Looks for Helm 2's way to install definitions.
fn is_no_crd_hook(data: &[u8]) -> Rule {
    let text = String::from_utf8_lossy(data);
    let is_hook = text.match_indices("helm.sh/hook").any(|(at, word)| {
        let after = text.get(at + word.len()..).unwrap_or_default();
        let after = after.strip_prefix('"').unwrap_or(after);
        let Some(value) = after.strip_prefix(':') else { return false };
        let trimmed = value.trim_start_matches(['\t', '\n', '\x0c', '\r', ' ']);
        trimmed.len() < value.len() && trimmed.starts_with("crd-install")
    });
    when(is_hook, || {
        "manifest is a crd-install hook. This hook is no longer supported in v3 and all CRDs should also exist the crds/ \
         directory at the top level of the chart"
            .to_owned()
    })
}

fn asks_for_no_time(data: &[u8]) -> Rule {
    let asks = String::from_utf8_lossy(data).contains(".Release.Time");
    when(asks, || {
        ".Release.Time has been removed in v3, please replace with the `now` function in your templates".to_owned()
    })
}

/// Go's scanner of lines takes no longer ones.
const LONGEST_LINE: usize = 64 * 1024;

fn top_is_not_indented(text: &str) -> Rule {
    for line in text.split('\n') {
        if line.len() >= LONGEST_LINE {
            return Err("bufio.Scanner: token too long".to_owned());
        }
        let line = line.strip_suffix('\r').unwrap_or(line);
        if line.trim().is_empty() {
            continue;
        }
        return when(line.starts_with([' ', '\t']), || {
            let line = quoted(line.as_bytes());
            format!("document starts with an illegal indent: {line}, which may cause parsing problems")
        });
    }
    Ok(())
}

fn has_selector(object: &Object, text: &str) -> Rule {
    let selects = matches!(object.kind.as_str(), "Deployment" | "ReplicaSet" | "DaemonSet" | "StatefulSet");
    let is_bad = selects && !text.contains("matchLabels") && !text.contains("matchExpressions");
    when(is_bad, || {
        let name = quoted(object.name.as_bytes());
        format!("a {} must contain matchLabels or matchExpressions, and {name} does not", object.kind)
    })
}

/// Looks at the first document, whichever the list is.
fn list_has_no_policy(object: &Object, text: &str, word: &str) -> Rule {
    if object.kind != "List" {
        return Ok(());
    }
    let value = yaml::decode(text.as_bytes()).map_err(|error| format!("unable to parse YAML: {error}"))?;
    let items = field(&value, "items").and_then(|items| items.as_list().cloned());
    let has_policy = |item: &Value| {
        let annotations = field(item, "metadata").and_then(|metadata| field(&metadata, "annotations"));
        annotations.is_some_and(|all| all.as_map().is_some_and(|map| map.contains("helm.sh/resource-policy")))
    };
    let is_bad = items.is_some_and(|items| items.values().any(has_policy));
    when(is_bad, || format!("{word} 'helm.sh/resource-policy' within List objects are ignored"))
}

/// A field, whatever its case.
fn field(value: &Value, name: &str) -> Option<Value> {
    let entries = value.as_map()?.entries().into_iter();
    entries.filter(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, entry)| entry.value).last()
}
