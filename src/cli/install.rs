//! `chartroom install --dry-run=client`: what `helm install` prints for a dry run. `pkg/cmd/status.go`.
//!
//! Nothing is ever installed, so that the flag has to be there.

use std::ffi::OsString;

use super::args::{self, Notes, SubchartNotes, TemplateArgs};
use super::template::prepare;
use super::terminal::{Status, Terminal};
use super::world::{Machine, world};
use crate::chart::{self, Log};
use crate::engine::{self, Document, DocumentKind, Rendered, Request};
use crate::helm::Helm;
use crate::source::OriginId;
use crate::template::World;
use crate::value::time::{Moment, Zone};
use crate::value::{Map, Value};
use crate::yaml;

const USAGE: &str = "\
Prints what `helm install --dry-run=client` prints. Nothing is installed.

Usage:
  chartroom install [NAME] CHART --dry-run=client [flags]

Flags: those of `chartroom template`, and
      --hide-notes            without the notes
      --hide-secret           without the secrets
      --debug                 with the user's values, and all values
";

/// Go's `time.ANSIC`.
const ANSIC: &[u8] = b"Mon Jan _2 15:04:05 2006";

/// Runs the command.
pub(super) fn run(args: Vec<OsString>, terminal: &mut Terminal) -> Status {
    let (args, dry_run) = match without_dry_run(args) {
        Ok(split) => split,
        Err(message) => return terminal.error(&message),
    };
    let args = match without_output(args) {
        Ok(args) => args,
        Err(message) => return terminal.error(&message),
    };
    let (args, secrets) = without_secrets(args);
    let mut args = match args::parse(args) {
        Ok(args) => args,
        Err(message) => return terminal.error(&message),
    };
    if args.help {
        terminal.out(USAGE);
        return Status::Success;
    }
    if args.operands.is_empty() {
        let usage = "Usage:  helm install [NAME] [CHART] [flags]";
        return terminal.error(&format!("\"helm install\" requires at least 1 argument\n\n{usage}"));
    }
    let warning = match dry_run {
        DryRun::Client => None,
        DryRun::Switched(written) => args::dry_run(written, args.helm).unwrap_or_default(),
        DryRun::Otherwise => {
            return terminal.error(&"chartroom installs nothing and asks no cluster; say --dry-run=client");
        }
    };
    if let Some(message) = &args.of_template_alone {
        return terminal.error(message);
    }
    if let Err(status) = args.begin(&["hide-notes", "render-subchart-notes"], terminal) {
        return status;
    }
    if let Some(line) = &warning {
        terminal.note(line);
    }
    let installed = name(&mut args).and_then(|()| install(&args, secrets, terminal));
    installed.unwrap_or_else(|message| terminal.error(&format!("INSTALLATION FAILED: {message}")))
}

/// What `--dry-run` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum DryRun {
    /// Renders here and asks nobody.
    Client,
    /// The same as a switch, or with this word, of which Helm 4 warns.
    Switched(Option<&'static str>),
    /// Installs, or asks a cluster.
    Otherwise,
}

/// Takes `--dry-run` out of the flags; the other flags are those of `template`.
fn without_dry_run(args: Vec<OsString>) -> Result<(Vec<OsString>, DryRun), String> {
    let helm = followed(&args);
    let mut dry_run = DryRun::Otherwise;
    let mut rest = Vec::new();
    for arg in args {
        match arg.to_str().map(|text| text.split_once('=').unwrap_or((text, "unchanged"))) {
            Some(("--dry-run", "client")) => dry_run = DryRun::Client,
            Some(("--dry-run", "unchanged")) => dry_run = DryRun::Switched(None),
            Some(("--dry-run", "true")) => dry_run = DryRun::Switched(Some("true")),
            Some(("--dry-run", "none" | "server" | "false")) => dry_run = DryRun::Otherwise,
            Some(("--dry-run", _)) if helm.is_three() => {
                let words = "Invalid dry-run flag. Flag must one of the following: false, true, none, client, server";
                return Err(format!("INSTALLATION FAILED: {words}"));
            }
            Some(("--dry-run", other)) => {
                return Err(format!("invalid dry-run value ({other:?}). Must be \"none\", \"server\", or \"client\""));
            }
            _ => rest.push(arg),
        }
    }
    Ok((rest, dry_run))
}

/// Takes `--output` out of the flags: only what is meant for people is printed.
fn without_output(args: Vec<OsString>) -> Result<Vec<OsString>, String> {
    let mut rest = Vec::new();
    let mut args = args.into_iter();
    while let Some(arg) = args.next() {
        let text = arg.to_str().unwrap_or_default();
        let format = match text.strip_prefix("--output=").or_else(|| text.strip_prefix("-o=")) {
            Some(format) => Some(format.to_owned()),
            None if matches!(text, "-o" | "--output") => {
                let spelled = if text == "-o" { "'o' in -o" } else { "--output" };
                let next = args.next().ok_or_else(|| format!("flag needs an argument: {spelled}"))?;
                Some(next.to_string_lossy().into_owned())
            }
            None => {
                text.strip_prefix("-o").filter(|rest| !text.starts_with("--") && !rest.is_empty()).map(str::to_owned)
            }
        };
        match format.as_deref() {
            None => rest.push(arg),
            Some("table") => {}
            Some(format @ ("json" | "yaml")) => {
                return Err(format!("--output {format} is not supported: a release isn't made, only shown"));
            }
            Some(format) => {
                return Err(format!("invalid argument {format:?} for \"-o, --output\" flag: invalid format type"));
            }
        }
    }
    Ok(rest)
}

/// Whether secrets are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Secrets {
    /// Yes.
    Shown,
    /// `--hide-secret`
    Hidden,
}

/// Takes `--hide-secret` out of the flags: `template` doesn't know it.
fn without_secrets(args: Vec<OsString>) -> (Vec<OsString>, Secrets) {
    const ON: [&str; 2] = ["--hide-secret", "--hide-secret=true"];
    let is_flag = |arg: &OsString| ON.iter().any(|flag| arg == flag) || arg == "--hide-secret=false";
    let (flags, rest): (Vec<_>, Vec<_>) = args.into_iter().partition(is_flag);
    let is_on = flags.last().is_some_and(|last| ON.iter().any(|flag| last == flag));
    (rest, if is_on { Secrets::Hidden } else { Secrets::Shown })
}

/// The Helm that `--helm` names, wherever it stands.
fn followed(args: &[OsString]) -> Helm {
    let texts: Vec<&str> = args.iter().filter_map(|arg| arg.to_str()).collect();
    let named = texts.iter().enumerate().find_map(|(at, text)| match text.strip_prefix("--helm")? {
        "" => texts.get(at + 1).copied(),
        value => value.strip_prefix('='),
    });
    named.and_then(|named| named.parse().ok()).unwrap_or_default()
}

/// Unlike `template`, `install` has no name at hand where none is given.
fn name(args: &mut TemplateArgs) -> Result<(), String> {
    let [chart] = args.operands.as_slice() else { return Ok(()) };
    if !args.name_template.is_empty() {
        return Ok(());
    }
    if !args.generate_name {
        return Err("must either provide a name or specify --generate-name".to_owned());
    }
    let seconds = Machine.now().div_euclid(1_000_000_000);
    let base = chart.trim_end_matches('/').rsplit('/').next().filter(|base| !base.is_empty() && *base != ".");
    let base = base.unwrap_or("chart").split('.').next().unwrap_or_default();
    args.operands = vec![format!("{base}-{seconds}"), chart.clone()];
    args.generate_name = false;
    Ok(())
}

fn install(args: &TemplateArgs, secrets: Secrets, terminal: &mut Terminal) -> Result<Status, String> {
    let request = prepare(args, terminal)?;
    // Templates may change values; what is printed are the values as they were.
    let values = if args.debug { Some(values(prepare(args, &mut terminal.clone())?)) } else { None };
    let heading = heading(&request, args, &Moment::from_nanoseconds(Machine.now(), Zone::utc()));
    let rendering = engine::render(request, &mut *world(args));
    for line in rendering.log.lines() {
        terminal.note(line);
    }
    let rendered = rendering.result.map_err(|error| error.to_string())?;
    terminal.out(heading);
    if !rendered.documents.iter().any(is_test) {
        terminal.out("TEST SUITE: None\n");
    }
    if let Some(values) = values {
        terminal.out(values?);
    }
    terminal.out(manifests(&rendered, secrets));
    let notes = notes(&rendered, args);
    if !notes.is_empty() && args.notes == Notes::Shown {
        terminal.out(format!("NOTES:\n{}\n", notes.trim()));
    }
    Ok(Status::Success)
}

fn heading(request: &Request, args: &TemplateArgs, now: &Moment) -> String {
    let release = &request.release;
    // Helm 3 keeps the description to itself.
    let (cyan, yellow, plain) = if args.is_coloured() { ("\x1b[36m", "\x1b[33m", "\x1b[0m") } else { ("", "", "") };
    let description = if request.chart.helm.is_three() { "" } else { "DESCRIPTION: Dry run complete\n" };
    format!(
        "NAME: {}\nLAST DEPLOYED: {}\nNAMESPACE: {cyan}{}{plain}\nSTATUS: {yellow}pending-install{plain}\nREVISION: {}\n{description}",
        release.name,
        String::from_utf8_lossy(&now.format(ANSIC)),
        release.namespace,
        release.revision,
    )
}

/// The outermost chart's notes, and those of the charts in it where they were asked for.
fn notes(rendered: &Rendered, args: &TemplateArgs) -> String {
    let further = rendered.subchart_notes.iter().filter(|_| args.subchart_notes == SubchartNotes::Included);
    let all = rendered.notes.iter().chain(further).map(|notes| notes.to_str().into_owned());
    let mut joined = String::new();
    for notes in all {
        // Empty ones before the first that says something leave nothing behind.
        if !joined.is_empty() {
            joined.push('\n');
        }
        joined.push_str(&notes);
    }
    joined
}

fn is_test(document: &Document) -> bool {
    matches!(&document.kind, DocumentKind::Hook(hook) if hook.is_test())
}

/// The user's values, and those with the charts' own below them.
fn values(mut request: Request) -> Result<String, String> {
    let mut log = Log::of(request.chart.helm);
    let user = as_yaml(request.values.clone())?;
    let processed = chart::process_dependencies(&mut request.chart, &request.values, &mut log);
    let all = processed.and_then(|()| chart::coalesce_values(&request.chart, &request.values, &mut log));
    // What is wrong with a chart is told when it is rendered.
    let all = as_yaml(all.unwrap_or_default())?;
    Ok(format!("USER-SUPPLIED VALUES:\n{user}\nCOMPUTED VALUES:\n{all}\n"))
}

fn as_yaml(values: Map) -> Result<String, String> {
    let text = yaml::encode(&Value::Map(values).into(), &mut |_| OriginId::UNKNOWN)?;
    Ok(text.to_str().into_owned())
}

fn manifests(rendered: &Rendered, secrets: Secrets) -> String {
    let (mut hooks, mut manifests) = (String::new(), String::new());
    for document in &rendered.documents {
        let to = match document.kind {
            DocumentKind::Hook(_) => &mut hooks,
            DocumentKind::Manifest => &mut manifests,
            DocumentKind::Crd => continue,
        };
        let is_secret = document.head.kind == "Secret" && document.head.api_version == "v1";
        to.extend(["---\n# Source: ", &document.source, "\n"]);
        // Helm hides no secret that is a hook.
        if secrets == Secrets::Hidden && is_secret && document.kind == DocumentKind::Manifest {
            to.push_str("# HIDDEN: The Secret output has been suppressed\n");
        } else {
            to.extend([&*document.text.to_str(), "\n"]);
        }
    }
    format!("HOOKS:\n{hooks}MANIFEST:\n{manifests}\n")
}
