//! How `fmt` writes booleans, integers, floats, strings and bytes: flags, width and precision applied.

use std::fmt::Write;

use super::float::{FloatForm, format_float};
use super::quote::{Charset, can_backquote, is_printable, quote, quote_char};

/// What stands between `%` and the verb.
#[derive(Clone, Copy, Debug, Default)]
#[allow(clippy::struct_excessive_bools)] // each is a character of its own
pub(super) struct Flags {
    pub width: Option<usize>,
    pub precision: Option<usize>,
    pub minus: bool,
    pub plus: bool,
    pub sharp: bool,
    pub space: bool,
    pub zero: bool,
    /// `%+v`
    pub plus_v: bool,
    /// `%#v`
    pub sharp_v: bool,
}

/// Upper or lower case hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    Lower,
    Upper,
}

/// An integer, apart in sign and magnitude.
#[derive(Clone, Copy, Debug)]
pub(super) struct Integer {
    pub negative: bool,
    pub magnitude: u64,
}

impl From<i64> for Integer {
    fn from(n: i64) -> Self {
        Self { negative: n < 0, magnitude: n.unsigned_abs() }
    }
}

impl From<u64> for Integer {
    fn from(magnitude: u64) -> Self {
        Self { negative: false, magnitude }
    }
}

impl Flags {
    /// What goes before and after something `characters` wide.
    pub fn padding(&self, characters: usize) -> (Vec<u8>, Vec<u8>) {
        let missing = self.width.unwrap_or(0).saturating_sub(characters);
        if self.minus {
            return (Vec::new(), vec![b' '; missing]);
        }
        (vec![if self.zero { b'0' } else { b' ' }; missing], Vec::new())
    }

    pub fn pad(&self, bytes: &[u8]) -> Vec<u8> {
        let (before, after) = self.padding(characters(bytes));
        [&before, bytes, &after].concat()
    }

    /// The bytes of a string that the precision lets through.
    pub fn truncated<'a>(&self, bytes: &'a [u8]) -> &'a [u8] {
        let end = self.precision.and_then(|precision| character_starts(bytes).nth(precision));
        end.and_then(|end| bytes.get(..end)).unwrap_or(bytes)
    }

    pub fn integer(&self, n: Integer, base: u32, verb: char, case: Case) -> Vec<u8> {
        if self.precision == Some(0) && n.magnitude == 0 {
            return vec![b' '; self.width.unwrap_or(0)];
        }
        let digits = in_base(n.magnitude, base, case);
        let sign = match n {
            Integer { negative: true, .. } => "-",
            _ if self.plus => "+",
            _ if self.space => " ",
            _ => "",
        };
        // Leading zeros come from the precision, or from the width if the flag asks for it.
        let asked = match (self.precision, self.width) {
            (Some(precision), _) => precision,
            (None, Some(width)) if self.zero && !self.minus => width.saturating_sub(sign.len()),
            _ => 0,
        };
        let leading = "0".repeat(asked.saturating_sub(digits.len()));
        let prefix = match base {
            2 if self.sharp => "0b",
            8 if self.sharp && !leading.starts_with('0') && !digits.starts_with('0') => "0",
            16 if self.sharp && case == Case::Upper => "0X",
            16 if self.sharp => "0x",
            _ => "",
        };
        let prefix = if verb == 'O' { format!("0o{}", if base == 8 { prefix } else { "" }) } else { prefix.to_owned() };
        // The zeros are there already: what is missing now are spaces.
        let spaces = Self { zero: false, ..*self };
        spaces.pad(format!("{sign}{prefix}{leading}{digits}").as_bytes())
    }

    pub fn unicode(&self, n: u64) -> Vec<u8> {
        let digits = format!("{n:X}");
        let least = self.precision.unwrap_or(4).max(4);
        let mut text = format!("U+{}{digits}", "0".repeat(least.saturating_sub(digits.len())));
        let shown = u32::try_from(n).ok().and_then(char::from_u32).filter(|&c| self.sharp && is_printable(c));
        if let Some(c) = shown {
            text.extend([' ', '\'', c, '\'']);
        }
        Self { zero: false, ..*self }.pad(text.as_bytes())
    }

    pub fn character(&self, n: u64) -> Vec<u8> {
        self.pad(to_char(n).to_string().as_bytes())
    }

    pub fn quoted_character(&self, n: u64) -> Vec<u8> {
        self.pad(quote_char(to_char(n), self.charset()).as_bytes())
    }

    pub fn quoted(&self, bytes: &[u8]) -> Vec<u8> {
        let bytes = self.truncated(bytes);
        if self.sharp && can_backquote(bytes) {
            return self.pad(&[b"`", bytes, b"`"].concat());
        }
        self.pad(quote(bytes, self.charset()).as_bytes())
    }

    fn charset(&self) -> Charset {
        if self.plus { Charset::Ascii } else { Charset::Unicode }
    }

    /// Bytes in hexadecimal.
    pub fn hexadecimal(&self, bytes: &[u8], case: Case) -> Vec<u8> {
        let bytes = self.precision.and_then(|precision| bytes.get(..precision)).unwrap_or(bytes);
        let prefix = match case {
            _ if !self.sharp => "",
            Case::Lower => "0x",
            Case::Upper => "0X",
        };
        let mut text = String::with_capacity(bytes.len() * 2);
        for (index, byte) in bytes.iter().enumerate() {
            if self.space && index > 0 {
                text.push(' ');
            }
            if self.space || index == 0 {
                text.push_str(prefix);
            }
            let _ = match case {
                Case::Lower => write!(text, "{byte:02x}"),
                Case::Upper => write!(text, "{byte:02X}"),
            };
        }
        self.pad(text.as_bytes())
    }

    pub fn float(&self, value: f64, verb: char) -> Vec<u8> {
        let (form, default) = match verb {
            'e' | 'E' => (FloatForm::Exponent, Some(6)),
            'f' | 'F' => (FloatForm::Decimal, Some(6)),
            'x' | 'X' => (FloatForm::Hexadecimal, None),
            'b' => (FloatForm::Binary, None),
            _ => (FloatForm::General, None),
        };
        let precision = self.precision.or(default);
        let mut text = format_float(value, form, precision);
        if verb.is_ascii_uppercase() && value.is_finite() {
            text = text.to_ascii_uppercase();
        }
        let (sign, unsigned) = match text.strip_prefix(['-', '+']) {
            Some(unsigned) => (text.get(..1).unwrap_or_default(), unsigned),
            None => ("+", text.as_str()),
        };
        let sign = if self.space && sign == "+" && !self.plus { " " } else { sign };
        if !value.is_finite() {
            // Not padded with zeros: it doesn't look like a number.
            let shown = if value.is_nan() && !self.space && !self.plus { "" } else { sign };
            let shown = if sign == "+" && !self.plus && value.is_nan() { "" } else { shown };
            return Self { zero: false, ..*self }.pad(format!("{shown}{unsigned}").as_bytes());
        }
        let unsigned = if self.sharp && verb != 'b' { pointed(unsigned, verb, precision) } else { unsigned.to_owned() };
        if !self.plus && sign == "+" {
            return self.pad(unsigned.as_bytes());
        }
        let missing = self.width.unwrap_or(0).saturating_sub(unsigned.len() + 1);
        if self.zero && !self.minus && missing > 0 {
            return format!("{sign}{}{unsigned}", "0".repeat(missing)).into_bytes();
        }
        self.pad(format!("{sign}{unsigned}").as_bytes())
    }
}

/// The flag `#`: always a decimal point, and for `%g` and `%x` no digit less than the precision asks for.
fn pointed(unsigned: &str, verb: char, precision: Option<usize>) -> String {
    let is_tail = |c: char| matches!(c, 'p' | 'P') || matches!(c, 'e' | 'E') && !matches!(verb, 'x' | 'X');
    let (number, tail) = unsigned.split_at(unsigned.find(is_tail).unwrap_or(unsigned.len()));
    let digits = number.bytes().filter(|&byte| byte != b'.');
    let mut significant = digits.skip_while(|&byte| byte == b'0').count();
    let mut out = number.to_owned();
    if !number.contains('.') {
        if number == "0" {
            significant += 1;
        }
        out.push('.');
    }
    if matches!(verb, 'v' | 'g' | 'G' | 'x') {
        out.push_str(&"0".repeat(precision.unwrap_or(6).saturating_sub(significant)));
    }
    out.push_str(tail);
    out
}

fn in_base(n: u64, base: u32, case: Case) -> String {
    match (base, case) {
        (2, _) => format!("{n:b}"),
        (8, _) => format!("{n:o}"),
        (16, Case::Lower) => format!("{n:x}"),
        (16, Case::Upper) => format!("{n:X}"),
        _ => n.to_string(),
    }
}

fn to_char(n: u64) -> char {
    u32::try_from(n).ok().and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// Number of characters; a byte that isn't part of one counts as one.
pub(super) fn characters(bytes: &[u8]) -> usize {
    character_starts(bytes).count()
}

fn character_starts(bytes: &[u8]) -> impl Iterator<Item = usize> {
    let mut at = 0;
    bytes.utf8_chunks().flat_map(move |chunk| {
        let start = at;
        at += chunk.valid().len() + chunk.invalid().len();
        let invalid = start + chunk.valid().len();
        chunk.valid().char_indices().map(move |(offset, _)| start + offset).chain(invalid..at)
    })
}
