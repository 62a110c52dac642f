//! The rule at the end of a zone's file, such as `EST5EDT,M3.2.0,M11.1.0`: what holds from then on.

use super::Civil;
use super::civil::{DAY, days_in, is_leap, year_start};
use super::zone::ZoneAt;

/// Standard time, and perhaps summer time.
#[derive(Debug)]
pub(super) struct Rule {
    standard: ZoneAt,
    summer: Option<Summer>,
}

#[derive(Debug)]
struct Summer {
    at: ZoneAt,
    start: Change,
    end: Change,
}

/// When clocks are changed: a day of the year, and the seconds of that day on the clock as it was.
#[derive(Debug)]
struct Change {
    day: Day,
    time: i64,
}

#[derive(Debug)]
enum Day {
    /// From 1; the 29th of February isn't counted.
    Julian(i64),
    /// From 0.
    OfYear(i64),
    /// A month, which of its weeks (5 is the last), and the day of the week.
    OfMonth(i64, i64, i64),
}

impl Rule {
    /// Reads a rule; `None` where it isn't one.
    pub fn parse(text: &str) -> Option<Self> {
        let (standard, rest) = zone(text)?;
        if rest.is_empty() {
            return Some(Self { standard, summer: None });
        }
        let (name, rest) = zone_name(rest)?;
        let (offset, rest) = if rest.starts_with(',') { (standard.offset + 3600, rest) } else { zone_offset(rest)? };
        let mut changes = rest.strip_prefix(',')?.split(',').map(Change::parse);
        let (start, end) = (changes.next()??, changes.next()??);
        let at = ZoneAt { offset, name: name.into() };
        Some(Self { standard, summer: Some(Summer { at, start, end }) })
    }

    /// What holds at a moment.
    pub fn lookup(&self, seconds: i64) -> ZoneAt {
        let Some(summer) = &self.summer else { return self.standard.clone() };
        let year = Civil::from_seconds(seconds).year;
        let second_of_year = seconds - year_start(year);
        let start = summer.start.second_of_year(year) - i64::from(self.standard.offset);
        let end = summer.end.second_of_year(year) - i64::from(summer.at.offset);
        // South of the equator summer goes over the year's end.
        let is_summer =
            if start <= end { (start..end).contains(&second_of_year) } else { !(end..start).contains(&second_of_year) };
        if is_summer { summer.at.clone() } else { self.standard.clone() }
    }
}

impl Change {
    fn parse(text: &str) -> Option<Self> {
        let (day, time) = text.split_once('/').map_or((text, None), |(day, time)| (day, Some(time)));
        let time = match time {
            None => 2 * 3600,
            Some(time) => clock(time).filter(|(_, rest)| rest.is_empty())?.0,
        };
        let day = if let Some(day) = day.strip_prefix('J') {
            Day::Julian(day.parse().ok()?)
        } else if let Some(parts) = day.strip_prefix('M') {
            let mut numbers = parts.split('.').map(str::parse::<i64>);
            Day::OfMonth(numbers.next()?.ok()?, numbers.next()?.ok()?, numbers.next()?.ok()?)
        } else {
            Day::OfYear(day.parse().ok()?)
        };
        Some(Self { day, time })
    }

    /// Seconds from the beginning of a year, on the clock as it was.
    fn second_of_year(&self, year: i64) -> i64 {
        let day = match self.day {
            Day::Julian(day) => day - 1 + i64::from(is_leap(year) && day >= 60),
            Day::OfYear(day) => day,
            Day::OfMonth(month, week, weekday) => {
                let first = Civil::normalized(year, month, 1);
                let to_weekday = (weekday - i64::from(first.weekday.number())).rem_euclid(7);
                let last_week = (days_in(month, year) - 1 - to_weekday) / 7;
                i64::from(first.year_day) - 1 + to_weekday + 7 * (week - 1).min(last_week)
            }
        };
        day * DAY + self.time
    }
}

/// A name and its offset.
fn zone(text: &str) -> Option<(ZoneAt, &str)> {
    let (name, rest) = zone_name(text)?;
    let (offset, rest) = zone_offset(rest)?;
    Some((ZoneAt { offset, name: name.into() }, rest))
}

/// `EST` or `<-03>`
fn zone_name(text: &str) -> Option<(&str, &str)> {
    if let Some(quoted) = text.strip_prefix('<') {
        return quoted.split_once('>');
    }
    let end = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    (end >= 3).then(|| text.split_at(end))
}

/// An offset counts west of Greenwich; ours count east.
fn zone_offset(text: &str) -> Option<(i32, &str)> {
    let (seconds, rest) = clock(text)?;
    Some((i32::try_from(-seconds).ok()?, rest))
}

/// `5`, `-3:30`, `+2:00:00`, and what follows.
fn clock(text: &str) -> Option<(i64, &str)> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '+' | '-'))).unwrap_or(text.len());
    let (clock, rest) = text.split_at(end);
    let (sign, digits) = match clock.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, clock.strip_prefix('+').unwrap_or(clock)),
    };
    let units = [3600, 60, 1];
    let seconds = digits.split(':').zip(units).map(|(number, unit)| Some(number.parse::<i64>().ok()? * unit));
    Some((sign * seconds.sum::<Option<i64>>()?, rest))
}
