//! Charts of the reader's own: from the browser's dialog, or dropped anywhere on the page.

use std::collections::BTreeSet;
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DataTransfer, DragEvent, Event};
use yew::prelude::*;

use crate::app::dom::pick::{self, Offer, Picked};
use crate::app::layout::{Arrange, Arranger, Came, Strip};
use crate::app::store::Dispatch;
use crate::workspace::{
    Action, BringError, Brought, MOST_ARCHIVE_BYTES, MOST_FILE_BYTES, Settings, Skip, Workspace, bring_in,
    private_folder,
};

/// Opens what was picked in place of what is on the page, which undo brings back.
pub fn open(picked: Picked, settings: Settings, dispatch: Dispatch, arrange: Arranger) {
    spawn_local(async move {
        let brought = brought(picked, Vec::new(), &settings).await;
        finish(brought, &dispatch, &arrange);
    });
}

/// Says what came, and opens it; or says why not.
pub fn finish(brought: Result<Brought, String>, dispatch: &Dispatch, arrange: &Arranger) {
    match brought {
        Ok(brought) => {
            let came = Came::of(&brought);
            dispatch.dispatch(Action::Load(Rc::new(brought.experiment)));
            arrange.dispatch(Arrange::Say(came.sentence.clone()));
            arrange.dispatch(Arrange::Strip(Some(Strip::Brought(came))));
        }
        Err(why) => arrange.dispatch(Arrange::Strip(Some(Strip::NotBrought(why.into())))),
    }
}

/// `private`: folders that were not looked into.
async fn brought(picked: Picked, private: Vec<String>, settings: &Settings) -> Result<Brought, String> {
    let is_alone = picked.len() == 1;
    let most = if is_alone { MOST_ARCHIVE_BYTES } else { MOST_FILE_BYTES };
    let (mut chosen, mut skipped) = (Vec::new(), Vec::new());
    let mut private: BTreeSet<String> = private.into_iter().collect();
    for (path, file) in picked {
        if let Some(folder) = private_folder(&path) {
            private.insert(folder.to_owned());
        } else if !pick::is_larger(&file, most) {
            chosen.push((path, pick::bytes(&file).await?));
        } else if is_alone {
            return Err(BringError::ArchiveTooLarge.to_string());
        } else {
            skipped.push((path, Skip::TooLarge));
        }
    }
    skipped.extend(private.into_iter().map(|folder| (folder, Skip::Private)));
    bring_in(chosen, skipped, settings).map_err(|error| error.to_string())
}

/// Takes what is dropped anywhere on the page.
#[hook]
pub fn use_drops(workspace: &Rc<Workspace>, arrange: &Arranger, dispatch: &Dispatch) {
    let (arrange, dispatch) = (arrange.clone(), dispatch.clone());
    use_effect_with(workspace.experiment.settings.clone(), move |settings| {
        let settings = settings.clone();
        let listeners = [
            on("dragover", |_, event| {
                event.prevent_default();
                pick::offer(Offer::Shown);
            }),
            on("dragleave", |_, event| {
                // It left the page, not only one of its parts.
                if event.related_target().is_none() {
                    pick::offer(Offer::Hidden);
                }
            }),
            on("drop", move |transfer, event| {
                event.prevent_default();
                event.stop_propagation();
                pick::offer(Offer::Hidden);
                let dropped = pick::dropped(transfer);
                let (settings, dispatch, arrange) = (settings.clone(), dispatch.clone(), arrange.clone());
                spawn_local(async move {
                    let outcome = match dropped.files().await {
                        Ok((picked, private)) => brought(picked, private, &settings).await,
                        Err(why) => Err(why),
                    };
                    finish(outcome, &dispatch, &arrange);
                });
            }),
        ];
        move || drop(listeners)
    });
}

/// Listens to what is dragged over the page, where it holds files; text that is dragged is the editors' own.
fn on(name: &'static str, handle: impl Fn(&DataTransfer, &DragEvent) + 'static) -> Option<EventListener> {
    let options = EventListenerOptions { phase: EventListenerPhase::Capture, passive: false };
    let window = web_sys::window()?;
    Some(EventListener::new_with_options(&window, name, options, move |event: &Event| {
        let Some(event) = event.dyn_ref::<DragEvent>() else { return };
        if let Some(transfer) = event.data_transfer().filter(pick::holds_files) {
            handle(&transfer, event);
        }
    }))
}
