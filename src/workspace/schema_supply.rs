//! The schemas of Kubernetes, as far as they are at hand: the page fetches them when the first chart shows.

use crate::kube::schema::Schemas;

/// Whether the schemas are at hand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SchemaSupply {
    /// They are still to come.
    #[default]
    Awaited,
    /// Here they are.
    There(Schemas),
    /// They can't be had.
    Missing,
}

impl SchemaSupply {
    /// What a text that was fetched is worth.
    pub fn of(text: Option<&str>) -> Self {
        text.and_then(Schemas::read).map_or(Self::Missing, Self::There)
    }

    /// The schemas, where they are at hand.
    pub fn get(&self) -> Option<&Schemas> {
        match self {
            Self::There(schemas) => Some(schemas),
            Self::Awaited | Self::Missing => None,
        }
    }

    /// What is not checked for want of them, in a sentence. Nothing while they are still to come.
    pub fn unchecked(&self) -> Option<String> {
        let words = "Kubernetes' schemas can't be fetched: unknown fields and wrong types are not found.";
        (*self == Self::Missing).then(|| words.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::super::{Content, FilePath, Outside, analyze, default_experiment};
    use super::*;

    /// The rules of the problems in a chart with an unknown field, and what was not checked.
    fn said(schemas: SchemaSupply) -> (Vec<String>, Vec<String>) {
        let mut experiment = default_experiment();
        let mut files = (*experiment.files).clone();
        let text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndta: {}\n";
        files.insert(FilePath::parse("templates/a.yaml").unwrap(), Content::Text(text.into()));
        experiment.files = Rc::new(files);
        let analysis = analyze(&experiment, Outside { schemas, ..Outside::default() });
        let rules = analysis.problems.into_iter().filter_map(|problem| problem.rule);
        (rules.filter(|rule| rule.starts_with("schema")).collect(), analysis.unchecked)
    }

    #[test]
    fn objects_are_held_against_schemas_once_these_are_there() {
        let text = include_str!("../../static/schemas/kubernetes.txt");
        let there = SchemaSupply::of(Some(text));
        assert_eq!(said(there), (vec!["schema-unknown-field".to_owned()], Vec::new()));
        assert_eq!(said(SchemaSupply::Awaited), (Vec::new(), Vec::new()));
    }

    #[test]
    fn what_is_not_checked_is_said() {
        for text in [None, Some("<!DOCTYPE html>")] {
            let (rules, unchecked) = said(SchemaSupply::of(text));
            assert_eq!(rules, [""; 0]);
            assert!(unchecked.len() == 1 && unchecked[0].contains("schemas can't be fetched"), "{unchecked:?}");
        }
    }
}
