//! What a file holds, which may be read only when somebody looks at it: a chart may bring megabytes that no template asks
//! for.

use std::cell::OnceCell;
use std::fmt;
use std::ops::Deref;
use std::rc::Rc;

/// The bytes of a file. Clones share them.
#[derive(Clone)]
pub struct FileBytes(Rc<Inner>);

struct Inner {
    bytes: OnceCell<Rc<[u8]>>,
    read: Option<Box<dyn Fn() -> Rc<[u8]>>>,
}

impl FileBytes {
    /// Bytes that `read` gives when they are asked for.
    pub fn later(read: impl Fn() -> Rc<[u8]> + 'static) -> Self {
        Self(Rc::new(Inner { bytes: OnceCell::new(), read: Some(Box::new(read)) }))
    }

    /// The bytes.
    pub fn shared(&self) -> &Rc<[u8]> {
        self.0.bytes.get_or_init(|| self.0.read.as_ref().map_or_else(|| [].into(), |read| read()))
    }

    /// Whether somebody has looked at them.
    pub fn is_read(&self) -> bool {
        self.0.bytes.get().is_some()
    }
}

impl Deref for FileBytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.shared()
    }
}

impl From<Rc<[u8]>> for FileBytes {
    fn from(bytes: Rc<[u8]>) -> Self {
        Self(Rc::new(Inner { bytes: OnceCell::from(bytes), read: None }))
    }
}

impl From<Vec<u8>> for FileBytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self::from(Rc::<[u8]>::from(bytes))
    }
}

impl PartialEq for FileBytes {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for FileBytes {}

impl fmt::Debug for FileBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.bytes.get() {
            Some(bytes) => bytes.fmt(f),
            None => f.write_str("not read"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_read_once_when_they_are_asked_for() {
        let bytes = FileBytes::later(|| b"abc"[..].into());
        let clone = bytes.clone();
        assert!(!bytes.is_read());
        assert_eq!(clone.len(), 3);
        assert!(bytes.is_read());
        assert!(Rc::ptr_eq(bytes.shared(), clone.shared()));
    }
}
