//! What users do.

use std::rc::Rc;

use super::{Experiment, FilePath, Given, Mend};
use crate::chart::Operation;
use crate::helm::Helm;

/// A user's deed.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Wrote in a file, which now reads so. A file that isn't there comes into being.
    Edit(FilePath, Rc<str>),
    /// Let an edit mend a problem.
    Mend(Mend),
    /// Opened a file in the lower editor.
    Open(FilePath),
    /// Did something with files as such.
    Files(FileDeed),
    /// Changed a setting.
    Set(Setting),
    /// Did something with the layers of values.
    Layers(LayerDeed),
    /// Opened another experiment: a sample, a link.
    Load(Rc<Experiment>),
    /// From here on changes are told from the experiment as it is now.
    SetBaseline,
    /// Opened something that is to be compared with another experiment.
    Compare(Rc<Experiment>),
    /// Took back the last change, in whichever file.
    Undo,
    /// Took back an undo.
    Redo,
}

/// Something done with files. Each can be taken back as one step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileDeed {
    /// Made a file. One that is there already stays as it is.
    Add(FilePath, Rc<str>),
    /// Gave a file another path. Not where another file is.
    Move(FilePath, FilePath),
    /// Made a copy of a file beside it.
    Duplicate(FilePath),
    /// Deleted a file.
    Delete(FilePath),
    /// Changed several files at once, which now read so.
    Rewrite(Rc<[(FilePath, Rc<str>)]>),
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
    /// The Helm that is followed.
    Helm(Helm),
    /// Further API versions, with commas between.
    ApiVersions(Rc<str>),
    /// The count of the release's installs and upgrades.
    Revision(u32),
    /// Install or upgrade.
    Operation(Operation),
}

/// Something done with the layers of values. They are known by their places, from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LayerDeed {
    /// Added a layer behind those of its kind. A file beside the chart comes into being with it.
    Add(Given),
    /// Wrote in an argument, which now reads so.
    Write(usize, Rc<str>),
    /// Switched a layer on or off.
    Switch(usize),
    /// Moved a layer among those of its kind.
    Move(usize, Shift),
    /// Removed a layer. A file beside the chart goes with it.
    Remove(usize),
}

/// Which way a layer is moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shift {
    /// To where it counts less.
    Earlier,
    /// To where it counts more.
    Later,
}
