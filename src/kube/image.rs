//! References to images: `registry:5000/group/name:tag@sha256:…`.

/// A reference, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageReference {
    /// Registry and path.
    pub name: String,
    /// After the colon.
    pub tag: Option<String>,
    /// After the at sign.
    pub digest: Option<String>,
}

impl ImageReference {
    /// Reads a reference; where it isn't one, says why.
    pub fn parse(written: &str) -> Result<Self, &'static str> {
        let (rest, digest) = match written.split_once('@') {
            Some((rest, digest)) => (rest, Some(digest)),
            None => (written, None),
        };
        if !digest.is_none_or(is_digest) {
            return Err("what follows the `@` is no digest");
        }
        // A colon before the last slash is that of a registry's port.
        let path = rest.rfind('/').map_or(0, |slash| slash + 1);
        let (name, tag) = match rest.get(path..).and_then(|last| last.split_once(':')) {
            Some((last, tag)) => (rest.get(..path + last.len()).unwrap_or(rest), Some(tag)),
            None => (rest, None),
        };
        check_name(name)?;
        match tag {
            Some("") => Err("nothing follows the `:`"),
            Some(tag) if !is_tag(tag) => Err("what follows the `:` is no tag"),
            _ => Ok(Self { name: name.to_owned(), tag: tag.map(str::to_owned), digest: digest.map(str::to_owned) }),
        }
    }
}

fn check_name(name: &str) -> Result<(), &'static str> {
    if name.is_empty() {
        return Err("it names no image");
    }
    if name.chars().any(char::is_whitespace) {
        return Err("it contains blanks");
    }
    let (registry, path) = match name.split_once('/') {
        Some((registry, path)) if is_registry(registry) => (Some(registry), path),
        _ => (None, name),
    };
    if path.split('/').any(str::is_empty) {
        return Err("a part of its path is empty");
    }
    if path.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return Err("its path has capital letters");
    }
    if !registry.is_none_or(is_host) {
        return Err("its registry is no host name");
    }
    if path.split('/').all(is_component) { Ok(()) } else { Err("its path has characters that no image's has") }
}

/// Whether the first part of a path is a registry: it has a dot, a port or capital letters, or is the machine itself.
fn is_registry(part: &str) -> bool {
    part == "localhost" || part.bytes().any(|byte| matches!(byte, b'.' | b':') || byte.is_ascii_uppercase())
}

fn is_host(registry: &str) -> bool {
    if registry.starts_with('[') {
        return registry.contains(']');
    }
    let (host, port) = registry.split_once(':').unwrap_or((registry, "0"));
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    host.split('.').all(is_label) && !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit())
}

/// Letters and digits, with single dots, one or two underscores or any number of dashes between them.
fn is_component(part: &str) -> bool {
    let is_word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let separators: Vec<&str> = part.split(|c: char| u8::try_from(c).is_ok_and(is_word)).collect();
    let inner = separators.iter().filter(|separator| !separator.is_empty());
    let is_separator =
        |separator: &&str| matches!(*separator, "." | "_" | "__") || separator.bytes().all(|byte| byte == b'-');
    let ends = part.bytes().next().is_some_and(is_word) && part.bytes().next_back().is_some_and(is_word);
    ends && inner.clone().all(is_separator)
}

fn is_tag(tag: &str) -> bool {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    tag.len() <= 128
        && tag.bytes().next().is_some_and(is_word)
        && tag.bytes().all(|byte| is_word(byte) || matches!(byte, b'.' | b'-'))
}

fn is_digest(digest: &str) -> bool {
    let Some((algorithm, hex)) = digest.split_once(':') else { return false };
    !algorithm.is_empty() && hex.len() >= 32 && hex.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_is_no_tag() {
        let tag = |written| ImageReference::parse(written).expect("a reference").tag;
        assert_eq!(tag("registry:5000/group/name"), None);
        assert_eq!(tag("registry:5000/group/name:1.0").as_deref(), Some("1.0"));
        assert_eq!(tag("nginx:1.27-alpine").as_deref(), Some("1.27-alpine"));
        assert_eq!(tag("a__b/c--x").as_deref(), None);
    }

    #[test]
    fn what_is_no_reference_is_told_apart() {
        for (written, why) in [
            ("", "it names no image"),
            (":1.0", "it names no image"),
            ("web:", "nothing follows the `:`"),
            ("web:<no value>", "what follows the `:` is no tag"),
            ("a//b", "a part of its path is empty"),
            ("/web:1", "a part of its path is empty"),
            ("group/Web:1", "its path has capital letters"),
            ("we b", "it contains blanks"),
            ("web@sha256:12", "what follows the `@` is no digest"),
            ("we..b", "its path has characters that no image's has"),
        ] {
            assert_eq!(ImageReference::parse(written).unwrap_err(), why, "{written}");
        }
    }
}
