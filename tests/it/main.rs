//! The engine, without a browser.

mod floors;
mod lint;
mod samples;
mod txtar;
mod yaml;
