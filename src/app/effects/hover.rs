//! What is pointed at, not yet chosen: after a moment the other panes show what belongs to it, and nothing scrolls.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use super::pinning::{Pinner, Point};
use super::render::Asker;
use crate::app::hooks::{use_asker, use_pinner};
use crate::workspace::{Pin, Question, Reply, Spot};

/// How long somebody points before it is meant, in milliseconds. Once something is shown, the next is shown at once.
const INTENT: u32 = 120;

/// Hears what is pointed at. It is kept outside of the state: most of it nobody will ever see.
#[derive(Clone)]
pub struct Hoverer {
    hovering: Rc<RefCell<Hovering>>,
    asker: Asker,
    pinner: Pinner,
}

#[derive(Default)]
struct Hovering {
    spot: Option<Spot>,
    /// What is shown.
    pin: Option<Rc<Pin>>,
    waiting: Option<Timeout>,
}

impl Hoverer {
    /// Somebody points at a place, or at none any more.
    pub fn at(&self, spot: Option<Spot>) {
        let mut hovering = self.hovering.borrow_mut();
        let is_shown = spot.as_ref().zip(hovering.pin.as_ref()).is_some_and(|(spot, pin)| pin.holds(spot));
        if hovering.spot == spot || is_shown {
            return;
        }
        hovering.spot.clone_from(&spot);
        hovering.waiting = None;
        let Some(spot) = spot else {
            if hovering.pin.take().is_some() {
                drop(hovering);
                self.pinner.dispatch(Point::Hovered(None));
            }
            return;
        };
        let wait = if hovering.pin.is_some() { 0 } else { INTENT };
        let own = self.clone();
        hovering.waiting = Some(Timeout::new(wait, move || own.ask(spot)));
    }

    fn ask(self, spot: Spot) {
        let asker = self.asker.clone();
        let of = spot.clone();
        let on_reply = Callback::from(move |reply| {
            let mut hovering = self.hovering.borrow_mut();
            if hovering.spot.as_ref() != Some(&of) {
                return;
            }
            hovering.pin = match reply {
                Some(Reply::Why(pin)) => Some(Rc::new(*pin)),
                _ => None,
            };
            let pin = hovering.pin.clone();
            drop(hovering);
            self.pinner.dispatch(Point::Hovered(pin));
        });
        asker.ask(Question::Why(spot, None), on_reply);
    }
}

/// Hears what is pointed at in a pane.
#[hook]
pub fn use_hover() -> Hoverer {
    let hovering = use_mut_ref(Hovering::default);
    Hoverer { hovering, asker: use_asker(), pinner: use_pinner() }
}
