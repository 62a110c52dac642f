//! `format`, and what is wrong with a text that isn't of one. Other values than texts have no format.

use super::judges::Judges;
use crate::value::Value;
use crate::value::time::{self, Zone};

type Verdict = Result<(), String>;

/// What is wrong with a value; nothing where it is of the format, or nobody knows the format.
pub(super) fn fault(format: &str, value: &Value, judges: &Judges) -> Option<String> {
    let text = value.as_text()?.to_str().into_owned();
    let text = text.as_str();
    let verdict = match format {
        "regex" => (judges.expression)(text),
        "json-pointer" => json_pointer(text),
        "relative-json-pointer" => relative_json_pointer(text),
        "uuid" => uuid(text),
        "duration" => duration(text),
        "period" => period(text),
        "ipv4" => ipv4(text),
        "ipv6" => ipv6(text, judges),
        "hostname" => hostname(text),
        "email" => email(text, judges),
        "date" => date(text),
        "time" => clock(text),
        "date-time" => date_time(text),
        "uri" | "iri" => (judges.url)(text).and_then(|has_scheme| check(has_scheme, "relative url")),
        "uri-reference" | "iri-reference" => {
            check(!text.contains('\\'), "contains \\").and_then(|()| (judges.url)(text).map(|_| ()))
        }
        "uri-template" => (judges.url)(text).and_then(|_| braces(super::address::path(text))),
        "semver" => super::format_semver::check(text),
        _ => Ok(()),
    };
    verdict.err()
}

pub(super) fn check(holds: bool, message: impl Into<String>) -> Verdict {
    if holds { Ok(()) } else { Err(message.into()) }
}

/// A character as Go's `%q` writes it into a sentence.
pub(super) fn quoted(c: char) -> String {
    match c {
        '\'' => "'\\''".to_owned(),
        c => format!("'{}'", super::fault::single(&c.to_string()).trim_matches('\'')),
    }
}

fn number_of_digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

fn json_pointer(text: &str) -> Verdict {
    if text.is_empty() {
        return Ok(());
    }
    check(text.starts_with('/'), "not starting with /")?;
    for step in text.split('/').skip(1) {
        let escapes = step.split('~').skip(1);
        let is_right = |after: &str| after.starts_with(['0', '1']);
        check(escapes.clone().all(is_right), "~ must be followed by 0 or 1")?;
    }
    Ok(())
}

fn relative_json_pointer(text: &str) -> Verdict {
    let digits = number_of_digits(text);
    check(digits > 0, "must start with non-negative integer")?;
    check(digits == 1 || !text.starts_with('0'), "starts with zero")?;
    match text.get(digits..).unwrap_or_default() {
        "#" => Ok(()),
        pointer => json_pointer(pointer),
    }
}

fn uuid(text: &str) -> Verdict {
    const SIZES: [usize; 5] = [8, 4, 4, 4, 12];
    let groups: Vec<&str> = text.split('-').collect();
    check(groups.len() == SIZES.len(), "must have 5 elements")?;
    for (index, (group, size)) in groups.iter().zip(SIZES).enumerate() {
        check(group.len() == size, format!("element {} must be {size} characters long", index + 1))?;
        if let Some(c) = group.chars().find(|c| !c.is_ascii_hexdigit()) {
            return Err(format!("non-hex character {}", quoted(c)));
        }
    }
    Ok(())
}

fn duration(text: &str) -> Verdict {
    let rest = text.strip_prefix('P').ok_or("must start with P")?;
    check(!rest.is_empty(), "nothing after P")?;
    if let Some(weeks) = rest.strip_suffix('W') {
        check(!weeks.is_empty(), "no number in week")?;
        return check(weeks.bytes().all(|byte| byte.is_ascii_digit()), "invalid week");
    }
    for (index, part) in rest.split('T').enumerate() {
        check(index == 0 || !part.is_empty(), "no time elements")?;
        let all = *["YMD", "HMS"].get(index).ok_or("more than one T")?;
        units(part, all)?;
    }
    Ok(())
}

fn units(part: &str, all: &str) -> Verdict {
    let (mut rest, mut left) = (part, all);
    while !rest.is_empty() {
        let digits = number_of_digits(rest);
        check(digits > 0, "missing number")?;
        rest = rest.get(digits..).unwrap_or_default();
        let unit = rest.chars().next().ok_or("missing unit")?;
        match left.split_once(unit) {
            Some((_, after)) => left = after,
            None if all.contains(unit) => return Err(format!("unit {} out of order", quoted(unit))),
            None => return Err(format!("invalid unit {}", quoted(unit))),
        }
        rest = rest.get(unit.len_utf8()..).unwrap_or_default();
    }
    Ok(())
}

/// Braces come in pairs, and don't nest.
fn braces(path: &str) -> Verdict {
    for step in path.split('/') {
        let mut is_open = false;
        for c in step.chars().filter(|c| matches!(c, '{' | '}')) {
            check(is_open == (c == '}'), "nested curly braces")?;
            is_open = !is_open;
        }
        check(!is_open, "no matching closing brace")?;
    }
    Ok(())
}

fn period(text: &str) -> Verdict {
    let (start, end) = text.split_once('/').ok_or("missing slash")?;
    let said = |verdict: Verdict, what: &str| verdict.map_err(|why| format!("invalid {what}: {why}"));
    if start.starts_with('P') {
        said(duration(start), "start duration")?;
        return said(date_time(end), "end date-time");
    }
    said(date_time(start), "start date-time")?;
    if end.starts_with('P') { said(duration(end), "end duration") } else { said(date_time(end), "end date-time") }
}

fn ipv4(text: &str) -> Verdict {
    let groups: Vec<&str> = text.split('.').collect();
    check(groups.len() == 4, "expected four decimals")?;
    for group in groups {
        check(group.len() < 2 || !group.starts_with('0'), "leading zeros")?;
        let unsigned = group.strip_prefix(['-', '+']).unwrap_or(group);
        let is_number = !unsigned.is_empty() && unsigned.bytes().all(|byte| byte.is_ascii_digit());
        check(is_number, format!("strconv.Atoi: parsing {}: invalid syntax", super::quoted(group)))?;
        let within = group.parse::<i64>();
        let out_of_range = || format!("strconv.Atoi: parsing {}: value out of range", super::quoted(group));
        let n = within.map_err(|_| out_of_range())?;
        check((0..=255).contains(&n), "decimal must be between 0 and 255")?;
    }
    Ok(())
}

fn ipv6(text: &str, judges: &Judges) -> Verdict {
    check(text.contains(':'), "missing colon")?;
    (judges.ipv6)(text)?;
    check(!text.contains('%'), "zone id is not a part of ipv6 address")
}

fn hostname(text: &str) -> Verdict {
    let text = text.strip_suffix('.').unwrap_or(text);
    check(text.len() <= 253, "more than 253 characters long")?;
    for label in text.split('.') {
        check((1..=63).contains(&label.len()), "label must be 1 to 63 characters long")?;
        check(!label.starts_with('-'), "label starts with hyphen")?;
        check(!label.ends_with('-'), "label ends with hyphen")?;
        if let Some(c) = label.chars().find(|c| !(c.is_ascii_alphanumeric() || *c == '-')) {
            return Err(format!("invalid character {}", quoted(c)));
        }
    }
    Ok(())
}

fn email(text: &str, judges: &Judges) -> Verdict {
    check(text.len() <= 254, "more than 255 characters long")?;
    let (local, domain) = text.rsplit_once('@').ok_or("missing @")?;
    check(local.len() <= 64, "local part more than 64 characters long")?;
    if local.len() > 1 && local.starts_with('"') {
        let mut inner = local.chars();
        inner.next();
        inner.next_back();
        let is_plain = !inner.as_str().contains(['\\', '"']);
        check(is_plain, "backslash and quote are not allowed within quoted local part")?;
    } else {
        local_part(local)?;
    }
    if let Some(address) = domain.strip_prefix('[').and_then(|domain| domain.strip_suffix(']')) {
        return match address.strip_prefix("IPv6:") {
            Some(address) => ipv6(address, judges).map_err(|why| format!("invalid ipv6 address: {why}")),
            None => ipv4(address).map_err(|why| format!("invalid ipv4 address: {why}")),
        };
    }
    hostname(domain).map_err(|why| format!("invalid domain: {why}"))
}

fn local_part(local: &str) -> Verdict {
    check(!local.starts_with('.'), "starts with dot")?;
    check(!local.ends_with('.'), "ends with dot")?;
    check(!local.contains(".."), "consecutive dots")?;
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || ".!#$%&'*+-/=?^_`{|}~".contains(c);
    match local.chars().find(|c| !is_allowed(*c)) {
        Some(c) => Err(format!("invalid character {}", quoted(c))),
        None => Ok(()),
    }
}

fn date(text: &str) -> Verdict {
    time::parse(b"2006-01-02", text.as_bytes(), &mut |_| Zone::utc()).map(|_| ())
}

fn date_time(text: &str) -> Verdict {
    check(text.len() >= 20, "less than 20 characters long")?;
    check(matches!(text.as_bytes().get(10), Some(b't' | b'T')), "11th character must be t or T")?;
    let part = |range| text.get(range).unwrap_or_default();
    date(part(0..10)).map_err(|why| format!("invalid date element: {why}"))?;
    clock(part(11..text.len())).map_err(|why| format!("invalid time element: {why}"))
}

/// Hours and minutes, and what is wrong with them.
fn numbers(text: &str, place: &str) -> Result<Vec<i64>, String> {
    let number = |part: &str| part.parse::<i64>().map_err(|_| format!("invalid {place}"));
    let numbers = text.split(':').map(number).collect::<Result<Vec<_>, _>>()?;
    check(numbers.iter().all(|n| *n >= 0), format!("non-positive {place}"))?;
    Ok(numbers)
}

fn clock(text: &str) -> Verdict {
    check(text.len() >= 9, "less than 9 characters long")?;
    let bytes = text.as_bytes();
    let colons = [2, 5].map(|at| bytes.get(at) == Some(&b':'));
    check(colons == [true, true], "missing colon in correct place")?;
    let parts = numbers(text.get(..8).unwrap_or_default(), "hour/min/sec")?;
    let [hours, minutes, seconds] = *parts.as_slice() else { return Err("missing hour/min/sec".to_owned()) };
    check(hours <= 23 && minutes <= 59 && seconds <= 60, "hour/min/sec out of range")?;
    let mut rest = text.get(8..).unwrap_or_default();
    if let Some(fraction) = rest.strip_prefix('.') {
        let digits = number_of_digits(fraction);
        check(digits > 0, "no digits in second fraction")?;
        rest = fraction.get(digits..).unwrap_or_default();
    }
    let ahead = offset(rest)?;
    let minute_of_day = (hours * 60 + minutes - ahead).rem_euclid(24 * 60);
    check(seconds < 60 || minute_of_day == 23 * 60 + 59, "invalid leap second")
}

/// Minutes that a zone is ahead of UTC.
fn offset(text: &str) -> Result<i64, String> {
    if matches!(text, "z" | "Z") {
        return Ok(0);
    }
    check(text.len() == 6, "offset must be 6 characters long")?;
    let sign = match text.as_bytes().first() {
        Some(b'+') => 1,
        Some(b'-') => -1,
        _ => return Err("offset must begin with plus/minus".to_owned()),
    };
    let rest = text.get(1..).unwrap_or_default();
    check(rest.as_bytes().get(2) == Some(&b':'), "missing colon in offset in correct place")?;
    let parts = numbers(rest, "hour/min in offset")?;
    let [hours, minutes] = *parts.as_slice() else { return Err("invalid hour/min in offset".to_owned()) };
    check(hours <= 23 && minutes <= 59, "hour/min in offset out of range")?;
    Ok(sign * (hours * 60 + minutes))
}
