//! Schedules: minute, hour, day of the month, month, day of the week.

use super::super::super::clock::{Moment, Seconds};
use crate::value::time::Zone;

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

    /// The first moment after this one, by the clocks of a zone; `None` where there is none for years. A time that those
    /// leap over is left out.
    pub fn next(&self, zone: &Zone, after: Moment) -> Option<Moment> {
        const LEAPS: usize = 3;
        let epoch = i64::try_from(EPOCH).ok()?;
        let after = i64::try_from(after.since(Moment::START)).ok()?.checked_add(epoch)?;
        let clock = |seconds: i64| seconds + i64::from(zone.offset(seconds));
        let mut shown = clock(after);
        for _ in 0..LEAPS {
            shown = self.next_shown(shown - epoch)? + epoch;
            let due = zone.to_utc(shown);
            if clock(due) == shown && due > after {
                return Some(Moment::START.after(Seconds::try_from(due - epoch).ok()?));
            }
        }
        None
    }

    /// What a clock shows next that the schedule names, in seconds since the beginning of 2026.
    fn next_shown(&self, now: i64) -> Option<i64> {
        const DAY: i64 = 86_400;
        const MOST_DAYS: i64 = 5 * 366;
        let first_day = now.div_euclid(DAY);
        (first_day..first_day + MOST_DAYS).find_map(|day| {
            if !self.has_day(day) {
                return None;
            }
            let times = (0..24 * 60).filter(|minute| has(self.hours, minute / 60) && has(self.minutes, minute % 60));
            let mut moments = times.filter_map(|minute| Some(day * DAY + i64::try_from(minute).ok()? * 60));
            moments.find(|moment| *moment > now)
        })
    }

    /// Whether it names a day, counted from the cluster's first.
    fn has_day(&self, day: i64) -> bool {
        let (month, day_of_month) = date(day);
        // The first day is a Thursday.
        let weekday = u64::try_from((day + 4).rem_euclid(7)).unwrap_or(0);
        let (by_day, by_weekday) = (has(self.days, day_of_month), has(self.weekdays, weekday));
        has(self.months, month) && if self.is_either { by_day || by_weekday } else { by_day && by_weekday }
    }
}

fn has(set: u64, number: u64) -> bool {
    set >> number & 1 == 1
}

/// Month and day of the month, from 1, of a day counted from 2026-01-01. West of UTC it is still the year before.
fn date(day: i64) -> (u64, u64) {
    let Ok(mut rest) = u64::try_from(day) else { return (12, 32_u64.saturating_sub(day.unsigned_abs())) };
    let mut year = 2026_u64;
    loop {
        let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
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
            let next = Schedule::parse(written).and_then(|schedule| schedule.next(&Zone::utc(), moment(after)?));
            assert_eq!(next, expected.and_then(moment), "{written}");
        }
        for wrong in ["", "* * * *", "60 * * * *", "a * * * *", "*/0 * * * *", "5-1 * * * *"] {
            assert_eq!(Schedule::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_zone_has_clocks_of_its_own() {
        // The cluster begins on 2026-01-01 at midnight UTC; clocks in New York are put forward on March 8 at 2:00.
        let cases = [
            ("0 9 * * *", "Europe/Moscow", "0s", Some("6h")),
            ("0 9 * * *", "Asia/Kolkata", "0s", Some("3h30m")),
            ("0 20 * * *", "America/New_York", "0s", Some("1h")),
            ("0 20 31 12 *", "America/New_York", "0s", Some("1h")),
            ("30 2 8 3 *", "America/New_York", "0s", Some("431d7h30m")),
            ("30 2 7-9 3 *", "America/New_York", "65d8h", Some("67d6h30m")),
            ("0 9 * * *", "America/New_York", "66d", Some("66d13h")),
        ];
        for (written, zone, after, expected) in cases {
            let moment = |span: &str| parse(span).map(|span| Moment::START.after(span));
            let next = Schedule::parse(written).zip(Zone::named(zone));
            let next = next.and_then(|(schedule, zone)| schedule.next(&zone, moment(after)?));
            assert_eq!(next, expected.and_then(moment), "{written} {zone}");
        }
    }
}
