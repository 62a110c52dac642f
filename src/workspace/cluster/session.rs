//! What somebody does with the simulated cluster, as data: how the cluster is set up, the charts that were installed or
//! upgraded to, and a script of commands with a position in it. Going back is playing less of it: the simulation is
//! deterministic.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::super::{Experiment, Files, Settings};
use crate::cluster::Command;

/// What the cluster is like before anything is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setup {
    /// Where random parts come from.
    pub seed: u64,
    /// How many nodes it has.
    pub nodes: u32,
    /// Whether it has minikube's storage class.
    pub has_class: bool,
}

impl Default for Setup {
    /// minikube, fresh.
    fn default() -> Self {
        Self { seed: 0, nodes: 1, has_class: true }
    }
}

/// More nodes than that are not offered.
pub const MOST_NODES: u32 = 5;

/// A script has no more commands than that.
const MOST_COMMANDS: usize = 5_000;

/// What somebody does with the simulated cluster.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Session {
    /// Tells it from sessions before.
    pub number: u32,
    /// What the cluster is like before anything is done.
    pub setup: Setup,
    /// The charts that were installed or upgraded to, in the order of those commands.
    pub charts: Vec<Rc<Experiment>>,
    /// Every command, as one would write it in a script.
    pub script: Rc<[Rc<str>]>,
    /// So many of them count.
    pub position: usize,
}

/// Something that somebody does.
#[derive(Clone, Debug, PartialEq)]
pub enum Deed {
    /// A command, which takes the place of all that were gone back from.
    Do(Command),
    /// `helm install` or `helm upgrade` of this chart, whichever is due.
    Apply(Command, Rc<Experiment>),
    /// Goes back by one command.
    Back,
    /// Forth again, by one.
    Forth,
    /// Everything from the beginning.
    Reset,
    /// Everything from the beginning, in another cluster.
    SetUp(Setup),
}

impl Session {
    /// The session after a deed.
    #[must_use]
    pub fn after(&self, deed: Deed) -> Self {
        match deed {
            Deed::Do(command) => self.with(&command, None),
            Deed::Apply(command, chart) => self.with(&command, Some(chart)),
            Deed::Back => Self { position: self.position.saturating_sub(1), ..self.clone() },
            Deed::Forth => Self { position: (self.position + 1).min(self.script.len()), ..self.clone() },
            Deed::Reset => Self { number: self.number + 1, setup: self.setup, ..Self::default() },
            Deed::SetUp(setup) => Self { number: self.number + 1, setup, ..Self::default() },
        }
    }

    fn with(&self, command: &Command, chart: Option<Rc<Experiment>>) -> Self {
        let done = self.done();
        if done.len() >= MOST_COMMANDS {
            return self.clone();
        }
        let mut charts: Vec<_> = self.charts.iter().take(charts_in(done)).cloned().collect();
        charts.extend(chart);
        let script: Rc<[Rc<str>]> = done.iter().cloned().chain([command.to_string().into()]).collect();
        // Another chart may take the place of one that was gone back from: the worker must not mix them up.
        let is_other = self.charts.get(..charts.len()) != Some(charts.as_slice()) && charts.len() <= self.charts.len();
        let number = self.number + u32::from(is_other);
        Self { number, setup: self.setup, charts, position: script.len(), script }
    }

    /// The commands that count.
    pub fn done(&self) -> &[Rc<str>] {
        self.script.get(..self.position).unwrap_or_default()
    }

    /// Whether nothing was done yet.
    pub fn is_new(&self) -> bool {
        self.position == 0
    }

    /// The chart installed or upgraded to last.
    pub fn chart(&self) -> Option<&Rc<Experiment>> {
        self.charts.get(charts_in(self.done()).checked_sub(1)?)
    }

    /// What the worker needs to play it, if it has got the first `known` charts already.
    pub fn for_worker(&self, known: usize) -> Rehearsal {
        let chart = |(at, chart): (usize, &Rc<Experiment>)| (at >= known).then(|| Chart::of(chart));
        Rehearsal {
            number: self.number,
            setup: self.setup,
            charts: self.charts.iter().enumerate().map(chart).collect(),
            script: self.done().iter().map(ToString::to_string).collect(),
        }
    }
}

/// Whether a command is one that takes a chart.
pub(super) fn takes_chart(line: &str) -> bool {
    line == "install" || line.starts_with("upgrade")
}

fn charts_in(lines: &[Rc<str>]) -> usize {
    lines.iter().filter(|line| takes_chart(line)).count()
}

/// A session on its way to the worker.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rehearsal {
    /// Tells it from sessions before.
    pub number: u32,
    /// What the cluster is like before anything is done.
    pub setup: Setup,
    /// The charts; `None` for those that the worker has got.
    pub charts: Vec<Option<Chart>>,
    /// What is done.
    pub script: Vec<String>,
}

/// A chart on its way to the worker.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chart {
    /// Its files.
    pub files: Files,
    /// What it is rendered with.
    pub settings: Settings,
}

impl Chart {
    /// The chart of an experiment.
    pub fn of(experiment: &Experiment) -> Self {
        Self { files: (*experiment.files).clone(), settings: experiment.settings.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(release: &str) -> Rc<Experiment> {
        let settings = Settings { release: release.into(), ..Settings::default() };
        Rc::new(Experiment { settings, ..Experiment::default() })
    }

    #[test]
    fn going_back_is_playing_less_and_a_new_deed_takes_the_place_of_the_rest() {
        let session = Session::default().after(Deed::Apply(Command::Install, chart("a")));
        let session = session.after(Deed::Do(Command::Step(1))).after(Deed::Do(Command::Run));
        let back = session.after(Deed::Back);
        assert_eq!(back.for_worker(1).script, ["install", "step"]);
        assert_eq!(back.after(Deed::Forth), session);
        let other = back.after(Deed::Apply(Command::Upgrade(Vec::new()), chart("b")));
        assert_eq!(other.for_worker(0).script, ["install", "step", "upgrade"]);
        assert_eq!(other.number, session.number, "no chart was taken back");
        let again = other.after(Deed::Back).after(Deed::Apply(Command::Upgrade(Vec::new()), chart("c")));
        assert_eq!((again.charts.len(), again.number), (2, session.number + 1));
        assert_eq!(again.after(Deed::Reset).script.len(), 0);
    }

    #[test]
    fn charts_travel_once() {
        let session = Session::default().after(Deed::Apply(Command::Install, chart("a")));
        assert!(session.for_worker(0).charts.iter().all(Option::is_some));
        assert!(session.for_worker(1).charts.iter().all(Option::is_none));
    }
}
