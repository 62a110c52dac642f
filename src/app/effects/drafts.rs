//! Drafts: what is changed is kept in this browser half a second after the last edit, and when the page is hidden. A tab
//! that finds a draft open in another one keeps nothing, says so, and can take it over. Where the browser keeps nothing
//! at all that is said once, and work goes on.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::app::dom::drafts::{self, Claim, Whose};
use crate::app::layout::{Arrange, Arranger, Draft, Linked, Strip};
use crate::app::store::Dispatch;
use crate::share::{DraftKey, read_draft, write_draft};
use crate::workspace::{Action, Experiment, Origin, Workspace};

/// How long after the last edit.
const PAUSE_MILLIS: u32 = 500;

/// What is to be kept, once the pause is over or the page is hidden.
type Waiting = Rc<RefCell<Option<Rc<Experiment>>>>;

/// What the tab knows of its drafts.
#[derive(Default)]
struct Known {
    /// The chart as it was opened, and the number of the chart on the page.
    opened: Option<(u32, Rc<Experiment>)>,
    said: Said,
}

/// What was said already, and isn't said again.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Said {
    #[default]
    Nothing,
    NotKept,
    OtherTab,
}

/// Keeps drafts.
#[hook]
pub fn use_drafts(workspace: &Rc<Workspace>, arrange: &Arranger) {
    let waiting = use_memo((), |()| Waiting::default());
    let known = use_memo((), |()| Rc::new(RefCell::new(Known::default())));
    let now = Rc::clone(&workspace.experiment);
    let subject = (workspace.generation, Linked::to(&now));
    {
        let (waiting, known, arrange) = (Rc::clone(&waiting), Rc::clone(&known), arrange.clone());
        let generation = workspace.generation;
        use_effect_with(subject, move |_| {
            let is_changed = known.borrow_mut().is_changed(generation, &now);
            let timer = is_changed.then(|| {
                *waiting.borrow_mut() = Some(now);
                Timeout::new(PAUSE_MILLIS, move || keep_waiting(&waiting, &known, &arrange))
            });
            move || drop(timer)
        });
    }
    let arrange = arrange.clone();
    use_effect_with((), move |()| {
        let document = web_sys::window().and_then(|window| window.document());
        let listener = document.map(|document| {
            EventListener::new(&document, "visibilitychange", move |_| keep_waiting(&waiting, &known, &arrange))
        });
        move || drop(listener)
    });
}

impl Known {
    /// Whether there is something to keep: a chart of the reader's own, or any that isn't as it was opened.
    fn is_changed(&mut self, generation: u32, now: &Rc<Experiment>) -> bool {
        match &self.opened {
            Some((known, opened)) if *known == generation => Linked::to(opened) != Linked::to(now),
            _ => {
                self.opened = Some((generation, Rc::clone(now)));
                now.origin == Origin::Brought
            }
        }
    }

    /// Whether this was not said before.
    fn is_new(&mut self, said: Said) -> bool {
        std::mem::replace(&mut self.said, said) != said
    }
}

fn keep_waiting(waiting: &Waiting, known: &Rc<RefCell<Known>>, arrange: &Arranger) {
    let Some(experiment) = waiting.borrow_mut().take() else { return };
    let (known, arrange) = (Rc::clone(known), arrange.clone());
    spawn_local(async move {
        let (said, strip) = match keep(&experiment, Claim::IfFree, &arrange).await {
            Kept::Yes if DraftKey::of(&experiment).is_own() => return arrange.dispatch(Arrange::Draft(Draft::Kept)),
            Kept::Yes => return,
            Kept::ElsewhereOpen => (Said::OtherTab, Strip::OtherTab),
            Kept::No => (Said::NotKept, Strip::NotKept),
        };
        if known.borrow_mut().is_new(said) {
            arrange.dispatch(Arrange::Strip(Some(strip)));
        }
    });
}

/// What became of a draft.
enum Kept {
    Yes,
    ElsewhereOpen,
    No,
}

async fn keep(experiment: &Experiment, claim: Claim, arrange: &Arranger) -> Kept {
    let key = DraftKey::of(experiment);
    let lost = {
        let arrange = arrange.clone();
        move || arrange.dispatch(Arrange::Strip(Some(Strip::OtherTab)))
    };
    if !drafts::claim(key.as_str(), claim, lost).await {
        return Kept::ElsewhereOpen;
    }
    match write_draft(experiment) {
        Some(text) if drafts::save(key.as_str(), &text, whose(&key)).await => Kept::Yes,
        _ => Kept::No,
    }
}

fn whose(key: &DraftKey) -> Whose {
    if key.is_own() { Whose::Own } else { Whose::Copy }
}

/// Takes the draft of what is on the page from the tab that has it, and keeps what is here.
pub fn take_over(experiment: Rc<Experiment>, arrange: Arranger) {
    spawn_local(async move {
        let strip = match keep(&experiment, Claim::TakeOver, &arrange).await {
            Kept::Yes => None,
            Kept::ElsewhereOpen => Some(Strip::OtherTab),
            Kept::No => Some(Strip::NotKept),
        };
        arrange.dispatch(Arrange::Strip(strip));
    });
}

/// Makes a copy that came with a link the reader's own.
pub fn adopt(experiment: &Experiment, dispatch: &Dispatch, arrange: &Arranger) {
    let own = Rc::new(Experiment { origin: Origin::Brought, ..experiment.clone() });
    dispatch.dispatch(Action::Load(own));
    arrange.dispatch(Arrange::Strip(Some(Strip::Done("Kept in this browser as your draft".into()))));
}

/// Opens the reader's own draft worked on last.
pub fn go_back(dispatch: Dispatch, arrange: Arranger) {
    open(drafts::own(), dispatch, arrange);
}

/// Opens a draft of the list.
pub fn open_kept(key: &DraftKey, dispatch: Dispatch, arrange: Arranger) {
    open(Some(key.as_str().to_owned()), dispatch, arrange);
}

fn open(key: Option<String>, dispatch: Dispatch, arrange: Arranger) {
    spawn_local(async move {
        let strip = match of_key(key).await {
            Some(draft) => {
                dispatch.dispatch(Action::Load(Rc::new(draft)));
                None
            }
            None => Some(Strip::Done("There is no draft in this browser any more".into())),
        };
        arrange.dispatch(Arrange::Strip(strip));
    });
}

/// Whether there is a draft of the reader's own.
pub fn is_there() -> Draft {
    if drafts::own().is_some() { Draft::Kept } else { Draft::None }
}

/// All drafts but that of what is on the page, the newest first, with when they were saved.
pub async fn others(experiment: &Experiment) -> Vec<(DraftKey, AttrValue)> {
    let here = DraftKey::of(experiment);
    let all = drafts::list().await.into_iter().map(|(key, saved)| (DraftKey::written(key), saved.into()));
    all.filter(|(key, _)| *key != here).collect()
}

/// The draft worked on last, be it a copy out of a link.
pub async fn last() -> Option<Experiment> {
    of_key(drafts::last()).await
}

async fn of_key(key: Option<String>) -> Option<Experiment> {
    let key = DraftKey::written(key?);
    let text = drafts::load(key.as_str()).await?;
    read_draft(&key, &text)
}

/// A state in which a draft was kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// When, in the reader's own way of writing it.
    pub saved: AttrValue,
    /// The chart as it was.
    pub experiment: Rc<Experiment>,
}

/// What the draft of an experiment was, the newest first.
pub async fn versions(experiment: &Experiment) -> Vec<Version> {
    let key = DraftKey::of(experiment);
    let list = drafts::versions(key.as_str()).await;
    let version = |(saved, text): (String, String)| {
        let experiment = Rc::new(read_draft(&key, &text)?);
        Some(Version { saved: saved.into(), experiment })
    };
    list.into_iter().filter_map(version).collect()
}
