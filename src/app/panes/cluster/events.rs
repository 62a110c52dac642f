//! What happened, in sentences: each with the line of a manifest that decides.

use yew::prelude::*;

use crate::app::effects::pinning::Point;
use crate::app::hooks::{use_arrange, use_asker, use_pinner, use_staging};
use crate::app::layout::{Arrange, OutputTab};
use crate::workspace::cluster::{Cause, ClusterQuestion, ClusterReply, Told};
use crate::workspace::{Question, Reply, Spot};

/// The events, the newest first.
#[component]
pub fn Events() -> Html {
    let staging = use_staging();
    let Some(scene) = staging.scene.clone() else { return html! {} };
    let first_new = scene.earlier + scene.events.len() - scene.news.min(scene.events.len());
    let event = |told: &Told| html! { <One key={told.number} told={told.clone()} is_new={told.number > first_new} /> };
    html! {
        <section class="cluster-events" aria-label="Events">
            <h3>{ "Events" }</h3>
            if !scene.waits.is_empty() {
                <ul class="cluster-waits" aria-label="Waiting">
                    { for scene.waits.iter().map(|wait| html! { <li>{ wait }</li> }) }
                </ul>
            }
            <ol reversed=true>{ for scene.events.iter().rev().map(event) }</ol>
            if scene.earlier > 0 {
                <p>{ format!("{} earlier events are not listed.", scene.earlier) }</p>
            }
        </section>
    }
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct OneProps {
    told: Told,
    is_new: bool,
}

#[component]
fn One(props: &OneProps) -> Html {
    let Told { number, at, sentence, cause, is_warning } = props.told.clone();
    html! {
        <li value={number.to_string()} class={classes!(props.is_new.then_some("event-new"), is_warning.then_some("event-warning"))}>
            <span class="event-at">{ at }</span>
            <span class="event-sentence">
                if is_warning { <span class="event-mark" title="Warning">{ "\u{25b2} " }</span> }
                { sentence }
            </span>
            if let Some(cause) = cause { <Decides {cause} /> }
        </li>
    }
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct DecidesProps {
    cause: Cause,
}

/// Leads to the line that decides, in the output.
#[component]
fn Decides(props: &DecidesProps) -> Html {
    let (asker, pinner, arrange) = (use_asker(), use_pinner(), use_arrange());
    let Cause { kind, name, path, is_written } = &props.cause;
    let words = if *is_written { path.clone() } else { format!("no {path}") };
    let title = format!("Show {words} of {kind} {name} in the output");
    let cause = props.cause.clone();
    let onclick = Callback::from(move |_: MouseEvent| {
        let (pinner, arrange) = (pinner.clone(), arrange.clone());
        let on_reply = Callback::from(move |reply| {
            if let Some(Reply::Cluster(ClusterReply::Found(Some(byte)))) = reply {
                arrange.dispatch(Arrange::Tab(OutputTab::Rendered));
                pinner.dispatch(Point::At(Spot::Output(byte)));
            } else {
                arrange.dispatch(Arrange::Say("The chart as it is now has no such line".into()));
            }
        });
        asker.ask(Question::Cluster(Box::new(ClusterQuestion::Find(cause.clone()))), on_reply);
    });
    html! { <button type="button" class="place" {title} {onclick}>{ words }</button> }
}
