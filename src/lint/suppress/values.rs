//! Comments in values: which values a piece of a file holds.

use std::ops::Range;

use crate::kube::{Field, Object};
use crate::source::Step;

/// Where the values of the outermost chart stand.
pub fn root() -> Vec<Step> {
    vec![Step::Key("Values".into())]
}

/// Where the values of a chart's `values.yaml` stand: a subchart's below its name. `None` for any other file.
pub fn prefix(path: &str) -> Option<Vec<Step>> {
    let folder = path.strip_suffix("/values.yaml")?;
    let mut folders = folder.split('/').skip(1);
    let mut prefix = root();
    while let Some(folder) = folders.next() {
        let name = folders.next().filter(|_| folder == "charts")?;
        prefix.push(Step::Key(name.into()));
    }
    Some(prefix)
}

/// Values nest this deep at most.
const MAX_DEPTH: usize = 100;

/// The values that begin in a piece of a file, the outermost of each.
pub fn covered(text: &str, covers: &Range<usize>, prefix: &[Step]) -> Vec<Vec<Step>> {
    let Ok(object) = Object::read(text.as_bytes()) else { return Vec::new() };
    let mut found = Vec::new();
    collect(&object, object.root(), covers, MAX_DEPTH, &mut found);
    found.into_iter().map(|steps| [prefix, &steps].concat()).collect()
}

fn collect(object: &Object, field: &Field, covers: &Range<usize>, depth: usize, found: &mut Vec<Vec<Step>>) {
    let below = field.entries().into_iter().map(|(_, field)| field).chain(field.items());
    for field in below {
        let Some(place) = object.place(field.path()).map(|place| place.whole()) else { continue };
        if covers.contains(&place.start) {
            found.push(field.path().steps());
        } else if depth > 0 && place.start < covers.end && covers.start < place.end {
            collect(object, &field, covers, depth - 1, found);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_values_belongs_to_its_chart() {
        let keys = |path: &str| {
            let steps = prefix(path)?;
            let key = |step: &Step| match step {
                Step::Key(key) => key.to_string(),
                Step::Index(index) => index.to_string(),
            };
            Some(steps.iter().map(key).collect::<Vec<_>>().join("."))
        };
        assert_eq!(keys("web/values.yaml").as_deref(), Some("Values"));
        assert_eq!(keys("web/charts/redis/charts/common/values.yaml").as_deref(), Some("Values.redis.common"));
        assert_eq!(keys("web/ci/values.yaml"), None);
        assert_eq!(keys("web/templates/a.yaml"), None);
    }

    #[test]
    fn the_outermost_values_in_a_piece_are_covered() {
        let text = "a: 1\nb:\n  c:\n    d: 2\n  e: [3, 4]\n";
        let at = text.find("c:").unwrap();
        let steps = covered(text, &(at..at + 10), &[]);
        assert_eq!(steps, [vec![Step::Key("b".into()), Step::Key("c".into())]]);
    }
}
