//! The problems: one line at the foot of the page, which unfolds into the list.

use yew::prelude::*;

use crate::app::components::{MendOffer, PlaceLink, SeverityMark, Words};
use crate::app::dom::focus;
use crate::app::effects::mending::apply;
use crate::app::hooks::{go_to, use_arrange, use_dispatch, use_layout, use_rendering};
use crate::app::layout::{Arrange, Fold};
use crate::source::Severity;
use crate::workspace::{Counts, Mend, Place, Problem, Shown};

/// Further places of one problem that are offered.
const MOST_PLACES: usize = 3;

/// The line and the list.
#[component]
pub fn Problems() -> Html {
    let (rendering, layout) = (use_rendering(), use_layout());
    let arrange = use_arrange();
    let onclick = {
        let fold = layout.problems.other();
        Callback::from(move |_: MouseEvent| arrange.dispatch(Arrange::Problems(fold)))
    };
    let is_open = layout.problems == Fold::Open;
    let counts = rendering.shown.counts();
    let first = rendering.shown.problems().first().map(|problem| problem.message.clone());
    html! {
        <footer class={classes!("problems", is_open.then_some("problems-open"))} aria-label="Problems" data-pane="problems"
            data-errors={counts.errors.to_string()} data-warnings={counts.warnings.to_string()} data-notes={counts.notes.to_string()}>
            if is_open {
                <List shown={rendering.shown.clone()} chosen={layout.problem} />
            }
            <div class="problems-line">
                <button type="button" class="problems-toggle" data-problems-line="" aria-expanded={if is_open { "true" } else { "false" }}
                    aria-controls="problems-list" title="Problems (Ctrl+Alt+5)" {onclick}>
                    { summary(counts, rendering.shown.is_checked()) }
                    <span class="problems-first">{ first.map(|text| html! { <Words {text} /> }) }</span>
                </button>
                <span class="problems-promise">{ "Nothing leaves this page" }</span>
            </div>
        </footer>
    }
}

fn summary(counts: Counts, is_checked: bool) -> Html {
    let Counts { errors, warnings, notes } = counts;
    let of = [(Severity::Error, errors), (Severity::Warning, warnings), (Severity::Note, notes)];
    if counts == Counts::default() {
        let words = if is_checked { "No problems" } else { "Checking" };
        return html! { <span class="problems-none">{ words }</span> };
    }
    let mark = |(severity, count): &(Severity, usize)| {
        let words = format!("{count} {}{}", severity.word(), if *count == 1 { "" } else { "s" });
        html! { <SeverityMark severity={*severity} {words} /> }
    };
    html! { <>{ for of.iter().filter(|(_, count)| *count > 0).map(mark) }</> }
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct ListProps {
    shown: Shown,
    chosen: Option<usize>,
}

/// The list, by document; what Helm itself says stands first.
#[component]
fn List(props: &ListProps) -> Html {
    let problems = props.shown.problems();
    if problems.is_empty() {
        let documents = props.shown.now.as_ref().map_or(0, |now| now.documents.len());
        let words = if props.shown.is_checked() {
            format!("No problems in {documents} document{}.", if documents == 1 { "" } else { "s" })
        } else {
            "Checking.".to_owned()
        };
        return html! {
            <div id="problems-list" class="problems-list" tabindex="0">
                <p class="pane-empty">{ words }</p>
                <Unchecked shown={props.shown.clone()} />
            </div>
        };
    }
    let numbered: Vec<(usize, &Problem)> = problems.iter().enumerate().collect();
    let group = |group: &[(usize, &Problem)]| {
        let title =
            group.first().and_then(|(_, problem)| problem.document.clone()).unwrap_or_else(|| "Chart".to_owned());
        let row = |(at, problem): &(usize, &Problem)| {
            html! { <Row problem={(*problem).clone()} is_chosen={props.chosen == Some(*at)} /> }
        };
        html! { <><h3>{ title }</h3><ul>{ for group.iter().map(row) }</ul></> }
    };
    html! {
        <div id="problems-list" class="problems-list" tabindex="0" role="group" aria-label="List of problems">
            { for numbered.chunk_by(|(_, a), (_, b)| a.document == b.document).map(group) }
            <Unchecked shown={props.shown.clone()} />
        </div>
    }
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct UncheckedProps {
    shown: Shown,
}

/// What was not checked.
#[component]
fn Unchecked(props: &UncheckedProps) -> Html {
    let sentences = props.shown.now.iter().flat_map(|now| now.unchecked.iter().cloned());
    html! { <>{ for sentences.map(|words| html! { <p class="problems-unchecked" data-unchecked="">{ words }</p> }) }</> }
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct RowProps {
    problem: Problem,
    is_chosen: bool,
}

/// Goes to an argument among the layers of values.
fn layer_link(at: usize) -> Html {
    let onclick = Callback::from(move |_: MouseEvent| focus::to(&format!("[data-layer=\"{at}\"] .layer-text")));
    html! { <button type="button" class="place" {onclick}>{ format!("values layer {}", at + 1) }</button> }
}

/// A problem: how bad, by which rule, what follows from it, and where.
#[component]
fn Row(props: &RowProps) -> Html {
    let (dispatch, arrange) = (use_dispatch(), use_arrange());
    let Problem { severity, rule, message, fix, mend, original, place, also, layer, .. } = props.problem.clone();
    let on_mend = {
        let (dispatch, arrange) = (dispatch.clone(), arrange.clone());
        Callback::from(move |mend: Mend| apply(mend, &dispatch, &arrange))
    };
    let on_go = Callback::from(move |place: Place| go_to(&place, &dispatch, &arrange));
    let link = |place: Place| html! { <PlaceLink {place} on_go={on_go.clone()} /> };
    // Where a value decides, the author can change it there as well; an error names the calls that led to it.
    let before = if props.problem.is_helms() { "called from" } else { "or" };
    let also = (!also.is_empty()).then(|| {
        html! { <span class="problem-also">{ before }{ for also.into_iter().take(MOST_PLACES).map(link) }</span> }
    });
    let original = original.filter(|original| *original != message).map(|original| {
        html! {
            <details class="problem-original">
                <summary>{ "As Helm prints it" }</summary>
                <pre translate="no">{ original }</pre>
            </details>
        }
    });
    html! {
        <li class="problem" data-problem={rule.clone().unwrap_or_else(|| "helm".to_owned())} aria-current={props.is_chosen.then_some("true")}>
            <SeverityMark {severity} words={severity.word()} />
            <span class="problem-rule">{ rule.unwrap_or_else(|| "helm".to_owned()) }</span>
            <p class="problem-message">
                <Words text={message} />
                if let Some(fix) = fix {
                    <span class="problem-fix"><Words text={fix} /></span>
                }
            </p>
            <span class="problem-places">{ layer.filter(|_| place.is_none()).map(layer_link) }{ place.map(link) }{ also }</span>
            if let Some(mend) = mend {
                <MendOffer {mend} on_apply={on_mend} />
            }
            { original }
        </li>
    }
}
