//! `.helmignore`.

use super::Error;

pub(super) struct Rules;

impl Rules {
    pub(super) fn empty() -> Self {
        Self
    }
    pub(super) fn parse(_: &[u8]) -> Result<Self, Error> {
        Ok(Self)
    }
    pub(super) fn with_defaults(self) -> Self {
        self
    }
    pub(super) fn ignores_file(&self, _: &str) -> bool {
        false
    }
}
