//! The workspace as Yew holds it. All thinking is in [`crate::workspace`]; this only adapts it.

use std::rc::Rc;

use yew::prelude::*;

use crate::workspace::{Action, Workspace, reduce};

/// What acts on the workspace. Whoever only acts takes this, and is not drawn anew at each keystroke.
pub type Dispatch = UseReducerDispatcher<Workspace>;

impl Reducible for Workspace {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        reduce(&self, action)
    }
}
