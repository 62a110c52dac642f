//! minijinja's errors as ours.

use std::error::Error as _;

use super::library::Files;
use super::{Error, ErrorKind, Place};
use crate::source::Span;

impl Error {
    /// minijinja's error, and those that caused it.
    pub(super) fn of(error: &minijinja::Error, files: &Files, fuel: u64) -> Self {
        let chain: Vec<_> = std::iter::successors(Some(error), |error| cause(error)).collect();
        let innermost = chain.last().copied().unwrap_or(error);
        let places = chain.iter().filter_map(|error| place(error, files)).collect();
        let kind = match innermost.kind() {
            minijinja::ErrorKind::SyntaxError => ErrorKind::Syntax,
            minijinja::ErrorKind::OutOfFuel => ErrorKind::Exhausted,
            _ => ErrorKind::Rendering,
        };
        Self { kind, message: message(innermost, fuel), places }
    }
}

fn cause(error: &minijinja::Error) -> Option<&minijinja::Error> {
    error.source()?.downcast_ref()
}

fn place(error: &minijinja::Error, files: &Files) -> Option<Place> {
    let (template, line) = (error.name()?, error.line()?);
    let file = files.get(template).zip(error.range());
    let column = file.as_ref().and_then(|((_, text), range)| {
        let before = text.get(..range.start)?;
        Some(before.iter().rev().take_while(|&&byte| byte != b'\n').count())
    });
    let span = file.map(|((file, _), range)| Span::new(*file, range));
    Some(Place { template: template.to_owned(), line, column, span })
}

fn message(error: &minijinja::Error, fuel: u64) -> String {
    match (error.kind(), error.detail()) {
        (minijinja::ErrorKind::OutOfFuel, _) => format!("stopped after {fuel} steps"),
        (minijinja::ErrorKind::InvalidOperation | minijinja::ErrorKind::SyntaxError, Some(detail)) => detail.to_owned(),
        (kind, Some(detail)) => format!("{kind}: {detail}"),
        (kind, None) => kind.to_string(),
    }
}
