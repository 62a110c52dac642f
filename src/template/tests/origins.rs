//! Origins.
