//! From text to trees: `text/template/parse`.

mod error;

pub use error::{ParseError, ParseErrorKind};
