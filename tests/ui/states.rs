//! The states of the page.

use std::rc::Rc;

use chartroom::app::Start;
use chartroom::app::effects::pinning::Pinning;
use chartroom::app::layout::{Came, Copied, Fold, Layout, OutputTab, Strip};
use chartroom::helm::Helm;
use chartroom::workspace::{
    Analysis, Content, Experiment, FilePath, Files, Origin, Outside, Question, Reply, SchemaSupply, Settings, Shown,
    Skip, Spot, Study, Workspace, analyze,
};

use super::{check, draw};

const CHART: &str = "apiVersion: v2\nname: tiny\nversion: 0.1.0\n";
const VALUES: &str = "replicas: 2\n";
const HELPERS: &str = "{{ define \"tiny.labels\" }}app: tiny{{ end }}\n";
const SET: &str = "apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: {{ .Release.Name }}\n  labels:\n    {{ include \"tiny.labels\" . }}\nspec:\n  replicas: {{ .Values.replicas }}\n";

pub(super) fn experiment(changes: &[(&str, &[u8])]) -> Experiment {
    let mut files = Files::new();
    let texts = [
        ("Chart.yaml", CHART),
        ("templates/_helpers.tpl", HELPERS),
        ("templates/set.yaml", SET),
        ("values.yaml", VALUES),
    ];
    let texts = texts.into_iter().map(|(path, text)| (path, text.as_bytes()));
    for (path, bytes) in texts.chain(changes.iter().copied()) {
        files.insert(FilePath::parse(path).expect("a path"), Content::from_bytes(bytes));
    }
    Experiment::new(Origin::Sample("tiny".into()), files, Settings::default())
}

fn analysis(experiment: &Experiment) -> Analysis {
    analyze(experiment, Outside::default())
}

pub(super) fn start(experiment: Experiment, layout: Layout) -> Start {
    let shown = Shown::default().after(analysis(&experiment), 0);
    Start { workspace: Rc::new(Workspace::new(experiment)), shown, layout, ..Start::default() }
}

#[test]
fn a_chart_with_its_output_and_a_finding() {
    check("chart", &draw::page(|| start(experiment(&[]), Layout::default())));
}

#[test]
fn schemas_that_cant_be_fetched_are_said_to_be_unchecked() {
    let drawn = draw::page(|| {
        let layout = Layout { problems: Fold::Open, ..Layout::default() };
        let start = start(experiment(&[]), layout);
        let outside = Outside { schemas: SchemaSupply::Missing, ..Outside::default() };
        let shown = Shown::default().after(analyze(&start.workspace.experiment, outside), 0);
        Start { shown, ..start }
    });
    check("schemas-missing", &drawn);
}

#[test]
fn a_problem_that_an_edit_mends_shows_the_lines_and_the_button() {
    let drawn = draw::page(|| {
        let pod = b"apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  hostPID: true\n  containers:\n    - name: a\n      image: a:1\n";
        start(experiment(&[("templates/set.yaml", pod)]), Layout { problems: Fold::Open, ..Layout::default() })
    });
    check("mend", &drawn);
}

#[test]
fn a_pinned_word_with_its_card() {
    let drawn = draw::page(|| {
        let start = start(experiment(&[]), Layout::default());
        let (mut study, analysis) = Study::of(Experiment::clone(&start.workspace.experiment), &Outside::default());
        let spot = Spot::Output(analysis.output.find("replicas: 2").expect("the line"));
        let pin = match study.answer(&Question::Why(spot.clone(), None), None) {
            Some(Reply::Why(pin)) => Some(*pin),
            _ => None,
        };
        Start { pinning: Pinning::new(spot, pin), ..start }
    });
    check("pinned", &drawn);
}

#[test]
fn a_chart_under_helm_3() {
    let under = || {
        let settings = Settings { helm: Helm::Three, ..Settings::default() };
        Experiment { settings, ..experiment(&[]) }
    };
    check("helm-3", &draw::page(move || start(under(), Layout::default())));
}

#[test]
fn the_problems_unfolded() {
    let layout = || Layout { problems: Fold::Open, problem: Some(0), ..Layout::default() };
    check("problems", &draw::page(move || start(experiment(&[]), layout())));
}

#[test]
fn an_error_leaves_a_hole_where_helm_stops() {
    let broken = || experiment(&[("templates/set.yaml", b"a: 1\nb: {{ .Values.nope.port }}\n")]);
    let layout = || Layout { problems: Fold::Open, ..Layout::default() };
    check("hole", &draw::page(move || start(broken(), layout())));
}

#[test]
fn where_nothing_can_be_rendered_the_last_good_output_stays_and_says_that_it_is_old() {
    let drawn = draw::page(|| {
        let good = analysis(&experiment(&[]));
        let broken = experiment(&[("values.yaml", b"a: [\n")]);
        let shown = Shown::default().after(good, 0).after(analysis(&broken), 0);
        let layout = Layout { problems: Fold::Open, ..Layout::default() };
        Start { workspace: Rc::new(Workspace::new(broken)), shown, layout, ..Start::default() }
    });
    check("error", &drawn);
}

#[test]
fn a_chart_that_never_rendered() {
    let broken = || experiment(&[("values.yaml", b"a: [\n")]);
    check("never-rendered", &draw::page(move || start(broken(), Layout::default())));
}

#[test]
fn a_chart_that_prints_nothing() {
    let silent = || experiment(&[("templates/set.yaml", b"{{ if false }}a: 1{{ end }}\n")]);
    check("nothing-printed", &draw::page(move || start(silent(), Layout::default())));
}

#[test]
fn notes() {
    let layout = || Layout { tab: OutputTab::Notes, ..Layout::default() };
    let chart = || experiment(&[("templates/NOTES.txt", b"Welcome to {{ .Release.Name }}.\n")]);
    check("notes", &draw::page(move || start(chart(), layout())));
}

#[test]
fn a_binary_file() {
    let drawn = draw::page(|| {
        let mut experiment = experiment(&[("files/logo.png", &[0x89, b'P', b'N', b'G', 0])]);
        experiment.open = FilePath::parse("files/logo.png").ok();
        start(experiment, Layout::default())
    });
    check("binary-file", &drawn);
}

#[test]
fn the_engine_is_not_there_yet() {
    let drawn = draw::page(|| Start { workspace: Rc::new(Workspace::new(experiment(&[]))), ..Start::default() });
    check("starting", &drawn);
}

#[test]
fn a_link_was_made() {
    let strip = || Some(Strip::Link("https://example.com/#1.f.AAAA".into(), Copied::Yes));
    check("link", &draw::page(move || start(experiment(&[]), Layout { strip: strip(), ..Layout::default() })));
}

#[test]
fn a_link_was_opened() {
    let layout = || Layout { strip: Some(Strip::Opened), ..Layout::default() };
    check("link-opened", &draw::page(move || start(experiment(&[]), layout())));
}

#[test]
fn a_link_was_cut_off() {
    let why = "This link is cut off (expected 887 characters, got 640)";
    let layout = move || Layout { strip: Some(Strip::BadLink(why.into())), ..Layout::default() };
    check("link-cut-off", &draw::page(move || start(experiment(&[]), layout())));
}

#[test]
fn a_chart_of_the_readers_own_was_opened() {
    let came = || Came {
        sentence: "Opened tiny: 4 files. Nothing was sent anywhere.".into(),
        left_out: Some("1 file left out".into()),
        skipped: [("notes.md".to_owned(), Skip::Outside)].into(),
    };
    let strip = move || Some(Strip::Brought(came()));
    check("brought", &draw::page(move || start(experiment(&[]), Layout { strip: strip(), ..Layout::default() })));
}

#[test]
fn what_was_dropped_is_no_chart() {
    let strip = || Some(Strip::NotBrought("There is no Chart.yaml in it".into()));
    check("not-brought", &draw::page(move || start(experiment(&[]), Layout { strip: strip(), ..Layout::default() })));
}
