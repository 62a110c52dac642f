//! What Helm stops at, each told by the rule that it belongs to.

use crate::engine::Error;
use crate::lint::Scene;
use crate::lint::cx::Cx;
use crate::lint::report::Report;
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

/// Reports the errors of which `told` has something to say.
pub(super) fn tell(cx: &Cx, report: &mut Report, told: fn(&Error, Scene) -> Option<Told>) {
    let Some(scene) = cx.scene() else { return };
    for failure in &scene.background.failures {
        if let Some(Told { span, message, fix }) = told(&failure.error, scene) {
            report.in_file(failure.span.unwrap_or(span), Severity::Error, message, fix);
        }
    }
}

/// Where an error is; the beginning of the chart's first template where it doesn't say.
pub(super) fn where_or_start(error: &Error, scene: Scene) -> Option<Span> {
    let first = || scene.background.inputs.own_templates().first().map(|file| Span::point(*file, 0));
    error.span().or_else(first)
}
