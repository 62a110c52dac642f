//! A link as a QR code, to be pointed at with a phone: so it gets from a projector into the room.
//!
//! The crate qrcodegen does the arithmetic: it is one file without dependencies, has been what it is for years, and adds
//! few kilobytes to the page. A newer one, `fast_qr`, brings images and colours along that nobody asks for here.

use std::fmt::Write;

use qrcodegen::{QrCode, QrCodeEcc};

/// Longer links make a code whose dots no phone tells apart from the last row. The format itself ends at 2,953.
pub const MOST_QR_LENGTH: usize = 1_200;

/// A code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qr {
    /// Modules in a row, the margin that scanners need included.
    pub size: usize,
    /// The dark modules as the path of an SVG.
    pub path: String,
}

/// Empty modules around it, as the standard wants them.
const MARGIN: i32 = 4;

impl Qr {
    /// The code of a link; nothing where it is too long.
    pub fn of(link: &str) -> Option<Self> {
        if link.len() > MOST_QR_LENGTH {
            return None;
        }
        // Low, and better where that costs no larger code.
        let code = QrCode::encode_text(link, QrCodeEcc::Low).ok()?;
        let size = usize::try_from(code.size() + 2 * MARGIN).ok()?;
        Some(Self { size, path: (0..code.size()).map(|row| dark(&code, row)).collect() })
    }
}

/// The dark modules of a row, those that touch as one piece.
fn dark(code: &QrCode, row: i32) -> String {
    let mut path = String::new();
    let mut column = 0;
    while column < code.size() {
        let length = (column..code.size()).take_while(|&at| code.get_module(at, row)).count();
        let length = i32::try_from(length).unwrap_or(0);
        if length > 0 {
            // Writing to a string can't fail.
            let _ = write!(path, "M{} {}h{length}v1h-{length}z", column + MARGIN, row + MARGIN);
        }
        column += length.max(1);
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_three_corners_and_a_margin() {
        let qr = Qr::of("https://example.org/#1.d.AAAA").expect("a code");
        // Version 2 has 25 modules.
        assert_eq!(qr.size, 25 + 8);
        assert!(qr.path.starts_with("M4 4h7v1h-7z"), "{}", qr.path);
        assert!(qr.path.contains("M22 4h7v1h-7z") && qr.path.contains("M4 22h7v1h-7z"), "{}", qr.path);
    }

    #[test]
    fn a_long_link_has_none() {
        assert!(Qr::of(&"x".repeat(MOST_QR_LENGTH)).is_some());
        assert_eq!(Qr::of(&"x".repeat(MOST_QR_LENGTH + 1)), None);
    }
}
