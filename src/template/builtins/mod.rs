//! The functions that Go brings along. `funcs.go`.
//!
//! `and`, `or` and `call` are carried out by the executor: the first two don't evaluate what they don't need, and no
//! value of ours is a function that could be called.

mod collection;
mod comparison;
mod escape;
mod logic;
mod print;

use super::call::Function;

/// All of them.
pub(super) fn functions() -> Vec<Function> {
    [logic::functions(), collection::functions(), comparison::functions(), print::functions(), escape::functions()]
        .into_iter()
        .flatten()
        .collect()
}
