//! A pod looked at closely, and what can go wrong with it.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::Do;
use crate::app::effects::cluster::Stir;
use crate::app::hooks::{use_staging, use_stirrer};
use crate::workspace::cluster::{Cascade, ClaimDetail, Command, Deed, Failure, Kind, PodDetail};

/// What can be wrong with a pod: the word of scripts, and what one says.
const FAILURES: [(&str, &str); 5] = [
    ("image", "image can't be pulled"),
    ("never-ready", "never ready"),
    ("crash", "crashes"),
    ("not-alive", "fails its liveness probe"),
    ("never-stops", "doesn't stop when asked to"),
];

/// The pod.
#[component]
pub fn Pod() -> Html {
    let staging = use_staging();
    let Some(pod) = staging.scene.as_ref().and_then(|scene| scene.pod.clone()) else { return html! {} };
    let title = format!("Pod {}", pod.name);
    html! {
        <section class="cluster-pod" aria-label={title.clone()}>
            <h3>{ title }</h3>
            <dl>
                { row("Status", html! { &pod.status }) }
                { row("Address", html! { pod.address.clone().unwrap_or_else(|| "none yet".to_owned()) }) }
                { row("Node", html! { pod.node.clone().unwrap_or_else(|| "none yet".to_owned()) }) }
                { for pod.images.iter().map(|(name, image)| row("Image", html! { <><code>{ image }</code>{ format!(" ({name})") }</> })) }
                { for pod.readiness.iter().map(|(name, rule)| row("Ready when", html! { format!("{name}: {rule}") })) }
                { for pod.claims.iter().map(claim) }
                { row("Selected by", html! { services(&pod) }) }
                { row("DNS name", dns(&pod)) }
            </dl>
            { for pod.lookups.iter().map(lookup) }
            <Wrong pod={pod.clone()} />
        </section>
    }
}

fn row(name: &'static str, content: Html) -> Html {
    html! { <div><dt>{ name }</dt><dd>{ content }</dd></div> }
}

fn claim(claim: &ClaimDetail) -> Html {
    let path =
        claim.host_path.as_ref().map(|path| html! { <><br />{ "minikube keeps it in " }<code>{ path }</code></> });
    row(
        "Claim",
        html! { <><code>{ &claim.name }</code>{ format!(" as {}: {}", claim.volume, claim.state) }{ path }</> },
    )
}

fn services(pod: &PodDetail) -> String {
    if pod.services.is_empty() {
        return "no Service".to_owned();
    }
    let told = pod.services.iter().map(|(name, leads)| {
        if *leads { format!("Service {name}") } else { format!("Service {name}, which does not lead to it now") }
    });
    told.collect::<Vec<_>>().join("; ")
}

fn dns(pod: &PodDetail) -> Html {
    match (&pod.dns, &pod.without_dns) {
        (Some(name), _) => html! { <code>{ name }</code> },
        (None, why) => html! { why.clone().unwrap_or_default() },
    }
}

fn lookup((name, printed): &(String, String)) -> Html {
    html! { <details><summary>{ "nslookup " }<code>{ name }</code></summary><pre>{ printed }</pre></details> }
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct WrongProps {
    pod: PodDetail,
}

/// What is wrong with it, and with its node.
#[component]
fn Wrong(props: &WrongProps) -> Html {
    let (staging, stirrer) = (use_staging(), use_stirrer());
    let PodDetail { name, failure, node, .. } = props.pod.clone();
    let delete = Deed::Do(Command::Delete(Kind::Pod, vec![name.clone()], Cascade::Background, None));
    let onchange = {
        let (name, had) = (name.clone(), failure.is_some());
        Callback::from(move |event: Event| {
            let select: HtmlSelectElement = event.target_unchecked_into();
            if had {
                stirrer.dispatch(Stir::Deed(Deed::Do(Command::Heal(name.clone()))));
            }
            if let Some(failure) = Failure::named(&select.value()) {
                stirrer.dispatch(Stir::Deed(Deed::Do(Command::FailPod(name.clone(), failure))));
            }
        })
    };
    let option = |(word, told): (&'static str, &'static str)| {
        html! { <option value={word} selected={failure.as_deref() == Some(word)}>{ told }</option> }
    };
    let things = staging.scene.as_ref().map(|scene| scene.things.clone()).unwrap_or_default();
    let is_lost = |node: &String| things.iter().any(|thing| thing.kind == "no" && thing.name == *node && thing.is_lost);
    let node = node.map(|node| {
        let (command, words) = if is_lost(&node) {
            (Command::Heal(node.clone()), format!("Bring {node} back"))
        } else {
            (Command::FailNode(node.clone()), format!("Lose node {node}"))
        };
        html! { <Do deed={Deed::Do(command)}>{ words }</Do> }
    });
    html! {
        <p class="cluster-wrong">
            <label>{ "What is wrong: " }
                <select {onchange}>
                    <option value="" selected={failure.is_none()}>{ "nothing" }</option>
                    { for FAILURES.into_iter().map(option) }
                </select>
            </label>
            { node }
            <Do deed={delete}>{ format!("Delete {name}") }</Do>
            <Do deed={Deed::Do(Command::Evict(name))} title="It is asked to leave, as far as its disruption budgets allow">{ "Evict" }</Do>
        </p>
    }
}
