//! What is in a file: text that can be edited, or bytes that can't.

use std::rc::Rc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

/// The content of a file, shared by reference.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(from = "Wire", into = "Wire")]
pub enum Content {
    /// UTF-8 text.
    Text(Rc<str>),
    /// Anything else, kept as it is.
    Binary(Rc<[u8]>),
}

impl Content {
    /// Text where the bytes are text, else binary. A NUL byte makes a file binary, as it does for editors.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        match std::str::from_utf8(bytes) {
            Ok(text) if !text.contains('\0') => Self::Text(text.into()),
            _ => Self::Binary(bytes.into()),
        }
    }

    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Binary(bytes) => bytes,
        }
    }

    /// The same, shared: nothing is copied.
    pub fn shared(&self) -> Rc<[u8]> {
        match self {
            Self::Text(text) => Rc::clone(text).into(),
            Self::Binary(bytes) => Rc::clone(bytes),
        }
    }

    /// The text, where it is one.
    pub fn text(&self) -> Option<&Rc<str>> {
        match self {
            Self::Text(text) => Some(text),
            Self::Binary(_) => None,
        }
    }

    /// Number of bytes.
    pub fn len(&self) -> usize {
        self.bytes().len()
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether both are one and the same in memory: cheap, and true for whatever was not edited in between.
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text(a), Self::Text(b)) => Rc::ptr_eq(a, b),
            (Self::Binary(a), Self::Binary(b)) => Rc::ptr_eq(a, b),
            _ => false,
        }
    }
}

impl PartialEq for Content {
    fn eq(&self, other: &Self) -> bool {
        self.is_same(other) || self.bytes() == other.bytes()
    }
}

impl Eq for Content {}

/// On its way to the worker: text as it is, bytes as base64.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Wire {
    Text(Rc<str>),
    Binary { base64: String },
}

impl From<Wire> for Content {
    fn from(wire: Wire) -> Self {
        match wire {
            Wire::Text(text) => Self::Text(text),
            Wire::Binary { base64 } => Self::Binary(STANDARD.decode(base64).unwrap_or_default().into()),
        }
    }
}

impl From<Content> for Wire {
    fn from(content: Content) -> Self {
        match content {
            Content::Text(text) => Self::Text(text),
            Content::Binary(bytes) => Self::Binary { base64: STANDARD.encode(bytes) },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_no_text_come_through_unharmed() {
        let gzip = Content::from_bytes(&[0x1f, 0x8b, 0, 255]);
        assert_eq!(gzip.text(), None);
        let there = serde_json::to_string(&gzip).unwrap();
        let back: Content = serde_json::from_str(&there).unwrap();
        assert_eq!(back, gzip);
        assert!(Content::from_bytes("é: 1\r\n".as_bytes()).text().is_some());
    }
}
