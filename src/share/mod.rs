//! Floor 7. An experiment as a packed chart, and as a link: `#1.f.<payload>`, which is version, kind (`f`: every file) and the base64url of
//! length, checksum and deflated JSON. It stands in the fragment, which browsers don't send to the server.
//!
//! A link is a stranger's input. What is cut off, altered or too large is told in a sentence; nothing is unpacked beyond
//! [`MOST_BYTES`]. The format of a version never changes again: see the frozen links in the tests of `link`.

mod archive;
mod checksum;
mod error;
mod link;
mod wire;
mod wire_layers;

pub use archive::{Archive, PackError, pack};
pub use error::LinkError;
pub use link::{read, write};

/// Bytes that an unpacked experiment may have.
pub const MOST_BYTES: usize = 4 << 20;

/// Files that an experiment in a link may have.
pub const MOST_FILES: usize = 500;
