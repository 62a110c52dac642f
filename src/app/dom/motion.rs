//! Whether the reader wants things to move.

/// Whether the reader asked for less motion.
pub fn is_reduced() -> bool {
    let query =
        web_sys::window().and_then(|window| window.match_media("(prefers-reduced-motion: reduce)").ok().flatten());
    query.is_some_and(|query| query.matches())
}
