//! A version: parsing, comparison, increments.

use std::cmp::Ordering;
use std::fmt;

use crate::helm::Helm;
use crate::value::format::{Charset, quote};

/// A semantic version.
///
/// Equality and order are those of precedence: build metadata doesn't count.
#[derive(Clone, Debug)]
pub struct Version {
    major: u64,
    minor: u64,
    patch: u64,
    prerelease: String,
    metadata: String,
    original: String,
}

/// Why a version or a constraint can't be read. `Display` gives the original's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// The text has not the shape of a version.
    InvalidSemVer,
    /// A number of the pre-release has a leading zero.
    SegmentStartsZero,
    /// A number is larger than 64 bits hold.
    OutOfRange(String),
    /// The text has not the shape of a constraint.
    ImproperConstraint(String),
    /// The constraint has the right shape, but its version can't be read.
    ConstraintParser,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InvalidSemVer => f.write_str("invalid semantic version"),
            Self::SegmentStartsZero => f.write_str("version segment starts with 0"),
            Self::OutOfRange(digits) => {
                let digits = quote(digits.as_bytes(), Charset::Unicode);
                write!(f, "error parsing version segment: strconv.ParseUint: parsing {digits}: value out of range")
            }
            Self::ImproperConstraint(text) => {
                write!(f, "improper constraint: {}", quote(text.as_bytes(), Charset::Unicode))
            }
            Self::ConstraintParser => f.write_str("constraint parser error"),
        }
    }
}

impl std::error::Error for Error {}

impl Error {
    /// The words of the release of the library that this Helm is built with.
    pub fn in_words_of(&self, helm: Helm) -> String {
        match (helm, self) {
            (Helm::Three, Self::InvalidSemVer) => "Invalid Semantic Version".to_owned(),
            (Helm::Three, Self::SegmentStartsZero) => "Version segment starts with 0".to_owned(),
            (Helm::Three, Self::OutOfRange(_)) => self.to_string().replacen("error", "Error", 1),
            (Helm::Three, Self::ImproperConstraint(text)) => format!("improper constraint: {text}"),
            (Helm::Three, Self::ConstraintParser) => "constraint Parser Error".to_owned(),
            (Helm::Four, _) => self.to_string(),
        }
    }
}

impl Version {
    /// Reads a version; minor and patch may be missing, a `v` may stand before it.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let mut rest = text.strip_prefix('v').unwrap_or(text);
        let major = take_digits(&mut rest).ok_or(Error::InvalidSemVer)?;
        let minor = take_dotted(&mut rest);
        let patch = minor.and_then(|_| take_dotted(&mut rest));
        let prerelease = take_suffix(&mut rest, '-').unwrap_or_default();
        let metadata = take_suffix(&mut rest, '+').unwrap_or_default();
        if !rest.is_empty() {
            return Err(Error::InvalidSemVer);
        }
        let version = Self {
            major: number(major)?,
            minor: minor.map_or(Ok(0), number)?,
            patch: patch.map_or(Ok(0), number)?,
            prerelease: prerelease.to_owned(),
            metadata: metadata.to_owned(),
            original: text.to_owned(),
        };
        let starts_zero = |part: &str| part.len() > 1 && part.starts_with('0') && is_number(part);
        if prerelease.split('.').any(starts_zero) {
            return Err(Error::SegmentStartsZero);
        }
        Ok(version)
    }

    /// The first number.
    pub fn major(&self) -> u64 {
        self.major
    }

    /// The second number.
    pub fn minor(&self) -> u64 {
        self.minor
    }

    /// The third number.
    pub fn patch(&self) -> u64 {
        self.patch
    }

    /// What follows the `-`, without it.
    pub fn prerelease(&self) -> &str {
        &self.prerelease
    }

    /// What follows the `+`, without it.
    pub fn metadata(&self) -> &str {
        &self.metadata
    }

    /// The text it was read from.
    pub fn original(&self) -> &str {
        &self.original
    }

    /// The next patch version, or the release of a pre-release; `None` where the number would overflow.
    pub fn inc_patch(&self) -> Option<Self> {
        let patch = if self.prerelease.is_empty() { self.patch.checked_add(1)? } else { self.patch };
        Some(self.successor(self.major, self.minor, patch))
    }

    /// The next minor version; `None` where the number would overflow.
    pub fn inc_minor(&self) -> Option<Self> {
        Some(self.successor(self.major, self.minor.checked_add(1)?, 0))
    }

    /// The next major version; `None` where the number would overflow.
    pub fn inc_major(&self) -> Option<Self> {
        Some(self.successor(self.major.checked_add(1)?, 0, 0))
    }

    fn successor(&self, major: u64, minor: u64, patch: u64) -> Self {
        let prefix = if self.original.starts_with('v') { "v" } else { "" };
        let original = format!("{prefix}{major}.{minor}.{patch}");
        Self { major, minor, patch, prerelease: String::new(), metadata: String::new(), original }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)?;
        if !self.prerelease.is_empty() {
            write!(f, "-{}", self.prerelease)?;
        }
        if !self.metadata.is_empty() {
            write!(f, "+{}", self.metadata)?;
        }
        Ok(())
    }
}

impl PartialEq for Version {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Version {}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        let numbers = |version: &Self| (version.major, version.minor, version.patch);
        numbers(self).cmp(&numbers(other)).then_with(|| match (self.prerelease.as_str(), other.prerelease.as_str()) {
            ("", "") => Ordering::Equal,
            ("", _) => Ordering::Greater,
            (_, "") => Ordering::Less,
            (a, b) => compare_prerelease(a, b),
        })
    }
}

/// Part by part; the one that ends first is the lesser. An empty text has one empty part.
pub(super) fn compare_prerelease(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a.split('.'), b.split('.'));
    loop {
        let (left, right) = match (a.next(), b.next()) {
            (None, None) => return Ordering::Equal,
            (left, right) => (left.unwrap_or(""), right.unwrap_or("")),
        };
        let order = compare_part(left, right);
        if order != Ordering::Equal {
            return order;
        }
    }
}

/// Numbers come before words, and nothing before both. What doesn't fit 64 bits is a word.
fn compare_part(a: &str, b: &str) -> Ordering {
    match (a.is_empty(), b.is_empty(), unsigned(a), unsigned(b)) {
        (true, ..) | (_, true, ..) | (_, _, None, None) => a.cmp(b),
        (_, _, Some(_), None) => Ordering::Less,
        (_, _, None, Some(_)) => Ordering::Greater,
        (_, _, Some(left), Some(right)) => left.cmp(&right),
    }
}

fn unsigned(text: &str) -> Option<u64> {
    is_number(text).then(|| text.parse().ok())?
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

fn number(digits: &str) -> Result<u64, Error> {
    digits.parse().map_err(|_| Error::OutOfRange(digits.to_owned()))
}

fn take_digits<'a>(rest: &mut &'a str) -> Option<&'a str> {
    take_while(rest, |c| c.is_ascii_digit())
}

fn take_dotted<'a>(rest: &mut &'a str) -> Option<&'a str> {
    let mut after = rest.strip_prefix('.')?;
    let digits = take_digits(&mut after)?;
    *rest = after;
    Some(digits)
}

/// The longest non-empty beginning of characters that fit.
pub(super) fn take_while<'a>(rest: &mut &'a str, fits: impl Fn(char) -> bool) -> Option<&'a str> {
    let end = rest.find(|c| !fits(c)).unwrap_or(rest.len());
    let (taken, after) = rest.split_at_checked(end)?;
    *rest = after;
    (!taken.is_empty()).then_some(taken)
}

/// Dot-separated identifiers after `mark`. Takes nothing where there are none.
pub(super) fn take_suffix<'a>(rest: &mut &'a str, mark: char) -> Option<&'a str> {
    let whole = rest.strip_prefix(mark)?;
    let identifier = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let mut after = whole;
    take_while(&mut after, identifier)?;
    while let Some(mut next) = after.strip_prefix('.') {
        if take_while(&mut next, identifier).is_none() {
            break;
        }
        after = next;
    }
    *rest = after;
    whole.get(..whole.len() - after.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_loosely() {
        for (text, want) in [
            ("1.2.3", "1.2.3"),
            ("v1", "1.0.0"),
            ("1.02", "1.2.0"),
            ("1.2.3-rc.1+b.01", "1.2.3-rc.1+b.01"),
            ("1-a-b", "1.0.0-a-b"),
            ("1.2+x", "1.2.0+x"),
        ] {
            let version = Version::parse(text).map(|version| version.to_string());
            assert_eq!(version.as_deref(), Ok(want));
        }
    }

    #[test]
    fn what_is_no_version_says_why() {
        for (text, want) in [
            ("", "invalid semantic version"),
            ("V1", "invalid semantic version"),
            ("1.2.3.4", "invalid semantic version"),
            ("1.", "invalid semantic version"),
            ("1.2.3-", "invalid semantic version"),
            ("1.2.3-a..b", "invalid semantic version"),
            ("1.2.3+a+b", "invalid semantic version"),
            ("1.2.3-01", "version segment starts with 0"),
            (
                "99999999999999999999",
                "error parsing version segment: strconv.ParseUint: parsing \"99999999999999999999\": value out of range",
            ),
        ] {
            let error = Version::parse(text).map(|_| ()).map_err(|error| error.to_string());
            assert_eq!(error, Err(want.to_owned()), "{text}");
        }
    }

    #[test]
    fn precedence_follows_the_specification() {
        let rising =
            ["1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0", "1.0.1"];
        let versions: Vec<Version> = rising.iter().filter_map(|text| Version::parse(text).ok()).collect();
        assert!(versions.is_sorted() && versions.len() == rising.len());
        assert_eq!(Version::parse("1.0.0+a"), Version::parse("v1+b"));
    }

    #[test]
    fn increments_keep_the_prefix_and_end_a_prerelease() -> Result<(), Error> {
        let version = Version::parse("v1.2.3-rc+x")?;
        let originals = [version.inc_patch(), version.inc_minor(), version.inc_major()];
        let originals: Vec<_> = originals.iter().flatten().map(Version::original).collect();
        assert_eq!(originals, ["v1.2.3", "v1.3.0", "v2.0.0"]);
        let last = Version::parse("18446744073709551615.0.0")?;
        assert_eq!(last.inc_major(), None);
        Ok(())
    }
}
