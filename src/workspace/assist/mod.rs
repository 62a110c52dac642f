//! Help for somebody who writes a chart: what could stand here, what stands here, where it is defined, where else it is
//! meant. Read off the words of the templates, the documents of the values, and what the values are in the end.

mod close;
mod complete;
mod define;
mod desk;
mod hint;
mod keys;
mod walk;

use std::ops::Range;
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::{FilePath, Hit, Place, Study};

/// A question of somebody who writes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Help {
    /// What could stand at a byte of a file, which reads so now.
    Complete(FilePath, Rc<str>, usize),
    /// What stands there.
    Hint(FilePath, usize),
    /// Where it is defined.
    Definition(FilePath, usize),
    /// All places that mean the same.
    Uses(FilePath, usize),
    /// All files that change when it gets another name.
    Rename(FilePath, usize, Rc<str>),
    /// The keywords that belong to the one there, in a text that reads so now.
    Pair(Rc<str>, usize),
    /// The line that closes the block opened before it, in a text that reads so now.
    Close(Rc<str>, usize),
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Helped {
    /// To [`Help::Complete`].
    Offers(Offers),
    /// To [`Help::Hint`].
    Hint(Option<Hint>),
    /// To [`Help::Definition`].
    Definition(Option<Place>),
    /// To [`Help::Uses`]: what is meant, and where.
    Uses(String, Vec<Hit>),
    /// To [`Help::Rename`]: the files that change, or why it can't be done.
    Renamed(Result<Vec<(FilePath, Rc<str>)>, String>),
    /// To [`Help::Pair`].
    Pair(Vec<Range<usize>>),
    /// To [`Help::Close`]. `None` where nothing is to be closed.
    Close(Option<String>),
}

/// What could stand at a place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offers {
    /// Where what is written already begins.
    pub from: usize,
    /// What could stand there.
    pub list: Vec<Offer>,
}

/// Something that could stand at a place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// What is written.
    pub label: String,
    /// What kind of thing it is.
    pub kind: OfferKind,
    /// In short: the value, the signature.
    pub detail: String,
    /// At length: where it comes from, what is said about it.
    pub info: String,
}

/// What kind of thing is offered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum OfferKind {
    /// A key of a map, or a field.
    #[default]
    Field,
    /// A function.
    Function,
    /// A variable.
    Variable,
    /// A named template.
    Template,
    /// A keyword.
    Keyword,
    /// A key in a file of values.
    Key,
}

/// What stands at a place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hint {
    /// What it is about, in bytes of the file.
    pub bytes: Range<usize>,
    /// What it is.
    pub title: String,
    /// What is said about it.
    pub lines: Vec<String>,
}

impl Study {
    /// The answer to somebody who writes.
    pub(super) fn help(&self, help: &Help) -> Helped {
        let desk = desk::Desk::new(self);
        match help {
            Help::Complete(path, text, at) => Helped::Offers(complete::offers(&desk, path, text, *at)),
            Help::Hint(path, at) => Helped::Hint(hint::hint(&desk, path, *at)),
            Help::Definition(path, at) => Helped::Definition(define::definition(&desk, path, *at)),
            Help::Uses(path, at) => {
                let (name, hits) = define::uses(&desk, path, *at);
                Helped::Uses(name, hits)
            }
            Help::Rename(path, at, name) => Helped::Renamed(define::rename(&desk, path, *at, name)),
            Help::Pair(text, at) => Helped::Pair(define::pair(&desk, text, *at)),
            Help::Close(text, at) => Helped::Close(close::closing(&desk, text, *at)),
        }
    }
}

#[cfg(test)]
mod tests;
