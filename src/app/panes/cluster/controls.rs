//! Helm's commands, and time.

use std::rc::Rc;

use yew::prelude::*;

use super::Do;
use crate::app::dom::motion;
use crate::app::effects::cluster::{Pace, Stir};
use crate::app::hooks::{use_staging, use_stirrer, use_workspace};
use crate::workspace::cluster::{Command, Deed, Prospect};

/// The controls.
#[component]
pub fn Controls() -> Html {
    let (workspace, staging) = (use_workspace(), use_staging());
    let scene = staging.scene.clone();
    let revision = scene.as_ref().and_then(|scene| scene.revision);
    let chart = Rc::clone(&workspace.experiment);
    let is_same = staging
        .session
        .chart()
        .is_some_and(|installed| installed.files == chart.files && installed.settings == chart.settings);
    let none = scene.is_none();
    let prospect = scene.as_ref().map(|scene| scene.prospect).unwrap_or_default();
    let is_installed = revision.is_some();
    let apply = if is_installed { Command::Upgrade(Vec::new()) } else { Command::Install };
    let apply = Deed::Apply(apply, chart);
    let (apply_words, apply_title) = match (is_installed, is_same) {
        (false, _) => ("Install", "helm install"),
        (true, true) => ("Upgrade", "The chart is as it was installed"),
        (true, false) => ("Upgrade to the chart as it is now", "helm upgrade to the chart as it is edited now"),
    };
    html! {
        <div class="cluster-controls">
            <div role="group" aria-label="Helm">
                // One button in both cases: whoever has installed by keyboard stays on it.
                <Do deed={apply} title={apply_title}>{ apply_words }</Do>
                if is_installed {
                    <Do deed={Deed::Do(Command::Rollback(None))} disabled={revision < Some(2)} title="helm rollback">{ "Roll back" }</Do>
                    <Do deed={Deed::Do(Command::Uninstall)} title="helm uninstall">{ "Uninstall" }</Do>
                }
            </div>
            <div role="group" aria-label="Time">
                <Do deed={Deed::Back} disabled={staging.session.is_new()} title="As it was before the last command">{ "Back" }</Do>
                <Do deed={Deed::Do(Command::Step(1))} disabled={none || prospect == Prospect::Settled} title="To the next event">{ "Step" }</Do>
                <Play disabled={none || prospect != Prospect::Onward} />
                <Do deed={Deed::Do(Command::Run)} disabled={none || prospect != Prospect::Onward} title="Until nothing new happens">{ "Run" }</Do>
                <Do deed={Deed::Do(Command::Wait(60))} disabled={none} title="Lets a minute pass">{ "Wait 1 min" }</Do>
                <Do deed={Deed::Reset} disabled={staging.session.script.is_empty()} title="An empty cluster">{ "Reset" }</Do>
            </div>
            if let Some(scene) = scene {
                <p class="cluster-now">
                    <b>{ &scene.now }</b>
                    { revision.map(|revision| format!(", revision {revision}")).unwrap_or_default() }
                    { ". " }
                    { if scene.is_underway { "Time runs: more happens than fits into a moment." } else { words(prospect) } }
                </p>
            }
        </div>
    }
}

fn words(prospect: Prospect) -> &'static str {
    match prospect {
        Prospect::Settled => "Nothing more happens by itself.",
        Prospect::Trying => "Only further tries of what has failed are to come.",
        Prospect::Clock => "What is to come comes by the clock.",
        Prospect::Onward => "More is to come.",
    }
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct PlayProps {
    disabled: bool,
}

/// Plays an event after the other; whoever wants no motion gets all of them as a list at once.
#[component]
fn Play(props: &PlayProps) -> Html {
    let (staging, stirrer) = (use_staging(), use_stirrer());
    let is_playing = staging.pace == Pace::Playing;
    let onclick = Callback::from(move |_: MouseEvent| {
        stirrer.dispatch(match is_playing {
            true => Stir::Pace(Pace::Still),
            false if motion::is_reduced() => Stir::Deed(Deed::Do(Command::Run)),
            false => Stir::Pace(Pace::Playing),
        });
    });
    html! {
        <button type="button" class="button" {onclick} disabled={props.disabled && !is_playing} title="One event after the other">
            { if is_playing { "Pause" } else { "Play" } }
        </button>
    }
}
