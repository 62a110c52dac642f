//! What can be scaled and deleted, and what the cluster is like.

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::Do;
use crate::app::effects::cluster::Stir;
use crate::app::hooks::{use_staging, use_stirrer};
use crate::workspace::cluster::{Cascade, Command, Deed, Kind, MOST_NODES, Setup, Thing};

/// More pods are not offered.
const MOST_REPLICAS: usize = 1_000;

/// What can be scaled and deleted.
#[component]
pub fn Things() -> Html {
    let staging = use_staging();
    let things = staging.scene.as_ref().map(|scene| scene.things.clone()).unwrap_or_default();
    let (nodes, own): (Vec<&Thing>, Vec<&Thing>) = things.iter().partition(|thing| thing.kind == "no");
    let node = |node: &Thing| html! { <Node key={node.name.clone()} thing={node.clone()} /> };
    let thing = |thing: &Thing| html! { <One key={format!("{}/{}", thing.kind, thing.name)} thing={thing.clone()} /> };
    html! {
        <>
            if !own.is_empty() {
                <details class="cluster-part" open={true}>
                    <summary>{ "Scale and delete" }</summary>
                    <ul class="cluster-things">{ for own.into_iter().map(thing) }</ul>
                </details>
            }
            if !nodes.is_empty() {
                <details class="cluster-part">
                    <summary>{ "Nodes" }</summary>
                    <ul class="cluster-things">{ for nodes.into_iter().map(node) }</ul>
                </details>
            }
        </>
    }
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct OneProps {
    thing: Thing,
}

#[component]
fn One(props: &OneProps) -> Html {
    let stirrer = use_stirrer();
    let Thing { kind, name, replicas, .. } = props.thing.clone();
    let Some(of) = Kind::named(&kind) else { return html! {} };
    let delete = |cascade| Deed::Do(Command::Delete(of, vec![name.clone()], cascade, None));
    let (title, label) = (format!("{of} {name}"), format!("Replicas of {name}"));
    let onchange = {
        let name = name.clone();
        Callback::from(move |event: Event| {
            let field: HtmlInputElement = event.target_unchecked_into();
            if let Ok(replicas) = field.value().parse::<usize>() {
                let command = Command::Scale(of, name.clone(), replicas.min(MOST_REPLICAS));
                stirrer.dispatch(Stir::Deed(Deed::Do(command)));
            }
        })
    };
    let scale = replicas.map(|replicas| {
        let (fewer, more) = (replicas.saturating_sub(1), replicas + 1);
        let to = |replicas| Deed::Do(Command::Scale(of, name.clone(), replicas));
        html! {
            <span class="cluster-scale">
                <Do deed={to(fewer)} disabled={replicas == 0} title={format!("Scale {name} to {fewer}")}>{ "\u{2212}" }</Do>
                <input type="number" min="0" max={MOST_REPLICAS.to_string()} aria-label={label} value={replicas.to_string()} {onchange} />
                <Do deed={to(more)} title={format!("Scale {name} to {more}")}>{ "+" }</Do>
            </span>
        }
    });
    html! {
        <li>
            <span>{ title.clone() }</span>
            { scale }
            <Do deed={delete(Cascade::Background)} title={format!("Delete {title}")}>{ "Delete" }</Do>
            if matches!(of, Kind::StatefulSet | Kind::Deployment | Kind::DaemonSet | Kind::ReplicaSet) {
                <Do deed={delete(Cascade::Orphan)} title={format!("Delete {title}, and leave its pods")}>{ "Delete, orphan its pods" }</Do>
            }
        </li>
    }
}

/// A node, and what can happen to it.
#[component]
fn Node(props: &OneProps) -> Html {
    let Thing { name, is_lost, is_cordoned, .. } = props.thing.clone();
    let deed = |command: fn(String) -> Command| Deed::Do(command(name.clone()));
    let drained = if is_cordoned { ", takes no pods" } else { "" };
    let state = if is_lost { ", lost" } else { drained };
    html! {
        <li>
            <span>{ format!("Node {name}{state}") }</span>
            if is_lost {
                <Do deed={deed(Command::Heal)} title={format!("{name} answers again")}>{ "Bring back" }</Do>
            } else {
                <Do deed={deed(Command::FailNode)} title={format!("{name} no longer answers")}>{ "Lose" }</Do>
                <Do deed={deed(Command::Reboot)} title="minikube stop, minikube start">{ "Restart" }</Do>
                if is_cordoned {
                    <Do deed={deed(Command::Uncordon)} title={format!("kubectl uncordon {name}")}>{ "Let pods come" }</Do>
                } else {
                    <Do deed={deed(Command::Drain)} title={format!("kubectl drain {name}: its pods leave, as far as their disruption budgets allow")}>{ "Drain" }</Do>
                }
            }
        </li>
    }
}

/// What the cluster is like. Another cluster begins anew.
#[component]
pub fn SetUp() -> Html {
    let (staging, stirrer) = (use_staging(), use_stirrer());
    let setup = staging.session.setup;
    let to = move |setup: Setup| stirrer.dispatch(Stir::Deed(Deed::SetUp(setup)));
    let on_nodes = {
        let to = to.clone();
        Callback::from(move |event: Event| {
            let select: HtmlSelectElement = event.target_unchecked_into();
            to(Setup { nodes: select.value().parse().unwrap_or(1), ..setup });
        })
    };
    let on_class = {
        let to = to.clone();
        Callback::from(move |_: Event| to(Setup { has_class: !setup.has_class, ..setup }))
    };
    let on_seed = Callback::from(move |event: Event| {
        let field: HtmlInputElement = event.target_unchecked_into();
        to(Setup { seed: field.value().parse().unwrap_or_default(), ..setup });
    });
    let count = |nodes: u32| {
        html! { <option value={nodes.to_string()} selected={nodes == setup.nodes}>{ nodes }</option> }
    };
    html! {
        <details class="cluster-part">
            <summary>{ "The cluster" }</summary>
            <p class="cluster-setup">
                <label>{ "Nodes " }<select onchange={on_nodes}>{ for (1..=MOST_NODES).map(count) }</select></label>
                <label><input type="checkbox" checked={!setup.has_class} onchange={on_class} />{ " The storage class standard is missing" }</label>
                <label>{ "Seed of names and addresses " }<input type="number" min="0" value={setup.seed.to_string()} onchange={on_seed} /></label>
            </p>
            <p>{ "Another cluster begins anew." }</p>
        </details>
    }
}
