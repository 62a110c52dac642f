//! Bytes ↔ lines and columns ↔ UTF-16. The only place where the three meet: we count bytes, people count
//! lines and columns, the browser counts UTF-16 units.

/// A place as people name it. Line and column start at 1; the column counts characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// Where the lines of a text begin. The text itself is handed in at each question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineIndex {
    starts: Box<[usize]>,
}

impl LineIndex {
    /// Finds the lines of `text`. A line ends after its `\n`.
    pub fn new(text: &[u8]) -> Self {
        let after_newlines = text.iter().enumerate().filter(|&(_, &byte)| byte == b'\n').map(|(at, _)| at + 1);
        Self { starts: std::iter::once(0).chain(after_newlines).collect() }
    }

    /// Number of lines; at least one.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Never: an empty text has one line.
    pub fn is_empty(&self) -> bool {
        false
    }

    /// The line (from 0) that holds byte `offset`.
    pub fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start <= offset).saturating_sub(1)
    }

    /// First byte of a line (from 0); `None` beyond the end.
    pub fn start_of(&self, line: usize) -> Option<usize> {
        self.starts.get(line).copied()
    }

    /// Line and column of byte `offset` in `text`.
    pub fn position(&self, text: &[u8], offset: usize) -> Position {
        let line = self.line_of(offset);
        let start = self.start_of(line).unwrap_or(0);
        let before = text.get(start..offset.min(text.len())).unwrap_or_default();
        Position { line: number(line + 1), column: number(characters(before) + 1) }
    }

    /// The byte at a position; the end of its line where the column is too large, `None` where the line is.
    pub fn offset(&self, text: &[u8], position: Position) -> Option<usize> {
        let line = (position.line as usize).checked_sub(1)?;
        let start = self.start_of(line)?;
        let end = self.start_of(line + 1).map_or(text.len(), |next| next - 1);
        let wanted = (position.column as usize).saturating_sub(1);
        let content = text.get(start..end).unwrap_or_default();
        let starts = content.iter().enumerate().filter(|&(_, &byte)| !is_continuation(byte));
        Some(start + starts.map(|(at, _)| at).nth(wanted).unwrap_or(content.len()))
    }
}

impl Position {
    /// Line and column of byte `offset` in a text that is asked once: nothing is kept.
    pub fn of(text: &[u8], offset: usize) -> Self {
        let before = text.get(..offset.min(text.len())).unwrap_or_default();
        let start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
        let lines: usize = before.iter().map(|&byte| usize::from(byte == b'\n')).sum();
        Self { line: number(lines + 1), column: number(characters(before.get(start..).unwrap_or_default()) + 1) }
    }
}

/// UTF-16 units before byte `offset` of `text`.
pub fn utf16_from_byte(text: &str, offset: usize) -> usize {
    text.char_indices().take_while(|&(at, _)| at < offset).map(|(_, c)| c.len_utf16()).sum()
}

/// The byte before which `units` UTF-16 units lie; the text's length where there are fewer.
pub fn byte_from_utf16(text: &str, units: usize) -> usize {
    let mut seen = 0;
    for (at, c) in text.char_indices() {
        if seen >= units {
            return at;
        }
        seen += c.len_utf16();
    }
    text.len()
}

fn characters(text: &[u8]) -> usize {
    text.iter().filter(|&&byte| !is_continuation(byte)).count()
}

fn is_continuation(byte: u8) -> bool {
    byte & 0b1100_0000 == 0b1000_0000
}

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_and_come_back() {
        let text = "a: é1\nb: 😀x\n".as_bytes();
        let lines = LineIndex::new(text);
        for (offset, line, column) in [(0, 1, 1), (5, 1, 5), (7, 2, 1), (14, 2, 5)] {
            let position = Position { line, column };
            assert_eq!(lines.position(text, offset), position);
            assert_eq!(Position::of(text, offset), position);
            assert_eq!(lines.offset(text, position), Some(offset));
        }
        assert_eq!(lines.offset(text, Position { line: 1, column: 99 }), Some(6));
        assert_eq!(lines.offset(text, Position { line: 9, column: 1 }), None);
    }

    #[test]
    fn utf16_units_come_back() {
        let text = "é😀x";
        assert_eq!(utf16_from_byte(text, 6), 3);
        assert_eq!(byte_from_utf16(text, 3), 6);
        assert_eq!(byte_from_utf16(text, 99), text.len());
    }
}
