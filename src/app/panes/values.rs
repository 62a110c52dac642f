//! The chart's values, always in sight: the loop of this page is value, template, output.

use std::rc::Rc;

use yew::prelude::*;

use super::remarks::use_editing;
use crate::app::components::CodeEditor;
use crate::app::effects::pinning::Point;
use crate::app::hooks::{use_dispatch, use_pinner, use_workspace};
use crate::workspace::{Action, Content, FilePath, Spot};

/// The editor of `values.yaml`.
#[component]
pub fn Values() -> Html {
    let workspace = use_workspace();
    let dispatch = use_dispatch();
    let editing = use_editing(&FilePath::values());
    let on_change =
        use_callback((), move |(path, text): (FilePath, Rc<str>), ()| dispatch.dispatch(Action::Edit(path, text)));
    let pinner = use_pinner();
    let on_point = use_callback((), move |(path, at): (FilePath, usize), ()| {
        pinner.dispatch(Point::At(Spot::File(path, at)));
    });
    let content = workspace.experiment.file(&FilePath::values());
    let hint = match content {
        None => "not in this chart; typing creates it",
        Some(_) => "",
    };
    let binary = content.filter(|content| content.text().is_none()).map(Content::len);
    html! {
        <section class="pane values" aria-label="Values" data-pane="values">
            <div class="pane-header">
                <h2>{ "values.yaml" }</h2>
                <span class="pane-hint">{ hint }</span>
            </div>
            if let Some(bytes) = binary {
                <p class="pane-empty">{ format!("values.yaml is a binary file, {bytes} bytes") }</p>
            } else {
                <CodeEditor label="values.yaml" file={editing.file} remarks={editing.remarks} links={editing.links} dims={editing.dims} glance={editing.glance} {on_change} {on_point} />
            }
        </section>
    }
}
