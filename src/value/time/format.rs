//! `Time.Format`. (Writing to a string doesn't fail: hence the ignored results.)

use std::fmt::Write;

use super::Moment;
use super::layout::{Case, Element, Offset, OffsetPrecision, TrailingZeros, next};
use super::zone::ZoneAt;

pub(super) fn format(moment: &Moment, layout: &[u8]) -> Vec<u8> {
    let civil = moment.civil();
    let zone = moment.zone.lookup(moment.seconds);
    let mut out = Vec::new();
    let mut layout = layout;
    loop {
        let (before, element, rest) = next(layout);
        out.extend_from_slice(before);
        let Some((element, _)) = element else { return out };
        layout = rest;
        let hour12 = if civil.hour.is_multiple_of(12) { 12 } else { civil.hour % 12 };
        let text = match element {
            Element::Year => format!("{:02}", civil.year.max(0) % 100),
            Element::LongYear => year(civil.year),
            Element::Month => short(civil.month.to_string()),
            Element::LongMonth => civil.month.to_string(),
            Element::NumMonth => civil.month.number().to_string(),
            Element::ZeroMonth => format!("{:02}", civil.month.number()),
            Element::Weekday => short(civil.weekday.to_string()),
            Element::LongWeekday => civil.weekday.to_string(),
            Element::Day => civil.day.to_string(),
            Element::UnderDay => format!("{:2}", civil.day),
            Element::ZeroDay => format!("{:02}", civil.day),
            Element::UnderYearDay => format!("{:3}", civil.year_day),
            Element::ZeroYearDay => format!("{:03}", civil.year_day),
            Element::Hour => format!("{:02}", civil.hour),
            Element::Hour12 => hour12.to_string(),
            Element::ZeroHour12 => format!("{hour12:02}"),
            Element::Minute => civil.minute.to_string(),
            Element::ZeroMinute => format!("{:02}", civil.minute),
            Element::Second => civil.second.to_string(),
            Element::ZeroSecond => format!("{:02}", civil.second),
            Element::Meridiem(case) => meridiem(civil.hour, case).to_owned(),
            Element::ZoneName => zone_name(&zone),
            Element::Offset(form) => offset(zone.offset, form),
            Element::Fraction { separator, digits, trailing_zeros } => {
                fraction(moment.nanoseconds, separator, digits, trailing_zeros)
            }
        };
        out.extend_from_slice(text.as_bytes());
    }
}

fn short(name: String) -> String {
    name.chars().take(3).collect()
}

fn year(year: i64) -> String {
    format!("{}{:04}", if year < 0 { "-" } else { "" }, year.unsigned_abs())
}

fn meridiem(hour: u8, case: Case) -> &'static str {
    match (hour >= 12, case) {
        (true, Case::Upper) => "PM",
        (false, Case::Upper) => "AM",
        (true, Case::Lower) => "pm",
        (false, Case::Lower) => "am",
    }
}

/// A zone without a name is written by its offset.
fn zone_name(zone: &ZoneAt) -> String {
    if zone.name.is_empty() {
        return offset(zone.offset, Offset { zulu: false, colons: false, precision: OffsetPrecision::Minutes });
    }
    zone.name.to_string()
}

fn offset(seconds: i32, form: Offset) -> String {
    if form.zulu && seconds == 0 {
        return "Z".to_owned();
    }
    // The sign is that of the whole minutes.
    let sign = if seconds / 60 < 0 { '-' } else { '+' };
    let magnitude = seconds.unsigned_abs();
    let colon = if form.colons { ":" } else { "" };
    let mut text = format!("{sign}{:02}", magnitude / 3600);
    if form.precision != OffsetPrecision::Hours {
        let _ = write!(text, "{colon}{:02}", magnitude / 60 % 60);
    }
    if form.precision == OffsetPrecision::Seconds {
        let _ = write!(text, "{colon}{:02}", magnitude % 60);
    }
    text
}

fn fraction(nanoseconds: u32, separator: u8, digits: usize, trailing_zeros: TrailingZeros) -> String {
    let all = format!("{nanoseconds:09}");
    let mut shown = all.get(..digits).unwrap_or(&all);
    if trailing_zeros == TrailingZeros::Dropped {
        shown = shown.trim_end_matches('0');
        if shown.is_empty() {
            return String::new();
        }
    }
    format!("{}{shown}", char::from(separator))
}
