//! Anchors, aliases, tags and directives.

use super::error::{Error, Problem};
use super::scan::Scanner;
use super::token::{Mark, Token, TokenKind};

impl Scanner<'_> {
    /// `&name` or `*name`.
    pub(super) fn scan_anchor(&mut self) -> Result<Token, Error> {
        let start = self.mark;
        let is_alias = self.byte(0) == b'*';
        self.skip_ascii(1);
        let begin = self.mark.offset;
        self.skip_word();
        let name = begin..self.mark.offset;
        let ends =
            self.is_blank_or_end(0) || matches!(self.byte(0), b'?' | b':' | b',' | b']' | b'}' | b'%' | b'@' | b'`');
        if name.is_empty() || !ends {
            return self.fail(start, Problem::AnchorName);
        }
        let kind = if is_alias { TokenKind::Alias(name) } else { TokenKind::Anchor(name) };
        Ok(Token { kind, start, end: self.mark })
    }

    /// `!<uri>`, `!suffix`, `!!suffix`, `!handle!suffix` or `!`.
    pub(super) fn scan_tag(&mut self) -> Result<Token, Error> {
        let start = self.mark;
        let (handle, suffix) = if self.byte(1) == b'<' {
            self.skip_ascii(2);
            let uri = self.scan_tag_uri("", start)?;
            if self.byte(0) != b'>' {
                return self.fail(start, Problem::TagClose);
            }
            self.skip_ascii(1);
            (String::new(), uri)
        } else {
            let head = self.scan_tag_handle(start)?;
            if head.len() > 1 && head.ends_with('!') {
                let suffix = self.scan_tag_uri("", start)?;
                (head, suffix)
            } else {
                let suffix = self.scan_tag_uri(&head, start)?;
                if suffix.is_empty() { (suffix, head) } else { ("!".to_owned(), suffix) }
            }
        };
        if !self.is_blank_or_end(0) {
            return self.fail(start, Problem::TagSpace);
        }
        Ok(Token { kind: TokenKind::Tag { handle, suffix }, start, end: self.mark })
    }

    /// `!`, `!word` or `!word!`.
    fn scan_tag_handle(&mut self, start: Mark) -> Result<String, Error> {
        let begin = self.mark.offset;
        if self.byte(0) != b'!' {
            return self.fail(start, Problem::TagBang);
        }
        self.skip_ascii(1);
        self.skip_word();
        if self.byte(0) == b'!' {
            self.skip_ascii(1);
        }
        Ok(self.slice(begin..self.mark.offset).to_owned())
    }

    /// The characters of a URI. `head` is what was read of it before, with its `!`.
    fn scan_tag_uri(&mut self, head: &str, start: Mark) -> Result<String, Error> {
        let mut uri = head.get(1..).unwrap_or_default().as_bytes().to_vec();
        let mut any = !head.is_empty();
        loop {
            match self.byte(0) {
                b'%' => self.scan_uri_escape(start, &mut uri)?,
                byte if is_word(byte) || b";/?:@&=+$,.!~*'()[]".contains(&byte) => {
                    uri.push(byte);
                    self.skip_ascii(1);
                }
                _ => break,
            }
            any = true;
        }
        if !any {
            return self.fail(start, Problem::TagUri);
        }
        Ok(String::from_utf8_lossy(&uri).into_owned())
    }

    /// One character in `%xx`.
    fn scan_uri_escape(&mut self, start: Mark, uri: &mut Vec<u8>) -> Result<(), Error> {
        let mut left = None;
        while left != Some(0) {
            let digits = self.rest().get(1..3).filter(|digits| digits.iter().all(u8::is_ascii_hexdigit));
            let octet = digits.and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
            let Some(octet) = octet.filter(|_| self.byte(0) == b'%') else {
                return self.fail(start, Problem::UriEscape);
            };
            left = Some(match left {
                None => match octet {
                    0x00..=0x7F => 0,
                    0xC0..=0xDF => 1,
                    0xE0..=0xEF => 2,
                    0xF0..=0xF7 => 3,
                    _ => return self.fail(start, Problem::UriLeadingOctet),
                },
                Some(_) if octet & 0xC0 != 0x80 => return self.fail(start, Problem::UriTrailingOctet),
                Some(left) => left - 1,
            });
            uri.push(octet);
            self.skip_ascii(3);
        }
        Ok(())
    }

    /// `%YAML` or `%TAG`, with its line end.
    pub(super) fn scan_directive(&mut self) -> Result<Token, Error> {
        let start = self.mark;
        self.skip_ascii(1);
        let begin = self.mark.offset;
        self.skip_word();
        let name = self.slice(begin..self.mark.offset);
        if name.is_empty() {
            return self.fail(start, Problem::DirectiveName);
        }
        if !self.is_blank_or_end(0) {
            return self.fail(start, Problem::DirectiveNameEnd);
        }
        let kind = match name {
            "YAML" => self.scan_version(start)?,
            "TAG" => self.scan_tag_directive(start)?,
            _ => return self.fail(start, Problem::UnknownDirective),
        };
        let end = self.mark;
        self.skip_blanks();
        if self.byte(0) == b'#' {
            self.skip_comment();
        }
        if !self.is_break_or_end() {
            return self.fail(start, Problem::DirectiveEnd);
        }
        if !self.at_end() {
            self.skip_break();
        }
        Ok(Token { kind, start, end })
    }

    fn scan_version(&mut self, start: Mark) -> Result<TokenKind, Error> {
        self.skip_blanks();
        let major = self.scan_version_number(start)?;
        if self.byte(0) != b'.' {
            return self.fail(start, Problem::VersionDot);
        }
        self.skip_ascii(1);
        let minor = self.scan_version_number(start)?;
        Ok(TokenKind::VersionDirective { major, minor })
    }

    fn scan_version_number(&mut self, start: Mark) -> Result<u8, Error> {
        const MOST_DIGITS: u8 = 2;
        let mut number = 0;
        let mut digits = 0;
        while self.byte(0).is_ascii_digit() {
            digits += 1;
            if digits > MOST_DIGITS {
                return self.fail(start, Problem::VersionLong);
            }
            number = number * 10 + (self.byte(0) - b'0');
            self.skip_ascii(1);
        }
        if digits == 0 {
            return self.fail(start, Problem::VersionNumber);
        }
        Ok(number)
    }

    fn scan_tag_directive(&mut self, start: Mark) -> Result<TokenKind, Error> {
        self.skip_blanks();
        let handle = self.scan_tag_handle(start)?;
        if handle != "!" && !(handle.len() > 1 && handle.ends_with('!')) {
            return self.fail(start, Problem::TagBang);
        }
        if !self.is_blank(0) {
            return self.fail(start, Problem::DirectiveSpace);
        }
        self.skip_blanks();
        let prefix = self.scan_tag_uri("", start)?;
        if !self.is_blank_or_end(0) {
            return self.fail(start, Problem::DirectiveSpaceOrBreak);
        }
        Ok(TokenKind::TagDirective { handle, prefix })
    }

    fn skip_blanks(&mut self) {
        while self.is_blank(0) {
            self.skip_ascii(1);
        }
    }

    fn skip_word(&mut self) {
        let width = self.rest().iter().take_while(|&&byte| is_word(byte)).count();
        self.skip_ascii(width);
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-'
}
