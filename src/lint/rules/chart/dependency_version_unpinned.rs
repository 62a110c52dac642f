//! Any version of a dependency will do.

use super::dependencies::{field, place};
use crate::helm::Helm;
use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::semver::{Constraints, Version};
use crate::source::Severity;
use crate::value::Value;
use crate::yaml;

/// A dependency whose version has no upper bound.
pub static RULE: Rule = Rule {
    id: "dependency-version-unpinned",
    group: Group::Chart,
    severity: Severity::Note,
    activation: Activation::On,
    title: "dependency of any version",
    docs: Docs {
        what: "A dependency from a repository whose `version` is missing, `*`, or has no upper bound (`>=1.0.0`). \
               Where `Chart.lock` doesn't fit `Chart.yaml` any more it is a warning.",
        why: "The next `helm dependency update` may bring another major version, whose values are others. A lock that \
              doesn't fit makes `helm dependency build` fail.",
        fix: "Write `~1.2.0` or `^1.2.0`; run `helm dependency update` to renew the lock.",
    },
    bad: "\
-- Chart.yaml --
apiVersion: v2
name: web
version: 1.0.0
icon: https://example.com/web.svg
dependencies: [{name: db, version: \">=1.0.0\", repository: \"https://example.com/charts\"}]
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  a: \"1\"
-- charts/db/Chart.yaml --
apiVersion: v2
name: db
version: 1.0.0
",
    good: "\
-- Chart.yaml --
apiVersion: v2
name: web
version: 1.0.0
icon: https://example.com/web.svg
dependencies: [{name: db, version: \"^1.0.0\", repository: \"https://example.com/charts\"}]
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  a: \"1\"
-- charts/db/Chart.yaml --
apiVersion: v2
name: db
version: 1.0.0
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    let Some(manifest) = cx.manifest() else { return };
    let dependencies = manifest.items("dependencies");
    if dependencies.is_empty() {
        return;
    }
    let locked = locked(cx);
    for (at, item) in dependencies.iter().enumerate() {
        let (name, version) = (field(item, "name").unwrap_or_default(), field(item, "version").unwrap_or_default());
        let repository = field(item, "repository").unwrap_or_default();
        // What isn't fetched can't become another.
        if repository.is_empty() || repository.starts_with("file:") {
            continue;
        }
        if is_unbounded(&version) {
            let message = format!("any later version of `{name}` will do: an update may bring another major version");
            let fix = "write `~1.2.0` or `^1.2.0`, with the version that is meant".to_owned();
            report.in_file(place(manifest, at, "version"), RULE.severity, message, fix);
        }
        if let Some(message) = locked.as_ref().and_then(|locked| unfit(locked, &name, &version)) {
            let fix = "run `helm dependency update`".to_owned();
            report.in_file(place(manifest, at, "version"), Severity::Warning, message, fix);
        }
    }
}

/// What `Chart.lock` lists; `None` where there is none.
fn locked(cx: &Cx) -> Option<Vec<Value>> {
    let files = cx.scene()?.sources.files;
    let file = files.get(files.find(&format!("{}Chart.lock", cx.manifest()?.folder))?)?;
    let decoded = yaml::decode(&file.text).ok()?;
    let list = decoded.as_map()?.value("dependencies")?;
    Some(list.as_list()?.values().cloned().collect())
}

/// What is wrong with the lock for a dependency.
fn unfit(locked: &[Value], name: &str, wanted: &str) -> Option<String> {
    let mut own = locked.iter().filter(|item| field(item, "name").is_some_and(|own| own == name)).peekable();
    if own.peek().is_none() {
        return Some(format!("`Chart.lock` doesn't know `{name}`: `helm dependency build` fails"));
    }
    let constraints = Constraints::parse(wanted).ok()?;
    let versions: Vec<String> = own.filter_map(|item| field(item, "version")).collect();
    let fits = |version: &String| Version::parse(version).is_ok_and(|version| constraints.check(&version, Helm::Four));
    let version = versions.first().filter(|_| !versions.iter().any(fits))?;
    Some(format!(
        "`Chart.lock` has version {version} of `{name}`, which isn't `{wanted}`: `helm dependency build` fails"
    ))
}

/// Whether a range of versions goes on for ever.
fn is_unbounded(wanted: &str) -> bool {
    wanted.split("||").any(|range| {
        let range = range.trim();
        let is_any = matches!(range, "" | "*" | "x" | "X");
        is_any || range.contains('>') && !range.contains(['<', '^', '~']) && !range.contains(" - ")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_end_or_not() {
        for open in ["", "*", ">=1.0.0", "> 1", "1.x || >=3"] {
            assert!(is_unbounded(open), "{open}");
        }
        for bounded in ["1.0.0", "~1.2", "^1", "1.x", ">=1.0.0 <2.0.0", "1 - 2", ">=1, <2"] {
            assert!(!is_unbounded(bounded), "{bounded}");
        }
    }
}
