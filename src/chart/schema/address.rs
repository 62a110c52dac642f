//! Addresses of schemas: `$id` and `$ref` against the address of what they stand in, as RFC 3986 has it.

/// An address and what follows `#` in it, decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) url: String,
    pub(super) fragment: String,
}

struct Parts<'a> {
    scheme: Option<&'a str>,
    authority: Option<&'a str>,
    path: &'a str,
    query: Option<&'a str>,
}

impl<'a> Parts<'a> {
    fn of(url: &'a str) -> Self {
        let is_scheme = |text: &str| {
            text.starts_with(|c: char| c.is_ascii_alphabetic())
                && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
        };
        let (scheme, rest) = match url.split_once(':') {
            Some((scheme, rest)) if is_scheme(scheme) => (Some(scheme), rest),
            _ => (None, url),
        };
        let (rest, query) = rest.split_once('?').map_or((rest, None), |(rest, query)| (rest, Some(query)));
        let (authority, path) = match rest.strip_prefix("//") {
            Some(rest) => {
                let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
                (Some(authority), path)
            }
            None => (None, rest),
        };
        Self { scheme, authority, path, query }
    }

    fn write(scheme: Option<&str>, authority: Option<&str>, path: &str, query: Option<&str>) -> String {
        let mut url = String::new();
        url.extend(scheme.into_iter().flat_map(|scheme| [scheme, ":"]));
        url.extend(authority.into_iter().flat_map(|authority| ["//", authority]));
        url.push_str(path);
        url.extend(query.into_iter().flat_map(|query| ["?", query]));
        url
    }
}

/// The path of an address, as it is written.
pub(super) fn path(url: &str) -> &str {
    Parts::of(url.split('#').next().unwrap_or_default()).path
}

/// Where a reference leads to from an address.
pub(super) fn join(base: &str, reference: &str) -> Result<Address, String> {
    let (url, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let fragment = decoded(fragment).map_err(|escape| {
        let (reference, escape) = (super::quoted(reference), super::quoted(&escape));
        format!("error in parsing {reference}: invalid URL escape {escape}")
    })?;
    Ok(Address { url: resolved(base, url), fragment })
}

fn resolved(base: &str, reference: &str) -> String {
    let (base, to) = (Parts::of(base), Parts::of(reference));
    if to.scheme.is_some() {
        return reference.to_owned();
    }
    let is_opaque = base.authority.is_none() && !base.path.starts_with('/') && base.scheme.is_some();
    if is_opaque {
        return Parts::write(base.scheme, None, base.path, base.query);
    }
    if to.authority.is_some() {
        return Parts::write(base.scheme, to.authority, &without_dots(to.path), to.query);
    }
    if to.path.is_empty() {
        return Parts::write(base.scheme, base.authority, base.path, to.query.or(base.query));
    }
    let path = if to.path.starts_with('/') {
        to.path.to_owned()
    } else {
        let folder = base.path.rfind('/').map_or("/", |slash| base.path.get(..=slash).unwrap_or("/"));
        folder.to_owned() + to.path
    };
    Parts::write(base.scheme, base.authority, &without_dots(&path), to.query)
}

fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let steps: Vec<&str> = path.split('/').collect();
    for (at, step) in steps.iter().enumerate() {
        let is_last = at + 1 == steps.len();
        match *step {
            "." | ".." => {
                if *step == ".." && kept.len() > 1 {
                    kept.pop();
                }
                if is_last {
                    kept.push("");
                }
            }
            step => kept.push(step),
        }
    }
    kept.join("/")
}

/// A text without percent signs; the error is the sequence that stands for nothing.
fn decoded(text: &str) -> Result<String, String> {
    let mut out = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'%' {
            out.push(byte);
            continue;
        }
        let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let value = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        let Some(value) = value else {
            let written = after.get(..2).unwrap_or(after);
            return Err(format!("%{}", String::from_utf8_lossy(written)));
        };
        out.push(value);
        rest = after.get(2..).unwrap_or_default();
    }
    Ok(String::from_utf8_lossy(&out).into_owned())
}

/// A pointer as it is written behind `#`.
pub(super) fn encoded(pointer: &str) -> String {
    let mut out = String::new();
    for c in pointer.chars() {
        let is_plain = c.is_ascii_alphanumeric() || "/-_.~$&+=:@".contains(c);
        if is_plain {
            out.push(c);
        } else {
            let mut buffer = [0; 4];
            out.extend(c.encode_utf8(&mut buffer).bytes().map(|byte| format!("%{byte:02X}")));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_lead_on() {
        for (base, reference, want) in [
            ("file:///values.schema.json", "#/a", "file:///values.schema.json"),
            ("file:///values.schema.json", "other.json", "file:///other.json"),
            ("file:///a/b.json", "../c/./d.json", "file:///c/d.json"),
            ("https://x.y/a/b", "//z/q", "https://z/q"),
            ("https://x.y/a/b", "/q?r", "https://x.y/q?r"),
            ("https://x.y/a/b", "http://u/v", "http://u/v"),
            ("urn:a:b", "", "urn:a:b"),
        ] {
            assert_eq!(join(base, reference).map(|address| address.url), Ok(want.to_owned()), "{base} {reference}");
        }
        assert_eq!(join("a:b", "#x%20y").map(|address| address.fragment), Ok("x y".to_owned()));
        assert_eq!(join("a:b", "#%zz"), Err("error in parsing \"#%zz\": invalid URL escape \"%zz\"".to_owned()));
    }
}
