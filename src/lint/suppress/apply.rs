//! Findings against what is told to be ignored.

use super::{Cover, Sources, Suppression, Which, path_pattern};
use crate::lint::{Config, Finding, Place, Related, rule};
use crate::source::{FrameKind, Origin, Role, Runs, Span, Step};

/// A finding that is to be ignored, and what says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppressed {
    /// The finding.
    pub finding: Finding,
    /// What says so.
    pub by: Suppression,
}

/// What remains of findings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Those that count.
    pub findings: Vec<Finding>,
    /// Those that are ignored.
    pub suppressed: Vec<Suppressed>,
    /// What ignores nothing.
    pub unused: Vec<Suppression>,
}

/// Sets aside what is to be ignored. Where several faults of one thing were reported as one and its first is to be
/// ignored, the next one takes its place.
pub fn apply(findings: Vec<Finding>, suppressions: Vec<Suppression>, sources: &Sources, config: &Config) -> Verdict {
    let mut judge = Judge { suppressions, sources, config, used: Vec::new() };
    let mut verdict = Verdict::default();
    for mut finding in findings {
        let related = std::mem::take(&mut finding.related);
        finding.related = related.into_iter().filter(|related| !judge.ignores_related(related)).collect();
        let mut next = Some(finding);
        while let Some(mut finding) = next.take() {
            let Some(by) = judge.suppression(finding.rule, &finding.place, finding.source) else {
                verdict.findings.push(finding);
                break;
            };
            next = successor(&mut finding, config);
            verdict.suppressed.push(Suppressed { finding, by });
        }
    }
    let Judge { suppressions, used, config, .. } = judge;
    let unused = suppressions.into_iter().enumerate().filter(|(at, _)| !used.contains(at));
    verdict.unused = unused.map(|(_, suppression)| suppression).filter(|unused| unused.could_match(config)).collect();
    verdict
}

/// The next fault of the same thing, as a finding of its own.
fn successor(finding: &mut Finding, config: &Config) -> Option<Finding> {
    let mut related = std::mem::take(&mut finding.related);
    let at = related.iter().position(|related| related.rule.is_some())?;
    let Related { rule: id, message, place } = related.remove(at);
    let rule = rule(id?)?;
    let severity = config.levels.get(rule.id).copied().unwrap_or(rule.severity);
    let (fix, object) = (rule.docs.fix.to_owned(), finding.object.clone());
    Some(Finding { rule: rule.id, severity, message, fix, object, place, source: None, related, ways: Vec::new() })
}

struct Judge<'a> {
    suppressions: Vec<Suppression>,
    sources: &'a Sources<'a>,
    config: &'a Config,
    used: Vec<usize>,
}

impl Judge<'_> {
    /// What says that a finding of a rule at a place is to be ignored. Whatever else says so counts as used, too.
    fn suppression(&mut self, rule: &str, place: &Place, source: Option<Span>) -> Option<Suppression> {
        if self.suppressions.is_empty() {
            return None;
        }
        let site = Site::of(place, source, self.sources);
        let matching = self.suppressions.iter().enumerate().filter(|(_, suppression)| {
            suppression.rules.holds(rule) && suppression.covers.iter().any(|cover| self.covers(cover, &site))
        });
        let matching: Vec<usize> = matching.map(|(at, _)| at).collect();
        self.used.extend(&matching);
        matching.first().and_then(|&at| self.suppressions.get(at).cloned())
    }

    /// Whether a fault beside a finding that counts is to be ignored.
    fn ignores_related(&mut self, related: &Related) -> bool {
        related.rule.is_some_and(|rule| self.suppression(rule, &related.place, None).is_some())
    }

    fn covers(&self, cover: &Cover, site: &Site) -> bool {
        match cover {
            Cover::Document(number) => site.document == *number,
            Cover::Source(file, range) => site
                .spans
                .iter()
                .any(|span| span.file == *file && span.range().start < range.end && range.start <= span.range().start),
            Cover::Value(steps) => site.values.iter().any(|value| value.starts_with(steps)),
            Cover::Path(pattern) => {
                site.paths.iter().any(|path| self.config.names(path).any(|name| path_pattern::matches(pattern, &name)))
            }
        }
    }
}

/// Where a finding stands, seen from everywhere it can be spoken of.
struct Site {
    document: usize,
    /// The text that printed it, and the calls that led there.
    spans: Vec<Span>,
    /// The values that stand there.
    values: Vec<Vec<Step>>,
    /// The template, and the file that printed it.
    paths: Vec<String>,
}

impl Site {
    fn of(place: &Place, source: Option<Span>, sources: &Sources) -> Self {
        let Sources { documents, files, trace, .. } = *sources;
        let span = source.or_else(|| crate::lint::origin(place, documents, trace));
        let origin = origin_of(place, sources);
        let mut spans: Vec<Span> = span.into_iter().collect();
        let frames = origin.into_iter().flat_map(|origin| trace.frames(origin.frame));
        let calls = frames.filter(|frame| matches!(frame.kind, FrameKind::Include(_) | FrameKind::Tpl));
        spans.extend(calls.filter_map(|frame| frame.span));
        let values = values_at(place, sources);
        let template = documents.get(place.document).map(|document| document.source.clone());
        let file = span.and_then(|span| files.get(span.file)).map(|file| file.path.to_string());
        Self { document: place.document, spans, values, paths: template.into_iter().chain(file).collect() }
    }
}

/// The values whose content stands at a place, be it in a part of it only.
fn values_at(place: &Place, sources: &Sources) -> Vec<Vec<Step>> {
    let trace = sources.trace;
    let runs = sources.documents.get(place.document).and_then(|document| document.text.runs());
    let runs = runs.into_iter().flat_map(Runs::ranges);
    let here = runs.filter(|(covered, _)| covered.start < place.range.end && place.range.start < covered.end);
    let reads = here.filter_map(|(_, run)| trace.origin(run.origin)).flat_map(|origin| trace.reads(origin.reads));
    let fed = reads.filter(|read| read.role != Role::Decides);
    fed.map(|read| trace.steps(read.path).into_iter().cloned().collect()).collect()
}

/// Who printed the beginning of a place.
fn origin_of<'a>(place: &Place, sources: &Sources<'a>) -> Option<&'a Origin> {
    let runs = sources.documents.get(place.document)?.text.runs()?;
    let (_, run) = runs.at(place.range.start).or_else(|| runs.at(place.range.start.checked_sub(1)?))?;
    sources.trace.origin(run.origin)
}

impl Suppression {
    /// Whether it names no rule there is: a slip of the pen.
    pub fn is_misnamed(&self) -> bool {
        matches!(&self.rules, Which::These(rules) if rules.is_empty())
    }

    /// Whether one of its rules was run at all.
    fn could_match(&self, config: &Config) -> bool {
        match &self.rules {
            Which::These(rules) => {
                self.is_misnamed() || rules.iter().filter_map(|id| rule(id)).any(|rule| config.is_on(rule))
            }
            Which::All => true,
            Which::Foreign => false,
        }
    }
}
