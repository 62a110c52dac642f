//! The search for primes: a sieve, then the test of Miller and Rabin.

use super::dice::Dice;
use super::natural::{Modulus, Natural, Residue};

/// A prime `start + index * step`, searched from a place that `draw` gives, and from another where none is near.
/// The prime, and its index.
pub(super) fn search(
    dice: &mut Dice,
    mut draw: impl FnMut(&mut Dice) -> (Natural, Natural),
    is_wanted: impl Fn(&Natural) -> bool,
) -> Option<(Natural, u32)> {
    /// Each place has a prime with a probability of almost one.
    const PLACES: usize = 100;
    for _ in 0..PLACES {
        let (start, step) = draw(dice);
        for index in sieved(&start, &step) {
            let candidate = start.plus(&step.times(&Natural::from(index)));
            if is_wanted(&candidate) && is_prime(&candidate, dice) {
                return Some((candidate, index));
            }
        }
    }
    None
}

/// A random odd number with the two highest bits set: the product of two such has twice the bits.
pub(super) fn odd(dice: &mut Dice, bits: u32) -> Natural {
    let mut bytes = dice.bytes(bits as usize / 8);
    if let Some(first) = bytes.first_mut() {
        *first |= 0b1100_0000;
    }
    if let Some(last) = bytes.last_mut() {
        *last |= 1;
    }
    Natural::from_bytes(&bytes)
}

/// The indexes whose numbers have no small divisor.
fn sieved(start: &Natural, step: &Natural) -> Vec<u32> {
    let bits = start.bits();
    let length = bits.saturating_mul(8);
    let (start, step) = (start.to_words(), step.to_words());
    let mut divisible = vec![false; length as usize];
    // Testing a number costs the cube of its length, so the longer ones are worth larger sieves.
    for prime in small_primes((bits * bits / 16).min(1 << 18)) {
        let Some(inverse) = inverse(remainder(&step, prime), prime) else { continue };
        let distance = u64::from(prime - remainder(&start, prime)) * u64::from(inverse) % u64::from(prime);
        let first = usize::try_from(distance).unwrap_or(usize::MAX);
        divisible.iter_mut().skip(first).step_by(prime as usize).for_each(|is_divisible| *is_divisible = true);
    }
    (0..length).zip(divisible).filter(|(_, is_divisible)| !is_divisible).map(|(index, _)| index).collect()
}

/// The odd primes below a bound.
fn small_primes(bound: u32) -> impl Iterator<Item = u32> {
    let mut composite = vec![false; bound as usize];
    for factor in (3..composite.len()).take_while(|&factor| factor * factor < bound as usize) {
        composite.iter_mut().skip(factor * factor).step_by(factor).for_each(|is_composite| *is_composite = true);
    }
    (0..bound)
        .zip(composite)
        .filter(|&(number, is_composite)| number > 2 && number % 2 == 1 && !is_composite)
        .map(|(number, _)| number)
}

fn remainder(words: &[u32], divisor: u32) -> u32 {
    let rest = words.iter().fold(0, |rest, &word| (rest << 32 | u64::from(word)) % u64::from(divisor.max(1)));
    u32::try_from(rest).unwrap_or(0)
}

/// What `number` is multiplied with to become one modulo a prime: Fermat's.
fn inverse(number: u32, prime: u32) -> Option<u32> {
    let (mut power, mut square, mut exponent) = (1, u64::from(number), prime.checked_sub(2)?);
    while exponent > 0 {
        if exponent & 1 == 1 {
            power = power * square % u64::from(prime);
        }
        square = square * square % u64::from(prime);
        exponent >>= 1;
    }
    u32::try_from(power).ok().filter(|&power| power > 0)
}

/// Whether an odd number is a prime, as good as certainly: two, and four bases more.
fn is_prime(number: &Natural, dice: &mut Dice) -> bool {
    const ROUNDS: usize = 4;
    let Some(modulus) = Modulus::new(number) else { return false };
    // The predecessor's binary digits are the number's, but for the last.
    let Some(zeros) = (1..number.bits()).find(|&index| number.bit(index)) else { return false };
    passes(&modulus, modulus.power_of_two(number.digits(zeros)), zeros)
        && (0..ROUNDS).all(|_| {
            let base = Natural::from_bytes(&dice.bytes(number.bits() as usize / 8 - 1));
            passes(&modulus, modulus.power(&modulus.residue(&base), number.digits(zeros)), zeros)
        })
}

fn passes(modulus: &Modulus, power: Residue, zeros: u32) -> bool {
    let minus_one = modulus.minus_one();
    if power == *modulus.one() || power == minus_one {
        return true;
    }
    let squares = std::iter::successors(Some(power), |power| Some(modulus.squared(power)));
    squares.skip(1).take(zeros as usize - 1).any(|power| power == minus_one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn primes_are_told_from_products() {
        let mut dice = Dice::new([7; 32]);
        let mut prime = || {
            let draw = |dice: &mut Dice| (odd(dice, 128), Natural::from(2));
            search(&mut dice, draw, |_| true).unwrap().0
        };
        let (p, q) = (prime(), prime());
        assert_eq!((p.bits(), q.bits(), p == q), (128, 128, false));
        let mut dice = Dice::new([8; 32]);
        assert!(is_prime(&p, &mut dice));
        assert!(!is_prime(&p.times(&q), &mut dice));
        // A Carmichael number, and the smallest number that passes for the base two.
        assert!(!is_prime(&Natural::from(3_215_031_751), &mut dice));
        assert!(!is_prime(&Natural::from(825_265), &mut dice));
    }

    #[test]
    fn small_primes_are_all_there() {
        assert_eq!(small_primes(30).collect::<Vec<_>>(), [3, 5, 7, 11, 13, 17, 19, 23, 29]);
        assert_eq!(small_primes(1 << 16).count(), 6541);
    }
}
