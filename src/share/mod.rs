//! Floor 7. An experiment as a packed chart, and as a link in the fragment of the page's address, which browsers don't send
//! to the server.
//!
//! `#1.f.<payload>` holds every file, `#1.d.<payload>` what differs from a sample: version, kind, and base64url of length,
//! checksum and deflated JSON. A link is a stranger's input. What is cut off, altered or too large is told in a sentence;
//! nothing is unpacked beyond [`MOST_BYTES`]. The format of a version never changes again: see the frozen links in
//! `tests/corpus/share`.

mod along;
mod archive;
mod deflate;
mod delta;
mod dictionary;
mod difference;
mod draft;
mod error;
mod frame;
mod link;
mod qr;
mod take_out;
mod view;
mod wire;
mod wire_layers;
mod zip;

pub use along::{Along, Part};
pub use archive::{Archive, PackError, pack};
pub use delta::Changes;
pub use draft::{DraftKey, read_draft, write_draft};
pub use error::LinkError;
pub use link::{Link, read, write};
pub use qr::{MOST_QR_LENGTH, Qr};
pub use take_out::{embed_code, markdown_link, markdown_with_code, obstacles, one_file_each, problems_report};
pub use view::{Shared, View};
pub use zip::zip;

/// Bytes that an unpacked experiment may have.
pub const MOST_BYTES: usize = 4 << 20;

/// Files that an experiment in a link may have.
pub const MOST_FILES: usize = 500;
