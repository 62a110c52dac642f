//! What the draft was before: up to twenty versions, what each of them would change, and the way back to it.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::app::effects::drafts::{self, Version};
use crate::app::hooks::{use_arrange, use_dispatch, use_workspace};
use crate::app::layout::{Arrange, Strip};
use crate::share::DraftKey;
use crate::workspace::{Action, FileChange, LineChange, file_changes};

/// The versions.
#[component]
pub fn Versions() -> Html {
    let workspace = use_workspace();
    let versions = use_state(|| None::<Rc<Vec<Version>>>);
    {
        let (setter, experiment) = (versions.setter(), Rc::clone(&workspace.experiment));
        use_effect_with((), move |()| {
            spawn_local(async move { setter.set(Some(Rc::new(drafts::versions(&experiment).await))) });
        });
    }
    let Some(versions) = (*versions).clone() else { return html! { <h2>{ "Earlier versions" }</h2> } };
    let items = versions.iter().map(|version| html! { <li><Item version={version.clone()} /></li> });
    html! {
        <div class="versions-list">
            <h2>{ "Earlier versions" }</h2>
            if versions.is_empty() {
                <p>{ "There are none yet: what you change is kept in this browser, and what it was before is listed here." }</p>
            } else {
                <p>{ "Kept in this browser, the newest first. Going back to one can be undone." }</p>
                <ol class="versions">{ for items }</ol>
            }
            <Others />
        </div>
    }
}

/// What else is kept in this browser.
#[component]
fn Others() -> Html {
    let workspace = use_workspace();
    let (dispatch, arrange) = (use_dispatch(), use_arrange());
    let others = use_state(Vec::new);
    {
        let (setter, experiment) = (others.setter(), Rc::clone(&workspace.experiment));
        use_effect_with((), move |()| spawn_local(async move { setter.set(drafts::others(&experiment).await) }));
    }
    let item = |(key, saved): &(DraftKey, AttrValue)| {
        let (key, title) = (key.clone(), key.title());
        let (dispatch, arrange) = (dispatch.clone(), arrange.clone());
        let name = format!("Open the draft of {title}");
        let onclick = Callback::from(move |_: MouseEvent| {
            arrange.dispatch(Arrange::Sheet(None));
            drafts::open_kept(&key, dispatch.clone(), arrange.clone());
        });
        html! {
            <li>
                <b>{ title }</b>{ ", " }{ saved }{ " " }
                <button type="button" class="button" aria-label={name} {onclick}>{ "Open" }</button>
            </li>
        }
    };
    if others.is_empty() {
        return html! {};
    }
    html! {
        <>
            <h3>{ "Drafts of other charts" }</h3>
            <ul class="versions">{ for others.iter().map(item) }</ul>
        </>
    }
}

/// A version's props.
#[derive(Clone, Debug, PartialEq, Properties)]
struct ItemProps {
    version: Version,
}

/// A version, against what is on the page.
#[component]
fn Item(props: &ItemProps) -> Html {
    let workspace = use_workspace();
    let (dispatch, arrange) = (use_dispatch(), use_arrange());
    let changes = file_changes(&workspace.experiment.files, &props.version.experiment.files);
    let on_back = {
        let version = props.version.clone();
        Callback::from(move |_: MouseEvent| {
            dispatch.dispatch(Action::Load(Rc::clone(&version.experiment)));
            let said = format!("Back to the version of {}", version.saved);
            arrange.dispatch(Arrange::Sheet(None));
            arrange.dispatch(Arrange::Strip(Some(Strip::Done(said.into()))));
        })
    };
    let count = match changes.len() {
        0 => "as it is now".to_owned(),
        1 => "1 file differs".to_owned(),
        count => format!("{count} files differ"),
    };
    html! {
        <details>
            <summary><b>{ &props.version.saved }</b>{ ", " }{ count }</summary>
            if !changes.is_empty() {
                { for changes.iter().map(file) }
                <button type="button" class="button" onclick={on_back}>{ "Go back to this version" }</button>
            }
        </details>
    }
}

/// What would change in a file.
fn file(change: &FileChange) -> Html {
    let line = |line: &LineChange| match line {
        LineChange::Same(text) => html! { <span>{ "  " }{ text }{ "\n" }</span> },
        LineChange::Gone(text) => html! { <del>{ "- " }{ text }{ "\n" }</del> },
        LineChange::New(text) => html! { <ins>{ "+ " }{ text }{ "\n" }</ins> },
        LineChange::Skipped(count) => html! { <span class="quiet">{ format!("  … {count} lines alike\n") }</span> },
    };
    html! {
        <>
            <h3>{ change.path.to_string() }</h3>
            <pre class="version-lines">{ for change.lines.iter().map(line) }</pre>
        </>
    }
}
