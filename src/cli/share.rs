//! `chartroom share CHART`: a link to a chart, as the page makes it.

use std::ffi::OsString;
use std::fs;
use std::rc::Rc;

use lexopt::{Arg, Parser, ValueExt};

use super::samples::samples;
use super::terminal::{Status, Terminal};
use crate::chart::{self, Log};
use crate::share;
use crate::workspace::{Content, Experiment, FilePath, Files, Given, Layer, Origin, SetKind, Settings, bring_in};

const USAGE: &str = "\
Prints a link that opens a chart on the page. What follows the # holds the chart; browsers don't send it to the server.

Usage:
  chartroom share [NAME] CHART [flags]

CHART is a folder or a .tgz. Of a chart that is one of the samples, only what was changed is in the link.

Flags:
  -n, --namespace NAME        the release's namespace
      --kube-version VERSION  the version of Kubernetes that templates are told
  -f, --values FILE           values over the chart's own, which go along; so do
      --set, --set-string, --set-json, --set-file, --set-literal
      --page ADDRESS          the address of the page, to be put before the #
";

/// What was asked for.
#[derive(Default)]
struct Args {
    operands: Vec<String>,
    settings: Settings,
    /// Values over the chart's own: the flag, and what stands behind it.
    layers: Vec<(String, String)>,
    page: String,
    help: bool,
}

/// Runs the command.
pub(super) fn run(args: Vec<OsString>, terminal: &mut Terminal) -> Status {
    let done = parse(args).and_then(|args| if args.help { Ok(USAGE.to_owned()) } else { link(args, terminal) });
    match done {
        Ok(text) => {
            terminal.out(text);
            Status::Success
        }
        Err(message) => terminal.error(&message),
    }
}

fn parse(args: Vec<OsString>) -> Result<Args, String> {
    let mut parser = Parser::from_args(args);
    let mut found = Args::default();
    let text = |parser: &mut Parser| parser.value().and_then(ValueExt::string).map_err(|error| error.to_string());
    while let Some(arg) = parser.next().map_err(|error| error.to_string())? {
        match arg {
            Arg::Short('n') | Arg::Long("namespace") => found.settings.namespace = text(&mut parser)?.into(),
            Arg::Long("kube-version") => found.settings.kube_version = text(&mut parser)?.into(),
            Arg::Short('f') | Arg::Long("values") => found.layers.push(("-f".to_owned(), text(&mut parser)?)),
            Arg::Long(long) if SetKind::of_flag(&format!("--{long}")).is_some() => {
                let flag = format!("--{long}");
                found.layers.push((flag, text(&mut parser)?));
            }
            Arg::Long("page") => found.page = text(&mut parser)?,
            Arg::Short('h') | Arg::Long("help") => found.help = true,
            Arg::Value(value) => found.operands.push(value.to_string_lossy().into_owned()),
            other => return Err(other.unexpected().to_string()),
        }
    }
    Ok(found)
}

fn link(args: Args, terminal: &mut Terminal) -> Result<String, String> {
    let (name, path) = match args.operands.as_slice() {
        [path] => (None, path),
        [name, path] => (Some(name), path),
        _ => return Err("`chartroom share` takes a chart, and perhaps a release's name before it".to_owned()),
    };
    let experiment = layered(read(path, args.settings, terminal)?, path, &args.layers, terminal)?;
    let samples = samples();
    let bases = samples.iter().filter(|sample| sample.chart_title().0 == experiment.chart_title().0);
    let links = bases.map(Some).chain([None]).map(|sample| written(&experiment, name, sample));
    let link = links.min_by_key(|link| link.as_ref().map_or(usize::MAX, String::len)).transpose()?;
    let page = args.page.split('#').next().unwrap_or_default();
    Ok(format!("{page}#{}\n", link.unwrap_or_default()))
}

/// The experiment with values over the chart's own.
fn layered(
    mut experiment: Experiment,
    chart: &str,
    layers: &[(String, String)],
    terminal: &Terminal,
) -> Result<Experiment, String> {
    let mut files = (*experiment.files).clone();
    let given = |(flag, text): &(String, String)| match SetKind::of_flag(flag) {
        Some(kind) => Ok(Given::Set(kind, text.as_str().into())),
        None => values_file(text, chart, &mut files, terminal).map(Given::File),
    };
    let given = layers.iter().map(given).collect::<Result<Vec<_>, String>>()?;
    let mut layers: Vec<Layer> = given.into_iter().map(Layer::new).collect();
    layers.sort_by_key(Layer::rank);
    (experiment.files, experiment.settings.layers) = (files.into(), layers.into());
    Ok(experiment)
}

/// The path of a file of values. One that isn't in the chart goes along beside it.
fn values_file(name: &str, chart: &str, files: &mut Files, terminal: &Terminal) -> Result<FilePath, String> {
    let bytes = fs::read(terminal.path(name)).map_err(|error| format!("{name}: {error}"))?;
    let inside = name.strip_prefix(chart.trim_end_matches('/')).and_then(|rest| rest.strip_prefix('/'));
    let inside = inside.and_then(|path| FilePath::parse(path).ok()).filter(|path| files.contains_key(path));
    let beside = || FilePath::beside(name.rsplit('/').next().unwrap_or_default());
    let path = inside.map_or_else(beside, Ok).map_err(|error| format!("{name}: {error}"))?;
    files.entry(path.clone()).or_insert_with(|| Content::from_bytes(&bytes));
    Ok(path)
}

/// A link to what differs from a sample, or to all of it. A release that nobody named is called as the sample's is.
fn written(experiment: &Experiment, name: Option<&String>, sample: Option<&Experiment>) -> Result<String, String> {
    let mut experiment = experiment.clone();
    experiment.origin = sample.map_or(Origin::Brought, |sample| sample.origin.clone());
    match (name, sample) {
        (Some(name), _) => experiment.settings.release = name.as_str().into(),
        (None, Some(sample)) => experiment.settings.release = Rc::clone(&sample.settings.release),
        (None, None) => {}
    }
    share::write(&experiment.into(), sample).map_err(|error| error.to_string())
}

/// The chart at a path, and what of it stays behind.
fn read(path: &str, settings: Settings, terminal: &mut Terminal) -> Result<Experiment, String> {
    let place = terminal.path(path);
    let mut log = Log::new();
    let entries = chart::dir::entries(&place.to_string_lossy(), &mut log).map_err(|error| error.to_string())?;
    let chosen = entries.into_iter().map(|entry| (entry.path, entry.data.to_vec())).collect();
    let brought = bring_in(chosen, Vec::new(), &settings).map_err(|error| error.to_string())?;
    for (path, why) in &brought.skipped {
        terminal.note(&format!("left out: {path} ({why})"));
    }
    Ok(brought.experiment)
}
