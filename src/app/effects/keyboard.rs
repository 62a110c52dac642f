//! Keys that work everywhere on the page; what they mean is said in [`crate::workspace::COMMANDS`].

use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

use super::commands::Commander;
use super::pinning::Pinner;
use super::render::Rendering;
use crate::app::layout::{Arranger, Layout};
use crate::app::store::Dispatch;
use crate::workspace::{Command, Held, PageCommand, Press, Workspace, pressed};

/// All that acts.
#[derive(Clone)]
pub struct Hands {
    /// On the workspace.
    pub dispatch: Dispatch,
    /// On the layout.
    pub arrange: Arranger,
    /// On what is pinned.
    pub pinner: Pinner,
}

/// Listens to the keyboard.
#[hook]
pub fn use_keyboard(workspace: &Rc<Workspace>, rendering: &Rendering, layout: &Rc<Layout>, hands: &Hands) {
    let commander = Commander {
        workspace: Rc::clone(workspace),
        rendering: rendering.clone(),
        layout: Rc::clone(layout),
        hands: hands.clone(),
    };
    let newest = use_mut_ref(|| None);
    *newest.borrow_mut() = Some(commander);
    use_effect_with((), move |()| {
        let options = EventListenerOptions { phase: EventListenerPhase::Capture, passive: false };
        let listener = web_sys::window().map(|window| {
            EventListener::new_with_options(&window, "keydown", options, move |event| {
                let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
                let Some(command) = command(event) else { return };
                let commander = newest.borrow().clone();
                if let Some(commander) = commander {
                    obey(&commander, command, event);
                }
            })
        });
        move || drop(listener)
    });
}

fn command(event: &KeyboardEvent) -> Option<Command> {
    if event.is_composing() {
        return None;
    }
    let (key, code) = (event.key(), event.code());
    let held = Held::default()
        .with(Held::CTRL, event.ctrl_key() || event.meta_key())
        .with(Held::META, event.meta_key())
        .with(Held::ALT, event.alt_key())
        .with(Held::SHIFT, event.shift_key())
        .with(Held::ALT_GRAPH, event.get_modifier_state("AltGraph"));
    pressed(Press { key: &key, code: &code, held })
}

fn obey(commander: &Commander, command: Command, event: &KeyboardEvent) {
    // A dialog keeps the keys for itself, and what it doesn't know is not for the browser either.
    if commander.layout.stage.dialog.is_some() {
        let is_its_own = matches!(command, Command::Page(PageCommand::Close | PageCommand::Undo | PageCommand::Redo));
        if !is_its_own {
            event.prevent_default();
        }
        return;
    }
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let is_in = |selector| target.as_ref().and_then(|target| target.closest(selector).ok().flatten()).is_some();
    match command {
        // The editors use it too: to close their search, and before a Tab that leaves them.
        Command::Page(PageCommand::Close) if is_in(".cm-editor") => return,
        Command::Page(PageCommand::Close) => return commander.run(command),
        // A field has an undo of its own.
        Command::Page(PageCommand::Undo | PageCommand::Redo) if is_in("input, textarea") => return,
        command => commander.run(command),
    }
    event.prevent_default();
    event.stop_propagation();
}
