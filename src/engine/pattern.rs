//! Go's `filepath.Match`, by which `--show-only` chooses.

/// Whether the whole of `name` fits `pattern`. `*` and `?` stop at slashes; a class may be negated by `^`. A pattern that
/// can't be read fits nothing.
pub fn matches(pattern: &str, name: &str) -> bool {
    let Some(tokens) = tokens(pattern) else { return false };
    let name: Vec<char> = name.chars().collect();
    let mut reached = vec![false; name.len() + 1];
    if let Some(first) = reached.first_mut() {
        *first = true;
    }
    for token in &tokens {
        reached = match token {
            Token::Star => spread(&name, &reached),
            Token::One(class) => step(&name, &reached, class),
        };
    }
    reached.last() == Some(&true)
}

enum Token {
    Star,
    One(Class),
}

enum Class {
    Char(char),
    Any,
    Set { negated: bool, ranges: Vec<(char, char)> },
}

impl Class {
    fn fits(&self, c: char) -> bool {
        match self {
            Self::Char(expected) => c == *expected,
            Self::Any => c != '/',
            Self::Set { negated, ranges } => ranges.iter().any(|(low, high)| (*low..=*high).contains(&c)) != *negated,
        }
    }
}

fn tokens(pattern: &str) -> Option<Vec<Token>> {
    let mut chars = pattern.chars().peekable();
    let mut tokens = Vec::new();
    while let Some(c) = chars.next() {
        tokens.push(match c {
            '*' => Token::Star,
            '?' => Token::One(Class::Any),
            '[' => Token::One(set(&mut chars)?),
            '\\' => Token::One(Class::Char(chars.next()?)),
            c => Token::One(Class::Char(c)),
        });
    }
    Some(tokens)
}

fn set(chars: &mut std::iter::Peekable<std::str::Chars>) -> Option<Class> {
    let negated = chars.next_if_eq(&'^').is_some();
    let mut ranges = Vec::new();
    while ranges.is_empty() || chars.next_if_eq(&']').is_none() {
        let low = member(chars)?;
        let high = if chars.next_if_eq(&'-').is_some() { member(chars)? } else { low };
        ranges.push((low, high));
    }
    Some(Class::Set { negated, ranges })
}

fn member(chars: &mut std::iter::Peekable<std::str::Chars>) -> Option<char> {
    match chars.next()? {
        '-' | ']' => None,
        '\\' => chars.next(),
        c => Some(c),
    }
}

fn step(name: &[char], from: &[bool], class: &Class) -> Vec<bool> {
    let after = name.iter().zip(from).map(|(&c, &here)| here && class.fits(c));
    std::iter::once(false).chain(after).collect()
}

fn spread(name: &[char], from: &[bool]) -> Vec<bool> {
    let mut carried = false;
    let before = std::iter::once('/').chain(name.iter().copied());
    let reached = before.zip(from).map(|(before, &here)| {
        carried = here || carried && before != '/';
        carried
    });
    reached.collect()
}

#[test]
fn patterns_match_as_paths_do() {
    let cases = [
        ("templates/*.yaml", "templates/a.yaml", true),
        ("templates/*.yaml", "templates/sub/a.yaml", false),
        ("*", "templates/a.yaml", false),
        ("templates/[^a-c]?.y*ml", "templates/dx.yaml", true),
        ("templates/[^a-c]?.y*ml", "templates/ax.yaml", false),
        (r"a\*", "a*", true),
        ("a[", "a[", false),
        ("a[]b]", "ab", false),
    ];
    for (pattern, name, expected) in cases {
        assert_eq!(matches(pattern, name), expected, "{pattern} {name}");
    }
}
