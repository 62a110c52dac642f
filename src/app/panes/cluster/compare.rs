//! The update strategies beside each other: pods over time, as pictures that can be read without colour, and the same
//! as tables.

use std::rc::Rc;

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::app::hooks::use_asker;
use crate::workspace::cluster::{ClusterQuestion, ClusterReply, Comparison, MOST_COMPARED, PodRow, PodState, TimeSpan};
use crate::workspace::{Question, Reply};

/// So many pods at first.
const FIRST: u32 = 4;

/// The comparison, when it is unfolded.
#[component]
pub fn Compare() -> Html {
    let asker = use_asker();
    let replicas = use_state_eq(|| None::<u32>);
    let ways = use_state_eq(|| None::<Rc<[Comparison]>>);
    {
        let setter = ways.setter();
        use_effect_with(*replicas, move |replicas| {
            let Some(replicas) = *replicas else { return };
            let on_reply = Callback::from(move |reply| {
                if let Some(Reply::Cluster(ClusterReply::Compare(ways))) = reply {
                    setter.set(Some(ways.into()));
                }
            });
            asker.ask(Question::Cluster(Box::new(ClusterQuestion::Compare(replicas))), on_reply);
        });
    }
    let onclick = {
        let replicas = replicas.clone();
        Callback::from(move |_: MouseEvent| {
            if replicas.is_none() {
                replicas.set(Some(FIRST));
            }
        })
    };
    let onchange = {
        let replicas = replicas.setter();
        Callback::from(move |event: Event| {
            let select: HtmlSelectElement = event.target_unchecked_into();
            replicas.set(select.value().parse().ok());
        })
    };
    let count = |count: usize| {
        html! { <option value={count.to_string()} selected={Some(count) == replicas.map(|count| count as usize)}>{ count }</option> }
    };
    html! {
        <details class="cluster-part compare">
            <summary {onclick}>{ "Compare update strategies" }</summary>
            <p>
                { "The same update, played with each strategy: from version 1 to version 2, with pods that are Ready five seconds after their start. " }
                <label>{ "Pods " }<select {onchange}>{ for (1..=MOST_COMPARED).map(count) }</select></label>
            </p>
            if let Some(ways) = &*ways {
                <Legend />
                <Ways ways={Rc::clone(ways)} />
            }
        </details>
    }
}

/// What the bars mean.
#[component]
fn Legend() -> Html {
    let bar = |class: &'static str, letter: &'static str, words: &'static str| {
        html! {
            <li>
                <svg class="compare-sample" width="34" height="16" aria-hidden="true">
                    <rect class={classes!("compare-bar", class)} x="1" y="1" width="32" height="14" />
                    <text class={classes!("compare-letter", class)} x="17" y="12">{ letter }</text>
                </svg>
                { words }
            </li>
        }
    };
    html! {
        <ul class="compare-legend" aria-label="What the bars mean">
            { bar("compare-serving compare-old", "1", "serves, version 1") }
            { bar("compare-serving compare-new", "2", "serves, version 2") }
            { bar("compare-starting", "", "starts") }
            { bar("compare-aside", "2", "is Ready, gets no requests") }
            { bar("compare-ending", "", "is stopped") }
        </ul>
    }
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct WaysProps {
    ways: Rc<[Comparison]>,
}

#[component]
fn Ways(props: &WaysProps) -> Html {
    let longest = props.ways.iter().map(|way| way.end).max().unwrap_or(1);
    let way = |way: &Comparison| html! { <li key={way.title.clone()}><One way={way.clone()} {longest} /></li> };
    html! { <ul class="compare-ways">{ for props.ways.iter().map(way) }</ul> }
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct OneProps {
    way: Comparison,
    longest: u64,
}

/// A pod's name has so much room, in units of the picture.
const NAMES: f64 = 132.0;
/// All of time has so much.
const TIME: f64 = 360.0;
/// A pod's row is so high.
const ROW: f64 = 20.0;
/// So much stands below the rows.
const AXIS: f64 = 18.0;
/// Marks of time stand so far from each other, in seconds.
const MARKS: usize = 10;

#[component]
fn One(props: &OneProps) -> Html {
    let way = &props.way;
    let height = count(way.rows.len()) * ROW + AXIS;
    let x = |seconds: u64| NAMES + TIME * span(seconds) / span(props.longest);
    let row = |(at, row): (usize, &PodRow)| pod(row, count(at) * ROW, &x);
    let below = height - AXIS;
    let mark = |seconds: u64| {
        html! { <text class="compare-time" x={x(seconds).to_string()} y={(below + 13.0).to_string()}>{ format!("{seconds}s") }</text> }
    };
    let deed = |(at, (seconds, _)): (usize, &(u64, String))| {
        let x = x(*seconds).to_string();
        html! { <g><line class="compare-deed" x1={x.clone()} x2={x.clone()} y1="0" y2={below.to_string()} /><title>{ at + 1 }</title></g> }
    };
    let words = words(way);
    html! {
        <figure>
            <figcaption><b>{ &way.title }</b><br />{ &way.sentence }<br /><code>{ &way.settings }</code></figcaption>
            <svg role="img" aria-label={format!("{}: {words}", way.title)} viewBox={format!("0 0 {} {height}", NAMES + TIME + 4.0)}>
                { for way.rows.iter().enumerate().map(row) }
                { for way.deeds.iter().enumerate().map(deed) }
                { for (0..=way.end).step_by(MARKS).map(mark) }
            </svg>
            <p>{ words }</p>
            <details>
                <summary>{ "As a table" }</summary>
                { table(way) }
            </details>
        </figure>
    }
}

fn words(way: &Comparison) -> String {
    format!("done after {} s; never fewer than {} pods serve, never more than {} there", way.end, way.fewest, way.most)
}

fn pod(row: &PodRow, y: f64, x: &dyn Fn(u64) -> f64) -> Html {
    let bar = |span: &TimeSpan| {
        let (from, to) = (x(span.from), x(span.to));
        let class = classes!("compare-bar", class(span.state), if span.is_new { "compare-new" } else { "compare-old" });
        let says = matches!(span.state, PodState::Serving | PodState::Aside) && to - from > 8.0;
        let (top, high) = if span.state == PodState::Ending { (y + 8.0, 4.0) } else { (y + 3.0, ROW - 6.0) };
        html! {
            <>
                <rect class={class.clone()} x={from.to_string()} y={top.to_string()} width={(to - from).to_string()} height={high.to_string()} />
                if says {
                    <text class={classes!("compare-letter", class)} x={f64::midpoint(from, to).to_string()} y={(y + 14.0).to_string()}>{ if span.is_new { "2" } else { "1" } }</text>
                }
            </>
        }
    };
    html! {
        <g>
            <text class="compare-name" x="0" y={(y + 14.0).to_string()}>{ short(&row.name) }</text>
            { for row.spans.iter().map(bar) }
        </g>
    }
}

/// A name that fits.
fn short(name: &str) -> String {
    const FITS: usize = 22;
    if name.chars().count() <= FITS { name.to_owned() } else { name.chars().take(FITS - 1).chain(['…']).collect() }
}

fn class(state: PodState) -> &'static str {
    match state {
        PodState::Starting => "compare-starting",
        PodState::Serving => "compare-serving",
        PodState::Aside => "compare-aside",
        PodState::Ending => "compare-ending",
    }
}

/// What was done, and how many pods serve which version.
fn table(way: &Comparison) -> Html {
    let mut lines: Vec<(u64, Html)> = Vec::new();
    lines.extend(way.deeds.iter().map(|(at, words)| (*at, html! { <td colspan="2">{ words }</td> })));
    lines.extend(way.serving.iter().map(|(at, old, new)| (*at, html! { <><td>{ *old }</td><td>{ *new }</td></> })));
    lines.sort_by_key(|(at, _)| *at);
    html! {
        <table class="compare-table">
            <thead><tr><th scope="col">{ "After" }</th><th scope="col">{ "Version 1 serves" }</th><th scope="col">{ "Version 2 serves" }</th></tr></thead>
            <tbody>{ for lines.into_iter().map(|(at, cells)| html! { <tr><th scope="row">{ format!("{at} s") }</th>{ cells }</tr> }) }</tbody>
        </table>
    }
}

fn span(seconds: u64) -> f64 {
    f64::from(u32::try_from(seconds).unwrap_or(u32::MAX)).max(f64::EPSILON)
}

fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}
