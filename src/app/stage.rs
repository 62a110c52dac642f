//! What stands over the panes, and how large everything is: dialogs, the file rail, presenting.

use std::rc::Rc;

use crate::workspace::{FilePath, Hit};

/// All of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stage {
    /// The dialog that is open.
    pub dialog: Option<Dialog>,
    /// Whether the files stand in a rail.
    pub rail: Rail,
    /// Whether somebody presents.
    pub presenting: Presenting,
    /// How many steps larger the text is than usual.
    pub text: i8,
}

/// A dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dialog {
    /// All commands.
    Commands,
    /// Files and documents to go to.
    Anywhere,
    /// The search.
    Search,
    /// The keys.
    Keys,
    /// The path of a new file.
    NewFile,
    /// The new path of a file.
    MoveFile(FilePath),
    /// Places to choose from, and what they are.
    Places(Rc<str>, Rc<[Hit]>),
    /// A new name for something: where it was asked for, and the old name.
    Rename(FilePath, usize, Rc<str>),
}

/// Whether the files stand in a rail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rail {
    /// Where there are too many for tabs.
    #[default]
    Auto,
    /// They do.
    Shown,
    /// They do not.
    Hidden,
}

/// Whether somebody presents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Presenting {
    /// Nobody.
    #[default]
    No,
    /// Somebody does.
    Yes,
}

/// What changes it.
#[derive(Clone, Debug, PartialEq)]
pub enum SetStage {
    /// Opens a dialog.
    Open(Dialog),
    /// A dialog was closed. One that was opened since stays.
    Closed(Dialog),
    /// Shows or hides the rail.
    Rail(Rail),
    /// Begins or ends presenting.
    Present(Presenting),
    /// Makes the text larger or smaller, by steps.
    Text(i8),
}

impl Stage {
    /// The steps of the text's size.
    const SMALLEST: i8 = -1;
    const LARGEST: i8 = 9;
    /// What presenting adds.
    const PRESENTED: i8 = 5;

    /// The stage of somebody who presents.
    pub fn presented() -> Self {
        Self::default().after(SetStage::Present(Presenting::Yes))
    }

    pub(super) fn after(mut self, change: SetStage) -> Self {
        match change {
            SetStage::Open(dialog) => self.dialog = Some(dialog),
            SetStage::Closed(dialog) => self.dialog = self.dialog.filter(|open| *open != dialog),
            SetStage::Rail(rail) => self.rail = rail,
            SetStage::Present(presenting) => {
                let by = if presenting == Presenting::Yes { Self::PRESENTED } else { -Self::PRESENTED };
                if presenting != self.presenting {
                    self.text = (self.text + by).clamp(Self::SMALLEST, Self::LARGEST);
                }
                self.presenting = presenting;
            }
            SetStage::Text(by) => self.text = (self.text + by).clamp(Self::SMALLEST, Self::LARGEST),
        }
        self
    }
}

impl Presenting {
    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Yes => Self::No,
        }
    }
}
