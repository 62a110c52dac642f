//! Who answers what the validator of schemas asks: Sprig's regular expressions and URLs.

use crate::chart::Judges;
use crate::sprig;

/// Go's answers.
pub const JUDGES: Judges = Judges {
    matches: sprig::regex_matches,
    expression: sprig::regex_verdict,
    url: sprig::has_scheme,
    ipv6: sprig::ipv6_verdict,
};
