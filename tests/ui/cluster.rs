//! The simulated cluster on the page.

use std::rc::Rc;

use chartroom::app::Start;
use chartroom::app::effects::cluster::Staging;
use chartroom::app::layout::{Layout, OutputTab};
use chartroom::workspace::cluster::{ClusterQuestion, ClusterReply, Command, Deed, Scene, Session, Stage, View};
use chartroom::workspace::{Outside, Shown, Study, Workspace, default_experiment};

use super::{check, draw};

fn scene(session: &Session, view: View) -> Scene {
    let question = ClusterQuestion::Scene(session.for_worker(0), view);
    match Stage::default().answer(question, None, &Outside::default()) {
        ClusterReply::Scene(scene) => *scene,
        other => panic!("a scene, but {other:?}"),
    }
}

fn start(tab: OutputTab, staging: Staging) -> Start {
    let experiment = default_experiment();
    let (_, analysis) = Study::checked(experiment.clone(), &Outside::default());
    let shown = Shown::default().after(analysis, 0);
    let layout = Layout { tab, ..Layout::default() };
    Start { workspace: Rc::new(Workspace::new(experiment)), shown, layout, staging, ..Start::default() }
}

/// The output's pane: the rest of the page is drawn elsewhere.
fn pane(drawn: &str) -> String {
    let from = drawn.find("<section class=\"pane output").unwrap_or_default();
    let to = drawn.find("</main>").unwrap_or(drawn.len());
    drawn.get(from..to).unwrap_or_default().to_owned()
}

#[test]
fn nothing_is_installed_and_the_strip_says_which_pods_there_would_be() {
    let drawn = draw::page(|| {
        let experiment = default_experiment();
        let (study, _) = Study::of(experiment, &Outside::default());
        let groups = match Stage::default().answer(ClusterQuestion::Forecast, Some(&study), &Outside::default()) {
            ClusterReply::Forecast(groups) => groups,
            other => panic!("a forecast, but {other:?}"),
        };
        start(OutputTab::Cluster, Staging::foreseen(groups))
    });
    check("cluster-nothing-installed", &pane(&drawn));
}

#[test]
fn a_pod_waits_for_the_one_before() {
    let drawn = draw::page(|| {
        let install = Deed::Apply(Command::Install, Rc::new(default_experiment()));
        let session = Session::default().after(install).after(Deed::Do(Command::Wait(4)));
        let view = View { pod: Some("web-0".into()), ..View::default() };
        let scene = scene(&session, view.clone());
        start(OutputTab::Cluster, Staging::new(session, view, scene))
    });
    check("cluster-waits", &pane(&drawn));
}
