//! What a template may use up. A shared link is a stranger's program: it ends in time, with an error that says why.

use std::fmt;

/// The bounds of one rendering.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Steps: a node walked, an item looped over, a kilobyte built.
    pub steps: u64,
    /// Bytes of text built, intermediate texts included.
    pub bytes: u64,
    /// How deep templates may call templates (`template`, `include`, `tpl` together).
    pub depth: u32,
}

impl Default for Limits {
    /// Far beyond any public chart, yet reached within seconds.
    fn default() -> Self {
        Self { steps: 50_000_000, bytes: 512 << 20, depth: 10_000 }
    }
}

/// A bound that was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exhausted {
    /// Too many steps.
    Steps(u64),
    /// Too much text.
    Bytes(u64),
    /// Too deep.
    Depth(u32),
}

impl fmt::Display for Exhausted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Steps(n) => write!(f, "stopped after {n} steps"),
            Self::Bytes(n) => write!(f, "stopped after building {n} bytes of text"),
            Self::Depth(n) => write!(f, "stopped at {n} templates inside each other"),
        }
    }
}
