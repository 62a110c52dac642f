//! `chartroom lint`: what is wrong with the rendered objects.

use std::ffi::OsString;

use super::args::TemplateArgs;
use super::lint_args::{self, LintArgs};
use super::plain::{self, Plain};
use super::template::prepare;
use super::terminal::{Status, Terminal};
use super::world::Machine;
use crate::engine::{self, PrintOptions, Record, Rendered, Rendering};
use crate::lint::{self, Config, Kubernetes};
use crate::report::{LintReport, Rendition, Root};

const USAGE: &str = "\
Says what is wrong with what a chart renders to, where, and what to do about it.

Usage:
  chartroom lint [NAME] CHART [flags]
  chartroom lint FILE… [flags]

FILE is a file of manifests, a folder of such, or - for standard input.

Flags:
      --format FORMAT         how findings are printed: text, json, sarif, junit, markdown or html (text)
      --fail-on WEIGHT        which findings end in exit status 1: error, warning or never (error)

and those of `chartroom template`, which say what is rendered: --values, --set, --namespace, --kube-version, …

The exit status is 1, too, where nothing could be rendered, or a document can't be read.

--format json prints a list of
  {rule, severity, message, object: {apiVersion, kind, namespace, name},
   place: {file, line, column}, rendered: {file, line}, fix}
where severity is error, warning or info, place is the text of the template that printed the field (null where that
isn't known), rendered is the template's name and the line in what `chartroom template` prints, and fix is an advice in
words. In plain manifests place and rendered are the same.
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
    let checked = match plain::are_manifests(&args.template.operands, terminal) {
        true => manifests(&args, terminal),
        false => chart(&args, terminal),
    };
    match checked {
        Ok(report) => print(&report, &args, terminal),
        Err(message) => terminal.error(&message),
    }
}

/// Renders a chart and checks it.
fn chart(args: &LintArgs, terminal: &mut Terminal) -> Result<LintReport, String> {
    let mut request = prepare(&args.template, terminal)?;
    request.record = Record::Origins;
    let config = Config {
        namespace: request.release.namespace.clone(),
        kubernetes: Kubernetes::parse(&request.capabilities.kube_version.version).unwrap_or_default(),
        ..Config::default()
    };
    let name = request.chart.name().to_string();
    let root = root(&name, &args.template, terminal);
    let Rendering { files, trace, log, result } = engine::render(request, &mut Machine);
    for line in log.lines() {
        terminal.note(line);
    }
    let Rendered { documents, .. } = result.map_err(|error| error.to_string())?;
    let printed = engine::print(&documents, &PrintOptions::default()).map_err(|error| error.to_string())?;
    let checked = lint::check_documents(&documents, &config);
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
    let checked = lint::check_documents(&documents, &config);
    let rendition = Rendition::of_files(&files, &trace, &documents);
    Ok(rendition.report(operands.join(", "), &checked))
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
    terminal.out(report.write(args.format));
    let is_incomplete = !report.unchecked.is_empty();
    let fails = args.fail_on.severity().is_some_and(|severity| is_incomplete || report.reaches(severity));
    if fails { Status::Failure } else { Status::Success }
}
