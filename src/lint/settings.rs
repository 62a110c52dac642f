//! `.chartroom.yaml`, and kube-linter's `.kube-linter.yaml`: which rules run, how bad they are, which files are left
//! alone.
//!
//! ```yaml
//! rules:
//!   no-liveness-probe: error     # error, warning, info; on, off
//! disabled: [docker-sock]
//! ignore-paths: ["templates/tests/**"]
//! ```
//!
//! Of kube-linter's configuration `checks` is read, as far as rules of ours look at what its checks look at; custom
//! checks are left out. Who reads the YAML is the caller's: on the command line another crate than on the page.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Activation, Config, IgnoredPath, Peer, RULES, nearest_rule, rule, rules_named};
use crate::source::Severity;

/// The names of these files; of each kind the first one counts, and ours over kube-linter's.
pub const SETTINGS_FILES: [&str; 4] = [".kube-linter.yaml", ".kube-linter.yml", ".chartroom.yaml", ".chartroom.yml"];

/// What such a file holds.
#[derive(Debug)]
pub enum LintSettings {
    /// In `.chartroom.yaml`.
    Own(Own),
    /// In `.kube-linter.yaml`.
    KubeLinter(KubeLinter),
}

/// Our own file.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Own {
    rules: BTreeMap<String, Setting>,
    disabled: Vec<String>,
    #[serde(alias = "ignorePaths")]
    ignore_paths: Vec<String>,
}

/// What is said of a rule.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Setting {
    /// `true`, `false`
    Switch(bool),
    /// A word.
    Word(String),
}

/// kube-linter's file.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct KubeLinter {
    checks: Checks,
    custom_checks: Vec<serde::de::IgnoredAny>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Checks {
    add_all_built_in: bool,
    do_not_auto_add_defaults: bool,
    include: Vec<String>,
    exclude: Vec<String>,
    ignore_paths: Vec<String>,
}

impl LintSettings {
    /// Tells the linter what stands in the file of that name. Gives back what is to be noted; the error is the
    /// sentence to print.
    pub fn tell(self, name: &str, config: &mut Config) -> Result<Vec<String>, String> {
        match self {
            Self::Own(own) => own.tell(name, config),
            Self::KubeLinter(theirs) => Ok(theirs.tell(name, config)),
        }
    }
}

impl Own {
    fn tell(self, name: &str, config: &mut Config) -> Result<Vec<String>, String> {
        let mut notes = Vec::new();
        let disabled = self.disabled.into_iter().map(|id| (id, Setting::Switch(false)));
        for (id, setting) in self.rules.into_iter().chain(disabled) {
            if rule(&id).is_none() {
                let meant = nearest_rule(&id).map(|rule| format!("; did you mean `{}`?", rule.id));
                notes.push(format!("{name}: there is no rule `{id}`{}", meant.unwrap_or_default()));
                continue;
            }
            let (activation, level) = setting
                .read()
                .map_err(|word| format!("{name}: rule `{id}` is one of on, off, info, warning, error, not `{word}`"))?;
            config.activation.insert(id.clone(), activation);
            if let Some(level) = level {
                config.levels.insert(id, level);
            }
        }
        ignore(name, self.ignore_paths, config);
        Ok(notes)
    }
}

impl KubeLinter {
    fn tell(self, name: &str, config: &mut Config) -> Vec<String> {
        let Self { checks, custom_checks } = self;
        let mut set = |id: &str, activation| {
            config.activation.insert(id.to_owned(), activation);
        };
        if checks.add_all_built_in {
            Peer::KubeLinter.all_rules().for_each(|id| set(id, Activation::On));
        } else if checks.do_not_auto_add_defaults {
            for rule in RULES {
                set(rule.id, Activation::Off);
            }
        }
        for (list, activation) in [(&checks.include, Activation::On), (&checks.exclude, Activation::Off)] {
            for check in list {
                for id in rules_named(check) {
                    set(id, activation);
                }
            }
        }
        ignore(name, checks.ignore_paths, config);
        let is_left_out = !custom_checks.is_empty();
        is_left_out.then(|| format!("{name}: customChecks are left out")).into_iter().collect()
    }
}

fn ignore(name: &str, patterns: Vec<String>, config: &mut Config) {
    let ignored = |pattern| IgnoredPath { pattern, reason: format!("ignored by {name}") };
    config.ignored.extend(patterns.into_iter().map(ignored));
}

impl Setting {
    /// Whether the rule runs, and how bad it is where that is said; the word that says neither.
    fn read(self) -> Result<(Activation, Option<Severity>), String> {
        let level = |severity| Ok((Activation::On, Some(severity)));
        match self {
            Self::Switch(true) => Ok((Activation::On, None)),
            Self::Switch(false) => Ok((Activation::Off, None)),
            Self::Word(word) => match word.as_str() {
                "on" => Ok((Activation::On, None)),
                "off" => Ok((Activation::Off, None)),
                "info" => level(Severity::Note),
                "warning" => level(Severity::Warning),
                "error" => level(Severity::Error),
                _ => Err(word),
            },
        }
    }
}
