//! Go's `netip.ParseAddr`, as far as a URL's host asks for it: is it an address, of which kind, and if not, why.

use crate::value::format::{Charset, quote};

/// The kind of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Address {
    V4,
    V6,
}

/// What is wrong, and where.
type Fault<'a> = (&'static str, &'a str);

/// The kind of an address; the error is Go's.
pub(super) fn parse(text: &str) -> Result<Address, String> {
    let parsed = match text.bytes().find(|byte| matches!(byte, b'.' | b':' | b'%')) {
        Some(b'.') => ipv4(text).map(|()| Address::V4),
        Some(b':') => ipv6(text).map(|()| Address::V6),
        Some(_) => Err(("missing IPv6 address", "")),
        None => Err(("unable to parse IP", "")),
    };
    parsed.map_err(|(message, at)| {
        let quoted = |text: &str| quote(text.as_bytes(), Charset::Unicode);
        let place = if at.is_empty() { String::new() } else { format!(" (at {})", quoted(at)) };
        format!("ParseAddr({}): {message}{place}", quoted(text))
    })
}

/// Whether Go reads an address; the error is Go's.
pub fn ipv6_verdict(text: &str) -> Result<(), String> {
    parse(text).map(|_| ())
}

fn ipv4(text: &str) -> Result<(), Fault<'_>> {
    let (mut value, mut digits, mut fields) = (0, 0, 0);
    let mut before = '.';
    for (at, c) in text.char_indices() {
        let rest = text.get(at..).unwrap_or_default();
        match c.to_digit(10) {
            Some(_) if digits == 1 && value == 0 => return Err(("IPv4 field has octet with leading zero", "")),
            Some(digit) => {
                value = value * 10 + digit;
                digits += 1;
                if value > 255 {
                    return Err(("IPv4 field has value >255", ""));
                }
            }
            None if c != '.' => return Err(("unexpected character", rest)),
            None if before == '.' || rest == "." => return Err(("IPv4 field must have at least one digit", rest)),
            None if fields == 3 => return Err(("IPv4 address too long", "")),
            None => (value, digits, fields) = (0, 0, fields + 1),
        }
        before = c;
    }
    if fields < 3 { Err(("IPv4 address too short", "")) } else { Ok(()) }
}

fn ipv6(text: &str) -> Result<(), Fault<'_>> {
    let mut rest = match text.split_once('%') {
        Some((_, "")) => return Err(("zone must be a non-empty string", "")),
        Some((address, _)) => address,
        None => text,
    };
    // Fields of sixteen bits that were read, and whether `::` stands for some.
    let (mut fields, mut has_gap) = (0, false);
    if let Some(after) = rest.strip_prefix("::") {
        has_gap = true;
        rest = after;
        if rest.is_empty() {
            return Ok(());
        }
    }
    while fields < 8 {
        let digits = rest.bytes().take_while(u8::is_ascii_hexdigit).count();
        let after = rest.get(digits..).unwrap_or_default();
        if digits > 4 {
            return Err(("each group must have 4 or less digits", rest));
        }
        if digits == 0 {
            return Err(("each colon-separated field must have at least one digit", rest));
        }
        if after.starts_with('.') {
            if !has_gap && fields != 6 {
                return Err(("embedded IPv4 address must replace the final 2 fields of the address", rest));
            }
            if fields > 6 {
                return Err(("too many hex fields to fit an embedded IPv4 at the end of the address", rest));
            }
            ipv4(rest)?;
            (rest, fields) = ("", fields + 2);
            break;
        }
        (rest, fields) = (after, fields + 1);
        if rest.is_empty() {
            break;
        }
        let Some(next) = rest.strip_prefix(':') else { return Err(("unexpected character, want colon", rest)) };
        if next.is_empty() {
            return Err(("colon must be followed by more characters", rest));
        }
        rest = next;
        if let Some(after_gap) = rest.strip_prefix(':') {
            if std::mem::replace(&mut has_gap, true) {
                return Err(("multiple :: in address", rest));
            }
            rest = after_gap;
            if rest.is_empty() {
                break;
            }
        }
    }
    match (rest, fields, has_gap) {
        ("", 8, true) => Err(("the :: must expand to at least one field of zeros", "")),
        ("", 8, false) | ("", _, true) => Ok(()),
        ("", ..) => Err(("address string too short", "")),
        _ => Err(("trailing garbage after address", rest)),
    }
}
