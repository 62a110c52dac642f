//! Floor 5. The linter: what is wrong with rendered objects, where, and what to do about it.
//!
//! A rule is one file below `rules`, with its documentation, a bad and a good example, and its check; the registry
//! lists them all. [`check`] runs them over the objects of one rendering and gives findings, which name a field of an
//! object. Where that field comes from (a template, a value) is the caller's to find: the linter knows no templates.
//!
//! Nothing is promised of an object: wrong types everywhere are input like any other, and no rule may fail on them.

mod advice;
mod background;
mod config;
mod custom;
mod cx;
mod examine;
mod failure;
mod faults;
mod fix;
mod further;
mod hooks;
mod index;
mod installed;
mod located;
mod made;
mod manifest;
mod memory;
mod nearest;
mod pods;
mod printed;
mod references;
mod registry;
mod report;
mod rule;
mod rules;
mod scope;
mod settings;
mod suppress;

pub use advice::{Advice, Way, advise, bare};
pub use background::{Again, Background, Failure, Piece, Scene, below_values, may_change_by_itself};
pub use config::{Config, FieldValidation, IgnoredPath, Kubernetes};
pub use examine::{Examined, examine, refused, rendered_from};
pub use failure::rule_of;
pub use faults::with_definitions;
pub use fix::{Edit, Fix, FixKind, Hunk, RenderedEdit, edited, fix, hunks, predicted};
pub use further::{Further, Inquiry};
pub use located::{Checked, check_chart, check_documents, check_sources, origin};
pub use memory::Memory;
pub use registry::{RULES, nearest_rule, rule};
pub use report::{Finding, ObjectRef, Place, Related};
pub use rule::{Activation, Docs, Group, Rule};
pub use rules::violations;
pub use settings::{KubeLinter, LintSettings, Own, SETTINGS_FILES};
pub use suppress::{Peer, Sources, Suppressed, Suppression, SuppressionKind, rules_named};

use crate::kube::Object;

/// Checks the objects of one rendering, in the order in which they are printed. Findings come in that order too, and
/// by their place in an object; an object's place in the slice is what [`Place::document`] says.
pub fn check(objects: &[Object], config: &Config) -> Vec<Finding> {
    check_scene(objects, None, config)
}

/// The same, with what is known of the rendering that the objects are of.
pub fn check_scene(objects: &[Object], scene: Option<Scene>, config: &Config) -> Vec<Finding> {
    let cx = cx::Cx::new(objects, config, scene);
    let mut findings = Vec::new();
    for rule in RULES.iter().filter(|rule| config.is_on(rule) && !scene.is_some_and(|scene| scene.awaits(rule.id))) {
        let mut report = report::Report::new(rule, config);
        (rule.check)(&cx, &mut report);
        findings.extend(report.into_findings());
    }
    faults::step_back(&mut findings);
    for finding in &mut findings {
        finding.severity = config.levels.get(finding.rule).copied().unwrap_or(finding.severity);
    }
    findings.sort_by(|a, b| {
        let key = |finding: &Finding| (finding.place.document, finding.place.range.start, finding.source, finding.rule);
        key(a).cmp(&key(b))
    });
    findings
}
