//! Why nothing could be rendered. `Display` is what Helm prints behind `Error: `.

use std::fmt;

use super::exec_message;
use super::jinja::sentence;
use crate::chart;
use crate::helm::Helm;
use crate::jinja;
use crate::source::Span;
use crate::template::{ExecError, ParseError};
use crate::value::Text;

/// A rendering failed.
#[derive(Clone, Debug)]
pub struct Error {
    /// Why.
    pub kind: ErrorKind,
    /// What had been rendered: present once Helm has begun to render, and not empty only where the templates ran but
    /// their output isn't YAML. The command line prints it under `--debug`.
    pub rendered: Option<Text>,
    /// The Helm in whose words it is told.
    pub helm: Helm,
}

/// Why.
#[derive(Clone, Debug)]
pub enum ErrorKind {
    /// The chart or its values are at fault.
    Chart(Box<chart::Error>),
    /// A template can't be parsed. The file's path as Helm names it, and the error.
    Parse(String, Box<ParseError>),
    /// A template failed.
    Exec(Box<ExecError>),
    /// A template of the Jinja dialect is at fault.
    Jinja(Box<jinja::Error>),
    /// What a template printed isn't YAML, or is no Kubernetes object.
    Manifest {
        /// The template.
        source: String,
        /// The template's first byte.
        span: Option<Span>,
        /// What the reader said.
        message: String,
    },
    /// `--show-only` names what isn't there.
    NoSuchTemplate(String),
}

impl Error {
    /// Whether charts are missing that the chart depends on.
    pub fn is_of_missing_dependencies(&self) -> bool {
        matches!(&self.kind, ErrorKind::Chart(error) if error.is_of_missing_dependencies())
    }

    /// A chart that can't be loaded, or values that can't be read.
    pub fn refused(error: chart::Error, helm: Helm) -> Self {
        Self::before(error, helm)
    }

    /// An error from before Helm begins to render.
    pub(super) fn before(error: chart::Error, helm: Helm) -> Self {
        Self { kind: ErrorKind::Chart(Box::new(error)), rendered: None, helm }
    }

    /// An error from while Helm renders.
    pub(super) fn during(kind: ErrorKind, helm: Helm) -> Self {
        Self { kind, rendered: Some(Text::default()), helm }
    }

    /// The places that led to it, the outermost call first; the last one is where it happened.
    pub fn spans(&self) -> Vec<Span> {
        match &self.kind {
            ErrorKind::Chart(error) => error.span.into_iter().collect(),
            ErrorKind::Parse(_, error) => error.span.into_iter().collect(),
            ErrorKind::Jinja(error) => error.places.iter().filter_map(|place| place.span).collect(),
            ErrorKind::Exec(error) => error.chain().filter_map(|error| error.place.as_ref()?.span).collect(),
            ErrorKind::Manifest { span, .. } => span.iter().copied().collect(),
            ErrorKind::NoSuchTemplate(_) => Vec::new(),
        }
    }

    /// Where it happened.
    pub fn span(&self) -> Option<Span> {
        self.spans().last().copied()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ErrorKind::Chart(error) => error.fmt(f),
            ErrorKind::Parse(file, error) => f.write_str(&parse_message(file, &error.to_string())),
            ErrorKind::Jinja(error) => f.write_str(&sentence(error)),
            ErrorKind::Exec(error) => f.write_str(&exec_message::format(error, self.helm)),
            ErrorKind::Manifest { source, message, .. } => write!(f, "YAML parse error on {source}: {message}"),
            ErrorKind::NoSuchTemplate(pattern) => write!(f, "could not find template {pattern} in chart"),
        }
    }
}

impl std::error::Error for Error {}

/// Helm keeps of a parse error the place, and what stands behind the last colon.
fn parse_message(file: &str, error: &str) -> String {
    let parts: Vec<&str> = error.split(": ").collect();
    match parts.as_slice() {
        [_, place, .., message] => format!("parse error at ({place}): {message}"),
        [_, message] => format!("parse error at ({message}): {message}"),
        _ => format!("parse error in ({file}): {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parse_error_keeps_only_what_follows_its_last_colon() {
        let error = "template: c/t.yaml:3: bad number syntax: \"1x\"";
        assert_eq!(parse_message("c/t.yaml", error), "parse error at (c/t.yaml:3): \"1x\"");
        let error = "template: c/t.yaml:3: unclosed action";
        assert_eq!(parse_message("c/t.yaml", error), "parse error at (c/t.yaml:3): unclosed action");
    }
}
