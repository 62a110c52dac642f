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
    /// How many blocks, parentheses and templates may stand in each other, all counted: what the stack holds.
    pub nesting: u32,
}

/// How deep Go lets `template` call templates.
const DEEPEST_IN_GO: u32 = 100_000;

impl Limits {
    /// Those of a thread with a gigabyte of stack: templates nest as deep as in Go.
    pub fn of_a_deep_stack() -> Self {
        Self { depth: DEEPEST_IN_GO, nesting: 220_000, ..Self::default() }
    }
}

impl Default for Limits {
    /// Far beyond any public chart, yet reached within seconds.
    ///
    /// An `include` costs two of `nesting`, which is some 2.4 KB of stack (6 KB without optimization). A native stack of
    /// 8 MB holds the thousand includes at which Helm itself gives up. Browsers give Wasm a megabyte, whatever the
    /// module asks for, and there some six hundred are the end.
    fn default() -> Self {
        let nesting = if cfg!(target_family = "wasm") { 1200 } else { 5000 };
        Self { steps: 50_000_000, bytes: 512 << 20, depth: 2500, nesting }
    }
}

/// A bound that was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exhausted {
    /// Too many steps.
    Steps(u64),
    /// Too much text.
    Bytes(u64),
    /// Too many templates in each other.
    Depth(u32),
    /// Too many blocks, parentheses and templates in each other.
    Nesting(u32),
}

impl fmt::Display for Exhausted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Steps(n) => write!(f, "stopped after {n} steps"),
            Self::Bytes(n) => write!(f, "stopped after building {n} bytes of text"),
            Self::Nesting(n) => write!(f, "stopped at {n} blocks, parentheses and templates inside each other"),
            Self::Depth(DEEPEST_IN_GO) => write!(f, "exceeded maximum template depth ({DEEPEST_IN_GO})"),
            Self::Depth(n) => write!(f, "stopped at {n} templates inside each other"),
        }
    }
}
