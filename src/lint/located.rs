//! From the documents of a rendering to findings, and from a finding back to the template that printed the field.

use super::suppress::{Suppressed, Suppression, Verdict, apply, suppressions};
use super::{Background, Config, Finding, Memory, Place, RULES, Scene, Sources, check_scene, with_definitions};
use crate::engine::Document;
use crate::kube::Object;
use crate::source::{OriginKind, Run, Span, Trace};

/// What was found in the documents of a rendering, and what couldn't be looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// What was found. [`Place::document`] is a document's place in the rendering.
    pub findings: Vec<Finding>,
    /// How many documents were looked at.
    pub documents: usize,
    /// How many rules looked at them.
    pub rules: usize,
    /// The documents that can't be read as objects, by their place in the rendering.
    pub unreadable: Vec<usize>,
    /// What was found and is to be ignored.
    pub suppressed: Vec<Suppressed>,
    /// What is to be ignored and wasn't found.
    pub unused: Vec<Suppression>,
}

/// Checks the documents of a rendering, and sets aside what annotations, comments and the configuration say is to be
/// ignored.
pub fn check_sources(sources: &Sources, config: &Config) -> Checked {
    judged(sources, None, config)
}

/// The same with templates and values, out of which the documents were made.
pub fn check_chart(sources: &Sources, background: &Background, config: &Config) -> Checked {
    judged(sources, Some(background), config)
}

fn judged(sources: &Sources, background: Option<&Background>, config: &Config) -> Checked {
    let fresh = Memory::default();
    let memory = background.map_or(&fresh, |background| &background.memory);
    memory.tidy();
    let (objects, unreadable) = memory.objects(sources.documents);
    let numbered: Vec<_> = objects.iter().map(|(number, object)| (*number, object)).collect();
    let suppressions = suppressions(sources, &numbered, memory, config);
    let documents: Vec<_> = objects.iter().filter_map(|(number, _)| sources.documents.get(*number)).collect();
    let scene = background.map(|background| Scene { sources, documents: &documents, background });
    let checked = check_objects(objects, unreadable, scene, &with_definitions(sources.documents, config));
    let Verdict { findings, suppressed, unused } = apply(checked.findings, suppressions, sources, config);
    Checked { findings, suppressed, unused, ..checked }
}

/// Checks the documents of a rendering, whatever is said to be ignored. Files in `crds/` are no templates, and are left
/// alone, but for the schemas in them.
pub fn check_documents(documents: &[Document], config: &Config) -> Checked {
    let (objects, unreadable) = Memory::default().objects(documents);
    check_objects(objects, unreadable, None, &with_definitions(documents, config))
}

fn check_objects(
    objects: Vec<(usize, Object)>,
    unreadable: Vec<usize>,
    scene: Option<Scene>,
    config: &Config,
) -> Checked {
    let (numbers, objects): (Vec<usize>, Vec<Object>) = objects.into_iter().unzip();
    let number = |place: &mut Place| place.document = numbers.get(place.document).copied().unwrap_or(place.document);
    let mut findings = check_scene(&objects, scene, config);
    for finding in &mut findings {
        number(&mut finding.place);
        finding.related.iter_mut().for_each(|related| number(&mut related.place));
    }
    let rules = RULES.iter().filter(|rule| config.is_on(rule)).count();
    Checked { findings, documents: objects.len(), rules, unreadable, ..Checked::default() }
}

/// The text of a template (or the action) that printed the beginning of a place. `None` where no origin was recorded.
pub fn origin(place: &Place, documents: &[Document], trace: &Trace) -> Option<Span> {
    let runs = documents.get(place.document)?.text.runs()?;
    // At the end of a text nothing begins: what ends there is named.
    let (covered, run) = runs.at(place.range.start).or_else(|| runs.at(place.range.start.checked_sub(1)?))?;
    let origin = trace.origin(run.origin)?;
    if origin.kind != OriginKind::Literal || run.at == Run::WHOLE {
        return Some(origin.span);
    }
    let from = run.at as usize + place.range.start.saturating_sub(covered.start);
    let start = (origin.span.range().start + from).min(origin.span.range().end);
    let end = start + place.range.len().min(covered.end.saturating_sub(place.range.start));
    Some(Span::new(origin.span.file, start..end.min(origin.span.range().end)))
}
