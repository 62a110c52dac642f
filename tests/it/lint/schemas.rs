//! Objects held against schemas: definitions in `crds/`, and what there is to say where no schemas are at hand.

use std::fs;
use std::path::PathBuf;

use chartroom::cli::{self, Terminal};
use chartroom::kube::schema::{Known, Schemas};
use chartroom::kube::{GroupVersionKind, Object};
use chartroom::lint::{Config, check};
use serde_json::Value;

use super::objects;

const DEFINITION: &str = "\
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: backups.example.com}
spec:
  group: example.com
  names: {kind: Backup, plural: backups}
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec: {type: object, properties: {keep: {type: integer}}}
";

/// A folder of its own, with these files in it; it goes when it is dropped.
struct Chart(PathBuf);

impl Chart {
    fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let folder = std::env::temp_dir().join(format!("chartroom-{name}-{}", std::process::id()));
        for (path, text) in files {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(path, text).expect("written");
        }
        Self(folder)
    }
}

impl Drop for Chart {
    fn drop(&mut self) {
        // What is left in a temporary folder is no fault.
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn custom_resources_are_held_against_definitions_in_crds() {
    let chart = Chart::new(
        "crds",
        &[
            ("Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\nicon: https://example.com/a.svg\n"),
            ("values.yaml", ""),
            ("crds/backup.yaml", DEFINITION),
            (
                "templates/backup.yaml",
                "apiVersion: example.com/v1\nkind: Backup\nmetadata: {name: {{ .Release.Name }}}\nspec:\n  keep: {{ .Release.Name }}\n",
            ),
        ],
    );
    let mut terminal = Terminal::new(&chart.0);
    cli::run(["lint", "web", ".", "--format=json"].map(Into::into).to_vec(), &mut terminal);
    let found: Value = serde_json::from_slice(&terminal.stdout).expect("JSON");
    let rules: Vec<_> = found.as_array().expect("a list").iter().map(|finding| finding["rule"].as_str()).collect();
    assert_eq!(rules, [Some("custom-resource-schema")], "{found}");
    assert_eq!(found[0]["place"]["line"], 5);
}

#[test]
fn without_schemas_nothing_is_held_against_them() {
    let wrong = objects("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\ndta: {}\n");
    assert_eq!(check(&wrong, &Config::default()), []);
    assert_eq!(check(&wrong, &super::config()).len(), 1);
}

#[test]
fn a_definition_is_read_once() {
    let schemas = chartroom::cli::kubernetes_schemas().expect("the schemas");
    let gvk = GroupVersionKind::new("example.com/v1", "Backup");
    assert_eq!(schemas.known(&gvk, 36), Known::Unknown);
    let wanted = ["Backup".to_owned()].into();
    for _ in 0..2 {
        assert_eq!(schemas.with_definitions([&DEFINITION.as_bytes().into()], &wanted).known(&gvk, 36), Known::Custom);
    }
}

#[test]
fn kubernetes_own_kinds_are_there_by_version() {
    let schemas = chartroom::cli::kubernetes_schemas().expect("the schemas");
    assert_eq!(schemas.versions(), (33, 37));
    let known = |api_version, kind, minor| schemas.known(&GroupVersionKind::new(api_version, kind), minor);
    assert_eq!(known("apps/v1", "Deployment", 20), Known::BuiltIn);
    assert_eq!(known("resource.k8s.io/v1", "DeviceClass", 33), Known::Later(34));
    assert_eq!(known("resource.k8s.io/v1", "DeviceClass", 99), Known::BuiltIn);
    assert_eq!(known("storage.k8s.io/v1alpha1", "VolumeAttributesClass", 35), Known::Gone(35));
    assert_eq!(known("apps/v1", "Pod", 36), Known::Unknown);
    assert!(Schemas::read("<!DOCTYPE html>").is_none());
}

/// Definitions may be anything, too.
#[test]
fn definitions_that_are_none_end_nowhere() {
    let schemas = chartroom::cli::kubernetes_schemas().expect("the schemas");
    let deep = format!("{}{{type: string}}{}", "{type: array, items: ".repeat(300), "}".repeat(300));
    for schema in ["1", "[]", "{type: object, properties: [a]}", "{type: [object], required: {a: b}}", &deep] {
        let text = DEFINITION.replace("{type: object, properties: {keep: {type: integer}}}", schema);
        let schemas = schemas.with_definitions([&text.as_bytes().into()], &["Backup".to_owned()].into());
        let object = Object::read(b"apiVersion: example.com/v1\nkind: Backup\nspec: {keep: [[1]]}\n").expect("YAML");
        let _ = schemas.faults(&object, 36);
    }
}
