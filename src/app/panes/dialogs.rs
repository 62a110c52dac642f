//! The dialogs: commands, going anywhere, searching, keys, the path of a file.

use std::rc::Rc;

use yew::prelude::*;

use super::file_dialog::{FileDialog, RenameDialog};
use crate::app::components::{Item, Modal, Palette};
use crate::app::dom::{dialog, focus};
use crate::app::effects::commands::use_commander;
use crate::app::hooks::{go_to, use_arrange, use_dispatch, use_layout, use_rendering, use_workspace};
use crate::app::layout::{Arrange, OutputTab};
use crate::app::stage::{Dialog, SetStage};
use crate::workspace::{Analysis, COMMANDS, CommandRow, Experiment, FilePath, Hit, MOST_HITS, Place, fitting, search};

/// The dialog that is open, if one is.
#[component]
pub fn Dialogs() -> Html {
    let layout = use_layout();
    let arrange = use_arrange();
    let Some(open) = layout.stage.dialog.clone() else { return html! {} };
    let on_close = {
        let open = open.clone();
        Callback::from(move |()| arrange.dispatch(Arrange::Stage(SetStage::Closed(open.clone()))))
    };
    let (label, body): (AttrValue, Html) = match open {
        Dialog::Commands => ("Commands".into(), html! { <Commands /> }),
        Dialog::Anywhere => ("Go to a file or document".into(), html! { <Anywhere /> }),
        Dialog::Search => ("Search the chart".into(), html! { <Search /> }),
        Dialog::Keys => ("Keys".into(), html! { <Keys /> }),
        Dialog::NewFile => ("New file".into(), html! { <FileDialog from={None::<FilePath>} /> }),
        Dialog::MoveFile(path) => ("Rename or move a file".into(), html! { <FileDialog from={Some(path)} /> }),
        Dialog::Places(label, hits) => (label.clone().into(), html! { <Places {label} {hits} /> }),
        Dialog::Rename(path, at, old) => ("Rename".into(), html! { <RenameDialog {path} {at} {old} /> }),
    };
    html! { <Modal key={label.as_str()} label={label.clone()} {on_close}>{ body }</Modal> }
}

/// All commands.
#[component]
fn Commands() -> Html {
    let commander = use_commander();
    let query = use_state(AttrValue::default);
    let rows: Vec<&CommandRow> = fitting(&query, COMMANDS, |row| row.words);
    let item = |row: &&CommandRow| Item { label: row.words.into(), keys: row.shown_keys().into(), ..Item::default() };
    let items = rows.iter().map(item).collect::<Rc<[Item]>>();
    let commands: Vec<_> = rows.iter().map(|row| row.command).collect();
    let on_choose = Callback::from(move |at: usize| {
        dialog::close();
        if let Some(command) = commands.get(at) {
            commander.run(*command);
        }
    });
    html! {
        <Palette label="Commands" query={(*query).clone()} {items} nothing="No command is called so." on_query={written(&query)} {on_choose} />
    }
}

fn written(query: &UseStateHandle<AttrValue>) -> Callback<AttrValue> {
    let setter = query.setter();
    Callback::from(move |text| setter.set(text))
}

/// Somewhere to go.
#[derive(Clone, Debug, PartialEq)]
enum Target {
    File(FilePath),
    Document(String),
}

/// Files and documents.
#[component]
fn Anywhere() -> Html {
    let (workspace, rendering) = (use_workspace(), use_rendering());
    let (dispatch, arrange) = (use_dispatch(), use_arrange());
    let query = use_state(AttrValue::default);
    let targets = targets(&workspace.experiment, rendering.shown.good.as_deref());
    let found: Vec<(String, Target)> = fitting(&query, &targets, |(words, _)| words).into_iter().cloned().collect();
    let item = |(words, target): &(String, Target)| {
        let extra = if matches!(target, Target::Document(_)) { "document" } else { "" };
        Item { label: words.clone().into(), extra: extra.into(), ..Item::default() }
    };
    let items = found.iter().map(item).collect::<Rc<[Item]>>();
    let on_choose = Callback::from(move |at: usize| {
        dialog::close();
        match found.get(at).map(|(_, target)| target) {
            Some(Target::File(path)) => {
                let place = Place { path: path.clone(), line: 1, column: 1, bytes: 0..0 };
                go_to(&place, &dispatch, &arrange);
            }
            Some(Target::Document(title)) => {
                arrange.dispatch(Arrange::Tab(OutputTab::Rendered));
                arrange.dispatch(Arrange::OutputAlone);
                focus::soon_to_view(format!("[data-document=\"{}\"]", title.replace('"', "")));
            }
            None => {}
        }
    });
    html! {
        <Palette label="Go to a file or document" query={(*query).clone()} {items} nothing="Nothing is called so." on_query={written(&query)} {on_choose} />
    }
}

fn targets(experiment: &Experiment, analysis: Option<&Analysis>) -> Vec<(String, Target)> {
    let files = experiment.files.keys().map(|path| (path.to_string(), Target::File(path.clone())));
    let documents = analysis.into_iter().flat_map(|analysis| &analysis.documents);
    let documents = documents.map(|document| (document.title(), Target::Document(document.title())));
    files.chain(documents).collect()
}

/// The search.
#[component]
fn Search() -> Html {
    let workspace = use_workspace();
    let query = use_state(AttrValue::default);
    let hits: Rc<[Hit]> = search(&workspace.experiment.files, &query).into();
    let nothing = if query.is_empty() { "" } else { "This text is in none of the chart's files." };
    let label =
        if hits.len() == MOST_HITS { format!("The first {MOST_HITS} lines") } else { "Search the chart".to_owned() };
    html! { <HitList {label} query={(*query).clone()} {hits} {nothing} on_query={written(&query)} /> }
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct PlacesProps {
    label: Rc<str>,
    hits: Rc<[Hit]>,
}

/// Places that were found already, to choose from by their lines.
#[component]
fn Places(props: &PlacesProps) -> Html {
    let query = use_state(AttrValue::default);
    let hits: Rc<[Hit]> = fitting(&query, &props.hits, |hit| &hit.line).into_iter().cloned().collect();
    html! { <HitList label={props.label.to_string()} query={(*query).clone()} {hits} nothing="No place fits." on_query={written(&query)} /> }
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct HitListProps {
    label: String,
    query: AttrValue,
    hits: Rc<[Hit]>,
    nothing: AttrValue,
    on_query: Callback<AttrValue>,
}

/// Lines of files, to go to.
#[component]
fn HitList(props: &HitListProps) -> Html {
    let (dispatch, arrange) = (use_dispatch(), use_arrange());
    let hits = Rc::clone(&props.hits);
    let item = |hit: &Hit| Item { label: hit.line.clone().into(), extra: hit.place.label().into(), ..Item::default() };
    let items = hits.iter().map(item).collect::<Rc<[Item]>>();
    let on_choose = Callback::from(move |at: usize| {
        dialog::close();
        if let Some(hit) = hits.get(at) {
            go_to(&hit.place, &dispatch, &arrange);
        }
    });
    html! {
        <Palette label={props.label.clone()} query={props.query.clone()} {items} nothing={props.nothing.clone()} on_query={props.on_query.clone()} {on_choose} />
    }
}

/// The keys, as a table.
#[component]
fn Keys() -> Html {
    let row = |row: &CommandRow| html! { <tr><td><kbd>{ row.shown_keys() }</kbd></td><td>{ row.words }</td></tr> };
    let onclick = Callback::from(|_: MouseEvent| dialog::close());
    html! {
        <div class="keys">
            <h2>{ "Keys" }</h2>
            <p>{ "Ctrl is Cmd on a Mac. In an editor, Escape and then Tab leave it." }</p>
            <div class="keys-table" tabindex="0" role="group" aria-label="Keys">
                <table>{ for COMMANDS.iter().filter(|row| !row.keys.is_empty()).map(row) }</table>
            </div>
            <button type="button" class="button" {onclick}>{ "Close" }</button>
        </div>
    }
}
