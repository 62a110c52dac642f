//! A code editor: `CodeMirror` where its bundle is there, a plain text field where it isn't.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::ops::Range;
use std::rc::Rc;

use js_sys::Promise;
use wasm_bindgen::JsValue;
use web_sys::{HtmlElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::LineBadge;
use crate::app::dom::editor::{CodeEditor as Bound, Ears, Language, Mark};
use crate::app::effects::assist::Assist;
use crate::source::Severity;
use crate::workspace::{EditorText, FilePath};

/// The file in an editor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditedFile {
    /// The chart, by its generation: the same path in another chart is another file.
    pub generation: u32,
    /// Counts the changes of texts that nobody typed.
    pub turn: u32,
    /// Its path.
    pub path: FilePath,
    /// Its text.
    pub text: Rc<str>,
}

/// Something said about a place in the text, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The place.
    pub bytes: Range<usize>,
    /// How bad it is.
    pub severity: Severity,
    /// What is said.
    pub message: String,
}

/// A piece of the text that does nothing, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dim {
    /// The piece.
    pub bytes: Range<usize>,
    /// Why.
    pub reason: String,
}

/// A place to show, in bytes. The number tells two glances at one place apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glance {
    /// The place.
    pub bytes: Range<usize>,
    /// Counts the glances.
    pub number: u32,
}

/// The editor's props.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct CodeEditorProps {
    /// Its name, for screen readers.
    pub label: AttrValue,
    /// The file.
    pub file: EditedFile,
    /// What is said about it.
    pub remarks: Rc<[Remark]>,
    /// What of it belongs to what is pinned, in bytes.
    #[prop_or_default]
    pub links: Rc<[Range<usize>]>,
    /// What of it belongs to what is pointed at, in bytes.
    #[prop_or_default]
    pub hovers: Rc<[Range<usize>]>,
    /// The letters beside its lines.
    #[prop_or_default]
    pub badges: Rc<[LineBadge]>,
    /// What of it does nothing, and why.
    #[prop_or_default]
    pub dims: Rc<[Dim]>,
    /// What to show.
    pub glance: Option<Glance>,
    /// The file reads so now.
    pub on_change: Callback<(FilePath, Rc<str>)>,
    /// Somebody points at a byte of the file.
    #[prop_or_default]
    pub on_point: Callback<(FilePath, usize)>,
    /// Somebody's pointer or cursor is at a byte of the file, or gone.
    #[prop_or_default]
    pub on_hover: Callback<Option<(FilePath, usize)>>,
    /// Who helps.
    #[prop_or_default]
    pub assist: Option<Assist>,
}

/// What an editor on the page remembers.
#[derive(Default)]
struct Held {
    bound: Option<Bound>,
    file: Option<EditedFile>,
    /// Texts that were typed and are on their way through the workspace: they come back, and are no news then.
    typed: VecDeque<Rc<str>>,
    on_change: Callback<(FilePath, Rc<str>)>,
    on_point: Callback<(FilePath, usize)>,
    on_hover: Callback<Option<(FilePath, usize)>>,
    assist: Option<Assist>,
}

/// A code editor.
#[component]
pub fn CodeEditor(props: &CodeEditorProps) -> Html {
    let place = use_node_ref();
    let held = use_mut_ref(Held::default);
    let has_bundle = use_state(|| true);
    held.borrow_mut().on_change = props.on_change.clone();
    held.borrow_mut().on_point = props.on_point.clone();
    held.borrow_mut().on_hover = props.on_hover.clone();
    held.borrow_mut().assist.clone_from(&props.assist);
    {
        let (place, held, label, setter) = (place.clone(), Rc::clone(&held), props.label.clone(), has_bundle.setter());
        use_effect_with((), move |()| {
            let bound = place.cast::<HtmlElement>().and_then(|place| Bound::new(&place, &label, ears(&held)));
            setter.set(bound.is_some());
            held.borrow_mut().bound = bound;
            move || held.borrow_mut().bound = None
        });
    }
    {
        let held = Rc::clone(&held);
        use_effect_with(props.file.clone(), move |file| show(&mut held.borrow_mut(), file));
    }
    {
        let held = Rc::clone(&held);
        use_effect_with((props.remarks.clone(), props.file.clone()), move |(remarks, file)| {
            mark(&held.borrow(), remarks, file);
        });
    }
    {
        let held = Rc::clone(&held);
        use_effect_with((props.links.clone(), props.file.path.clone()), move |(links, _)| {
            link(&held.borrow(), links);
        });
    }
    {
        let held = Rc::clone(&held);
        use_effect_with((props.hovers.clone(), props.file.path.clone()), move |(hovers, _)| {
            hover(&held.borrow(), hovers);
        });
    }
    {
        let held = Rc::clone(&held);
        use_effect_with((props.badges.clone(), props.file.path.clone()), move |(badges, _)| {
            if let Some(bound) = &held.borrow().bound {
                bound.badge(badges.iter().map(|badge| (badge.line, &*badge.letter, badge.hue, &*badge.words)));
            }
        });
    }
    {
        let held = Rc::clone(&held);
        use_effect_with((props.dims.clone(), props.file.path.clone()), move |(dims, _)| dim(&held.borrow(), dims));
    }
    {
        let (held, text) = (Rc::clone(&held), Rc::clone(&props.file.text));
        use_effect_with(props.glance.clone(), move |glance| {
            if let (Some(glance), Some(bound)) = (glance, &held.borrow().bound) {
                let range = EditorText::new(&text).range(glance.bytes.clone());
                bound.reveal(unit(range.start), unit(range.end));
            }
        });
    }
    let plain = (!*has_bundle).then(|| plain(props));
    html! { <div ref={place} class="code-editor" data-file={props.file.path.to_string()}>{ plain }</div> }
}

/// The field that stands in where there is no bundle.
fn plain(props: &CodeEditorProps) -> Html {
    let (path, on_change) = (props.file.path.clone(), props.on_change.clone());
    let oninput = Callback::from(move |event: InputEvent| {
        let area: HtmlTextAreaElement = event.target_unchecked_into();
        on_change.emit((path.clone(), area.value().into()));
    });
    html! {
        <textarea class="code-editor-plain" aria-label={props.label.clone()} spellcheck="false" autocapitalize="off"
            value={props.file.text.to_string()} {oninput} />
    }
}

/// Who listens to the editor, as long as it is on the page.
fn ears(held: &Rc<RefCell<Held>>) -> Ears {
    let (typing, pointing) = (Rc::downgrade(held), Rc::downgrade(held));
    let (asking, wanting, hovering) = (Rc::downgrade(held), Rc::downgrade(held), Rc::downgrade(held));
    Ears {
        change: Box::new(move |text| typing.upgrade().into_iter().for_each(|held| typed(&held, &text))),
        point: Box::new(move |at| pointing.upgrade().into_iter().for_each(|held| pointed(&held, at))),
        hover: Box::new(move |at| hovering.upgrade().into_iter().for_each(|held| hovered(&held, at))),
        ask: Box::new(move |word, at| {
            let asked = asking.upgrade().and_then(|held| {
                let (file, assist) = helper(&held)?;
                Some(assist.on_ask.emit((file, word, at as usize)))
            });
            asked.unwrap_or_else(|| Promise::resolve(&JsValue::NULL))
        }),
        command: Box::new(move |word, at| {
            if let Some((file, assist)) = wanting.upgrade().and_then(|held| helper(&held)) {
                assist.on_command.emit((file, word, at as usize));
            }
        }),
    }
}

/// Who helps with the file that is open. Nothing is borrowed any more when they are called.
fn helper(held: &RefCell<Held>) -> Option<(EditedFile, Assist)> {
    let held = held.borrow();
    Some((held.file.clone()?, held.assist.clone()?))
}

/// Somebody typed.
fn typed(held: &RefCell<Held>, text: &str) {
    let (file, on_change) = {
        let mut held = held.borrow_mut();
        let Some(file) = held.file.as_mut() else { return };
        file.text = EditorText::new(&file.text).back(text);
        let file = file.clone();
        held.typed.push_back(Rc::clone(&file.text));
        (file, held.on_change.clone())
    };
    on_change.emit((file.path, file.text));
}

/// Somebody points at a place.
fn pointed(held: &RefCell<Held>, at: u32) {
    let (file, on_point) = {
        let held = held.borrow();
        let Some(file) = held.file.clone() else { return };
        (file, held.on_point.clone())
    };
    on_point.emit((file.path, EditorText::new(&file.text).byte(at as usize)));
}

/// Somebody's pointer or cursor is at a place, or gone.
fn hovered(held: &RefCell<Held>, at: Option<u32>) {
    let (file, on_hover) = {
        let held = held.borrow();
        let Some(file) = held.file.clone() else { return };
        (file, held.on_hover.clone())
    };
    on_hover.emit(at.map(|at| (file.path, EditorText::new(&file.text).byte(at as usize))));
}

/// The workspace has this file now.
fn show(held: &mut Held, file: &EditedFile) {
    let Some(bound) = &held.bound else { return };
    let text = EditorText::new(&file.text).in_editor();
    let before = held.file.replace(file.clone());
    match before {
        Some(before) if before.generation == file.generation && before.path == file.path => {
            let is_typed = before.turn == file.turn;
            if let Some(at) = held.typed.iter().take_while(|_| is_typed).position(|typed| Rc::ptr_eq(typed, &file.text))
            {
                held.typed.drain(..=at);
                // Whatever was typed since is on its way.
                if let Some(newest) = held.typed.back() {
                    held.file = Some(EditedFile { text: Rc::clone(newest), ..file.clone() });
                }
            } else {
                held.typed.clear();
                bound.set_text(&text);
            }
        }
        before => {
            if before.is_some_and(|before| before.generation != file.generation) {
                bound.forget();
            }
            held.typed.clear();
            bound.open(file.path.as_str(), &text, language(&file.path));
        }
    }
}

fn mark(held: &Held, remarks: &[Remark], file: &EditedFile) {
    let Some(bound) = &held.bound else { return };
    let text = EditorText::new(&file.text);
    let mark = |remark: &Remark| {
        let range = text.range(remark.bytes.clone());
        Mark {
            from: unit(range.start),
            to: unit(range.end),
            severity: remark.severity,
            message: remark.message.clone(),
        }
    };
    bound.mark(&remarks.iter().map(mark).collect::<Vec<_>>());
}

fn link(held: &Held, links: &[Range<usize>]) {
    let (Some(bound), Some(file)) = (&held.bound, &held.file) else { return };
    bound.link(&units(file, links));
}

fn hover(held: &Held, hovers: &[Range<usize>]) {
    let (Some(bound), Some(file)) = (&held.bound, &held.file) else { return };
    bound.hover(&units(file, hovers));
}

fn units(file: &EditedFile, ranges: &[Range<usize>]) -> Vec<Range<u32>> {
    let text = EditorText::new(&file.text);
    let ranges = ranges.iter().map(|range| text.range(range.clone()));
    ranges.map(|range| unit(range.start)..unit(range.end)).collect()
}

fn dim(held: &Held, dims: &[Dim]) {
    let (Some(bound), Some(file)) = (&held.bound, &held.file) else { return };
    let text = EditorText::new(&file.text);
    let dims = dims.iter().map(|dim| {
        let range = text.range(dim.bytes.clone());
        (unit(range.start)..unit(range.end), dim.reason.as_str())
    });
    bound.dim(&dims.collect::<Vec<_>>());
}

fn language(path: &FilePath) -> Language {
    if path.is_template() {
        return Language::Template;
    }
    match path.extension() {
        "yaml" | "yml" | "lock" => Language::Yaml,
        "tpl" => Language::Template,
        _ => Language::Text,
    }
}

fn unit(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
