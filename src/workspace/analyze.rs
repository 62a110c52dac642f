//! From an experiment to what is said about it. Never fails: whatever goes wrong is part of the answer.

use super::blame::blame;
use super::forbidden::forbidden;
use super::layer::{self, BadLayer};
use super::origins::{Atlas, tints};
use super::outline::outline;
use super::stops::{self, Told};
use super::words::plain;
use super::{Analysis, Content, Experiment, FilePath, Outcome, Place, Problem, SchemaSupply, Study};
use crate::chart::{self, Capabilities, Entry, KubeVersion, Level, Log, LogLine, Overrides, Release};
use crate::engine::{
    self, Dialect, Inputs, Memory, PrintOptions, Printed, Record, Rendered, Rendering, Request, SchemaCheck,
};
use crate::jinja;
use crate::lint;
use crate::source::{Files, Severity};
use crate::template::{Limits, SeededWorld};

/// The outside that templates may ask for. The same one gives the same output, so that nothing flickers while one types.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outside {
    /// The moment: nanoseconds since 1970.
    pub now: i128,
    /// From which all randomness follows.
    pub seed: u64,
    /// The schemas of Kubernetes.
    pub schemas: SchemaSupply,
}

/// What Helm makes of an experiment, and what is wrong with it.
pub fn analyze(experiment: &Experiment, outside: Outside) -> Analysis {
    Study::checked(experiment.clone(), &outside).1
}

/// An experiment, rendered as far as it goes.
#[derive(Default)]
pub(super) struct Studied {
    /// What was asked, with the values on the command line. `None` where the chart can't be loaded.
    pub request: Option<(Request, Overrides)>,
    pub rendering: Option<Rendering>,
    /// `None` where nothing is printed.
    pub printed: Option<Printed>,
    /// The places at which Helm stops, and rendering went on.
    pub stops: Vec<engine::Stop>,
    /// The outside as it is when all is rendered.
    pub world: SeededWorld,
    pub analysis: Analysis,
}

/// Renders an experiment. The linter has not looked at it yet. `memory` is what the one before left.
pub(super) fn study(experiment: &Experiment, outside: &Outside, memory: &mut Memory) -> Studied {
    let (request, overrides) = match request(experiment) {
        Ok(request) => request,
        Err(refusal) => return Studied { analysis: refused(experiment, &refusal), ..Studied::default() },
    };
    let mut world = SeededWorld::new(outside.now, outside.seed);
    let mut rendering = engine::render_again(request.clone(), &mut world, memory);
    // It lives as long as the page shows it, and needs neither templates nor charts for that.
    rendering.kept = engine::Kept::default();
    let done = match &rendering.result {
        Ok(rendered) => {
            engine::print(&rendered.documents, &print_options(experiment)).map(|printed| (rendered, printed))
        }
        Err(error) => Err(error.clone()),
    };
    let studied = Studied { world, ..Studied::default() };
    let mut studied = match done {
        Ok((rendered, printed)) => {
            let analysis = described(&rendering, rendered, &printed, &[]);
            Studied { analysis, printed: Some(printed), rendering: Some(rendering), ..studied }
        }
        Err(error) => {
            let inputs = Inputs::new(&mut request.clone(), &overrides);
            let first = (&rendering, &inputs);
            go_on(experiment, request.clone(), (outside, memory), first, &error).unwrap_or_else(|| {
                let (first, more) = failures(experiment, &rendering, &inputs, &error);
                let mut analysis = Analysis::failed(first);
                analysis.problems.extend(more);
                Studied { analysis, rendering: Some(rendering), ..studied }
            })
        }
    };
    if let Some(rendering) = &studied.rendering {
        finish(&mut studied.analysis, experiment, rendering);
    }
    Studied { request: Some((request, overrides)), ..studied }
}

fn print_options(experiment: &Experiment) -> PrintOptions {
    PrintOptions { helm: experiment.settings.helm, ..PrintOptions::default() }
}

/// Adds what Helm says on the way, and what it knows nothing of.
fn finish(analysis: &mut Analysis, experiment: &Experiment, rendering: &Rendering) {
    analysis.problems.extend(warnings(experiment, &rendering.files, &rendering.log));
    analysis.problems.extend(jinja_note(experiment));
    analysis.problems.sort_by_key(|problem| std::cmp::Reverse(problem.severity));
}

/// That a template is one of the Jinja dialect.
fn jinja_note(experiment: &Experiment) -> Option<Problem> {
    let is_template = |path: &FilePath| path.as_str().starts_with("templates/") && jinja::is_jinja(path.as_str());
    let path = experiment.files.keys().find(|path| is_template(path))?;
    let message = "Helm knows nothing of Jinja: it takes this file for a template of its own".to_owned();
    let place = Some(Place { path: path.clone(), line: 1, column: 1, bytes: 0..0 });
    Some(Problem { severity: Severity::Note, place, ..Problem::error(message) })
}

/// What there would be but for an error. `None` where there is nothing.
fn go_on(
    experiment: &Experiment,
    request: Request,
    (outside, memory): (&Outside, &mut Memory),
    (first, inputs): (&Rendering, &Inputs),
    error: &engine::Error,
) -> Option<Studied> {
    // What ran on without end would do so again.
    let is_endless = match &error.kind {
        engine::ErrorKind::Exec(error) => error.exhausted().is_some(),
        engine::ErrorKind::Jinja(error) => error.kind == jinja::ErrorKind::Exhausted,
        _ => false,
    };
    if is_endless {
        return None;
    }
    let mut world = SeededWorld::new(outside.now, outside.seed);
    let (rendering, stops) = engine::render_on_again(request, &mut world, memory);
    let rendered = rendering.result.as_ref().ok()?;
    let printed = engine::print(&rendered.documents, &print_options(experiment)).ok()?;
    if printed.documents.is_empty() {
        return None;
    }
    let mut problems: Vec<Problem> = stops.iter().map(|stop| stopped(experiment, &rendering, inputs, stop)).collect();
    let (own, more) = failures(experiment, first, inputs, error);
    // Helm's error is one of them; how it tells it is known from the first rendering.
    match problems.iter().position(|problem| problem.original == own.original) {
        Some(at) => {
            let known = problems.remove(at);
            let place = known.place.or(own.place);
            let also = if known.also.is_empty() { own.also } else { known.also };
            problems.insert(0, Problem { place, also, original: own.original, ..known });
        }
        None => drop(problems.splice(0..0, std::iter::once(own).chain(more))),
    }
    problems.truncate(MOST_STOPS);
    for problem in &mut problems {
        problem.output_line = stops::output_line(problem, experiment, &printed, &rendering);
    }
    let analysis = described(&rendering, rendered, &printed, &stops);
    let analysis = Analysis { outcome: Outcome::Stopped, problems, ..analysis };
    let (rendering, printed) = (Some(rendering), Some(printed));
    Some(Studied { rendering, printed, stops, world, analysis, ..Studied::default() })
}

/// Of the places at which Helm stops no more than these are told: the first ones are mended first.
const MOST_STOPS: usize = 30;

/// A place at which Helm stops.
fn stopped(experiment: &Experiment, rendering: &Rendering, inputs: &Inputs, stop: &engine::Stop) -> Problem {
    let atlas = Atlas::new(experiment, &rendering.files);
    let mut problem = told(experiment, rendering, inputs, stop);
    problem.place = stop.printed_by.and_then(|span| atlas.place(span)).or(problem.place);
    problem.also.extend(stop.calls.iter().rev().filter_map(|call| atlas.place(*call)));
    problem.also.dedup();
    let own = problem.place.clone();
    problem.also.retain(|call| Some(call) != own.as_ref());
    problem
}

/// Why there is nothing to render: Helm's words, and the table of files that the place points into.
pub(super) struct Refusal {
    pub(super) error: chart::Error,
    words: String,
    pub(super) files: Files,
    /// The layer of values to blame.
    layer: Option<usize>,
}

impl Refusal {
    fn boxed(error: chart::Error, files: Files) -> Box<Self> {
        Box::new(Self { words: error.to_string(), error, files, layer: None })
    }

    fn of_layer(bad: BadLayer) -> Box<Self> {
        Box::new(Self { layer: Some(bad.at), ..*Self::boxed(bad.error, Files::new()) })
    }
}

/// What `helm template` would be asked, and the values on its command line.
pub(super) fn request(experiment: &Experiment) -> Result<(Request, Overrides), Box<Refusal>> {
    let (mut files, mut log) = (Files::new(), Log::of(experiment.settings.helm));
    let settings = &experiment.settings;
    let mut capabilities = Capabilities::of(settings.helm);
    if !settings.kube_version.is_empty() {
        match KubeVersion::parse(&settings.kube_version, settings.helm) {
            Ok(version) => capabilities.kube_version = version,
            Err(error) => return Err(Refusal::boxed(error, files)),
        }
    }
    let apis = settings.api_versions.split([',', ' ']).filter(|api| !api.is_empty());
    capabilities.api_versions.extend(apis.map(str::to_owned));
    let (overrides, values) = layer::given(experiment).map_err(Refusal::of_layer)?;
    let entry = |(path, content): (&super::FilePath, &Content)| Entry::new(path.as_str(), content.shared());
    let loaded = chart::load(experiment.chart_files().map(entry).collect(), &mut files, &mut log);
    let chart = match loaded {
        Ok(chart) => chart,
        Err(error) => return Err(Refusal::boxed(error, files)),
    };
    let namespace = if settings.namespace.is_empty() { "default" } else { &settings.namespace };
    let release = Release {
        name: settings.release.to_string(),
        namespace: namespace.to_owned(),
        revision: i64::from(settings.revision),
        operation: settings.operation,
    };
    let (schema, limits, record) = (SchemaCheck::Done, Limits::default(), Record::Origins);
    let dialect = Dialect::Jinja;
    Ok((Request { chart, files, log, values, release, capabilities, schema, limits, record, dialect }, overrides))
}

fn refused(experiment: &Experiment, refusal: &Refusal) -> Analysis {
    let atlas = Atlas::new(experiment, &refusal.files);
    let layer = refusal.layer;
    let file = layer.and_then(|at| experiment.settings.layers.get(at)?.file());
    let place = match (layer, file) {
        (Some(_), None) => None,
        (_, Some(file)) => atlas.place_in(file, &refusal.words),
        (None, None) => atlas.place_of_error(refusal.error.span, &refusal.words),
    };
    let message = super::words::plain_chart(&refusal.error).unwrap_or_else(|| refusal.words.clone());
    let rule = lint::rule_of(&engine::Error::refused(refusal.error.clone(), experiment.settings.helm));
    let (rule, original) = (rule.map(str::to_owned), Some(refusal.words.clone()));
    Analysis::failed(Problem { rule, original, layer, place, ..Problem::error(message) })
}

/// Helm's error: a problem for each value that a schema forbids, one otherwise.
fn failures(
    experiment: &Experiment,
    rendering: &Rendering,
    inputs: &Inputs,
    error: &engine::Error,
) -> (Problem, Vec<Problem>) {
    let atlas = Atlas::new(experiment, &rendering.files);
    let mut forbidden = forbidden(experiment, &atlas, inputs, error).into_iter();
    let first = forbidden.next().unwrap_or_else(|| failure(experiment, rendering, inputs, error));
    (first, forbidden.collect())
}

fn failure(experiment: &Experiment, rendering: &Rendering, inputs: &Inputs, error: &engine::Error) -> Problem {
    told(experiment, rendering, inputs, &lint::bare(error.clone(), stops::source(error)))
}

/// An error in words, with what mends it.
fn told(experiment: &Experiment, rendering: &Rendering, inputs: &Inputs, stop: &engine::Stop) -> Problem {
    let error = &stop.error;
    let atlas = Atlas::new(experiment, &rendering.files);
    let words = error.to_string();
    let mut spans = error.spans();
    let place = match (&error.kind, spans.pop()) {
        // The line in these words is one of what was printed, not of the template.
        (engine::ErrorKind::Manifest { .. }, span) => span.and_then(|span| atlas.place(span)),
        (_, span) => atlas.place_of_error(span, &words),
    };
    // The calls that led there, the nearest first.
    let mut also: Vec<_> = spans.into_iter().rev().filter_map(|span| atlas.place(span)).collect();
    also.dedup();
    also.retain(|call| Some(call) != place.as_ref());
    let Told { message, mend, others } = stops::told(experiment, rendering, inputs, stop);
    let message = message.or_else(|| plain(error)).unwrap_or_else(|| words.clone());
    let rule = lint::rule_of(error).map(str::to_owned);
    Problem { rule, original: Some(words), place, also, mend, others, ..Problem::error(message) }
}

/// What Helm says on standard error on the way. What it says at level info goes through Go's `log`, as warnings do.
fn warnings(experiment: &Experiment, files: &Files, log: &Log) -> Vec<Problem> {
    let atlas = Atlas::new(experiment, files);
    let problem = |line: &LogLine| {
        let severity = if line.level == Level::Error { Severity::Error } else { Severity::Warning };
        let (layer, place) = blame(experiment, &atlas, &line.message);
        let message = super::words::plain_warning(&line.message, &experiment.chart_title().0)
            .unwrap_or_else(|| line.message.clone());
        Problem { severity, original: Some(line.to_string()), layer, place, ..Problem::error(message) }
    };
    log.lines().iter().map(problem).collect()
}

/// What is printed, in a whole rendering or in one with holes at what Helm stops.
fn described(rendering: &Rendering, rendered: &Rendered, printed: &Printed, stops: &[engine::Stop]) -> Analysis {
    let output = printed.text.to_str().into_owned();
    let mut documents = outline(&output);
    for document in &mut documents {
        let own = |stop: &&engine::Stop| super::outline::in_chart(&stop.source) == document.source;
        document.stops =
            stops.iter().find(own).map(|stop| plain(&stop.error).unwrap_or_else(|| stop.error.to_string()));
    }
    let broken = broken(stops);
    for document in documents.iter_mut().filter(|document| document.kind.is_empty() && document.name.is_empty()) {
        if let Some(path) = document.source.as_ref().filter(|path| broken.contains(path)) {
            path.name().clone_into(&mut document.name);
        }
    }
    Analysis {
        outcome: Outcome::Rendered,
        documents,
        tints: tints(&printed.text, &rendering.trace),
        notes: rendered.notes.as_ref().map(|notes| notes.to_str().into_owned()).unwrap_or_default(),
        broken,
        output,
        ..Analysis::default()
    }
}

/// The templates that can't be parsed, and so printed nothing.
fn broken(stops: &[engine::Stop]) -> Vec<super::FilePath> {
    let is_parse = |stop: &&engine::Stop| matches!(stop.error.kind, engine::ErrorKind::Parse(..));
    stops.iter().filter(is_parse).filter_map(|stop| super::outline::in_chart(&stop.source)).collect()
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::super::{FilePath, SampleIndex, Settings, default_experiment};
    use super::*;
    use crate::helm::Helm;

    fn with(changes: &[(&str, &str)]) -> Experiment {
        let mut experiment = default_experiment();
        let mut files = (*experiment.files).clone();
        for (path, text) in changes {
            files.insert(FilePath::parse(path).unwrap(), Content::Text((*text).into()));
        }
        experiment.files = Rc::new(files);
        experiment
    }

    fn seen(experiment: &Experiment) -> Analysis {
        analyze(experiment, Outside::default())
    }

    /// Where the first problem is, as `path:line:text`.
    fn first_place(experiment: &Experiment) -> (String, String) {
        let analysis = seen(experiment);
        assert_ne!(analysis.outcome, Outcome::Rendered, "{}", analysis.output);
        let problem = analysis.problems.first().expect("a problem");
        let place = problem.place.as_ref().expect("a place");
        let text = experiment.file(&place.path).and_then(Content::text).expect("a file of the chart");
        (format!("{}:{}", place.path, place.line), text.get(place.bytes.clone()).unwrap_or_default().to_owned())
    }

    #[test]
    fn every_sample_renders_as_helm_renders_it() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let index = SampleIndex::parse(include_str!("../../static/samples/index.json")).unwrap();
        for sample in &index.samples {
            let folder = root.join("static/samples").join(&*sample.name);
            let read = |path: &FilePath| std::fs::read(folder.join(path.as_str())).unwrap();
            let analysis = seen(&sample.experiment(sample.files.iter().map(read)));
            let golden = root.join("tests/charts/expected").join(format!("{}.yaml", sample.name));
            assert_eq!(
                analysis.output,
                std::fs::read_to_string(golden).unwrap(),
                "{}: {:?}",
                sample.name,
                analysis.problems
            );
        }
    }

    #[test]
    fn the_default_chart_has_one_thing_to_find() {
        let analysis = seen(&default_experiment());
        let titles: Vec<_> = analysis.documents.iter().map(super::super::Document::title).collect();
        assert_eq!(titles, ["Service web", "StatefulSet web"]);
        let problem = analysis.problems.iter().find(|problem| problem.document.as_deref() == Some("StatefulSet web"));
        let place = problem.and_then(|problem| problem.place.clone()).expect("a finding with a place");
        assert_eq!(place.path.as_str(), "templates/statefulset.yaml");
    }

    #[test]
    fn an_error_stands_where_it_was_made() {
        let template = |text: &str| with(&[("templates/service.yaml", text)]);
        assert_eq!(
            first_place(&template("a: 1\nb: {{ .Values.nope.port }}\n")),
            ("templates/service.yaml:2".into(), ".Values.nope.port".into())
        );
        assert_eq!(first_place(&template("a: 1\nb: {{ nosuch }}\n")).0, "templates/service.yaml:2");
        assert_eq!(first_place(&template("a: 1\nb: {{ if }}\n")).0, "templates/service.yaml:2");
        assert_eq!(first_place(&with(&[("values.yaml", "a: 1\nb: [\n")])), ("values.yaml:2".into(), "b: [".into()));
        assert_eq!(first_place(&with(&[("Chart.yaml", "name: [\n")])).0.split(':').next(), Some("Chart.yaml"));
    }

    #[test]
    fn an_error_in_a_helper_names_the_calls_that_led_there() {
        let helper = "{{- define \"web.selectorLabels\" -}}\n{{ required \"need it\" .Values.nope }}\n{{- end }}\n";
        let helpers = default_experiment();
        let old = helpers.file(&FilePath::parse("templates/_helpers.tpl").unwrap()).and_then(Content::text).unwrap();
        let (before, _) = old.split_once("{{- define \"web.selectorLabels\"").unwrap();
        let experiment = with(&[("templates/_helpers.tpl", &format!("{before}{helper}"))]);
        assert_eq!(first_place(&experiment).0, "templates/_helpers.tpl:15");
        let problem = seen(&experiment).problems.remove(0);
        assert!(problem.also.iter().any(|place| place.path.name() != "_helpers.tpl"), "{:?}", problem.also);
    }

    #[test]
    fn output_that_is_no_yaml_is_the_fault_of_its_template() {
        let printed = "{{- range until 9 }}\n# a comment\n{{- end }}\na: {{ print \"b: c\" }}\nd: 1\n";
        assert_eq!(first_place(&with(&[("templates/service.yaml", printed)])).0, "templates/service.yaml:4");
    }

    #[test]
    fn an_error_leaves_a_hole_and_everything_else_stays() {
        let analysis = seen(&with(&[(
            "templates/service.yaml",
            "kind: Service\na: {{ .Values.nope.port }}\nb: {{ .Values.image }}\n",
        )]));
        assert_eq!(analysis.outcome, Outcome::Stopped);
        assert!(
            analysis.output.contains("\na: \u{27e6}missing .Values.nope.port\u{27e7}\nb: nginx"),
            "{}",
            analysis.output
        );
        let told: Vec<_> =
            analysis.documents.iter().map(|document| (document.kind.as_str(), document.stops.is_some())).collect();
        assert_eq!(told, [("Service", true), ("StatefulSet", false)]);
        let first = analysis.problems.first().expect("a problem");
        assert_eq!(first.message, "`.Values.nope` is not set, so `.port` can't be read.");
        let helm = "nil pointer evaluating interface {}.port";
        assert!(first.original.as_ref().is_some_and(|words| words.contains(helm)), "{first:?}");
    }

    #[test]
    fn every_error_is_told_though_helm_stops_at_the_first() {
        let two = with(&[
            (
                "templates/service.yaml",
                "kind: Service\na: {{ .Values.nope.port }}\nb: {{ required \"b\" .Values.no }}\n",
            ),
            ("templates/ingress.yaml", "kind: Ingress\na: {{ include \"nosuch\" . }}\n"),
        ]);
        let analysis = seen(&two);
        let errors: Vec<_> = analysis.problems.iter().filter(|problem| problem.severity == Severity::Error).collect();
        assert_eq!(errors.len(), 3, "{errors:#?}");
        // The first is the one that Helm tells.
        let strict = engine::render(request(&two).ok().unwrap().0, &mut SeededWorld::new(0, 0)).result.unwrap_err();
        assert_eq!(errors.first().unwrap().original, Some(strict.to_string()));
    }

    #[test]
    fn what_a_broken_template_printed_before_stays() {
        let shown = super::super::Shown::default().after(seen(&default_experiment()), 0);
        let shown = shown.after(seen(&with(&[("templates/service.yaml", "kind: Service\na: {{ nosuch }}\n")])), 0);
        let good = shown.good.expect("an output");
        let told: Vec<_> = good.documents.iter().map(|document| (document.title(), document.is_old)).collect();
        let want = [("StatefulSet web", false), ("service.yaml", false), ("Service web", true)];
        assert_eq!(told, want.map(|(title, is_old)| (title.to_owned(), is_old)));
        let old = good.documents.last().unwrap();
        let lines: Vec<&str> = good.output.lines().collect();
        assert_eq!(lines[old.lines.start as usize..][..2], ["---", "# Source: web/templates/service.yaml"]);
    }

    #[test]
    fn text_that_is_no_yaml_leads_to_what_printed_it() {
        let template = "a: 1\nb: {{ .Values.text }}\nc: 1\n";
        let experiment = with(&[("templates/service.yaml", template)]);
        let mut files = (*experiment.files).clone();
        let values = experiment.file(&FilePath::values()).and_then(Content::text).unwrap();
        files.insert(FilePath::values(), Content::Text(format!("{values}\ntext: \"x: y\"\n").into()));
        let experiment = Experiment { files: Rc::new(files), ..experiment };
        assert_eq!(first_place(&experiment), ("templates/service.yaml:2".into(), ".Values.text".into()));
        assert!(seen(&experiment).output.contains("b: x: y\n"));
    }

    #[test]
    fn what_is_wrong_with_values_stands_in_their_file() {
        let experiment = default_experiment();
        let values = FilePath::parse("values.yaml").unwrap();
        let own = experiment.file(&values).and_then(Content::text).unwrap();
        let experiment = with(&[("values.yaml", &format!("{own}\nnobodyReadsIt: 1\n"))]);
        let analysis = seen(&experiment);
        let problem = analysis.problems.iter().find(|problem| problem.rule.as_deref() == Some("unused-value"));
        let problem = problem.expect("a finding");
        let place = problem.place.as_ref().expect("a place");
        let text = experiment.file(&place.path).and_then(Content::text).unwrap();
        assert_eq!((&place.path, text.get(place.bytes.clone())), (&values, Some("nobodyReadsIt: 1")));
        assert_eq!(problem.document, None);
    }

    #[test]
    fn bad_settings_and_charts_are_told_in_words() {
        let mut experiment = default_experiment();
        experiment.settings = Settings { kube_version: "x.y".into(), ..Settings::default() };
        assert_eq!(seen(&experiment).outcome, Outcome::Failed);
        let empty = Experiment::default();
        assert_eq!(
            seen(&empty).problems.first().map(|problem| problem.message.as_str()),
            Some("This chart has no Chart.yaml.")
        );
        let binary = Content::from_bytes(&[0, 1, 2, 255]);
        let mut files = (*default_experiment().files).clone();
        files.insert(FilePath::parse("files/logo.png").unwrap(), binary);
        let experiment = Experiment { files: Rc::new(files), ..default_experiment() };
        assert_eq!(seen(&experiment).outcome, Outcome::Rendered);
    }

    #[test]
    fn helm_3_is_followed_where_it_is_asked_for() {
        let mut experiment =
            with(&[("templates/service.yaml", "a: {{ .Chart.Nope }}{{ .Capabilities.KubeVersion }}\n")]);
        assert_eq!(seen(&experiment).outcome, Outcome::Rendered);
        assert!(seen(&experiment).output.contains("a: v1.36.0\n"));
        experiment.settings.helm = Helm::Three;
        assert_eq!(
            seen(&experiment)
                .problems
                .first()
                .and_then(|problem| problem.original.as_deref())
                .map(|words| words.starts_with("template: web/templates/service.yaml:1:")),
            Some(true)
        );
        let experiment = Experiment {
            settings: Settings { helm: Helm::Three, ..Settings::default() },
            ..with(&[("templates/service.yaml", "a: {{ .Capabilities.KubeVersion }}\n")])
        };
        assert!(seen(&experiment).output.contains("a: v1.32.0\n"));
    }

    #[test]
    fn what_is_random_stays_while_one_types() {
        let random = with(&[("templates/service.yaml", "a: {{ randAlphaNum 9 }}\n")]);
        assert_eq!(seen(&random).output, seen(&random).output);
    }
}
