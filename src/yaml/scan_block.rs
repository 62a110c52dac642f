//! Block scalars: `|` and `>`.

use super::error::{Error, Problem};
use super::scan::Scanner;
use super::token::{Chunk, Mark, ScalarStyle, Token, TokenKind};

/// What happens to the line ends after the text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Chomping {
    Strip,
    Clip,
    Keep,
}

impl Scanner<'_> {
    /// A block scalar, from its indicator to the line before the next token.
    pub(super) fn scan_block_scalar(&mut self) -> Result<Token, Error> {
        let start = self.mark;
        let style = if self.byte(0) == b'|' { ScalarStyle::Literal } else { ScalarStyle::Folded };
        self.skip_ascii(1);
        let (chomping, increment) = self.scan_block_header(start)?;
        let given = increment.map(|increment| self.indent.unwrap_or(0) + increment);
        let mut breaks = String::new();
        let (indent, mut end) = self.scan_block_breaks(start, given, &mut breaks)?;
        let mut text = String::new();
        let mut line_end = "";
        let mut after_blank = false;
        while self.mark.column == indent && !self.at_end() {
            let blank = self.is_blank(0);
            if style == ScalarStyle::Folded && line_end == "\n" && !after_blank && !blank {
                if breaks.is_empty() {
                    text.push(' ');
                }
            } else {
                text.push_str(line_end);
            }
            text.push_str(&breaks);
            breaks.clear();
            after_blank = blank;
            let begin = self.mark.offset;
            let stop = self.line_end(begin);
            text.push_str(self.slice(begin..stop));
            self.skip_inline(stop - begin);
            line_end = if self.at_end() { "" } else { self.skip_break() };
            (_, end) = self.scan_block_breaks(start, Some(indent), &mut breaks)?;
        }
        if chomping != Chomping::Strip {
            text.push_str(line_end);
        }
        if chomping == Chomping::Keep {
            text.push_str(&breaks);
        }
        Ok(Token { kind: TokenKind::Scalar(Chunk::Made(text.into()), style), start, end })
    }

    /// Chomping and indentation indicator, in either order, and the rest of the line.
    fn scan_block_header(&mut self, start: Mark) -> Result<(Chomping, Option<usize>), Error> {
        let mut chomping = self.scan_chomping();
        let increment = match self.byte(0) {
            b'0' => return self.fail(start, Problem::IndentIndicatorZero),
            digit @ b'1'..=b'9' => {
                self.skip_ascii(1);
                Some(usize::from(digit - b'0'))
            }
            _ => None,
        };
        if increment.is_some() && chomping.is_none() {
            chomping = self.scan_chomping();
        }
        while self.is_blank(0) {
            self.skip_ascii(1);
        }
        if self.byte(0) == b'#' {
            self.skip_comment();
        }
        if !self.is_break_or_end() {
            return self.fail(start, Problem::BlockHeaderEnd);
        }
        if !self.at_end() {
            self.skip_break();
        }
        Ok((chomping.unwrap_or(Chomping::Clip), increment))
    }

    fn scan_chomping(&mut self) -> Option<Chomping> {
        let chomping = match self.byte(0) {
            b'+' => Chomping::Keep,
            b'-' => Chomping::Strip,
            _ => return None,
        };
        self.skip_ascii(1);
        Some(chomping)
    }

    /// Goes over indentation and empty lines, and finds the indentation where it is not given. Returns it, and where
    /// the scalar ends if nothing follows.
    fn scan_block_breaks(
        &mut self,
        start: Mark,
        given: Option<usize>,
        breaks: &mut String,
    ) -> Result<(usize, Mark), Error> {
        let mut end = self.mark;
        let mut deepest = 0;
        loop {
            let column = self.mark.column;
            let most = given.map_or(usize::MAX, |indent| indent.saturating_sub(column));
            let spaces = self.rest().iter().take(most).take_while(|&&byte| byte == b' ').count();
            self.skip_ascii(spaces);
            deepest = deepest.max(self.mark.column);
            let in_indentation = given.is_none_or(|indent| self.mark.column < indent);
            if in_indentation && self.byte(0) == b'\t' {
                return self.fail(start, Problem::BlockTab);
            }
            if !self.is_break(0) {
                break;
            }
            breaks.push_str(self.skip_break());
            end = self.mark;
        }
        let least = self.indent.map_or(0, |indent| indent + 1).max(1);
        Ok((given.unwrap_or_else(|| deepest.max(least)), end))
    }
}
