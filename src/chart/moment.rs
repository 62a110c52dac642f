//! `generated` in `Chart.lock`: a moment as RFC 3339 writes it, checked with the words of Go's `time` package.

use super::error::quoted;

/// What stands one after the other, as Go's layout names it.
const LAYOUT: [(&str, Part); 13] = [
    ("2006", Part::Digits(4)),
    ("-", Part::Mark),
    ("01", Part::Bounded("month", 1, 12)),
    ("-", Part::Mark),
    ("02", Part::Bounded("day", 1, 31)),
    ("T", Part::Mark),
    ("15", Part::Bounded("hour", 0, 23)),
    (":", Part::Mark),
    ("04", Part::Bounded("minute", 0, 59)),
    (":", Part::Mark),
    ("05", Part::Bounded("second", 0, 59)),
    ("", Part::Fraction),
    ("Z07:00", Part::Zone),
];

#[derive(Clone, Copy)]
enum Part {
    /// Its own text.
    Mark,
    /// So many digits.
    Digits(usize),
    /// Two digits, from here to there.
    Bounded(&'static str, u8, u8),
    /// Perhaps a fraction of a second.
    Fraction,
    /// `Z`, or hours and minutes.
    Zone,
}

/// Whether the text is a moment; the error is Go's.
pub(super) fn check(text: &str) -> Result<(), String> {
    let mut rest = text;
    let shown = quoted(text);
    for (name, part) in LAYOUT {
        let taken = take(rest, name, part);
        rest = taken.map_err(|fault| match fault {
            Fault::Range(what) => format!("parsing time {shown}: {what} out of range"),
            Fault::Shape => {
                let (rest, name) = (quoted(rest), quoted(name));
                format!("parsing time {shown} as \"2006-01-02T15:04:05Z07:00\": cannot parse {rest} as {name}")
            }
        })?;
    }
    if rest.is_empty() { Ok(()) } else { Err(format!("parsing time {shown}: extra text: {}", quoted(rest))) }
}

enum Fault {
    Shape,
    Range(&'static str),
}

fn take<'a>(text: &'a str, name: &str, part: Part) -> Result<&'a str, Fault> {
    match part {
        Part::Mark => text.strip_prefix(name).ok_or(Fault::Shape),
        Part::Digits(count) => digits(text, count).map(|(_, rest)| rest),
        Part::Bounded(what, least, most) => {
            let (number, rest) = digits(text, 2)?;
            let fits = number.parse().is_ok_and(|number: u8| (least..=most).contains(&number));
            if fits { Ok(rest) } else { Err(Fault::Range(what)) }
        }
        Part::Fraction => {
            let fraction = text.strip_prefix(['.', ',']).unwrap_or(text);
            let rest = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
            Ok(if rest.len() < fraction.len() { rest } else { text })
        }
        Part::Zone => {
            if let Some(rest) = text.strip_prefix('Z') {
                return Ok(rest);
            }
            let rest = text.strip_prefix(['+', '-']).ok_or(Fault::Shape)?;
            let (_, rest) = digits(rest, 2)?;
            digits(rest.strip_prefix(':').ok_or(Fault::Shape)?, 2).map(|(_, rest)| rest)
        }
    }
}

fn digits(text: &str, count: usize) -> Result<(&str, &str), Fault> {
    let (number, rest) = text.split_at_checked(count).ok_or(Fault::Shape)?;
    if number.bytes().all(|byte| byte.is_ascii_digit()) { Ok((number, rest)) } else { Err(Fault::Shape) }
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn moments_are_checked_with_gos_words() {
        for moment in ["2020-01-01T00:00:00Z", "2020-12-31T23:59:59.123456789+02:00"] {
            assert_eq!(check(moment), Ok(()));
        }
        for (text, want) in [
            ("foo", "parsing time \"foo\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"foo\" as \"2006\""),
            ("2020-01-01", "parsing time \"2020-01-01\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"\" as \"T\""),
            ("2020-13-01T00:00:00Z", "parsing time \"2020-13-01T00:00:00Z\": month out of range"),
            ("2020-01-01T00:00:00Zx", "parsing time \"2020-01-01T00:00:00Zx\": extra text: \"x\""),
        ] {
            assert_eq!(check(text), Err(want.to_owned()));
        }
    }
}
