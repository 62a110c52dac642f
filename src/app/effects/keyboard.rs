//! Keys that work everywhere on the page. `AltGr` is Ctrl and Alt on Windows and types braces on many layouts: whatever
//! is typed with it is left alone.

use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;
use yew::prelude::*;

use super::pinning::{Pinner, Point};
use super::render::Rendering;
use super::share::share;
use crate::app::dom::focus::{self, Way};
use crate::app::hooks::go_to;
use crate::app::layout::{Arrange, Arranger, Fold, Layout};
use crate::app::store::Dispatch;
use crate::workspace::{Action, Workspace};

/// A key's meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Command {
    Pane(Way),
    Problem(Way),
    Problems,
    Share,
    /// Tells changes from here on.
    Baseline,
    /// To the next of the places that belong to what is pinned.
    Link(Way),
    /// Back to what was pinned before.
    Travel(Way),
    Close,
}

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

/// What a command needs to know.
struct Page {
    workspace: Rc<Workspace>,
    rendering: Rendering,
    layout: Rc<Layout>,
    hands: Hands,
}

/// Listens to the keyboard.
#[hook]
pub fn use_keyboard(workspace: &Rc<Workspace>, rendering: &Rendering, layout: &Rc<Layout>, hands: &Hands) {
    let page = Page {
        workspace: Rc::clone(workspace),
        rendering: rendering.clone(),
        layout: Rc::clone(layout),
        hands: hands.clone(),
    };
    let newest = use_mut_ref(|| None);
    *newest.borrow_mut() = Some(page);
    use_effect_with((), move |()| {
        let options = EventListenerOptions { phase: EventListenerPhase::Capture, passive: false };
        let listener = web_sys::window().map(|window| {
            EventListener::new_with_options(&window, "keydown", options, move |event| {
                let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
                let Some(command) = command(event) else { return };
                if let Some(page) = newest.borrow().as_ref() {
                    page.obey(command, event);
                }
            })
        });
        move || drop(listener)
    });
}

fn command(event: &KeyboardEvent) -> Option<Command> {
    if event.get_modifier_state("AltGraph") || event.is_composing() {
        return None;
    }
    let way = if event.shift_key() { Way::Back } else { Way::Forth };
    let (ctrl, alt, shift) = (event.ctrl_key() || event.meta_key(), event.alt_key(), event.shift_key());
    match (event.key().as_str(), ctrl, alt) {
        ("F6", false, false) => Some(Command::Pane(way)),
        ("F8", false, false) => Some(Command::Problem(way)),
        ("s" | "S", true, false) if !shift => Some(Command::Share),
        ("m" | "M", true, false) if shift => Some(Command::Problems),
        ("5", true, true) => Some(Command::Problems),
        ("b" | "B", true, true) => Some(Command::Baseline),
        ("ArrowUp", true, true) => Some(Command::Link(Way::Back)),
        ("ArrowDown", true, true) => Some(Command::Link(Way::Forth)),
        ("ArrowLeft", false, true) => Some(Command::Travel(Way::Back)),
        ("ArrowRight", false, true) => Some(Command::Travel(Way::Forth)),
        ("Escape", false, false) => Some(Command::Close),
        _ => None,
    }
}

impl Page {
    fn obey(&self, command: Command, event: &KeyboardEvent) {
        match command {
            Command::Pane(way) => focus::next_pane(way),
            Command::Problem(way) => self.next_problem(way),
            Command::Problems => self.hands.arrange.dispatch(Arrange::Problems(self.layout.problems.other())),
            Command::Share => share(&self.workspace.experiment, self.hands.arrange.clone()),
            Command::Baseline => {
                self.hands.dispatch.dispatch(Action::SetBaseline);
                self.hands.arrange.dispatch(Arrange::Say("Changes are told from here on".into()));
            }
            Command::Link(way) => self.hands.pinner.dispatch(Point::Step(way)),
            Command::Travel(way) => self.hands.pinner.dispatch(Point::Travel(way)),
            // The editors use it too: to close their search, and before a Tab that leaves them.
            Command::Close => return self.close(event),
        }
        event.prevent_default();
        event.stop_propagation();
    }

    fn next_problem(&self, way: Way) {
        let problems = self.rendering.shown.problems();
        let last = match problems.len() {
            0 => return self.hands.arrange.dispatch(Arrange::Say("No problems".into())),
            count => count - 1,
        };
        let next = match (self.layout.problem, way) {
            (None, Way::Forth) => 0,
            (None | Some(0), Way::Back) => last,
            (Some(at), Way::Forth) if at >= last => 0,
            (Some(at), Way::Forth) => at + 1,
            (Some(at), Way::Back) => at - 1,
        };
        let Some(problem) = problems.get(next.min(last)) else { return };
        self.hands.arrange.dispatch(Arrange::Problem(next));
        let words = format!("{} {} of {}: {}", problem.severity.word(), next + 1, last + 1, problem.message);
        self.hands.arrange.dispatch(Arrange::Say(words.into()));
        if let Some(place) = &problem.place {
            go_to(place, &self.hands.dispatch, &self.hands.arrange);
        }
    }

    /// Closes one thing at a time, the smallest first.
    fn close(&self, event: &KeyboardEvent) {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let in_editor = target.and_then(|target| target.closest(".cm-editor").ok().flatten()).is_some();
        if in_editor {
            return;
        }
        if self.layout.strip.is_some() {
            self.hands.arrange.dispatch(Arrange::Strip(None));
        } else if self.layout.problems == Fold::Open {
            self.hands.arrange.dispatch(Arrange::Problems(Fold::Closed));
            focus::to("[data-problems-line]");
        } else {
            self.hands.pinner.dispatch(Point::Off);
        }
    }
}
