//! The engine, without a browser.

mod catalogue;
mod charts;
mod corpus;
mod floors;
mod lint;
mod samples;
mod sprig;
mod txtar;
mod yaml;
