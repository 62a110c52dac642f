//! Patterns of paths in configurations: `*` and `?` within a name, `**` for any number of folders.

/// Whether a pattern covers a path.
pub fn matches(pattern: &str, path: &str) -> bool {
    let pattern: Vec<&str> = pattern.trim_start_matches("./").split('/').collect();
    let path: Vec<&str> = path.trim_start_matches("./").split('/').collect();
    folders(&pattern, &path)
}

fn folders(pattern: &[&str], path: &[&str]) -> bool {
    wild(pattern, path, |name| *name == "**", |pattern, name| segment(pattern, name))
}

fn segment(pattern: &str, name: &str) -> bool {
    let (pattern, name): (Vec<char>, Vec<char>) = (pattern.chars().collect(), name.chars().collect());
    wild(&pattern, &name, |c| *c == '*', |pattern, c| *pattern == '?' || pattern == c)
}

/// Matches a sequence with wild cards, which stand for any number of items. Goes back to the last one only, so that the
/// work is at most the product of the lengths.
fn wild<T>(pattern: &[T], items: &[T], is_wild: fn(&T) -> bool, is_match: fn(&T, &T) -> bool) -> bool {
    let (mut at, mut read) = (0, 0);
    let mut back: Option<(usize, usize)> = None;
    while let Some(item) = items.get(read) {
        match pattern.get(at) {
            Some(wild) if is_wild(wild) => {
                back = Some((at + 1, read));
                at += 1;
            }
            Some(wanted) if is_match(wanted, item) => (at, read) = (at + 1, read + 1),
            _ => match back {
                Some((after, from)) => {
                    back = Some((after, from + 1));
                    (at, read) = (after, from + 1);
                }
                None => return false,
            },
        }
    }
    pattern.get(at..).is_some_and(|rest| rest.iter().all(is_wild))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stay_within_a_name_and_two_stars_do_not() {
        for (pattern, path) in [
            ("templates/*.yaml", "templates/a.yaml"),
            ("**/tests/**", "web/templates/tests/a/b.yaml"),
            ("**/*.yaml", "a.yaml"),
            ("./k8s/**", "k8s/a.yaml"),
            ("a?c/*", "abc/x"),
        ] {
            assert!(matches(pattern, path), "{pattern} {path}");
        }
        for (pattern, path) in [("templates/*.yaml", "templates/a/b.yaml"), ("*.yaml", "a/b.yaml"), ("a/**/b", "a/c")] {
            assert!(!matches(pattern, path), "{pattern} {path}");
        }
    }
}
