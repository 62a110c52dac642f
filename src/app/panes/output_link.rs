//! From a problem to the line of the output where it shows.

use yew::prelude::*;

use crate::app::effects::pinning::Point;
use crate::app::hooks::{use_arrange, use_pinner, use_rendering};
use crate::app::layout::{Arrange, OutputTab};
use crate::workspace::{HOLE_MARKS, Spot};

/// The link's props.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct OutputLinkProps {
    /// The line, from 1, where there is one.
    pub line: Option<u32>,
}

/// Goes to the line, and pins it.
#[component]
pub fn OutputLink(props: &OutputLinkProps) -> Html {
    let (rendering, arrange, pinner) = (use_rendering(), use_arrange(), use_pinner());
    let good = rendering.shown.good.clone();
    let Some((line, good)) = props.line.zip(good) else { return html! {} };
    let onclick = Callback::from(move |_: MouseEvent| {
        let above: usize =
            good.output.split_inclusive('\n').take((line as usize).saturating_sub(1)).map(str::len).sum();
        let rest = good.output.get(above..).unwrap_or_default();
        // The hole in it; where there is none, its last word.
        let own = rest.lines().next().unwrap_or_default();
        let inside = own.find(HOLE_MARKS.0).or_else(|| own.rfind(' ').map(|at| at + 1)).unwrap_or(0);
        arrange.dispatch(Arrange::Tab(OutputTab::Rendered));
        pinner.dispatch(Point::At(Spot::Output(above + inside)));
    });
    html! { <button type="button" class="place" title="Pin it in the output" {onclick}>{ format!("output line {line}") }</button> }
}
