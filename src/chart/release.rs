//! The release: what templates see as `.Release`, and which names it may have.

use super::error::quoted;
use super::{Error, ErrorKind, Log};
use crate::value::{Map, Value};

/// The release that is rendered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// Its name.
    pub name: String,
    /// Where it goes.
    pub namespace: String,
    /// Counts its installs and upgrades, from 1.
    pub revision: i64,
    /// What is done.
    pub operation: Operation,
}

/// What is done with a release.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Operation {
    /// `helm install`, and `helm template`.
    #[default]
    Install,
    /// `helm upgrade`, and `helm template --is-upgrade`.
    Upgrade,
    /// `helm lint`, which does neither.
    Lint,
}

impl Default for Release {
    /// What `helm template CHART` takes.
    fn default() -> Self {
        let [name, namespace] = ["release-name", "default"].map(str::to_owned);
        Self { name, namespace, revision: 1, operation: Operation::Install }
    }
}

impl Release {
    /// What `helm lint` takes.
    pub fn for_lint() -> Self {
        Self { name: "test-release".to_owned(), revision: 0, operation: Operation::Lint, ..Self::default() }
    }

    /// The map that is `.Release`.
    pub fn to_map(&self) -> Map {
        [
            ("Name", Value::from(self.name.as_str())),
            ("Namespace", self.namespace.as_str().into()),
            ("IsUpgrade", (self.operation == Operation::Upgrade).into()),
            ("IsInstall", (self.operation == Operation::Install).into()),
            ("Revision", Value::int(self.revision)),
            ("Service", "Helm".into()),
        ]
        .into_iter()
        .collect()
    }
}

/// The longest release name.
const MAX_LENGTH: usize = 53;

/// Whether a release may have this name.
pub fn check_release_name(name: &str, log: &mut Log) -> Result<(), Error> {
    let cause = if name.is_empty() {
        "no name provided".to_owned()
    } else if name.len() > MAX_LENGTH || !name.split('.').all(is_label) {
        const PATTERN: &str = r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";
        format!("invalid release name, must match regex {PATTERN} and the length must not be longer than {MAX_LENGTH}")
    } else {
        return Ok(());
    };
    let message = format!("release name {}: {cause}", quoted(name));
    log.error("release name check failed", vec![("error", message.clone())]);
    Err(ErrorKind::ReleaseName(message, log.helm()).into())
}

fn is_label(label: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    label.starts_with(plain) && label.ends_with(plain) && label.chars().all(|c| plain(c) || c == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_checked() {
        let long = "a".repeat(54);
        for name in ["Foo", "a_b", "-a", "a-", "a..b", long.as_str()] {
            let message = check_release_name(name, &mut Log::new()).map_err(|error| error.to_string());
            let want = format!(
                "release name check failed: release name \"{name}\": invalid release name, must match regex \
                 ^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$ and the length must not be longer \
                 than 53"
            );
            assert_eq!(message, Err(want));
        }
        assert!(check_release_name("a.b-c.0", &mut Log::new()).is_ok());
    }
}
