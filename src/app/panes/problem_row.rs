//! A problem in the list: how bad, by which rule, what follows from it, and where; unfolded, why it matters, what its fix
//! would do, and how to ignore it.

use yew::prelude::*;

use super::output_link::OutputLink;
use super::problems::word;
use super::rule_words::RuleWords;
use crate::app::components::{MendOffer, PlaceLink, SeverityMark, Words};
use crate::app::dom::focus;
use crate::app::effects::mending::apply;
use crate::app::hooks::{go_to, use_arrange, use_asker, use_dispatch, use_workspace};
use crate::workspace::{Mend, Outcome, Place, Problem, Question, Reply, Trial};

/// Further places of one problem that are offered.
const MOST_PLACES: usize = 3;

/// The row's props.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct RowProps {
    /// The problem.
    pub problem: Problem,
    /// Whether it is the one last gone to.
    pub is_chosen: bool,
}

/// Goes to an argument among the layers of values.
fn layer_link(at: usize) -> Html {
    let onclick = Callback::from(move |_: MouseEvent| focus::to(&format!("[data-layer=\"{at}\"] .layer-text")));
    html! { <button type="button" class="place" {onclick}>{ format!("values layer {}", at + 1) }</button> }
}

/// The row.
#[component]
pub fn Row(props: &RowProps) -> Html {
    let (dispatch, arrange) = (use_dispatch(), use_arrange());
    let is_open = use_state_eq(|| false);
    let Problem { severity, rule, message, fix, mend, others, original, place, also, layer, output_line, .. } =
        props.problem.clone();
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
    let on_more = {
        let is_open = is_open.clone();
        Callback::from(move |_: MouseEvent| is_open.set(!*is_open))
    };
    let expanded = if *is_open { "true" } else { "false" };
    html! {
        <li class="problem" data-problem={rule.clone().unwrap_or_else(|| "helm".to_owned())} aria-current={props.is_chosen.then_some("true")}>
            <SeverityMark {severity} words={word(severity)} />
            <span class="problem-rule">{ rule.clone().unwrap_or_else(|| "helm".to_owned()) }</span>
            <p class="problem-message">
                <Words text={message} />
                if let Some(fix) = fix {
                    <span class="problem-fix"><Words text={fix} /></span>
                }
            </p>
            <span class="problem-places">
                { layer.filter(|_| place.is_none()).map(layer_link) }{ place.map(link) }{ also }
                <OutputLink line={output_line} />
                if rule.is_some() {
                    <button type="button" class="problem-more" aria-expanded={expanded} onclick={on_more}>{ "Why" }</button>
                }
            </span>
            { for mend.clone().map(|mend| html! { <MendOffer {mend} has_keys=true on_apply={on_mend.clone()} /> }) }
            { for others.into_iter().map(|mend| html! { <MendOffer {mend} on_apply={on_mend.clone()} /> }) }
            { original }
            if *is_open {
                <div class="problem-why">
                    if let Some(mend) = mend {
                        <Tried {mend} />
                    }
                    <RuleWords id={rule.unwrap_or_default()} />
                    <Ignore problem={props.problem.clone()} />
                </div>
            }
        </li>
    }
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct TriedProps {
    mend: Mend,
}

/// What the fix would do: it is tried when somebody asks why.
#[component]
fn Tried(props: &TriedProps) -> Html {
    let asker = use_asker();
    let trial = use_state(|| None::<Trial>);
    {
        let setter = trial.setter();
        use_effect_with(props.mend.clone(), move |mend| {
            setter.set(None);
            let on_reply = Callback::from(move |reply| {
                if let Some(Reply::Trial(trial)) = reply {
                    setter.set(Some(trial));
                }
            });
            asker.ask(Question::Trial(Box::new(mend.clone())), on_reply);
        });
    }
    match &*trial {
        Some(trial) => html! { <p class="problem-trial" data-trial="">{ told(trial) }</p> },
        None => html! { <p class="problem-trial">{ "The fix is being tried." }</p> },
    }
}

fn told(trial: &Trial) -> String {
    let Trial { gone, come, lines, outcome } = trial;
    if *outcome != Outcome::Rendered {
        return "Tried: with this fix Helm stops with an error.".to_owned();
    }
    let counted = |count: usize, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
    let comes = match come.as_slice() {
        [] => "none comes".to_owned(),
        [one] => format!("another comes: {one}"),
        more => format!("{} others come", more.len()),
    };
    let goes = if *gone == 1 { "goes" } else { "go" };
    let lines = if *lines == 1 {
        "1 line of the output changes".to_owned()
    } else {
        format!("{lines} lines of the output change")
    };
    format!("Tried: {} {goes}, {comes}, {lines}.", counted(*gone, "problem"))
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct IgnoreProps {
    problem: Problem,
}

/// A reason, and the button that writes it into the file.
#[component]
fn Ignore(props: &IgnoreProps) -> Html {
    let (dispatch, arrange, workspace) = (use_dispatch(), use_arrange(), use_workspace());
    let reason = use_state_eq(String::new);
    if Mend::ignoring(&props.problem, "", &workspace.experiment).is_none() || props.problem.is_helms() {
        return html! {};
    }
    let oninput = {
        let reason = reason.setter();
        Callback::from(move |event: InputEvent| {
            let field: web_sys::HtmlInputElement = event.target_unchecked_into();
            reason.set(field.value());
        })
    };
    let onsubmit = {
        let (problem, reason) = (props.problem.clone(), (*reason).clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if let Some(mend) = Mend::ignoring(&problem, &reason, &workspace.experiment) {
                apply(mend, &dispatch, &arrange);
            }
        })
    };
    html! {
        <form class="problem-ignore" {onsubmit}>
            <label>{ "Reason " }<input type="text" value={(*reason).clone()} {oninput} /></label>
            <button type="submit" class="quiet-button">{ "Ignore here" }</button>
        </form>
    }
}
