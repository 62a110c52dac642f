//! What Helm stops at, each told by the rule that it belongs to.

use crate::chart;
use crate::engine::{Error, ErrorKind};
use crate::lint::cx::Cx;
use crate::lint::failure::rule_of;
use crate::lint::report::Report;
use crate::lint::{Failure, Scene};
use crate::source::{Severity, Span};

/// What is said of an error.
pub(super) struct Told {
    /// Where it is.
    pub(super) span: Span,
    /// What is wrong.
    pub(super) message: String,
    /// What to do.
    pub(super) fix: String,
}

/// The failures that are a rule's, and where they are, as far as it is known.
pub(in crate::lint::rules) fn failures<'a>(
    cx: &Cx<'a>,
    rule: &'static str,
) -> impl Iterator<Item = (&'a Failure, Option<Span>)> {
    let failures = cx.scene().map(|scene| scene.background.failures.as_slice()).unwrap_or_default();
    let own = failures.iter().filter(move |failure| rule_of(&failure.error) == Some(rule));
    own.map(|failure| (failure, failure.span.or(failure.error.span())))
}

/// Reports it, at its place if it has one.
pub(in crate::lint::rules) fn told(report: &mut Report, span: Option<Span>, message: String, fix: String) {
    match span {
        Some(span) => report.in_file(span, Severity::Error, message, fix),
        None => report.nowhere(Severity::Error, message, fix),
    }
}

/// What a reader said, without what Helm says around it.
pub(in crate::lint::rules) fn cause(error: &Error) -> String {
    match &error.kind {
        ErrorKind::Manifest { message, .. } => message.clone(),
        ErrorKind::Chart(inner) => match &inner.kind {
            chart::ErrorKind::CannotLoad { cause, .. } | chart::ErrorKind::ValuesFile { cause, .. } => cause.clone(),
            other => other.to_string(),
        },
        _ => error.to_string(),
    }
}

/// Reports the errors of which `told` has something to say.
pub(super) fn tell(cx: &Cx, report: &mut Report, told: fn(&Error, Scene) -> Option<Told>) {
    let Some(scene) = cx.scene() else { return };
    for failure in &scene.background.failures {
        if let Some(Told { span, message, fix }) = told(&failure.error, scene) {
            report.in_file(failure.span.unwrap_or(span), Severity::Error, message, failure.fix().unwrap_or(fix));
            report.mended_by(&failure.ways);
        }
    }
}

/// Where an error is; the beginning of the chart's first template where it doesn't say.
pub(super) fn where_or_start(error: &Error, scene: Scene) -> Option<Span> {
    let first = || scene.background.inputs.own_templates().first().map(|file| Span::point(*file, 0));
    error.span().or_else(first)
}
