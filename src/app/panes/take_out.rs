//! The chart, or parts of it, as files: a row for each subject, a button for each form.

use std::rc::Rc;

use yew::prelude::*;

use crate::app::effects::form::Form;
use crate::app::effects::take_out::{Part, take_out};
use crate::app::hooks::{use_arrange, use_asker, use_rendering, use_workspace};

/// A form: what is taken out, the words on the button, and the whole name of it.
type Button = (Part, &'static str, &'static str);

/// What can be taken out, by subject.
const SUBJECTS: [(&str, &[Button]); 4] = [
    (
        "Chart",
        &[
            (Part::Tgz, ".tgz, for helm install", "Chart as .tgz, for helm install"),
            (Part::Zip, ".zip", "Chart as .zip"),
        ],
    ),
    (
        "Manifests",
        &[
            (Part::Manifests, "In one file", "Manifests in one file"),
            (Part::ManifestFiles, "One file each (.zip)", "Manifests, one file each (.zip)"),
        ],
    ),
    ("Values", &[(Part::Values, "values.yaml", "values.yaml")]),
    (
        "Problems",
        &[
            (Part::Problems, "Markdown", "Problems as Markdown"),
            (Part::Report(Form::Text), "Text", "Lint report as Text"),
            (Part::Report(Form::Json), "JSON", "Lint report as JSON"),
            (Part::Report(Form::Sarif), "SARIF", "Lint report as SARIF"),
            (Part::Report(Form::Junit), "JUnit", "Lint report as JUnit"),
            (Part::Report(Form::Html), "HTML", "Lint report as HTML"),
        ],
    ),
];

/// The buttons.
#[component]
pub fn TakeOut() -> Html {
    let (workspace, rendering, arrange) = (use_workspace(), use_rendering(), use_arrange());
    let asker = use_asker();
    let button = |&(part, label, name): &Button| {
        let (experiment, shown) = (Rc::clone(&workspace.experiment), rendering.shown.clone());
        let (asker, arrange) = (asker.clone(), arrange.clone());
        let onclick = Callback::from(move |_: MouseEvent| take_out(part, &experiment, &shown, &asker, &arrange));
        html! { <button type="button" class="button" aria-label={name} {onclick}>{ label }</button> }
    };
    let row = |(subject, forms): (&'static str, &[Button])| {
        html! {
            <div class="take-out-row" role="group" aria-label={subject}>
                <span aria-hidden="true">{ subject }</span>
                <span class="share-ways">{ for forms.iter().map(button) }</span>
            </div>
        }
    };
    html! {
        <>
            <h3>{ "Files" }</h3>
            <div class="take-out">{ for SUBJECTS.into_iter().map(row) }</div>
        </>
    }
}
