//! Helm's sentence about a template that failed.
//!
//! Helm 3 prints Go's sentence as it is. Helm 4 takes Go's sentence apart and sets each level of the chain on lines of its own. It does so by the text, not by
//! the structure: a chain with a link that doesn't read like an error of the template package stays on one line, and
//! `fail` and `required` report what stands between their marks, at the outermost place.

use crate::helm::Helm;
use crate::template::{Cause, ExecError};

/// What `fail` and `required` put around their message.
const MARK_START: &str = "HELM_ERR_START";
const MARK_END: &str = "HELM_ERR_END";

/// A message of `fail` or `required`, to be found again by [`format`].
pub fn marked(message: &str) -> String {
    format!("{MARK_START}{message}{MARK_END}")
}

/// What Helm prints.
pub fn format(error: &ExecError, helm: Helm) -> String {
    let sentence = error.to_string();
    let mut parts = sentence.splitn(3, ": ");
    let (Some(_), Some(place), Some(rest)) = (parts.next(), parts.next(), parts.next()) else {
        return format!("execution error in ({}): {sentence}", error.template);
    };
    if let Some(message) = between_marks(rest) {
        return format!("execution error at ({place}): {message}");
    }
    if helm.is_three() { sentence } else { blocks(error).unwrap_or(sentence) }
}

/// From the first mark to the last.
pub fn between_marks(text: &str) -> Option<&str> {
    let (_, after) = text.split_once(MARK_START)?;
    after.rsplit_once(MARK_END).map(|(message, _)| message)
}

/// The chain as blocks; `None` where a link can't be read.
fn blocks(error: &ExecError) -> Option<String> {
    let mut levels: Vec<Level> = Vec::new();
    let mut add = |sentence: &str| {
        let level = Level::read(sentence)?;
        if levels.last() != Some(&level) {
            levels.push(level);
        }
        Some(())
    };
    for error in error.chain() {
        add(&error.to_string())?;
        if let Cause::Plain(plain) = error.cause() {
            add(&plain.to_string())?;
        }
    }
    let text: String = levels.iter().map(Level::block).collect();
    Some(text.trim().to_owned())
}

/// One level of the chain.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Level {
    place: String,
    executing: String,
    message: String,
}

impl Level {
    /// Takes a sentence apart.
    fn read(sentence: &str) -> Option<Self> {
        let rest = sentence.strip_prefix("template: ")?;
        if rest.starts_with("no template ") {
            return Some(Self { message: sentence.to_owned(), ..Self::default() });
        }
        Self::read_executing(rest).or_else(|| Self::read_simple(rest))
    }

    /// `PLACE: executing "NAME" at <NODE>: MESSAGE`
    fn read_executing(rest: &str) -> Option<Self> {
        let (place, after) = rest.split_once(": executing ")?;
        let (name, after) = after.strip_prefix('"')?.split_once('"')?;
        let (node, message) = after.strip_prefix(" at <")?.split_once(">: ")?;
        let executing = format!("executing \"{name}\" at <{node}>:");
        Some(Self { place: place.to_owned(), executing, message: without_next(message) })
    }

    /// `PLACE: MESSAGE`
    fn read_simple(rest: &str) -> Option<Self> {
        let (place, message) = rest.rsplit_once(": ")?;
        Some(Self { place: place.to_owned(), executing: String::new(), message: without_next(message) })
    }

    fn block(&self) -> String {
        let mut block = String::new();
        for (text, after) in [(&self.place, "\n  "), (&self.executing, "\n    "), (&self.message, "\n")] {
            if !text.is_empty() {
                block.push_str(text);
                block.push_str(after);
            }
        }
        block
    }
}

/// The message without the sentence of the level below.
fn without_next(message: &str) -> String {
    message.split_once(" template:").map_or(message, |(own, _)| own).to_owned()
}
