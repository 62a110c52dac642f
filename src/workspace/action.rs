//! What users do.

use std::rc::Rc;

use super::{Experiment, FilePath};

/// A user's deed.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Wrote in a file, which now reads so. A file that isn't there comes into being.
    Edit(FilePath, Rc<str>),
    /// Opened a file in the lower editor.
    Open(FilePath),
    /// Changed a setting.
    Set(Setting),
    /// Opened another experiment: a sample, a link.
    Load(Rc<Experiment>),
    /// From here on changes are told from the experiment as it is now.
    SetBaseline,
    /// Took back the last change, in whichever file.
    Undo,
    /// Took back an undo.
    Redo,
}

/// A setting and its new content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Setting {
    /// The release's name.
    Release(Rc<str>),
    /// The release's namespace.
    Namespace(Rc<str>),
    /// The cluster's version; empty for Helm's default.
    KubeVersion(Rc<str>),
}
