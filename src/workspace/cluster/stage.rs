//! The worker's part: the simulated cluster itself, kept between questions, so that a step need not play all the rest
//! again.

use super::super::analyze;
use super::super::{Experiment, Outside, Settings, Study};
use super::detail::detail;
use super::question::{Cause, ClusterQuestion, ClusterReply, View};
use super::scene::{self, Group, Prospect, Scene};
use super::session::{Chart, Rehearsal, Setup, takes_chart};
use crate::chart::{Capabilities, KubeVersion, Operation};
use crate::cluster::{self, Cascade, Cluster, Command, Conflicts, Kind, Manifest, Preview, Pursuit, Rest, Seed};
use crate::engine::{self, Record};
use crate::template::SeededWorld;

/// A chart as the cluster is handed it, or why it can't be.
#[derive(Clone, Debug, Default)]
struct Staged {
    manifests: Vec<Manifest>,
    left_out: Vec<String>,
    error: Option<String>,
    /// The minor version of Kubernetes.
    minor: u32,
    release: String,
    namespace: String,
}

/// A chart that the page has sent; rendered when it is its turn, for templates are told the revision.
#[derive(Clone, Debug, Default)]
struct Held {
    chart: Chart,
    staged: Option<Staged>,
}

/// The cluster after some of the script.
#[derive(Clone, Debug)]
struct Point {
    done: usize,
    cluster: Cluster,
    answer: Option<String>,
    /// How many events there were before the last command.
    told: usize,
    /// The run of time that the command behind those has begun.
    pursuit: Option<Pursuit>,
}

/// The simulated cluster, kept between questions.
#[derive(Default)]
pub struct Stage {
    number: u32,
    setup: Setup,
    charts: Vec<Held>,
    script: Vec<String>,
    /// Where things stand.
    now: Option<Point>,
    /// Where to begin when somebody goes back.
    points: Vec<Point>,
}

/// Every so many commands the cluster is kept, to begin from when somebody goes back.
const EVERY: usize = 16;
/// So many of those are kept.
const MOST_POINTS: usize = 8;
/// One question may take so much effort, which is a fraction of a second. What takes longer is answered in pieces.
const EFFORT: u64 = 800_000;
/// So much is spent on what is only looked at beforehand.
const FORESIGHT: u64 = 600_000;

impl Stage {
    /// The answer to a question. The study is the newest rendering, if there is one.
    pub fn answer(&mut self, question: ClusterQuestion, study: Option<&Study>, outside: &Outside) -> ClusterReply {
        match question {
            ClusterQuestion::Scene(rehearsal, view) => {
                let length = rehearsal.script.len();
                let Some(point) = self.play(rehearsal, outside) else { return ClusterReply::Lost };
                let mut scene = scene_of(point, &view);
                scene.is_underway = point.done < length;
                let staged = self.charts.iter().rev().find_map(|held| held.staged.as_ref());
                scene.left_out = staged.map(|staged| staged.left_out.clone()).unwrap_or_default();
                ClusterReply::Scene(Box::new(scene))
            }
            ClusterQuestion::Forecast => ClusterReply::Forecast(study.map(forecast).unwrap_or_default()),
            ClusterQuestion::Preview(rehearsal, chart) => match self.play(rehearsal, outside) {
                Some(point) => ClusterReply::Preview(Box::new(preview(&point.cluster, chart, outside))),
                None => ClusterReply::Lost,
            },
            ClusterQuestion::Compare(replicas) => ClusterReply::Compare(cluster::compare(replicas as usize)),
            ClusterQuestion::Find(cause) => ClusterReply::Found(study.and_then(|study| find(study, &cause))),
        }
    }

    /// Plays a script, or what of it is new. `None` where a chart is missing.
    fn play(&mut self, rehearsal: Rehearsal, outside: &Outside) -> Option<&Point> {
        if self.number != rehearsal.number || self.setup != rehearsal.setup {
            *self = Self { number: rehearsal.number, setup: rehearsal.setup, ..Self::default() };
        }
        for (at, chart) in rehearsal.charts.into_iter().enumerate() {
            match chart {
                Some(chart) if at == self.charts.len() => self.charts.push(Held { chart, staged: None }),
                None if at >= self.charts.len() => return None,
                Some(_) | None => {}
            }
        }
        let same = self.script.iter().zip(&rehearsal.script).take_while(|(old, new)| old == new).count();
        self.points.retain(|point| point.done <= same);
        self.script = rehearsal.script;
        let begun = |point: &Point| point.done + usize::from(point.pursuit.is_some());
        let now = self.now.take().filter(|point| begun(point) <= same);
        let mut point = match now.or_else(|| self.points.last().cloned()) {
            Some(point) => point,
            None => Point { done: 0, cluster: self.fresh(outside), answer: None, told: 0, pursuit: None },
        };
        let most = point.cluster.effort() + EFFORT;
        while let Some(line) = self.script.get(point.done).cloned() {
            let left = most.saturating_sub(point.cluster.effort());
            if left == 0 || !self.go_on(&mut point, &line, left, outside) {
                break;
            }
            point.done += 1;
            if point.done.is_multiple_of(EVERY) {
                self.keep(point.clone());
            }
        }
        Some(self.now.insert(point))
    }

    /// Does what a line says, or goes on with it. `false` where it isn't done for so much effort.
    fn go_on(&mut self, point: &mut Point, line: &str, effort: u64, outside: &Outside) -> bool {
        if point.pursuit.is_none() {
            point.told = point.cluster.events().len();
            point.pursuit = pursuit(line, &point.cluster);
        }
        if let Some(pursuit) = &mut point.pursuit {
            let Some(rest) = point.cluster.pursue(pursuit, effort) else { return false };
            point.answer = told_rest(rest, line);
            point.pursuit = None;
            return true;
        }
        let chart = self.script.iter().take(point.done).filter(|line| takes_chart(line)).count();
        let chart = if takes_chart(line) { self.staged(chart, line, &point.cluster, outside) } else { None };
        point.answer = perform(&mut point.cluster, line, chart);
        true
    }

    /// Keeps a point to begin from.
    fn keep(&mut self, point: Point) {
        self.points.retain(|old| old.done != point.done);
        if self.points.len() >= MOST_POINTS {
            self.points.remove(0);
        }
        self.points.push(point);
    }

    /// A chart for a command.
    fn staged(&mut self, at: usize, line: &str, cluster: &Cluster, outside: &Outside) -> Option<&Staged> {
        let Held { chart, staged } = self.charts.get_mut(at)?;
        let (operation, revision) = match line {
            "install" => (Operation::Install, 1),
            _ => (Operation::Upgrade, cluster.revisions() + 1),
        };
        Some(staged.get_or_insert_with(|| rendered(chart.clone(), operation, revision, outside)))
    }

    /// The cluster before anything is done.
    fn fresh(&mut self, outside: &Outside) -> Cluster {
        let first = self.charts.first_mut();
        let first = first.map(|Held { chart, staged }| {
            &*staged.get_or_insert_with(|| rendered(chart.clone(), Operation::Install, 1, outside))
        });
        cluster_for(self.setup, first)
    }
}

fn cluster_for(setup: Setup, chart: Option<&Staged>) -> Cluster {
    let mut settings = cluster::Settings {
        seed: Seed(setup.seed),
        nodes: (1..=setup.nodes.max(1)).map(node_name).collect(),
        ..cluster::Settings::default()
    };
    if let Some(chart) = chart {
        (settings.minor, settings.release) = (chart.minor, chart.release.clone());
        settings.namespace.clone_from(&chart.namespace);
    }
    let mut cluster = Cluster::new(settings);
    if !setup.has_class {
        // The class is there in every new cluster.
        let _ = cluster.delete(Kind::StorageClass, "standard", Cascade::Background, None);
    }
    cluster
}

/// The name that minikube gives a node.
fn node_name(number: u32) -> String {
    if number == 1 { "minikube".to_owned() } else { format!("minikube-m{number:02}") }
}

/// Renders a chart for the cluster.
fn rendered(chart: Chart, operation: Operation, revision: usize, outside: &Outside) -> Staged {
    let Chart { files, settings } = chart;
    let experiment = Experiment { files: files.into(), settings, ..Experiment::default() };
    let Ok((mut request, _)) = analyze::request(&experiment) else {
        return Staged { error: Some("the chart can't be read".to_owned()), ..Staged::default() };
    };
    request.release.operation = operation;
    request.release.revision = i64::try_from(revision).unwrap_or(i64::MAX);
    request.record = Record::Nothing;
    let minor = request.capabilities.kube_version.minor.parse().unwrap_or_default();
    let (release, namespace) = (request.release.name.clone(), request.release.namespace.clone());
    let rendering = engine::render(request, &mut SeededWorld::new(outside.now, outside.seed));
    let staged = Staged { minor, release, namespace, ..Staged::default() };
    let documents = match &rendering.result {
        Ok(rendered) => &rendered.documents,
        Err(error) => return Staged { error: Some(error.to_string()), ..staged },
    };
    match cluster::manifests(documents) {
        Ok(manifests) => Staged { manifests, left_out: cluster::left_out(documents), ..staged },
        Err(error) => Staged { error: Some(error), ..staged },
    }
}

/// Does what a line says. What comes back is what there is to say to it.
fn perform(cluster: &mut Cluster, line: &str, chart: Option<&Staged>) -> Option<String> {
    let command = match Command::read(line) {
        Ok(command) => command,
        Err(error) => return Some(error),
    };
    let manifests = || match chart {
        Some(Staged { error: Some(error), .. }) => Err(error.clone()),
        chart => Ok(chart.map(|chart| chart.manifests.clone()).unwrap_or_default()),
    };
    let helm = |done: Result<(), String>| done.map_err(|error| format!("Error: {error}"));
    let done = match command {
        Command::Install => helm(manifests().and_then(|manifests| cluster.install(manifests))),
        Command::Upgrade(flags) => {
            let is_forced = flags.iter().any(|flag| flag == "--force-conflicts");
            let conflicts = if is_forced { Conflicts::Force } else { Conflicts::Fail };
            helm(manifests().and_then(|manifests| cluster.upgrade(manifests, conflicts)))
        }
        Command::Rollback(revision) => helm(cluster.rollback(revision)),
        Command::Uninstall => helm(cluster.uninstall()),
        Command::Step(count) => {
            let all = (0..count).all(|_| cluster.step());
            if all { Ok(()) } else { Err("Nothing more happens by itself.".to_owned()) }
        }
        Command::Scale(kind, name, replicas) => cluster.scale(kind, &name, replicas),
        Command::Delete(kind, names, cascade, grace) => {
            names.iter().try_for_each(|name| cluster.delete(kind, name, cascade, grace))
        }
        Command::Evict(name) => cluster.evict(&name),
        Command::Drain(name) => cluster.drain(&name),
        Command::Uncordon(name) => cluster.uncordon(&name),
        Command::Reboot(name) => cluster.reboot(&name),
        Command::FailPod(name, failure) => {
            cluster.fail_pod(&name, failure);
            Ok(())
        }
        Command::FailImage(image) => {
            cluster.fail_image(&image);
            Ok(())
        }
        Command::FailNode(name) => cluster.fail_node(&name),
        Command::Heal(name) => cluster.heal(&name),
        Command::Tunnel(address) => {
            cluster.open_tunnel(&address);
            Ok(())
        }
        // What takes its time is a `pursuit`; the rest is looked at, not done.
        Command::Run
        | Command::Wait(_)
        | Command::Watch(_)
        | Command::Watched
        | Command::Get(..)
        | Command::Dns
        | Command::Nslookup(_) => Ok(()),
    };
    done.err()
}

/// The run of time that a line asks for, if it does.
fn pursuit(line: &str, cluster: &Cluster) -> Option<Pursuit> {
    match Command::read(line) {
        Ok(Command::Run) => Some(Pursuit::rest()),
        Ok(Command::Wait(span)) => Some(Pursuit::span(cluster, span)),
        Ok(Command::Step(1)) => Some(Pursuit::news(cluster)),
        _ => None,
    }
}

/// What there is to say of how a run of time has ended.
fn told_rest(rest: Rest, line: &str) -> Option<String> {
    let told = match rest {
        Rest::Settled if line == "step" => "Nothing more happens by itself.",
        Rest::Settled | Rest::TimeIsUp | Rest::News => return None,
        Rest::Trying => "What still happens are further tries of what has failed.",
        Rest::Idle => "What still happens comes by the clock.",
        Rest::TooMuch => "Too much happens: the simulation stops here.",
    };
    Some(told.to_owned())
}

fn scene_of(point: &Point, view: &View) -> Scene {
    let cluster = &point.cluster;
    let (events, earlier) = scene::events(cluster);
    Scene {
        now: cluster.now().to_string(),
        revision: cluster.is_installed().then(|| cluster.revisions()),
        groups: scene::groups(cluster),
        tables: scene::tables(cluster, view),
        events,
        earlier,
        news: cluster.events().len() - point.told.min(cluster.events().len()),
        waits: cluster.waits().map(|(_, sentence)| sentence.to_owned()).collect(),
        answer: point.answer.clone(),
        prospect: prospect(cluster),
        pod: view.pod.as_ref().and_then(|pod| detail(cluster, pod)),
        things: scene::things(cluster),
        left_out: Vec::new(),
        is_underway: false,
        micros: 0,
    }
}

fn prospect(cluster: &Cluster) -> Prospect {
    match cluster.rest() {
        Some(Rest::Trying) => Prospect::Trying,
        Some(Rest::Idle) => Prospect::Clock,
        Some(_) => Prospect::Settled,
        None => Prospect::Onward,
    }
}

/// The pods there would be, if what is rendered were installed and time ran on.
fn forecast(study: &Study) -> Vec<Group> {
    let documents = study.rendering.as_ref().and_then(|rendering| rendering.result.as_ref().ok());
    let documents = documents.map(|rendered| &*rendered.documents).unwrap_or_default();
    let Ok(manifests) = cluster::manifests(documents) else { return Vec::new() };
    let settings = &study.experiment.settings;
    let namespace = if settings.namespace.is_empty() { "default" } else { &*settings.namespace };
    let chart = Staged {
        minor: minor(settings),
        release: settings.release.to_string(),
        namespace: namespace.to_owned(),
        ..Staged::default()
    };
    let mut cluster = cluster_for(Setup::default(), Some(&chart));
    // What is refused is shown where it is installed on purpose.
    let _ = cluster.install(manifests);
    let is_over = cluster.pursue(&mut Pursuit::rest(), FORESIGHT).is_some();
    let mut groups = scene::groups(&cluster);
    if !is_over {
        scene::count_the_missing(&cluster, &mut groups);
    }
    groups
}

/// The minor version of Kubernetes that was chosen, or the usual one.
fn minor(settings: &Settings) -> u32 {
    let usual = || Capabilities::of(settings.helm).kube_version;
    let chosen = KubeVersion::parse(&settings.kube_version, settings.helm).unwrap_or_else(|_| usual());
    chosen.minor.parse().unwrap_or_default()
}

fn preview(cluster: &Cluster, chart: Chart, outside: &Outside) -> Preview {
    let staged = rendered(chart, Operation::Upgrade, cluster.revisions() + 1, outside);
    match staged.error {
        Some(error) => Preview { refusals: vec![error], ..Preview::default() },
        None => cluster.preview(staged.manifests),
    }
}

/// Where in the output a field is; where it is absent, the nearest thing around it.
fn find(study: &Study, cause: &Cause) -> Option<usize> {
    let rendered = study.rendering.as_ref()?.result.as_ref().ok()?;
    let printed = study.printed.as_ref()?;
    printed.documents.iter().find_map(|(at, range)| {
        let object = rendered.documents.get(*at)?.object().ok()?;
        if object.kind() != cause.kind || object.name() != cause.name {
            return None;
        }
        let field = object.range(object.at(&cause.path).path());
        Some((range.start + field.start).min(range.end))
    })
}
