//! Glob patterns as `.Files.Glob` has them: gobwas/glob with `/` as the separator.
//!
//! `*` and `?` stop at a slash, `**` doesn't; `[abc]`, `[a-z]`, `[!a]` and `{one,two}` are what they look like, except
//! that a class holds either characters or one range, and that `^` in it is a plain character. A backslash escapes.
//! Helm reads a pattern that can't be read as `**`, which matches every file.

use std::iter::Peekable;
use std::str::Chars;

/// A pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glob(Vec<Node>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Node {
    Char(char),
    /// `?`
    Single,
    /// `*`
    Any,
    /// `**`
    Super,
    Class {
        negated: bool,
        chars: Chosen,
    },
    /// `{a,b}`
    Either(Vec<Vec<Node>>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Chosen {
    List(Vec<char>),
    Range(char, char),
}

/// Braces inside braces: deeper ones count as a fault. (gobwas knows no bound.)
const DEEPEST: usize = 32;

impl Glob {
    /// Reads a pattern; one that can't be read matches everything.
    pub fn new(pattern: &str) -> Self {
        let mut parser = Parser { rest: pattern.chars().peekable(), depth: 0 };
        Self(parser.sequence().unwrap_or_else(|_| vec![Node::Super]))
    }

    /// Whether the whole of `name` fits.
    pub fn matches(&self, name: &str) -> bool {
        let name: Vec<char> = name.chars().collect();
        let mut starts = vec![false; name.len() + 1];
        if let Some(first) = starts.first_mut() {
            *first = true;
        }
        advance_all(&self.0, &name, starts).last() == Some(&true)
    }
}

/// Which places in the name can be reached from `starts` through all nodes. Bounded by nodes times characters.
fn advance_all(nodes: &[Node], name: &[char], starts: Vec<bool>) -> Vec<bool> {
    nodes.iter().fold(starts, |reached, node| advance(node, name, &reached))
}

fn advance(node: &Node, name: &[char], from: &[bool]) -> Vec<bool> {
    match node {
        Node::Char(expected) => step(name, from, |c| c == *expected),
        Node::Single => step(name, from, |c| c != '/'),
        Node::Class { negated, chars } => step(name, from, |c| chars.contains(c) != *negated),
        Node::Any => spread(name, from, |c| c != '/'),
        Node::Super => spread(name, from, |_| true),
        Node::Either(alternatives) => {
            let mut reached = vec![false; from.len()];
            for alternative in alternatives {
                let ends = advance_all(alternative, name, from.to_vec());
                reached.iter_mut().zip(ends).for_each(|(all, one)| *all |= one);
            }
            reached
        }
    }
}

/// One character further, where it fits.
fn step(name: &[char], from: &[bool], fits: impl Fn(char) -> bool) -> Vec<bool> {
    let after = name.iter().zip(from).map(|(&c, &here)| here && fits(c));
    std::iter::once(false).chain(after).collect()
}

/// Any number of characters further, as long as they fit.
fn spread(name: &[char], from: &[bool], fits: impl Fn(char) -> bool) -> Vec<bool> {
    let mut carried = false;
    let before = std::iter::once(None).chain(name.iter().copied().map(Some));
    let reached = before.zip(from).map(|(before, &here)| {
        carried = here || carried && before.is_some_and(&fits);
        carried
    });
    reached.collect()
}

impl Chosen {
    fn contains(&self, c: char) -> bool {
        match self {
            Self::List(chars) => chars.contains(&c),
            Self::Range(low, high) => (*low..=*high).contains(&c),
        }
    }
}

/// The pattern can't be read.
struct Unreadable;

struct Parser<'p> {
    rest: Peekable<Chars<'p>>,
    depth: usize,
}

impl Parser<'_> {
    /// Reads up to the end, or inside braces up to the comma or brace that ends an alternative. An open brace at the end
    /// of the pattern counts as closed.
    fn sequence(&mut self) -> Result<Vec<Node>, Unreadable> {
        let mut nodes = Vec::new();
        while let Some(&c) = self.rest.peek() {
            if self.depth > 0 && matches!(c, ',' | '}') {
                break;
            }
            self.rest.next();
            match c {
                '*' if self.rest.next_if_eq(&'*').is_some() => nodes.push(Node::Super),
                '*' => nodes.push(Node::Any),
                '?' => nodes.push(Node::Single),
                '[' => nodes.push(self.class()?),
                '{' => nodes.push(self.alternatives()?),
                '\\' => nodes.extend(self.rest.next().map(Node::Char)),
                '\0' => return Ok(nodes),
                char::REPLACEMENT_CHARACTER => return Err(Unreadable),
                c => nodes.push(Node::Char(c)),
            }
        }
        Ok(nodes)
    }

    fn alternatives(&mut self) -> Result<Node, Unreadable> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Unreadable);
        }
        let mut alternatives = vec![self.sequence()?];
        while self.rest.next_if_eq(&',').is_some() {
            alternatives.push(self.sequence()?);
        }
        self.rest.next();
        self.depth -= 1;
        Ok(Node::Either(alternatives))
    }

    fn class(&mut self) -> Result<Node, Unreadable> {
        let negated = self.rest.next_if_eq(&'!').is_some();
        let first = self.rest.next().ok_or(Unreadable)?;
        let chars = if self.rest.next_if_eq(&'-').is_some() {
            let last = self.rest.next().filter(|last| *last >= first).ok_or(Unreadable)?;
            self.rest.next_if_eq(&']').ok_or(Unreadable)?;
            Chosen::Range(first, last)
        } else {
            Chosen::List(self.listed(first)?)
        };
        Ok(Node::Class { negated, chars })
    }

    /// The characters up to the closing bracket; at least one.
    fn listed(&mut self, first: char) -> Result<Vec<char>, Unreadable> {
        let mut chars = Vec::new();
        let mut next = Some(first);
        while let Some(c) = next {
            match c {
                ']' => return if chars.is_empty() { Err(Unreadable) } else { Ok(chars) },
                '\\' => chars.push(self.rest.next().ok_or(Unreadable)?),
                c => chars.push(c),
            }
            next = self.rest.next();
        }
        Err(Unreadable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matching(pattern: &str) -> Vec<&'static str> {
        let names = ["a.txt", "b.yaml", "conf/a.txt", "conf/d/x.yaml", "conf/^", "{a", "[c"];
        let glob = Glob::new(pattern);
        names.into_iter().filter(|name| glob.matches(name)).collect()
    }

    #[test]
    fn a_star_stops_at_a_slash_and_two_do_not() {
        assert_eq!(matching("*.txt"), ["a.txt"]);
        assert_eq!(matching("**.txt"), ["a.txt", "conf/a.txt"]);
        assert_eq!(matching("conf/*"), ["conf/a.txt", "conf/^"]);
        assert_eq!(matching("conf/**"), ["conf/a.txt", "conf/d/x.yaml", "conf/^"]);
        assert_eq!(matching("conf?a.txt"), Vec::<&str>::new());
    }

    #[test]
    fn braces_and_brackets_choose() {
        assert_eq!(matching("{a,b}.{txt,ya*}"), ["a.txt", "b.yaml"]);
        assert_eq!(matching("{conf/{a,b}.txt,b.yaml"), ["b.yaml", "conf/a.txt"]);
        assert_eq!(matching("[a-b].*"), ["a.txt", "b.yaml"]);
        assert_eq!(matching("[!a].*"), ["b.yaml"]);
        assert_eq!(matching("conf/[^x]"), ["conf/^"]);
        assert_eq!(matching(r"\{a"), ["{a"]);
    }

    #[test]
    fn a_pattern_that_cannot_be_read_matches_everything() {
        for pattern in ["[", "[]", "[a-z0-9].txt", "[z-a]", "[a"] {
            assert_eq!(matching(pattern).len(), 7, "{pattern}");
        }
    }
}
