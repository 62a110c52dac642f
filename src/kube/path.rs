//! Paths inside an object: `spec.template.spec.containers[0].image`.

use std::fmt;

use crate::source::Step;

/// A path from an object's root. The empty path is the object itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Path(Vec<Step>);

impl Path {
    /// The object itself.
    pub fn root() -> Self {
        Self::default()
    }

    /// Reads `spec.ports[0].name`. Keys that contain dots can't be written so: use [`Path::key`].
    pub fn parse(written: &str) -> Self {
        let mut path = Self::root();
        for part in written.split('.').filter(|part| !part.is_empty()) {
            let mut pieces = part.split('[');
            if let Some(key) = pieces.next().filter(|key| !key.is_empty()) {
                path.0.push(Step::Key(key.into()));
            }
            let indexes = pieces.filter_map(|piece| piece.trim_end_matches(']').parse().ok());
            path.0.extend(indexes.map(Step::Index));
        }
        path
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
        let mut steps = self.0.clone();
        steps.push(step);
        Self(steps)
    }

    /// The path around this one; `None` for the root.
    pub fn parent(&self) -> Option<Self> {
        self.0.split_last().map(|(_, before)| Self(before.to_vec()))
    }

    /// The steps, from the root.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }
}

impl FromIterator<Step> for Path {
    fn from_iter<I: IntoIterator<Item = Step>>(steps: I) -> Self {
        Self(steps.into_iter().collect())
    }
}

impl fmt::Display for Path {
    /// As people write it; keys with dots stand in brackets: `metadata.annotations["helm.sh/hook"]`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, step) in self.0.iter().enumerate() {
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
