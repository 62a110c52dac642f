//! Go's `net/url`: `Parse` and `URL.String`, with Go's errors.

use super::ip_address::{self, Address};
use crate::helm::Helm;
use crate::value::format::{Charset, quote};

/// The parts of a URL, decoded. Paths may hold bytes that aren't UTF-8.
#[derive(Clone, Debug, Default)]
pub(super) struct Url {
    pub scheme: String,
    pub opaque: String,
    /// User and password.
    pub user: Option<(Vec<u8>, Option<Vec<u8>>)>,
    pub host: Vec<u8>,
    pub path: Vec<u8>,
    pub query: String,
    pub fragment: Vec<u8>,
}

/// What a text is a part of: that decides which characters are escaped.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Path,
    User,
    Host,
    Zone,
    Fragment,
}

type Parsed<T> = Result<T, String>;

/// Reads a URL. The error is that of Go's `url.Parse`.
pub(super) fn parse(text: &str, helm: Helm) -> Parsed<Url> {
    let (before, fragment) = text.split_once('#').unwrap_or((text, ""));
    let mut url = parse_before_fragment(before, helm).map_err(|error| parse_error(before, &error))?;
    url.fragment = unescape(fragment, Part::Fragment).map_err(|error| parse_error(text, &error))?;
    Ok(url)
}

/// Whether Go's `url.ParseRequestURI` takes a text, and finds a scheme in it.
pub fn is_request_uri(text: &str, helm: Helm) -> bool {
    !text.is_empty() && parse_before_fragment(text, helm).is_ok_and(|url| !url.scheme.is_empty())
}

/// Whether what Go's `url.Parse` takes has a scheme; an IPv6 host must be one, and stand in brackets.
pub fn has_scheme(text: &str) -> Result<bool, String> {
    let url = parse(text, Helm::Four)?;
    let hostname = String::from_utf8_lossy(url.hostname());
    if hostname.contains(':') {
        if !url.host.contains(&b'[') || !url.host.contains(&b']') {
            return Err("ipv6 address not enclosed in brackets".to_owned());
        }
        ip_address::ipv6_verdict(&hostname).map_err(|error| format!("invalid ipv6 address: {error}"))?;
    }
    Ok(!url.scheme.is_empty())
}

/// Host and path of what Go's `url.Parse` takes.
pub fn host_and_path(text: &str, helm: Helm) -> Option<(Vec<u8>, Vec<u8>)> {
    parse(text, helm).ok().map(|url| (url.host, url.path))
}

fn parse_error(text: &str, error: &str) -> String {
    format!("parse {}: {error}", quote(text.as_bytes(), Charset::Unicode))
}

fn parse_before_fragment(text: &str, helm: Helm) -> Parsed<Url> {
    if text.bytes().any(|byte| byte < b' ' || byte == 0x7f) {
        return Err("net/url: invalid control character in URL".to_owned());
    }
    let mut url = Url::default();
    if text == "*" {
        url.path = b"*".to_vec();
        return Ok(url);
    }
    let (scheme, rest) = split_scheme(text)?;
    url.scheme = scheme.to_ascii_lowercase();
    let (mut rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    query.clone_into(&mut url.query);
    if !rest.starts_with('/') {
        if !url.scheme.is_empty() {
            rest.clone_into(&mut url.opaque);
            return Ok(url);
        }
        if rest.split('/').next().is_some_and(|segment| segment.contains(':')) {
            return Err("first path segment in URL cannot contain colon".to_owned());
        }
    }
    let has_authority = !url.scheme.is_empty() || !rest.starts_with("///");
    if let Some(after) = rest.strip_prefix("//").filter(|_| has_authority) {
        let (authority, path) = after.split_at(after.find('/').unwrap_or(after.len()));
        parse_authority(&mut url, authority, helm)?;
        rest = path;
    }
    url.path = unescape(rest, Part::Path)?;
    Ok(url)
}

/// The scheme, and what follows its colon; an empty scheme where the text begins otherwise.
fn split_scheme(text: &str) -> Parsed<(&str, &str)> {
    for (at, c) in text.char_indices() {
        match c {
            'a'..='z' | 'A'..='Z' => {}
            '0'..='9' | '+' | '-' | '.' if at > 0 => {}
            ':' if at == 0 => return Err("missing protocol scheme".to_owned()),
            ':' => return Ok(text.split_once(':').unwrap_or(("", text))),
            _ => break,
        }
    }
    Ok(("", text))
}

fn parse_authority(url: &mut Url, authority: &str, helm: Helm) -> Parsed<()> {
    let Some((userinfo, host)) = authority.rsplit_once('@') else {
        url.host = parse_host(&url.scheme, authority, helm)?;
        return Ok(());
    };
    url.host = parse_host(&url.scheme, host, helm)?;
    let fits = |c: char| c.is_ascii_alphanumeric() || "-._:~!$&'()*+,;=%@".contains(c);
    if !userinfo.chars().all(fits) {
        return Err("net/url: invalid userinfo".to_owned());
    }
    url.user = Some(match userinfo.split_once(':') {
        None => (unescape(userinfo, Part::User)?, None),
        Some((name, password)) => (unescape(name, Part::User)?, Some(unescape(password, Part::User)?)),
    });
    Ok(())
}

fn is_optional_port(text: &str) -> bool {
    text.is_empty() || text.strip_prefix(':').is_some_and(|port| port.bytes().all(|byte| byte.is_ascii_digit()))
}

fn check_port(text: &str) -> Parsed<()> {
    if is_optional_port(text) {
        return Ok(());
    }
    Err(format!("invalid port {} after host", quote(text.as_bytes(), Charset::Unicode)))
}

/// Go 1.23, which Helm 3 is built with, takes whatever stands in brackets, and any number of colons.
fn parse_host(scheme: &str, host: &str, helm: Helm) -> Parsed<Vec<u8>> {
    match host.rfind('[') {
        _ if helm.is_three() && host.starts_with('[') => return parse_bracketed(host, helm),
        _ if helm.is_three() => {}
        Some(0) => return parse_bracketed(host, helm),
        Some(_) => return Err("invalid IP-literal".to_owned()),
        None => {}
    }
    // Other schemes than the web's have lists of hosts there.
    let colon = if matches!(scheme, "http" | "https") && !helm.is_three() { host.find(':') } else { host.rfind(':') };
    if let Some(port) = colon.and_then(|colon| host.get(colon..)) {
        check_port(port)?;
    }
    unescape(host, Part::Host)
}

/// `[::1]:80`, `[fe80::1%25en0]`
fn parse_bracketed(host: &str, helm: Helm) -> Parsed<Vec<u8>> {
    let Some((inside, port)) = host.rsplit_once(']') else { return Err("missing ']' in host".to_owned()) };
    check_port(port)?;
    let decoded = match inside.find("%25") {
        None => unescape(inside, Part::Host)?,
        Some(zone) => {
            let (address, zone) = inside.split_at(zone);
            [unescape(address, Part::Host)?, unescape(zone, Part::Zone)?].concat()
        }
    };
    if helm.is_three() {
        return Ok([decoded.as_slice(), b"]", &unescape(port, Part::Host)?].concat());
    }
    let address = String::from_utf8_lossy(decoded.get(1..).unwrap_or_default()).into_owned();
    match ip_address::parse(&address) {
        Err(error) => Err(format!("invalid host: {error}")),
        Ok(Address::V4) => Err("invalid IP-literal".to_owned()),
        Ok(Address::V6) => Ok([decoded.as_slice(), b"]", &unescape(port, Part::Host)?].concat()),
    }
}

/// Whether a byte must be escaped in this part.
fn needs_escape(byte: u8, part: Part) -> bool {
    if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
        return false;
    }
    !match part {
        Part::Host | Part::Zone => b"!$&'()*+,;=:[]<>\"".contains(&byte),
        Part::Path => b"$&+,/:;=@".contains(&byte),
        Part::User => b"$&+,;=".contains(&byte),
        Part::Fragment => b"$&+,/:;=?@!()*".contains(&byte),
    }
}

fn escape(bytes: &[u8], part: Part) -> String {
    let escaped = |&byte: &u8| {
        if needs_escape(byte, part) { format!("%{byte:02X}") } else { char::from(byte).to_string() }
    };
    bytes.iter().map(escaped).collect()
}

fn unescape(text: &str, part: Part) -> Parsed<Vec<u8>> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte == b'%' {
            out.push(escaped_byte(bytes, at, part)?);
            at += 3;
            continue;
        }
        let is_host = matches!(part, Part::Host | Part::Zone);
        if is_host && byte.is_ascii() && needs_escape(byte, part) {
            return Err(format!("invalid character {} in host name", quote(&[byte], Charset::Unicode)));
        }
        out.push(byte);
        at += 1;
    }
    Ok(out)
}

/// The byte that `%…` stands for.
fn escaped_byte(bytes: &[u8], at: usize, part: Part) -> Parsed<u8> {
    let shown = bytes.get(at..(at + 3).min(bytes.len())).unwrap_or_default();
    let fault = || format!("invalid URL escape {}", quote(shown, Charset::Unicode));
    let digit = |place: usize| shown.get(place).and_then(|&byte| char::from(byte).to_digit(16));
    let (Some(high), Some(low)) = (digit(1), digit(2)) else { return Err(fault()) };
    let byte = u8::try_from(high * 16 + low).unwrap_or(0);
    let is_refused = match part {
        // In a host only what isn't ASCII is escaped, and the percent sign before a zone.
        Part::Host => high < 8 && shown != b"%25",
        Part::Zone => shown != b"%25" && byte != b' ' && needs_escape(byte, Part::Host),
        Part::Path | Part::User | Part::Fragment => false,
    };
    if is_refused { Err(fault()) } else { Ok(byte) }
}

impl Url {
    /// The host without its port and brackets.
    pub fn hostname(&self) -> &[u8] {
        let colon = self.host.iter().rposition(|&byte| byte == b':');
        let port = colon.and_then(|colon| self.host.get(colon..)).and_then(|port| std::str::from_utf8(port).ok());
        let end = colon.filter(|_| port.is_some_and(is_optional_port)).unwrap_or(self.host.len());
        let host = self.host.get(..end).unwrap_or_default();
        host.strip_prefix(b"[").and_then(|inside| inside.strip_suffix(b"]")).unwrap_or(host)
    }

    /// User and password, escaped.
    pub fn userinfo(&self) -> Option<String> {
        let (name, password) = self.user.as_ref()?;
        let name = escape(name, Part::User);
        Some(match password {
            None => name,
            Some(password) => format!("{name}:{}", escape(password, Part::User)),
        })
    }

    /// Go's `URL.String`.
    pub fn assembled(&self) -> String {
        let mut out = String::new();
        if !self.scheme.is_empty() {
            out.push_str(&self.scheme);
            out.push(':');
        }
        if self.opaque.is_empty() {
            self.push_hierarchy(&mut out);
        } else {
            out.push_str(&self.opaque);
        }
        if !self.query.is_empty() {
            out.push('?');
            out.push_str(&self.query);
        }
        if !self.fragment.is_empty() {
            out.push('#');
            out.push_str(&escape(&self.fragment, Part::Fragment));
        }
        out
    }

    /// `//user@host/path`
    fn push_hierarchy(&self, out: &mut String) {
        let has_authority = !self.host.is_empty() || self.user.is_some();
        if has_authority || !self.scheme.is_empty() && !self.path.is_empty() {
            out.push_str("//");
        }
        if let Some(userinfo) = self.userinfo() {
            out.push_str(&userinfo);
            out.push('@');
        }
        out.push_str(&escape(&self.host, Part::Host));
        let path = if self.path == b"*" { "*".to_owned() } else { escape(&self.path, Part::Path) };
        if !path.is_empty() && !path.starts_with('/') && !self.host.is_empty() {
            out.push('/');
        }
        if out.is_empty() && path.split('/').next().is_some_and(|segment| segment.contains(':')) {
            out.push_str("./");
        }
        out.push_str(&path);
    }
}
