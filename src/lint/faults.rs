//! What in the objects of a rendering doesn't keep to the schemas of their kinds.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::cx::Subject;
use super::{Config, Finding};
use crate::engine::{Document, DocumentKind};
use crate::kube::schema::{Fault, Known, Schemas};
use crate::kube::{Object, Path};
use crate::source::Severity;

/// What doesn't keep to the schemas; nothing where there are none.
#[derive(Debug, Default)]
pub struct Faults {
    schemas: Option<Schemas>,
    minor: u32,
    found: Vec<(usize, Known, Fault)>,
}

impl Faults {
    /// Holds objects against the schemas, those that they define themselves among them.
    pub(super) fn find<'a>(subjects: impl Iterator<Item = Subject<'a>>, config: &Config) -> Self {
        let Some(schemas) = &config.schemas else { return Self::default() };
        let subjects: Vec<_> = subjects.collect();
        let kinds: BTreeSet<String> = subjects.iter().map(|subject| subject.object.kind()).collect();
        let defines =
            |object: &&Object| object.at("spec.names.kind").string().is_some_and(|kind| kinds.contains(&kind));
        let schemas = schemas.with_objects(subjects.iter().map(|subject| subject.object).filter(defines));
        let minor = config.kubernetes.minor;
        let found = subjects.into_iter().flat_map(|subject| {
            let known = schemas.known(&subject.object.gvk(), minor);
            let faults = schemas.faults(subject.object, minor).into_iter();
            faults.map(move |fault| (subject.index, known, fault)).collect::<Vec<_>>()
        });
        let found = found.collect();
        Self { found, minor, schemas: Some(schemas) }
    }

    /// What is wrong with objects of Kubernetes' own kinds, by the objects' numbers.
    pub fn built_in(&self) -> impl Iterator<Item = (usize, &Fault)> {
        self.found.iter().filter(|(_, known, _)| *known != Known::Custom).map(|(index, _, fault)| (*index, fault))
    }

    /// What is wrong with custom resources.
    pub fn custom(&self) -> impl Iterator<Item = (usize, &Fault)> {
        self.found.iter().filter(|(_, known, _)| *known == Known::Custom).map(|(index, _, fault)| (*index, fault))
    }

    /// The schemas, those of the rendering's own definitions among them.
    pub fn schemas(&self) -> Option<&Schemas> {
        self.schemas.as_ref()
    }

    /// What is known of an object's kind.
    pub fn known(&self, object: &Object) -> Option<Known> {
        Some(self.schemas.as_ref()?.known(&object.gvk(), self.minor))
    }
}

/// What the linter is told, with the schemas in `crds/` of the kinds that are rendered.
pub fn with_definitions<'a>(documents: &[Document], config: &'a Config) -> Cow<'a, Config> {
    let definitions = || documents.iter().filter(|document| document.kind == DocumentKind::Crd);
    let Some(schemas) = config.schemas.as_ref().filter(|_| definitions().next().is_some()) else {
        return Cow::Borrowed(config);
    };
    let templates = documents.iter().filter(|document| document.kind != DocumentKind::Crd);
    let kinds: BTreeSet<String> = templates.filter_map(|document| kind_line(document.text.as_bytes())).collect();
    let texts = definitions().map(|document| document.text.shared());
    Cow::Owned(Config { schemas: Some(schemas.with_definitions(texts, &kinds)), ..config.clone() })
}

/// The kind in a document's first line that says one at the margin.
fn kind_line(text: &[u8]) -> Option<String> {
    text.split(|byte| *byte == b'\n').find_map(|line| line.strip_prefix(KIND)).and_then(word).map(str::to_owned)
}

const KIND: &[u8] = b"kind:";

/// The word that a text begins with, without its quotes.
fn word(text: &[u8]) -> Option<&str> {
    let start = text.iter().position(|byte| !matches!(byte, b' ' | b'"' | b'\''))?;
    let rest = text.get(start..)?;
    let end = rest.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(rest.len());
    std::str::from_utf8(rest.get(..end)?).ok()
}

/// Where another rule says the same of a field, or of the map it is missing in, and says it better, the schemas are
/// silent.
pub(super) fn step_back(findings: &mut Vec<Finding>) {
    let said: BTreeSet<(usize, Path)> = findings
        .iter()
        .filter(|finding| !is_general(finding) && finding.source.is_none() && finding.severity == Severity::Error)
        .map(|finding| (finding.place.document, finding.place.path.clone()))
        .collect();
    findings.retain(|finding| {
        let place = &finding.place;
        let around = place.path.parent().filter(|_| finding.rule == REQUIRED);
        let mut paths = [Some(place.path.clone()), around].into_iter().flatten();
        !is_general(finding) || !paths.any(|path| said.contains(&(place.document, path)))
    });
}

const REQUIRED: &str = "schema-required";

fn is_general(finding: &Finding) -> bool {
    ["schema-type", REQUIRED, "schema-enum"].contains(&finding.rule)
}
