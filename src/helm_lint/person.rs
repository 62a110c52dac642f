//! Addresses of people and pages, as Helm's validator takes them.

use std::sync::LazyLock;

use regex::Regex;

use crate::helm::Helm;
use crate::sprig::{host_and_path, is_request_uri};

/// Whether a text is a URL with a scheme, as one would ask a server for it.
pub fn is_request_url(text: &str, helm: Helm) -> bool {
    is_request_uri(text, helm)
}

/// Letters that aren't ASCII.
const FOREIGN: &str = r"\x{A0}-\x{D7FF}\x{F900}-\x{FDCF}\x{FDF0}-\x{FFEF}";

/// Whether a text is an e-mail address.
pub fn is_email(text: &str) -> bool {
    // To compile it takes as long as many rules together.
    static PATTERN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&email_pattern()).ok());
    PATTERN.as_ref().is_some_and(|pattern| pattern.is_match(text))
}

fn email_pattern() -> String {
    let atom = format!(r"[a-zA-Z0-9!#$%&'*+/=?^_`{{|}}~\-{FOREIGN}]+");
    let word = format!("a-zA-Z0-9{FOREIGN}");
    let letter = format!("a-zA-Z{FOREIGN}");
    let label = format!(r"(?:[{word}]|[{word}][{word}._~\-]*[{word}])\.");
    let last = format!(r"(?:[{letter}]|[{letter}][{word}_~\-]*[{letter}])");
    let local = format!(r#"(?:{atom}(?:\.{atom})*|"[^"\\]*")"#);
    format!(r"^{local}@(?:{label})+{last}\.?$")
}

/// Longer texts are no URLs.
const LONGEST: usize = 2083;

/// Whether a text is a URL, or what one would write in a hurry for one.
pub fn is_url(text: &str, helm: Helm) -> bool {
    static PATTERN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&url_pattern()).ok());
    if text.len() <= 3 || text.chars().count() >= LONGEST || text.starts_with('.') {
        return false;
    }
    let bare = text.contains(':') && !text.contains("://");
    let whole = if bare { format!("http://{text}") } else { text.to_owned() };
    let Some((host, path)) = host_and_path(&whole, helm) else { return false };
    if host.starts_with(b".") || host.is_empty() && !path.is_empty() && !path.contains(&b'.') {
        return false;
    }
    PATTERN.as_ref().is_some_and(|pattern| pattern.is_match(text))
}

fn url_pattern() -> String {
    let first = r"(?:[1-9][0-9]?|1[0-9][0-9]|2[01][0-9]|22[0-3]|24[0-9]|25[0-5])";
    let middle = r"(?:\.(?:[0-9]{1,2}|1[0-9][0-9]|2[0-4][0-9]|25[0-5])){2}";
    let last = r"\.(?:[0-9][0-9]?|1[0-9][0-9]|2[0-4][0-9]|25[0-5])";
    let word = r"a-zA-Z\x{A1}-\x{FFFF}0-9";
    let letter = r"a-zA-Z\x{A1}-\x{FFFF}";
    let below = format!(r"(?:www\.|[{word}]+(?:[-_.]?[{word}])*[{word}]\.[{word}]+)");
    let head = format!(r"(?:[{word}](?:[{word}\-_]+)?[{word}](?:[-.][{word}]+)*|{below}?)?");
    let host = format!(r"{head}(?:(?:[{word}]+-?-?)*[{word}]+)(?:\.[{letter}]+)?");
    let six = r"\[[0-9a-fA-F:.%]+\]";
    format!(
        r"^(?:(?:ftp|tcp|udp|wss?|https?)://)?(?:[^\t\n\x0C\r ]+(?::[^\t\n\x0C\r ]*)?@)?(?:{first}{middle}{last}|{six}|{host})\.?(?::[0-9]{{1,5}})?(?:[/?#][^\t\n\x0C\r ]*)?$"
    )
}
