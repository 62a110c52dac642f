//! Below the problems: what was told to be ignored, what was not checked, what `helm lint` would say, and the list as a
//! file.

use yew::prelude::*;

use crate::app::components::{PlaceLink, Words};
use crate::app::effects::form::Form;
use crate::app::effects::take_out::{Part, take_out};
use crate::app::hooks::{go_to, use_arrange, use_asker, use_dispatch, use_rendering, use_workspace};
use crate::app::layout::{Arrange, Sheet};
use crate::workspace::{Ignored, Outcome, Place, Pointer, Question, Reply, Shown};

/// The props.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct TailProps {
    /// What the page shows.
    pub shown: Shown,
}

/// All of it.
#[component]
pub fn Tail(props: &TailProps) -> Html {
    let arrange = use_arrange();
    let Some(now) = props.shown.now.as_deref() else { return html! {} };
    let on_rules = Callback::from(move |_: MouseEvent| arrange.dispatch(Arrange::Sheet(Some(Sheet::Rules))));
    let sentence = |words: &String| html! { <p class="problems-unchecked" data-unchecked="">{ words }</p> };
    let unused = |unused: &Pointer| html! { <Unused pointer={unused.clone()} /> };
    html! {
        <div class="problems-tail">
            if !now.ignored.is_empty() {
                <IgnoredList ignored={now.ignored.clone()} />
            }
            { for now.unused.iter().map(unused) }
            { for now.unchecked.iter().map(sentence) }
            if !now.awaited.is_empty() {
                <p class="problems-unchecked" data-awaited=""><Words text={still_checking(&now.awaited)} /></p>
            }
            <p class="problems-checked" data-checked="">
                { format!("{}. ", now.looked) }
                <button type="button" class="quiet-button" onclick={on_rules}>{ "All rules" }</button>
                if now.outcome == Outcome::Rendered {
                    <Save />
                }
            </p>
            <HelmSays />
        </div>
    }
}

/// The rules that come later, because the chart is rendered once more for them.
fn still_checking(awaited: &[String]) -> String {
    let rules: Vec<String> = awaited.iter().map(|rule| format!("`{rule}`")).collect();
    format!("Still checking: {}.", rules.join(", "))
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct IgnoredProps {
    ignored: Vec<Ignored>,
}

/// What was told to be ignored, folded.
#[component]
fn IgnoredList(props: &IgnoredProps) -> Html {
    let (dispatch, arrange) = (use_dispatch(), use_arrange());
    let on_go = Callback::from(move |place: Place| go_to(&place, &dispatch, &arrange));
    let row = |ignored: &Ignored| {
        let reason = if ignored.reason.is_empty() { "no reason is given".to_owned() } else { ignored.reason.clone() };
        let link = |place: Place| html! { <PlaceLink {place} on_go={on_go.clone()} /> };
        let place = ignored.place.clone().or_else(|| ignored.problem.place.clone());
        html! {
            <li class="problem-ignored" data-ignored={ignored.problem.rule.clone()}>
                <span><Words text={ignored.problem.message.clone()} /></span>
                <span class="problem-fix"><Words text={format!("{}, by the {}", reason, ignored.by)} /></span>
                { place.map(link) }
            </li>
        }
    };
    html! {
        <details class="problems-ignored">
            <summary>{ format!("{} ignored", props.ignored.len()) }</summary>
            <ul>{ for props.ignored.iter().map(row) }</ul>
        </details>
    }
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct UnusedProps {
    pointer: Pointer,
}

/// What was told to be ignored and isn't there.
#[component]
fn Unused(props: &UnusedProps) -> Html {
    let (dispatch, arrange) = (use_dispatch(), use_arrange());
    let on_go = Callback::from(move |place: Place| go_to(&place, &dispatch, &arrange));
    html! {
        <p class="problems-unused" data-unused="">
            <Words text={props.pointer.words.clone()} />{ " " }
            { props.pointer.place.clone().map(|place| html! { <PlaceLink {place} {on_go} /> }) }
        </p>
    }
}

/// The formats.
const FORMATS: [(Form, &str); 6] = [
    (Form::Text, "Text"),
    (Form::Json, "JSON"),
    (Form::Sarif, "SARIF"),
    (Form::Junit, "JUnit"),
    (Form::Markdown, "Markdown"),
    (Form::Html, "HTML"),
];

/// Saves the list as a file.
#[component]
fn Save() -> Html {
    let (asker, arrange, workspace, rendering) = (use_asker(), use_arrange(), use_workspace(), use_rendering());
    let button = |(form, words): (Form, &'static str)| {
        let (asker, arrange) = (asker.clone(), arrange.clone());
        let (workspace, shown) = (workspace.clone(), rendering.shown.clone());
        let onclick = Callback::from(move |_: MouseEvent| {
            take_out(Part::Report(form), &workspace.experiment, &shown, &asker, &arrange);
        });
        html! { <button type="button" class="quiet-button" data-save={words} {onclick}>{ words }</button> }
    };
    html! { <span class="problems-save">{ "Save as " }{ for FORMATS.into_iter().map(button) }</span> }
}

/// What `helm lint` would say, when somebody wants to know.
#[component]
fn HelmSays() -> Html {
    let (asker, rendering) = (use_asker(), use_rendering());
    let lines = use_state(Vec::<String>::new);
    let is_open = use_state_eq(|| false);
    {
        let setter = lines.setter();
        use_effect_with((*is_open, rendering.shown.round), move |(is_open, _)| {
            let on_reply = Callback::from(move |reply| {
                if let Some(Reply::HelmLint(lines)) = reply {
                    setter.set(lines);
                }
            });
            if *is_open {
                asker.ask(Question::HelmLint, on_reply);
            }
        });
    }
    let onclick = {
        let is_open = is_open.clone();
        Callback::from(move |_: MouseEvent| is_open.set(!*is_open))
    };
    let expanded = if *is_open { "true" } else { "false" };
    html! {
        <div class="problems-helm">
            <button type="button" class="quiet-button" aria-expanded={expanded} data-helm-lint="" {onclick}>{ "What would helm lint say" }</button>
            if *is_open {
                <pre translate="no" tabindex="0" role="region" aria-label="What helm lint would say">{ lines.join("\n") }</pre>
            }
        </div>
    }
}
