//! The engine, without a browser.

mod catalogue;
mod charts;
mod cluster;
mod corpus;
mod dice;
mod errors;
mod floors;
mod functions;
mod jinja;
mod lint;
mod mutants;
mod origins;
mod packed;
mod report;
mod rows;
mod samples;
mod schema;
mod set;
mod share;
mod sound;
mod source_map;
mod sprig;
mod stub;
mod txtar;
mod why;
mod yaml;
