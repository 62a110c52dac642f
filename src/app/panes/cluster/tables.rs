//! kubectl's own tables, as tables.

use yew::prelude::*;

use crate::app::effects::cluster::Stir;
use crate::app::hooks::{use_staging, use_stirrer};
use crate::workspace::cluster::{KindTable, View};

/// The kinds that can be listed, in kubectl's words.
const KINDS: [&str; 15] =
    ["po", "sts", "deploy", "rs", "ds", "job", "cronjob", "svc", "ep", "pvc", "pv", "sc", "pdb", "no", "events"];

/// The tables.
#[component]
pub fn Tables() -> Html {
    let (staging, stirrer) = (use_staging(), use_stirrer());
    let view = staging.view.clone();
    let tables = staging.scene.as_ref().map(|scene| scene.tables.clone()).unwrap_or_default();
    let toggle = |word: &'static str| {
        let is_on = view.kinds.iter().any(|kind| kind == word);
        let (view, stirrer) = (view.clone(), stirrer.clone());
        let onclick = Callback::from(move |_: MouseEvent| stirrer.dispatch(Stir::Look(toggled(&view, word))));
        html! { <button type="button" class="toggle" aria-pressed={pressed(is_on)} {onclick}>{ word }</button> }
    };
    let on_wide = {
        let (view, stirrer) = (view.clone(), stirrer.clone());
        let wide = View { is_wide: !view.is_wide, ..view };
        Callback::from(move |_: MouseEvent| stirrer.dispatch(Stir::Look(wide.clone())))
    };
    let table = |table: &KindTable| html! { <One key={table.kind.clone()} table={table.clone()} /> };
    html! {
        <>
            <div class="cluster-kinds" role="group" aria-label="kubectl get">
                <code>{ "kubectl get" }</code>
                { for KINDS.into_iter().map(toggle) }
                <button type="button" class="toggle" aria-pressed={pressed(view.is_wide)} onclick={on_wide}>{ "-o wide" }</button>
            </div>
            if tables.is_empty() {
                <p class="cluster-none"><code>{ "No resources found in this namespace." }</code></p>
            }
            { for tables.iter().map(table) }
        </>
    }
}

fn pressed(is_on: bool) -> &'static str {
    if is_on { "true" } else { "false" }
}

/// With one more kind or one less, in the usual order.
fn toggled(view: &View, word: &str) -> View {
    let was_on = view.kinds.iter().any(|kind| kind == word);
    let is_on = |kind: &&&str| if **kind == word { !was_on } else { view.kinds.iter().any(|known| known == **kind) };
    View { kinds: KINDS.iter().filter(is_on).map(|&kind| kind.to_owned()).collect(), ..view.clone() }
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct OneProps {
    table: KindTable,
}

#[component]
fn One(props: &OneProps) -> Html {
    let KindTable { kind, title, heading, rows } = &props.table;
    let is_pods = kind == "po";
    let row = |row: &Vec<String>| {
        let cells = row.iter().enumerate().map(|(at, cell)| match at {
            0 if is_pods => html! { <th scope="row"><PodName name={cell.clone()} /></th> },
            0 => html! { <th scope="row">{ cell }</th> },
            _ => html! { <td>{ cell }</td> },
        });
        html! { <tr>{ for cells }</tr> }
    };
    html! {
        <div class="cluster-table">
            <table data-kind={kind.clone()}>
                <caption class="said-inline">{ title }</caption>
                <thead><tr>{ for heading.iter().map(|name| html! { <th scope="col">{ name }</th> }) }</tr></thead>
                <tbody>{ for rows.iter().map(row) }</tbody>
            </table>
        </div>
    }
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct PodNameProps {
    name: AttrValue,
}

/// A pod's name, with which one looks at it closely.
#[component]
fn PodName(props: &PodNameProps) -> Html {
    let (staging, stirrer) = (use_staging(), use_stirrer());
    let is_shown = staging.view.pod.as_deref() == Some(props.name.as_str());
    let (view, name) = (staging.view.clone(), props.name.to_string());
    let onclick = Callback::from(move |_: MouseEvent| {
        let pod = (!is_shown).then(|| name.clone());
        stirrer.dispatch(Stir::Look(View { pod, ..view.clone() }));
    });
    html! {
        <button type="button" class="cluster-pod-name" aria-expanded={pressed(is_shown)} title="More about this pod" {onclick}>{ &props.name }</button>
    }
}
