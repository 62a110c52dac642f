//! The code editor: `ChartroomEditor`, a global of the page's editor bundle (static/editor). Offsets count UTF-16 units.

use std::ops::Range;

use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use crate::source::Severity;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ChartroomEditor, js_name = create)]
    fn create(parent: &HtmlElement, options: &Object) -> Result<Handle, JsValue>;

    type Handle;
    #[wasm_bindgen(method, js_name = setDoc)]
    fn set_doc(this: &Handle, text: &str);
    #[wasm_bindgen(method, js_name = open)]
    fn open(this: &Handle, name: &str, text: &str, language: &str);
    #[wasm_bindgen(method, js_name = forget)]
    fn forget(this: &Handle);
    #[wasm_bindgen(method, js_name = setDiagnostics)]
    fn set_diagnostics(this: &Handle, list: &Array);
    #[wasm_bindgen(method, js_name = setLinks)]
    fn set_links(this: &Handle, list: &Array);
    #[wasm_bindgen(method, js_name = setHovers)]
    fn set_hovers(this: &Handle, list: &Array);
    #[wasm_bindgen(method, js_name = setBadges)]
    fn set_badges(this: &Handle, list: &Array);
    #[wasm_bindgen(method, js_name = setDimmed)]
    fn set_dimmed(this: &Handle, list: &Array);
    #[wasm_bindgen(method, js_name = reveal)]
    fn reveal(this: &Handle, from: u32, to: u32);
    #[wasm_bindgen(method, js_name = focus)]
    fn focus(this: &Handle);
    #[wasm_bindgen(method, js_name = destroy)]
    fn destroy(this: &Handle);

    #[wasm_bindgen(catch, js_namespace = ChartroomEditor, js_name = run)]
    fn run_in_editor(command: &str) -> Result<(), JsValue>;
}

/// Carries out a command of the editors in the one that was last written in.
pub fn run(command: &str) {
    // Without the bundle there is nobody to do it.
    let _ = run_in_editor(command);
}

/// The languages that the editor colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// YAML.
    Yaml,
    /// YAML or text with Go's template actions.
    Template,
    /// Anything else.
    Text,
}

/// A mark in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// First UTF-16 unit.
    pub from: u32,
    /// One past the last.
    pub to: u32,
    /// Its shape and colour.
    pub severity: Severity,
    /// What is said about it.
    pub message: String,
}

/// An editor on the page. It goes when this goes.
pub struct CodeEditor {
    handle: Handle,
    _on_change: Closure<dyn FnMut(String)>,
    _on_point: Closure<dyn FnMut(u32)>,
    _on_hover: Closure<dyn FnMut(Option<u32>)>,
    _on_ask: Closure<dyn FnMut(String, u32) -> Promise>,
    _on_command: Closure<dyn FnMut(String, u32)>,
}

/// Whom an editor tells what happens in it. Places count UTF-16 units.
pub struct Ears {
    /// The text reads so now.
    pub change: Box<dyn Fn(String)>,
    /// Somebody points at a place.
    pub point: Box<dyn Fn(u32)>,
    /// Somebody's pointer or cursor is at a place, or gone.
    pub hover: Box<dyn Fn(Option<u32>)>,
    /// The editor asks for something at a place, and is answered with JSON or null.
    pub ask: Box<dyn Fn(String, u32) -> Promise>,
    /// Somebody wants something done at a place.
    pub command: Box<dyn Fn(String, u32)>,
}

impl CodeEditor {
    /// Puts an editor into `parent`. `None` where the bundle has not arrived.
    pub fn new(parent: &HtmlElement, label: &str, ears: Ears) -> Option<Self> {
        let Ears { change, point, hover, ask, command } = ears;
        let on_change = Closure::<dyn FnMut(String)>::new(change);
        let on_point = Closure::<dyn FnMut(u32)>::new(point);
        let on_hover = Closure::<dyn FnMut(Option<u32>)>::new(hover);
        let on_ask = Closure::<dyn FnMut(String, u32) -> Promise>::new(ask);
        let on_command = Closure::<dyn FnMut(String, u32)>::new(command);
        let options = object(&[
            ("label", label.into()),
            ("onChange", on_change.as_ref().clone()),
            ("onPoint", on_point.as_ref().clone()),
            ("onHover", on_hover.as_ref().clone()),
            ("ask", on_ask.as_ref().clone()),
            ("onCommand", on_command.as_ref().clone()),
        ]);
        let handle = create(parent, &options).ok()?;
        Some(Self {
            handle,
            _on_change: on_change,
            _on_point: on_point,
            _on_hover: on_hover,
            _on_ask: on_ask,
            _on_command: on_command,
        })
    }

    /// Shows a file. One shown before comes back with its place and its own undo history.
    pub fn open(&self, name: &str, text: &str, language: Language) {
        let language = match language {
            Language::Yaml => "yaml",
            Language::Template => "gotmpl",
            Language::Text => "text",
        };
        self.handle.open(name, text, language);
    }

    /// Forgets the files shown before.
    pub fn forget(&self) {
        self.handle.forget();
    }

    /// Changes the text of the file shown.
    pub fn set_text(&self, text: &str) {
        self.handle.set_doc(text);
    }

    /// Marks these places, and no others.
    pub fn mark(&self, marks: &[Mark]) {
        let marks = marks.iter().map(|mark| {
            object(&[
                ("from", mark.from.into()),
                ("to", mark.to.into()),
                ("severity", mark.severity.word().into()),
                ("message", mark.message.as_str().into()),
            ])
        });
        self.handle.set_diagnostics(&marks.collect::<Array>());
    }

    /// Shows these ranges as belonging to what is pinned, and no others. The first is brought into view.
    pub fn link(&self, ranges: &[Range<u32>]) {
        self.handle.set_links(&array(ranges));
    }

    /// Shows these ranges as belonging to what is pointed at, and no others. Nothing moves.
    pub fn hover(&self, ranges: &[Range<u32>]) {
        self.handle.set_hovers(&array(ranges));
    }

    /// Sets letters beside lines: line, letter, colour, and what it stands for.
    pub fn badge<'b>(&self, badges: impl Iterator<Item = (u32, &'b str, &'static str, &'b str)>) {
        let badges = badges.map(|(line, letter, hue, words)| {
            object(&[("line", line.into()), ("letter", letter.into()), ("hue", hue.into()), ("words", words.into())])
        });
        self.handle.set_badges(&badges.collect::<Array>());
    }

    /// Shows these ranges as doing nothing, each with the reason, and no others.
    pub fn dim(&self, ranges: &[(Range<u32>, &str)]) {
        let dims = ranges.iter().map(|(range, reason)| {
            object(&[("from", range.start.into()), ("to", range.end.into()), ("message", (*reason).into())])
        });
        self.handle.set_dimmed(&dims.collect::<Array>());
    }

    /// Selects a range, brings it into view, and takes the focus.
    pub fn reveal(&self, from: u32, to: u32) {
        self.handle.reveal(from, to);
        self.handle.focus();
    }
}

impl Drop for CodeEditor {
    fn drop(&mut self) {
        self.handle.destroy();
    }
}

fn array(ranges: &[Range<u32>]) -> Array {
    let range = |range: &Range<u32>| object(&[("from", range.start.into()), ("to", range.end.into())]);
    ranges.iter().map(range).collect()
}

fn object(fields: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in fields {
        // Setting a field of an object just made can't fail.
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object
}
