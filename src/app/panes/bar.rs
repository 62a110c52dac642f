//! The bar: which chart, which release, which Kubernetes; and Share.

use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::settings::MoreSettings;
use crate::app::components::{Brand, Choice, Chooser, Field};
use crate::app::dom::pick;
use crate::app::effects::bring_in;
use crate::app::effects::render::Asker;
use crate::app::effects::samples::{open, use_samples};
use crate::app::effects::share::share;
use crate::app::effects::take_out::{Part, take_out};
use crate::app::hooks::{use_arrange, use_dispatch, use_workspace};
use crate::app::layout::{Arrange, Sheet};
use crate::helm::Helm;
use crate::workspace::{Action, SampleIndex, Setting, Settings, Shown, Workspace};

/// Versions that people still meet.
const KUBE_VERSIONS: [&str; 8] = ["1.36.0", "1.35.0", "1.34.0", "1.33.0", "1.32.0", "1.31.0", "1.30.0", "1.29.0"];

/// The bar.
#[component]
pub fn Bar() -> Html {
    let workspace = use_workspace();
    let (dispatch, arrange) = (use_dispatch(), use_arrange());
    let on_share = {
        let (workspace, arrange) = (Rc::clone(&workspace), arrange.clone());
        Callback::from(move |_: MouseEvent| share(&workspace.experiment, arrange.clone()))
    };
    let on_set = |setting: fn(Rc<str>) -> Setting| {
        let dispatch = dispatch.clone();
        Callback::from(move |text: AttrValue| dispatch.dispatch(Action::Set(setting(text.trim().into()))))
    };
    let Settings { release, namespace, kube_version, helm, .. } = workspace.experiment.settings.clone();
    let on_helm = {
        let dispatch = dispatch.clone();
        Callback::from(move |chosen: AttrValue| {
            if let Ok(helm) = chosen.parse() {
                dispatch.dispatch(Action::Set(Setting::Helm(helm)));
            }
        })
    };
    html! {
        <header class="bar" data-pane="bar">
            <Brand />
            <ChartChooser />
            <div class="bar-settings" role="group" aria-label="Settings">
                <Field label="Release name" word="release" value={release} on_change={on_set(Setting::Release)} />
                <Field label="Namespace" word="in" value={namespace} placeholder="default" on_change={on_set(Setting::Namespace)} />
                <Field label="Kubernetes version" word="Kubernetes" value={kube_version} placeholder={default_kube(helm)}
                    suggestions={&KUBE_VERSIONS[..]} on_change={on_set(Setting::KubeVersion)} />
                <Chooser label="Helm version" choices={helms()} chosen={Some(AttrValue::from(helm.to_string()))} on_choose={on_helm}>
                    <span class="quiet">{ "Helm " }</span>{ helm.to_string() }
                </Chooser>
                <MoreSettings />
            </div>
            <span class="bar-space" />
            <button type="button" class="primary" title="Copy a link to this chart and its settings (Ctrl+S)" onclick={on_share}>
                { "Share" }
            </button>
        </header>
    }
}

/// What Helm takes where nobody says which Kubernetes.
fn default_kube(helm: Helm) -> &'static str {
    match helm {
        Helm::Three => "1.32.0",
        Helm::Four => "1.36.0",
    }
}

fn helms() -> Vec<Choice> {
    let choice = |helm: Helm| Choice {
        value: helm.to_string().into(),
        label: format!("Helm {}", helm.release()).into(),
        group: AttrValue::default(),
    };
    Helm::ALL.map(choice).to_vec()
}

/// The chart's name and version, under which the samples are to choose from.
#[component]
fn ChartChooser() -> Html {
    let workspace = use_workspace();
    let samples = use_samples();
    let (dispatch, arrange) = (use_dispatch(), use_arrange());
    let (files, folder) = (use_node_ref(), use_node_ref());
    let on_choose = {
        let (samples, files, folder) = (Rc::clone(&samples), files.clone(), folder.clone());
        let (workspace, dispatch, arrange) = (Rc::clone(&workspace), dispatch.clone(), arrange.clone());
        Callback::from(move |name: AttrValue| match name.as_str() {
            SAVE => take_out(Part::Tgz, &workspace.experiment, &Shown::default(), &Asker::default(), &arrange),
            OWN_FILES => ask(&files),
            OWN_FOLDER => ask(&folder),
            SHARE => arrange.dispatch(Arrange::Sheet(Some(Sheet::Share))),
            VERSIONS => arrange.dispatch(Arrange::Sheet(Some(Sheet::Versions))),
            _ => {
                if let Some(sample) = samples.get(&name) {
                    open(sample.clone(), dispatch.clone(), arrange.clone());
                }
            }
        })
    };
    let on_picked = {
        let settings = workspace.experiment.settings.clone();
        Callback::from(move |event: Event| {
            let picked = pick::chosen(&event.target_unchecked_into());
            bring_in::open(picked, settings.clone(), dispatch.clone(), arrange.clone());
        })
    };
    let (name, version) = workspace.experiment.chart_title();
    let name = if name.is_empty() { "a chart without a name".to_owned() } else { name };
    html! {
        <>
            <Chooser label="Chart" choices={choices(&samples)} chosen={chosen(&workspace, &samples)} {on_choose}>
                <b>{ name }</b><span class="quiet">{ " " }{ version }</span>
            </Chooser>
            <input ref={files} type="file" multiple=true hidden=true aria-label="Chart archive or YAML files"
                accept=".tgz,.gz,.zip,.yaml,.yml,.json,.tpl" onchange={on_picked.clone()} />
            <input ref={folder} type="file" webkitdirectory=true hidden=true aria-label="Chart folder" onchange={on_picked} />
        </>
    }
}

/// What the menu calls the chart as a file.
const SAVE: &str = "own:save";
/// What the menu calls the dialogs.
const SHARE: &str = "own:share";
const VERSIONS: &str = "own:versions";
/// What the menu calls the ways to a chart of one's own. No sample has such a name.
const OWN_FILES: &str = "own:files";
const OWN_FOLDER: &str = "own:folder";

fn ask(input: &NodeRef) {
    if let Some(input) = input.cast::<HtmlInputElement>() {
        pick::ask(&input);
    }
}

fn choices(samples: &SampleIndex) -> Vec<Choice> {
    let choice = |sample: &crate::workspace::Sample| Choice {
        value: Rc::clone(&sample.name).into(),
        label: format!("{}: {}", sample.name, sample.title).into(),
        group: "Samples".into(),
    };
    let own = |(value, label): (&'static str, &'static str)| Choice {
        value: value.into(),
        label: label.into(),
        group: "Your own chart (it stays on this machine)".into(),
    };
    let own = [
        (OWN_FILES, "Open a .tgz, a .zip or YAML files …"),
        (OWN_FOLDER, "Open a chart's folder …"),
        (SAVE, "Save this chart as a .tgz"),
        (SHARE, "Share it, or save parts of it …"),
        (VERSIONS, "Earlier versions of this draft …"),
    ]
    .map(own);
    samples.samples.iter().map(choice).chain(own).collect()
}

fn chosen(workspace: &Workspace, samples: &SampleIndex) -> Option<AttrValue> {
    let name = workspace.experiment.origin.sample()?;
    samples.get(name).map(|sample| Rc::clone(&sample.name).into())
}
