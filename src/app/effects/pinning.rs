//! What is pinned: the place that somebody pointed at, and what the worker says belongs to it.

use std::rc::Rc;

use yew::prelude::*;

use super::render::{Asker, Rendering};
use crate::app::dom::focus::Way;
use crate::app::store::Dispatch;
use crate::workspace::{Action, Content, Experiment, FilePath, Pin, Place, Question, Reply, Spot, Workspace, moved};

/// What is pinned.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pinning {
    /// What belongs together, if anything is pinned.
    pub pin: Option<Rc<Pin>>,
    /// What belongs to what is pointed at, and not chosen.
    pub hover: Option<Rc<Pin>>,
    spot: Option<Spot>,
    /// Which of the places in the output, where somebody walked on from the first.
    nth: Option<usize>,
    /// Counts what somebody did.
    asked: u32,
    /// Counts the other charts that it was taken along to.
    carried: u32,
    /// Places gone back from, and those before.
    past: Vec<Spot>,
    future: Vec<Spot>,
}

/// What changes it.
#[derive(Clone, Debug, PartialEq)]
pub enum Point {
    /// Somebody points at a place.
    At(Spot),
    /// On to the next of the places that belong together.
    Step(Way),
    /// To the place that was pinned before, or after.
    Travel(Way),
    /// What belongs to what somebody points at without choosing it.
    Hovered(Option<Rc<Pin>>),
    /// Nothing is pinned any more.
    Off,
    /// The worker's answer, and the chart that it was asked about, as `carried` counts them.
    Answer(Option<Box<Pin>>, u32),
    /// The text around the place was changed.
    Moved(Spot),
    /// Another chart was opened, in which this is the place.
    Carried(Spot),
}

/// What pins.
pub type Pinner = UseReducerDispatcher<Pinning>;

/// Places to go back to are kept up to here.
const MOST_PLACES: usize = 50;

impl Pinning {
    /// With something pinned from the beginning.
    pub fn new(spot: Spot, pin: Option<Pin>) -> Self {
        Self { spot: Some(spot), pin: pin.map(Rc::new), ..Self::default() }
    }

    /// What is pinned, where that is a byte of a file.
    pub fn in_file(&self) -> Option<(FilePath, usize)> {
        match &self.spot {
            Some(Spot::File(path, at)) => Some((path.clone(), *at)),
            _ => None,
        }
    }

    fn step(&self, way: Way) -> Option<usize> {
        let pin = self.pin.as_ref()?;
        let last = pin.uses.len().checked_sub(1)?;
        Some(match way {
            Way::Forth if pin.at >= last => 0,
            Way::Forth => pin.at + 1,
            Way::Back if pin.at == 0 => last,
            Way::Back => pin.at - 1,
        })
    }

    fn travel(&mut self, way: Way) {
        let (from, to) = match way {
            Way::Back => (&mut self.past, &mut self.future),
            Way::Forth => (&mut self.future, &mut self.past),
        };
        let Some(spot) = from.pop() else { return };
        to.extend(self.spot.replace(spot));
        (self.nth, self.asked) = (None, self.asked + 1);
    }

    /// From the output's text, which any edit changes, to the files, whose edits can be followed.
    fn settle(&mut self) {
        let Some(pin) = &self.pin else { return };
        let place = match (pin.values.as_slice(), pin.template.first()) {
            ([value], _) => Some(value),
            (_, template) => template,
        };
        if let (Some(Spot::Output(_)), Some(place)) = (&self.spot, place) {
            self.spot = Some(Spot::File(place.path.clone(), place.bytes.start));
            self.nth = Some(pin.at);
        }
    }
}

impl Reducible for Pinning {
    type Action = Point;

    fn reduce(self: Rc<Self>, action: Point) -> Rc<Self> {
        let mut next = (*self).clone();
        match action {
            Point::At(spot) => {
                next.past.extend(next.spot.replace(spot));
                next.past.drain(..next.past.len().saturating_sub(MOST_PLACES));
                next.future.clear();
                next.hover = None;
                (next.nth, next.asked) = (None, next.asked + 1);
            }
            Point::Step(way) => {
                let Some(nth) = next.step(way) else { return self };
                (next.nth, next.asked) = (Some(nth), next.asked + 1);
            }
            Point::Travel(way) => next.travel(way),
            Point::Hovered(pin) => next.hover = pin,
            Point::Off => (next.pin, next.hover, next.spot, next.nth) = (None, None, None, None),
            Point::Answer(_, about) if about != next.carried => return self,
            Point::Answer(pin, _) => {
                next.pin = pin.filter(|_| next.spot.is_some()).map(|pin| Rc::new(*pin));
                next.settle();
            }
            Point::Moved(spot) => next.spot = Some(spot),
            Point::Carried(spot) => (next.spot, next.nth, next.carried) = (Some(spot), None, next.carried + 1),
        }
        Rc::new(next)
    }
}

/// Keeps what is pinned up to date: asks the worker whenever somebody points elsewhere, and after each rendering.
#[hook]
pub fn use_pinning(
    first: Pinning,
    workspace: &Rc<Workspace>,
    rendering: &Rendering,
    asker: &Asker,
    dispatch: &Dispatch,
) -> UseReducerHandle<Pinning> {
    let pinning = use_reducer_eq(move || first);
    use_following(&pinning, workspace);
    let answered = use_mut_ref(|| 0);
    let pinner = pinning.dispatcher();
    let (asker, dispatch, round) = (asker.clone(), dispatch.clone(), rendering.shown.round);
    let (spot, nth) = (pinning.spot.clone(), pinning.nth);
    // What the page starts with is known already, and the worker isn't there yet.
    let is_known = use_mut_ref(|| pinning.pin.is_some());
    use_effect_with((pinning.asked, pinning.carried, round), move |(asked, carried, _)| {
        let carried = *carried;
        if is_known.replace(false) {
            return;
        }
        let is_news = *answered.borrow() != *asked;
        *answered.borrow_mut() = *asked;
        if let Some(spot) = spot {
            let from = spot.clone();
            let on_reply = Callback::from(move |reply| {
                let pin = match reply {
                    Some(Reply::Why(pin)) => Some(pin),
                    _ => None,
                };
                if is_news {
                    open(pin.as_deref(), &from, &dispatch);
                }
                pinner.dispatch(Point::Answer(pin, carried));
            });
            asker.ask(Question::Why(spot, nth), on_reply);
        }
    });
    pinning
}

/// Opens the template of what was pinned, unless it was pinned there.
fn open(pin: Option<&Pin>, from: &Spot, dispatch: &Dispatch) {
    let is_here = |place: &Place| matches!(from, Spot::File(path, _) if *path == place.path);
    let own = |place: &&Place| place.path != FilePath::values();
    if let Some(place) = pin.and_then(|pin| pin.template.iter().find(own)).filter(|place| !is_here(place)) {
        dispatch.dispatch(Action::Open(place.path.clone()));
    }
}

/// Follows the pinned place through edits of its file. In another chart there is a place for it only where the same key is set.
#[hook]
fn use_following(pinning: &UseReducerHandle<Pinning>, workspace: &Rc<Workspace>) {
    let state = (workspace.generation, Rc::clone(&workspace.experiment));
    let before = use_mut_ref(|| state.clone());
    let (spot, pinner) = (pinning.spot.clone(), pinning.dispatcher());
    use_effect_with(state, move |state| {
        let (generation, now) = state;
        let (opened, old) = before.replace(state.clone());
        let is_another = opened != *generation;
        let Some(Spot::File(path, at)) = spot else {
            if is_another {
                pinner.dispatch(Point::Off);
            }
            return;
        };
        match (text(&old, &path), text(now, &path)) {
            (Some(old), Some(new)) if Rc::ptr_eq(&old, &new) => {}
            (Some(old), Some(new)) => {
                let spot = |at| Spot::File(path, at);
                pinner.dispatch(if is_another {
                    same_key(&old, &new, at).map_or(Point::Off, |at| Point::Carried(spot(at)))
                } else {
                    Point::Moved(spot(moved(&old, &new, at)))
                });
            }
            _ if is_another => pinner.dispatch(Point::Off),
            _ => {}
        }
    });
}

/// Where the key of a line stands in another text: as far from the margin as here.
fn same_key(old: &str, new: &str, at: usize) -> Option<usize> {
    let start = old.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
    let (key, _) = old.get(start..)?.lines().next()?.split_once(':')?;
    let mut offset = 0;
    for line in new.split_inclusive('\n') {
        if line.strip_prefix(key).is_some_and(|rest| rest.starts_with(':')) {
            return Some(offset + (at - start).min(key.len()));
        }
        offset += line.len();
    }
    None
}

fn text(experiment: &Experiment, path: &FilePath) -> Option<Rc<str>> {
    experiment.file(path).and_then(Content::text).cloned()
}
