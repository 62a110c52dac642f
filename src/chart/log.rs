//! What Helm says on standard error while it works: kept as data, printed by whoever has a terminal.

use std::fmt;

use super::error::quoted;
use crate::value::format::is_printable;

/// How loud a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// `INFO`: what goes through Go's `log` package, warnings about values among it.
    Info,
    /// `WARN`
    Warn,
    /// `ERROR`
    Error,
}

/// One line. `Display` gives it as Helm prints it: `level=WARN msg="…" chart=web`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    /// How loud.
    pub level: Level,
    /// What.
    pub message: String,
    /// Further facts, by name.
    pub attributes: Vec<(&'static str, String)>,
}

/// The lines so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Log {
    lines: Vec<LogLine>,
}

/// A page of warnings is read by nobody; a hostile chart could produce millions.
const MAX_LINES: usize = 10_000;

impl Log {
    /// An empty log.
    pub fn new() -> Self {
        Self::default()
    }

    /// The lines, in order.
    pub fn lines(&self) -> &[LogLine] {
        &self.lines
    }

    /// Adds a line at level info.
    pub fn info(&mut self, message: impl Into<String>) {
        self.push(Level::Info, message.into(), Vec::new());
    }

    /// Adds a line at level info, with facts.
    pub fn info_with(&mut self, message: impl Into<String>, attributes: Vec<(&'static str, String)>) {
        self.push(Level::Info, message.into(), attributes);
    }

    /// Adds a line at level warn.
    pub fn warn(&mut self, message: impl Into<String>, attributes: Vec<(&'static str, String)>) {
        self.push(Level::Warn, message.into(), attributes);
    }

    /// Adds a line at level error.
    pub fn error(&mut self, message: impl Into<String>, attributes: Vec<(&'static str, String)>) {
        self.push(Level::Error, message.into(), attributes);
    }

    fn push(&mut self, level: Level, message: String, attributes: Vec<(&'static str, String)>) {
        if self.lines.len() < MAX_LINES {
            self.lines.push(LogLine { level, message, attributes });
        }
    }
}

impl fmt::Display for LogLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let level = match self.level {
            Level::Info => "INFO",
            Level::Warn => "WARN",
            Level::Error => "ERROR",
        };
        write!(f, "level={level} msg={}", attribute(&self.message))?;
        for (name, value) in &self.attributes {
            write!(f, " {name}={}", attribute(value))?;
        }
        Ok(())
    }
}

/// Go's `slog.TextHandler` quotes what is empty or holds spaces, quotes, equal signs or unprintable characters.
fn attribute(text: &str) -> String {
    let plain = |c: char| !matches!(c, ' ' | '"' | '=' | '\u{fffd}') && (is_printable(c) || c == '\u{7f}');
    if !text.is_empty() && text.chars().all(plain) { text.to_owned() } else { quoted(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_look_as_helm_prints_them() {
        let mut log = Log::new();
        log.warn("returned non-bool value", vec![("tag", "t1".into()), ("chart", "a b".into())]);
        log.info("x");
        let lines: Vec<_> = log.lines().iter().map(ToString::to_string).collect();
        assert_eq!(lines, ["level=WARN msg=\"returned non-bool value\" tag=t1 chart=\"a b\"", "level=INFO msg=x"]);
    }
}
