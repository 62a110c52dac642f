//! What is known of a rendering besides its objects: what it was made of, what became of it, and what it would be at
//! another time, or was before. Rules about templates and values look at this.

use super::Sources;
use crate::engine::{self, Document, Inputs, ValuesTable};
use crate::kube::Object;
use crate::source::{FileId, Files, Trace};

/// What a rendering was made of, and what else there is to hold it against.
#[derive(Clone, Debug, Default)]
pub struct Background {
    /// The chart and its values.
    pub inputs: Inputs,
    /// All values, and who reads them.
    pub table: ValuesTable,
    /// Why nothing is rendered, where that is so.
    pub failure: Option<engine::Error>,
    /// The documents of the same chart on another day and with other dice, where it asks for either.
    pub again: Option<Vec<Document>>,
    /// The objects of what is installed.
    pub baseline: Option<Vec<Object>>,
}

impl Background {
    /// What a rendering was made of. The trace is that of the rendering.
    pub fn of(inputs: Inputs, trace: &mut Trace, files: &Files) -> Self {
        let table = ValuesTable::of(&inputs, trace, files);
        Self { inputs, table, ..Self::default() }
    }
}

/// A rendering with its background.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// What is rendered, and the files it comes from.
    pub sources: &'a Sources<'a>,
    /// What it was made of.
    pub background: &'a Background,
}

impl Scene<'_> {
    /// Whether a file's values are the user's: not the charts' own.
    pub fn is_users(&self, file: FileId) -> bool {
        self.sources.values.contains(&file)
    }
}

/// Whether templates ask for randomness or for the time, so that they may print something else the next time.
pub fn may_change_by_itself(inputs: &Inputs, files: &Files) -> bool {
    let asks = |text: &[u8]| {
        let text = String::from_utf8_lossy(text);
        CHANGING.iter().any(|function| text.contains(function))
    };
    inputs.template_files().filter_map(|file| files.get(file)).any(|file| asks(&file.text))
}

/// What functions begin with that give something else each time.
const CHANGING: &[&str] = &[
    "rand",
    "shuffle",
    "uuidv4",
    "genPrivateKey",
    "genCA",
    "genSelfSignedCert",
    "genSignedCert",
    "now",
    "ago",
    "htpasswd",
    "bcrypt",
    "encryptAES",
    "date",
];
