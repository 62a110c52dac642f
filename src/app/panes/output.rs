//! What Helm makes of the chart: the manifests by document, or the notes.

use std::ops::Range;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::all_values::AllValues;
use super::badges;
use super::changes::Changes;
use super::cluster::{Berths, Cluster};
use super::not_there::NotThere;
use super::notes::Notes;
use super::why::Why;
use crate::app::components::{Activation, DocumentText, Grain, LineBadge, LinkKind, Linked, PlaceLink, Tab, Tabs};
use crate::app::dom::clipboard;
use crate::app::dom::focus::Way;
use crate::app::dom::point::{self, Pointed};
use crate::app::dom::walk;
use crate::app::effects::hover::{Hoverer, use_hover};
use crate::app::effects::pinning::Point;
use crate::app::effects::render::{Progress, Rendering};
use crate::app::hooks::{
    go_to, use_arrange, use_asker, use_changes, use_dispatch, use_layout, use_pinner, use_pinning, use_rendering,
    use_surveyed,
};
use crate::app::layout::{Arrange, Arranger, Colours, EditorPane, OutputTab, Spaces};
use crate::workspace::{
    Action, Analysis, Document, EditorText, FilePath, Ghost, Outcome, Pin, Place, Question, Reply, Spot, Tint,
};

/// Outputs of more lines than these are drawn in blocks.
const MANY_LINES: usize = 3_000;

/// The pane of the output.
#[component]
pub fn Output() -> Html {
    let (rendering, layout) = (use_rendering(), use_layout());
    let changes = use_changes();
    let arrange = use_arrange();
    let on_choose = Callback::from(move |tab: AttrValue| {
        arrange.dispatch(Arrange::Tab(OutputTab::of(&tab)));
    });
    let chosen = layout.tab.word();
    let is_old = rendering.shown.old_because().is_some();
    html! {
        <section class={classes!("pane", "output", is_old.then_some("output-old"))} aria-label="Output" data-pane="output">
            <div class="pane-header">
                <Tabs label="Output" panel="output-text" tabs={tabs(&rendering, changes.len())} {chosen} activation={Activation::OnFocus} {on_choose} />
                <span class="pane-hint" data-progress={progress_word(&rendering)}>{ timing(&rendering) }</span>
                <ColourLines />
                <Copy />
            </div>
            <Old />
            <div id="output-text" class="pane-body" role="tabpanel" aria-label={chosen}>
                {
                    match layout.tab {
                        OutputTab::Rendered => html! { <Rendered /> },
                        OutputTab::Notes => html! { <Notes /> },
                        OutputTab::Changes => html! { <Changes /> },
                        OutputTab::Values => html! { <AllValues /> },
                        OutputTab::Cluster => html! { <Cluster /> },
                    }
                }
            </div>
            <Why />
            <Berths />
        </section>
    }
}

fn tabs(rendering: &Rendering, changes: usize) -> Vec<Tab> {
    let count_of_changes = if changes == 0 { String::new() } else { changes.to_string() };
    let count = rendering.shown.good.as_ref().map(|good| good.documents.len().to_string()).unwrap_or_default();
    let tab = |tab: OutputTab, label: &'static str, extra: String| Tab {
        value: tab.word().into(),
        label: label.into(),
        extra: extra.into(),
        title: AttrValue::default(),
    };
    vec![
        tab(OutputTab::Rendered, "Rendered", count),
        tab(OutputTab::Cluster, "Cluster", String::new()),
        tab(OutputTab::Notes, "Notes", String::new()),
        tab(OutputTab::Changes, "Changes", count_of_changes),
        tab(OutputTab::Values, "All values", String::new()),
    ]
}

fn timing(rendering: &Rendering) -> String {
    let Some(now) = &rendering.shown.now else { return String::new() };
    match (rendering.progress, now.outcome, now.micros) {
        (Progress::AtWork, ..) => "rendering".to_owned(),
        (_, Outcome::Failed, _) => "not rendered".to_owned(),
        (_, Outcome::Stopped, _) => "Helm stops".to_owned(),
        (_, _, 0) => String::new(),
        (_, _, micros @ ..1_000) => {
            format!("rendered in {:.1} ms", f64::from(u16::try_from(micros).unwrap_or(0)) / 1_000.0)
        }
        (_, _, micros) => format!("rendered in {} ms", micros.div_ceil(1_000)),
    }
}

fn progress_word(rendering: &Rendering) -> &'static str {
    match rendering.progress {
        Progress::Idle => "idle",
        Progress::AtWork => "at-work",
    }
}

/// Gives all lines the colours of their letters, or none.
#[component]
fn ColourLines() -> Html {
    let (layout, arrange) = (use_layout(), use_arrange());
    let (colours, is_shown) = (layout.colours, layout.tab == OutputTab::Rendered);
    let onclick = Callback::from(move |_: MouseEvent| arrange.dispatch(Arrange::Colours(colours.other())));
    let pressed = if colours == Colours::All { "true" } else { "false" };
    html! {
        if is_shown {
            <button type="button" class="quiet-button colour-lines" aria-pressed={pressed} title="Colour all lines by their letters" {onclick}>
                { "Colours" }
            </button>
        }
    }
}

/// Copies the output as `helm template` prints it.
#[component]
fn Copy() -> Html {
    let rendering = use_rendering();
    let arrange = use_arrange();
    let copied = use_state(|| false);
    let setter = copied.setter();
    let good = rendering.shown.good.clone();
    {
        let setter = setter.clone();
        use_effect_with(good.clone(), move |_| setter.set(false));
    }
    let onclick = Callback::from(move |_: MouseEvent| {
        let Some(good) = good.clone() else { return };
        let (arrange, setter) = (arrange.clone(), setter.clone());
        spawn_local(async move {
            let done = clipboard::copy(&good.output).await;
            setter.set(done);
            arrange.dispatch(Arrange::Say(if done { "Copied" } else { "The browser did not let us copy" }.into()));
        });
    });
    let is_whole = rendering.shown.now.as_ref().is_some_and(|now| now.outcome == Outcome::Rendered);
    let disabled = !is_whole;
    let title = if is_whole {
        "Copy the manifests, as helm template prints them"
    } else {
        "Helm prints nothing of this while there is an error"
    };
    html! {
        <button type="button" class="quiet-button" {title} {disabled} {onclick}>
            { if *copied { "Copied" } else { "Copy" } }
        </button>
    }
}

/// Says that the output is an old one, and why.
#[component]
fn Old() -> Html {
    let rendering = use_rendering();
    let (dispatch, arrange) = (use_dispatch(), use_arrange());
    let Some(problem) = rendering.shown.old_because() else { return html! {} };
    let on_go = Callback::from(move |place: Place| go_to(&place, &dispatch, &arrange));
    html! {
        <p class="old" data-old="">
            if let Some(place) = problem.place.clone() {
                <b>{ "Old: " }</b>{ "before the error in " }<PlaceLink {place} {on_go} />
            } else {
                <b>{ "Old: " }</b>{ "before the error" }
            }
        </p>
    }
}

/// The manifests.
#[component]
fn Rendered() -> Html {
    let rendering = use_rendering();
    let (dispatch, arrange) = (use_dispatch(), use_arrange());
    let texts =
        use_memo(rendering.shown.good.clone(), |good| good.as_ref().map(|good| texts(good)).unwrap_or_default());
    let on_source = use_callback((), move |path: FilePath, ()| {
        let is_values = path == FilePath::values();
        dispatch.dispatch(Action::Open(path));
        arrange.dispatch(Arrange::Editor(if is_values { EditorPane::Values } else { EditorPane::Template }));
    });
    let pinning = use_pinning();
    let links = use_memo((pinning.pin.clone(), pinning.hover.clone(), texts.clone()), |(pin, hover, texts)| {
        texts.iter().map(|text| text.links(pin.as_deref(), hover.as_deref())).collect::<Vec<_>>()
    });
    let surveyed = use_surveyed();
    let badges = use_memo((surveyed, texts.clone()), |(surveyed, texts)| {
        let all = badges::of_output(surveyed);
        texts.iter().map(|text| text.badges(&all)).collect::<Vec<_>>()
    });
    let hoverer = use_hover();
    use_effect_with(pinning.pin.clone(), |_| point::show_pinned());
    let pinner = use_pinner();
    let pin_at = {
        let good = rendering.shown.good.clone();
        Callback::from(move |pointed: Pointed| {
            let Some(good) = &good else { return };
            pinner.dispatch(Point::At(Spot::Output(byte_at(&good.output, pointed))));
        })
    };
    let onclick = {
        let pin_at = pin_at.clone();
        Callback::from(move |_: MouseEvent| point::caret().into_iter().for_each(|pointed| pin_at.emit(pointed)))
    };
    let hover_at = {
        let good = rendering.shown.good.clone();
        Callback::from(move |pointed: Option<Pointed>| hover(&hoverer, good.as_deref(), pointed))
    };
    let onkeydown = {
        let (arrange, hover_at) = (use_arrange(), hover_at.clone());
        Callback::from(move |event: KeyboardEvent| {
            if keys(&event, &pin_at, &arrange) {
                hover_at.emit(walk::focused());
            }
        })
    };
    let onmousemove = {
        let hover_at = hover_at.clone();
        Callback::from(move |event: MouseEvent| hover_at.emit(point::under(&event)))
    };
    let onmouseleave = {
        let hover_at = hover_at.clone();
        Callback::from(move |_: MouseEvent| hover_at.emit(None))
    };
    let onfocusout = Callback::from(move |_: FocusEvent| hover_at.emit(None));
    let ghosts = use_ghosts();
    let Some(good) = &rendering.shown.good else { return nothing_yet(&rendering) };
    if good.output.trim().is_empty() {
        let words = "Helm prints nothing: every template is empty with these values, or holds only helpers.";
        return html! { <p class="pane-empty" data-output="">{ words }</p> };
    }
    let lines: usize = texts.iter().map(|text| text.lines).sum();
    let grain = if lines > MANY_LINES { Grain::Block } else { Grain::Lines };
    let document = |(at, text): (usize, &Text)| {
        let (links, badges) = (links.get(at).cloned().unwrap_or_default(), badges.get(at).cloned().unwrap_or_default());
        let Text { document, body, first, tints, .. } = text;
        let ghosts = ghosts.as_ref().map(|ghosts| text.ghosts(ghosts));
        html! {
            <DocumentText key={*first} title={document.title()} source={document.source.clone()} note={note(document)} text={Rc::clone(body)} tints={Rc::clone(tints)}
                {links} {badges} first={*first} {grain} {ghosts} on_source={on_source.clone()} />
        }
    };
    html! {
        <>
            <div class="output-scroll" tabindex="0" role="group" aria-label="Rendered manifests" {onclick} {onkeydown} {onmousemove} {onmouseleave} {onfocusout}
                aria-description="Arrow keys walk the lines and their words, Enter says why one is there.">
                { for texts.iter().enumerate().map(document) }
                <NotThere />
                // It is always there: what comes and goes behind a component confuses where that one stands.
                <div class="line-cursor" tabindex="-1" role="img" hidden={grain != Grain::Block} />
            </div>
            <pre hidden=true data-output="">{ good.output.clone() }</pre>
        </>
    }
}

/// What trim markers took away, where spaces are shown.
#[hook]
fn use_ghosts() -> Option<Rc<[Ghost]>> {
    let (asker, rendering, layout) = (use_asker(), use_rendering(), use_layout());
    let ghosts = use_state_eq(|| None::<Rc<[Ghost]>>);
    let setter = ghosts.setter();
    use_effect_with((rendering.shown.round, layout.spaces), move |(_, spaces)| {
        if *spaces == Spaces::Plain {
            return setter.set(None);
        }
        let on_reply = Callback::from(move |reply| {
            let ghosts = if let Some(Reply::Ghosts(ghosts)) = reply { ghosts } else { Vec::new() };
            setter.set(Some(ghosts.into()));
        });
        asker.ask(Question::Ghosts, on_reply);
    });
    if layout.spaces == Spaces::Shown { (*ghosts).clone().or_else(|| Some(Rc::from([]))) } else { None }
}

/// Somebody points at a place of the output, or at none.
fn hover(hoverer: &Hoverer, good: Option<&Analysis>, pointed: Option<Pointed>) {
    hoverer.at(good.zip(pointed).map(|(good, pointed)| Spot::Output(byte_at(&good.output, pointed))));
}

/// Up and down walk the lines, left and right their words, Enter pins one. With Alt they are the page's. Whether it was
/// one of these keys.
fn keys(event: &KeyboardEvent, pin_at: &Callback<Pointed>, arrange: &Arranger) -> bool {
    if event.ctrl_key() || event.meta_key() || event.alt_key() && event.key() != "F12" {
        return false;
    }
    match event.key().as_str() {
        "ArrowDown" => say(walk::step_line(Way::Forth), arrange),
        "ArrowUp" => say(walk::step_line(Way::Back), arrange),
        "ArrowRight" => say(walk::step_word(Way::Forth), arrange),
        "ArrowLeft" => say(walk::step_word(Way::Back), arrange),
        "Enter" | "F12" => {
            let Some(pointed) = walk::focused() else { return false };
            pin_at.emit(pointed);
        }
        _ => return false,
    }
    event.prevent_default();
    true
}

fn say(words: Option<String>, arrange: &Arranger) {
    if let Some(words) = words {
        arrange.dispatch(Arrange::Say(words.into()));
    }
}

/// The byte of the output at a place in its lines.
fn byte_at(output: &str, pointed: Pointed) -> usize {
    let above = (pointed.line as usize).saturating_sub(1);
    let start: usize = output.split_inclusive('\n').take(above).map(str::len).sum();
    let rest = output.get(start..).unwrap_or_default();
    start + EditorText::new(&rest.into()).byte(pointed.unit as usize)
}

/// What stands beside the heading of a document that isn't whole.
fn note(document: &Document) -> Option<AttrValue> {
    match &document.stops {
        _ if document.is_old => Some("as it was before the error in its template".into()),
        Some(_) => Some("Helm stops here".into()),
        None => None,
    }
}

fn nothing_yet(rendering: &Rendering) -> Html {
    match &rendering.shown.now {
        Some(_) => {
            html! { <p class="pane-empty">{ "Helm stops with an error before it prints anything. The problems below say where." }</p> }
        }
        None => html! { <p class="pane-empty pane-late">{ "starting the engine" }</p> },
    }
}

/// A document with its own lines, without the two that Helm sets above it: the heading says the same.
#[derive(Debug, PartialEq)]
struct Text {
    document: Document,
    body: Rc<str>,
    tints: Rc<[Tint]>,
    first: u32,
    /// Its first byte in the output.
    start: usize,
    lines: usize,
}

impl Text {
    /// What trim markers took away in it; what stood behind its last line, at its end.
    fn ghosts(&self, all: &[Ghost]) -> Rc<[Ghost]> {
        let end = self.start + self.body.len();
        let first = all.partition_point(|ghost| ghost.at < self.start);
        let own = all.iter().skip(first).take_while(|ghost| ghost.at <= end + 1);
        own.map(|ghost| Ghost { at: ghost.at.min(end) - self.start, ..ghost.clone() }).collect()
    }

    /// What of it belongs to what is pinned, and to what is pointed at.
    fn links(&self, pin: Option<&Pin>, hover: Option<&Pin>) -> Rc<[Linked]> {
        let mut links = self.uses(pin, [LinkKind::Pinned, LinkKind::Linked]);
        let is_free = |bytes: &Range<usize>| {
            links.iter().all(|link| link.bytes.end <= bytes.start || link.bytes.start >= bytes.end)
        };
        let hovers = self.uses(hover, [LinkKind::Hovered, LinkKind::Beside]);
        let free: Vec<Linked> = hovers.into_iter().filter(|link| is_free(&link.bytes)).collect();
        links.extend(free);
        links.sort_by_key(|link| link.bytes.start);
        links.into()
    }

    fn uses(&self, pin: Option<&Pin>, [chosen, other]: [LinkKind; 2]) -> Vec<Linked> {
        let own = self.start..self.start + self.body.len();
        let uses = pin.into_iter().flat_map(|pin| pin.uses.iter().enumerate().map(|(at, range)| (at == pin.at, range)));
        let inside = uses.filter(|(_, range)| range.start < own.end && range.end > own.start);
        let link = |(is_chosen, range): (bool, &Range<usize>)| Linked {
            bytes: range.start.max(own.start) - own.start..range.end.min(own.end) - own.start,
            kind: if is_chosen { chosen } else { other },
        };
        inside.map(link).collect()
    }

    /// The letters beside its lines.
    fn badges(&self, all: &[LineBadge]) -> Rc<[LineBadge]> {
        let last = self.first + u32::try_from(self.lines).unwrap_or(u32::MAX);
        let first = all.partition_point(|badge| badge.line < self.first);
        all.iter().skip(first).take_while(|badge| badge.line < last).cloned().collect()
    }
}

fn texts(analysis: &Analysis) -> Vec<Text> {
    const ABOVE: u32 = 2;
    let mut ends = vec![0];
    ends.extend(analysis.output.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1));
    let offset = |line: u32| ends.get(line as usize).copied().unwrap_or(analysis.output.len());
    let text = |document: &Document| {
        let first = document.lines.start + ABOVE;
        let range = offset(first)..offset(document.lines.end);
        let body = analysis.output.get(range.clone()).unwrap_or_default().trim_end();
        let tints = tints(&analysis.tints, range.start..range.start + body.len());
        let lines = body.lines().count();
        Text { document: document.clone(), body: body.into(), tints, first: first + 1, start: range.start, lines }
    };
    analysis.documents.iter().map(text).collect()
}

/// The colours of a piece of the output, counted from its beginning.
fn tints(all: &[Tint], range: Range<usize>) -> Rc<[Tint]> {
    let short = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let (start, end) = (short(range.start), short(range.end));
    let first = all.partition_point(|tint| tint.1 <= start);
    let inside = all.iter().skip(first).take_while(|tint| tint.0 < end);
    inside.map(|tint| Tint(tint.0.max(start) - start, tint.1.min(end) - start, tint.2)).collect()
}
