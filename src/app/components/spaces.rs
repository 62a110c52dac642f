//! The whitespace view of a piece of the output: dots over its spaces, and ghosts where trim markers took some away.
//!
//! Dots and ghosts are drawn by the style sheet: the text stays what it is, for whoever selects it or points at it.

use yew::prelude::*;

use crate::workspace::Ghost;

/// A piece of text that begins at byte `start` of what the ghosts are counted from.
pub fn with_spaces(text: &str, start: usize, ghosts: &[Ghost]) -> Html {
    let mut pieces = Vec::new();
    let mut at = 0;
    let first = ghosts.partition_point(|ghost| ghost.at < start);
    for ghost in ghosts.iter().skip(first).take_while(|ghost| ghost.at < start + text.len()) {
        pieces.extend(dotted(text.get(at..ghost.at - start).unwrap_or_default()));
        pieces.push(drawn(ghost));
        at = ghost.at - start;
    }
    pieces.extend(dotted(text.get(at..).unwrap_or_default()));
    html! { <>{ for pieces }</> }
}

/// The ghosts right before a byte.
pub fn ghosts_at(at: usize, ghosts: &[Ghost]) -> Html {
    let first = ghosts.partition_point(|ghost| ghost.at < at);
    let here = ghosts.iter().skip(first).take_while(|ghost| ghost.at == at);
    html! { <>{ for here.map(drawn) }</> }
}

fn drawn(ghost: &Ghost) -> Html {
    let Ghost { signs, words, .. } = ghost;
    html! { <span class="ghost" role="img" aria-label={words.clone()} title={words.clone()} data-signs={signs.clone()} /> }
}

/// The text in pieces: words, and the spaces between them.
fn dotted(text: &str) -> Vec<Html> {
    let is_space = |c: char| c == ' ' || c == '\t';
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_blank = is_space(first);
        let end = rest.find(|c| is_space(c) != is_blank).unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end);
        pieces.push(if is_blank {
            let signs: String = piece.chars().map(|c| if c == '\t' { '\u{2192}' } else { '\u{b7}' }).collect();
            html! { <span class="spaces" data-signs={signs}>{ piece.to_owned() }</span> }
        } else {
            html! { { piece.to_owned() } }
        });
        rest = after;
    }
    pieces
}
