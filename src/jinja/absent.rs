//! In place of the library where minijinja isn't built in: the page fetches an engine that has it when a chart needs it.

use std::rc::Rc;

use super::{Error, Host, Rendered};
use crate::source::FileId;
use crate::value::Traced;

/// A library that can't read anything.
pub struct Library(());

impl Library {
    /// The library.
    pub fn new(_: impl IntoIterator<Item = String>, _: &[&'static str], _: bool) -> Self {
        Self(())
    }

    /// Says that it can't read the template.
    pub fn add(&mut self, name: &str, file: FileId, _: &Rc<[u8]>) -> Result<(), Error> {
        Err(Error::of_file(name, file, ABSENT))
    }

    /// Says that it can't render.
    pub fn render(
        &mut self,
        name: &str,
        _: Traced,
        host: Box<dyn Host>,
        _: u64,
    ) -> (Result<Rendered, Error>, Option<Box<dyn Host>>, u64) {
        (Err(Error::of_file(name, FileId(0), ABSENT)), Some(host), 0)
    }
}

const ABSENT: &str = "this engine was built without Jinja";
