//! Help for those who write: what editors ask, the worker answers.

use std::rc::Rc;

use js_sys::Promise;
use serde::Serialize;
use wasm_bindgen::JsValue;
use yew::prelude::*;

use super::render::Asker;
use crate::app::components::EditedFile;
use crate::app::hooks::{go_to, use_arrange, use_asker, use_dispatch};
use crate::app::layout::{Arrange, Arranger};
use crate::app::stage::{Dialog, SetStage};
use crate::app::store::Dispatch;
use crate::workspace::{EditorText, Help, Helped, Hint, Offer, OfferKind, Question, Reply};

/// Something that an editor asks or wants: a word for it, the file, and the place in UTF-16 units.
pub type Wanted = (EditedFile, String, usize);

/// What editors ask, and what they want done.
#[derive(Clone, Debug, PartialEq)]
pub struct Assist {
    /// Answers with JSON, or with nothing.
    pub on_ask: Callback<Wanted, Promise>,
    /// Does it.
    pub on_command: Callback<Wanted>,
}

/// Help for an editor.
#[hook]
pub fn use_assist() -> Assist {
    let (asker, dispatch, arrange) = (use_asker(), use_dispatch(), use_arrange());
    let asking = asker.clone();
    let on_ask = use_callback((), move |wanted: Wanted, ()| ask(&asking, &wanted));
    let on_command = use_callback((), move |wanted: Wanted, ()| command(&asker, &wanted, &dispatch, &arrange));
    Assist { on_ask, on_command }
}

/// The question that an editor means.
fn help(word: &str, file: &EditedFile, at: usize) -> Option<Help> {
    let (path, text) = (file.path.clone(), Rc::clone(&file.text));
    Some(match word {
        "complete" => Help::Complete(path, text, at),
        "hint" => Help::Hint(path, at),
        "pair" => Help::Pair(text, at),
        "close" => Help::Close(text, at),
        "definition" => Help::Definition(path, at),
        "uses" | "rename" => Help::Uses(path, at),
        _ => return None,
    })
}

fn ask(asker: &Asker, (file, word, unit): &Wanted) -> Promise {
    let text = EditorText::new(&file.text);
    let question = help(word, file, text.byte(*unit)).map(Question::Help);
    Promise::new(&mut |resolve, _| {
        let text = text.clone();
        let on_reply = Callback::from(move |reply: Option<Reply>| {
            let answer = match reply {
                Some(Reply::Help(helped)) => json(helped, &text),
                _ => None,
            };
            // A promise can always be resolved.
            let _ = resolve.call1(&JsValue::UNDEFINED, &answer.map_or(JsValue::NULL, JsValue::from));
        });
        match question.clone() {
            Some(question) => asker.ask(question, on_reply),
            None => on_reply.emit(None),
        }
    })
}

/// The answer as the editor reads it: places in its own units.
fn json(helped: Helped, text: &EditorText) -> Option<String> {
    #[derive(Serialize)]
    struct Options {
        from: usize,
        options: Vec<Choice>,
    }
    #[derive(Serialize)]
    struct Choice {
        label: String,
        kind: &'static str,
        detail: String,
        info: String,
    }
    #[derive(Serialize)]
    struct Tip {
        from: usize,
        to: usize,
        title: String,
        lines: Vec<String>,
    }
    let choice =
        |offer: Offer| Choice { label: offer.label, kind: kind(offer.kind), detail: offer.detail, info: offer.info };
    let tip = |hint: Hint| {
        let range = text.range(hint.bytes);
        Tip { from: range.start, to: range.end, title: hint.title, lines: hint.lines }
    };
    match helped {
        Helped::Offers(offers) => {
            let from = text.range(offers.from..offers.from).start;
            serde_json::to_string(&Options { from, options: offers.list.into_iter().map(choice).collect() }).ok()
        }
        Helped::Hint(hint) => serde_json::to_string(&hint.map(tip)?).ok(),
        Helped::Pair(ranges) => {
            let units = |range| {
                let range = text.range(range);
                (range.start, range.end)
            };
            serde_json::to_string(&ranges.into_iter().map(units).collect::<Vec<_>>()).ok()
        }
        Helped::Close(line) => serde_json::to_string(&line?).ok(),
        Helped::Definition(_) | Helped::Uses(..) | Helped::Renamed(_) => None,
    }
}

fn kind(kind: OfferKind) -> &'static str {
    match kind {
        OfferKind::Field => "field",
        OfferKind::Function => "function",
        OfferKind::Variable => "variable",
        OfferKind::Template => "template",
        OfferKind::Keyword => "keyword",
        OfferKind::Key => "property",
    }
}

fn command(asker: &Asker, (file, word, unit): &Wanted, dispatch: &Dispatch, arrange: &Arranger) {
    let at = EditorText::new(&file.text).byte(*unit);
    let Some(help) = help(word, file, at) else { return };
    let (dispatch, arrange, path, renames) = (dispatch.clone(), arrange.clone(), file.path.clone(), word == "rename");
    let on_reply = Callback::from(move |reply: Option<Reply>| {
        let say = |words: &str| arrange.dispatch(Arrange::Say(words.to_owned().into()));
        let open = |dialog| arrange.dispatch(Arrange::Stage(SetStage::Open(dialog)));
        match reply {
            Some(Reply::Help(Helped::Definition(Some(place)))) => go_to(&place, &dispatch, &arrange),
            Some(Reply::Help(Helped::Definition(None))) => say("This is defined in no file of the chart"),
            Some(Reply::Help(Helped::Uses(name, hits))) if hits.is_empty() => {
                say(if name.is_empty() { "This has no uses to show" } else { "This is used nowhere" });
            }
            Some(Reply::Help(Helped::Uses(name, _))) if renames => {
                let old = name.rsplit('.').next().filter(|_| name.starts_with('.')).unwrap_or(&name).into();
                open(Dialog::Rename(path.clone(), at, old));
            }
            Some(Reply::Help(Helped::Uses(name, hits))) => {
                open(Dialog::Places(format!("Uses of {name}").into(), hits.into()));
            }
            _ => say("The engine has no answer yet"),
        }
    });
    asker.ask(Question::Help(help), on_reply);
}
