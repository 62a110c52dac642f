//! The dialogs that ask for a name: of a new file, of a file to be moved, of something to be renamed everywhere.

use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::app::dom::dialog;
use crate::app::hooks::{use_arrange, use_asker, use_dispatch, use_workspace};
use crate::app::layout::Arrange;
use crate::workspace::{Action, FileDeed, FilePath, Files, Help, Helped, Question, Reply};

/// The file's props.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct FileDialogProps {
    /// The file that is moved; none where a new one is made.
    pub from: Option<FilePath>,
}

/// Asks for the path of a file.
#[component]
pub fn FileDialog(props: &FileDialogProps) -> Html {
    let workspace = use_workspace();
    let (dispatch, arrange) = (use_dispatch(), use_arrange());
    let from = props.from.clone();
    let first = from.as_ref().map_or_else(|| "templates/".to_owned(), ToString::to_string);
    let check = {
        let (files, from) = (Rc::clone(&workspace.experiment.files), from.clone());
        Callback::from(move |text: String| checked(&text, from.as_ref(), &files).err())
    };
    let on_done = {
        let files = Rc::clone(&workspace.experiment.files);
        Callback::from(move |text: String| {
            let Ok(path) = checked(&text, from.as_ref(), &files) else { return };
            dialog::close();
            let (deed, done) = match from.clone() {
                None => (FileDeed::Add(path.clone(), "".into()), "made"),
                Some(from) => (FileDeed::Move(from, path.clone()), "moved"),
            };
            arrange.dispatch(Arrange::Say(format!("{path} {done}").into()));
            dispatch.dispatch(Action::Files(deed));
        })
    };
    let title = if props.from.is_some() { "Rename or move a file" } else { "New file" };
    html! { <Asked {title} label="Path in the chart" {first} verb={if props.from.is_some() { "Move" } else { "Make" }} {check} {on_done} /> }
}

fn checked(text: &str, from: Option<&FilePath>, files: &Files) -> Result<FilePath, String> {
    let path = FilePath::read(text.trim()).map_err(|error| format!("This can't be: {error}."))?;
    match files.contains_key(&path) {
        true if from == Some(&path) => Err(String::new()),
        true => Err("Another file is there already.".to_owned()),
        false => Ok(path),
    }
}

/// The renaming's props.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct RenameDialogProps {
    /// The file in which it was asked for.
    pub path: FilePath,
    /// And the byte.
    pub at: usize,
    /// The name that it has.
    pub old: Rc<str>,
}

/// Asks for another name for a helper or a value.
#[component]
pub fn RenameDialog(props: &RenameDialogProps) -> Html {
    let (dispatch, arrange, asker) = (use_dispatch(), use_arrange(), use_asker());
    let check = Callback::from(|text: String| text.trim().is_empty().then(String::new));
    let on_done = {
        let props = props.clone();
        Callback::from(move |name: String| {
            dialog::close();
            let (dispatch, arrange, old) = (dispatch.clone(), arrange.clone(), Rc::clone(&props.old));
            let on_reply = Callback::from(move |reply: Option<Reply>| {
                let Some(Reply::Help(Helped::Renamed(result))) = reply else { return };
                let said = match result {
                    Ok(texts) => {
                        let count = texts.len();
                        dispatch.dispatch(Action::Files(FileDeed::Rewrite(texts.into())));
                        format!("{old} renamed in {count} {}", if count == 1 { "file" } else { "files" })
                    }
                    Err(why) => why,
                };
                arrange.dispatch(Arrange::Say(said.into()));
            });
            let help = Help::Rename(props.path.clone(), props.at, name.trim().into());
            asker.ask(Question::Help(help), on_reply);
        })
    };
    html! { <Asked title="Rename everywhere in the chart" label="New name" first={props.old.to_string()} verb="Rename" {check} {on_done} /> }
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct AskedProps {
    title: AttrValue,
    label: AttrValue,
    first: String,
    verb: AttrValue,
    /// What is wrong with a text. An empty one says nothing, but doesn't pass.
    check: Callback<String, Option<String>>,
    on_done: Callback<String>,
}

/// A field for a name.
#[component]
fn Asked(props: &AskedProps) -> Html {
    let text = use_state(|| props.first.clone());
    let wrong = props.check.emit((*text).clone());
    let oninput = {
        let text = text.setter();
        Callback::from(move |event: InputEvent| {
            let input: HtmlInputElement = event.target_unchecked_into();
            text.set(input.value());
        })
    };
    let done = {
        let (on_done, text, is_wrong) = (props.on_done.clone(), (*text).clone(), wrong.is_some());
        move || {
            if !is_wrong {
                on_done.emit(text.clone());
            }
        }
    };
    let onkeydown = {
        let done = done.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Enter" && !event.is_composing() {
                event.prevent_default();
                done();
            }
        })
    };
    let onclick = Callback::from(move |_: MouseEvent| done());
    let on_cancel = Callback::from(|_: MouseEvent| dialog::close());
    let invalid = wrong.as_ref().is_some_and(|why| !why.is_empty()).then_some("true");
    html! {
        <div class="asked">
            <h2>{ &props.title }</h2>
            <label for="asked-text">{ &props.label }</label>
            <input id="asked-text" type="text" value={(*text).clone()} {oninput} {onkeydown} aria-invalid={invalid} aria-describedby="asked-wrong"
                autocomplete="off" autocapitalize="off" spellcheck="false" />
            <p id="asked-wrong" class="asked-wrong">{ wrong.clone() }</p>
            <div class="asked-buttons">
                <button type="button" class="primary" disabled={wrong.is_some()} {onclick}>{ &props.verb }</button>
                <button type="button" class="button" onclick={on_cancel}>{ "Cancel" }</button>
            </div>
        </div>
    }
}
