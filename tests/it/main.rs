//! The engine, without a browser.

mod samples;
