//! What is random in a cluster (name endings, addresses, uids), drawn from a seed. Each draw says what it is for, so
//! that one more pod somewhere doesn't change the names of all others.

/// Where random parts come from. The same seed draws the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seed(pub u64);

/// The letters of generated names: neither vowels nor what looks alike. `k8s.io/apimachinery/pkg/util/rand`.
const LETTERS: &[u8; 27] = b"bcdfghjklmnpqrstvwxz2456789";

impl Seed {
    /// A number for a purpose.
    fn draw(self, purpose: &str) -> u64 {
        let hash = purpose.bytes().fold(0xcbf2_9ce4_8422_2325 ^ self.0, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        scramble(hash)
    }

    /// The ending of a generated name.
    pub fn ending(self, purpose: &str, length: usize) -> String {
        let mut state = self.draw(purpose);
        let letter = |_| {
            state = scramble(state);
            letter(state)
        };
        (0..length).map(letter).collect()
    }

    /// A number of `low..high`.
    pub fn between(self, purpose: &str, low: u64, high: u64) -> u64 {
        low + self.draw(purpose) % high.saturating_sub(low).max(1)
    }

    /// A uid.
    pub fn uid(self, purpose: &str) -> String {
        let (high, low) = (self.draw(purpose), scramble(self.draw(purpose)));
        // Version 4, variant 1.
        let (version, variant) = (high & 0x0fff | 0x4000, low >> 48 & 0x3fff | 0x8000);
        let (first, second, last) = (high >> 32, high >> 16 & 0xffff, low & 0xffff_ffff_ffff);
        format!("{first:08x}-{second:04x}-{version:04x}-{variant:04x}-{last:012x}")
    }

    /// The hash that tells the pods of one template from those of another.
    pub fn template_hash(self, template: &str) -> String {
        let number = self.draw(template) & 0xffff_ffff;
        number.to_string().bytes().map(|digit| letter(u64::from(digit))).collect()
    }
}

fn letter(number: u64) -> char {
    let at = usize::try_from(number % 27).unwrap_or_default();
    LETTERS.get(at).map_or('x', |&letter| char::from(letter))
}

/// Spreads the bits of a number.
fn scramble(number: u64) -> u64 {
    let number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ number >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ number >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ number >> 31
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_draws_the_same_and_another_one_something_else() {
        let (one, other) = (Seed(1), Seed(2));
        assert_eq!(one.ending("pod", 5), one.ending("pod", 5));
        assert_ne!(one.ending("pod", 5), other.ending("pod", 5));
        assert_ne!(one.ending("pod", 5), one.ending("pod 2", 5));
        assert!(one.ending("pod", 50).bytes().all(|byte| LETTERS.contains(&byte)));
        assert!((8..=10).contains(&one.template_hash("{}").len()));
        let uid = one.uid("claim");
        assert_eq!((uid.len(), uid.get(14..15), uid.matches('-').count()), (36, Some("4"), 4));
        assert!((30_000..32_768).contains(&one.between("port", 30_000, 32_768)));
    }
}
