//! How long a link is, and where it fits.

use yew::prelude::*;

/// Links up to the first length survive everywhere, up to the second in most chats and mail programs.
const LENGTHS: (usize, usize) = (2_000, 8_000);

/// The props.
#[derive(Clone, Copy, Debug, PartialEq, Properties)]
pub struct LinkLengthProps {
    /// Characters of the whole link.
    pub length: usize,
    /// Whether it is drawn on a scale, besides.
    #[prop_or_default]
    pub scale: bool,
}

/// `1,234 characters, fits anywhere`
#[component]
pub fn LinkLength(props: &LinkLengthProps) -> Html {
    let LinkLengthProps { length, scale } = *props;
    let fits = match length {
        length if length <= LENGTHS.0 => "fits anywhere",
        length if length <= LENGTHS.1 => "fits most chats and mail",
        _ => "long for a chat: check that it arrives whole, or send a file instead",
    };
    let words = html! { <>{ thousands(length) }{ " characters, " }{ fits }</> };
    if scale {
        html! { <p class="link-length">{ drawn(length) }<span>{ words }</span></p> }
    } else {
        words
    }
}

/// Eight thousand characters from left to right, with a notch where a link no longer fits anywhere.
fn drawn(length: usize) -> Html {
    const WIDTH: usize = 400;
    let at = |length: usize| (length.min(LENGTHS.1) * WIDTH / LENGTHS.1).max(2).to_string();
    let class = match length {
        length if length <= LENGTHS.0 => "link-length-short",
        length if length <= LENGTHS.1 => "link-length-middle",
        _ => "link-length-long",
    };
    html! {
        <svg class="link-scale" viewBox="0 0 400 10" preserveAspectRatio="none" aria-hidden="true">
            <rect class="link-scale-ground" y="2" width="400" height="6" />
            <rect {class} y="2" width={at(length)} height="6" />
            <rect class="link-scale-notch" x={at(LENGTHS.0)} width="1" height="10" />
        </svg>
    }
}

/// `12,345`
fn thousands(n: usize) -> String {
    let digits = n.to_string();
    let first = digits.len() % 3;
    let (head, tail) = digits.split_at(first);
    let groups = tail.as_bytes().chunks(3).map(String::from_utf8_lossy);
    let head = (!head.is_empty()).then_some(head.into());
    head.into_iter().chain(groups).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    #[test]
    fn large_numbers_are_grouped() {
        for (n, want) in [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(super::thousands(n), want);
        }
    }
}
