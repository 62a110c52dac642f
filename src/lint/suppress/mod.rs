//! What was told to be ignored: annotations of other linters, comments in templates and values, paths in a
//! configuration. A suppressed finding is kept apart with its reason; what suppresses nothing is reported.

mod annotations;
mod apply;
mod comments;
mod path_pattern;
mod peers;
mod values;

use std::ops::Range;

pub use apply::{Suppressed, Verdict, apply};
pub use comments::IgnoreComment;
pub use peers::{Peer, rules_named};

use super::located::origin;
use super::{Config, Memory, Place};
use crate::engine::Document;
use crate::kube::Object;
use crate::source::{FileId, Files, Span, Step, Trace};

/// What is rendered, and the files it comes from.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'a> {
    /// The documents.
    pub documents: &'a [Document],
    /// The files that spans point into.
    pub files: &'a Files,
    /// Where the documents' text comes from.
    pub trace: &'a Trace,
    /// Files of values that were handed in beside the chart's own.
    pub values: &'a [FileId],
}

/// How something is told to be ignored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SuppressionKind {
    /// By an annotation of the object.
    Annotation,
    /// By a comment.
    Comment,
    /// By a path in a configuration.
    Config,
}

/// One thing that is to be ignored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppression {
    /// How it is told.
    pub kind: SuppressionKind,
    /// What is written: the annotation, the comment, the pattern.
    pub written: String,
    /// The reason that is given; empty where none is.
    pub reason: String,
    /// Where it is written, if that is known.
    pub span: Option<Span>,
    /// The object that bears it.
    pub object: Option<String>,
    /// Which rules it is about.
    rules: Which,
    /// What it covers.
    covers: Vec<Cover>,
}

/// Which rules a suppression is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// Every rule.
    All,
    /// These.
    These(Vec<&'static str>),
    /// None of ours: another linter's alone.
    Foreign,
}

/// What a suppression covers.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Cover {
    /// A document.
    Document(usize),
    /// A piece of a file.
    Source(FileId, Range<usize>),
    /// A value and what is in it.
    Value(Vec<Step>),
    /// The files whose path fits a pattern.
    Path(String),
}

impl SuppressionKind {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Annotation => "annotation",
            Self::Comment => "comment",
            Self::Config => "config",
        }
    }
}

impl Which {
    /// The rules that look at what another linter's check looks at.
    fn of_peer(peer: Peer, check: &str) -> Self {
        let own = super::rule(check).map(|rule| rule.id);
        let known = peer.rules(check).iter().copied().filter(|id| super::rule(id).is_some());
        let rules: Vec<_> = own.into_iter().chain(known).collect();
        if rules.is_empty() { Self::Foreign } else { Self::These(rules) }
    }

    /// Adds another's rules.
    fn extend(&mut self, other: Self) {
        match (&mut *self, other) {
            (Self::These(own), Self::These(more)) => own.extend(more),
            (Self::Foreign, other) => *self = other,
            _ => {}
        }
    }

    /// Whether a rule is among them.
    fn holds(&self, rule: &str) -> bool {
        match self {
            Self::All => true,
            Self::These(rules) => rules.contains(&rule),
            Self::Foreign => false,
        }
    }
}

/// Everything that is told to be ignored. `objects` are the documents that could be read, by their number.
pub(super) fn suppressions(
    sources: &Sources,
    objects: &[(usize, &Object)],
    memory: &Memory,
    config: &Config,
) -> Vec<Suppression> {
    let mut found: Vec<_> = objects.iter().flat_map(|(number, object)| annotated(sources, *number, object)).collect();
    found.extend(sources.files.iter().flat_map(|(file, _)| commented(sources, file, memory)));
    found.extend(config.ignored.iter().map(|ignored| Suppression {
        kind: SuppressionKind::Config,
        written: ignored.pattern.clone(),
        reason: ignored.reason.clone(),
        span: None,
        object: None,
        rules: Which::All,
        covers: vec![Cover::Path(ignored.pattern.clone())],
    }));
    found.retain(|suppression| suppression.rules != Which::Foreign);
    found
}

fn annotated(sources: &Sources, number: usize, object: &Object) -> Vec<Suppression> {
    let suppression = |annotation: annotations::IgnoreAnnotation| {
        let range = object.range(&annotation.path);
        let place = Place { document: number, path: annotation.path, range };
        Suppression {
            kind: SuppressionKind::Annotation,
            written: annotation.written,
            reason: annotation.reason,
            span: origin(&place, sources.documents, sources.trace),
            object: Some(format!("{} {}", object.kind(), object.name())),
            rules: annotation.rules,
            covers: vec![Cover::Document(number)],
        }
    };
    annotations::annotations(object).into_iter().map(suppression).collect()
}

/// The comments of a file, each with the text or the values it speaks of.
fn commented(sources: &Sources, file: FileId, memory: &Memory) -> Vec<Suppression> {
    let Some(source) = sources.files.get(file) else { return Vec::new() };
    let prefix = if sources.values.contains(&file) { Some(values::root()) } else { values::prefix(&source.path) };
    let is_rendered = prefix.is_some() || is_source(sources, file, &source.path);
    // Others, such as definitions, aren't even looked at.
    if !is_rendered {
        return Vec::new();
    }
    let comments = memory.comments.of(source.text.shared(), comments::comments);
    let text = if comments.is_empty() { "" } else { std::str::from_utf8(&source.text).unwrap_or_default() };
    let suppression = |comment: &IgnoreComment| {
        let covers = match &prefix {
            Some(prefix) => {
                let values = values::covered(text, &comment.covers, prefix).into_iter().map(Cover::Value);
                values.chain([Cover::Source(file, comment.covers.clone())]).collect()
            }
            None => vec![Cover::Source(file, comment.covers.clone())],
        };
        let all = comment.rules.iter().any(|name| name == "all");
        let rules = comment.rules.iter().flat_map(|name| rules_named(name)).collect();
        Suppression {
            kind: SuppressionKind::Comment,
            written: text.get(comment.at.clone()).unwrap_or_default().to_owned(),
            reason: comment.reason.clone(),
            span: Some(Span::new(file, comment.at.clone())),
            object: None,
            rules: if all { Which::All } else { Which::These(rules) },
            covers,
        }
    };
    comments.iter().map(suppression).collect()
}

/// Whether findings stand in a file: it is a template, a `Chart.yaml`, or a manifest itself.
fn is_source(sources: &Sources, file: FileId, path: &str) -> bool {
    path.split('/').any(|folder| folder == "templates")
        || path.ends_with("/Chart.yaml")
        || sources.documents.iter().any(|document| document.file == file)
}
