//! Constraints: `>=1.2, <2 || ^3.0`, `1.x`, `1.2 - 1.4`.

use super::version::{compare_prerelease, take_suffix, take_while};
use super::{Error, Version};
use crate::helm::Helm;

/// Alternatives, each of constraints that must all hold.
#[derive(Clone, Debug)]
pub struct Constraints {
    alternatives: Vec<Vec<Constraint>>,
}

#[derive(Clone, Debug)]
struct Constraint {
    operator: Operator,
    version: Version,
    wild: Wild,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    Equal,
    NotEqual,
    Greater,
    Less,
    GreaterOrEqual,
    LessOrEqual,
    Tilde,
    Caret,
}

/// The first part of the version that is missing or an `x`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wild {
    None,
    Major,
    Minor,
    Patch,
}

/// Longer constraints are refused: finding ranges takes time that grows with the square of the length.
const MAX_LENGTH: usize = 4096;

impl Constraints {
    /// Reads a constraint.
    pub fn parse(text: &str) -> Result<Self, Error> {
        if text.len() > MAX_LENGTH {
            return Err(Error::ImproperConstraint(text.to_owned()));
        }
        let text = rewrite_ranges(text);
        Ok(Self { alternatives: text.split("||").map(parse_alternative).collect::<Result<_, _>>()? })
    }

    /// Whether the version satisfies it. A pre-release does so only where the alternative names one itself; with
    /// Helm 3's release of the library, where each constraint of it does, but for `!=` with a whole version.
    pub fn check(&self, version: &Version, helm: Helm) -> bool {
        if helm.is_three() {
            let takes = |constraint: &Constraint| {
                let is_exact = constraint.operator == Operator::NotEqual && constraint.wild == Wild::None;
                is_exact || version.prerelease().is_empty() || !constraint.version.prerelease().is_empty()
            };
            let holds = |constraint: &Constraint| takes(constraint) && constraint.holds(version);
            return self.alternatives.iter().any(|all| all.iter().all(holds));
        }
        self.alternatives.iter().any(|all| {
            let prereleases = all.iter().any(|constraint| !constraint.version.prerelease().is_empty());
            (prereleases || version.prerelease().is_empty()) && all.iter().all(|constraint| constraint.holds(version))
        })
    }
}

impl Constraint {
    fn holds(&self, version: &Version) -> bool {
        match self.operator {
            Operator::Equal if self.wild == Wild::None => *version == self.version,
            Operator::Equal | Operator::Tilde => self.tilde(version),
            Operator::NotEqual => self.not_equal(version),
            Operator::Greater => self.greater(version),
            Operator::Less => *version < self.version,
            Operator::GreaterOrEqual => *version >= self.version,
            Operator::LessOrEqual => self.less_or_equal(version),
            Operator::Caret => self.caret(version),
        }
    }

    fn not_equal(&self, version: &Version) -> bool {
        let own = &self.version;
        if self.wild == Wild::None {
            return version != own;
        }
        if version.major() != own.major() {
            return true;
        }
        match self.wild {
            Wild::Minor => false,
            _ if version.minor() != own.minor() => true,
            Wild::Patch => {
                let names_prerelease = !(version.prerelease().is_empty() && own.prerelease().is_empty());
                names_prerelease && compare_prerelease(version.prerelease(), own.prerelease()).is_ne()
            }
            // A wild major counts as 0.0.0 here.
            _ => version != own,
        }
    }

    fn greater(&self, version: &Version) -> bool {
        let own = &self.version;
        match self.wild {
            Wild::None => version > own,
            _ if version.major() != own.major() => version.major() > own.major(),
            Wild::Minor => false,
            Wild::Patch => version.minor() > own.minor(),
            Wild::Major => version > own,
        }
    }

    fn less_or_equal(&self, version: &Version) -> bool {
        let own = &self.version;
        match self.wild {
            Wild::None => version <= own,
            _ if version.major() != own.major() => version.major() < own.major(),
            _ => version.minor() <= own.minor() || self.wild == Wild::Minor,
        }
    }

    fn tilde(&self, version: &Version) -> bool {
        let own = &self.version;
        if version < own {
            return false;
        }
        let is_zero = own.major() == 0 && own.minor() == 0 && own.patch() == 0;
        if is_zero && !matches!(self.wild, Wild::Minor | Wild::Patch) {
            return true;
        }
        version.major() == own.major() && (version.minor() == own.minor() || self.wild == Wild::Minor)
    }

    fn caret(&self, version: &Version) -> bool {
        let own = &self.version;
        if version < own {
            return false;
        }
        if own.major() > 0 || self.wild == Wild::Minor {
            return version.major() == own.major();
        }
        if version.major() > 0 {
            return false;
        }
        if own.minor() > 0 || self.wild == Wild::Patch {
            return version.minor() == own.minor();
        }
        version.minor() == 0 && version.patch() == own.patch()
    }
}

fn parse_alternative(text: &str) -> Result<Vec<Constraint>, Error> {
    let improper = || Error::ImproperConstraint(text.to_owned());
    let mut rest = skip_space(text);
    let mut items = Vec::new();
    loop {
        items.push(take_item(&mut rest).ok_or_else(improper)?);
        let after = skip_space(rest);
        if after.is_empty() {
            return items.iter().map(Item::constraint).collect();
        }
        rest = match after.strip_prefix(',') {
            Some(next) => skip_space(next),
            None if after.len() < rest.len() => after,
            None => return Err(improper()),
        };
    }
}

/// An operator and the version after it, as written.
struct Item<'a> {
    operator: Operator,
    parts: Parts<'a>,
}

/// A version in a constraint, as written; numbers may be wild.
struct Parts<'a> {
    major: &'a str,
    minor: Option<&'a str>,
    patch: Option<&'a str>,
    prerelease: Option<&'a str>,
    /// All of it, without the `v`.
    text: &'a str,
}

impl Item<'_> {
    fn constraint(&self) -> Result<Constraint, Error> {
        let Parts { major, minor, patch, prerelease, text } = self.parts;
        let prerelease = prerelease.map(|prerelease| format!("-{prerelease}")).unwrap_or_default();
        let is_wild = |part: Option<&str>| part.is_none_or(|part| matches!(part, "x" | "X" | "*"));
        let (wild, text) = if is_wild(Some(major)) {
            (Wild::Major, format!("0.0.0{prerelease}"))
        } else if is_wild(minor) {
            (Wild::Minor, format!("{major}.0.0{prerelease}"))
        } else if is_wild(patch) {
            (Wild::Patch, format!("{major}.{}.0{prerelease}", minor.unwrap_or_default()))
        } else {
            (Wild::None, text.to_owned())
        };
        let version = Version::parse(&text).map_err(|_| Error::ConstraintParser)?;
        Ok(Constraint { operator: self.operator, version, wild })
    }
}

fn take_item<'a>(rest: &mut &'a str) -> Option<Item<'a>> {
    let written = take_while(rest, |c| "=!<>~^".contains(c)).unwrap_or_default();
    let operator = match written {
        "" | "=" => Operator::Equal,
        "!=" => Operator::NotEqual,
        ">" => Operator::Greater,
        "<" => Operator::Less,
        ">=" | "=>" => Operator::GreaterOrEqual,
        "<=" | "=<" => Operator::LessOrEqual,
        "~" | "~>" => Operator::Tilde,
        "^" => Operator::Caret,
        _ => return None,
    };
    *rest = skip_space(rest);
    Some(Item { operator, parts: take_parts(rest)? })
}

fn take_parts<'a>(rest: &mut &'a str) -> Option<Parts<'a>> {
    let whole = rest.strip_prefix('v').unwrap_or(rest);
    let mut after = whole;
    let major = take_while(&mut after, is_wild_digit)?;
    let minor = take_dotted(&mut after);
    let patch = minor.and_then(|_| take_dotted(&mut after));
    let prerelease = take_suffix(&mut after, '-');
    take_suffix(&mut after, '+');
    *rest = after;
    let text = whole.get(..whole.len() - after.len())?;
    Some(Parts { major, minor, patch, prerelease, text })
}

fn take_dotted<'a>(rest: &mut &'a str) -> Option<&'a str> {
    let mut after = rest.strip_prefix('.')?;
    let digits = take_while(&mut after, is_wild_digit)?;
    *rest = after;
    Some(digits)
}

/// The original's character class contains the bar, too.
fn is_wild_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, 'x' | 'X' | '*' | '|')
}

fn skip_space(text: &str) -> &str {
    text.trim_start_matches(['\t', '\n', '\x0c', '\r', ' '])
}

/// `1.2 - 1.4` becomes `>= 1.2, <= 1.4 `, wherever it stands.
fn rewrite_ranges(text: &str) -> String {
    let mut out = text.to_owned();
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        let Some(range) = take_range(rest) else {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        };
        out = out.replacen(range.written, &format!(">= {}, <= {} ", range.from, range.to), 1);
        at += range.written.len();
    }
    out
}

struct Range<'a> {
    written: &'a str,
    from: &'a str,
    to: &'a str,
}

fn take_range(text: &str) -> Option<Range<'_>> {
    let start = skip_space(text);
    let mut rest = start;
    take_parts(&mut rest)?;
    let from = start.get(..start.len() - rest.len())?;
    let dash = skip_space(rest);
    let after = dash.strip_prefix('-').filter(|_| dash.len() < rest.len())?;
    let end = skip_space(after);
    let mut rest = Some(end).filter(|end| end.len() < after.len())?;
    take_parts(&mut rest)?;
    let to = end.get(..end.len() - rest.len())?;
    let written = text.get(..text.len() - skip_space(rest).len())?;
    Some(Range { written, from, to })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(constraint: &str, version: &str) -> bool {
        let constraint = Constraints::parse(constraint).unwrap_or_else(|error| panic!("{constraint}: {error}"));
        let version = Version::parse(version).unwrap_or_else(|error| panic!("{version}: {error}"));
        constraint.check(&version, Helm::Four)
    }

    #[test]
    fn constraints_hold_as_the_original_says() {
        for (constraint, holds, fails) in [
            ("1.2.3", "1.2.3+x", "1.2.4"),
            ("*", "0.0.1", "1.0.0-rc"),
            ("1.x", "1.9.0", "2.0.0"),
            ("~1.2.3", "1.2.9", "1.3.0"),
            ("~>1.2", "1.2.0", "1.3.0"),
            ("^1.2.3", "1.9.0", "2.0.0"),
            ("^0.2.3", "0.2.4", "0.3.0"),
            ("^0.0.3", "0.0.3", "0.0.4"),
            (">11", "12.0.0", "11.1.0"),
            (">11.1", "11.2.0", "11.1.1"),
            ("<=11", "11.9.0", "12.0.0"),
            ("<=11.1", "11.1.9", "11.2.0"),
            ("!=1.2.x", "1.3.0", "1.2.9"),
            ("!=1.2.3", "1.2.4", "1.2.3-alpha"),
            (">=1.20-0", "1.25.3-gke.100", "1.19.0"),
            (">= 1.2, < 1.4 || ^3", "3.4.5", "1.4.0"),
            (">=1.2 <1.4", "1.3.0", "1.4.0"),
            ("1.2 - 1.4", "1.4.5", "1.5.0"),
            ("1.2 - 1.4.5 || 2", "2.9.9", "1.4.6"),
        ] {
            assert!(check(constraint, holds), "{constraint} should hold for {holds}");
            assert!(!check(constraint, fails), "{constraint} should fail for {fails}");
        }
    }

    #[test]
    fn what_is_no_constraint_says_so() {
        for (text, want) in [
            ("", "improper constraint: \"\""),
            ("foo", "improper constraint: \"foo\""),
            ("1.2.3 ||", "improper constraint: \"\""),
            (">>1", "improper constraint: \">>1\""),
            ("1,", "improper constraint: \"1,\""),
            ("1>2", "improper constraint: \"1>2\""),
            ("1x", "constraint parser error"),
            ("1.2.3-01", "constraint parser error"),
        ] {
            let error = Constraints::parse(text).map(|_| ()).map_err(|error| error.to_string());
            assert_eq!(error, Err(want.to_owned()), "{text}");
        }
    }
}
