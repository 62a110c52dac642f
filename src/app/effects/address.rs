//! The address: a link pasted into it is opened; the one that Share wrote is cleared as soon as it tells no more what is
//! on the page.

use std::rc::Rc;

use gloo::events::EventListener;
use yew::prelude::*;

use crate::app::dom::location;
use crate::app::layout::{Arrange, Arranger, Strip};
use crate::app::store::Dispatch;
use crate::share;
use crate::workspace::{Action, Experiment, Workspace};

/// Follows the address.
#[hook]
pub fn use_address(workspace: &Rc<Workspace>, arrange: &Arranger, dispatch: &Dispatch) {
    let (arranging, dispatching) = (arrange.clone(), dispatch.clone());
    use_effect_with((), move |()| {
        let listener = web_sys::window()
            .map(|window| EventListener::new(&window, "hashchange", move |_| open(&arranging, &dispatching)));
        move || drop(listener)
    });
    let arranging = arrange.clone();
    let experiment = Rc::clone(&workspace.experiment);
    let subject = (Rc::clone(&experiment.files), experiment.settings.clone());
    use_effect_with(subject, move |_| {
        if is_stale(&experiment) {
            location::replace_fragment("");
            arranging.dispatch(Arrange::LinkIsStale);
        }
    });
}

/// Opens the link in the address. What was on the page comes back with undo.
fn open(arrange: &Arranger, dispatch: &Dispatch) {
    let strip = match share::read(&location::fragment()) {
        Ok(None) => return,
        Ok(Some(experiment)) => {
            dispatch.dispatch(Action::Load(Rc::new(experiment)));
            Strip::Opened
        }
        Err(error) => Strip::BadLaterLink(error.to_string().into()),
    };
    arrange.dispatch(Arrange::Strip(Some(strip)));
}

/// Whether the address holds a link to something else than what is on the page. A broken link stays, to be mended.
fn is_stale(experiment: &Experiment) -> bool {
    let linked = share::read(&location::fragment()).ok().flatten();
    linked.is_some_and(|linked| linked.files != experiment.files || linked.settings != experiment.settings)
}
