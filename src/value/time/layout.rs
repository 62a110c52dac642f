//! Go's layouts: the reference time Mon Jan 2 15:04:05 MST 2006, cut into its elements.

use std::fmt::Write;

/// An element of a layout that stands for a part of the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Element {
    LongMonth,
    Month,
    NumMonth,
    ZeroMonth,
    LongWeekday,
    Weekday,
    Day,
    UnderDay,
    ZeroDay,
    UnderYearDay,
    ZeroYearDay,
    Hour,
    Hour12,
    ZeroHour12,
    Minute,
    ZeroMinute,
    Second,
    ZeroSecond,
    LongYear,
    Year,
    /// `PM` or `pm`
    Meridiem(Case),
    /// `MST`
    ZoneName,
    /// `-0700`, `Z07:00` and their kin.
    Offset(Offset),
    /// `.000`, `,999`
    Fraction {
        separator: u8,
        digits: usize,
        trailing_zeros: TrailingZeros,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    Upper,
    Lower,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TrailingZeros {
    Kept,
    Dropped,
}

/// How an offset from UTC is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Offset {
    /// Whether UTC is `Z`.
    pub zulu: bool,
    pub colons: bool,
    pub precision: OffsetPrecision,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OffsetPrecision {
    Hours,
    Minutes,
    Seconds,
}

/// An element as it is spelled.
type Spelled<'a> = (Element, &'a [u8]);

/// The first element of a layout: the text before it, the element with its spelling, and what follows.
pub(super) fn next(layout: &[u8]) -> (&[u8], Option<Spelled<'_>>, &[u8]) {
    for at in 0..layout.len() {
        let Some(rest) = layout.get(at..) else { break };
        let (skipped, found) = match rest {
            // An underscore before a year is just that.
            [b'_', b'2', b'0', b'0', b'6', ..] => (1, Some((Element::LongYear, 4))),
            _ => (0, element(rest).or_else(|| fraction(rest))),
        };
        if let Some((element, len)) = found {
            let start = at + skipped;
            let spelling = layout.get(start..start + len).unwrap_or_default();
            let before = layout.get(..start).unwrap_or_default();
            return (before, Some((element, spelling)), layout.get(start + len..).unwrap_or_default());
        }
    }
    (layout, None, b"")
}

/// The element that begins a text, and its length. The order matters: longer spellings come first.
fn element(text: &[u8]) -> Option<(Element, usize)> {
    const SPELLINGS: [(&str, Element); 25] = [
        ("January", Element::LongMonth),
        ("Monday", Element::LongWeekday),
        ("MST", Element::ZoneName),
        ("01", Element::ZeroMonth),
        ("02", Element::ZeroDay),
        ("03", Element::ZeroHour12),
        ("04", Element::ZeroMinute),
        ("05", Element::ZeroSecond),
        ("06", Element::Year),
        ("002", Element::ZeroYearDay),
        ("15", Element::Hour),
        ("1", Element::NumMonth),
        ("2006", Element::LongYear),
        ("2", Element::Day),
        ("_2", Element::UnderDay),
        ("__2", Element::UnderYearDay),
        ("3", Element::Hour12),
        ("4", Element::Minute),
        ("5", Element::Second),
        ("PM", Element::Meridiem(Case::Upper)),
        ("pm", Element::Meridiem(Case::Lower)),
        ("-07", Element::Offset(Offset { zulu: false, colons: false, precision: OffsetPrecision::Hours })),
        ("Z07", Element::Offset(Offset { zulu: true, colons: false, precision: OffsetPrecision::Hours })),
        ("Jan", Element::Month),
        ("Mon", Element::Weekday),
    ];
    let (spelling, element) = SPELLINGS.iter().find(|(spelling, _)| text.starts_with(spelling.as_bytes()))?;
    let rest = text.get(spelling.len()..).unwrap_or_default();
    match element {
        Element::Offset(short) => Some(offset(*short, rest, spelling.len())),
        // `Janet` is no month.
        Element::Month | Element::Weekday if rest.first().is_some_and(u8::is_ascii_lowercase) => None,
        _ => Some((*element, spelling.len())),
    }
}

/// The longest spelling of an offset that begins with the short one.
fn offset(short: Offset, rest: &[u8], len: usize) -> (Element, usize) {
    const LONGER: [(&[u8], bool, OffsetPrecision); 4] = [
        (b"0000", false, OffsetPrecision::Seconds),
        (b":00:00", true, OffsetPrecision::Seconds),
        (b"00", false, OffsetPrecision::Minutes),
        (b":00", true, OffsetPrecision::Minutes),
    ];
    let longer = LONGER.iter().find(|(more, ..)| rest.starts_with(more));
    match longer {
        Some(&(more, colons, precision)) => (Element::Offset(Offset { colons, precision, ..short }), len + more.len()),
        None => (Element::Offset(short), len),
    }
}

/// `.000` or `.999`, if no other digit follows.
fn fraction(text: &[u8]) -> Option<(Element, usize)> {
    let [separator @ (b'.' | b','), digit @ (b'0' | b'9'), ..] = text else { return None };
    let digits = text.iter().skip(1).take_while(|byte| *byte == digit).count();
    if text.get(digits + 1).is_some_and(u8::is_ascii_digit) {
        return None;
    }
    let trailing_zeros = if *digit == b'9' { TrailingZeros::Dropped } else { TrailingZeros::Kept };
    Some((Element::Fraction { separator: *separator, digits, trailing_zeros }, digits + 1))
}

/// Go's quoting in the errors of `time`: what isn't printable ASCII is escaped byte by byte.
pub(super) fn quote(text: &[u8]) -> String {
    let mut out = String::from("\"");
    for &byte in text {
        match byte {
            b'"' | b'\\' => out.extend(['\\', char::from(byte)]),
            b' '..=0x7f => out.push(char::from(byte)),
            _ => {
                // Writing to a string doesn't fail.
                let _ = write!(out, "\\x{byte:02x}");
            }
        }
    }
    out.push('"');
    out
}
