//! A rendered document: its heading, and its lines with their numbers in the output.

use std::ops::Range;
use std::rc::Rc;

use yew::prelude::*;

use crate::workspace::{FilePath, Source, Tint};

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
    /// Where its words come from, by bytes of `text`.
    pub tints: Rc<[Tint]>,
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
        Grain::Lines => lines(props),
        Grain::Block => block(&props.text, props.first),
    };
    html! {
        <section class="document" aria-label={props.title.clone()} data-document={props.title.clone()}>
            <header class="document-heading"><h3>{ &props.title }</h3>{ source }</header>
            { lines }
        </section>
    }
}

fn lines(props: &DocumentTextProps) -> Html {
    let mut start = 0;
    let line = |(number, text): (u32, &str)| {
        let words = words(text, start, &props.tints);
        start += text.len();
        html! { <div class="line"><span class="line-number" data-number={number.to_string()} /><code>{ words }</code></div> }
    };
    html! { <div class="lines" translate="no">{ for (props.first..).zip(props.text.split_inclusive('\n')).map(line) }</div> }
}

/// A line that begins at byte `start`, in the colours of its sources. Its end is no word of it.
fn words(line: &str, start: usize, tints: &[Tint]) -> Html {
    let line = line.trim_end_matches(['\r', '\n']);
    let end = start + line.len();
    let first = tints.partition_point(|tint| tint.1 as usize <= start);
    let mut pieces = Vec::new();
    let mut at = start;
    // A comment of the template's own.
    if line.trim_start().starts_with('#') && tints.get(first).is_none_or(|tint| tint.0 as usize >= end) {
        return html! { <span class="from-comment">{ line.to_owned() }</span> };
    }
    for Tint(from, to, source) in tints.iter().skip(first).take_while(|tint| (tint.0 as usize) < end) {
        let (from, to) = ((*from as usize).clamp(at, end), (*to as usize).clamp(at, end));
        pieces.push(html! { { piece(line, at - start..from - start) } });
        pieces.push(html! { <span class={class(*source)}>{ piece(line, from - start..to - start) }</span> });
        at = to;
    }
    pieces.push(html! { { piece(line, at - start..end - start) } });
    html! { <>{ for pieces }</> }
}

fn piece(line: &str, range: Range<usize>) -> String {
    line.get(range).unwrap_or_default().to_owned()
}

fn class(source: Source) -> &'static str {
    match source {
        Source::Values => "from-values",
        Source::Helper => "from-helper",
        Source::Chart => "from-chart",
    }
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
