//! `chartroom lint`: what is wrong with the rendered objects.

use std::ffi::OsString;
use std::fmt::Display;

use super::args::TemplateArgs;
use super::helm_lint;
use super::lint_args::{self, LintArgs, Mend, Suppressed};
use super::lint_config;
use super::mend;
use super::plain::{self, Plain};
use super::schemas::kubernetes_schemas;
use super::template::{Refused, prepare, prepare_or_refuse};
use super::terminal::{Status, Terminal};
use super::world::Machine;
use crate::chart;
use crate::engine;
use crate::kube::Object;
use crate::lint::{self, Config, FieldValidation, Kubernetes, Sources};
use crate::report::{self, Format, LintReport, Rendition, Root};
use crate::source::Files;

const USAGE: &str = "\
Says what is wrong with what a chart renders to, where, and what to do about it.

Usage:
  chartroom lint [NAME] CHART [flags]
  chartroom lint FILE… [flags]
  chartroom lint --as helm CHART… [flags]     print what `helm lint` prints, with its --strict, --quiet, --with-subcharts

FILE is a file of manifests, a folder of such, or - for standard input.

Flags:
      --format FORMAT         how findings are printed: text, json, sarif, junit, markdown or html (text)
      --config FILE           instead of .chartroom.yaml and .kube-linter.yaml, which are looked for beside the chart
                              and in the current folder
      --baseline CHART        the chart that is installed: what can't be changed between the two is found
      --show-suppressed       suppressed findings in the JSON, too, behind the others
      --fix                   mends what can be mended without a doubt, in the files: each edit is tried first, and made
                              only where it changes what it should and nothing else
      --fix --dry-run         prints what --fix would write, as a diff
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
words. In plain manifests place and rendered are the same. What is wrong with a template or with values, rather than
with an object, has no object: its fields are empty, and so is rendered (line 0). Where an edit mends the finding there
is, besides, mend: {title, kind, edits: [{file, start, end, text}]}, where kind is safe or guided and start and end are
bytes. Where several rules find fault with the same thing it is one finding, of the gravest; the others are in
related: [{rule, message, place}]. With --show-suppressed a suppressed finding has
suppressed: {kind, written, reason} besides, where kind is annotation, comment or config.
";

/// Runs the command.
pub(super) fn run(args: Vec<OsString>, terminal: &mut Terminal) -> Status {
    let (named, args) = helm_lint::without_as(args);
    match named.as_deref() {
        None => {}
        Some("helm") => return helm_lint::run(args, terminal),
        Some(other) => return terminal.error(&format!("--as is helm, not `{other}`")),
    }
    let args = match lint_args::parse(args) {
        Ok(args) => args,
        Err(message) => return terminal.error(&message),
    };
    if args.template.help {
        terminal.out(USAGE);
        return Status::Success;
    }
    if args.mend != Mend::No {
        return mend::run(&args, terminal);
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
    let baseline = args.baseline.as_ref().map(|chart| baseline(chart, &args.template, terminal)).transpose()?;
    let (request, overrides) = match prepare_or_refuse(&args.template, terminal) {
        Ok(prepared) => prepared,
        Err(Refused { fault: Some(fault), .. }) => return refused(*fault, args, terminal),
        Err(Refused { words, .. }) => return Err(words),
    };
    let name = request.chart.name().to_string();
    let root = root(&name, &args.template, terminal);
    let mut config = Config {
        namespace: request.release.namespace.clone(),
        kubernetes: Kubernetes::parse(&request.capabilities.kube_version.version).unwrap_or_default(),
        validation: FieldValidation::of(args.template.helm),
        schemas: kubernetes_schemas(),
        ..Config::default()
    };
    let folders = root.iter().map(|root| root.folder.clone()).collect();
    configure(args, folders, &mut config, terminal)?;
    let mut examined = lint::examine(request, &overrides, &mut Machine);
    examined.background.installed = baseline;
    for line in examined.rendering.log.lines() {
        terminal.note(line);
    }
    Ok(LintReport { root, ..report::of_examined(name, &examined, &config)? })
}

/// A chart that can't be loaded, or whose values can't be read.
fn refused(
    (files, error): (Files, chart::Error),
    args: &LintArgs,
    terminal: &mut Terminal,
) -> Result<LintReport, String> {
    let mut config = manifests_config(&args.template)?;
    let name = args.template.operands.last().cloned().unwrap_or_default();
    let manifest = files.iter().find_map(|(_, file)| file.path.strip_suffix("/Chart.yaml").map(str::to_owned));
    let root = root(&manifest.unwrap_or_default(), &args.template, terminal);
    configure(args, root.iter().map(|root| root.folder.clone()).collect(), &mut config, terminal)?;
    let examined = lint::refused(files, error, args.template.helm);
    Ok(LintReport { root, ..report::of_examined(name, &examined, &config)? })
}

/// The objects of the chart that is installed, with the same values.
fn baseline(chart: &str, args: &TemplateArgs, terminal: &mut Terminal) -> Result<Vec<Object>, String> {
    let mut args = args.clone();
    let name = if args.operands.len() > 1 { args.operands.first().cloned() } else { None };
    args.operands = name.into_iter().chain([chart.to_owned()]).collect();
    let said = |error: &dyn Display| format!("--baseline {chart}: {error}");
    let request = prepare(&args, terminal).map_err(|error| said(&error))?;
    let rendered = engine::render(request, &mut Machine).result.map_err(|error| said(&error))?;
    Ok(rendered.documents.iter().filter_map(|document| document.object().ok()).collect())
}

/// Checks files of manifests. What can't be read there is refused by every cluster: it counts as an error.
fn manifests(args: &LintArgs, terminal: &mut Terminal) -> Result<LintReport, String> {
    let operands = &args.template.operands;
    let mut config = manifests_config(&args.template)?;
    let Plain { files, trace, documents } = plain::read(operands, terminal)?;
    configure(args, Vec::new(), &mut config, terminal)?;
    let sources = Sources { documents: &documents, files: &files, trace: &trace, values: &[] };
    let checked = lint::check_sources(&sources, &config);
    let rendition = Rendition::of_files(&files, &trace, &documents);
    Ok(rendition.report(operands.join(", "), &checked))
}

/// What the linter is told about files of manifests.
pub(super) fn manifests_config(args: &TemplateArgs) -> Result<Config, String> {
    let TemplateArgs { namespace, kube_version, helm, .. } = args;
    let kubernetes = match kube_version.as_deref().filter(|version| !version.is_empty()) {
        Some(written) => {
            Kubernetes::parse(written).ok_or_else(|| format!("--kube-version: {written:?} is no version"))?
        }
        None => Kubernetes::default(),
    };
    let validation = FieldValidation::of(*helm);
    let mut config = Config { kubernetes, validation, schemas: kubernetes_schemas(), ..Config::default() };
    if let Some(namespace) = namespace.as_ref().filter(|name| !name.is_empty()) {
        config.namespace.clone_from(namespace);
    }
    Ok(config)
}

/// Reads configurations, those in the chart's folder first.
pub(super) fn configure(
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

/// The chart's folder, if it is one.
pub(super) fn root(name: &str, args: &TemplateArgs, terminal: &Terminal) -> Option<Root> {
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
