//! `time.ParseInLocation`.

use super::civil::{Month, Weekday, days_in, is_leap};
use super::layout::{Case, Element, Offset, OffsetPrecision, TrailingZeros, next, quote};
use super::{Civil, Moment, Zone};

/// The zone that a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParsedZone {
    /// None: local time is meant.
    Local,
    /// UTC.
    Utc,
    /// An offset from UTC in seconds, and perhaps a name.
    Offset(i32, String),
    /// A name alone.
    Named(String),
}

/// What is wrong with a text: an element that it lacks, or a range that it leaves.
enum Fault {
    Misfit,
    Range(&'static str),
}

type Read<T> = Result<T, Fault>;

/// Reads a text by a layout. `local` is asked for the zone at a moment that the text doesn't give a zone for. The error
/// is Go's.
pub fn parse(layout: &[u8], text: &[u8], local: &mut dyn FnMut(i64) -> Zone) -> Result<Moment, String> {
    let mut reader = Reader { rest: text, ..Reader::default() };
    let mut rest_of_layout = layout;
    let misfit = |found: &[u8], wanted: &[u8]| {
        let (found, wanted) = (quote(found), quote(wanted));
        format!("parsing time {} as {}: cannot parse {found} as {wanted}", quote(text), quote(layout))
    };
    let complaint = |message: &str| format!("parsing time {}: {message}", quote(text));
    loop {
        let (before, element, after) = next(rest_of_layout);
        reader.skip(before).map_err(|()| misfit(reader.rest, before))?;
        let Some((element, spelling)) = element else { break };
        rest_of_layout = after;
        let start = reader.rest;
        reader.element(element, after).map_err(|fault| match fault {
            Fault::Misfit => misfit(start, spelling),
            Fault::Range(what) => complaint(&format!("{what} out of range")),
        })?;
    }
    if !reader.rest.is_empty() {
        return Err(complaint(&format!("extra text: {}", quote(reader.rest))));
    }
    let civil = reader.civil().map_err(complaint)?;
    Ok(reader.moment(&civil, local))
}

#[derive(Default)]
struct Reader<'a> {
    rest: &'a [u8],
    year: i64,
    month: Option<i64>,
    day: Option<i64>,
    year_day: Option<i64>,
    hour: i64,
    minute: i64,
    second: i64,
    nanoseconds: u32,
    is_afternoon: Option<bool>,
    is_utc: bool,
    offset: Option<i32>,
    zone_name: String,
}

impl<'a> Reader<'a> {
    /// Literal text. A space stands for any number of spaces, even none at the end.
    fn skip(&mut self, literal: &[u8]) -> Result<(), ()> {
        let mut literal = literal;
        while let [first, others @ ..] = literal {
            match (first, self.rest) {
                (b' ', [other, ..]) if *other != b' ' => return Err(()),
                (b' ', _) => {
                    literal = without_spaces(literal);
                    self.rest = without_spaces(self.rest);
                }
                (_, [found, rest @ ..]) if found == first => (literal, self.rest) = (others, rest),
                _ => return Err(()),
            }
        }
        Ok(())
    }

    fn take(&mut self, len: usize) -> Read<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(len).ok_or(Fault::Misfit)?;
        self.rest = rest;
        Ok(taken)
    }

    /// One or two digits; exactly two where they are padded.
    fn number(&mut self, padded: bool) -> Read<i64> {
        let digits = self.rest.iter().take(2).take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 || padded && digits < 2 {
            return Err(Fault::Misfit);
        }
        self.take(digits).map(decimal)
    }

    fn ranged(&mut self, padded: bool, range: std::ops::Range<i64>, what: &'static str) -> Read<i64> {
        let number = self.number(padded)?;
        if range.contains(&number) { Ok(number) } else { Err(Fault::Range(what)) }
    }

    /// The number of a name, in any case.
    fn name(&mut self, names: &[&str], len: usize) -> Read<usize> {
        let spelled = |name: &&str| name.as_bytes().get(..len.min(name.len())).unwrap_or_default().to_vec();
        let fits = |name: &Vec<u8>| self.rest.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name));
        let names: Vec<Vec<u8>> = names.iter().map(spelled).collect();
        let found = names.iter().position(fits).ok_or(Fault::Misfit)?;
        self.take(names.get(found).map_or(0, Vec::len))?;
        Ok(found)
    }

    fn element(&mut self, element: Element, after: &[u8]) -> Read<()> {
        const WHOLE: usize = usize::MAX;
        let numbered = |at: usize| Some(i64::try_from(at).unwrap_or(0) + 1);
        match element {
            Element::Year => {
                let year = signed(self.take(2)?)?;
                self.year = year + if year >= 69 { 1900 } else { 2000 };
            }
            Element::LongYear => {
                let digits = self.take(4)?;
                self.year = digits
                    .first()
                    .filter(|byte| byte.is_ascii_digit())
                    .map_or(Err(Fault::Misfit), |_| signed(digits))?;
            }
            Element::Month => self.month = numbered(self.name(Month::names(), 3)?),
            Element::LongMonth => self.month = numbered(self.name(Month::names(), WHOLE)?),
            Element::NumMonth | Element::ZeroMonth => {
                self.month = Some(self.ranged(element == Element::ZeroMonth, 1..13, "month")?);
            }
            Element::Weekday => _ = self.name(Weekday::names(), 3)?,
            Element::LongWeekday => _ = self.name(Weekday::names(), WHOLE)?,
            Element::Day | Element::UnderDay | Element::ZeroDay => {
                self.skip_padding(element == Element::UnderDay, 1);
                self.day = Some(self.number(element == Element::ZeroDay)?);
            }
            Element::UnderYearDay | Element::ZeroYearDay => {
                self.skip_padding(element == Element::UnderYearDay, 2);
                self.year_day = Some(self.three_digits(element == Element::ZeroYearDay)?);
            }
            Element::Hour => self.hour = self.ranged(false, 0..24, "hour")?,
            Element::Hour12 | Element::ZeroHour12 => {
                self.hour = self.ranged(element == Element::ZeroHour12, 0..13, "hour")?;
            }
            Element::Minute | Element::ZeroMinute => {
                self.minute = self.ranged(element == Element::ZeroMinute, 0..60, "minute")?;
            }
            Element::Second | Element::ZeroSecond => {
                self.second = self.ranged(element == Element::ZeroSecond, 0..60, "second")?;
                self.unannounced_fraction(after)?;
            }
            Element::Meridiem(case) => self.meridiem(case)?,
            Element::ZoneName => self.zone_name()?,
            Element::Offset(form) => self.offset(form)?,
            Element::Fraction { digits, trailing_zeros, .. } => self.fraction(digits, trailing_zeros)?,
        }
        Ok(())
    }

    fn skip_padding(&mut self, is_padded: bool, most: usize) {
        let spaces = self.rest.iter().take(most).take_while(|&&byte| is_padded && byte == b' ').count();
        self.rest = self.rest.get(spaces..).unwrap_or_default();
    }

    fn three_digits(&mut self, padded: bool) -> Read<i64> {
        let digits = self.rest.iter().take(3).take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 || padded && digits < 3 {
            return Err(Fault::Misfit);
        }
        self.take(digits).map(decimal)
    }

    /// Seconds may have a fraction that the layout doesn't mention.
    fn unannounced_fraction(&mut self, after: &[u8]) -> Read<()> {
        let is_announced = matches!(next(after).1, Some((Element::Fraction { .. }, _)));
        if is_announced { Ok(()) } else { self.fraction(0, TrailingZeros::Dropped) }
    }

    /// A fraction of exactly so many digits; of any number, or none, where trailing zeros are dropped.
    fn fraction(&mut self, digits: usize, trailing_zeros: TrailingZeros) -> Read<()> {
        let len = match (trailing_zeros, self.rest) {
            (TrailingZeros::Kept, _) => digits,
            (TrailingZeros::Dropped, [b'.' | b',', b'0'..=b'9', ..]) => {
                self.rest.iter().skip(1).take_while(|byte| byte.is_ascii_digit()).count()
            }
            (TrailingZeros::Dropped, _) => return Ok(()),
        };
        let [b'.' | b',', written @ ..] = self.take(len + 1)? else { return Err(Fault::Misfit) };
        if !written.iter().all(u8::is_ascii_digit) {
            return Err(Fault::Misfit);
        }
        let nanoseconds = written.iter().chain(&[b'0'; 9]).take(9).fold(0, |n, byte| n * 10 + u32::from(byte - b'0'));
        self.nanoseconds = nanoseconds;
        Ok(())
    }

    fn meridiem(&mut self, case: Case) -> Read<()> {
        self.is_afternoon = Some(match (case, self.take(2)?) {
            (Case::Upper, b"PM") | (Case::Lower, b"pm") => true,
            (Case::Upper, b"AM") | (Case::Lower, b"am") => false,
            _ => return Err(Fault::Misfit),
        });
        Ok(())
    }

    fn offset(&mut self, form: Offset) -> Read<()> {
        if form.zulu && self.rest.first() == Some(&b'Z') {
            self.take(1)?;
            self.is_utc = true;
            return Ok(());
        }
        let parts = match form.precision {
            OffsetPrecision::Hours => 1,
            OffsetPrecision::Minutes => 2,
            OffsetPrecision::Seconds => 3,
        };
        let colons = if form.colons { parts - 1 } else { 0 };
        let mut text = Reader { rest: self.take(1 + 2 * parts + colons)?, ..Reader::default() };
        let sign = text.take(1)?;
        let (mut numbers, mut ranges) = ([0; 3], ["hour", "minute", "second"].iter().zip([24, 60, 60]));
        let mut fault = None;
        for (place, number) in numbers.iter_mut().enumerate().take(parts) {
            if form.colons && place > 0 && text.take(1)? != b":" {
                return Err(Fault::Misfit);
            }
            *number = text.number(true)?;
            // As in Go, 24 hours and 60 minutes are let through, and the last fault counts.
            if let Some((what, most)) = ranges.next().filter(|&(_, most)| *number > most) {
                let _ = most;
                fault = Some(*what);
            }
        }
        match fault {
            Some("hour") => return Err(Fault::Range("time zone offset hour")),
            Some("minute") => return Err(Fault::Range("time zone offset minute")),
            Some(_) => return Err(Fault::Range("time zone offset second")),
            None => {}
        }
        let [hours, minutes, seconds] = numbers;
        let magnitude = i32::try_from(hours * 3600 + minutes * 60 + seconds).unwrap_or(0);
        self.offset = Some(match sign {
            b"+" => magnitude,
            b"-" => -magnitude,
            _ => return Err(Fault::Misfit),
        });
        Ok(())
    }

    fn zone_name(&mut self) -> Read<()> {
        if self.rest.starts_with(b"UTC") {
            self.take(3)?;
            self.is_utc = true;
            return Ok(());
        }
        let len = zone_name_len(self.rest).ok_or(Fault::Misfit)?;
        self.zone_name = String::from_utf8_lossy(self.take(len)?).into_owned();
        Ok(())
    }

    /// The date and clock that were read, or what is wrong with them together.
    fn civil(&self) -> Result<Civil, &'static str> {
        let (month, day) = match self.year_day {
            None => (self.month.unwrap_or(1), self.day.unwrap_or(1)),
            Some(year_day) => self.date_of_year_day(year_day)?,
        };
        if day < 1 || day > days_in(month, self.year) {
            return Err("day out of range");
        }
        let hour = match self.is_afternoon {
            Some(true) if self.hour < 12 => self.hour + 12,
            Some(false) if self.hour == 12 => 0,
            _ => self.hour,
        };
        let small = |n: i64| u8::try_from(n).unwrap_or(0);
        let date = Civil::normalized(self.year, month, day);
        Ok(Civil { hour: small(hour), minute: small(self.minute), second: small(self.second), ..date })
    }

    fn date_of_year_day(&self, year_day: i64) -> Result<(i64, i64), &'static str> {
        if year_day < 1 || year_day > 365 + i64::from(is_leap(self.year)) {
            return Err("day-of-year out of range");
        }
        let date = Civil::normalized(self.year, 1, year_day);
        let (month, day) = (i64::from(date.month.number()), i64::from(date.day));
        if self.month.is_some_and(|given| given != month) {
            return Err("day-of-year does not match month");
        }
        if self.day.is_some_and(|given| given != day) {
            return Err("day-of-year does not match day");
        }
        Ok((month, day))
    }

    fn moment(self, civil: &Civil, local: &mut dyn FnMut(i64) -> Zone) -> Moment {
        let clock = civil.to_seconds();
        let nanoseconds = self.nanoseconds;
        if self.is_utc {
            return Moment { seconds: clock, nanoseconds, zone: Zone::utc() };
        }
        if let Some(offset) = self.offset {
            let seconds = clock - i64::from(offset);
            let here = local(seconds);
            let at = here.lookup(seconds);
            let is_here = at.offset == offset && (self.zone_name.is_empty() || *at.name == *self.zone_name);
            let zone = if is_here { here } else { Zone::fixed(offset, &self.zone_name) };
            return Moment { seconds, nanoseconds, zone };
        }
        let here = local(clock);
        let here = local(here.to_utc(clock));
        let is_foreign = !self.zone_name.is_empty() && *here.lookup(clock).name != *self.zone_name;
        if is_foreign {
            // Go knows no other zone's abbreviations; only GMT may say its hours.
            let hours = self.zone_name.strip_prefix("GMT").and_then(|hours| hours.parse::<i32>().ok()).unwrap_or(0);
            let zone = Zone::fixed(hours * 3600, &self.zone_name);
            return Moment { seconds: clock, nanoseconds, zone };
        }
        Moment { seconds: here.to_utc(clock), nanoseconds, zone: here }
    }
}

fn without_spaces(text: &[u8]) -> &[u8] {
    let spaces = text.iter().take_while(|&&byte| byte == b' ').count();
    text.get(spaces..).unwrap_or_default()
}

fn decimal(digits: &[u8]) -> i64 {
    digits.iter().fold(0, |n, byte| n * 10 + i64::from(byte.saturating_sub(b'0')))
}

/// Digits, perhaps after a sign.
fn signed(text: &[u8]) -> Read<i64> {
    let (negative, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        [b'+', digits @ ..] => (false, digits),
        _ => (false, text),
    };
    if !digits.iter().all(u8::is_ascii_digit) {
        return Err(Fault::Misfit);
    }
    Ok(if negative { -decimal(digits) } else { decimal(digits) })
}

/// How many bytes look like a zone's abbreviation.
fn zone_name_len(text: &[u8]) -> Option<usize> {
    if text.starts_with(b"ChST") || text.starts_with(b"MeST") {
        return Some(4);
    }
    if let Some(rest) = text.strip_prefix(b"GMT") {
        return Some(3 + signed_offset_len(rest));
    }
    if matches!(text.first(), Some(b'+' | b'-')) {
        return Some(signed_offset_len(text)).filter(|&len| len > 0 && text.len() >= 3);
    }
    let letters = text.iter().take(6).take_while(|byte| byte.is_ascii_uppercase()).count();
    let ends_in_t = |len: usize| text.get(len - 1) == Some(&b'T');
    match letters {
        3 => Some(3),
        4 if ends_in_t(4) || text.starts_with(b"WITA") => Some(4),
        5 if ends_in_t(5) => Some(5),
        _ => None,
    }
}

/// `+3`, `-11`: hours up to 23.
fn signed_offset_len(text: &[u8]) -> usize {
    let [b'+' | b'-', rest @ ..] = text else { return 0 };
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let is_hours = digits > 0 && digits < 10 && rest.get(..digits).is_some_and(|digits| decimal(digits) <= 23);
    if is_hours { 1 + digits } else { 0 }
}
