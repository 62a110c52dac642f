//! The engine, without a browser.

mod floors;
mod samples;
mod txtar;
mod yaml;
