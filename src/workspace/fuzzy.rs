//! Finding a thing by some letters of its name, as palettes do.

/// How well letters fit a text: the less the better. `None` where they don't stand in it in this order.
///
/// Letters that begin words or stand side by side fit best.
pub fn fit(letters: &str, text: &str) -> Option<u32> {
    let wanted: Vec<char> = letters.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    let spare = u32::try_from(text.chars().count()).unwrap_or(u32::MAX).min(999);
    if text.to_lowercase().contains(&letters.trim().to_lowercase()) {
        return Some(spare);
    }
    let letters: Vec<char> = text.chars().take(LONGEST).collect();
    let cost = (0..letters.len()).filter_map(|start| cost_from(&wanted, &letters, start)).min()?;
    Some(cost.saturating_mul(1_000).saturating_add(spare))
}

/// Longer texts are looked at no further.
const LONGEST: usize = 300;

/// What it costs to find the letters from a place on, the first right there.
fn cost_from(wanted: &[char], text: &[char], start: usize) -> Option<u32> {
    let mut cost = 0;
    let mut at = start;
    for (number, letter) in wanted.iter().enumerate() {
        let found = at + text.get(at..)?.iter().position(|other| other.to_lowercase().eq([*letter]))?;
        if number == 0 && found != start {
            return None;
        }
        let before = found.checked_sub(1).and_then(|before| text.get(before)).copied().unwrap_or(' ');
        let begins = !before.is_alphanumeric() || (before.is_lowercase() && text.get(found)?.is_uppercase());
        cost += if number > 0 && found == at { 0 } else { 6 - 5 * u32::from(begins) };
        at = found + 1;
    }
    Some(cost)
}

/// The things whose texts the letters fit, the best first; without letters all, as they stand.
pub fn fitting<'a, T>(letters: &str, things: &'a [T], text: impl Fn(&T) -> &str) -> Vec<&'a T> {
    let mut found: Vec<(u32, &T)> =
        things.iter().filter_map(|thing| Some((fit(letters, text(thing))?, thing))).collect();
    if !letters.trim().is_empty() {
        found.sort_by_key(|(cost, _)| *cost);
    }
    found.into_iter().map(|(_, thing)| thing).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beginnings_of_words_fit_better_than_letters_in_between() {
        let files = ["templates/statefulset.yaml", "templates/service.yaml", "values.yaml", "templates/_helpers.tpl"];
        let found = |letters: &str| fitting(letters, &files, |file| file).into_iter().copied().collect::<Vec<_>>();
        assert_eq!(found("serv"), ["templates/service.yaml"]);
        assert_eq!(found("tset").first(), Some(&"templates/statefulset.yaml"));
        assert_eq!(found("val").first(), Some(&"values.yaml"));
        assert_eq!(found(""), files);
        assert_eq!(found("xyz"), [""; 0]);
    }
}
