//! The linter: every rule's own examples, cases across objects, and input that no rule may fail on.

mod careful;
mod catalogue;
mod chart;
mod cli;
mod corpus;
mod examples;
mod fixes;
mod hostile;
mod mended;
mod places;
mod plain;
mod reports;
mod rules;
mod schemas;
mod suppress;

use chartroom::helm::Helm;
use chartroom::kube::{self, Object};
use chartroom::lint::Config;

/// The objects of a stream, and where each begins in it.
struct Documents {
    objects: Vec<Object>,
    starts: Vec<usize>,
}

/// Reads a stream of manifests.
fn documents(text: &str) -> Documents {
    let ranges = kube::split(text.as_bytes(), Helm::Four);
    let object = |range: &std::ops::Range<usize>| Object::read(&text.as_bytes()[range.clone()]).expect("a manifest");
    Documents { objects: ranges.iter().map(object).collect(), starts: ranges.iter().map(|range| range.start).collect() }
}

fn objects(text: &str) -> Vec<Object> {
    documents(text).objects
}

/// What the linter is told, with the schemas of Kubernetes.
fn config() -> Config {
    let schemas = chartroom::cli::kubernetes_schemas();
    assert!(schemas.is_some(), "the list of schemas is read");
    Config { schemas, ..Config::default() }
}
