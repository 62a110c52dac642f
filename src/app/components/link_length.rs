//! How long a link is, and where it fits.

use yew::prelude::*;

/// Links up to the first length survive everywhere, up to the second in most chats and mail programs.
pub const LENGTHS: (usize, usize) = (2_000, 8_000);

/// The props.
#[derive(Clone, Copy, Debug, PartialEq, Properties)]
pub struct LinkLengthProps {
    /// Characters of the whole link.
    pub length: usize,
}

/// `1,234 characters, fits anywhere`
#[component]
pub fn LinkLength(props: &LinkLengthProps) -> Html {
    let fits = match props.length {
        length if length <= LENGTHS.0 => "fits anywhere",
        length if length <= LENGTHS.1 => "fits most chats and mail",
        _ => "long for a chat: check that it arrives whole, or send a file instead",
    };
    html! { <>{ thousands(props.length) }{ " characters, " }{ fits }</> }
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
