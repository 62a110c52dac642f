//! Which texts go-yaml takes for moments in time. They stay strings, but are quoted when written.

/// Whether Go's `time.Parse` accepts the text in one of go-yaml's four layouts.
pub(super) fn is_timestamp(text: &str) -> bool {
    let bytes = text.as_bytes();
    let year = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if year != 4 || bytes.get(4) != Some(&b'-') {
        return false;
    }
    parse(bytes).is_some()
}

/// A cursor over the text that is left.
struct Left<'a>(&'a [u8]);

impl Left<'_> {
    fn literal(&mut self, byte: u8) -> Option<()> {
        self.0 = self.0.strip_prefix(&[byte])?;
        Some(())
    }

    /// One or two digits.
    fn number(&mut self) -> Option<u32> {
        let (&first, rest) = self.0.split_first()?;
        let first = char::from(first).to_digit(10)?;
        let second = rest.first().and_then(|&byte| char::from(byte).to_digit(10));
        self.0 = if second.is_some() { rest.get(1..)? } else { rest };
        Some(second.map_or(first, |second| first * 10 + second))
    }

    /// Two digits.
    fn pair(&mut self) -> Option<u32> {
        let before = self.0.len();
        let number = self.number()?;
        (before - self.0.len() == 2).then_some(number)
    }

    /// A fraction of a second, which may be missing.
    fn fraction(&mut self) {
        if let [b'.' | b',', digit, ..] = self.0
            && digit.is_ascii_digit()
        {
            let digits = self.0.iter().skip(1).take_while(|byte| byte.is_ascii_digit()).count();
            self.0 = self.0.get(digits + 1..).unwrap_or_default();
        }
    }

    /// `Z`, or an offset with a colon.
    fn zone(&mut self) -> Option<()> {
        if self.literal(b'Z').is_some() {
            return Some(());
        }
        let (sign, rest) = self.0.split_first()?;
        if !matches!(sign, b'+' | b'-') {
            return None;
        }
        self.0 = rest;
        let hours = self.pair()?;
        self.literal(b':')?;
        // So many, for some write offsets of 24 hours or 60 minutes.
        (hours <= 24 && self.pair()? <= 60).then_some(())
    }
}

fn parse(text: &[u8]) -> Option<()> {
    let year = text.get(..4)?.iter().fold(0, |year, &byte| year * 10 + u32::from(byte - b'0'));
    let mut left = Left(text.get(5..)?);
    let month = left.number()?;
    left.literal(b'-')?;
    let day = left.number()?;
    let days = match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if !(1..=days).contains(&day) {
        return None;
    }
    let Some(&separator) = left.0.first() else { return Some(()) };
    match separator {
        b'T' | b't' => left.literal(separator)?,
        b' ' => left.0 = left.0.trim_ascii_start(),
        _ => return None,
    }
    let in_range = left.number()? < 24 && left.literal(b':').is_some() && left.number()? < 60;
    left.literal(b':')?;
    if !in_range || left.number()? >= 60 {
        return None;
    }
    left.fraction();
    if separator != b' ' {
        left.zone()?;
    }
    left.0.is_empty().then_some(())
}
