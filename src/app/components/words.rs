//! A sentence in which pieces between backticks are code.

use yew::prelude::*;

/// The sentence's props.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct WordsProps {
    /// The sentence.
    pub text: AttrValue,
}

/// A sentence.
#[component]
pub fn Words(props: &WordsProps) -> Html {
    let mut pieces: Vec<&str> = props.text.split('`').collect();
    // A backtick without a partner is one.
    let lone = pieces.len().is_multiple_of(2).then(|| pieces.pop()).flatten();
    let piece = |(at, piece): (usize, &str)| match at % 2 {
        0 => html! { { piece.to_owned() } },
        _ => html! { <code>{ piece.to_owned() }</code> },
    };
    html! { <>{ for pieces.into_iter().enumerate().map(piece) }{ lone.map(|rest| format!("`{rest}")) }</> }
}
