//! A rendered document: its heading, and its lines with their numbers in the output.

use std::ops::Range;
use std::rc::Rc;

use yew::prelude::*;

use super::LineBadge;
use super::spaces::{ghosts_at, with_spaces};
use crate::workspace::{FilePath, Ghost, HOLE_MARKS, Source, Tint};

/// The document's props.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct DocumentTextProps {
    /// Kind and name.
    pub title: AttrValue,
    /// The template it comes from.
    pub source: Option<FilePath>,
    /// What is said beside its heading, where it isn't what Helm would print.
    #[prop_or_default]
    pub note: Option<AttrValue>,
    /// Its lines.
    pub text: Rc<str>,
    /// The number of the first of them, from 1.
    pub first: u32,
    /// Where its words come from, by bytes of `text`.
    pub tints: Rc<[Tint]>,
    /// What of it belongs to what is pinned, in order, by bytes of `text`.
    #[prop_or_default]
    pub links: Rc<[Linked]>,
    /// The letters beside its lines, by the lines' numbers.
    #[prop_or_default]
    pub badges: Rc<[LineBadge]>,
    /// How its lines are drawn.
    pub grain: Grain,
    /// What trim markers took away, by bytes of `text`, where spaces are shown.
    #[prop_or_default]
    pub ghosts: Option<Rc<[Ghost]>>,
    /// Somebody wants to see the template.
    pub on_source: Callback<FilePath>,
}

/// A piece of the text that belongs to what is pinned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linked {
    /// Its bytes.
    pub bytes: Range<usize>,
    /// In which way it belongs.
    pub kind: LinkKind,
}

/// In which way a piece belongs to something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    /// The card speaks of it.
    Pinned,
    /// It belongs to what the card speaks of.
    Linked,
    /// It is pointed at.
    Hovered,
    /// It belongs to what is pointed at.
    Beside,
}

impl LinkKind {
    /// Its classes.
    fn class(self) -> &'static str {
        match self {
            Self::Pinned => "linked linked-pinned",
            Self::Linked => "linked",
            Self::Hovered => "hovered hovered-own",
            Self::Beside => "hovered",
        }
    }

    /// The class of its line.
    fn line_class(self) -> &'static str {
        match self {
            Self::Pinned | Self::Linked => "line-linked",
            Self::Hovered | Self::Beside => "line-hovered",
        }
    }
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
        Grain::Block => block(props),
    };
    let note = props.note.as_ref().map(|note| html! { <span class="document-note">{ note }</span> });
    html! {
        <section class={classes!("document", props.note.is_some().then_some("document-not-whole"))} aria-label={props.title.clone()} data-document={props.title.clone()}>
            <header class="document-heading"><h3>{ &props.title }</h3>{ source }{ note }</header>
            { lines }
        </section>
    }
}

fn lines(props: &DocumentTextProps) -> Html {
    let mut start = 0;
    let line = |(number, text): (u32, &str)| {
        let words = words(text, start, props);
        let link = touching(&props.links, start..start + text.len()).next().map(|link| link.kind.line_class());
        let badge = badge(number, props);
        let hue = badge.map(|badge| badge.hue);
        start += text.len();
        let class = classes!("line", link, hue);
        let letter = badge.map(|badge| {
            html! { <span class="badge" data-letter={badge.letter.to_string()} title={badge.words.to_string()} /> }
        });
        html! { <div {class} tabindex="-1"><span class="line-number" data-number={number.to_string()}>{ letter }</span><code>{ words }</code></div> }
    };
    html! { <div class="lines" translate="no">{ for (props.first..).zip(props.text.split_inclusive('\n')).map(line) }</div> }
}

/// The badge of a line.
fn badge(line: u32, props: &DocumentTextProps) -> Option<&LineBadge> {
    let at = props.badges.partition_point(|badge| badge.line < line);
    props.badges.get(at).filter(|badge| badge.line == line)
}

/// The links that touch a range.
fn touching(links: &[Linked], range: Range<usize>) -> impl Iterator<Item = &Linked> {
    links.iter().filter(move |link| link.bytes.start < range.end && link.bytes.end > range.start)
}

/// A line that begins at byte `start`, in the colours of its sources. Its end is no word of it.
fn words(line: &str, start: usize, props: &DocumentTextProps) -> Html {
    let line = line.trim_end_matches(['\r', '\n']);
    let end = start + line.len();
    let tints = &props.tints;
    let first = tints.partition_point(|tint| tint.1 as usize <= start);
    let mut pieces = Vec::new();
    let mut at = start;
    let mut push = |range: Range<usize>, class: Option<&'static str>| {
        for (range, link) in cut(range, &props.links) {
            let text = piece(line, range.start - start..range.end - start);
            let inner = inner(&text, range.start, props);
            pieces.push(drawn(text, inner, class, link));
        }
    };
    // A comment of the template's own.
    if line.trim_start().starts_with('#') && tints.get(first).is_none_or(|tint| tint.0 as usize >= end) {
        push(start..end, Some("from-comment"));
        return html! { <>{ for pieces }{ line_end(end, props) }</> };
    }
    for Tint(from, to, source) in tints.iter().skip(first).take_while(|tint| (tint.0 as usize) < end) {
        let (from, to) = ((*from as usize).clamp(at, end), (*to as usize).clamp(at, end));
        push(at..from, None);
        push(from..to, Some(class(*source)));
        at = to;
    }
    push(at..end, None);
    html! { <>{ for pieces }{ line_end(end, props) }</> }
}

/// A text as it is, or with signs for its spaces.
fn inner(text: &str, start: usize, props: &DocumentTextProps) -> Html {
    match &props.ghosts {
        Some(ghosts) => with_spaces(text, start, ghosts),
        None => html! { { text.to_owned() } },
    }
}

/// What was taken away where a line ends.
fn line_end(end: usize, props: &DocumentTextProps) -> Option<Html> {
    props.ghosts.as_ref().map(|ghosts| ghosts_at(end, ghosts))
}

/// A range in pieces: what belongs to the pinned, and what doesn't.
fn cut(range: Range<usize>, links: &[Linked]) -> Vec<(Range<usize>, Option<&Linked>)> {
    let mut pieces = Vec::new();
    let mut at = range.start;
    for link in touching(links, range.clone()) {
        let (from, to) = (link.bytes.start.clamp(at, range.end), link.bytes.end.clamp(at, range.end));
        pieces.push((at..from, None));
        pieces.push((from..to, Some(link)));
        at = to;
    }
    pieces.push((at..range.end, None));
    pieces.retain(|(range, _)| !range.is_empty());
    pieces
}

/// A piece of text, with the holes in it marked.
fn plain(text: &str, class: Option<&'static str>) -> Html {
    let (open, close) = HOLE_MARKS;
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, hole)) = rest.split_once(open) {
        let (inside, after) = hole.split_once(close).unwrap_or((hole, ""));
        pieces.push(html! { { before.to_owned() } });
        pieces.push(html! { <span class="hole">{ [open, inside, close].concat() }</span> });
        rest = after;
    }
    pieces.push(html! { { rest.to_owned() } });
    match class {
        Some(class) => html! { <span {class}>{ for pieces }</span> },
        None => html! { <>{ for pieces }</> },
    }
}

fn drawn(text: String, inner: Html, class: Option<&'static str>, link: Option<&Linked>) -> Html {
    match (class, link) {
        (class, None) if text.contains(HOLE_MARKS.0) => plain(&text, class),
        (None, None) => inner,
        (class, None) => html! { <span {class}>{ inner }</span> },
        (class, Some(link)) => {
            html! { <mark class={classes!(class, link.kind.class())}>{ inner }</mark> }
        }
    }
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

fn block(props: &DocumentTextProps) -> Html {
    let (text, first) = (&props.text, props.first);
    let numbers: String =
        (first..).zip(text.lines()).map(|(number, _)| number.to_string()).collect::<Vec<_>>().join("\n");
    let letter = |number: u32| badge(number, props).map_or("", |badge| &badge.letter);
    let letters: String = (first..).zip(text.lines()).map(|(number, _)| letter(number)).collect::<Vec<_>>().join("\n");
    let pieces = cut(0..text.len(), &props.links);
    let pieces = pieces.into_iter().map(|(range, link)| {
        let (start, text) = (range.start, piece(text, range));
        let inner = inner(&text, start, props);
        drawn(text, inner, None, link)
    });
    html! {
        <div class="lines lines-block" translate="no" data-first={first.to_string()}>
            <pre class="line-numbers" aria-hidden="true">{ numbers }</pre>
            <pre class="line-letters" aria-hidden="true">{ letters }</pre>
            <pre><code>{ for pieces }{ line_end(text.len(), props) }</code></pre>
        </div>
    }
}
