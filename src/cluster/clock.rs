//! The simulated clock, in whole seconds since the cluster began, and spans of time as kubectl writes them.

use std::fmt;

/// A span of simulated time. Nothing that is simulated is finer.
pub type Seconds = u64;

/// A moment of simulated time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(Seconds);

impl Moment {
    /// The beginning.
    pub const START: Self = Self(0);

    /// So much later.
    #[must_use]
    pub fn after(self, span: Seconds) -> Self {
        Self(self.0.saturating_add(span))
    }

    /// How long it is since an earlier moment; none where that one is later.
    pub fn since(self, earlier: Self) -> Seconds {
        self.0.saturating_sub(earlier.0)
    }
}

/// To the second.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hours, minutes, seconds) = (self.0 / HOUR, self.0 % HOUR / MINUTE, self.0 % MINUTE);
        match (hours, minutes) {
            (0, 0) => write!(f, "{seconds}s"),
            (0, _) => write!(f, "{minutes}m{seconds}s"),
            _ => write!(f, "{hours}h{minutes}m{seconds}s"),
        }
    }
}

const MINUTE: Seconds = 60;
const HOUR: Seconds = 60 * MINUTE;
const DAY: Seconds = 24 * HOUR;
const YEAR: Seconds = 365 * DAY;

/// A span as the column AGE has it: two units at most, and only where the second one matters. `HumanDuration` of
/// `k8s.io/apimachinery/pkg/util/duration`.
pub fn human(span: Seconds) -> String {
    let two = |large: Seconds, name: char, small: Seconds, other: char| match (span / large, span % large / small) {
        (count, 0) => format!("{count}{name}"),
        (count, rest) => format!("{count}{name}{rest}{other}"),
    };
    match span {
        0..120 => format!("{span}s"),
        120..600 => two(MINUTE, 'm', 1, 's'),
        600..10_800 => format!("{}m", span / MINUTE),
        10_800..28_800 => two(HOUR, 'h', MINUTE, 'm'),
        28_800..172_800 => format!("{}h", span / HOUR),
        172_800..691_200 => two(DAY, 'd', HOUR, 'h'),
        691_200..63_072_000 => format!("{}d", span / DAY),
        63_072_000..252_288_000 => two(YEAR, 'y', DAY, 'd'),
        _ => format!("{}y", span / YEAR),
    }
}

/// Reads a span: `45s`, `2m`, `1h30m`, or a number of seconds.
pub fn parse(written: &str) -> Option<Seconds> {
    if let Ok(seconds) = written.parse() {
        return Some(seconds);
    }
    let (mut total, mut rest) = (0_u64, written);
    while !rest.is_empty() {
        let at = rest.find(|c: char| !c.is_ascii_digit())?;
        let (number, behind) = rest.split_at(at);
        let mut unit = behind.chars();
        let seconds = match unit.next()? {
            's' => 1,
            'm' => MINUTE,
            'h' => HOUR,
            'd' => DAY,
            _ => return None,
        };
        total = total.checked_add(number.parse::<u64>().ok()?.checked_mul(seconds)?)?;
        rest = unit.as_str();
    }
    (!written.is_empty()).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_those_of_the_course_notes() {
        let cases = [
            ("45s", "45s"),
            ("90s", "90s"),
            ("3m2s", "3m2s"),
            ("9m44s", "9m44s"),
            ("171m", "171m"),
            ("313m", "5h13m"),
            ("5h10m", "5h10m"),
            ("3m", "3m"),
            ("47h", "47h"),
            ("7d19h", "7d19h"),
            ("15d", "15d"),
        ];
        for (written, expected) in cases {
            assert_eq!(parse(written).map(human).as_deref(), Some(expected), "{written}");
        }
        for wrong in ["", "s", "3x", "m3", "99999999999999999999s", "1h-3m"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
