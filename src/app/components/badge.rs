//! Letter badges beside lines: position and letter first, colour second.

use std::rc::Rc;

/// A badge beside a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineBadge {
    /// The line, from 1.
    pub line: u32,
    /// The letter, and for the twenty-third and later keys a number behind it.
    pub letter: Rc<str>,
    /// Its colour, by the name of a class.
    pub hue: &'static str,
    /// What it stands for.
    pub words: Rc<str>,
}

/// The colours of values. They repeat: colour is the second channel.
pub const HUES: [&str; 8] = ["hue-0", "hue-1", "hue-2", "hue-3", "hue-4", "hue-5", "hue-6", "hue-7"];
