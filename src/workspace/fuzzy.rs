//! Finding a thing by some letters of its name, as palettes do.

/// How well letters fit a text: the less the better. `None` where they don't stand in it in this order.
///
/// Letters that begin words or stand side by side fit best.
pub fn fit(letters: &str, text: &str) -> Option<u32> {
    let mut wanted = letters.chars().filter(|letter| !letter.is_whitespace()).flat_map(char::to_lowercase).peekable();
    let (mut cost, mut before, mut last) = (0_u32, ' ', None);
    for (at, letter) in (0_u32..).zip(text.chars()) {
        let is_it = wanted.peek().is_some_and(|wanted| letter.to_lowercase().eq([*wanted]));
        if is_it {
            wanted.next();
            let begins = !before.is_alphanumeric() || (before.is_lowercase() && letter.is_uppercase());
            let follows = last == at.checked_sub(1);
            cost += if follows && last.is_some() {
                0
            } else if begins {
                1
            } else {
                6
            };
            last = Some(at);
        }
        before = letter;
    }
    let spare = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    let is_whole = text.to_lowercase().contains(&letters.trim().to_lowercase());
    wanted
        .peek()
        .is_none()
        .then(|| (if is_whole { 0 } else { cost }).saturating_mul(1_000).saturating_add(spare.min(999)))
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
