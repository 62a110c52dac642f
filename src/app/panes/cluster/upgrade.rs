//! Before an upgrade: what would be refused, made, changed and deleted, and which pods would start again.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use crate::app::hooks::{use_asker, use_staging, use_workspace};
use crate::workspace::cluster::{Chart, ClusterQuestion, ClusterReply, Fate, ObjectChange, PodChange, Preview};
use crate::workspace::{Question, Reply};

/// How long the pause before the question is, in milliseconds.
const PAUSE: u32 = 250;

/// What an upgrade would do, where the chart isn't as it was installed.
#[component]
pub fn Upgrade() -> Html {
    let (workspace, staging, asker) = (use_workspace(), use_staging(), use_asker());
    let preview = use_state_eq(|| None::<Rc<Preview>>);
    let chart = Rc::clone(&workspace.experiment);
    let is_there = staging.scene.as_ref().is_some_and(|scene| scene.revision.is_some());
    let is_other = is_there
        && staging
            .session
            .chart()
            .is_some_and(|installed| installed.files != chart.files || installed.settings != chart.settings);
    {
        let (setter, session) = (preview.setter(), staging.session.clone());
        use_effect_with((chart, session, is_other), move |(chart, session, is_other)| {
            let (chart, session) = (Rc::clone(chart), session.clone());
            let timeout = is_other.then(|| {
                Timeout::new(PAUSE, move || {
                    let rehearsal = session.for_worker(session.charts.len());
                    let question = ClusterQuestion::Preview(rehearsal, Chart::of(&chart));
                    let on_reply = Callback::from(move |reply| {
                        if let Some(Reply::Cluster(ClusterReply::Preview(preview))) = reply {
                            setter.set(Some(Rc::new(*preview)));
                        }
                    });
                    asker.ask(Question::Cluster(Box::new(question)), on_reply);
                })
            });
            move || drop(timeout)
        });
    }
    match (&*preview, is_other) {
        (Some(preview), true) => told(preview),
        _ => html! {},
    }
}

fn told(preview: &Preview) -> Html {
    html! {
        <section class="cluster-upgrade" aria-label="Before the upgrade">
            <h3>{ "The chart is not as it was installed. An upgrade would do this:" }</h3>
            { for preview.refusals.iter().map(|refusal| html! { <p class="cluster-refusal"><b>{ "Refused: " }</b><code>{ refusal }</code></p> }) }
            <ul class="cluster-list">
                { for preview.hooks.iter().map(|hook| html! { <li>{ format!("{hook} runs") }</li> }) }
                { for preview.made.iter().map(|object| html! { <li>{ format!("{object} is made") }</li> }) }
                { for preview.changed.iter().map(changed) }
                { for preview.deleted.iter().map(|object| html! { <li>{ format!("{object} is deleted: the chart no longer has it") }</li> }) }
                { for preview.pods.iter().map(pods) }
                if preview.pods.is_empty() {
                    <li>{ "No pod starts again." }</li>
                }
                if preview.is_cut {
                    <li>{ "It would go on for longer than was looked ahead." }</li>
                }
                { for preview.waits.iter().map(|wait| html! { <li>{ format!("In the end: {wait}") }</li> }) }
            </ul>
        </section>
    }
}

fn changed(change: &ObjectChange) -> Html {
    let field = |(path, old, new): &(String, Option<String>, Option<String>)| {
        let written = |text: &Option<String>| text.clone().unwrap_or_else(|| "not set".to_owned());
        let mark = if change.is_refused(path) {
            html! { <b>{ "\u{25cf} refused: " }</b> }
        } else {
            html! {}
        };
        html! { <li>{ mark }<code>{ path }</code>{ ": " }<code>{ written(old) }</code>{ " becomes " }<code>{ written(new) }</code></li> }
    };
    html! { <li>{ format!("{} is changed", change.object) }<ul>{ for change.fields.iter().map(field) }</ul></li> }
}

fn pods(change: &PodChange) -> Html {
    let pods = change.pods.join(", ");
    let words = match (change.fate, change.pods.len()) {
        (Fate::Restarted, 1) => format!("{pods} of {} starts again", change.owner),
        (Fate::Restarted, _) => format!("{pods} of {} start again, in this order", change.owner),
        (Fate::New, _) => format!("new pods of {}: {pods}", change.owner),
        (Fate::Gone, _) => format!("pods of {} that go: {pods}", change.owner),
    };
    let because =
        if change.because.is_empty() { String::new() } else { format!(", because {}", change.because.join(" and ")) };
    html! { <li>{ words }{ because }</li> }
}
