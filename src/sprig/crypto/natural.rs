//! Natural numbers of any size, and arithmetic modulo one of them in Montgomery's form: as much as RSA and DSA take.
//!
//! It takes the time it takes: nothing here hides a key from somebody with a stop-watch. The crate `rsa` does, and is
//! four times slower and eight times larger in a browser, where the keys are for show.

use std::cmp::Ordering;

/// A digit. The product of two and two more fit into [`Wide`], which a processor multiplies at once: Wasm's has 64 bits.
#[cfg(target_pointer_width = "64")]
type Limb = u64;
#[cfg(target_pointer_width = "64")]
type Wide = u128;
#[cfg(not(target_pointer_width = "64"))]
type Limb = u32;
#[cfg(not(target_pointer_width = "64"))]
type Wide = u64;

/// A natural number: its digits, the lowest first, the highest not zero.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Natural(Vec<Limb>);

impl From<u32> for Natural {
    fn from(number: u32) -> Self {
        Self::from_bytes(&number.to_be_bytes())
    }
}

impl Ord for Natural {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.len().cmp(&other.0.len()).then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }
}

impl PartialOrd for Natural {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Natural {
    /// The number that these bytes are, the highest first.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        let limb = |chunk: &[u8]| chunk.iter().fold(0, |limb, &byte| limb << 8 | Limb::from(byte));
        Self::normal(bytes.rchunks(size_of::<Limb>()).map(limb).collect())
    }

    fn from_words(words: &[u32]) -> Self {
        Self::from_bytes(&words.iter().flat_map(|word| word.to_be_bytes()).collect::<Vec<_>>())
    }

    fn normal(mut limbs: Vec<Limb>) -> Self {
        while limbs.last() == Some(&0) {
            limbs.pop();
        }
        Self(limbs)
    }

    /// Its bytes, the highest first and not zero.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().rev().flat_map(|limb| limb.to_be_bytes()).skip_while(|&byte| byte == 0).collect()
    }

    /// The same in pieces of 32 bits.
    pub fn to_words(&self) -> Vec<u32> {
        let word = |chunk: &[u8]| chunk.iter().fold(0, |word, &byte| word << 8 | u32::from(byte));
        let mut words: Vec<u32> = self.to_bytes().rchunks(4).map(word).collect();
        words.reverse();
        words
    }

    /// How many binary digits it has.
    pub fn bits(&self) -> u32 {
        let below = u32::try_from(self.0.len()).unwrap_or(u32::MAX).saturating_mul(Limb::BITS);
        below - self.0.last().map_or(0, |limb| limb.leading_zeros())
    }

    /// Whether the binary digit at `index`, counted from the lowest, is one.
    pub fn bit(&self, index: u32) -> bool {
        let limb = usize::try_from(index / Limb::BITS).ok().and_then(|at| self.0.get(at));
        limb.is_some_and(|limb| limb >> (index % Limb::BITS) & 1 == 1)
    }

    pub fn is_odd(&self) -> bool {
        self.bit(0)
    }

    /// The binary digits from the highest down to that at `lowest`.
    pub fn digits(&self, lowest: u32) -> impl Iterator<Item = bool> + '_ {
        (lowest..self.bits()).rev().map(|index| self.bit(index))
    }

    pub fn plus(&self, other: &Self) -> Self {
        let (long, short) = if self.0.len() < other.0.len() { (other, self) } else { (self, other) };
        let mut carry = 0;
        let mut sum = Vec::with_capacity(long.0.len() + 1);
        for (at, &limb) in long.0.iter().enumerate() {
            let (low, high) = split(Wide::from(limb) + Wide::from(short.0.get(at).copied().unwrap_or(0)) + carry);
            sum.push(low);
            carry = Wide::from(high);
        }
        sum.push(split(carry).0);
        Self::normal(sum)
    }

    /// One less; zero stays zero.
    pub fn predecessor(&self) -> Self {
        let mut limbs = self.0.clone();
        for limb in &mut limbs {
            let (less, borrows) = limb.overflowing_sub(1);
            *limb = less;
            if !borrows {
                return Self::normal(limbs);
            }
        }
        Self::default()
    }

    pub fn times(&self, other: &Self) -> Self {
        let mut product = vec![0; self.0.len() + other.0.len()];
        for (at, &limb) in self.0.iter().enumerate() {
            let Some(window) = product.get_mut(at..) else { break };
            let carry = add_multiple(window, &other.0, limb);
            if let Some(above) = window.get_mut(other.0.len()) {
                *above = carry;
            }
        }
        Self::normal(product)
    }

    /// Quotient and remainder; nothing can be divided by zero, so the remainder is the number then.
    pub fn divided(&self, divisor: u32) -> (Self, u32) {
        let mut rest = 0;
        let mut quotient = Vec::new();
        for word in self.to_words() {
            let wide = u64::from(rest) << 32 | u64::from(word);
            let (Some(digit), Some(left)) = (wide.checked_div(divisor.into()), wide.checked_rem(divisor.into())) else {
                return (Self::default(), word);
            };
            // Both are below their bounds: the rest below the divisor, hence the digit below 2³².
            quotient.push(u32::try_from(digit).unwrap_or(u32::MAX));
            rest = u32::try_from(left).unwrap_or(u32::MAX);
        }
        (Self::from_words(&quotient), rest)
    }
}

/// The lower and the higher half.
#[allow(clippy::cast_possible_truncation)]
fn split(wide: Wide) -> (Limb, Limb) {
    (wide as Limb, (wide >> Limb::BITS) as Limb)
}

/// Adds `factor` times `other` to the lower end of `sum`, and returns what overflows.
fn add_multiple(sum: &mut [Limb], other: &[Limb], factor: Limb) -> Limb {
    let mut carry = 0;
    for (limb, &digit) in sum.iter_mut().zip(other) {
        let (low, high) = split(Wide::from(digit) * Wide::from(factor) + Wide::from(*limb) + Wide::from(carry));
        *limb = low;
        carry = high;
    }
    carry
}

/// Takes `other` off `number`, and tells whether it was too much.
fn subtract(number: &mut [Limb], other: &[Limb]) -> bool {
    let mut borrows = false;
    for (limb, &digit) in number.iter_mut().zip(other) {
        let (less, first) = limb.overflowing_sub(digit);
        let (less, second) = less.overflowing_sub(Limb::from(borrows));
        *limb = less;
        borrows = first || second;
    }
    borrows
}

/// A number below the modulus, times 2 to the power of the modulus' limbs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Residue(Vec<Limb>);

/// An odd modulus.
pub(super) struct Modulus {
    limbs: Vec<Limb>,
    /// What the lowest limb is multiplied with to become -1.
    inverse: Limb,
    one: Residue,
}

impl Modulus {
    /// `None` unless it is odd and above one.
    pub fn new(number: &Natural) -> Option<Self> {
        let limbs = number.0.clone();
        let lowest = *limbs.first().filter(|_| number.is_odd() && number.bits() > 1)?;
        // Each step of Newton's doubles the binary digits that are right, from the three that any odd number has.
        let inverse = (0..5)
            .fold(lowest, |inverse, _| inverse.wrapping_mul((2 as Limb).wrapping_sub(lowest.wrapping_mul(inverse))));
        let mut one = vec![0; limbs.len()];
        let top = number.bits() - 1;
        *one.last_mut()? = 1 << (top % Limb::BITS);
        let mut modulus = Self { limbs, inverse: inverse.wrapping_neg(), one: Residue(one) };
        for _ in top..modulus.width() {
            modulus.one = modulus.doubled(&modulus.one);
        }
        Some(modulus)
    }

    fn width(&self) -> u32 {
        u32::try_from(self.limbs.len()).unwrap_or(u32::MAX).saturating_mul(Limb::BITS)
    }

    pub fn one(&self) -> &Residue {
        &self.one
    }

    /// One less than the modulus.
    pub fn minus_one(&self) -> Residue {
        let mut limbs = self.limbs.clone();
        subtract(&mut limbs, &self.one.0);
        Residue(limbs)
    }

    /// A number as a residue. It must be below the modulus.
    pub fn residue(&self, number: &Natural) -> Residue {
        let square = (0..self.width()).fold(self.one.clone(), |power, _| self.doubled(&power));
        let mut limbs = number.0.clone();
        limbs.resize(self.limbs.len(), 0);
        self.product(&Residue(limbs), &square)
    }

    /// The residue as a number.
    pub fn number(&self, residue: &Residue) -> Natural {
        let mut twice = residue.0.clone();
        twice.resize(self.limbs.len() * 2, 0);
        Natural::normal(self.reduced(twice).0)
    }

    pub fn doubled(&self, residue: &Residue) -> Residue {
        let mut carry = 0;
        let double = |&limb: &Limb| {
            let low = limb << 1 | carry;
            carry = limb >> (Limb::BITS - 1);
            low
        };
        let limbs = residue.0.iter().map(double).collect();
        self.settled(limbs, carry)
    }

    pub fn product(&self, a: &Residue, b: &Residue) -> Residue {
        let mut product = vec![0; self.limbs.len() * 2];
        for (at, &limb) in a.0.iter().enumerate() {
            let Some(window) = product.get_mut(at..) else { break };
            let carry = add_multiple(window, &b.0, limb);
            if let Some(above) = window.get_mut(b.0.len()) {
                *above = carry;
            }
        }
        self.reduced(product)
    }

    /// The square: each product of two different limbs occurs twice and is computed once.
    pub fn squared(&self, residue: &Residue) -> Residue {
        let mut square = vec![0; self.limbs.len() * 2];
        let mut higher = residue.0.as_slice();
        let mut at = 1;
        while let Some((&limb, rest)) = higher.split_first() {
            let Some(window) = square.get_mut(at..) else { break };
            let carry = add_multiple(window, rest, limb);
            if let Some(above) = window.get_mut(rest.len()) {
                *above = carry;
            }
            higher = rest;
            at += 2;
        }
        let (mut shifted, mut carry) = (0, 0);
        let (pairs, _) = square.as_chunks_mut::<2>();
        for ([low, high], &limb) in pairs.iter_mut().zip(&residue.0) {
            let twice = (*low << 1 | shifted, *high << 1 | *low >> (Limb::BITS - 1));
            shifted = *high >> (Limb::BITS - 1);
            let (own_low, own_high) = split(Wide::from(limb) * Wide::from(limb));
            let (sum, over) = split(Wide::from(twice.0) + Wide::from(own_low) + Wide::from(carry));
            *low = sum;
            (*high, carry) = split(Wide::from(twice.1) + Wide::from(own_high) + Wide::from(over));
        }
        self.reduced(square)
    }

    /// The base to the power whose binary digits these are.
    pub fn power(&self, base: &Residue, digits: impl Iterator<Item = bool>) -> Residue {
        self.raised(digits, |power| self.product(&power, base))
    }

    /// Two to the power whose binary digits these are.
    pub fn power_of_two(&self, digits: impl Iterator<Item = bool>) -> Residue {
        self.raised(digits, |power| self.doubled(&power))
    }

    fn raised(&self, digits: impl Iterator<Item = bool>, times_base: impl Fn(Residue) -> Residue) -> Residue {
        digits.fold(self.one.clone(), |power, digit| {
            let square = self.squared(&power);
            if digit { times_base(square) } else { square }
        })
    }

    /// Montgomery's reduction: a product, divided by 2 to the power of the limbs.
    fn reduced(&self, mut product: Vec<Limb>) -> Residue {
        let mut over = 0;
        for at in 0..self.limbs.len() {
            let Some(window) = product.get_mut(at..) else { break };
            let factor = window.first().map_or(0, |lowest| lowest.wrapping_mul(self.inverse));
            let carry = add_multiple(window, &self.limbs, factor);
            if let Some(above) = window.get_mut(self.limbs.len()) {
                (*above, over) = split(Wide::from(*above) + Wide::from(carry) + Wide::from(over));
            }
        }
        self.settled(product.split_off(self.limbs.len()), over)
    }

    /// What is less than twice the modulus, with `over` above its limbs, as what is less than once.
    fn settled(&self, limbs: Vec<Limb>, over: Limb) -> Residue {
        if over == 0 && limbs.iter().rev().lt(self.limbs.iter().rev()) {
            return Residue(limbs);
        }
        let mut limbs = limbs;
        subtract(&mut limbs, &self.limbs);
        Residue(limbs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn big(text: &str) -> Natural {
        text.chars().fold(Natural::default(), |number, digit| {
            number.times(&Natural::from(10)).plus(&Natural::from(digit.to_digit(10).unwrap()))
        })
    }

    #[test]
    fn numbers_are_multiplied_and_divided() {
        let a = big("340282366920938463463374607431768211507");
        let b = big("115792089237316195423570985008687907853269984665640564039457584007913129640233");
        let want = big(
            "39402006196394479212279040100143613810985135821568572634550413639688805072115043692337453744545874683617432760761131",
        );
        assert_eq!(a.times(&b), want);
        let (quotient, rest) = want.divided(65_537);
        assert_eq!(quotient.times(&Natural::from(65_537)).plus(&Natural::from(rest)), want);
        assert_eq!(Natural::from_bytes(&[1, 0, 0, 0, 0, 0, 0, 0, 0]).predecessor().to_bytes(), [0xff; 8]);
    }

    #[test]
    fn powers_are_taken_modulo_an_odd_number() {
        // Fermat: a prime's residues are one at the power of the prime's predecessor.
        let prime = big("115792089237316195423570985008687907853269984665640564039457584007913129639747");
        let modulus = Modulus::new(&prime).unwrap();
        let base = modulus.residue(&big("123456789012345678901234567890"));
        assert_eq!(&modulus.power(&base, prime.predecessor().digits(0)), modulus.one());
        assert_eq!(&modulus.power_of_two(prime.predecessor().digits(0)), modulus.one());
        assert_eq!(modulus.squared(&base), modulus.product(&base, &base));
        assert_eq!(modulus.number(&base), big("123456789012345678901234567890"));
        assert!(Modulus::new(&Natural::from(10)).is_none());
    }
}
