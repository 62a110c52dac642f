//! Zones: UTC, fixed offsets, and those of the database.

use std::rc::Rc;

use super::tzif::Database;
use super::zones;

/// A zone.
#[derive(Clone, Debug)]
pub struct Zone(Kind);

#[derive(Clone, Debug)]
enum Kind {
    Fixed(ZoneAt),
    Local(ZoneAt),
    Named(Rc<str>, Rc<Database>),
}

/// What a zone has at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ZoneAt {
    /// Seconds ahead of UTC.
    pub offset: i32,
    /// The abbreviation; empty where there is none.
    pub name: Rc<str>,
}

impl Zone {
    /// UTC.
    pub fn utc() -> Self {
        Self::fixed(0, "UTC")
    }

    /// A fixed offset in seconds, and an abbreviation or nothing.
    pub fn fixed(offset: i32, name: &str) -> Self {
        Self(Kind::Fixed(ZoneAt { offset, name: name.into() }))
    }

    /// The machine's zone, with its offset in seconds at the moment, and an abbreviation or nothing.
    pub fn local(offset: i32, name: &str) -> Self {
        Self(Kind::Local(ZoneAt { offset, name: name.into() }))
    }

    /// A zone of the database, such as `Europe/Moscow`; names are told apart by their case, as on Linux.
    pub fn named(name: &str) -> Option<Self> {
        Some(Self(Kind::Named(name.into(), zones::database(name)?)))
    }

    /// Its name: that of the database, or the abbreviation.
    pub fn name(&self) -> &str {
        match &self.0 {
            Kind::Fixed(at) | Kind::Local(at) => &at.name,
            Kind::Named(name, _) => name,
        }
    }

    /// Whether it is the machine's.
    pub fn is_local(&self) -> bool {
        matches!(self.0, Kind::Local(_))
    }

    /// Whether it is UTC itself.
    pub fn is_utc(&self) -> bool {
        matches!(&self.0, Kind::Fixed(ZoneAt { offset: 0, name }) if &**name == "UTC")
    }

    /// Seconds ahead of UTC at a moment, given in seconds since 1970.
    pub fn offset(&self, seconds: i64) -> i32 {
        self.lookup(seconds).offset
    }

    /// What it has at a moment, given in seconds since 1970.
    pub(super) fn lookup(&self, seconds: i64) -> ZoneAt {
        match &self.0 {
            Kind::Fixed(at) | Kind::Local(at) => at.clone(),
            Kind::Named(_, database) => database.lookup(seconds),
        }
    }

    /// The moment at which its clocks show so many seconds since the beginning of 1970. Where a clock was put forward
    /// or back, Go's choice.
    pub fn to_utc(&self, clock: i64) -> i64 {
        let guess = clock.saturating_sub(i64::from(self.lookup(clock).offset));
        // The offset was looked up as if the clock showed UTC: it counts if the result has it too.
        let settled = i64::from(self.lookup(guess).offset);
        clock.saturating_sub(settled)
    }
}
