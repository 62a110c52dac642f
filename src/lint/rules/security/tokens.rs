//! Credentials in a text, by the forms that their makers gave them.
//!
//! All of them are long words. Most of a text is passed over in steps of that length: where a step ends at what is no
//! part of a word, no such word lies within.

use std::ops::Range;

/// A credential in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Credential {
    /// What it is.
    pub(super) kind: &'static str,
    /// Where it stands.
    pub(super) range: Range<usize>,
}

/// No credential is shorter.
const SHORTEST: usize = 20;

/// The credentials in a text.
pub(super) fn credentials(text: &[u8]) -> Vec<Credential> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(last) = text.get(from + SHORTEST - 1) {
        if !is_part(*last) {
            from += SHORTEST;
            continue;
        }
        let (start, end) = word(text, from, from + SHORTEST - 1);
        if end - start >= SHORTEST
            && let Some(kind) = kind(text, start, end)
        {
            found.push(Credential { kind, range: start..end });
        }
        from = end.max(from + 1);
    }
    found
}

/// The word around a byte, which doesn't begin before `from`.
fn word(text: &[u8], from: usize, at: usize) -> (usize, usize) {
    let before = text.get(from..at).unwrap_or_default();
    let start = before.iter().rposition(|byte| !is_part(*byte)).map_or(from, |before| from + before + 1);
    let behind = text.get(at..).unwrap_or_default();
    let end = behind.iter().position(|byte| !is_part(*byte)).map_or(text.len(), |behind| at + behind);
    (start, end)
}

fn is_part(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'+' | b'/')
}

/// What a word is, if it is a credential.
fn kind(text: &[u8], start: usize, end: usize) -> Option<&'static str> {
    let word = std::str::from_utf8(text.get(start..end)?).ok()?;
    let form = FORMS.iter().find(|form| {
        word.strip_prefix(form.begin)
            .is_some_and(|rest| form.lengths.contains(&rest.len()) && rest.bytes().all(form.of))
    });
    let kind = form.map(|form| form.kind).or_else(|| is_web_token(word).then_some("a JSON Web Token"));
    let kind = kind.or_else(|| is_key(text, start).then_some("a private key"));
    kind.filter(|_| !is_made_up(word))
}

/// How the credentials of a maker look.
struct Form {
    kind: &'static str,
    begin: &'static str,
    /// How many characters follow.
    lengths: std::ops::RangeInclusive<usize>,
    /// Which.
    of: fn(u8) -> bool,
}

fn capital(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit()
}

fn letter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
}

fn sign(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

const FORMS: &[Form] = &[
    Form { kind: "a key of AWS", begin: "AKIA", lengths: 16..=16, of: capital },
    Form { kind: "a token of GitHub", begin: "ghp_", lengths: 36..=251, of: letter },
    Form { kind: "a token of GitHub", begin: "gho_", lengths: 36..=251, of: letter },
    Form { kind: "a token of GitHub", begin: "ghs_", lengths: 36..=251, of: letter },
    Form { kind: "a token of GitHub", begin: "github_pat_", lengths: 50..=244, of: sign },
    Form { kind: "a token of GitLab", begin: "glpat-", lengths: 20..=300, of: sign },
    Form { kind: "a token of Slack", begin: "xoxb-", lengths: 20..=200, of: sign },
    Form { kind: "a token of Slack", begin: "xoxp-", lengths: 20..=200, of: sign },
    Form { kind: "a key of Stripe", begin: "sk_live_", lengths: 16..=200, of: letter },
    Form { kind: "a key of Google", begin: "AIza", lengths: 35..=35, of: sign },
    Form { kind: "a token of npm", begin: "npm_", lengths: 36..=36, of: letter },
];

/// Whether a word is a header, a content and a signature.
fn is_web_token(word: &str) -> bool {
    let mut parts = word.split('.');
    let is_part = |part: Option<&str>, begin: &str| {
        part.is_some_and(|part| part.starts_with(begin) && part.len() > 16 && part.bytes().all(sign))
    };
    is_part(parts.next(), "eyJ") && is_part(parts.next(), "eyJ") && is_part(parts.next(), "") && parts.next().is_none()
}

/// Whether the line above is the title of a private key.
fn is_key(text: &[u8], start: usize) -> bool {
    const TITLE: &[u8] = b"PRIVATE KEY-----";
    let before = text.get(..start).unwrap_or_default().trim_ascii_end();
    // In quotes its lines may be written in one.
    let before = before.strip_suffix(b"\\").unwrap_or(before);
    before.ends_with(TITLE)
}

/// Whether a word is an example, or stands for one.
fn is_made_up(word: &str) -> bool {
    let lower = word.to_lowercase();
    let is_said = ["example", "xxxx", "0000", "1234567", "your", "abcdef"].iter().any(|word| lower.contains(word));
    let letters: std::collections::BTreeSet<u8> = lower.bytes().rev().take(16).collect();
    let has_digit = word.bytes().any(|byte| byte.is_ascii_digit());
    is_said || letters.len() < 4 || !has_digit
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Put together here, so that nobody takes this file for one with credentials.
    fn written(begin: &str, rest: &str) -> String {
        format!("{begin}{rest}")
    }

    fn kinds(text: &str) -> Vec<&'static str> {
        credentials(text.as_bytes()).into_iter().map(|credential| credential.kind).collect()
    }

    #[test]
    fn credentials_are_found_wherever_they_stand() {
        let key = written("AKIA", "Q7RT2WZP4LMN8KJH");
        let token = written("ghp_", "k2Jh8sQ0zLmV4bNcXy7RtWp3Fd9Ga5Ue1Ioq");
        for before in 0..50 {
            let text = format!("{}key: {key}\ntoken: \"{token}\"\n", " ".repeat(before));
            assert_eq!(kinds(&text), ["a key of AWS", "a token of GitHub"], "{before}");
        }
        assert_eq!(kinds(&key), ["a key of AWS"]);
        let pem = written("-----BEGIN RSA PRIVATE ", "KEY-----\n  MIIEowIBAAKCAQEAr8n2Kq\n");
        assert_eq!(kinds(&pem), ["a private key"]);
        let web = written("eyJhbGciOiJIUzI1NiJ9", ".eyJzdWIiOiIxMjM0NTYifQ.dBjftJeZ4CVP-mB92K27uhbUJU1");
        assert_eq!(kinds(&format!("bearer {web}")), ["a JSON Web Token"]);
    }

    #[test]
    fn what_looks_alike_is_none() {
        for text in [
            "AKIAIOSFODNN7EXAMPLE",
            "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            "xoxb-somenumbers-someletters",
            "kube_pod_container_status_last_terminated_reason",
            "https://example.com/a/very/long/path/that/goes/on",
            "-----BEGIN CERTIFICATE-----\nMIIEowIBAAKCAQEAr8n2Kq\n",
            "",
        ] {
            assert_eq!(kinds(text), Vec::<&str>::new(), "{text}");
        }
    }
}
