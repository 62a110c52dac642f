//! The address: a link pasted into it is opened; the one that Share wrote is cleared as soon as it tells no more what is
//! on the page.

use std::rc::Rc;

use gloo::events::EventListener;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::link;
use crate::app::dom::location;
use crate::app::layout::{Arrange, Arranger, Layout, Linked, Strip};
use crate::app::store::Dispatch;
use crate::workspace::{Action, Workspace};

/// Follows the address.
#[hook]
pub fn use_address(workspace: &Rc<Workspace>, layout: &Layout, arrange: &Arranger, dispatch: &Dispatch) {
    let (arranging, dispatching) = (arrange.clone(), dispatch.clone());
    use_effect_with((), move |()| {
        let listener = web_sys::window()
            .map(|window| EventListener::new(&window, "hashchange", move |_| open(&arranging, &dispatching)));
        move || drop(listener)
    });
    let arranging = arrange.clone();
    let now = Linked::to(&workspace.experiment);
    let is_stale = layout.linked.as_ref().is_some_and(|linked| *linked != now);
    use_effect_with(is_stale, move |&is_stale| {
        if is_stale {
            location::replace_fragment("");
            arranging.dispatch(Arrange::LinkIsStale);
        }
    });
}

/// Opens the link in the address. What was on the page comes back with undo. A broken link stays, to be mended.
fn open(arrange: &Arranger, dispatch: &Dispatch) {
    let (arrange, dispatch) = (arrange.clone(), dispatch.clone());
    spawn_local(async move {
        let strip = match link::opened(&location::fragment()).await {
            Ok(None) => return,
            Ok(Some(shared)) => {
                arrange.dispatch(Arrange::Linked(Linked::to(&shared.experiment)));
                dispatch.dispatch(Action::Load(Rc::new(shared.experiment)));
                if let Some(baseline) = shared.baseline {
                    dispatch.dispatch(Action::Compare(Rc::new(baseline)));
                }
                Strip::Opened
            }
            Err(why) => Strip::BadLaterLink(why.into()),
        };
        arrange.dispatch(Arrange::Strip(Some(strip)));
    });
}
