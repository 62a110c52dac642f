//! What is different from the baseline: by document and field, each with its cause.

use yew::prelude::*;

use super::text_changes::TextChanges;
use crate::app::components::PlaceLink;
use crate::app::effects::pinning::Point;
use crate::app::hooks::{go_to, use_arrange, use_changes, use_dispatch, use_pinner, use_workspace};
use crate::app::layout::{Arrange, OutputTab};
use crate::workspace::{Action, DocumentChange, Fate, FieldChange, Place, Pointer, Spot};

/// The changes.
#[component]
pub fn Changes() -> Html {
    let (workspace, changes) = (use_workspace(), use_changes());
    let dispatch = use_dispatch();
    let as_text = use_state(|| false);
    let turn = {
        let (setter, next) = (as_text.setter(), !*as_text);
        Callback::from(move |_: MouseEvent| setter.set(next))
    };
    let is_same = workspace.baseline.files == workspace.experiment.files
        && workspace.baseline.settings == workspace.experiment.settings;
    let set = Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::SetBaseline));
    let document = |change: &DocumentChange| html! { <Document change={change.clone()} /> };
    html! {
        <div class="changes">
            <p class="changes-head">
                <span>{ told(&changes, is_same) }</span>
                <button type="button" class="quiet-button" title="The two outputs, line by line; secrets are masked" aria-pressed={as_text.to_string()} onclick={turn}>{ "As text" }</button>
                <button type="button" class="quiet-button" title="Tell changes from the chart as it is now" disabled={is_same} onclick={set}>{ "Set as baseline" }</button>
            </p>
            if *as_text {
                <TextChanges />
            } else {
                { for changes.iter().map(document) }
            }
        </div>
    }
}

fn told(changes: &[DocumentChange], is_same: bool) -> String {
    match (changes.len(), is_same) {
        (0, true) => "Nothing was changed yet. Whatever you change is shown here, with its cause.".to_owned(),
        (0, false) => "The files changed, but the documents are the same.".to_owned(),
        (1, _) => "1 document is not as it was.".to_owned(),
        (count, _) => format!("{count} documents are not as they were."),
    }
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct DocumentProps {
    change: DocumentChange,
}

#[component]
fn Document(props: &DocumentProps) -> Html {
    let DocumentChange { title, fate, because, fields } = &props.change;
    let (sign, word) = match fate {
        Fate::Added => ("+", "added"),
        Fate::Removed => ("\u{2212}", "removed"),
        Fate::Changed => ("", ""),
    };
    let field = |field: &FieldChange| html! { <Field change={field.clone()} /> };
    html! {
        <section class="change" aria-label={title.clone()}>
            <h3>{ title }<span class={classes!("change-fate", word)}>{ format!(" {sign} {word}") }</span><Because because={because.clone()} /></h3>
            if !fields.is_empty() {
                <ul>{ for fields.iter().map(field) }</ul>
            }
        </section>
    }
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct FieldProps {
    change: FieldChange,
}

/// `spec.replicas 1 → 3 because replicaCount changed`.
#[component]
fn Field(props: &FieldProps) -> Html {
    let FieldChange { path, was, is, because, place } = &props.change;
    let (pinner, arrange) = (use_pinner(), use_arrange());
    let name = match *place {
        Some(at) => {
            let onclick = Callback::from(move |_: MouseEvent| {
                arrange.dispatch(Arrange::Tab(OutputTab::Rendered));
                pinner.dispatch(Point::At(Spot::Output(at)));
            });
            html! { <button type="button" class="change-path" title="Why: pin it in the output" {onclick}><code>{ path }</code></button> }
        }
        None => html! { <code>{ path }</code> },
    };
    let value = |value: &Option<String>, class: &'static str, none: &'static str| match value {
        Some(value) => html! { <code class={class}>{ value }</code> },
        None => html! { <i>{ none }</i> },
    };
    html! {
        <li>
            { name }{ " " }{ value(was, "change-was", "not set") }{ " \u{2192} " }{ value(is, "change-is", "gone") }
            <Because because={because.clone()} />
        </li>
    }
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct BecauseProps {
    because: Vec<Pointer>,
}

#[component]
fn Because(props: &BecauseProps) -> Html {
    let (dispatch, arrange) = (use_dispatch(), use_arrange());
    let on_go = Callback::from(move |place: Place| go_to(&place, &dispatch, &arrange));
    if props.because.is_empty() {
        return html! {};
    }
    let because = |(at, because): (usize, &Pointer)| {
        html! {
            <>
                { if at > 0 { ", " } else { "" } }{ &because.words }
                if let Some(place) = because.place.clone() {
                    { " " }<PlaceLink {place} on_go={on_go.clone()} />
                }
            </>
        }
    };
    html! { <span class="change-because">{ " because " }{ for props.because.iter().enumerate().map(because) }</span> }
}
