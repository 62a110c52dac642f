//! Go's `filepath.Match`, with slashes.

use std::str::Chars;

/// A pattern that can be matched against names.
#[derive(Clone, Debug)]
pub struct PathPattern {
    tokens: Vec<Token>,
}

/// Go's error for a malformed pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadPattern;

impl std::fmt::Display for BadPattern {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("syntax error in pattern")
    }
}

#[derive(Clone, Debug)]
enum Token {
    /// `*`: anything within one name.
    Star,
    /// `?`: one character, but no slash.
    Any,
    /// One character.
    Char(char),
    /// `[a-z]`, `[^a-z]`
    Class { negated: bool, ranges: Vec<(char, char)> },
}

impl PathPattern {
    /// Reads a pattern.
    pub fn parse(pattern: &str) -> Result<Self, BadPattern> {
        let mut chars = pattern.chars().peekable();
        let mut tokens = Vec::new();
        while let Some(c) = chars.next() {
            tokens.push(match c {
                '*' => Token::Star,
                '?' => Token::Any,
                '[' => {
                    let negated = chars.next_if_eq(&'^').is_some();
                    Token::Class { negated, ranges: ranges(&mut chars)? }
                }
                '\\' => Token::Char(chars.next().ok_or(BadPattern)?),
                c => Token::Char(c),
            });
        }
        tokens.dedup_by(|a, b| matches!((a, b), (Token::Star, Token::Star)));
        Ok(Self { tokens })
    }

    /// Whether the whole name fits.
    pub fn matches(&self, name: &str) -> bool {
        let (mut token, mut rest) = (0, name.chars());
        // Where to go on when what follows the last star doesn't fit: one character further.
        let mut retry: Option<(usize, Chars<'_>)> = None;
        loop {
            let mut after = rest.clone();
            match (self.tokens.get(token), after.next()) {
                (None, None) => return true,
                (Some(Token::Star), _) => {
                    token += 1;
                    retry = Some((token, rest.clone()));
                    continue;
                }
                (Some(wanted), Some(c)) if wanted.fits(c) => {
                    token += 1;
                    rest = after;
                    continue;
                }
                _ => {}
            }
            let Some((behind_star, from)) = &mut retry else { return false };
            if matches!(from.next(), None | Some('/')) {
                return false;
            }
            (token, rest) = (*behind_star, from.clone());
        }
    }
}

impl Token {
    fn fits(&self, c: char) -> bool {
        match self {
            Self::Star => false,
            Self::Any => c != '/',
            Self::Char(wanted) => *wanted == c,
            Self::Class { negated, ranges } => ranges.iter().any(|(from, to)| (*from..=*to).contains(&c)) != *negated,
        }
    }
}

fn ranges(chars: &mut std::iter::Peekable<Chars<'_>>) -> Result<Vec<(char, char)>, BadPattern> {
    let mut ranges = Vec::new();
    loop {
        if !ranges.is_empty() && chars.next_if_eq(&']').is_some() {
            return Ok(ranges);
        }
        let from = class_char(chars)?;
        let to = if chars.next_if_eq(&'-').is_some() { class_char(chars)? } else { from };
        ranges.push((from, to));
    }
}

fn class_char(chars: &mut std::iter::Peekable<Chars<'_>>) -> Result<char, BadPattern> {
    match chars.next() {
        None | Some('-' | ']') => Err(BadPattern),
        Some('\\') => chars.next().ok_or(BadPattern),
        Some(c) => Ok(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_as_in_go() {
        for (pattern, name, want) in [
            ("*", "abc", Ok(true)),
            ("*", "a/c", Ok(false)),
            ("a*b*c", "axbxbxc", Ok(true)),
            ("templates/.?*", "templates/.x", Ok(true)),
            ("templates/.?*", "templates/.", Ok(false)),
            ("a?b", "a/b", Ok(false)),
            ("[^a-c]x", "dx", Ok(true)),
            ("[a-]", "a", Err(BadPattern)),
            ("[]a]", "]", Err(BadPattern)),
            ("\\*", "*", Ok(true)),
            ("a\\", "a", Err(BadPattern)),
            ("é?", "éü", Ok(true)),
            ("*/b", "a/b", Ok(true)),
        ] {
            assert_eq!(PathPattern::parse(pattern).map(|pattern| pattern.matches(name)), want, "{pattern} {name}");
        }
    }
}
