//! The formats, and their names on the command line.

/// How a report is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// For a terminal, as compilers write it.
    #[default]
    Text,
    /// An array of findings.
    Json,
    /// SARIF 2.1.0.
    Sarif,
    /// The XML that build servers read.
    #[cfg(any(not(target_arch = "wasm32"), feature = "jinja"))]
    Junit,
    /// For a comment at a pull request.
    #[cfg(any(not(target_arch = "wasm32"), feature = "jinja"))]
    Markdown,
    /// One page that needs nothing else.
    #[cfg(any(not(target_arch = "wasm32"), feature = "jinja"))]
    Html,
}

impl Format {
    /// All of them, by name.
    pub const ALL: &[(&str, Self)] = &[
        ("text", Self::Text),
        ("json", Self::Json),
        ("sarif", Self::Sarif),
        #[cfg(any(not(target_arch = "wasm32"), feature = "jinja"))]
        ("junit", Self::Junit),
        #[cfg(any(not(target_arch = "wasm32"), feature = "jinja"))]
        ("markdown", Self::Markdown),
        #[cfg(any(not(target_arch = "wasm32"), feature = "jinja"))]
        ("html", Self::Html),
    ];

    /// The format of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(other, _)| *other == name).map(|(_, format)| *format)
    }
}
