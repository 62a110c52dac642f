//! The other files of the chart, one at a time, behind tabs.

use std::rc::Rc;

use yew::prelude::*;

use super::rail::Rail;
use super::remarks::use_editing;
use crate::app::components::{Activation, Choice, Chooser, CodeEditor, Tab, Tabs};
use crate::app::effects::assist::use_assist;
use crate::app::effects::commands::{is_rail_shown, use_commander};
use crate::app::effects::hover::use_hover;
use crate::app::effects::pinning::Point;
use crate::app::hooks::{use_arrange, use_dispatch, use_layout, use_pinner, use_workspace};
use crate::app::layout::Arrange;
use crate::workspace::{Action, Command, Content, FileCommand, FilePath, Files, Spot};

/// More files than these get a menu beside the tabs.
const MANY: usize = 6;

/// The editor of templates and other files.
#[component]
pub fn Template() -> Html {
    let workspace = use_workspace();
    let (dispatch, arrange) = (use_dispatch(), use_arrange());
    let files = in_order(&workspace.experiment.files);
    let open = workspace.experiment.open.clone().filter(|open| files.contains(open)).or_else(|| files.first().cloned());
    let chosen: AttrValue = open.as_ref().map(ToString::to_string).unwrap_or_default().into();
    let on_open = {
        let dispatch = dispatch.clone();
        Callback::from(move |path: AttrValue| {
            if let Ok(path) = FilePath::parse(&path) {
                arrange.dispatch(Arrange::Say(format!("{path} opened").into()));
                dispatch.dispatch(Action::Open(path));
            }
        })
    };
    let folder = open.as_ref().map(FilePath::folder).unwrap_or_default().to_owned();
    let has_rail = is_rail_shown(&use_layout(), &workspace);
    let menu = (has_rail || files.len() > MANY).then(|| {
        html! {
            <Chooser label="All files" choices={choices(&files)} chosen={Some(chosen.clone())} on_choose={on_open.clone()}>
                { format!("{} files", files.len()) }
            </Chooser>
        }
    });
    html! {
        <section class={classes!("pane", "template", has_rail.then_some("template-railed"))} aria-label="Template" data-pane="template">
            <div class="pane-header">
                if has_rail {
                    <h2>{ open.as_ref().map(|path| path.name().to_owned()) }</h2>
                } else {
                    <Tabs label="Files" panel="template-editor" tabs={tabs(&files)} {chosen} activation={Activation::OnEnter} on_choose={on_open} />
                }
                <span class="pane-hint">{ folder }</span>
                { menu }
                <FileMenu />
            </div>
            if has_rail {
                <Rail />
            }
            <div id="template-editor" class="pane-body" role={if has_rail { "group" } else { "tabpanel" }} aria-label={open.as_ref().map(ToString::to_string)}>
                if let Some(path) = open {
                    <Opened {path} />
                } else {
                    <p class="pane-empty">{ "This chart has no other files." }</p>
                }
            </div>
        </section>
    }
}

/// What can be done with files.
#[component]
fn FileMenu() -> Html {
    let commander = use_commander();
    let choice = |(command, words): (FileCommand, &'static str)| Choice {
        value: format!("{command:?}").into(),
        label: words.into(),
        group: AttrValue::default(),
    };
    let on_choose = Callback::from(move |value: AttrValue| {
        let chosen = FILE_COMMANDS.iter().find(|(command, _)| format!("{command:?}") == *value);
        if let Some((command, _)) = chosen {
            commander.run(Command::File(*command));
        }
    });
    html! {
        <Chooser label="File" choices={FILE_COMMANDS.map(choice).to_vec()} chosen={None::<AttrValue>} {on_choose}>{ "File" }</Chooser>
    }
}

/// As the menu calls them.
const FILE_COMMANDS: [(FileCommand, &str); 4] = [
    (FileCommand::New, "New file …"),
    (FileCommand::Move, "Rename or move …"),
    (FileCommand::Duplicate, "Duplicate"),
    (FileCommand::Delete, "Delete"),
];

#[derive(Clone, Debug, PartialEq, Properties)]
struct OpenedProps {
    path: FilePath,
}

/// The file that is open.
#[component]
fn Opened(props: &OpenedProps) -> Html {
    let workspace = use_workspace();
    let dispatch = use_dispatch();
    let editing = use_editing(&props.path);
    let on_change =
        use_callback((), move |(path, text): (FilePath, Rc<str>), ()| dispatch.dispatch(Action::Edit(path, text)));
    let assist = use_assist();
    let pinner = use_pinner();
    let hoverer = use_hover();
    let on_hover = use_callback((), move |at: Option<(FilePath, usize)>, ()| {
        hoverer.at(at.map(|(path, at)| Spot::File(path, at)));
    });
    let on_point = use_callback((), move |(path, at): (FilePath, usize), ()| {
        pinner.dispatch(Point::At(Spot::File(path, at)));
    });
    match workspace.experiment.file(&props.path) {
        Some(Content::Binary(bytes)) => {
            html! { <p class="pane-empty">{ format!("{} is a binary file, {} bytes", props.path.name(), bytes.len()) }</p> }
        }
        _ => html! {
            <CodeEditor label={props.path.to_string()} file={editing.file} remarks={editing.remarks} links={editing.links} hovers={editing.hovers} badges={editing.badges} dims={editing.dims} glance={editing.glance} {on_change} {on_point} {on_hover} {assist} />
        },
    }
}

/// Templates first, helpers behind them, then the chart's own papers, subcharts last.
fn in_order(files: &Files) -> Vec<FilePath> {
    let rank = |path: &FilePath| match (path.is_template(), path.as_str().starts_with("charts/")) {
        (true, false) if path.extension() == "tpl" => 2,
        (true, false) if path.extension() == "txt" => 3,
        (true, false) if path.folder() != "templates/" => 1,
        (true, false) => 0,
        (false, false) => 4,
        (_, true) => 5,
    };
    let mut paths: Vec<FilePath> = files.keys().filter(|path| !path.is_values()).cloned().collect();
    paths.sort_by_key(rank);
    paths
}

/// A tab bears the file's name; with the chart's or the folder's before it where that says something.
fn tabs(files: &[FilePath]) -> Vec<Tab> {
    let tab = |path: &FilePath| {
        let label = match path.as_str().strip_prefix("charts/").and_then(|rest| rest.split_once('/')) {
            Some((chart, _)) => format!("{chart}/{}", path.name()),
            None => path.as_str().strip_prefix("templates/").unwrap_or(path.as_str()).to_owned(),
        };
        Tab {
            value: path.to_string().into(),
            label: label.into(),
            extra: AttrValue::default(),
            title: path.to_string().into(),
        }
    };
    files.iter().map(tab).collect()
}

fn choices(files: &[FilePath]) -> Vec<Choice> {
    let choice = |path: &FilePath| Choice {
        value: path.to_string().into(),
        label: path.to_string().into(),
        group: AttrValue::default(),
    };
    files.iter().map(choice).collect()
}
