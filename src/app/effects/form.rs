//! The formats of the linter's report, as the page offers them.

/// A format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// For a terminal.
    Text,
    /// An array of findings.
    Json,
    /// SARIF 2.1.0.
    Sarif,
    /// The XML that build servers read.
    Junit,
    /// For a comment at a pull request.
    Markdown,
    /// One page that needs nothing else.
    Html,
}

impl Form {
    /// Its name, as on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
            Self::Sarif => "sarif",
            Self::Junit => "junit",
            Self::Markdown => "markdown",
            Self::Html => "html",
        }
    }

    /// What names of such files end in.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Json => "json",
            Self::Sarif => "sarif",
            Self::Junit => "xml",
            Self::Markdown => "md",
            Self::Html => "html",
        }
    }

    /// Whether it comes from templates, which only the worker with minijinja can fill.
    pub fn needs_templates(self) -> bool {
        matches!(self, Self::Junit | Self::Markdown | Self::Html)
    }
}
