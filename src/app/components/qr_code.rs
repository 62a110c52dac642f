//! A QR code: dark on light, by day and by night, for scanners take nothing else.

use yew::prelude::*;

use crate::share::Qr;

/// The props.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct QrCodeProps {
    /// The code.
    pub code: Qr,
    /// What it is.
    pub label: AttrValue,
}

/// The code.
#[component]
pub fn QrCode(props: &QrCodeProps) -> Html {
    let Qr { size, path } = &props.code;
    html! {
        <svg class="qr-code" role="img" aria-label={props.label.clone()} viewBox={format!("0 0 {size} {size}")} shape-rendering="crispEdges">
            <rect class="qr-paper" width={size.to_string()} height={size.to_string()} />
            <path class="qr-ink" d={path.clone()} />
        </svg>
    }
}
