//! Hooks: documents that Helm applies at an event instead of with the others.

use std::fmt;

use super::Head;

/// The annotation that makes a document a hook, and those that say more of it.
const EVENTS: &str = "helm.sh/hook";
const WEIGHT: &str = "helm.sh/hook-weight";
const DELETE_POLICY: &str = "helm.sh/hook-delete-policy";
const OUTPUT_LOG_POLICY: &str = "helm.sh/hook-output-log-policy";

/// When a hook runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum HookEvent {
    /// Before anything of the release is created.
    PreInstall,
    /// After everything of the release is created.
    PostInstall,
    /// Before anything is deleted.
    PreDelete,
    /// After everything is deleted.
    PostDelete,
    /// Before an upgrade changes anything.
    PreUpgrade,
    /// After an upgrade.
    PostUpgrade,
    /// Before a rollback changes anything.
    PreRollback,
    /// After a rollback.
    PostRollback,
    /// On `helm test`.
    Test,
}

impl HookEvent {
    /// The event of that name. `test-success` is what Helm 2 called `test`.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "pre-install" => Self::PreInstall,
            "post-install" => Self::PostInstall,
            "pre-delete" => Self::PreDelete,
            "post-delete" => Self::PostDelete,
            "pre-upgrade" => Self::PreUpgrade,
            "post-upgrade" => Self::PostUpgrade,
            "pre-rollback" => Self::PreRollback,
            "post-rollback" => Self::PostRollback,
            "test" | "test-success" => Self::Test,
            _ => return None,
        })
    }
}

impl fmt::Display for HookEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::PreInstall => "pre-install",
            Self::PostInstall => "post-install",
            Self::PreDelete => "pre-delete",
            Self::PostDelete => "post-delete",
            Self::PreUpgrade => "pre-upgrade",
            Self::PostUpgrade => "post-upgrade",
            Self::PreRollback => "pre-rollback",
            Self::PostRollback => "post-rollback",
            Self::Test => "test",
        })
    }
}

/// What the annotations of a hook say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hook {
    /// When it runs.
    pub events: Vec<HookEvent>,
    /// Hooks of one event run from the lightest to the heaviest. 0 where it isn't a number.
    pub weight: i64,
    /// When it is deleted, as written.
    pub delete_policies: Vec<String>,
    /// When its logs are shown, as written.
    pub output_log_policies: Vec<String>,
}

impl Hook {
    /// Reads the annotations: `Ok(None)` where the document is no hook; the error is the text that names no event,
    /// for Helm drops such a document.
    pub fn read(head: &Head) -> Result<Option<Self>, String> {
        let Some(written) = head.annotations.get(EVENTS) else { return Ok(None) };
        let events = words(written).map(|word| HookEvent::named(&word)).collect::<Option<_>>();
        Ok(Some(Self {
            events: events.ok_or_else(|| written.clone())?,
            weight: head.annotations.get(WEIGHT).and_then(|weight| weight.parse().ok()).unwrap_or(0),
            delete_policies: list(head, DELETE_POLICY),
            output_log_policies: list(head, OUTPUT_LOG_POLICY),
        }))
    }

    /// Whether it runs on `helm test`.
    pub fn is_test(&self) -> bool {
        self.events.contains(&HookEvent::Test)
    }
}

fn list(head: &Head, annotation: &str) -> Vec<String> {
    head.annotations.get(annotation).map(|written| words(written).collect()).unwrap_or_default()
}

fn words(written: &str) -> impl Iterator<Item = String> {
    written.split(',').map(|word| word.trim().to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(annotations: &[(&str, &str)]) -> Head {
        let annotations = annotations.iter().map(|&(key, value)| (key.into(), value.to_owned())).collect();
        Head { annotations, ..Head::default() }
    }

    #[test]
    fn events_and_weight_are_read_leniently() {
        let hook = Hook::read(&head(&[(EVENTS, "pre-install, Test-Success"), (WEIGHT, "heavy")])).unwrap().unwrap();
        assert_eq!((hook.events, hook.weight), (vec![HookEvent::PreInstall, HookEvent::Test], 0));
        let hook = Hook::read(&head(&[(EVENTS, "test"), (WEIGHT, "-5")])).unwrap().unwrap();
        assert_eq!(hook.weight, -5);
    }

    #[test]
    fn one_unknown_event_drops_the_document() {
        assert_eq!(Hook::read(&head(&[(EVENTS, "test,crd-install")])), Err("test,crd-install".to_owned()));
        assert_eq!(Hook::read(&head(&[(WEIGHT, "1")])), Ok(None));
    }
}
