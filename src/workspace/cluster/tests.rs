//! What a user does on the page, played natively.

use std::rc::Rc;

use super::super::{Content, Experiment, FilePath, Outside, Study, default_experiment};
use super::*;

struct Played {
    session: Session,
    stage: Stage,
    known: usize,
}

impl Played {
    fn new() -> Self {
        Self { session: Session::default(), stage: Stage::default(), known: 0 }
    }

    fn does(&mut self, deed: Deed) -> Scene {
        let number = self.session.number;
        self.session = self.session.after(deed);
        if self.session.number != number {
            self.known = 0;
        }
        self.scene(View { kinds: vec!["po".into(), "pvc".into()], is_wide: false, pod: Some("web-0".into()) })
    }

    fn scene(&mut self, view: View) -> Scene {
        let question = ClusterQuestion::Scene(self.session.for_worker(self.known), view);
        self.known = self.session.charts.len();
        match self.stage.answer(question, None, &Outside::default()) {
            ClusterReply::Scene(scene) => *scene,
            other => panic!("a scene, but {other:?}"),
        }
    }
}

fn web(values: &str) -> Rc<Experiment> {
    let mut experiment = default_experiment();
    let mut files = (*experiment.files).clone();
    let old = files.get(&FilePath::values()).and_then(Content::text).map_or("", |text| text).to_owned();
    files.insert(FilePath::values(), Content::Text(format!("{old}\n{values}").into()));
    experiment.files = Rc::new(files);
    Rc::new(experiment)
}

fn install() -> Deed {
    Deed::Apply(Command::Install, Rc::new(default_experiment()))
}

fn berths(scene: &Scene) -> String {
    let pods = scene.groups.iter().flat_map(|group| &group.pods);
    let told =
        pods.map(|pod| format!("{} {} {}", pod.name, pod.order, if pod.is_ready { "Ready" } else { &pod.status }));
    told.collect::<Vec<_>>().join(", ")
}

#[test]
fn pods_come_one_after_the_other_and_going_back_is_what_was() {
    let mut played = Played::new();
    played.does(install());
    let settled = played.does(Deed::Do(Command::Run));
    assert_eq!(berths(&settled), "web-0 1st Ready, web-1 2nd Ready, web-2 3rd Ready");
    assert_eq!((settled.prospect, settled.revision), (Prospect::Settled, Some(1)));
    let scaled = played.does(Deed::Do(Command::Scale(Kind::StatefulSet, "web".into(), 1)));
    let fewer = played.does(Deed::Do(Command::Run));
    assert_eq!(berths(&fewer), "web-0  Ready");
    assert_eq!(played.does(Deed::Back), scaled);
    assert_eq!(played.does(Deed::Back), settled);
    assert_eq!(played.does(Deed::Forth), scaled);
}

#[test]
fn events_name_the_line_that_decides() {
    let mut played = Played::new();
    played.does(install());
    let scene = played.does(Deed::Do(Command::Run));
    let (study, _) = Study::of(default_experiment(), &Outside::default());
    let mut lines = Vec::new();
    for cause in scene.events.iter().filter_map(|told| told.cause.clone()) {
        let question = ClusterQuestion::Find(cause.clone());
        let ClusterReply::Found(at) = Stage::default().answer(question, Some(&study), &Outside::default()) else {
            panic!("a place");
        };
        let output = study.output();
        let line = output.get(at.unwrap()..).and_then(|rest| rest.lines().next()).unwrap_or_default().trim().to_owned();
        lines.push((cause.path, line));
    }
    // What isn't written is looked for where it would be.
    let decided =
        [("spec.podManagementPolicy", "spec:"), ("spec.template.spec.containers[0].readinessProbe", "readinessProbe:")];
    for (path, line) in decided {
        assert!(lines.contains(&(path.to_owned(), line.to_owned())), "{lines:?}");
    }
}

#[test]
fn a_worker_that_was_started_afresh_says_so() {
    let session = Session::default().after(install());
    let question = ClusterQuestion::Scene(session.for_worker(1), View::default());
    assert_eq!(Stage::default().answer(question, None, &Outside::default()), ClusterReply::Lost);
}

#[test]
fn a_pod_looked_at_closely_says_its_claim_its_names_and_when_it_is_ready() {
    let mut played = Played::new();
    played.does(install());
    played.does(Deed::Do(Command::Run));
    let scene = played.scene(View { pod: Some("web-0".into()), ..View::default() });
    let pod = scene.pod.expect("the pod");
    assert_eq!(pod.address.as_deref(), Some("10.244.0.4"));
    assert!(pod.lookups.iter().all(|(_, printed)| printed.starts_with("Server:\t\t10.96.0.10\n")), "{pod:?}");
    let claims: Vec<_> = pod.claims.iter().map(|claim| (claim.name.as_str(), claim.host_path.as_deref())).collect();
    assert_eq!(claims, [("data-web-0", Some("/tmp/hostpath-provisioner/default/data-web-0"))]);
}

#[test]
fn an_upgrade_is_told_before_it_is_done() {
    let mut played = Played::new();
    played.does(install());
    played.does(Deed::Do(Command::Run));
    let chart = Chart::of(&web("image: nginx:1.28"));
    let question = ClusterQuestion::Preview(played.session.for_worker(1), chart);
    let ClusterReply::Preview(preview) = played.stage.answer(question, None, &Outside::default()) else {
        panic!("a preview")
    };
    let told: Vec<_> = preview.pods.iter().map(|change| (change.fate, change.pods.join(" "))).collect();
    assert_eq!(told, [(Fate::Restarted, "web-2 web-1 web-0".to_owned())], "{preview:?}");
}

#[test]
fn a_long_session_goes_back_to_any_of_its_moments() {
    let mut played = Played::new();
    let mut scenes = vec![played.does(install())];
    scenes.extend((0..40).map(|_| played.does(Deed::Do(Command::Wait(1)))));
    scenes.pop();
    while let Some(before) = scenes.pop() {
        assert_eq!(played.does(Deed::Back), before);
    }
}

#[test]
fn a_long_run_is_answered_in_pieces_and_going_back_in_the_middle_of_it_is_what_was() {
    let view = || View { kinds: vec!["sts".into()], is_wide: false, pod: None };
    let mut played = Played::new();
    let installed = played.does(Deed::Apply(Command::Install, web("replicaCount: 300")));
    let mut scene = played.does(Deed::Do(Command::Run));
    assert!(scene.is_underway, "{}", scene.now);
    assert_eq!(played.does(Deed::Back), installed);
    scene = played.does(Deed::Forth);
    let mut pieces = 0;
    while scene.is_underway {
        scene = played.scene(view());
        pieces += 1;
    }
    assert!(pieces > 1);
    assert_eq!(scene.prospect, Prospect::Settled);
    let rows: Vec<String> = scene.tables.iter().flat_map(|table| &table.rows).map(|row| row.join(" ")).collect();
    assert!(rows.first().is_some_and(|row| row.starts_with("web 300/300")), "{rows:?}");
}

#[test]
fn the_forecast_counts_the_pods_that_come_later_in_every_version() {
    let pods = |version: &str| {
        let chart = "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: a}\nspec:\n  replicas: 400\n  serviceName: a\n  selector: {matchLabels: {app: a}}\n  template:\n    metadata: {labels: {app: a}}\n    spec: {containers: [{name: a, image: a}]}\n";
        let mut experiment = default_experiment();
        let mut files = (*experiment.files).clone();
        files.retain(|path, _| !path.to_string().contains("templates"));
        files.insert(FilePath::parse("templates/a.yaml").ok().unwrap(), Content::Text(chart.into()));
        experiment.files = Rc::new(files);
        experiment.settings.kube_version = version.into();
        let (study, _) = Study::of(experiment, &Outside::default());
        match Stage::default().answer(ClusterQuestion::Forecast, Some(&study), &Outside::default()) {
            ClusterReply::Forecast(groups) => groups.iter().map(|group| group.pods.len() + group.more).sum::<usize>(),
            other => panic!("a forecast, but {other:?}"),
        }
    };
    // What isn't reached when looking ahead counts all the same.
    assert_eq!((pods("1.22"), pods("")), (400, 400));
}
