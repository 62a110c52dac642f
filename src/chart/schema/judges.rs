//! What the validator asks of those who know: regular expressions, URLs and addresses, as Go's libraries see them.

/// Answers in Go's words.
#[derive(Clone, Copy, Debug)]
pub struct Judges {
    /// Whether an expression matches a text; nothing where that can't be told, which counts as a match.
    pub matches: fn(&str, &str) -> Option<bool>,
    /// Whether an expression is one.
    pub expression: fn(&str) -> Result<(), String>,
    /// Whether a text is a URL, and if so, whether it has a scheme.
    pub url: fn(&str) -> Result<bool, String>,
    /// Whether a text is an address of version 6.
    pub ipv6: fn(&str) -> Result<(), String>,
}
