//! The simulated cluster on the page: what is done with it, what the worker says there is, and playing.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use super::render::{Asker, Rendering};
use crate::app::layout::{Arrange, Arranger};
use crate::workspace::cluster::{ClusterQuestion, ClusterReply, Command, Deed, Group, Prospect, Scene, Session, View};
use crate::workspace::{Question, Reply};

/// How long an event stands while time plays, in milliseconds.
const PLAY: u32 = 700;

/// How long the pause before the forecast is, in milliseconds.
const PAUSE: u32 = 120;

/// What is done with the simulated cluster, and what there is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Staging {
    /// What is done with it.
    pub session: Session,
    /// What of it is looked at.
    pub view: View,
    /// What there is; none where nothing was done.
    pub scene: Option<Rc<Scene>>,
    /// The pods there would be, if the chart as it stands were installed; none before the worker has said it.
    pub forecast: Option<Rc<[Group]>>,
    /// Whether time plays.
    pub pace: Pace,
    /// Whether the worker failed to answer.
    pub silence: Silence,
    /// Counts the times that the worker was started afresh.
    lost: u32,
    /// Counts the times that it was to go on with what isn't done yet.
    pieces: u32,
}

/// Whether time goes on by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pace {
    /// It waits for somebody.
    #[default]
    Still,
    /// An event after the other.
    Playing,
}

/// Whether the worker failed to answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Silence {
    /// It answers.
    #[default]
    None,
    /// It didn't: the simulation took too long, or the worker isn't there.
    Noticed,
}

/// What changes it.
#[derive(Clone, Debug, PartialEq)]
pub enum Stir {
    /// Somebody does something.
    Deed(Deed),
    /// Somebody looks at something.
    Look(View),
    /// Time plays, or stands still.
    Pace(Pace),
    /// There is this now.
    Scene(Rc<Scene>),
    /// There would be this.
    Forecast(Rc<[Group]>),
    /// The worker was started afresh.
    Lost,
    /// The worker doesn't answer.
    Silent,
}

/// What stirs it.
pub type Stirrer = UseReducerDispatcher<Staging>;

impl Staging {
    /// With something done and known from the beginning.
    pub fn new(session: Session, view: View, scene: Scene) -> Self {
        Self { session, view, scene: Some(Rc::new(scene)), ..Self::default() }
    }

    /// With the pods there would be.
    pub fn foreseen(groups: Vec<Group>) -> Self {
        Self { forecast: Some(groups.into()), ..Self::default() }
    }
}

impl Reducible for Staging {
    type Action = Stir;

    fn reduce(self: Rc<Self>, action: Stir) -> Rc<Self> {
        let mut next = (*self).clone();
        match action {
            Stir::Deed(deed) => {
                let is_step = matches!(deed, Deed::Do(Command::Step(_)));
                next.session = self.session.after(deed);
                if !is_step {
                    next.pace = Pace::Still;
                }
                if next.session.is_new() {
                    (next.scene, next.view.pod) = (None, None);
                }
            }
            Stir::Look(view) => next.view = view,
            Stir::Pace(pace) => next.pace = pace,
            Stir::Scene(scene) => {
                let goes_on = scene.prospect == Prospect::Onward;
                next.pieces += u32::from(scene.is_underway);
                next.pace = if goes_on { next.pace } else { Pace::Still };
                (next.scene, next.silence) = (Some(scene).filter(|_| !next.session.is_new()), Silence::None);
            }
            Stir::Forecast(groups) => next.forecast = Some(groups),
            Stir::Lost => next.lost += 1,
            Stir::Silent => (next.silence, next.pace) = (Silence::Noticed, Pace::Still),
        }
        Rc::new(next)
    }
}

/// The simulated cluster, played by the worker.
#[hook]
pub fn use_cluster(
    first: Staging,
    rendering: &Rendering,
    asker: &Asker,
    arrange: &Arranger,
) -> UseReducerHandle<Staging> {
    let staging = use_reducer_eq(move || first);
    use_scenes(&staging, asker);
    use_forecast(&staging, rendering, asker);
    use_playing(&staging);
    use_telling(&staging, arrange);
    staging
}

/// Asks what there is, whenever something was done or somebody looks elsewhere.
#[hook]
fn use_scenes(staging: &UseReducerHandle<Staging>, asker: &Asker) {
    // The charts that the worker has got, of which session and which worker.
    let known = use_mut_ref(|| (0_u32, 0_u32, 0_usize));
    let (dispatcher, asker) = (staging.dispatcher(), asker.clone());
    let subject = (staging.session.clone(), staging.view.clone(), staging.lost, staging.pieces);
    use_effect_with(subject, move |(session, view, lost, _)| {
        if session.is_new() {
            return;
        }
        let mut known = known.borrow_mut();
        if (known.0, known.1) != (session.number, *lost) {
            *known = (session.number, *lost, 0);
        }
        let question = ClusterQuestion::Scene(session.for_worker(known.2), view.clone());
        known.2 = known.2.max(session.charts.len());
        let lost = *lost;
        let on_reply = Callback::from(move |reply| {
            dispatcher.dispatch(match reply {
                Some(Reply::Cluster(ClusterReply::Scene(scene))) => Stir::Scene(Rc::new(*scene)),
                Some(Reply::Cluster(ClusterReply::Lost)) if lost < MOST_LOST => Stir::Lost,
                _ => Stir::Silent,
            });
        });
        asker.ask(Question::Cluster(Box::new(question)), on_reply);
    });
}

/// A worker that was started afresh so often is not asked again.
const MOST_LOST: u32 = 20;

/// Asks which pods there would be, in the pause after a rendering, as long as nothing was done.
#[hook]
fn use_forecast(staging: &UseReducerHandle<Staging>, rendering: &Rendering, asker: &Asker) {
    let (dispatcher, asker) = (staging.dispatcher(), asker.clone());
    let subject = (rendering.shown.round, staging.session.is_new());
    use_effect_with(subject, move |(_, is_new)| {
        let timeout = is_new.then(|| {
            Timeout::new(PAUSE, move || {
                let on_reply = Callback::from(move |reply| {
                    if let Some(Reply::Cluster(ClusterReply::Forecast(groups))) = reply {
                        dispatcher.dispatch(Stir::Forecast(groups.into()));
                    }
                });
                asker.ask(Question::Cluster(Box::new(ClusterQuestion::Forecast)), on_reply);
            })
        });
        move || drop(timeout)
    });
}

/// While time plays, the next event comes after a while.
#[hook]
fn use_playing(staging: &UseReducerHandle<Staging>) {
    let dispatcher = staging.dispatcher();
    use_effect_with((staging.pace, staging.scene.clone()), move |(pace, scene)| {
        let is_done = scene.as_ref().is_none_or(|scene| !scene.is_underway);
        let timeout = (*pace == Pace::Playing && is_done)
            .then(|| Timeout::new(PLAY, move || dispatcher.dispatch(Stir::Deed(Deed::Do(Command::Step(1))))));
        move || drop(timeout)
    });
}

/// Of what a command brought so many events are read out.
const MOST_TOLD: usize = 3;

/// Tells screen readers what a command brought.
#[hook]
fn use_telling(staging: &UseReducerHandle<Staging>, arrange: &Arranger) {
    let arrange = arrange.clone();
    let subject = (staging.session.position, staging.session.number);
    let told = use_mut_ref(|| subject);
    use_effect_with((staging.scene.clone(), subject), move |(scene, subject)| {
        let Some(scene) = scene else { return };
        if *told.borrow() == *subject || scene.is_underway {
            return;
        }
        *told.borrow_mut() = *subject;
        let last = scene.events.iter().rev().take(scene.news.min(MOST_TOLD)).rev();
        let mut words: Vec<&str> = last.map(|told| told.sentence.as_str()).collect();
        words.extend(scene.answer.as_deref());
        if scene.news > MOST_TOLD {
            let count = format!("{} events, the last:", scene.news);
            return arrange.dispatch(Arrange::Say(format!("{count} {}.", words.join(". ")).into()));
        }
        arrange.dispatch(Arrange::Say(words.join(". ").into()));
    });
}
