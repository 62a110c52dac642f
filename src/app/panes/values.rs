//! The values, always in sight: the loop of this page is value, template, output. The chart's own, or a file of values
//! over them.

use std::rc::Rc;

use yew::prelude::*;

use super::layers::{AddLayer, Layers};
use super::remarks::use_editing;
use crate::app::components::CodeEditor;
use crate::app::effects::assist::use_assist;
use crate::app::effects::hover::use_hover;
use crate::app::effects::pinning::Point;
use crate::app::hooks::{use_dispatch, use_layout, use_pinner, use_workspace};
use crate::workspace::{Action, Content, FilePath, Spot};

/// The editor of values.
#[component]
pub fn Values() -> Html {
    let (workspace, layout) = (use_workspace(), use_layout());
    let dispatch = use_dispatch();
    let is_there = |path: &FilePath| workspace.experiment.file(path).is_some();
    let path = layout.values.clone().filter(is_there).unwrap_or_else(FilePath::values);
    let editing = use_editing(&path);
    let on_change =
        use_callback((), move |(path, text): (FilePath, Rc<str>), ()| dispatch.dispatch(Action::Edit(path, text)));
    let assist = use_assist();
    let pinner = use_pinner();
    let hoverer = use_hover();
    let on_hover = use_callback((), move |at: Option<(FilePath, usize)>, ()| {
        hoverer.at(at.map(|(path, at)| Spot::File(path, at)));
    });
    let on_point = use_callback((), move |(path, at): (FilePath, usize), ()| {
        pinner.dispatch(Point::At(Spot::File(path, at)));
    });
    let content = workspace.experiment.file(&path);
    let hint = match content {
        None => "not in this chart; typing creates it",
        Some(_) if path.is_beside() => "beside the chart",
        Some(_) => "",
    };
    let binary = content.filter(|content| content.text().is_none()).map(Content::len);
    let name = path.name().to_owned();
    html! {
        <section class="pane values" aria-label="Values" data-pane="values">
            <div class="pane-header">
                <h2>{ name.clone() }</h2>
                <span class="pane-hint">{ hint }</span>
                <AddLayer />
            </div>
            <Layers open={path} />
            if let Some(bytes) = binary {
                <p class="pane-empty">{ format!("{name} is a binary file, {bytes} bytes") }</p>
            } else {
                <CodeEditor label="values.yaml" file={editing.file} remarks={editing.remarks} links={editing.links} hovers={editing.hovers} badges={editing.badges} dims={editing.dims} glance={editing.glance} {on_change} {on_point} {on_hover} {assist} />
            }
        </section>
    }
}
