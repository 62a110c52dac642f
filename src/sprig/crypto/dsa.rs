//! DSA keys of 2048 and 256 bits. Nothing signs with them any more; charts can still draw one.

use super::der::{Reader, integer, sequence, tag};
use super::dice::{Dice, Seed};
use super::natural::{Modulus, Natural};
use super::primes;

const P_BITS: u32 = 2048;
const Q_BITS: u32 = 256;

/// A key as OpenSSL writes it: the primes p and q, the generator, the public and the private number.
pub(super) fn generate(seed: Seed) -> Option<Vec<u8>> {
    let mut dice = Dice::new(seed);
    let odd = |dice: &mut Dice| (primes::odd(dice, Q_BITS), Natural::from(2));
    let (q, _) = primes::search(&mut dice, odd, |_| true)?;
    let twice = q.plus(&q);
    // The prime p is one more than a multiple of 2q.
    let mut factor = Natural::default();
    let multiple = |dice: &mut Dice| {
        let mut bytes = dice.bytes((P_BITS - Q_BITS) as usize / 8);
        if let Some(first) = bytes.first_mut() {
            // With what q begins with, this makes all of the product's bits and not one more.
            *first = *first & 0b0001_1111 | 0b0110_0000;
        }
        factor = Natural::from_bytes(&bytes);
        (twice.times(&factor).plus(&Natural::from(1)), twice.clone())
    };
    let (p, index) = primes::search(&mut dice, multiple, |candidate| candidate.bits() == P_BITS)?;
    let half = factor.plus(&Natural::from(index));
    let modulus = Modulus::new(&p)?;
    let generator = modulus.power_of_two(half.plus(&half).digits(0));
    let private = Natural::from_bytes(&dice.bytes(Q_BITS as usize / 8 - 1));
    let public = modulus.number(&modulus.power(&generator, private.digits(0)));
    let numbers = [&p, &q, &modulus.number(&generator), &public, &private];
    let numbers: Vec<Vec<u8>> = numbers.into_iter().map(|number| integer(&number.to_bytes())).collect();
    Some(sequence(&[&integer(&[0]), &numbers.concat()]))
}

/// Whether these are the six numbers of a key.
pub(super) fn is_key(der: &[u8]) -> bool {
    const NUMBERS: usize = 6;
    let Some(mut reader) = Reader(der).inside(tag::SEQUENCE) else { return false };
    (0..NUMBERS).all(|_| reader.natural().is_some())
}
