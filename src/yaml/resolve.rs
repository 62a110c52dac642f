//! What scalars mean: YAML 1.1 as go-yaml v2 understands it (`y`, `on` and `0777` included, sexagesimals excluded).

use std::borrow::Cow;

use super::error::ErrorKind;
use super::number;
use super::timestamp;

/// What `!!` stands for.
pub(super) const PREFIX: &str = "tag:yaml.org,2002:";
/// The tag of the key `<<`.
pub(super) const MERGE: &str = "tag:yaml.org,2002:merge";

/// What a scalar means.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Scalar {
    Null,
    Bool(bool),
    Int(i64),
    Uint(u64),
    Float(f64),
    /// Its own text.
    Text,
    /// Its own text, which go-yaml takes for a moment in time but leaves a string.
    Timestamp,
    Binary(Vec<u8>),
}

impl Scalar {
    fn tag(&self) -> &'static str {
        match self {
            Self::Null => "!!null",
            Self::Bool(_) => "!!bool",
            Self::Int(_) | Self::Uint(_) => "!!int",
            Self::Float(_) => "!!float",
            Self::Text => "!!str",
            Self::Timestamp => "!!timestamp",
            Self::Binary(_) => "!!binary",
        }
    }

    /// The key it becomes in JSON. `text` is the scalar's own.
    pub(super) fn to_key<'a>(&self, text: &'a str) -> Cow<'a, str> {
        match self {
            Self::Null => Cow::Borrowed(""),
            Self::Bool(true) => Cow::Borrowed("true"),
            Self::Bool(false) => Cow::Borrowed("false"),
            Self::Int(n) => Cow::Owned(n.to_string()),
            Self::Uint(n) => Cow::Owned(n.to_string()),
            Self::Float(n) => Cow::Owned(number::short_float(*n)),
            Self::Text | Self::Timestamp => Cow::Borrowed(text),
            Self::Binary(bytes) => Cow::Owned(number::valid_utf8(bytes)),
        }
    }
}

/// What a scalar means, given its tag and whether its text alone may decide.
pub(super) fn scalar(tag: Option<&str>, implicit: bool, text: &str) -> Result<Scalar, ErrorKind> {
    let Some(tag) = tag else {
        return Ok(if implicit { plain(text) } else { Scalar::Text });
    };
    let Some(short) = tag.strip_prefix(PREFIX) else { return Ok(Scalar::Text) };
    let wrong = |is: &Scalar| ErrorKind::WrongTag(is.tag(), text.to_owned(), format!("!!{short}"));
    let value = match short {
        "binary" => return number::decode_base64(text).map(Scalar::Binary).ok_or(ErrorKind::Base64),
        // Only without a tag, or with this one, a text is looked at as a timestamp.
        "timestamp" => plain(text),
        "bool" | "int" | "float" | "null" => match plain(text) {
            Scalar::Timestamp => Scalar::Text,
            value => value,
        },
        _ => return Ok(Scalar::Text),
    };
    match (short, &value) {
        ("bool", Scalar::Bool(_))
        | ("int", Scalar::Int(_) | Scalar::Uint(_))
        | ("float", Scalar::Float(_))
        | ("null", Scalar::Null)
        | ("timestamp", Scalar::Timestamp) => Ok(value),
        #[expect(clippy::cast_precision_loss, reason = "as Go converts")]
        ("float", Scalar::Int(n)) => Ok(Scalar::Float(*n as f64)),
        _ => Err(wrong(&value)),
    }
}

/// What a scalar without tag and quotes means.
pub(super) fn plain(text: &str) -> Scalar {
    match text.bytes().next() {
        None => Scalar::Null,
        Some(b'y' | b'Y' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'o' | b'O' | b'~') => word(text),
        Some(b'.') => match word(text) {
            Scalar::Text => number::parse_dotted(text).map_or(Scalar::Text, Scalar::Float),
            special => special,
        },
        Some(b'+' | b'-' | b'0'..=b'9') => match word(text) {
            Scalar::Text if timestamp::is_timestamp(text) => Scalar::Timestamp,
            Scalar::Text => number::parse(text),
            special => special,
        },
        Some(_) => Scalar::Text,
    }
}

fn word(text: &str) -> Scalar {
    match text {
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => Scalar::Bool(true),
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => Scalar::Bool(false),
        "~" | "null" | "Null" | "NULL" => Scalar::Null,
        ".nan" | ".NaN" | ".NAN" => Scalar::Float(f64::NAN),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => Scalar::Float(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => Scalar::Float(f64::NEG_INFINITY),
        _ => Scalar::Text,
    }
}
