//! All values as a table: what each key is in the end, who set it, what that overrode, and which templates read it.

use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::app::components::PlaceLink;
use crate::app::effects::pinning::Point;
use crate::app::hooks::{go_to, use_arrange, use_asker, use_dispatch, use_pinner, use_rendering};
use crate::workspace::{Place, Pointer, Question, Reply, Spot, ValueLine};

/// Rows are drawn up to here; whoever looks for others narrows the list.
const MOST_ROWS: usize = 400;

/// The table.
#[component]
pub fn AllValues() -> Html {
    let (asker, rendering) = (use_asker(), use_rendering());
    let lines = use_state(|| None::<Rc<[ValueLine]>>);
    let wanted = use_state(String::new);
    {
        let setter = lines.setter();
        use_effect_with(rendering.shown.round, move |_| {
            let on_reply = Callback::from(move |reply| {
                if let Some(Reply::Values(lines)) = reply {
                    setter.set(Some(lines.into()));
                }
            });
            asker.ask(Question::Values, on_reply);
        });
    }
    let oninput = {
        let wanted = wanted.setter();
        Callback::from(move |event: InputEvent| {
            let field: HtmlInputElement = event.target_unchecked_into();
            wanted.set(field.value().to_lowercase());
        })
    };
    let Some(lines) = &*lines else {
        return html! { <p class="pane-empty pane-late">{ "The values are put together when the chart is rendered." }</p> };
    };
    let fits = |line: &&ValueLine| wanted.is_empty() || line.key.to_lowercase().contains(wanted.as_str());
    let found: Vec<&ValueLine> = lines.iter().filter(fits).collect();
    let more = found.len().saturating_sub(MOST_ROWS);
    let row = |line: &&ValueLine| html! { <Row key={line.key.clone()} line={(*line).clone()} /> };
    html! {
        <div class="all-values">
            <p class="all-values-search">
                <label>{ "Find a key " }<input type="search" {oninput} value={(*wanted).clone()} /></label>
                <span>{ told(found.len(), lines) }</span>
            </p>
            <table>
                <thead><tr>
                    <th scope="col">{ "Key" }</th><th scope="col">{ "Value" }</th><th scope="col">{ "Set by" }</th>
                    <th scope="col">{ "Instead of" }</th><th scope="col">{ "Read by" }</th>
                </tr></thead>
                <tbody>{ for found.iter().take(MOST_ROWS).map(row) }</tbody>
            </table>
            if more > 0 {
                <p class="pane-empty">{ format!("{more} more keys: type a part of the name to see them.") }</p>
            }
        </div>
    }
}

fn told(found: usize, lines: &[ValueLine]) -> String {
    let unread = lines.iter().filter(|line| line.is_unread()).count();
    let keys = if found == 1 { "1 key".to_owned() } else { format!("{found} keys") };
    if unread == 0 { keys } else { format!("{keys}, {unread} that no template reads") }
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct RowProps {
    line: ValueLine,
}

#[component]
fn Row(props: &RowProps) -> Html {
    let line = &props.line;
    let pinner = use_pinner();
    let place = line.set_by.as_ref().and_then(|by| by.place.clone());
    let key = match place {
        Some(place) => {
            let title = format!("Why: pin {}", line.key);
            let onclick = Callback::from(move |_: MouseEvent| {
                pinner.dispatch(Point::At(Spot::File(place.path.clone(), place.bytes.start)));
            });
            html! { <button type="button" class="all-values-key" {title} {onclick}><code>{ &line.key }</code></button> }
        }
        None => html! { <code>{ &line.key }</code> },
    };
    let doc = |doc: &String| html! { <small>{ doc }</small> };
    html! {
        <tr class={classes!(line.is_unread().then_some("all-values-unread"))}>
            <th scope="row">{ key }{ for line.doc.iter().map(doc) }</th>
            <td><code>{ line.value.as_deref().unwrap_or("gone") }</code></td>
            <td>{ set_by(line) }</td>
            <td>{ for line.overrode.iter().map(|(value, by)| html! { <div><code>{ value }</code>{ " " }<To pointer={by.clone()} /></div> }) }</td>
            <td>{ readers(line) }</td>
        </tr>
    }
}

fn set_by(line: &ValueLine) -> Html {
    match (&line.set_by, &line.deleted_by) {
        (Some(by), _) => html! { <To pointer={by.clone()} /> },
        (None, Some(by)) => html! { <>{ "deleted by null in " }<To pointer={by.clone()} /></> },
        (None, None) => html! { "Helm" },
    }
}

fn readers(line: &ValueLine) -> Html {
    let list = |list: &[Pointer]| {
        let to = |(at, to): (usize, &Pointer)| {
            html! { <>{ if at > 0 { ", " } else { "" } }<To pointer={to.clone()} /></> }
        };
        html! { <>{ for list.iter().enumerate().map(to) }</> }
    };
    match (line.read_by.as_slice(), line.named_by.as_slice()) {
        ([], []) if line.value.is_some() => html! { "no template" },
        ([], []) => html! {},
        ([], named) => html! { <>{ "not reached in " }{ list(named) }</> },
        (read, _) => list(read),
    }
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct ToProps {
    pointer: Pointer,
}

/// Words that lead to the place that they name, if there is one.
#[component]
fn To(props: &ToProps) -> Html {
    let (dispatch, arrange) = (use_dispatch(), use_arrange());
    let on_go = Callback::from(move |place: Place| go_to(&place, &dispatch, &arrange));
    match &props.pointer.place {
        Some(place) => html! { <PlaceLink place={place.clone()} {on_go} /> },
        None => html! { <code>{ &props.pointer.words }</code> },
    }
}
