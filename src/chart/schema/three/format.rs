//! The formats that Helm 3's validator knows; all others hold.
//!
//! E-mail addresses and URIs are looked at less closely than by Go's libraries.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::super::Matches;
use crate::value::time::{Zone, parse};

/// Whether a text has the format. What isn't a text has none of those that are known.
pub(super) fn holds(format: &str, text: Option<&str>, matches: Matches<'_>) -> bool {
    let fits: &dyn Fn(&str) -> bool = match format {
        "date" => &|text| is_parsed_by(b"2006-01-02", text),
        "time" => &is_time,
        "date-time" => &|text| {
            is_time(text) || is_parsed_by(b"2006-01-02", text) || is_parsed_by(b"2006-01-02T15:04:05Z07:00", text)
        },
        "hostname" => &is_hostname,
        "email" | "idn-email" => &is_email,
        "ipv4" => &|text| text.parse::<Ipv4Addr>().is_ok() || text.contains('.') && text.parse::<Ipv6Addr>().is_ok(),
        "ipv6" => &|text| text.parse::<Ipv6Addr>().is_ok(),
        "uri" | "iri" => &|text| has_scheme(text) && is_reference(text),
        "uri-reference" | "iri-reference" => &is_reference,
        "uri-template" => &|text| is_reference(text) && has_closed_braces(text),
        "uuid" => &is_uuid,
        "regex" => &|text| text.is_empty() || matches(text, "").is_some(),
        "json-pointer" => &is_pointer,
        "relative-json-pointer" => &is_relative_pointer,
        _ => return true,
    };
    text.is_some_and(fits)
}

fn is_time(text: &str) -> bool {
    is_parsed_by(b"15:04:05", text) || is_parsed_by(b"15:04:05Z07:00", text)
}

fn is_hostname(text: &str) -> bool {
    let is_label = |label: &str| {
        let plain = |c: char| c.is_ascii_alphanumeric();
        let fits = label.chars().all(|c| plain(c) || c == '-');
        fits && label.len() <= 63 && label.starts_with(plain) && label.ends_with(plain)
    };
    text.len() < 256 && text.split('.').all(is_label)
}

fn is_email(text: &str) -> bool {
    let address = match text.trim().strip_suffix('>').and_then(|before| before.rsplit_once('<')) {
        Some((_, address)) => address,
        None => text.trim(),
    };
    let Some((local, domain)) = address.rsplit_once('@') else { return false };
    let fits = |c: char| !c.is_whitespace() && !"()<>[]:;@\\,\"".contains(c);
    let are_atoms = |text: &str| text.split('.').all(|atom| !atom.is_empty() && atom.chars().all(fits));
    let is_quoted = local.len() > 2 && local.starts_with('"') && local.ends_with('"');
    (is_quoted || are_atoms(local)) && are_atoms(domain)
}

fn has_scheme(text: &str) -> bool {
    let Some((scheme, _)) = text.split_once(':') else { return false };
    let fits = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(fits)
}

fn is_reference(text: &str) -> bool {
    let is_escape = |(at, _): (usize, &str)| {
        text.get(at + 1..at + 3).is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
    };
    let is_plain = |c: char| c >= ' ' && c != '\x7f' && c != '\\';
    let first = text.split(['/', '?', '#']).next().unwrap_or_default();
    let is_clear = has_scheme(text) || !first.contains(':');
    is_clear && text.chars().all(is_plain) && text.match_indices('%').all(is_escape)
}

fn has_closed_braces(text: &str) -> bool {
    text.split('{').skip(1).all(|after| after.contains('}'))
}

fn is_uuid(text: &str) -> bool {
    let widths = [8, 4, 4, 4, 12];
    let parts: Vec<&str> = text.split('-').collect();
    let is_hex = |part: &str| part.chars().all(|c| matches!(c, '0'..='9' | 'a'..='f'));
    parts.len() == widths.len() && parts.iter().zip(widths).all(|(part, width)| part.len() == width && is_hex(part))
}

fn is_pointer(text: &str) -> bool {
    let is_escaped = |text: &str| text.split('~').skip(1).all(|after| after.starts_with(['0', '1']));
    (text.is_empty() || text.starts_with('/')) && is_escaped(text)
}

fn is_relative_pointer(text: &str) -> bool {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let Some((digits, rest)) = text.split_at_checked(end) else { return false };
    let is_number = digits == "0" || !digits.is_empty() && !digits.starts_with('0');
    is_number && (rest == "#" || is_pointer(rest))
}

fn is_parsed_by(layout: &[u8], text: &str) -> bool {
    parse(layout, text.as_bytes(), &mut |_| Zone::utc()).is_ok()
}
