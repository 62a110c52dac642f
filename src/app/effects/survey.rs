//! What is not there, and what is different: asked after each rendering, in the pause after it, so that it never delays
//! one.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use super::render::{Asker, Rendering};
use crate::workspace::{DocumentChange, Question, Reply, Survey, Workspace};

/// How long the pause is, in milliseconds.
const PAUSE: u32 = 120;

/// What is found out about a rendering after it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Surveyed {
    /// What is not there.
    pub survey: Rc<Survey>,
    /// What is different from the baseline.
    pub changes: Rc<[DocumentChange]>,
}

impl Reducible for Surveyed {
    type Action = Option<Reply>;

    fn reduce(self: Rc<Self>, reply: Option<Reply>) -> Rc<Self> {
        match reply {
            Some(Reply::Survey(survey)) => Rc::new(Self { survey: Rc::new(*survey), ..(*self).clone() }),
            Some(Reply::Changes(changes)) => Rc::new(Self { changes: changes.into(), ..(*self).clone() }),
            _ => self,
        }
    }
}

/// What is not there in the newest rendering, and what is different.
#[hook]
pub fn use_survey(workspace: &Rc<Workspace>, rendering: &Rendering, asker: &Asker) -> Surveyed {
    let surveyed = use_reducer_eq(Surveyed::default);
    let (dispatcher, asker) = (surveyed.dispatcher(), asker.clone());
    let baseline = Rc::clone(&workspace.baseline);
    use_effect_with((rendering.shown.round, Rc::as_ptr(&baseline)), move |_| {
        let timeout = Timeout::new(PAUSE, move || {
            asker.set_baseline(&baseline);
            let on_reply = Callback::from(move |reply| dispatcher.dispatch(reply));
            asker.ask(Question::Survey, on_reply.clone());
            asker.ask(Question::Changes, on_reply);
        });
        move || drop(timeout)
    });
    (*surveyed).clone()
}
