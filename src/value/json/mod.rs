//! Go's `encoding/json`: sorted keys, HTML escaped or not, floats as Go writes them, Go's error texts.
//!
//! Neither direction recurses: what is nested ten thousand deep decodes, as in Go, and encodes again.

mod decode;
mod encode;

pub use decode::{DecodeError, DecodeErrorKind, decode};
pub use encode::{EncodeError, HtmlCharacters, Layout, encode, encode_as};
