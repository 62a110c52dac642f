//! `chartroom template`: what `helm template` prints.

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;

use super::args::{self, Cluster, Dependencies, NO_UPDATE, TemplateArgs};
use super::output_dir;
use super::terminal::{Status, Terminal};
use super::values_files::{merged, overrides};
use super::watch::{self, Watch};
use super::world::{Machine, world};
use crate::chart::dir::Told;
use crate::chart::{self, Capabilities, KubeVersion, Log, Overrides, Release};
use crate::engine::{self, Ahead, Crds, Dialect, Error, Inputs, Printed, Provenance, Record, Rendering, Request};
use crate::helm::Helm;
use crate::source::Files;
use crate::template::{Limits, World};

const USAGE: &str = "\
Prints what `helm template` prints.

Usage:
  chartroom template [NAME] CHART [flags]

Flags, as Helm has them:
  -f, --values FILE           values from a file (- is standard input)
      --set KEY=VALUE         a value
      --set-string KEY=VALUE  a text
      --set-json KEY=JSON     a value in JSON
      --set-file KEY=FILE     the content of a file
      --set-literal KEY=TEXT  a text, as it stands
  -n, --namespace NAME        the release's namespace
      --kube-version VERSION  the version of Kubernetes that templates are told
  -a, --api-versions LIST     further API versions that templates are told
      --is-upgrade            an upgrade instead of an install
  -s, --show-only PATTERN     only the documents of these templates
      --include-crds          the files in crds/, too
      --no-hooks, --skip-tests
      --name-template TEMPLATE, -g, --generate-name
      --skip-schema-validation
      --output-dir FOLDER     writes a file for each template; --release-name: in a folder of the release's name
      --debug                 what was rendered, even if it isn't YAML

Besides:
      --no-jinja              takes templates ending in .j2 as Helm does, who knows no Jinja
      --helm 3                what Helm 3.17 prints instead of Helm 4.2
      --source-map FILE       writes where each byte of it comes from, as JSON: template, includes, conditions, values
";

/// Runs the command.
pub(super) fn run(args: Vec<OsString>, terminal: &mut Terminal) -> Status {
    let args = match args::parse(args) {
        Ok(args) => args,
        Err(message) => return terminal.error(&message),
    };
    if args.help {
        terminal.out(USAGE);
        return Status::Success;
    }
    if let Err(status) = args.begin(&[], terminal) {
        return status;
    }
    let done = if let Some(file) = &args.source_map {
        Prepared::new(&args, terminal).and_then(|prepared| mapped(prepared, file, &args, terminal))
    } else {
        let mut ahead = Ahead::new(args.helm);
        let prepared = prepare_told(&args, terminal, &mut |path, data| ahead.add(path, data));
        prepared.map_err(|refused| refused.words).map(|(mut request, _)| {
            if args.print.crds == Crds::Left {
                request.chart.leave_crds_out();
            }
            render(request, &ahead, &args, terminal)
        })
    };
    done.unwrap_or_else(|message| terminal.error(&message))
}

/// Prints, and writes where it comes from.
fn mapped(prepared: Prepared, file: &str, args: &TemplateArgs, terminal: &mut Terminal) -> Result<Status, String> {
    let traced = prepared.render(terminal);
    let printed = match traced.rendering.result.as_ref() {
        Ok(rendered) => engine::print(&rendered.documents, &args.print_options()),
        Err(error) => return Ok(refuse(error, args, terminal)),
    };
    let printed = match printed {
        Ok(printed) => printed,
        Err(error) => return Ok(refuse(&error, args, terminal)),
    };
    let json = traced.provenance(&printed).source_map().to_json();
    fs::write(terminal.path(file), json + "\n").map_err(|error| format!("{file}: {error}"))?;
    terminal.out(printed.text.as_bytes());
    Ok(Status::Success)
}

fn render(request: Request, ahead: &Ahead, args: &TemplateArgs, terminal: &mut Terminal) -> Status {
    let release = request.release.name.clone();
    let rendering = engine::render_ahead(request, &mut *world(args), ahead);
    for line in rendering.log.lines() {
        terminal.note(line);
    }
    if let (Some(folder), Ok(rendered)) = (&args.output_dir.folder, &rendering.result) {
        let written = output_dir::write(&rendered.documents, folder, &release, args, terminal);
        return written.map_or_else(|message| terminal.error(&message), |()| Status::Success);
    }
    let printed = rendering.result.as_ref().map_err(Error::clone);
    let printed = printed.and_then(|rendered| engine::print_bytes(&rendered.documents, &args.print_options()));
    let status = match printed {
        Ok(printed) => {
            terminal.out_all(printed);
            Status::Success
        }
        Err(error) => refuse(&error, args, terminal),
    };
    // The process ends: to hand its memory back piece by piece would take a tenth of the time.
    std::mem::forget(rendering);
    status
}

/// Prints why nothing was rendered; under `--debug` what was.
fn refuse(error: &Error, args: &TemplateArgs, terminal: &mut Terminal) -> Status {
    if args.dependencies == Dependencies::Updated && error.is_of_missing_dependencies() {
        return terminal.error(&NO_UPDATE);
    }
    match &error.rendered {
        Some(rendered) if args.debug => {
            terminal.out(rendered.to_str().trim());
            terminal.out("\n");
            terminal.error(error)
        }
        Some(_) => terminal.error(&format!("{error}\n\nUse --debug flag to render out invalid YAML")),
        None => terminal.error(error),
    }
}

/// What is to be rendered with its origins, and what it is made of.
pub(super) struct Prepared {
    request: Request,
    inputs: Inputs,
}

/// What became of it.
pub(super) struct Traced {
    pub(super) rendering: Rendering,
    pub(super) inputs: Inputs,
}

impl Prepared {
    /// Reads everything.
    pub(super) fn new(args: &TemplateArgs, terminal: &mut Terminal) -> Result<Self, String> {
        let (mut request, overrides) = prepare_layers(args, terminal)?;
        request.record = Record::Origins;
        let inputs = Inputs::new(&mut request, &overrides);
        Ok(Self { request, inputs })
    }

    /// The release it is rendered for.
    pub(super) fn release(&self) -> &Release {
        &self.request.release
    }

    /// The minor version of the Kubernetes it is rendered for.
    pub(super) fn kubernetes_minor(&self) -> u32 {
        self.request.capabilities.kube_version.minor.parse().unwrap_or_default()
    }

    /// Counts as this revision of the release.
    pub(super) fn count_as(&mut self, revision: i64) {
        self.request.release.revision = revision;
    }

    /// Renders it.
    pub(super) fn render(self, terminal: &mut Terminal) -> Traced {
        self.render_in(&mut Machine, terminal)
    }

    /// Renders it in another world than this machine's.
    pub(super) fn render_in(self, world: &mut dyn World, terminal: &mut Terminal) -> Traced {
        let rendering = engine::render(self.request, world);
        rendering.log.lines().iter().for_each(|line| terminal.note(line));
        Traced { rendering, inputs: self.inputs }
    }
}

impl Traced {
    /// Where what was printed comes from.
    pub(super) fn provenance<'a>(&'a self, printed: &'a Printed) -> Provenance<'a> {
        let documents = self.rendering.result.as_ref().map(|rendered| &*rendered.documents).unwrap_or_default();
        Provenance::new(printed, documents, &self.rendering.trace, &self.rendering.files, &self.inputs)
    }
}

/// Reads everything that is to be rendered, in Helm's order: which error comes first depends on it.
pub(super) fn prepare(args: &TemplateArgs, terminal: &mut Terminal) -> Result<Request, String> {
    prepare_layers(args, terminal).map(|(request, _)| request)
}

/// The same, and what the values were made of.
pub(super) fn prepare_layers(args: &TemplateArgs, terminal: &mut Terminal) -> Result<(Request, Overrides), String> {
    prepare_or_refuse(args, terminal).map_err(|refused| refused.words)
}

/// Why nothing can be rendered.
pub(super) struct Refused {
    /// In Helm's words.
    pub(super) words: String,
    /// The same, with the files as far as they were read, where the chart or a file of values is at fault.
    pub(super) fault: Option<Box<(Files, chart::Error)>>,
}

impl From<String> for Refused {
    fn from(words: String) -> Self {
        Self { words, fault: None }
    }
}

impl Refused {
    fn of(files: Files, error: chart::Error) -> Self {
        Self { words: error.to_string(), fault: Some(Box::new((files, error))) }
    }
}

/// The same, and what is at fault where nothing can be rendered.
pub(super) fn prepare_or_refuse(args: &TemplateArgs, terminal: &mut Terminal) -> Result<(Request, Overrides), Refused> {
    prepare_told(args, terminal, &mut |_, _| ())
}

/// The same; `told` gets the files of the chart as soon as they are read.
fn prepare_told(
    args: &TemplateArgs,
    terminal: &mut Terminal,
    told: &mut Told<'_>,
) -> Result<(Request, Overrides), Refused> {
    let kube_version = args.kube_version.as_deref().filter(|version| !version.is_empty());
    let kube_version = kube_version
        .map(|version| KubeVersion::parse(version, args.helm))
        .transpose()
        .map_err(|error| error.to_string())?;
    let (name, chart) = name_and_chart(args)?;
    let path = locate(&chart, args, terminal)?;
    let (mut files, mut log) = (Files::new(), Log::of(args.helm));
    let overrides = overrides(args, terminal)?;
    let values = merged(&overrides, terminal).map_err(|error| Refused::of(Files::new(), error))?;
    let chart = match chart::dir::load_told(&path.to_string_lossy(), &mut files, &mut log, told) {
        Ok(chart) => chart,
        Err(error) => {
            log.lines().iter().for_each(|line| terminal.note(line));
            return Err(Refused::of(files, error));
        }
    };
    if args.cluster == Cluster::Asked {
        log.lines().iter().for_each(|line| terminal.note(line));
        return Err(unreachable(args.helm, terminal).into());
    }
    if args.dialect == Dialect::Jinja && watch::has_jinja(&chart) {
        terminal.watch = Watch::begin();
    }
    let mut capabilities = Capabilities::of(args.helm);
    if let Some(version) = kube_version {
        capabilities.kube_version = version;
    }
    capabilities.api_versions.extend(args.api_versions.iter().cloned());
    let namespace = args.namespace.clone().filter(|name| !name.is_empty()).unwrap_or_else(|| "default".to_owned());
    let release = Release { name, namespace, revision: 1, operation: args.operation };
    let (limits, record, schema) = (Limits::of_a_deep_stack(), Record::Nothing, args.schema);
    let request =
        Request { chart, files, log, values, release, capabilities, schema, limits, record, dialect: args.dialect };
    Ok((request, overrides))
}

/// The release's name and the chart.
fn name_and_chart(args: &TemplateArgs) -> Result<(String, String), String> {
    match args.operands.as_slice() {
        [] => {
            Err("\"helm template\" requires at least 1 argument\n\nUsage:  helm template [NAME] [CHART] [flags]".into())
        }
        [_, _, further @ ..] if !further.is_empty() => {
            Err(format!("expected at most two arguments, unexpected arguments: {}", further.join(", ")))
        }
        [_, _] if args.generate_name => Err("cannot set --generate-name and also specify a name".into()),
        [_, _] if !args.name_template.is_empty() => Err("cannot set --name-template and also specify a name".into()),
        [name, chart, ..] => Ok((name.clone(), chart.clone())),
        [chart] if !args.name_template.is_empty() => {
            let name = engine::render_name(&args.name_template, &mut Machine)?;
            Ok((name, chart.clone()))
        }
        // Helm has a name at hand before it looks at --generate-name.
        [chart] => Ok((Release::default().name, chart.clone())),
    }
}

/// What Helm says where there is no cluster.
fn unreachable(helm: Helm, terminal: &mut Terminal) -> String {
    const CAUSE: &str = "Get \"http://localhost:8080/version\": dial tcp 127.0.0.1:8080: connect: connection refused";
    terminal.note(&"chartroom asks no cluster; this is what Helm says where there is none");
    if helm.is_three() {
        return format!("Kubernetes cluster unreachable: {CAUSE}");
    }
    let message = format!("cluster reachability check failed: kubernetes cluster unreachable: {CAUSE}");
    terminal.note(&format!("level=ERROR msg={message:?}"));
    message
}

/// The chart's path. Nothing is looked for but on this machine.
fn locate(chart: &str, args: &TemplateArgs, terminal: &Terminal) -> Result<PathBuf, String> {
    let chart = chart.trim();
    let path = terminal.path(chart);
    let is_there = !chart.is_empty() && fs::metadata(&path).is_ok();
    args.download.of_path(Some(path.as_path()).filter(|_| is_there), args.helm)?;
    if is_there {
        return Ok(path);
    }
    if chart.starts_with(['/', '.']) {
        return Err(format!("path {chart:?} not found"));
    }
    let no_reference =
        |got: &str| Err(format!("non-absolute URLs should be in form of repo_name/path_to_chart, got: {got}"));
    match (chart.split_once("://"), chart.split_once('/')) {
        (None, Some((scheme, _))) if scheme.ends_with(':') => Err("repo  not found".to_owned()),
        (Some(("oci", _)), _) => Err(format!("{chart}: nothing is downloaded; run `helm pull` first")),
        (Some((scheme, "")), _) => no_reference(&format!("{scheme}:")),
        (Some((_, address)), _) if address.starts_with('/') => Err("repo  not found".to_owned()),
        (Some((_, address)), _) if !address.contains('/') => no_reference(chart),
        (Some(("http" | "https", _)), _) => Err(format!("{chart}: nothing is downloaded; run `helm pull` first")),
        (Some((scheme, _)), _) => Err(format!("scheme {scheme:?} not supported")),
        (None, Some((repository, _))) => Err(format!("repo {repository} not found")),
        (None, None) => no_reference(chart),
    }
}
