//! A rendered document: its heading, and its lines with their numbers in the output.

use std::rc::Rc;

use yew::prelude::*;

use crate::workspace::FilePath;

/// The document's props.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct DocumentTextProps {
    /// Kind and name.
    pub title: AttrValue,
    /// The template it comes from.
    pub source: Option<FilePath>,
    /// Its lines.
    pub text: Rc<str>,
    /// The number of the first of them, from 1.
    pub first: u32,
    /// How its lines are drawn.
    pub grain: Grain,
    /// Somebody wants to see the template.
    pub on_source: Callback<FilePath>,
}

/// How lines are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grain {
    /// Each line for itself.
    Lines,
    /// All as one text, with all numbers as another: for outputs of thousands of lines.
    Block,
}

/// A rendered document.
#[component]
pub fn DocumentText(props: &DocumentTextProps) -> Html {
    let source = props.source.clone().map(|path| {
        let (title, name) = (format!("Open {path}"), path.name().to_owned());
        let on_source = props.on_source.clone();
        let onclick = Callback::from(move |_: MouseEvent| on_source.emit(path.clone()));
        html! { <button type="button" class="document-source" {title} {onclick}>{ name }</button> }
    });
    let lines = match props.grain {
        Grain::Lines => lines(&props.text, props.first),
        Grain::Block => block(&props.text, props.first),
    };
    html! {
        <section class="document" aria-label={props.title.clone()} data-document={props.title.clone()}>
            <header class="document-heading"><h3>{ &props.title }</h3>{ source }</header>
            { lines }
        </section>
    }
}

fn lines(text: &str, first: u32) -> Html {
    let line = |(number, text): (u32, &str)| {
        html! { <div class="line"><span class="line-number" data-number={number.to_string()} /><code>{ text.to_owned() }</code></div> }
    };
    html! { <div class="lines" translate="no">{ for (first..).zip(text.lines()).map(line) }</div> }
}

fn block(text: &str, first: u32) -> Html {
    let numbers: String =
        (first..).zip(text.lines()).map(|(number, _)| number.to_string()).collect::<Vec<_>>().join("\n");
    html! {
        <div class="lines lines-block" translate="no">
            <pre class="line-numbers" aria-hidden="true">{ numbers }</pre>
            <pre><code>{ text.to_owned() }</code></pre>
        </div>
    }
}
