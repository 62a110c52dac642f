//! Paths of files inside a chart.

use std::fmt;
use std::rc::Rc;

use serde::{Deserialize, Serialize};

/// The path of a file, from the chart's own folder, with forward slashes: `templates/service.yaml`. Never empty,
/// never absolute. Upwards only to a file [`beside`](Self::beside) the chart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FilePath(Rc<str>);

/// How the path of a file beside the chart begins.
const BESIDE: &str = "../";

/// Why a text is no path of a chart's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathError {
    /// No name at all, or one that ends in a slash.
    Empty,
    /// Longer than [`FilePath::LONGEST`].
    TooLong,
    /// It leads out of the chart, or contains what no file name contains.
    Unfit,
}

impl FilePath {
    /// Bytes a path may have.
    pub const LONGEST: usize = 512;

    /// Reads a path.
    pub fn parse(text: &str) -> Result<Self, PathError> {
        if text.is_empty() || text.ends_with('/') {
            return Err(PathError::Empty);
        }
        if text.len() > Self::LONGEST {
            return Err(PathError::TooLong);
        }
        let unfit = text.chars().any(|c| c.is_control() || c == '\\') || text.split('/').any(is_unfit);
        if unfit { Err(PathError::Unfit) } else { Ok(Self(text.into())) }
    }

    /// The path of a file beside the chart, which is no part of it: `../values-prod.yaml`. So one calls it from the
    /// chart's own folder.
    pub fn beside(name: &str) -> Result<Self, PathError> {
        if name.contains('/') {
            return Err(PathError::Unfit);
        }
        Self::parse(name).map(|path| Self(format!("{BESIDE}{path}").into()))
    }

    /// Reads the path of a file in the chart or beside it.
    pub fn read(text: &str) -> Result<Self, PathError> {
        text.strip_prefix(BESIDE).map_or_else(|| Self::parse(text), Self::beside)
    }

    /// Whether the file is beside the chart, not in it.
    pub fn is_beside(&self) -> bool {
        self.0.starts_with(BESIDE)
    }

    /// Whether the page shows the file among the values: the chart's own, or one beside the chart.
    pub fn is_values(&self) -> bool {
        *self == Self::values() || self.is_beside()
    }

    /// The path of the chart's own values.
    pub fn values() -> Self {
        Self("values.yaml".into())
    }

    /// The text of the path.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name without its folders.
    pub fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// What stands behind the last dot of the name; empty where there is no dot.
    pub fn extension(&self) -> &str {
        self.name().rsplit_once('.').map_or("", |(_, extension)| extension)
    }

    /// The folders, with a slash at the end; empty for a file beside `Chart.yaml`.
    pub fn folder(&self) -> &str {
        self.0.strip_suffix(self.name()).unwrap_or_default()
    }

    /// Whether Helm executes the file as a template (of the chart or of a subchart), helpers included.
    pub fn is_template(&self) -> bool {
        self.0.starts_with("templates/") || (self.0.starts_with("charts/") && self.0.contains("/templates/"))
    }
}

fn is_unfit(segment: &str) -> bool {
    matches!(segment, "" | "." | "..")
}

impl fmt::Display for FilePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "a file needs a name",
            Self::TooLong => "the path is too long",
            Self::Unfit => "the path leads out of the chart or contains characters no file name has",
        })
    }
}

impl TryFrom<String> for FilePath {
    type Error = PathError;

    fn try_from(text: String) -> Result<Self, PathError> {
        Self::read(&text)
    }
}

impl From<FilePath> for String {
    fn from(path: FilePath) -> Self {
        path.0.as_ref().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_stays_inside_its_chart() {
        for fit in ["Chart.yaml", "templates/_x.tpl", "charts/a/templates/..b", ".helmignore", "templates/é.yaml"] {
            assert_eq!(FilePath::parse(fit).map(|path| path.to_string()), Ok(fit.to_owned()));
        }
        for unfit in ["/etc/passwd", "../x", "a/../b", "a//b", "./a", "a\\b", "a\nb", "a\0"] {
            assert_eq!(FilePath::parse(unfit), Err(PathError::Unfit), "{unfit:?}");
        }
        let beside = FilePath::beside("prod.yaml").unwrap();
        assert_eq!((beside.as_str(), beside.name(), beside.is_beside()), ("../prod.yaml", "prod.yaml", true));
        assert_eq!(FilePath::read("../prod.yaml"), Ok(beside));
        for unfit in ["../../x", "../a/b", "../.."] {
            assert_eq!(FilePath::read(unfit), Err(PathError::Unfit), "{unfit:?}");
        }
        assert_eq!(FilePath::parse(""), Err(PathError::Empty));
        assert_eq!(FilePath::parse("templates/"), Err(PathError::Empty));
        assert_eq!(FilePath::parse(&"x".repeat(513)), Err(PathError::TooLong));
    }

    #[test]
    fn a_path_knows_its_name_and_folder() {
        let path = FilePath::parse("charts/lib/templates/_x.tpl").unwrap();
        assert_eq!((path.folder(), path.name(), path.is_template()), ("charts/lib/templates/", "_x.tpl", true));
        let values = FilePath::values();
        assert_eq!((values.folder(), values.name(), values.is_template()), ("", "values.yaml", false));
    }
}
