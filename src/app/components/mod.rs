//! Components: they take props and know nothing of contexts.

mod badge;
mod brand;
mod chooser;
mod code_editor;
mod document;
mod field;
mod link_length;
mod mend_offer;
mod modal;
mod palette;
mod place_link;
mod qr_code;
mod severity_mark;
mod spaces;
mod splitter;
mod tabs;
mod words;

pub use badge::{HUES, LineBadge};
pub use brand::Brand;
pub use chooser::{Choice, Chooser};
pub use code_editor::{CodeEditor, Dim, EditedFile, Glance, Remark};
pub use document::{DocumentText, Grain, LinkKind, Linked};
pub use field::Field;
pub use link_length::LinkLength;
pub use mend_offer::MendOffer;
pub use modal::Modal;
pub use palette::{Item, Palette};
pub use place_link::PlaceLink;
pub use qr_code::QrCode;
pub use severity_mark::SeverityMark;
pub use splitter::Splitter;
pub use tabs::{Activation, Tab, Tabs};
pub use words::Words;
