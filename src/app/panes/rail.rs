//! The file rail: the chart's files as a tree, beside the editor.

use std::collections::BTreeSet;

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::app::effects::commands::use_commander;
use crate::app::hooks::{use_arrange, use_dispatch, use_workspace};
use crate::app::layout::Arrange;
use crate::workspace::{Action, Command, FileCommand, FilePath, Shows, TreeKind, TreeRow, tree};

/// What happens to a row.
#[derive(Clone, Debug, PartialEq)]
enum Touch {
    Open(FilePath),
    Fold(String),
    /// The row at this place takes the focus.
    Go(usize),
    File(FileCommand),
}

/// The rail.
#[component]
pub fn Rail() -> Html {
    let workspace = use_workspace();
    let (dispatch, arrange, commander) = (use_dispatch(), use_arrange(), use_commander());
    let folded = use_state(BTreeSet::<String>::new);
    let place = use_node_ref();
    let rows = tree(&workspace.experiment.files, &folded);
    let open = workspace.experiment.open.clone();
    let on_touch = {
        let (folded, place) = (folded.clone(), place.clone());
        Callback::from(move |touch: Touch| match touch {
            Touch::Open(path) => {
                arrange.dispatch(Arrange::Say(format!("{path} opened").into()));
                dispatch.dispatch(Action::Open(path));
            }
            Touch::Fold(path) => {
                let mut next = (*folded).clone();
                if !next.remove(&path) {
                    next.insert(path);
                }
                folded.set(next);
            }
            Touch::Go(at) => focus_row(&place, at),
            Touch::File(command) => commander.run(Command::File(command)),
        })
    };
    let is_open = |row: &TreeRow| matches!(&row.kind, TreeKind::File(path) if open.as_ref() == Some(path));
    let stop = rows.iter().position(is_open).unwrap_or_default();
    let last = rows.len().saturating_sub(1);
    let row = |(at, row): (usize, &TreeRow)| {
        let on_touch = on_touch.clone();
        html! { <Row key={at} row={row.clone()} {at} {last} is_open={is_open(row)} is_stop={at == stop} {on_touch} /> }
    };
    html! {
        <ul ref={place.clone()} class="rail" role="tree" aria-label="Files">{ for rows.iter().enumerate().map(row) }</ul>
    }
}

fn focus_row(place: &NodeRef, at: usize) {
    let tree = place.cast::<HtmlElement>();
    let row = tree.and_then(|tree| tree.children().item(u32::try_from(at).ok()?));
    if let Some(row) = row.and_then(|row| row.dyn_into::<HtmlElement>().ok()) {
        let _ = row.focus();
    }
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct RowProps {
    row: TreeRow,
    at: usize,
    last: usize,
    is_open: bool,
    is_stop: bool,
    on_touch: Callback<Touch>,
}

/// A row of the tree.
#[component]
fn Row(props: &RowProps) -> Html {
    let TreeRow { depth, name, kind } = props.row.clone();
    let touched = match kind.clone() {
        TreeKind::File(path) => Touch::Open(path),
        TreeKind::Folder(path, _) => Touch::Fold(path),
    };
    let onclick = {
        let (on_touch, touched) = (props.on_touch.clone(), touched.clone());
        Callback::from(move |_: MouseEvent| on_touch.emit(touched.clone()))
    };
    let onkeydown = {
        let props = props.clone();
        Callback::from(move |event: KeyboardEvent| {
            if let Some(touch) = key(&event.key(), &props, &touched) {
                event.prevent_default();
                props.on_touch.emit(touch);
            }
        })
    };
    let (expanded, title) = match &kind {
        TreeKind::Folder(path, shows) => (Some(if *shows == Shows::Content { "true" } else { "false" }), path.clone()),
        TreeKind::File(path) => (None, path.to_string()),
    };
    html! {
        <li role="treeitem" class="rail-row" {title} {onclick} {onkeydown} data-depth={depth.min(DEEPEST).to_string()}
            aria-level={(depth + 1).to_string()} aria-expanded={expanded} aria-selected={if props.is_open { "true" } else { "false" }}
            tabindex={if props.is_stop { "0" } else { "-1" }}>
            { name }
        </li>
    }
}

/// Rows deeper than this are indented no further.
const DEEPEST: usize = 8;

/// What a key does to a row, as the pattern of the ARIA practices has it.
fn key(key: &str, props: &RowProps, touched: &Touch) -> Option<Touch> {
    let shows = match &props.row.kind {
        TreeKind::Folder(_, shows) => Some(*shows),
        TreeKind::File(_) => None,
    };
    match (key, shows) {
        ("Enter" | " ", _) | ("ArrowRight", Some(Shows::Nothing)) | ("ArrowLeft", Some(Shows::Content)) => {
            Some(touched.clone())
        }
        ("ArrowDown", _) | ("ArrowRight", Some(Shows::Content)) => Some(Touch::Go((props.at + 1).min(props.last))),
        ("ArrowUp" | "ArrowLeft", _) => Some(Touch::Go(props.at.saturating_sub(1))),
        ("Home", _) => Some(Touch::Go(0)),
        ("End", _) => Some(Touch::Go(props.last)),
        ("F2", None) if props.is_open => Some(Touch::File(FileCommand::Move)),
        ("Delete", None) if props.is_open => Some(Touch::File(FileCommand::Delete)),
        _ => None,
    }
}
