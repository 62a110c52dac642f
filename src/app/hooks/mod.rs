//! What panes ask for: the contexts, and going to a place.

use std::rc::Rc;

use yew::prelude::*;

use super::effects::Surveyed;
use super::effects::cluster::{Staging, Stirrer};
use super::effects::pinning::{Pinner, Pinning};
use super::effects::render::{Asker, Rendering};
use super::layout::{Arrange, Arranger, Layout};
use super::store::Dispatch;
use crate::workspace::{Action, DocumentChange, Place, Survey, Workspace};

/// The workspace.
#[hook]
pub fn use_workspace() -> Rc<Workspace> {
    use_context().unwrap_or_default()
}

/// What is known of the chart.
#[hook]
pub fn use_rendering() -> Rendering {
    use_context().unwrap_or_default()
}

/// The layout.
#[hook]
pub fn use_layout() -> Rc<Layout> {
    use_context().unwrap_or_default()
}

/// Asks the worker about what it rendered last.
#[hook]
pub fn use_asker() -> Asker {
    use_context().unwrap_or_default()
}

/// What is not there, in the newest rendering.
#[hook]
pub fn use_survey() -> Rc<Survey> {
    use_context::<Surveyed>().unwrap_or_default().survey
}

/// All that is found out about the newest rendering after it.
#[hook]
pub fn use_surveyed() -> Surveyed {
    use_context().unwrap_or_default()
}

/// What is different from the baseline, in the newest rendering.
#[hook]
pub fn use_changes() -> Rc<[DocumentChange]> {
    use_context::<Surveyed>().unwrap_or_default().changes
}

/// What is pinned.
#[hook]
pub fn use_pinning() -> Rc<Pinning> {
    use_context().unwrap_or_default()
}

/// What pins.
///
/// # Panics
/// Outside of the page, where there is none.
#[hook]
pub fn use_pinner() -> Pinner {
    use_context().expect("panes are drawn inside the page")
}

/// The simulated cluster.
#[hook]
pub fn use_staging() -> Rc<Staging> {
    use_context().unwrap_or_default()
}

/// What stirs the simulated cluster.
///
/// # Panics
/// Outside of the page, where there is none.
#[hook]
pub fn use_stirrer() -> Stirrer {
    use_context().expect("panes are drawn inside the page")
}

/// What acts on the workspace.
///
/// # Panics
/// Outside of the page, where there is none.
#[hook]
pub fn use_dispatch() -> Dispatch {
    use_context().expect("panes are drawn inside the page")
}

/// What arranges the page.
///
/// # Panics
/// Outside of the page, where there is none.
#[hook]
pub fn use_arrange() -> Arranger {
    use_context().expect("panes are drawn inside the page")
}

/// Opens the file of a place and looks there.
pub fn go_to(place: &Place, dispatch: &Dispatch, arrange: &Arranger) {
    dispatch.dispatch(Action::Open(place.path.clone()));
    arrange.dispatch(Arrange::Look(place.clone()));
}
