//! What Helm says on standard error while it works: kept as data, printed by whoever has a terminal.

use std::fmt;

use super::error::quoted;
use crate::helm::Helm;
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
    /// The whole line as Helm 3 prints it, where that is followed: the place in Helm's sources, and a sentence.
    pub three: Option<String>,
}

/// The lines so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Log {
    lines: Vec<LogLine>,
    helm: Helm,
}

/// A page of warnings is read by nobody; a hostile chart could produce millions.
const MAX_LINES: usize = 10_000;

impl Log {
    /// An empty log of Helm 4's.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty log of this Helm's. Who loads a chart into it follows that Helm.
    pub fn of(helm: Helm) -> Self {
        Self { lines: Vec::new(), helm }
    }

    /// The Helm that is followed.
    pub fn helm(&self) -> Helm {
        self.helm
    }

    /// The lines, in order.
    pub fn lines(&self) -> &[LogLine] {
        &self.lines
    }

    /// Adds a line at level info, which both Helms say in the same words; `place` is where Helm 3 does.
    pub fn info(&mut self, place: &str, message: impl Into<String>) {
        let message = message.into();
        let three = format!("{place}: {message}");
        self.push(Level::Info, message, Vec::new(), three);
    }

    /// Adds a line at level info, with facts; `three` is Helm 3's line.
    pub fn info_with(&mut self, message: &str, attributes: Vec<(&'static str, String)>, three: String) {
        self.push(Level::Info, message.to_owned(), attributes, three);
    }

    /// Adds a line at level warn; `three` is Helm 3's line.
    pub fn warn(&mut self, message: &str, attributes: Vec<(&'static str, String)>, three: String) {
        self.push(Level::Warn, message.to_owned(), attributes, three);
    }

    /// Adds a line at level error. Helm 3 has none such.
    pub fn error(&mut self, message: &str, attributes: Vec<(&'static str, String)>) {
        if !self.helm.is_three() {
            self.push(Level::Error, message.to_owned(), attributes, String::new());
        }
    }

    /// Adds the line about a document that is left out, for no event of that name is known.
    pub fn skipped_hook(&mut self, events: String) {
        let three = format!("manifest_sorter.go:190: info: skipping unknown hook: {}", quoted(&events));
        self.info_with("skipping unknown hooks", vec![("hookTypes", events)], three);
    }

    fn push(&mut self, level: Level, message: String, attributes: Vec<(&'static str, String)>, three: String) {
        if self.lines.len() < MAX_LINES {
            let three = Some(three).filter(|_| self.helm.is_three());
            self.lines.push(LogLine { level, message, attributes, three });
        }
    }
}

impl fmt::Display for LogLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = &self.three {
            return f.write_str(line);
        }
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
        log.warn("returned non-bool value", vec![("tag", "t1".into()), ("chart", "a b".into())], String::new());
        log.info("a.go:1", "x");
        let lines: Vec<_> = log.lines().iter().map(ToString::to_string).collect();
        assert_eq!(lines, ["level=WARN msg=\"returned non-bool value\" tag=t1 chart=\"a b\"", "level=INFO msg=x"]);
        let mut log = Log::of(Helm::Three);
        log.info("a.go:1", "x");
        log.error("only Helm 4 says so", Vec::new());
        let lines: Vec<_> = log.lines().iter().map(ToString::to_string).collect();
        assert_eq!(lines, ["a.go:1: x"]);
    }
}
