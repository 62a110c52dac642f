//! What is not there, and what is different: asked after each rendering, in the pause after it, so that it never delays
//! one.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use super::render::{Asker, Rendering};
use crate::workspace::{DocumentChange, Question, Reply, Survey, Workspace};

/// How long the pause is, in milliseconds.
const PAUSE: u32 = 120;

/// After how long letters may move, in milliseconds.
const STILL: u32 = 1000;

/// What is found out about a rendering after it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Surveyed {
    /// What is not there.
    pub survey: Rc<Survey>,
    /// What is different from the baseline.
    pub changes: Rc<[DocumentChange]>,
    /// The keys of values, the first of which bears the first letter. A key keeps its letter while somebody types.
    pub letters: Rc<[Rc<str>]>,
}

/// What changes it.
pub enum Learned {
    /// The worker's answer.
    Reply(Option<Reply>),
    /// Nobody has typed for a while: letters may go in order again.
    Settled,
}

impl Reducible for Surveyed {
    type Action = Learned;

    fn reduce(self: Rc<Self>, learned: Learned) -> Rc<Self> {
        match learned {
            Learned::Reply(Some(Reply::Survey(survey))) => {
                let letters = kept(&self.letters, &survey.badges.keys);
                Rc::new(Self { survey: Rc::new(*survey), letters, ..(*self).clone() })
            }
            Learned::Reply(Some(Reply::Changes(changes))) => {
                Rc::new(Self { changes: changes.into(), ..(*self).clone() })
            }
            Learned::Reply(_) => self,
            Learned::Settled if *self.letters == *self.survey.badges.keys => self,
            Learned::Settled => {
                let letters = self.survey.badges.keys.as_slice().into();
                Rc::new(Self { letters, ..(*self).clone() })
            }
        }
    }
}

/// Keys keep their place; new ones come behind.
fn kept(before: &[Rc<str>], keys: &[Rc<str>]) -> Rc<[Rc<str>]> {
    let new = keys.iter().filter(|key| !before.contains(key));
    before.iter().chain(new).cloned().collect()
}

/// What is not there in the newest rendering, and what is different.
#[hook]
pub fn use_survey(workspace: &Rc<Workspace>, rendering: &Rendering, asker: &Asker) -> Surveyed {
    let surveyed = use_reducer_eq(Surveyed::default);
    let (dispatcher, asker) = (surveyed.dispatcher(), asker.clone());
    let baseline = Rc::clone(&workspace.baseline);
    use_effect_with((rendering.shown.round, Rc::as_ptr(&baseline)), move |_| {
        let settler = dispatcher.clone();
        let settled = Timeout::new(STILL, move || settler.dispatch(Learned::Settled));
        asker.set_baseline(&baseline);
        let timeout = Timeout::new(PAUSE, move || {
            let on_reply = Callback::from(move |reply| dispatcher.dispatch(Learned::Reply(reply)));
            asker.ask(Question::Survey, on_reply.clone());
            asker.ask(Question::Changes, on_reply);
        });
        move || drop((timeout, settled))
    });
    (*surveyed).clone()
}
