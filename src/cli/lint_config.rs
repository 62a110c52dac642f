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
//! checks are left out.

use std::collections::BTreeMap;
use std::fs;

use serde::Deserialize;

use super::terminal::Terminal;
use crate::lint::{self, Activation, Config, IgnoredPath, Peer, RULES};
use crate::source::Severity;

/// Our own file.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct Own {
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
struct KubeLinter {
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

const OWN: [&str; 2] = [".chartroom.yaml", ".chartroom.yml"];
const KUBE_LINTER: [&str; 2] = [".kube-linter.yaml", ".kube-linter.yml"];

/// Reads the configuration that is named, or those in the folders (`""` is where we are), the first of each kind. The
/// error is the sentence to print.
pub fn read(
    named: Option<&str>,
    folders: &[String],
    config: &mut Config,
    terminal: &mut Terminal,
) -> Result<(), String> {
    if let Some(name) = named {
        let text = fs::read_to_string(terminal.path(name)).map_err(|error| format!("{name}: {error}"))?;
        let read = if is_kube_linter(name, &text) { kube_linter } else { own };
        return read(name, &text, config, terminal);
    }
    if let Some((name, text)) = find(&KUBE_LINTER, folders, terminal) {
        kube_linter(&name, &text, config, terminal)?;
    }
    if let Some((name, text)) = find(&OWN, folders, terminal) {
        own(&name, &text, config, terminal)?;
    }
    Ok(())
}

/// By its name or, whatever its name, by its first words.
fn is_kube_linter(name: &str, text: &str) -> bool {
    KUBE_LINTER.iter().any(|known| name.ends_with(known))
        || text.lines().any(|line| line.starts_with("checks:") || line.starts_with("customChecks:"))
}

fn find(names: &[&str], folders: &[String], terminal: &Terminal) -> Option<(String, String)> {
    let paths = folders.iter().flat_map(|folder| {
        let folder = folder.trim_end_matches('/');
        names.iter().map(move |name| if folder.is_empty() { (*name).to_owned() } else { format!("{folder}/{name}") })
    });
    paths.into_iter().find_map(|path| Some((path.clone(), fs::read_to_string(terminal.path(&path)).ok()?)))
}

fn own(name: &str, text: &str, config: &mut Config, terminal: &mut Terminal) -> Result<(), String> {
    let Own { rules, disabled, ignore_paths } = parse(name, text)?;
    let settings = rules.into_iter().chain(disabled.into_iter().map(|id| (id, Setting::Switch(false))));
    for (id, setting) in settings {
        if lint::rule(&id).is_none() {
            let meant = lint::nearest_rule(&id).map(|rule| format!("; did you mean `{}`?", rule.id));
            terminal.note(&format!("{name}: there is no rule `{id}`{}", meant.unwrap_or_default()));
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
    ignore(name, ignore_paths, config);
    Ok(())
}

fn kube_linter(name: &str, text: &str, config: &mut Config, terminal: &mut Terminal) -> Result<(), String> {
    let KubeLinter { checks, custom_checks } = parse(name, text)?;
    if !custom_checks.is_empty() {
        terminal.note(&format!("{name}: customChecks are left out"));
    }
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
            for id in lint::rules_named(check) {
                set(id, activation);
            }
        }
    }
    ignore(name, checks.ignore_paths, config);
    Ok(())
}

fn ignore(name: &str, patterns: Vec<String>, config: &mut Config) {
    let ignored = |pattern| IgnoredPath { pattern, reason: format!("ignored by {name}") };
    config.ignored.extend(patterns.into_iter().map(ignored));
}

/// An empty file says nothing, and that is no fault.
fn parse<T: Default + serde::de::DeserializeOwned>(name: &str, text: &str) -> Result<T, String> {
    let parsed: Option<T> = serde_yaml::from_str(text).map_err(|error| format!("{name}: {error}"))?;
    Ok(parsed.unwrap_or_default())
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
