//! Letting an edit mend a problem.

use crate::app::layout::{Arrange, Arranger};
use crate::app::store::Dispatch;
use crate::workspace::{Action, Mend};

/// Applies it, shows the file, and says so.
pub fn apply(mend: Mend, dispatch: &Dispatch, arrange: &Arranger) {
    let words = format!("{} in {}. Undo takes it back", mend.title, mend.path);
    dispatch.dispatch(Action::Open(mend.path.clone()));
    dispatch.dispatch(Action::Mend(mend));
    arrange.dispatch(Arrange::Say(words.into()));
}
