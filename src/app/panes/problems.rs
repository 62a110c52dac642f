//! The problems: one line at the foot of the page, which unfolds into the list.

use yew::prelude::*;

use super::problem_row::Row;
use super::problem_tail::Tail;
use crate::app::components::{SeverityMark, Words};
use crate::app::hooks::{use_arrange, use_layout, use_rendering};
use crate::app::layout::{Arrange, Fold};
use crate::source::Severity;
use crate::workspace::{Counts, Problem, Shown};

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
        let words = format!("{count} {}{}", word(*severity), if *count == 1 { "" } else { "s" });
        html! { <SeverityMark severity={*severity} {words} /> }
    };
    html! { <>{ for of.iter().filter(|(_, count)| *count > 0).map(mark) }</> }
}

/// What a severity is called: what is only advice is a hint.
pub(super) fn word(severity: Severity) -> &'static str {
    if severity == Severity::Note { "hint" } else { severity.word() }
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct ListProps {
    shown: Shown,
    chosen: Option<usize>,
}

/// The list: errors and warnings by document, what Helm itself says first; hints folded below; and what else there is to
/// say of the check.
#[component]
fn List(props: &ListProps) -> Html {
    let numbered: Vec<(usize, &Problem)> = props.shown.problems().iter().enumerate().collect();
    let (hints, graver): (Vec<_>, Vec<_>) =
        numbered.into_iter().partition(|(_, problem)| problem.severity == Severity::Note);
    let is_among = |hints: &[(usize, &Problem)]| hints.iter().any(|(at, _)| props.chosen == Some(*at));
    let title = format!("{} hint{}", hints.len(), if hints.len() == 1 { "" } else { "s" });
    html! {
        <div id="problems-list" class="problems-list" tabindex="0" role="group" aria-label="List of problems">
            if graver.is_empty() {
                <p class="pane-empty">{ nothing(&props.shown) }</p>
            }
            { groups(&graver, props.chosen) }
            if !hints.is_empty() {
                <details class="problems-hints" data-hints="" open={is_among(&hints)}>
                    <summary>{ title }</summary>
                    { groups(&hints, props.chosen) }
                </details>
            }
            <Tail shown={props.shown.clone()} />
        </div>
    }
}

fn nothing(shown: &Shown) -> String {
    if !shown.is_checked() {
        return "Checking.".to_owned();
    }
    let documents = shown.now.as_ref().map_or(0, |now| now.looked.documents);
    format!("No problems in {documents} document{}.", if documents == 1 { "" } else { "s" })
}

fn groups(numbered: &[(usize, &Problem)], chosen: Option<usize>) -> Html {
    let group = |group: &[(usize, &Problem)]| {
        let title =
            group.first().and_then(|(_, problem)| problem.document.clone()).unwrap_or_else(|| "Chart".to_owned());
        let row = |(at, problem): &(usize, &Problem)| {
            html! { <Row problem={(*problem).clone()} is_chosen={chosen == Some(*at)} /> }
        };
        html! { <><h3>{ title }</h3><ul>{ for group.iter().map(row) }</ul></> }
    };
    html! { <>{ for numbered.chunk_by(|(_, a), (_, b)| a.document == b.document).map(group) }</> }
}
