//! The flags of `helm template`.
//!
//! Flags that concern a cluster or a registry and change nothing of what is printed are taken and ignored; of those that
//! would change it, but need what isn't here, is said what Helm says where it isn't there, either.

use std::ffi::OsString;

use lexopt::{Arg, Parser, ValueExt};

use super::commas::separated;
use super::download::{Download, Names};
use super::flags::{
    IGNORED_SWITCHES, IGNORED_VALUES, NEW_IN_FOUR, OF_TEMPLATE_ALONE, checked, deprecation, may_stand_together,
    unknown_colours,
};
use super::terminal::{Status, Terminal};
use crate::chart::{Operation, Overrides};
use crate::engine::{Crds, Dialect, Hooks, PrintOptions, SchemaCheck};
use crate::helm::Helm;

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
    /// `--repo`, `--verify` and what else is about where the chart comes from.
    pub download: Download,
    /// `--validate`, or a dry run on the server.
    pub cluster: Cluster,
    /// `--render-subchart-notes`; means something to `install` only.
    pub subchart_notes: SubchartNotes,
    /// What Helm says on standard error about flags.
    pub warnings: Vec<String>,
    /// `--color`
    colours: Option<String>,
    /// The first flag that `install` doesn't know, as it is spelled.
    pub of_template_alone: Option<String>,
    /// All flags, by their names.
    named: Vec<String>,
    /// `--skip-tests`, which `--no-hooks` makes pointless.
    tests: Hooks,
    /// Flags that Helm 4 takes a word for, and that word.
    lenient: Vec<(&'static str, Option<String>)>,
    /// The first flag that Helm 3 doesn't know.
    new_in_four: Option<String>,
}

const WAIT: &str = "wait";
const DRY_RUN: &str = "dry-run";

/// Whether a cluster would be asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cluster {
    /// No.
    #[default]
    LeftAlone,
    /// It would, if there were one.
    Asked,
}

/// Whether the notes of subcharts are notes, too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SubchartNotes {
    /// No.
    #[default]
    LeftOut,
    /// `--render-subchart-notes`
    Included,
}

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

/// What is said where `--dependency-update` would have to download.
pub const NO_UPDATE: &str =
    "--dependency-update is not supported: nothing is downloaded; run `helm dependency update` first";

/// Reads the flags. The error is the sentence to print.
pub fn parse(args: Vec<OsString>) -> Result<TemplateArgs, String> {
    let mut parser = Parser::from_args(args.into_iter().flat_map(apart));
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
        if name == DRY_RUN && written.as_deref() == Some("server") && !parsed.helm.is_three() {
            parsed.cluster = Cluster::Asked;
        }
    }
    if parsed.print.hooks == Hooks::All {
        parsed.print.hooks = parsed.tests;
    }
    Ok(parsed)
}

/// `-gn name` is `-g -n name`: the switch takes a value only behind an equal sign.
fn apart(arg: OsString) -> Vec<OsString> {
    let further = arg.to_str().and_then(|text| text.strip_prefix("-g"));
    match further.filter(|further| !further.is_empty() && !further.starts_with('=')) {
        Some(further) => vec!["-g".into(), format!("-{further}").into()],
        None => vec![arg],
    }
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
    /// Whether the output is coloured. Nobody asks whether a person reads it.
    pub(super) fn is_coloured(&self) -> bool {
        self.colours.as_deref() == Some("always")
    }

    /// What Helm says of the flags before it begins: whether it begins at all. `welcome` are flags that count as
    /// deprecated, but not with this command.
    pub(super) fn begin(&self, welcome: &[&str], terminal: &mut Terminal) -> Result<(), Status> {
        let mut together = Ok(());
        if !self.helm.is_three() {
            if let Some(line) = self.colours.as_deref().and_then(unknown_colours) {
                terminal.note(&line);
                return Err(Status::Failure);
            }
            let named = self.named.iter().filter(|name| !welcome.contains(&name.as_str()));
            named.filter_map(|name| deprecation(name)).for_each(|line| terminal.note(&line));
            together = may_stand_together(&self.named);
        }
        let fits = self.download.post_renderer(self.helm).and(together);
        let fits = fits.and_then(|()| self.download.certificates(self.helm, terminal));
        fits.map_err(|message| terminal.error(&message))?;
        self.warnings.iter().for_each(|line| terminal.note(line));
        Ok(())
    }

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
        self.named.push(name.to_owned());
        if OF_TEMPLATE_ALONE.contains(&name) {
            let shorthand = spelled.starts_with('\'').then(|| format!("unknown shorthand flag: {spelled}"));
            let unknown = shorthand.unwrap_or_else(|| format!("unknown flag: --{name}"));
            self.of_template_alone.get_or_insert(unknown);
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
            let written = value(spelled, parser)?;
            if matches!(name, "color" | "colour") {
                self.colours = Some(written.clone());
            }
            self.download.take(name, &written);
            return checked(name, &written);
        }
        if Download::NAMES.contains(&name) {
            let written = value(spelled, parser)?;
            return self.download.take(name, &written).unwrap_or(Ok(()));
        }
        let known = self.switch(name, parser).or_else(|| self.valued(name, spelled, parser));
        known.unwrap_or_else(|| Err(format!("unknown flag: --{name}")))
    }

    /// Flags that are on or off.
    fn switch(&mut self, name: &str, parser: &mut Parser) -> Option<Result<(), String>> {
        const SWITCHES: [&str; 16] = [
            "debug",
            "dependency-update",
            "enable-dns",
            "generate-name",
            "help",
            "hide-notes",
            "include-crds",
            "is-upgrade",
            "no-hooks",
            "no-jinja",
            "release-name",
            "render-subchart-notes",
            "skip-schema-validation",
            "skip-tests",
            "validate",
            "verify",
        ];
        SWITCHES.contains(&name).then(|| boolean(name, parser).map(|on| self.turn(name, on)))
    }

    fn turn(&mut self, name: &str, on: bool) {
        match (name, on) {
            ("debug", _) => self.debug = on,
            ("generate-name", _) => self.generate_name = on,
            ("help", _) => self.help = on,
            ("dependency-update", true) => self.dependencies = Dependencies::Updated,
            ("enable-dns", _) => self.download.names = if on { Names::LookedUp } else { Names::LeftAlone },
            ("verify", _) => self.download.verify = on,
            ("validate", _) => self.cluster = if on { Cluster::Asked } else { Cluster::LeftAlone },
            ("render-subchart-notes", _) => {
                self.subchart_notes = if on { SubchartNotes::Included } else { SubchartNotes::LeftOut };
            }
            ("release-name", _) => self.output_dir.by_release = on,
            ("hide-notes", _) => self.notes = if on { Notes::Hidden } else { Notes::Shown },
            ("is-upgrade", _) => self.operation = if on { Operation::Upgrade } else { Operation::Install },
            ("skip-schema-validation", _) => self.schema = if on { SchemaCheck::Skipped } else { SchemaCheck::Done },
            ("include-crds", _) => self.print.crds = if on { Crds::Included } else { Crds::Left },
            ("no-jinja", _) => self.dialect = if on { Dialect::Helm } else { Dialect::Jinja },
            ("no-hooks", _) => self.print.hooks = if on { Hooks::None } else { Hooks::All },
            ("skip-tests", _) => self.tests = if on { Hooks::ExceptTests } else { Hooks::All },
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
            "values" => {
                return Some(value(parser).and_then(|text| several(&mut self.value_files, "-f, --values", &text)));
            }
            "api-versions" => {
                let read = |text: String| several(&mut self.api_versions, "-a, --api-versions", &text);
                return Some(value(parser).and_then(read));
            }
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

/// Adds the values of a flag that takes several behind one another.
fn several(list: &mut Vec<String>, flag: &str, written: &str) -> Result<(), String> {
    let read = separated(written).map_err(|cause| format!("invalid argument {written:?} for \"{flag}\" flag: {cause}"));
    read.map(|values| list.extend(values))
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
        (Some("client" | "server"), _) => Ok(None),
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
