//! The words of a template's actions, as the lexer finds them, also where the text can't be parsed: for those who help
//! somebody write one. Behind what the lexer can't read it goes on at the next action.

use std::ops::Range;

use super::parse::{Keyword, LexOptions, Lexer, Token, TokenKind};

/// A word of an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// What it is.
    pub kind: WordKind,
    /// Its bytes.
    pub range: Range<usize>,
}

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordKind {
    /// `{{`
    Open,
    /// `}}`
    Close,
    /// A keyword. The lone dot is one.
    Keyword(Keyword),
    /// `.name`
    Field,
    /// `$name`, or `$` alone.
    Variable,
    /// The name of a function.
    Function,
    /// A text in quotes.
    Text,
    /// A number, a character, a boolean.
    Constant,
    /// `|`
    Pipe,
    /// `:=`
    Declare,
    /// `=`
    Assign,
    /// `(`
    LeftParen,
    /// `)`
    RightParen,
    /// `,` or what no word begins with.
    Sign,
    /// What can't be read: a text without its end, say.
    Wrong,
}

/// The words of all actions of a text, in order. Comments are none.
pub fn scan(text: &[u8]) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut base = 0;
    while base < text.len() {
        match pass(text, base, &mut words) {
            Some(next) if next > base => base = next,
            _ => break,
        }
    }
    words
}

/// Reads on from `base`, to the end or to where reading begins anew.
fn pass(text: &[u8], base: usize, words: &mut Vec<Word>) -> Option<usize> {
    let mut lexer = Lexer::new(text.get(base..)?, LexOptions::default());
    loop {
        let token = lexer.next_token();
        let range = base + token.start()..base + token.end().max(token.start());
        if is_second_brace(text, &token, words, range.start) {
            words.pop();
            return Some(range.start - 1);
        }
        match kind(token) {
            // A point at the very end is no number that was begun.
            Some(WordKind::Constant) if text.get(range.clone()) == Some(b".") => {
                words.push(Word { kind: WordKind::Keyword(Keyword::Dot), range });
            }
            Some(WordKind::Wrong) => {
                words.push(Word { kind: WordKind::Wrong, range: range.clone() });
                return resume(text, range.end.max(base + 1));
            }
            Some(kind) => words.push(Word { kind, range }),
            None if token.kind == TokenKind::Eof => return None,
            None => {}
        }
    }
}

/// Whether an action begins inside of another, which was not closed.
fn is_second_brace(text: &[u8], token: &Token, words: &[Word], start: usize) -> bool {
    let is_brace = token.kind == TokenKind::Char && text.get(start) == Some(&b'{');
    is_brace && words.last().is_some_and(|word| word.range == (start - 1..start) && text.get(start - 1) == Some(&b'{'))
}

/// The next action, or what stands behind the end of this one.
fn resume(text: &[u8], from: usize) -> Option<usize> {
    let rest = text.get(from..)?;
    let at = rest.windows(2).position(|pair| pair == b"{{" || pair == b"}}")?;
    let is_end = rest.get(at..at + 2) == Some(b"}}");
    Some(from + at + if is_end { 2 } else { 0 })
}

fn kind(token: Token) -> Option<WordKind> {
    Some(match token.kind {
        TokenKind::Error => WordKind::Wrong,
        TokenKind::Bool | TokenKind::CharConstant | TokenKind::Complex | TokenKind::Number => WordKind::Constant,
        TokenKind::Char => WordKind::Sign,
        TokenKind::Assign => WordKind::Assign,
        TokenKind::Declare => WordKind::Declare,
        TokenKind::Field => WordKind::Field,
        TokenKind::Identifier => WordKind::Function,
        TokenKind::LeftDelim => WordKind::Open,
        TokenKind::RightDelim => WordKind::Close,
        TokenKind::LeftParen => WordKind::LeftParen,
        TokenKind::RightParen => WordKind::RightParen,
        TokenKind::Pipe => WordKind::Pipe,
        TokenKind::RawString | TokenKind::String => WordKind::Text,
        TokenKind::Variable => WordKind::Variable,
        TokenKind::Keyword(keyword) => WordKind::Keyword(keyword),
        TokenKind::Eof | TokenKind::Space | TokenKind::Text => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        let word = |word: &Word| text.get(word.range.clone()).unwrap_or("?").trim().to_owned();
        scan(text.as_bytes()).iter().map(word).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_are_found_also_behind_what_cannot_be_read() {
        for (text, want) in [
            ("a {{- .Values.a | quote }} b", "{{ .Values .a | quote }}"),
            ("{{ .Values. }}{{ $x := 1 }}", "{{ .Values . }} {{ $x := 1 }}"),
            ("{{ include \"a }}\n{{ .b }}", "{{ include \"a }} {{ .b }}"),
            ("{{ .Va\nkind: {{ .b }}", "{{ .Va kind : {{ .b }}"),
            ("{{/* no */}}{{ (f) }}", "{{ ( f ) }}"),
            ("{{ .a?b }} {{ .c }}", "{{ .a {{ .c }}"),
            ("{{", "{{ "),
            ("a: {{ .b", "{{ .b "),
        ] {
            assert_eq!(told(text), want, "{text}");
        }
    }
}
