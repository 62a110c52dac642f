//! What the drafts say a schema looks like, as schemas themselves, without their prose.
//!
//! `metaschemas.txt` has one a line: the address, a space, the schema.

use crate::source::ReadsId;
use crate::value::Value;
use crate::value::json::decode;

const ALL: &str = include_str!("metaschemas.txt");

/// Whether a document at this address is one of them, whether there is such a one or not: those aren't checked.
pub(super) fn is_official(url: &str) -> bool {
    url.starts_with("http://json-schema.org/") || url.starts_with("https://json-schema.org/")
}

/// The schema at an address.
pub(super) fn at(url: &str) -> Option<Value> {
    let path = |url: &str| url.split_once("://json-schema.org/").map(|(_, path)| path.to_owned());
    let asked = path(url).map(|path| if path == "schema" { "draft/2020-12/schema".to_owned() } else { path })?;
    let line = ALL.lines().find_map(|line| line.split_once(' ').filter(|(at, _)| path(at).as_ref() == Some(&asked)))?;
    decode(line.1.as_bytes(), ReadsId::NONE).ok()
}
