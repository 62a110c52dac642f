//! Floor 0. Which Helm is followed. (std only)
//!
//! Everything follows Helm 4 unless it is told to follow Helm 3. What differs between the two is decided where it
//! shows: in the words of an error, in what becomes of a null, in the functions that templates know.

use std::fmt;
use std::str::FromStr;

/// A generation of Helm.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Helm {
    /// 3.17, built with Go 1.23.
    Three,
    /// 4.2.3, built with Go 1.26.
    #[default]
    Four,
}

impl Helm {
    /// All of them, the newest first.
    pub const ALL: [Self; 2] = [Self::Four, Self::Three];

    /// Whether it is Helm 3.
    pub fn is_three(self) -> bool {
        self == Self::Three
    }

    /// The release that is followed.
    pub fn release(self) -> &'static str {
        match self {
            Self::Three => "3.17",
            Self::Four => "4.2.3",
        }
    }
}

impl fmt::Display for Helm {
    /// The number alone.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Three => "3",
            Self::Four => "4",
        })
    }
}

impl FromStr for Helm {
    type Err = String;

    /// Reads `3`, `4`, and the releases themselves, with or without a `v`.
    fn from_str(text: &str) -> Result<Self, String> {
        match text.strip_prefix('v').unwrap_or(text) {
            "3" | "3.17" => Ok(Self::Three),
            "4" | "4.2" | "4.2.3" => Ok(Self::Four),
            _ => Err(format!("3 and 4 can be followed, not `{text}`")),
        }
    }
}
