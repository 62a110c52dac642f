//! The strip of pods under the output: berths in the order in which their pods come.

use yew::prelude::*;

use crate::app::effects::cluster::Stir;
use crate::app::hooks::{use_arrange, use_staging, use_stirrer};
use crate::app::layout::{Arrange, OutputTab};
use crate::workspace::cluster::{Berth, Group, View};

/// The strip.
#[component]
pub fn Berths() -> Html {
    let staging = use_staging();
    let (label, groups) = if let Some(scene) = &staging.scene {
        (format!("Pods after {}", scene.now), scene.groups.clone())
    } else {
        let forecast = staging.forecast.as_deref().map(<[Group]>::to_vec).unwrap_or_default();
        ("Pods there would be".to_owned(), forecast)
    };
    let is_real = staging.scene.is_some();
    let group = |group: &Group| html! { <Pods key={group.owner.clone()} group={group.clone()} {is_real} /> };
    html! {
        <div class="berths" role="group" aria-label={label.clone()}>
            if groups.is_empty() && (is_real || staging.forecast.is_some()) {
                <p class="berths-none">{ if is_real { "No pods" } else { "No pods would be started" } }</p>
            }
            { for groups.iter().map(group) }
            if is_real {
                <span class="berths-when">{ label }</span>
            }
        </div>
    }
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct PodsProps {
    group: Group,
    is_real: bool,
}

/// The pods of an owner.
#[component]
fn Pods(props: &PodsProps) -> Html {
    let Group { owner, pods, more } = &props.group;
    let is_real = props.is_real;
    let pod = |pod: &Berth| html! { <li key={pod.name.clone()}><One pod={pod.clone()} {is_real} /></li> };
    html! {
        <div class="berths-group">
            <span class="berths-owner">{ owner }</span>
            <ul>
                { for pods.iter().map(pod) }
                if *more > 0 {
                    <li class="berths-more">{ format!("{more} more") }</li>
                }
            </ul>
        </div>
    }
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct OneProps {
    pod: Berth,
    is_real: bool,
}

/// A berth: round above, flat below; dashed until its pod is Ready.
#[component]
fn One(props: &OneProps) -> Html {
    let (staging, stirrer, arrange) = (use_staging(), use_stirrer(), use_arrange());
    let Berth { name, order, status, is_ready, node } = props.pod.clone();
    let onclick = {
        let (view, name) = (staging.view.clone(), name.clone());
        Callback::from(move |_: MouseEvent| {
            arrange.dispatch(Arrange::Tab(OutputTab::Cluster));
            stirrer.dispatch(Stir::Look(View { pod: Some(name.clone()), ..view.clone() }));
        })
    };
    let state = match (props.is_real, is_ready) {
        (false, _) => String::new(),
        (true, true) => "Ready".to_owned(),
        (true, false) => status,
    };
    let on_node = node.filter(|_| props.is_real).map(|node| format!(" on {node}")).unwrap_or_default();
    let title = format!("{name}{on_node}");
    html! {
        <button type="button" class={classes!("berth", is_ready.then_some("berth-ready"))} {title} {onclick}>
            <b>{ name }</b>
            if !order.is_empty() { <span class="berth-order">{ format!(" {order}") }</span> }
            if !state.is_empty() { <span class="berth-state">{ format!(" {state}") }</span> }
        </button>
    }
}
