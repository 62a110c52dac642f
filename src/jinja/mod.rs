//! Floor 2. The Jinja dialect: templates whose names end in `.j2`, rendered by minijinja. Helm knows nothing of it.
//!
//! The same objects stand in scope as under Helm (`Values`, `Release`, `Chart`, `Capabilities`, `Files`, `Template`,
//! `Subcharts`), without the leading dot. Helm's functions are handed in by the engine through a [`Host`], and can be
//! called as functions, `nindent(4, text)`, and as filters, `text | nindent(4)`: what is piped in comes last, as in
//! Helm. Where Jinja has a filter of the same name, Helm's takes its place, but for `list`, `max`, `min`, `round`,
//! `slice` and `split`, whose arguments stand in another order there. Tests (`is defined`) and everything else are
//! Jinja's.
//!
//! Whole numbers are whole: 80 in values.yaml, a `float64` in Go, is the integer 80 here. Nothing prints as nothing,
//! and what is true as `true`. A name that isn't there is undefined, and prints as nothing, too; a field of it is an error.
//!
//! The newline at a file's end is kept, as under Helm and Ansible.
//!
//! `include`, `import`, `from` and `extends` find other `.j2` files: beside the file, then in the folders above it.
//!
//! Fuel bounds steps and text; depth is bounded, too. One thing minijinja doesn't count: lists that are joined (`a + a`),
//! doubled thirty times and more. The page ends such a worker after two seconds; the command line has nobody who would.
//!
//! minijinja wants values that could go to another thread; ours can't. So the values stay in a session of this thread,
//! and minijinja gets handles to them.

#[cfg(any(not(target_arch = "wasm32"), feature = "jinja"))]
mod convert;
mod error;
#[cfg(any(not(target_arch = "wasm32"), feature = "jinja"))]
mod fault;
#[cfg(any(not(target_arch = "wasm32"), feature = "jinja"))]
mod handle;
#[cfg_attr(all(target_arch = "wasm32", not(feature = "jinja")), path = "absent.rs")]
mod library;
mod rendered;
#[cfg(any(not(target_arch = "wasm32"), feature = "jinja"))]
mod session;

use std::rc::Rc;

pub use error::{Error, ErrorKind, Place};
pub use library::Library;
pub use rendered::{Piece, PieceKind, Rendered};

use crate::source::ReadsId;
use crate::value::{Object, Traced};

/// Whether a file is a template of this dialect.
pub fn is_jinja(path: &str) -> bool {
    path.as_bytes().ends_with(b".j2")
}

/// What the engine lends to a template while it is rendered. An error is the sentence that says what went wrong.
pub trait Host {
    /// Calls a function.
    fn call(&mut self, name: &str, args: Vec<Traced>) -> Result<Traced, String>;

    /// Calls a method of an object that was read from `reads`.
    fn method(
        &mut self,
        object: &Rc<dyn Object>,
        reads: ReadsId,
        name: &str,
        args: Vec<Traced>,
    ) -> Result<Traced, String>;
}
