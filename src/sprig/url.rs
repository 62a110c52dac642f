//! Sprig's [URL functions](https://masterminds.github.io/sprig/url.html).

use super::reflection::kind;
use super::text::charge;
use super::url_parse::{Url, parse};
use crate::template::{CallError, Context, Function, TracedText};
use crate::value::{Map, Text, Traced, Value};

pub(super) fn functions() -> Vec<Function> {
    vec![
        Function::new("urlParse", url_parse)
            .doc("A URL as a map of `scheme`, `userinfo`, `host`, `hostname`, `path`, `query`, `opaque`, `fragment`.")
            .example("{{ (urlParse \"http://u@example.com:80/a?b#c\").host }}", "example.com:80"),
        Function::new("urlJoin", url_join)
            .doc("The URL of such a map.")
            .example("{{ urlJoin (dict \"scheme\" \"http\" \"host\" \"h\" \"path\" \"/a b\") }}", "http://h/a%20b"),
    ]
}

fn url_parse(cx: &mut dyn Context, text: TracedText) -> Result<Map, CallError> {
    charge(cx, text.text.len().saturating_mul(2))?;
    let parsed = parse(&text.text.to_str(), cx.helm());
    let url = parsed.map_err(|error| CallError::Panic(format!("unable to parse url: {error}")))?;
    let hostname = url.hostname().to_vec();
    let parts: [(&str, Text); 8] = [
        ("userinfo", url.userinfo().unwrap_or_default().into()),
        ("scheme", url.scheme.into()),
        ("host", url.host.into()),
        ("hostname", hostname.into()),
        ("path", url.path.into()),
        ("query", url.query.into()),
        ("opaque", url.opaque.into()),
        ("fragment", url.fragment.into()),
    ];
    Ok(parts.into_iter().map(|(name, part)| (name, Traced::new(part, text.reads))).collect())
}

/// A part of the map; empty where it is missing.
fn part(map: &Map, name: &str) -> Result<Text, CallError> {
    match map.value(name) {
        None => Ok(Text::default()),
        Some(Value::String(text)) => Ok(text),
        Some(Value::Nil) => {
            Err(CallError::Panic("runtime error: invalid memory address or nil pointer dereference".to_owned()))
        }
        Some(other) => {
            let found = kind(&other);
            Err(CallError::Panic(format!("unable to parse {name} key, must be of type string, but {found} found")))
        }
    }
}

fn url_join(cx: &mut dyn Context, map: Map) -> Result<Text, CallError> {
    let text = |name| Ok::<_, CallError>(part(&map, name)?.to_str().into_owned());
    let bytes = |name| Ok::<_, CallError>(part(&map, name)?.as_bytes().to_vec());
    let mut url = Url {
        scheme: text("scheme")?,
        host: bytes("host")?,
        path: bytes("path")?,
        query: text("query")?,
        opaque: text("opaque")?,
        fragment: bytes("fragment")?,
        user: None,
    };
    let userinfo = text("userinfo")?;
    if !userinfo.is_empty() {
        let parsed = parse(&format!("proto://{userinfo}@host"), cx.helm());
        let failed = |error| CallError::Panic(format!("unable to parse userinfo in dict: {error}"));
        url.user = parsed.map_err(failed)?.user;
    }
    let joined = url.assembled();
    charge(cx, joined.len())?;
    Ok(joined.into())
}
