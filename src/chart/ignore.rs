//! `.helmignore`: which files of a directory are not part of the chart.
//!
//! Not git's rules: the first rule that matches decides, and `!x` ignores everything that doesn't match `x`.

use super::path_match::PathPattern;
use super::{Error, ErrorKind};

/// The rules of one directory.
#[derive(Clone, Debug)]
pub(super) struct Rules {
    rules: Vec<Rule>,
}

#[derive(Clone, Debug)]
struct Rule {
    pattern: PathPattern,
    /// Whether the pattern is for the whole path, or for the last name in it.
    whole_path: bool,
    negated: bool,
    directories_only: bool,
}

/// What a path leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    File,
    Directory,
}

impl Rules {
    /// No rules but Helm's own: files in `templates/` that begin with a dot are ignored.
    pub(super) fn defaults() -> Self {
        let mut rules = Self { rules: Vec::new() };
        rules.add_defaults();
        rules
    }

    /// Reads a `.helmignore`; Helm's own rule comes after.
    pub(super) fn parse(data: &[u8]) -> Result<Self, Error> {
        let data = data.strip_prefix(b"\xef\xbb\xbf").unwrap_or(data);
        let mut rules = Self { rules: Vec::new() };
        for line in String::from_utf8_lossy(data).lines() {
            rules.rules.extend(parse_rule(line.trim())?);
        }
        rules.add_defaults();
        Ok(rules)
    }

    fn add_defaults(&mut self) {
        self.rules.extend(parse_rule("templates/.?*").ok().flatten());
    }

    /// Whether a file is ignored, by itself or for one of the directories it stands in.
    pub(super) fn ignores_file(&self, path: &str) -> bool {
        let directories = path.match_indices('/').filter_map(|(end, _)| path.get(..end));
        directories.into_iter().any(|directory| self.ignores(directory, Target::Directory))
            || self.ignores(path, Target::File)
    }

    /// Whether this very path is ignored.
    pub(super) fn ignores(&self, path: &str, target: Target) -> bool {
        for rule in &self.rules {
            let wrong_kind = rule.directories_only && target == Target::File;
            let matches = !wrong_kind && rule.matches(path);
            match (rule.negated, matches) {
                (true, true) | (false, false) => {}
                (true, false) | (false, true) => return true,
            }
        }
        false
    }
}

impl Rule {
    fn matches(&self, path: &str) -> bool {
        let subject = if self.whole_path { path } else { path.rsplit('/').next().unwrap_or(path) };
        self.pattern.matches(subject)
    }
}

fn parse_rule(rule: &str) -> Result<Option<Rule>, Error> {
    if rule.is_empty() || rule.starts_with('#') {
        return Ok(None);
    }
    let fault = |message: String| Error::from(ErrorKind::Ignore(message));
    if rule.contains("**") {
        return Err(fault("double-star (**) syntax is not supported".to_owned()));
    }
    PathPattern::parse(rule).map_err(|error| fault(error.to_string()))?;
    let (negated, rule) = rule.strip_prefix('!').map_or((false, rule), |rule| (true, rule));
    let (directories_only, rule) = rule.strip_suffix('/').map_or((false, rule), |rule| (true, rule));
    let whole_path = rule.contains('/');
    // What Helm can't compile after it took the marks off matches nothing.
    let pattern = PathPattern::parse(rule.strip_prefix('/').unwrap_or(rule));
    Ok(pattern.ok().map(|pattern| Rule { pattern, whole_path, negated, directories_only }))
}

/// What `.helmignore` names among the files of a chart that lies there as a folder.
#[derive(Clone, Debug)]
pub struct Ignored(Rules);

impl Ignored {
    /// As the chart's own `.helmignore` says. Without one there are Helm's own rules; where Helm can't read it nothing
    /// is ignored, and loading the chart says why.
    pub fn by(helmignore: Option<&[u8]>) -> Self {
        let rules = helmignore.map_or_else(|| Ok(Rules::defaults()), Rules::parse);
        Self(rules.unwrap_or(Rules { rules: Vec::new() }))
    }

    /// Whether a file is ignored.
    pub fn names(&self, path: &str) -> bool {
        self.0.ignores_file(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept<'a>(rules: &str, paths: &[&'a str]) -> Vec<&'a str> {
        let rules = Rules::parse(rules.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
        paths.iter().copied().filter(|path| !rules.ignores_file(path)).collect()
    }

    #[test]
    fn rules_are_read_as_helm_reads_them() {
        let paths = ["Chart.yaml", "a.txt", "d/a.txt", "d/e/b", "templates/.x", "templates/sub/.x"];
        for (rules, want) in [
            ("", &["Chart.yaml", "a.txt", "d/a.txt", "d/e/b", "templates/sub/.x"][..]),
            ("# c\n*.txt", &["Chart.yaml", "d/e/b", "templates/sub/.x"]),
            ("/a.txt", &["Chart.yaml", "d/a.txt", "d/e/b", "templates/sub/.x"]),
            ("d/", &["Chart.yaml", "a.txt", "templates/sub/.x"]),
            ("d/*.txt", &["Chart.yaml", "a.txt", "d/e/b", "templates/sub/.x"]),
            ("!Chart.yaml", &["Chart.yaml"]),
            ("\u{feff}e/\r\n", &["Chart.yaml", "a.txt", "d/a.txt", "templates/sub/.x"]),
            ("*", &[]),
        ] {
            assert_eq!(kept(rules, &paths), want, "{rules:?}");
        }
    }

    #[test]
    fn what_helm_refuses_is_refused() {
        for (rules, want) in [("**/x", "double-star (**) syntax is not supported"), ("[", "syntax error in pattern")] {
            assert_eq!(Rules::parse(rules.as_bytes()).map(|_| ()).map_err(|error| error.to_string()), Err(want.into()));
        }
    }
}
