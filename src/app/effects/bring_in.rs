//! Charts of the reader's own: from the browser's dialog, or dropped anywhere on the page.

use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DataTransfer, DragEvent, Event};
use yew::prelude::*;

use crate::app::dom::pick::{self, Offer, Picked};
use crate::app::layout::{Arrange, Arranger, Strip};
use crate::app::store::Dispatch;
use crate::workspace::{Action, MOST_FILE_BYTES, Settings, Skip, Workspace, bring_in};

/// Bytes of an archive, packed.
const MOST_ARCHIVE_BYTES: u32 = 20 << 20;

/// Opens what was picked in place of what is on the page, which undo brings back.
pub fn open(picked: Picked, settings: Settings, dispatch: Dispatch, arrange: Arranger) {
    spawn_local(async move {
        let brought = brought(picked, &settings).await;
        finish(brought, &dispatch, &arrange);
    });
}

type Outcome = Result<(Action, String), String>;

fn finish(outcome: Outcome, dispatch: &Dispatch, arrange: &Arranger) {
    match outcome {
        Ok((action, summary)) => {
            dispatch.dispatch(action);
            arrange.dispatch(Arrange::Strip(Some(Strip::Brought(summary.clone().into()))));
            arrange.dispatch(Arrange::Say(summary.into()));
        }
        Err(why) => arrange.dispatch(Arrange::Strip(Some(Strip::NotBrought(why.into())))),
    }
}

async fn brought(picked: Picked, settings: &Settings) -> Outcome {
    let most = if picked.len() == 1 { MOST_ARCHIVE_BYTES } else { MOST_FILE_BYTES };
    let (mut chosen, mut skipped) = (Vec::new(), Vec::new());
    for (path, file) in picked {
        if pick::is_larger(&file, most) {
            skipped.push((path, Skip::TooLarge));
        } else {
            chosen.push((path, pick::bytes(&file).await?));
        }
    }
    let brought = bring_in(chosen, skipped, settings).map_err(|error| error.to_string())?;
    let summary = brought.summary();
    Ok((Action::Load(Rc::new(brought.experiment)), summary))
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
                        Ok(picked) => brought(picked, &settings).await,
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
