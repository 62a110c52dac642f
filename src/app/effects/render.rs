//! Rendering: whenever files or settings change, the worker gets the newest experiment; what it finds out comes back here.

use std::cell::RefCell;
use std::rc::Rc;

use yew::prelude::*;

use super::form::Form;
use crate::app::worker::{Engine, Report};
use crate::workspace::{Experiment, Question, Reply, Shown, Workspace};

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
            Report::Checked(checked, generation) => {
                Self { shown: self.shown.checked(checked, generation), ..(*self).clone() }
            }
        })
    }
}

/// Asks the worker. It is the same for as long as the page is there.
#[derive(Clone, Default)]
pub struct Asker(Rc<RefCell<Option<Engine>>>);

impl Asker {
    /// Asks about what was rendered last. `None` comes back where there is nothing to say, or nobody to say it.
    pub fn ask(&self, question: Question, on_reply: Callback<Option<Reply>>) {
        let engine = self.0.borrow().clone();
        match engine {
            Some(engine) => engine.ask(question, on_reply),
            None => on_reply.emit(None),
        }
    }
}

impl Asker {
    /// Asks for a report in this format about what was rendered last.
    pub fn ask_report(&self, form: Form, on_reply: Callback<Option<Reply>>) {
        let engine = self.0.borrow().clone();
        match engine {
            Some(engine) if form.needs_templates() => engine.ask_templates(form.name(), on_reply),
            Some(engine) => engine.ask_report(form.name(), on_reply),
            None => on_reply.emit(None),
        }
    }

    /// Changes are told from this experiment.
    pub fn set_baseline(&self, baseline: &Rc<Experiment>) {
        if let Some(engine) = &*self.0.borrow() {
            engine.set_baseline(Rc::clone(baseline));
        }
    }
}

impl PartialEq for Asker {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// The rendering of a workspace, kept up to date by the worker; and who asks the worker.
#[hook]
pub fn use_render(workspace: &Rc<Workspace>, first: &Shown) -> (Rendering, Asker) {
    let first = first.clone();
    let rendering = use_reducer(move || Rendering { shown: first, progress: Progress::Idle });
    let asker = (*use_memo((), |()| Asker::default())).clone();
    let subject = (Subject(Rc::clone(&workspace.experiment)), workspace.generation);
    {
        let (engine, dispatcher, (Subject(experiment), generation)) =
            (Rc::clone(&asker.0), rendering.dispatcher(), subject.clone());
        use_effect_with((), move |()| {
            let report = Callback::from(move |report| dispatcher.dispatch(report));
            let started = Engine::new(report);
            started.submit(experiment, generation);
            *engine.borrow_mut() = Some(started);
        });
    }
    // Before the page is drawn anew, not after: the worker renders while the page draws what was typed.
    let engine = Rc::clone(&asker.0);
    use_memo(subject, move |(Subject(experiment), generation)| {
        let engine = engine.borrow().clone();
        if let Some(engine) = engine {
            engine.submit(Rc::clone(experiment), *generation);
        }
    });
    ((*rendering).clone(), asker)
}

/// An experiment as far as rendering goes: which file is open doesn't matter.
#[derive(Clone)]
struct Subject(Rc<Experiment>);

impl PartialEq for Subject {
    fn eq(&self, other: &Self) -> bool {
        self.0.files == other.0.files && self.0.settings == other.0.settings
    }
}
