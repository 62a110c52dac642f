//! Paths inside an object: `spec.template.spec.containers[0].image`.

use std::cmp::Ordering;
use std::fmt;
use std::rc::Rc;

use crate::source::Step;

/// A path from an object's root. The empty path is the object itself. What leads on from a path shares it.
#[derive(Clone, Default)]
pub struct Path(Option<Rc<Last>>);

/// The last step of a path, and the path before it.
struct Last {
    before: Path,
    step: Step,
}

/// A step as it is written.
pub(super) enum Written<'w> {
    Key(&'w str),
    Index(u32),
}

/// The steps of `spec.ports[0].name`.
pub(super) fn written_steps(written: &str) -> impl Iterator<Item = Written<'_>> {
    written.split('.').flat_map(|part| {
        let mut pieces = part.split('[');
        let key = pieces.next().filter(|key| !key.is_empty()).map(Written::Key);
        let indexes = pieces.filter_map(|piece| piece.trim_end_matches(']').parse().ok());
        key.into_iter().chain(indexes.map(Written::Index))
    })
}

impl Path {
    /// The object itself.
    pub fn root() -> Self {
        Self::default()
    }

    /// Reads `spec.ports[0].name`. Keys that contain dots can't be written so: use [`Path::key`].
    pub fn parse(written: &str) -> Self {
        written_steps(written).fold(Self::root(), |path, step| match step {
            Written::Key(key) => path.key(key),
            Written::Index(index) => path.then(Step::Index(index)),
        })
    }

    /// The path of a key below this one.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        self.then(Step::Key(key.into()))
    }

    /// The path of an item below this one.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.then(Step::Index(u32::try_from(index).unwrap_or(u32::MAX)))
    }

    /// One step further.
    #[must_use]
    pub fn then(&self, step: Step) -> Self {
        Self(Some(Rc::new(Last { before: self.clone(), step })))
    }

    /// The path around this one; `None` for the root.
    pub fn parent(&self) -> Option<Self> {
        self.0.as_ref().map(|last| last.before.clone())
    }

    /// Whether it is the object itself.
    pub fn is_root(&self) -> bool {
        self.0.is_none()
    }

    /// The last step.
    pub fn last(&self) -> Option<&Step> {
        self.0.as_ref().map(|last| &last.step)
    }

    /// The steps, from the last one to the root.
    pub fn upwards(&self) -> impl Iterator<Item = &Step> {
        std::iter::successors(self.0.as_deref(), |last| last.before.0.as_deref()).map(|last| &last.step)
    }

    /// The steps, from the root.
    pub fn steps(&self) -> Vec<Step> {
        let mut steps: Vec<Step> = self.upwards().cloned().collect();
        steps.reverse();
        steps
    }
}

impl Drop for Path {
    /// Without recursion: an object may be nested ten thousand deep.
    fn drop(&mut self) {
        let mut next = self.0.take();
        while let Some(mut last) = next.and_then(Rc::into_inner) {
            next = last.before.0.take();
        }
    }
}

impl PartialEq for Path {
    fn eq(&self, other: &Self) -> bool {
        self.upwards().eq(other.upwards())
    }
}

impl Eq for Path {}

impl PartialOrd for Path {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Path {
    fn cmp(&self, other: &Self) -> Ordering {
        self.steps().cmp(&other.steps())
    }
}

impl fmt::Debug for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Path({self})")
    }
}

impl FromIterator<Step> for Path {
    fn from_iter<I: IntoIterator<Item = Step>>(steps: I) -> Self {
        steps.into_iter().fold(Self::root(), |path, step| path.then(step))
    }
}

impl fmt::Display for Path {
    /// As people write it; keys with dots stand in brackets: `metadata.annotations["helm.sh/hook"]`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, step) in self.steps().iter().enumerate() {
            match step {
                Step::Key(key) if key.contains(['.', '[', ' ']) => write!(f, "[{key:?}]")?,
                Step::Key(key) if at == 0 => f.write_str(key)?,
                Step::Key(key) => write!(f, ".{key}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_written_as_it_is_read() {
        for written in ["", "kind", "spec.containers[0].ports[12].name"] {
            assert_eq!(Path::parse(written).to_string(), written);
        }
        let annotation = Path::parse("metadata.annotations").key("helm.sh/hook");
        assert_eq!(annotation.to_string(), r#"metadata.annotations["helm.sh/hook"]"#);
        assert_eq!(annotation.parent(), Some(Path::parse("metadata.annotations")));
    }
}
