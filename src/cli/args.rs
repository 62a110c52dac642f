//! The flags of `helm template`.
//!
//! Flags that concern a cluster or a registry and change nothing of what is printed are taken and ignored; those that
//! would change it, but need what isn't here, are refused.

use std::ffi::OsString;

use lexopt::{Arg, Parser, ValueExt};

use crate::chart::{Operation, Overrides};
use crate::engine::{Crds, Dialect, Hooks, PrintOptions, SchemaCheck};
use crate::helm::Helm;
use crate::value::time::parse_duration;

/// What was asked for.
#[derive(Clone, Debug, Default)]
pub struct TemplateArgs {
    /// Name and chart, or chart alone.
    pub operands: Vec<String>,
    /// `--values`
    pub value_files: Vec<String>,
    /// `--set` and its kin.
    pub overrides: Overrides,
    /// `--namespace`
    pub namespace: Option<String>,
    /// `--kube-version`
    pub kube_version: Option<String>,
    /// `--api-versions`
    pub api_versions: Vec<String>,
    /// `--name-template`
    pub name_template: String,
    /// `--generate-name`
    pub generate_name: bool,
    /// `--is-upgrade`
    pub operation: Operation,
    /// `--skip-schema-validation`
    pub schema: SchemaCheck,
    /// `--debug`
    pub debug: bool,
    /// `--no-hooks`, `--skip-tests`, `--include-crds`, `--show-only`
    pub print: PrintOptions,
    /// `--hide-notes`; means something to `install` only.
    pub notes: Notes,
    /// `--source-map`; means something to `template` only.
    pub source_map: Option<String>,
    /// `--no-jinja`
    pub dialect: Dialect,
    /// `--help`
    pub help: bool,
    /// `--helm`
    pub helm: Helm,
    /// `--output-dir`
    pub output_dir: OutputDir,
    /// `--dependency-update`
    pub dependencies: Dependencies,
    /// What Helm says on standard error about flags.
    pub warnings: Vec<String>,
    /// Flags that Helm 4 takes a word for, and that word.
    lenient: Vec<(&'static str, Option<String>)>,
    /// The first flag that Helm 3 doesn't know.
    new_in_four: Option<String>,
}

const WAIT: &str = "wait";
const DRY_RUN: &str = "dry-run";

/// Where the documents are written instead of standard output.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutputDir {
    /// The folder; nothing where they are printed.
    pub folder: Option<String>,
    /// `--release-name`: whether they go into a folder of the release's name in it.
    pub by_release: bool,
}

/// What happens to dependencies that are missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dependencies {
    /// They are an error.
    #[default]
    AsTheyAre,
    /// They would be downloaded.
    Updated,
}

/// Whether the notes are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Notes {
    /// Yes.
    #[default]
    Shown,
    /// `--hide-notes`
    Hidden,
}

/// Switches that change nothing here.
const IGNORED_SWITCHES: &[&str] = &[
    "atomic",
    "create-namespace",
    "devel",
    "disable-openapi-validation",
    "force",
    "force-conflicts",
    "force-replace",
    "insecure-skip-tls-verify",
    "kube-insecure-skip-tls-verify",
    "pass-credentials",
    "plain-http",
    "render-subchart-notes",
    "replace",
    "rollback-on-failure",
    "server-side",
    "skip-crds",
    "take-ownership",
    "wait-for-jobs",
];

/// Flags with a value that change nothing here.
const IGNORED_VALUES: &[&str] = &[
    "burst-limit",
    "ca-file",
    "cert-file",
    "color",
    "colour",
    "content-cache",
    "description",
    "key-file",
    "keyring",
    "kube-apiserver",
    "kube-as-group",
    "kube-as-user",
    "kube-ca-file",
    "kube-context",
    "kube-tls-server-name",
    "kube-token",
    "kubeconfig",
    "labels",
    "password",
    "qps",
    "registry-config",
    "repository-cache",
    "repository-config",
    "timeout",
    "username",
    "version",
];

/// Flags that Helm 3 doesn't know.
const NEW_IN_FOUR: &[&str] = &[
    "color",
    "colour",
    "content-cache",
    "force-conflicts",
    "force-replace",
    "post-renderer-args",
    "rollback-on-failure",
    "server-side",
];

/// Switches that need what isn't here, and why.
const REFUSED_SWITCHES: &[(&str, &str)] = &[
    ("validate", "there is no cluster to ask"),
    ("enable-dns", "no name is looked up"),
    ("verify", "signatures are not checked"),
];

/// Flags with a value that need what isn't here, and why.
const REFUSED_VALUES: &[(&str, &str)] = &[
    ("post-renderer", "no other program is run"),
    ("post-renderer-args", "no other program is run"),
    ("repo", "nothing is downloaded; run `helm pull` first"),
];

/// What is said where `--dependency-update` would have to download.
pub const NO_UPDATE: &str =
    "--dependency-update is not supported: nothing is downloaded; run `helm dependency update` first";

/// Reads the flags. The error is the sentence to print.
pub fn parse(args: Vec<OsString>) -> Result<TemplateArgs, String> {
    let mut parser = Parser::from_args(args);
    let mut parsed = TemplateArgs::default();
    while let Some(arg) = parser.next().map_err(|error| error.to_string())? {
        match arg {
            Arg::Value(operand) => parsed.operands.push(text(operand)?),
            Arg::Short(letter) => {
                let Some(name) = long_name(letter) else {
                    let rest = parser.optional_value().unwrap_or_default();
                    return Err(format!("unknown shorthand flag: '{letter}' in -{letter}{}", rest.to_string_lossy()));
                };
                parsed.flag(name, &format!("'{letter}' in -{letter}"), &mut parser)?;
            }
            Arg::Long(name) => {
                let name = name.to_owned();
                parsed.flag(&name, &format!("--{name}"), &mut parser)?;
            }
        }
    }
    match &parsed.new_in_four {
        Some(name) if parsed.helm.is_three() => return Err(format!("unknown flag: --{name}")),
        _ => {}
    }
    for (name, written) in std::mem::take(&mut parsed.lenient) {
        let warning = if name == WAIT { wait } else { dry_run };
        parsed.warnings.extend(warning(written.as_deref(), parsed.helm)?);
    }
    Ok(parsed)
}

fn long_name(letter: char) -> Option<&'static str> {
    Some(match letter {
        'a' => "api-versions",
        'f' => "values",
        'g' => "generate-name",
        'h' => "help",
        'l' => "labels",
        'n' => "namespace",
        's' => "show-only",
        _ => return None,
    })
}

impl TemplateArgs {
    /// Adds what further arguments say about values and versions; a chart among them takes the place of this one's.
    pub fn add(&mut self, more: Self) -> Result<(), String> {
        match (more.operands.as_slice(), self.operands.last_mut()) {
            ([], _) | (_, None) => {}
            ([chart], Some(own)) => own.clone_from(chart),
            _ => return Err(format!("one chart is expected, not {}", more.operands.join(" "))),
        }
        self.value_files.extend(more.value_files);
        self.overrides.set.extend(more.overrides.set);
        self.overrides.set_string.extend(more.overrides.set_string);
        self.overrides.set_json.extend(more.overrides.set_json);
        self.overrides.set_file.extend(more.overrides.set_file);
        self.overrides.set_literal.extend(more.overrides.set_literal);
        self.api_versions.extend(more.api_versions);
        self.kube_version = more.kube_version.or(self.kube_version.take());
        Ok(())
    }

    /// Takes a flag, which was written as `spelled`.
    fn flag(&mut self, name: &str, spelled: &str, parser: &mut Parser) -> Result<(), String> {
        let refused = |table: &[(&str, &'static str)]| table.iter().find(|(own, _)| *own == name).map(|(_, why)| *why);
        if let Some(why) = refused(REFUSED_SWITCHES) {
            let is_on = boolean(name, parser)?;
            return if is_on { Err(format!("--{name} is not supported: {why}")) } else { Ok(()) };
        }
        if let Some(why) = refused(REFUSED_VALUES) {
            value(spelled, parser)?;
            return Err(format!("--{name} is not supported: {why}"));
        }
        if NEW_IN_FOUR.contains(&name) {
            self.new_in_four.get_or_insert_with(|| name.to_owned());
        }
        if IGNORED_SWITCHES.contains(&name) {
            return boolean(name, parser).map(|_| ());
        }
        if let Some(name) = [WAIT, DRY_RUN].into_iter().find(|lenient| *lenient == name) {
            self.lenient.push((name, parser.optional_value().map(text).transpose()?));
            return Ok(());
        }
        if IGNORED_VALUES.contains(&name) {
            return value(spelled, parser).and_then(|text| checked(name, &text));
        }
        let known = self.switch(name, parser).or_else(|| self.valued(name, spelled, parser));
        known.unwrap_or_else(|| Err(format!("unknown flag: --{name}")))
    }

    /// Flags that are on or off.
    fn switch(&mut self, name: &str, parser: &mut Parser) -> Option<Result<(), String>> {
        const SWITCHES: [&str; 12] = [
            "debug",
            "dependency-update",
            "generate-name",
            "help",
            "hide-notes",
            "include-crds",
            "is-upgrade",
            "no-hooks",
            "no-jinja",
            "release-name",
            "skip-schema-validation",
            "skip-tests",
        ];
        SWITCHES.contains(&name).then(|| boolean(name, parser).map(|on| self.turn(name, on)))
    }

    fn turn(&mut self, name: &str, on: bool) {
        match (name, on) {
            ("debug", _) => self.debug = on,
            ("generate-name", _) => self.generate_name = on,
            ("help", _) => self.help = on,
            ("dependency-update", true) => self.dependencies = Dependencies::Updated,
            ("release-name", _) => self.output_dir.by_release = on,
            ("hide-notes", _) => self.notes = if on { Notes::Hidden } else { Notes::Shown },
            ("is-upgrade", _) => self.operation = if on { Operation::Upgrade } else { Operation::Install },
            ("skip-schema-validation", _) => self.schema = if on { SchemaCheck::Skipped } else { SchemaCheck::Done },
            ("include-crds", _) => self.print.crds = if on { Crds::Included } else { Crds::Left },
            ("no-jinja", _) => self.dialect = if on { Dialect::Helm } else { Dialect::Jinja },
            ("no-hooks", true) => self.print.hooks = Hooks::None,
            ("skip-tests", true) if self.print.hooks == Hooks::All => self.print.hooks = Hooks::ExceptTests,
            _ => {}
        }
    }

    fn follow(&mut self, written: &str) -> Result<(), String> {
        self.helm = written.parse().map_err(|error| format!("--helm: {error}"))?;
        Ok(())
    }

    /// How documents are printed.
    pub fn print_options(&self) -> PrintOptions {
        PrintOptions { helm: self.helm, ..self.print.clone() }
    }

    /// Flags with a value.
    fn valued(&mut self, name: &str, spelled: &str, parser: &mut Parser) -> Option<Result<(), String>> {
        let value = |parser: &mut Parser| value(spelled, parser);
        let list = match name {
            "values" => return Some(value(parser).map(|text| self.value_files.extend(separated(&text)))),
            "api-versions" => return Some(value(parser).map(|text| self.api_versions.extend(separated(&text)))),
            "namespace" => return Some(value(parser).map(|text| self.namespace = Some(text))),
            "kube-version" => return Some(value(parser).map(|text| self.kube_version = Some(text))),
            "helm" => return Some(value(parser).and_then(|text| self.follow(&text))),
            "output-dir" => {
                let folder = value(parser).map(|text| Some(text).filter(|text| !text.is_empty()));
                return Some(folder.map(|folder| self.output_dir.folder = folder));
            }
            "source-map" => return Some(value(parser).map(|text| self.source_map = Some(text))),
            "name-template" => return Some(value(parser).map(|text| self.name_template = text)),
            "set" => &mut self.overrides.set,
            "set-string" => &mut self.overrides.set_string,
            "set-json" => &mut self.overrides.set_json,
            "set-file" => &mut self.overrides.set_file,
            "set-literal" => &mut self.overrides.set_literal,
            "show-only" => &mut self.print.show_only,
            _ => return None,
        };
        Some(value(parser).map(|text| list.push(text)))
    }
}

fn text(written: OsString) -> Result<String, String> {
    written.string().map_err(|error| error.to_string())
}

fn value(spelled: &str, parser: &mut Parser) -> Result<String, String> {
    parser.value().map_err(|_| format!("flag needs an argument: {spelled}")).and_then(text)
}

/// Whether the value of an ignored flag is of its type.
fn checked(name: &str, written: &str) -> Result<(), String> {
    let refused = |flag: &str, cause: String| Err(format!("invalid argument {written:?} for \"{flag}\" flag: {cause}"));
    let syntax = |function: &str| format!("strconv.{function}: parsing {written:?}: invalid syntax");
    match name {
        "labels" if !written.is_empty() && !written.contains('=') => {
            refused("-l, --labels", format!("{written} must be formatted as key=value"))
        }
        "burst-limit" if written.parse::<i64>().is_err() => refused("--burst-limit", syntax("ParseInt")),
        "qps" if written.parse::<f32>().is_err() => refused("--qps", syntax("ParseFloat")),
        "timeout" => parse_duration(written.as_bytes()).map(|_| ()).or_else(|error| refused("--timeout", error)),
        _ => Ok(()),
    }
}

/// What is said of `--wait`, which changes nothing here.
fn wait(written: Option<&str>, helm: Helm) -> Result<Option<String>, String> {
    let refused =
        |cause: String| Err(format!("invalid argument {:?} for \"--wait\" flag: {cause}", written.unwrap_or_default()));
    match written {
        None | Some("watcher" | "hookOnly" | "legacy") if !helm.is_three() => Ok(None),
        None => Ok(None),
        Some(text) => match (truth(text), helm.is_three()) {
            (Some(_), true) => Ok(None),
            (None, true) => refused(format!("strconv.ParseBool: parsing {text:?}: invalid syntax")),
            (Some(on), false) if matches!(text, "true" | "false") => {
                let instead = if on { "watcher" } else { "hookOnly" };
                Ok(Some(format!(
                    "level=WARN msg=\"--wait={text} is deprecated (boolean value) and can be replaced with --wait={instead}\""
                )))
            }
            _ => refused(format!("invalid wait input {text:?}. Valid inputs are watcher, hookOnly, and legacy")),
        },
    }
}

/// What is said of `--dry-run`, for `template` never does anything else.
pub fn dry_run(written: Option<&str>, helm: Helm) -> Result<Option<String>, String> {
    let warning = |text: &str| Ok(Some(format!("level=WARN msg=\"{text}\"")));
    match (written, written.and_then(truth)) {
        (Some("client"), _) => Ok(None),
        (Some("server"), _) => Err("--dry-run=server is not supported: there is no cluster to ask".to_owned()),
        (None | Some("none" | "true" | "false"), _) if helm.is_three() => Ok(None),
        (None, _) => warning("--dry-run is deprecated and should be replaced with '--dry-run=client'"),
        (Some(text), Some(true)) => warning(&format!(
            "boolean '--dry-run={text}' flag is deprecated and must be replaced with '--dry-run=client'"
        )),
        (Some(_), _) if helm.is_three() => {
            Err("Invalid dry-run flag. Flag must one of the following: false, true, none, client, server".to_owned())
        }
        (Some(text @ "none"), _) | (Some(text), Some(false)) => {
            Err(format!("invalid dry-run value ({text:?}). Must be \"server\" or \"client\""))
        }
        (Some(text), None) => {
            Err(format!("invalid dry-run value ({text:?}). Must be \"none\", \"server\", or \"client\""))
        }
    }
}

/// Go's `strconv.ParseBool`.
fn truth(written: &str) -> Option<bool> {
    match written {
        "1" | "t" | "T" | "true" | "TRUE" | "True" => Some(true),
        "0" | "f" | "F" | "false" | "FALSE" | "False" => Some(false),
        _ => None,
    }
}

fn boolean(name: &str, parser: &mut Parser) -> Result<bool, String> {
    let Some(written) = parser.optional_value() else { return Ok(true) };
    let written = text(written)?;
    truth(&written).ok_or_else(|| {
        let short = match name {
            "generate-name" => "-g, ",
            "help" => "-h, ",
            _ => "",
        };
        let cause = format!("strconv.ParseBool: parsing {written:?}: invalid syntax");
        format!("invalid argument {written:?} for \"{short}--{name}\" flag: {cause}")
    })
}

/// The values of a flag that takes several behind one another.
fn separated(written: &str) -> Vec<String> {
    if written.is_empty() { Vec::new() } else { written.split(',').map(str::to_owned).collect() }
}
