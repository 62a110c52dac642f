//! What can be wrong with a link.

use std::fmt;

use super::{MOST_BYTES, MOST_FILES};

/// Why a link can't be read or written. Its `Display` is the sentence shown, without a full stop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkError {
    /// Its end is missing. Characters behind the `#`; unknown where not even the length arrived.
    CutOff {
        /// How many there should be.
        expected: Option<usize>,
        /// How many there are.
        got: usize,
    },
    /// Characters were changed or added on the way.
    Altered,
    /// It unpacks to more than a link may hold.
    TooLarge,
    /// It holds more files than a link may.
    TooManyFiles(usize),
    /// It names a file that can't be in a chart.
    UnfitPath(String),
    /// It was made by a newer page.
    UnknownVersion(String),
    /// This version has no such kind of link.
    UnknownKind(String),
    /// It was made by a newer page, with words that this one doesn't know.
    UnknownDictionary,
    /// The sample that it changes is not what it was when the link was made, or not there at all.
    OtherSample(String),
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CutOff { expected: Some(expected), got } => {
                write!(f, "This link is cut off (expected {expected} characters, got {got})")
            }
            Self::CutOff { expected: None, got } => write!(f, "This link is cut off (only {got} characters arrived)"),
            Self::Altered => f.write_str("This link was altered on its way: its checksum does not match"),
            Self::TooLarge => {
                write!(f, "This chart is too large for a link (at most {} MB, unpacked)", MOST_BYTES >> 20)
            }
            Self::TooManyFiles(count) => {
                write!(f, "This chart has too many files for a link ({count}, at most {MOST_FILES})")
            }
            Self::UnfitPath(path) => write!(f, "This link names a file that can't be in a chart: {path:?}"),
            Self::UnknownVersion(version) => {
                write!(f, "This link is of version {version}, which this page does not know yet; reload the page")
            }
            Self::UnknownDictionary => f.write_str("This link was made by a newer page; reload this one"),
            Self::OtherSample(sample) => {
                write!(
                    f,
                    "This link holds changes to the sample {sample:?}, which this page does not have as it was then"
                )
            }
            Self::UnknownKind(kind) => write!(f, "This link is of a kind that this page does not know: {kind:?}"),
        }
    }
}

impl std::error::Error for LinkError {}
