//! The engine, without a browser.
