//! `chartroom lint`: what is wrong with the rendered objects.

use std::ffi::OsString;
use std::fs;

use super::args::TemplateArgs;
use super::lint_args::{self, LintArgs, Suppressed};
use super::lint_config;
use super::plain::{self, Plain};
use super::template::prepare;
use super::terminal::{Status, Terminal};
use super::world::Machine;
use crate::engine::{self, PrintOptions, Record, Rendered, Rendering, Request};
use crate::lint::{self, Config, Kubernetes, Sources};
use crate::report::{Format, LintReport, Rendition, Root};
use crate::source::FileId;

const USAGE: &str = "\
Says what is wrong with what a chart renders to, where, and what to do about it.

Usage:
  chartroom lint [NAME] CHART [flags]
  chartroom lint FILE… [flags]

FILE is a file of manifests, a folder of such, or - for standard input.

Flags:
      --format FORMAT         how findings are printed: text, json, sarif, junit, markdown or html (text)
      --config FILE           instead of .chartroom.yaml and .kube-linter.yaml, which are looked for beside the chart
                              and in the current folder
      --show-suppressed       suppressed findings in the JSON, too, behind the others
      --fail-on WEIGHT        which findings end in exit status 1: error, warning or never (error)

and those of `chartroom template`, which say what is rendered: --values, --set, --namespace, --kube-version, …

Findings are suppressed by the annotations of kube-linter, kube-score and Polaris, and by comments in templates and
values: `# lint-ignore: RULE reason`. What suppresses nothing is reported.

.chartroom.yaml:
  rules: {RULE: on | off | info | warning | error}
  disabled: [RULE]
  ignore-paths: [templates/tests/**]

The exit status is 1, too, where nothing could be rendered, or a document can't be read.

--format json prints a list of
  {rule, severity, message, object: {apiVersion, kind, namespace, name},
   place: {file, line, column}, rendered: {file, line}, fix}
where severity is error, warning or info, place is the text of the template that printed the field (null where that
isn't known), rendered is the template's name and the line in what `chartroom template` prints, and fix is an advice in
words. In plain manifests place and rendered are the same. With --show-suppressed a suppressed finding has
suppressed: {kind, written, reason} besides, where kind is annotation, comment or config.
";

/// Runs the command.
pub(super) fn run(args: Vec<OsString>, terminal: &mut Terminal) -> Status {
    let args = match lint_args::parse(args) {
        Ok(args) => args,
        Err(message) => return terminal.error(&message),
    };
    if args.template.help {
        terminal.out(USAGE);
        return Status::Success;
    }
    let are_manifests = plain::are_manifests(&args.template.operands, terminal);
    let checked = if are_manifests { manifests(&args, terminal) } else { chart(&args, terminal) };
    match checked {
        Ok(report) => print(&report, &args, terminal),
        Err(message) => terminal.error(&message),
    }
}

/// Renders a chart and checks it.
fn chart(args: &LintArgs, terminal: &mut Terminal) -> Result<LintReport, String> {
    let mut request = prepare(&args.template, terminal)?;
    request.record = Record::Origins;
    let name = request.chart.name().to_string();
    let root = root(&name, &args.template, terminal);
    let mut config = Config {
        namespace: request.release.namespace.clone(),
        kubernetes: Kubernetes::parse(&request.capabilities.kube_version.version).unwrap_or_default(),
        ..Config::default()
    };
    let folders = root.iter().map(|root| root.folder.clone()).collect();
    configure(args, folders, &mut config, terminal)?;
    let values = value_files(&mut request, args, terminal);
    let Rendering { files, trace, log, result, .. } = engine::render(request, &mut Machine);
    for line in log.lines() {
        terminal.note(line);
    }
    let Rendered { documents, .. } = result.map_err(|error| error.to_string())?;
    let printed = engine::print(&documents, &PrintOptions::default()).map_err(|error| error.to_string())?;
    let sources = Sources { documents: &documents, files: &files, trace: &trace, values: &values };
    let checked = lint::check_sources(&sources, &config);
    let rendition = Rendition::new(&files, &trace, &documents, &printed);
    Ok(LintReport { root, ..rendition.report(name, &checked) })
}

/// Checks files of manifests. What can't be read there is refused by every cluster: it counts as an error.
fn manifests(args: &LintArgs, terminal: &mut Terminal) -> Result<LintReport, String> {
    let TemplateArgs { operands, namespace, kube_version, .. } = &args.template;
    let kubernetes = match kube_version.as_deref().filter(|version| !version.is_empty()) {
        Some(written) => {
            Kubernetes::parse(written).ok_or_else(|| format!("--kube-version: {written:?} is no version"))?
        }
        None => Kubernetes::default(),
    };
    let mut config = Config { kubernetes, ..Config::default() };
    if let Some(namespace) = namespace.as_ref().filter(|name| !name.is_empty()) {
        config.namespace.clone_from(namespace);
    }
    let Plain { files, trace, documents } = plain::read(operands, terminal)?;
    configure(args, Vec::new(), &mut config, terminal)?;
    let sources = Sources { documents: &documents, files: &files, trace: &trace, values: &[] };
    let checked = lint::check_sources(&sources, &config);
    let rendition = Rendition::of_files(&files, &trace, &documents);
    Ok(rendition.report(operands.join(", "), &checked))
}

/// Reads configurations, those in the chart's folder first.
fn configure(
    args: &LintArgs,
    mut folders: Vec<String>,
    config: &mut Config,
    terminal: &mut Terminal,
) -> Result<(), String> {
    let on_disk = folders.iter().flat_map(|folder| [folder.clone(), terminal.path(folder).display().to_string()]);
    config.folders = on_disk.chain([terminal.folder.display().to_string()]).collect();
    folders.push(String::new());
    lint_config::read(args.config.as_deref(), &folders, config, terminal)
}

/// The files of values that were handed in, among the files, for the sake of their comments.
fn value_files(request: &mut Request, args: &LintArgs, terminal: &Terminal) -> Vec<FileId> {
    let read = |name: &String| Some((name.clone(), fs::read(terminal.path(name)).ok()?));
    let texts = args.template.value_files.iter().filter_map(read);
    texts.map(|(name, text)| request.files.add(name, text)).collect()
}

/// The chart's folder, if it is one.
fn root(name: &str, args: &TemplateArgs, terminal: &Terminal) -> Option<Root> {
    let folder = args.operands.last()?.trim().to_owned();
    terminal.path(&folder).is_dir().then(|| Root { name: name.to_owned(), folder })
}

fn print(report: &LintReport, args: &LintArgs, terminal: &mut Terminal) -> Status {
    for sentence in &report.unchecked {
        terminal.note(sentence);
    }
    if args.format == Format::Json {
        // Elsewhere it is in the report.
        for unused in &report.unused {
            terminal.note(&unused.line());
        }
    }
    match (args.format, args.suppressed) {
        (Format::Json, Suppressed::Shown) => terminal.out(report.json_with_suppressed()),
        (format, _) => terminal.out(report.write(format)),
    }
    let is_incomplete = !report.unchecked.is_empty();
    let fails = args.fail_on.severity().is_some_and(|severity| is_incomplete || report.reaches(severity));
    if fails { Status::Failure } else { Status::Success }
}
