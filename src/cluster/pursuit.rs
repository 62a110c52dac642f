//! How time runs: to the next event, until nothing new is to come, or for a while; all at once, or a piece at a time.

use super::Cluster;
use super::clock::{Moment, Seconds};
use super::controllers::CONTROLLERS;
use super::kubelet;

/// How a run of time ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// Nothing more happens by itself.
    Settled,
    /// What still happens are further tries of what has failed.
    Trying,
    /// What still happens comes by the clock.
    Idle,
    /// Time was up.
    TimeIsUp,
    /// There is something to tell.
    News,
    /// Too much happened.
    TooMuch,
}

/// What time runs for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Goal {
    /// More events than so many.
    Events(usize),
    /// That nothing new is to come.
    Rest,
    /// A moment.
    Moment(Moment),
}

/// A run of time that may be made a piece at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pursuit {
    goal: Goal,
    /// How many moments it has gone through.
    moments: usize,
}

/// So often controllers are asked at one moment at most.
const MAX_ROUNDS: usize = 20_000;
/// One run goes through so many moments at most.
const MAX_MOMENTS: usize = 50_000;

impl Pursuit {
    /// Until nothing new is to come.
    pub fn rest() -> Self {
        Self { goal: Goal::Rest, moments: 0 }
    }

    /// Until there is something to tell.
    pub fn news(cluster: &Cluster) -> Self {
        Self { goal: Goal::Events(cluster.events().len()), moments: 0 }
    }

    /// For so long.
    pub fn span(cluster: &Cluster, span: Seconds) -> Self {
        Self { goal: Goal::Moment(cluster.now.after(span)), moments: 0 }
    }
}

impl Cluster {
    /// Lets things happen until there is something to tell. `false` where nothing more happens by itself.
    pub fn step(&mut self) -> bool {
        let mut pursuit = Pursuit::news(self);
        self.pursue(&mut pursuit, u64::MAX) == Some(Rest::News)
    }

    /// Lets time run until nothing new is to come.
    pub fn run(&mut self) -> Rest {
        self.pursue(&mut Pursuit::rest(), u64::MAX).unwrap_or(Rest::TooMuch)
    }

    /// Lets so much time pass.
    pub fn wait(&mut self, span: Seconds) -> Rest {
        let mut pursuit = Pursuit::span(self, span);
        self.pursue(&mut pursuit, u64::MAX).unwrap_or(Rest::TooMuch)
    }

    /// Lets time run, for so much effort. `None` where that wasn't enough: the same again goes on.
    pub fn pursue(&mut self, pursuit: &mut Pursuit, effort: u64) -> Option<Rest> {
        let most = self.effort.saturating_add(effort);
        while pursuit.moments < MAX_MOMENTS {
            if let Some(rest) = self.reached(pursuit.goal) {
                return Some(rest);
            }
            if self.effort >= most {
                return None;
            }
            pursuit.moments += 1;
            let end = match pursuit.goal {
                Goal::Moment(end) => Some(end),
                Goal::Events(_) | Goal::Rest => None,
            };
            if !self.advance(end) {
                self.now = end.unwrap_or(self.now);
                self.settle();
                return Some(if end.is_some() { Rest::TimeIsUp } else { Rest::Settled });
            }
        }
        Some(Rest::TooMuch)
    }

    fn reached(&self, goal: Goal) -> Option<Rest> {
        match goal {
            Goal::Events(told) => (self.events().len() > told).then_some(Rest::News),
            Goal::Rest => self.rest(),
            Goal::Moment(_) => None,
        }
    }

    /// Why nothing new is to come; `None` where something is.
    pub fn rest(&self) -> Option<Rest> {
        match (self.queue.goes_onward(), self.queue.goes_on_trying(), self.queue.next()) {
            (true, ..) => None,
            (false, true, _) => Some(Rest::Trying),
            (false, false, Some(_)) => Some(Rest::Idle),
            (false, false, None) => Some(Rest::Settled),
        }
    }

    /// Goes to the next moment at which something happens. `false` where there is none, or only after `end`.
    fn advance(&mut self, end: Option<Moment>) -> bool {
        let Some(next) = self.queue.next().filter(|next| end.is_none_or(|end| *next <= end)) else { return false };
        self.now = self.now.max(next);
        while let Some(alarm) = self.queue.take(self.now) {
            kubelet::ring(self, alarm);
            self.look();
        }
        self.settle();
        true
    }

    /// Lets the controllers work until none of them changes anything. One that had nothing to do isn't asked again as
    /// long as the others change nothing either.
    pub(super) fn settle(&mut self) {
        let mut content = vec![None; CONTROLLERS.len()];
        for _ in 0..MAX_ROUNDS {
            let before = self.changes;
            for (controller, content) in CONTROLLERS.iter().zip(&mut content) {
                if *content == Some(self.changes) {
                    continue;
                }
                let found = self.changes;
                controller.reconcile(self);
                self.look();
                self.effort += 10 + (self.store.pods.len() + self.store.claims.len()) as u64;
                *content = (self.changes == found).then_some(found);
            }
            if self.changes == before {
                return;
            }
        }
    }
}
