//! A file's text as an editor in the browser holds it: lines end in `\n` alone, places count UTF-16 units. What the
//! file had instead is restored when the text comes back.

use std::ops::Range;
use std::rc::Rc;

use crate::source::utf16_from_byte;

/// The text of a file on its way into an editor and back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditorText {
    text: Rc<str>,
    ending: Ending,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    Lf,
    CrLf,
}

impl EditorText {
    /// The text of a file. Lines of Windows stay such where the first one is.
    pub fn new(text: &Rc<str>) -> Self {
        let first = text.find('\n').and_then(|at| at.checked_sub(1)).and_then(|at| text.as_bytes().get(at));
        let ending = if first == Some(&b'\r') { Ending::CrLf } else { Ending::Lf };
        Self { text: Rc::clone(text), ending }
    }

    /// As the editor wants it.
    pub fn in_editor(&self) -> Rc<str> {
        match self.ending {
            Ending::CrLf => self.text.replace("\r\n", "\n").into(),
            Ending::Lf => Rc::clone(&self.text),
        }
    }

    /// As the file wants what the editor has now.
    pub fn back(&self, edited: &str) -> Rc<str> {
        match self.ending {
            Ending::CrLf => edited.replace('\n', "\r\n").into(),
            Ending::Lf => edited.into(),
        }
    }

    /// A range of bytes of the file, in the editor's units.
    pub fn range(&self, bytes: Range<usize>) -> Range<usize> {
        self.unit(bytes.start)..self.unit(bytes.end.max(bytes.start))
    }

    /// The byte of the file at a unit of the editor.
    pub fn byte(&self, unit: usize) -> usize {
        let (mut units, mut last) = (0, '\0');
        for (at, c) in self.text.char_indices() {
            let is_hidden = self.ending == Ending::CrLf && c == '\r';
            if units >= unit && !(is_hidden || last == '\r' && self.ending == Ending::CrLf) {
                return at;
            }
            units += if is_hidden { 0 } else { c.len_utf16() };
            last = c;
        }
        self.text.len()
    }

    fn unit(&self, byte: usize) -> usize {
        let units = utf16_from_byte(&self.text, byte);
        match self.ending {
            Ending::CrLf => units - self.text.as_bytes().iter().take(byte).filter(|&&b| b == b'\r').count().min(units),
            Ending::Lf => units,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_windows_come_back_as_such() {
        let file: Rc<str> = "é: 1\r\nb: 2\r\n".into();
        let text = EditorText::new(&file);
        assert_eq!(&*text.in_editor(), "é: 1\nb: 2\n");
        assert_eq!(text.range(7..8), 5..6);
        assert_eq!((text.byte(5), text.byte(0), text.byte(99)), (7, 0, 13));
        assert_eq!(&*text.back("é: 1\nb: 2\nc: 3\n"), "é: 1\r\nb: 2\r\nc: 3\r\n");
        let plain: Rc<str> = "a: 😀\nb: 2\n".into();
        let text = EditorText::new(&plain);
        assert_eq!(text.byte(6), 8);
        assert_eq!((text.range(8..9), text.in_editor()), (6..7, plain));
    }
}
