//! What screen readers are told: how many problems there are, when that changes, and not while one is typing.

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use super::render::Rendering;
use crate::app::layout::{Arrange, Arranger};

/// How long the counts must stand still before they are told, in milliseconds.
const STILL: u32 = 2_000;

/// Tells the counts when they have changed.
#[hook]
pub fn use_announcements(rendering: &Rendering, arrange: &Arranger) {
    let counts = rendering.shown.now.as_ref().filter(|now| now.is_checked).map(|_| rendering.shown.counts());
    let arrange = arrange.clone();
    let told = use_mut_ref(|| counts);
    use_effect_with(counts, move |counts| {
        let counts = *counts;
        let is_news = counts != *told.borrow();
        let timer = is_news.then(|| {
            Timeout::new(STILL, move || {
                *told.borrow_mut() = counts;
                let words = counts.map(|counts| format!("Rendered. {counts}.")).unwrap_or_default();
                arrange.dispatch(Arrange::Say(words.into()));
            })
        });
        move || drop(timer)
    });
}
