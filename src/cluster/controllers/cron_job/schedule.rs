//! Schedules: minute, hour, day of the month, month, day of the week.

use super::super::super::clock::{Moment, Seconds};

/// When the simulated cluster begins: 2026-01-01, a Thursday, in seconds since 1970.
pub const EPOCH: Seconds = 1_767_225_600;

/// A schedule, as sets of bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schedule {
    minutes: u64,
    hours: u64,
    days: u64,
    months: u64,
    weekdays: u64,
    /// Whether both kinds of days are restricted, so that either is enough.
    is_either: bool,
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

impl Schedule {
    /// Reads a schedule, such as `*/5 * * * *` or `@hourly`.
    pub fn parse(written: &str) -> Option<Self> {
        let written = match written.trim() {
            "@yearly" | "@annually" => "0 0 1 1 *",
            "@monthly" => "0 0 1 * *",
            "@weekly" => "0 0 * * 0",
            "@daily" | "@midnight" => "0 0 * * *",
            "@hourly" => "0 * * * *",
            other => other,
        };
        let fields: Vec<&str> = written.split_whitespace().collect();
        let [minute, hour, day, month, weekday] = fields.as_slice() else { return None };
        let weekdays = set(weekday, 0, 7, &WEEKDAYS, 0)?;
        let is_free = |field: &str| field.starts_with('*') || field == "?";
        Some(Self {
            minutes: set(minute, 0, 59, &[], 0)?,
            hours: set(hour, 0, 23, &[], 0)?,
            days: set(day, 1, 31, &[], 0)?,
            months: set(month, 1, 12, &MONTHS, 1)?,
            // Sunday is 0 and 7.
            weekdays: weekdays & 0x7f | weekdays >> 7 & 1,
            is_either: !is_free(day) && !is_free(weekday),
        })
    }

    /// The first moment after this one; `None` where there is none for years.
    pub fn next(&self, after: Moment) -> Option<Moment> {
        const DAY: Seconds = 86_400;
        const MOST_DAYS: u64 = 5 * 366;
        let now = after.since(Moment::START);
        let first_day = now / DAY;
        (first_day..first_day + MOST_DAYS).find_map(|day| {
            if !self.has_day(day) {
                return None;
            }
            let times = (0..24 * 60).filter(|minute| has(self.hours, minute / 60) && has(self.minutes, minute % 60));
            let mut moments = times.map(|minute| day * DAY + minute * 60);
            moments.find(|moment| *moment > now).map(|moment| Moment::START.after(moment))
        })
    }

    /// Whether it names a day, counted from the cluster's first.
    fn has_day(&self, day: u64) -> bool {
        let (month, day_of_month) = date(day);
        // The first day is a Thursday.
        let (by_day, by_weekday) = (has(self.days, day_of_month), has(self.weekdays, (day + 4) % 7));
        has(self.months, month) && if self.is_either { by_day || by_weekday } else { by_day && by_weekday }
    }
}

fn has(set: u64, number: u64) -> bool {
    set >> number & 1 == 1
}

/// Month and day of the month, from 1, of a day counted from 2026-01-01.
fn date(day: u64) -> (u64, u64) {
    let (mut rest, mut year) = (day, 2026_u64);
    loop {
        let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        for month in 1..=12 {
            let length = match month {
                2 => 28 + u64::from(is_leap),
                4 | 6 | 9 | 11 => 30,
                _ => 31,
            };
            if rest < length {
                return (month, rest + 1);
            }
            rest -= length;
        }
        year += 1;
    }
}

/// A field: `*`, numbers, names, ranges, steps, and lists of those.
fn set(field: &str, low: u64, high: u64, names: &[&str], first: u64) -> Option<u64> {
    let number = |word: &str| {
        let lower = word.to_ascii_lowercase();
        let by_name = names.iter().position(|name| *name == lower).and_then(|at| u64::try_from(at).ok());
        by_name.map(|at| at + first).or_else(|| word.parse().ok())
    };
    let mut bits = 0;
    for part in field.split(',') {
        let (range, step) = match part.split_once('/') {
            Some((range, step)) => (range, step.parse::<u64>().ok().filter(|step| *step > 0)?),
            None => (part, 1),
        };
        let (from, to) = match range.split_once('-') {
            Some((from, to)) => (number(from)?, number(to)?),
            None if range == "*" || range == "?" => (low, high),
            None if part.contains('/') => (number(range)?, high),
            None => (number(range)?, number(range)?),
        };
        if from < low || to > high || from > to {
            return None;
        }
        let mut at = from;
        while at <= to {
            bits |= 1 << at;
            at = at.saturating_add(step);
        }
    }
    Some(bits)
}

#[cfg(test)]
mod tests {
    use super::super::super::super::clock::parse;
    use super::*;

    #[test]
    fn the_next_moment_is_found() {
        let cases = [
            ("*/5 * * * *", "0s", Some("5m")),
            ("*/5 * * * *", "301s", Some("10m")),
            ("0 * * * *", "1m", Some("1h")),
            ("@daily", "1s", Some("1d")),
            ("30 2 * * fri", "0s", Some("1d2h30m")),
            ("0 0 1 * 1", "0s", Some("4d")),
            ("0 0 29 2 *", "0s", Some("789d")),
            ("0 0 31 2 *", "0s", None),
        ];
        for (written, after, expected) in cases {
            let moment = |span: &str| parse(span).map(|span| Moment::START.after(span));
            let next = Schedule::parse(written).and_then(|schedule| schedule.next(moment(after)?));
            assert_eq!(next, expected.and_then(moment), "{written}");
        }
        for wrong in ["", "* * * *", "60 * * * *", "a * * * *", "*/0 * * * *", "5-1 * * * *"] {
            assert_eq!(Schedule::parse(wrong), None, "{wrong}");
        }
    }
}
