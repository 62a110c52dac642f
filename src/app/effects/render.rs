//! Rendering: whenever files or settings change, the worker gets the newest experiment; what it finds out comes back here.

use std::rc::Rc;

use yew::prelude::*;

use crate::app::worker::{Engine, Report};
use crate::workspace::{Experiment, Shown, Workspace};

/// What the page knows of its chart, and whether it is finding out more.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rendering {
    /// What to show.
    pub shown: Shown,
    /// Whether the engine is at work.
    pub progress: Progress,
}

/// What the engine is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Progress {
    /// Nothing that takes noticeably long.
    #[default]
    Idle,
    /// It takes longer than one would overlook.
    AtWork,
}

impl Reducible for Rendering {
    type Action = Report;

    fn reduce(self: Rc<Self>, report: Report) -> Rc<Self> {
        Rc::new(match report {
            Report::AtWork => Self { progress: Progress::AtWork, ..(*self).clone() },
            Report::Done(analysis, generation) => {
                Self { shown: self.shown.after(analysis, generation), progress: Progress::Idle }
            }
        })
    }
}

/// The rendering of a workspace, kept up to date by the worker.
#[hook]
pub fn use_render(workspace: &Rc<Workspace>, first: &Shown) -> Rendering {
    let first = first.clone();
    let rendering = use_reducer(move || Rendering { shown: first, progress: Progress::Idle });
    let engine = use_mut_ref(|| None::<Engine>);
    let dispatcher = rendering.dispatcher();
    let subject = Subject(Rc::clone(&workspace.experiment));
    let generation = workspace.generation;
    use_effect_with((subject, generation), move |(Subject(experiment), generation)| {
        let report = Callback::from(move |report| dispatcher.dispatch(report));
        let mut engine = engine.borrow_mut();
        engine.get_or_insert_with(|| Engine::new(report)).submit(Rc::clone(experiment), *generation);
    });
    (*rendering).clone()
}

/// An experiment as far as rendering goes: which file is open doesn't matter.
#[derive(Clone)]
struct Subject(Rc<Experiment>);

impl PartialEq for Subject {
    fn eq(&self, other: &Self) -> bool {
        self.0.files == other.0.files && self.0.settings == other.0.settings
    }
}
