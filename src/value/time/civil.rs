//! The calendar: Gregorian in all times, as Go has it.

use std::fmt;

/// A month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Month(u8);

/// A day of the week; Sunday is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weekday(u8);

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const WEEKDAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

impl Month {
    /// Its number, from 1.
    pub fn number(self) -> u8 {
        self.0
    }

    /// The names of all months.
    pub(super) fn names() -> &'static [&'static str] {
        &MONTHS
    }

    /// The month of a number from 1 to 12; others are cut off.
    pub(super) fn of(number: i64) -> Self {
        Self(u8::try_from(number.clamp(1, 12)).unwrap_or(1))
    }
}

impl Weekday {
    /// Its number, from 0.
    pub fn number(self) -> u8 {
        self.0
    }

    /// The names of all days.
    pub(super) fn names() -> &'static [&'static str] {
        &WEEKDAYS
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(usize::from(self.0).checked_sub(1).and_then(|at| MONTHS.get(at)).unwrap_or(&""))
    }
}

impl fmt::Display for Weekday {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(WEEKDAYS.get(usize::from(self.0)).unwrap_or(&""))
    }
}

/// What calendar and clock show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Civil {
    /// The year; 0 is the one before 1.
    pub year: i64,
    /// The month.
    pub month: Month,
    /// The day of the month, from 1.
    pub day: u8,
    /// The day of the year, from 1.
    pub year_day: u16,
    /// The day of the week.
    pub weekday: Weekday,
    /// The hour.
    pub hour: u8,
    /// The minute.
    pub minute: u8,
    /// The second.
    pub second: u8,
}

pub(super) const DAY: i64 = 86_400;

impl Civil {
    /// What they show so many seconds after the beginning of 1970.
    pub fn from_seconds(seconds: i64) -> Self {
        let second_of_day = seconds.rem_euclid(DAY);
        let small = |n: i64| u8::try_from(n).unwrap_or(0);
        let midnight = Self::from_days(seconds.div_euclid(DAY));
        Self {
            hour: small(second_of_day / 3600),
            minute: small(second_of_day / 60 % 60),
            second: small(second_of_day % 60),
            ..midnight
        }
    }

    /// Seconds after the beginning of 1970.
    pub fn to_seconds(&self) -> i64 {
        let clock = i64::from(self.hour) * 3600 + i64::from(self.minute) * 60 + i64::from(self.second);
        days(self.year, i64::from(self.month.0), i64::from(self.day)).saturating_mul(DAY).saturating_add(clock)
    }

    /// Midnight of a date whose month and day may lie outside of their ranges.
    pub fn normalized(year: i64, month: i64, day: i64) -> Self {
        let months = month.saturating_sub(1);
        let year = year.saturating_add(months.div_euclid(12));
        Self::from_days(days(year, months.rem_euclid(12) + 1, 1).saturating_add(day.saturating_sub(1)))
    }

    /// Midnight so many days after the first of January 1970.
    fn from_days(since_1970: i64) -> Self {
        // Counted from the first of March of the year 0, so that the leap day is the last of its year.
        let since_march = since_1970.saturating_add(719_468);
        let era = since_march.div_euclid(146_097);
        let day_of_era = since_march.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Self {
            year,
            month: Month::of(month),
            day: u8::try_from(day).unwrap_or(1),
            year_day: u16::try_from(since_1970 - days(year, 1, 1) + 1).unwrap_or(1),
            weekday: Weekday(u8::try_from(since_1970.saturating_add(4).rem_euclid(7)).unwrap_or(0)),
            hour: 0,
            minute: 0,
            second: 0,
        }
    }
}

/// Days from the first of January 1970 to a date; the month is right, the day may be any.
fn days(year: i64, month: i64, day: i64) -> i64 {
    // Beyond this no moment reaches.
    let year = year.clamp(-300_000_000_000, 300_000_000_000) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month_from_march = (month + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// Seconds from 1970 to the beginning of a year.
pub(super) fn year_start(year: i64) -> i64 {
    days(year, 1, 1).saturating_mul(DAY)
}

pub(super) fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// Days of a month.
pub(super) fn days_in(month: i64, year: i64) -> i64 {
    match month {
        2 => 28 + i64::from(is_leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_come_back() {
        for (seconds, date, year_day, weekday) in [
            (0, (1970, 1, 1), 1, "Thursday"),
            (951_782_400, (2000, 2, 29), 60, "Tuesday"),
            (-62_135_596_800, (1, 1, 1), 1, "Monday"),
            (4_107_542_399, (2100, 2, 28), 59, "Sunday"),
            (-62_167_219_201, (-1, 12, 31), 365, "Friday"),
        ] {
            let civil = Civil::from_seconds(seconds);
            assert_eq!((civil.year, civil.month.number(), civil.day), date);
            assert_eq!((civil.year_day, civil.weekday.to_string().as_str()), (year_day, weekday));
            assert_eq!(civil.to_seconds(), seconds);
        }
        let moved = Civil::normalized(2023, 14, 31);
        assert_eq!((moved.year, moved.month.number(), moved.day), (2024, 3, 2));
    }
}
