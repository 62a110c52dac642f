//! What is pasted outside of the editors: manifests are opened, a command line of Helm's sets what it says.

use std::rc::Rc;

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{DataTransfer, Element, Event};
use yew::prelude::*;

use super::bring_in::finish;
use crate::app::layout::{Arrange, Arranger, Strip};
use crate::app::store::Dispatch;
use crate::workspace::{Action, Experiment, FilePath, HelmCommand, Pasted, Workspace, bring_in, pasted};

/// Takes what is pasted.
#[hook]
pub fn use_paste(workspace: &Rc<Workspace>, arrange: &Arranger, dispatch: &Dispatch) {
    let (arrange, dispatch) = (arrange.clone(), dispatch.clone());
    use_effect_with(Rc::clone(&workspace.experiment), move |experiment| {
        let experiment = Rc::clone(experiment);
        let listener = web_sys::window().map(|window| {
            EventListener::new(&window, "paste", move |event| {
                if let Some(text) = text(event) {
                    take(&text, &experiment, &arrange, &dispatch);
                }
            })
        });
        move || drop(listener)
    });
}

/// The text, unless it is pasted into something that takes texts itself.
fn text(event: &Event) -> Option<String> {
    const OWN: &str = "input, textarea, select, [contenteditable]";
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    if target.is_some_and(|target| target.closest(OWN).ok().flatten().is_some()) {
        return None;
    }
    let data = js_sys::Reflect::get(event, &"clipboardData".into()).ok()?;
    data.dyn_into::<DataTransfer>().ok()?.get_data("text/plain").ok()
}

fn take(text: &str, experiment: &Experiment, arrange: &Arranger, dispatch: &Dispatch) {
    let strip = match pasted(text) {
        Pasted::Other => return,
        Pasted::Manifest => {
            let chosen = vec![("pasted.yaml".to_owned(), text.as_bytes().to_vec())];
            let brought = bring_in(chosen, Vec::new(), &experiment.settings).map_err(|error| error.to_string());
            return finish(brought, dispatch, arrange);
        }
        Pasted::Command(command) => obey(&command, experiment, arrange, dispatch),
    };
    arrange.dispatch(Arrange::Strip(Some(strip)));
}

/// Sets what a command line says.
fn obey(command: &HelmCommand, experiment: &Experiment, arrange: &Arranger, dispatch: &Dispatch) -> Strip {
    for setting in command.settings(&experiment.settings) {
        dispatch.dispatch(Action::Set(setting));
    }
    for deed in command.deeds(experiment) {
        dispatch.dispatch(Action::Layers(deed));
    }
    let (left_over, empty) = (command.left_over(experiment), command.empty_files(experiment));
    let but = if left_over.is_empty() { String::new() } else { format!(", but for: {}", left_over.join(", ")) };
    let names: Vec<&str> = empty.iter().map(FilePath::name).collect();
    let files = if names.is_empty() { String::new() } else { format!(". Still to be written: {}", names.join(", ")) };
    if let Some(path) = empty.into_iter().next() {
        arrange.dispatch(Arrange::Values(path));
    }
    Strip::Done(format!("The settings are now those of the command line{but}{files}").into())
}
