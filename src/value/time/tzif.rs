//! Zones as files hold them: RFC 9636, version 2 and later.

use std::rc::Rc;

use super::posix_tz::Rule;
use super::zone::ZoneAt;

/// A zone of the database.
#[derive(Debug)]
pub(super) struct Database {
    /// Moments at which something changes, and the number of the type that holds from then on.
    transitions: Vec<(i64, u8)>,
    types: Vec<LocalType>,
    /// What holds after the last transition.
    rule: Option<Rule>,
}

#[derive(Debug)]
struct LocalType {
    at: ZoneAt,
    is_summer: bool,
}

const HEADER: usize = 44;

/// The six counts of a header.
struct Counts {
    utc_markers: usize,
    standard_markers: usize,
    leaps: usize,
    times: usize,
    types: usize,
    characters: usize,
}

impl Counts {
    fn read(header: &[u8]) -> Option<Self> {
        let count = |place: usize| {
            let bytes: [u8; 4] = header.get(20 + 4 * place..24 + 4 * place)?.try_into().ok()?;
            usize::try_from(u32::from_be_bytes(bytes)).ok()
        };
        header.starts_with(b"TZif").then_some(())?;
        Some(Self {
            utc_markers: count(0)?,
            standard_markers: count(1)?,
            leaps: count(2)?,
            times: count(3)?,
            types: count(4)?,
            characters: count(5)?,
        })
    }

    /// Bytes of the block that follows, with moments of so many bytes.
    fn block(&self, moment: usize) -> usize {
        let times = self.times * (moment + 1) + self.types * 6 + self.characters;
        times + self.leaps * (moment + 4) + self.standard_markers + self.utc_markers
    }
}

impl Database {
    /// Reads a file; `None` where it isn't one.
    pub fn parse(data: &[u8]) -> Option<Self> {
        let second = data.get(HEADER + Counts::read(data)?.block(4)..)?;
        let counts = Counts::read(second)?;
        let block = second.get(HEADER..)?;
        let (times, rest) = block.split_at_checked(counts.times * 8)?;
        let (indexes, rest) = rest.split_at_checked(counts.times)?;
        let (types, rest) = rest.split_at_checked(counts.types * 6)?;
        let names = rest.get(..counts.characters)?;
        let footer = block.get(counts.block(8)..)?;
        let moments = times.chunks_exact(8).filter_map(|bytes| Some(i64::from_be_bytes(bytes.try_into().ok()?)));
        Some(Self {
            transitions: moments.zip(indexes.iter().copied()).collect(),
            types: types.chunks_exact(6).map(|bytes| LocalType::read(bytes, names)).collect::<Option<_>>()?,
            rule: std::str::from_utf8(footer).ok().and_then(|footer| Rule::parse(footer.trim_matches('\n'))),
        })
    }

    /// What holds at a moment.
    pub fn lookup(&self, seconds: i64) -> ZoneAt {
        let next = self.transitions.partition_point(|&(moment, _)| moment <= seconds);
        if let Some(rule) = self.rule.as_ref().filter(|_| next == self.transitions.len()) {
            return rule.lookup(seconds);
        }
        let index = match next.checked_sub(1).and_then(|last| self.transitions.get(last)) {
            Some(&(_, index)) => usize::from(index),
            None => self.first_type(),
        };
        self.types.get(index).map_or_else(|| ZoneAt { offset: 0, name: Rc::from("UTC") }, |found| found.at.clone())
    }

    /// What held before the first transition: the first type if no transition leads to it, else the first winter time.
    fn first_type(&self) -> usize {
        let is_reached = self.transitions.iter().any(|&(_, index)| index == 0);
        if is_reached { self.types.iter().position(|found| !found.is_summer).unwrap_or(0) } else { 0 }
    }
}

impl LocalType {
    fn read(bytes: &[u8], names: &[u8]) -> Option<Self> {
        let [a, b, c, d, is_summer, name] = *bytes else { return None };
        let name = names.get(usize::from(name)..)?;
        let name = name.split(|&byte| byte == 0).next()?;
        let at = ZoneAt { offset: i32::from_be_bytes([a, b, c, d]), name: std::str::from_utf8(name).ok()?.into() };
        Some(Self { at, is_summer: is_summer != 0 })
    }
}
