//! What is not there: asked after each rendering, in the pause after it, so that it never delays one.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use super::render::{Asker, Rendering};
use crate::workspace::{Question, Reply, Survey};

/// How long the pause is, in milliseconds.
const PAUSE: u32 = 120;

/// What is not there in the newest rendering.
#[hook]
pub fn use_survey(rendering: &Rendering, asker: &Asker) -> Rc<Survey> {
    let survey = use_state_eq(|| Rc::new(Survey::default()));
    let (setter, asker) = (survey.setter(), asker.clone());
    use_effect_with(rendering.shown.now.clone(), move |_| {
        let timeout = Timeout::new(PAUSE, move || {
            let on_reply = Callback::from(move |reply| {
                let survey = match reply {
                    Some(Reply::Survey(survey)) => *survey,
                    _ => Survey::default(),
                };
                setter.set(Rc::new(survey));
            });
            asker.ask(Question::Survey, on_reply);
        });
        move || drop(timeout)
    });
    Rc::clone(&survey)
}
