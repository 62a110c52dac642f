//! How `fmt` reads a format: flags, argument indexes, width, precision, verb.

use super::Piece;
use super::primitive::Flags;
use super::printer::Printer;
use crate::value::Value;

/// Larger numbers are no width, precision or index.
const TOO_LARGE: u32 = 1_000_000;

pub(super) fn sprintf(format: &[u8], args: &[Value]) -> Vec<Piece> {
    let mut formatter = Formatter {
        format,
        at: 0,
        args,
        next: 0,
        printer: Printer::new(),
        is_reordered: false,
        is_index_good: true,
        is_after_index: false,
    };
    formatter.run();
    formatter.printer.finish()
}

struct Formatter<'a> {
    format: &'a [u8],
    at: usize,
    args: &'a [Value],
    /// The argument that the next verb prints.
    next: usize,
    printer: Printer,
    /// Whether any directive named its argument by index.
    is_reordered: bool,
    is_index_good: bool,
    is_after_index: bool,
}

impl Formatter<'_> {
    fn run(&mut self) {
        while let Some(rest) = self.format.get(self.at..).filter(|rest| !rest.is_empty()) {
            let literal = rest.iter().position(|&byte| byte == b'%').unwrap_or(rest.len());
            self.printer.text(rest.get(..literal).unwrap_or_default());
            self.at += literal;
            if self.peek().is_none() {
                break;
            }
            self.at += 1;
            self.directive();
        }
        self.extra();
    }

    fn peek(&self) -> Option<u8> {
        self.format.get(self.at).copied()
    }

    fn eat(&mut self, byte: u8) -> bool {
        let eaten = self.peek() == Some(byte);
        self.at += usize::from(eaten);
        eaten
    }

    fn directive(&mut self) {
        self.is_index_good = true;
        self.is_after_index = false;
        self.flags();
        if !self.peek().is_some_and(|byte| byte.is_ascii_lowercase()) || self.next >= self.args.len() {
            self.index();
            self.width();
            self.precision();
            if !self.is_after_index {
                self.index();
            }
        }
        let Some(verb) = self.verb() else { return self.printer.text(b"%!(NOVERB)") };
        match self.args.get(self.next) {
            _ if verb == '%' => self.printer.text(b"%"),
            _ if !self.is_index_good => self.printer.text(format!("%!{verb}(BADINDEX)").as_bytes()),
            None => self.printer.text(format!("%!{verb}(MISSING)").as_bytes()),
            Some(arg) => {
                if matches!(verb, 'v' | 'w') {
                    let flags = &mut self.printer.flags;
                    flags.sharp_v = std::mem::take(&mut flags.sharp);
                    flags.plus_v = std::mem::take(&mut flags.plus);
                }
                self.printer.arg(self.next, arg, verb);
                self.next += 1;
            }
        }
    }

    fn flags(&mut self) {
        let mut flags = Flags::default();
        while let Some(byte) = self.peek() {
            match byte {
                b'#' => flags.sharp = true,
                b'0' => flags.zero = true,
                b'+' => flags.plus = true,
                b'-' => flags.minus = true,
                b' ' => flags.space = true,
                _ => break,
            }
            self.at += 1;
        }
        self.printer.flags = flags;
    }

    /// `[3]`
    fn index(&mut self) {
        self.is_after_index = false;
        if self.peek() != Some(b'[') {
            return;
        }
        self.is_reordered = true;
        let rest = self.format.get(self.at..).unwrap_or_default();
        let Some(close) = rest.iter().position(|&byte| byte == b']').filter(|_| rest.len() >= 3) else {
            self.is_index_good = false;
            self.at += 1;
            return;
        };
        let content = rest.get(1..close).unwrap_or_default();
        self.at += close + 1;
        let (number, used) = number(content);
        let index = number.filter(|_| used == content.len()).and_then(|n| n.checked_sub(1));
        self.is_after_index = number.is_some() && used == content.len();
        match index.filter(|&index| index < self.args.len()) {
            Some(index) => self.next = index,
            None => self.is_index_good = false,
        }
    }

    fn width(&mut self) {
        if self.eat(b'*') {
            match self.int_argument() {
                None => self.printer.text(b"%!(BADWIDTH)"),
                Some(width) => {
                    if width < 0 {
                        self.printer.flags.minus = true;
                        self.printer.flags.zero = false;
                    }
                    self.printer.flags.width = usize::try_from(width.unsigned_abs()).ok();
                }
            }
            self.is_after_index = false;
            return;
        }
        self.printer.flags.width = self.number();
        if self.is_after_index && self.printer.flags.width.is_some() {
            self.is_index_good = false;
        }
    }

    fn precision(&mut self) {
        // A point at the very end is the verb.
        if self.peek() != Some(b'.') || self.at + 1 >= self.format.len() {
            return;
        }
        self.at += 1;
        if self.is_after_index {
            self.is_index_good = false;
        }
        self.index();
        if self.eat(b'*') {
            self.printer.flags.precision = self.int_argument().and_then(|precision| usize::try_from(precision).ok());
            if self.printer.flags.precision.is_none() {
                self.printer.text(b"%!(BADPREC)");
            }
            self.is_after_index = false;
        } else {
            self.printer.flags.precision = Some(self.number().unwrap_or(0));
        }
    }

    /// A number at this place. One that is too large swallows the rest of the format, as in Go.
    fn number(&mut self) -> Option<usize> {
        let (number, used) = number(self.format.get(self.at..).unwrap_or_default());
        self.at += used;
        number
    }

    /// The next argument as a width or precision.
    fn int_argument(&mut self) -> Option<i64> {
        let number = match self.args.get(self.next)? {
            Value::Int(n, _) => Some(*n),
            Value::Uint(n, _) => i64::try_from(*n).ok(),
            _ => None,
        };
        self.next += 1;
        number.filter(|n| n.unsigned_abs() <= u64::from(TOO_LARGE))
    }

    fn verb(&mut self) -> Option<char> {
        let rest = self.format.get(self.at..).filter(|rest| !rest.is_empty())?;
        let chunk = rest.get(..4).unwrap_or(rest).utf8_chunks().next();
        let valid = chunk.and_then(|chunk| chunk.valid().chars().next());
        self.at += valid.map_or(1, char::len_utf8);
        Some(valid.unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    /// Arguments that no verb printed.
    fn extra(&mut self) {
        let Some(unused) = self.args.get(self.next..).filter(|unused| !self.is_reordered && !unused.is_empty()) else {
            return;
        };
        self.printer.flags = Flags::default();
        self.printer.text(b"%!(EXTRA ");
        for (offset, arg) in unused.iter().enumerate() {
            if offset > 0 {
                self.printer.text(b", ");
            }
            self.printer.extra(self.next + offset, arg);
        }
        self.printer.text(b")");
    }
}

/// The number that begins `bytes`, and how many bytes it took.
fn number(bytes: &[u8]) -> (Option<usize>, usize) {
    let mut number = None;
    for (at, byte) in bytes.iter().enumerate() {
        if !byte.is_ascii_digit() {
            return (number, at);
        }
        if number.unwrap_or(0) > TOO_LARGE as usize {
            return (None, bytes.len());
        }
        number = Some(number.unwrap_or(0) * 10 + usize::from(byte - b'0'));
    }
    (number, bytes.len())
}
