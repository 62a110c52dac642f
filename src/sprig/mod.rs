//! Floor 3. Sprig's functions, as Helm brings them: a file per page of its manual.
//!
//! Reproduced is Sprig 3.3.0 with the libraries that Helm 4.2.3 builds it with. `env` and `expandenv` are missing, as
//! in Helm; `fail`, `toJson`, `mustToJson` and `fromJson` are Helm's and belong to the engine.
//!
//! On purpose different: maps have no random order here, so `keys`, `values` and `shuffle` of the same chart and seed
//! give the same; and work is charged before it is done, so that `repeat 1000000000` ends in an error.

mod case;
mod cast;
mod conversion;
mod crypto;
mod date;
mod defaults;
mod dicts;
mod encoding;
mod equal;
mod integer_slice;
mod ip_address;
mod lists;
mod math;
mod mathf;
mod merge;
mod moment;
mod network;
mod paths;
mod random;
mod reflection;
mod regex;
mod regex_syntax;
mod semver;
mod string_slice;
mod strings;
mod subject;
mod text;
mod url;
mod url_parse;
mod uuid;
mod wrap;

use crate::template::Function;

pub use cast::{to_float64, to_int, to_int64};
pub use conversion::strval;
pub use date::moment_by_layout;
pub use equal::deep_equal;
pub use ip_address::ipv6_verdict;
pub use regex::{regex_matches, regex_verdict};
pub use url_parse::{has_scheme, host_and_path, is_request_uri};

/// All of Sprig's functions that Helm knows.
pub fn functions() -> Vec<Function> {
    each().collect()
}

/// The same, one after the other.
pub fn each() -> impl Iterator<Item = Function> {
    PAGES.into_iter().flat_map(|functions| functions())
}

/// The pages of the manual.
const PAGES: [fn() -> Vec<Function>; 22] = [
    strings::functions,
    case::functions,
    wrap::functions,
    random::functions,
    string_slice::functions,
    math::functions,
    mathf::functions,
    integer_slice::functions,
    date::functions,
    defaults::functions,
    encoding::functions,
    lists::functions,
    dicts::functions,
    conversion::functions,
    paths::functions,
    uuid::functions,
    semver::functions,
    reflection::functions,
    network::functions,
    crypto::functions,
    regex::functions,
    url::functions,
];

#[cfg(test)]
mod tests;
