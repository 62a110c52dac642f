//! The engine, without a browser.

mod catalogue;
mod floors;
mod samples;
mod sprig;
mod txtar;
mod yaml;
