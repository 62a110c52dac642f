//! RSA keys: drawn, read and written as in PKCS#1, and signing with them.

use sha2::Sha256;
use sha2::digest::Digest;

use super::der::{Reader, element, integer, sequence, tag};
use super::dice::{Dice, Seed};
use super::natural::{Modulus, Natural};
use super::primes;

/// A private key.
#[derive(Clone)]
pub(super) struct RsaKey {
    modulus: Natural,
    exponent: Natural,
    private: Natural,
    /// The key as it is written.
    der: Vec<u8>,
}

/// The public exponent that everybody uses: a prime.
const EXPONENT: u32 = 65_537;

/// A key as PKCS#1 has it, whose modulus has that many bits.
pub(super) fn generate(bits: u32, seed: Seed) -> Option<Vec<u8>> {
    let mut dice = Dice::new(seed);
    let (p, q) = of_both(&|seed| prime(bits / 2, seed), dice.array(), dice.array());
    let (p, q) = (p?, q?);
    // The larger first: q is a residue modulo p then.
    if p < q { of_primes(&q, &p) } else { of_primes(&p, &q) }
}

fn prime(bits: u32, seed: Seed) -> Option<Natural> {
    let draw = |dice: &mut Dice| (primes::odd(dice, bits), Natural::from(2));
    let found = primes::search(&mut Dice::new(seed), draw, |candidate| candidate.divided(EXPONENT).1 != 1);
    found.map(|(prime, _)| prime)
}

/// What is found from two seeds: where there are threads, at the same time.
#[cfg(not(target_family = "wasm"))]
fn of_both<T: Send>(find: &(dyn Fn(Seed) -> Option<T> + Sync), first: Seed, second: Seed) -> (Option<T>, Option<T>) {
    std::thread::scope(|scope| {
        let beside = std::thread::Builder::new().spawn_scoped(scope, || find(first));
        let second = find(second);
        (beside.map_or_else(|_| find(first), |beside| beside.join().unwrap_or_default()), second)
    })
}

#[cfg(target_family = "wasm")]
fn of_both<T>(find: &dyn Fn(Seed) -> Option<T>, first: Seed, second: Seed) -> (Option<T>, Option<T>) {
    (find(first), find(second))
}

fn of_primes(p: &Natural, q: &Natural) -> Option<Vec<u8>> {
    let (before_p, before_q) = (p.predecessor(), q.predecessor());
    let modulo_p = Modulus::new(p)?;
    // Fermat: the power one below p - 1 is the inverse.
    let coefficient = modulo_p.power(&modulo_p.residue(q), before_p.predecessor().digits(0));
    let numbers = [
        p.times(q),
        Natural::from(EXPONENT),
        inverse_of_exponent(&before_p.times(&before_q)),
        p.clone(),
        q.clone(),
        inverse_of_exponent(&before_p),
        inverse_of_exponent(&before_q),
        modulo_p.number(&coefficient),
    ];
    let numbers: Vec<Vec<u8>> = numbers.iter().map(|number| integer(&number.to_bytes())).collect();
    (p != q).then(|| sequence(&[&integer(&[0]), &numbers.concat()]))
}

impl RsaKey {
    /// A key as PKCS#1 has it; the error is Go's, as far as the key's own numbers are concerned.
    pub fn parse(der: &[u8]) -> Result<Self, String> {
        /// Signing takes the cube of this.
        const LONGEST: u32 = 8192;
        const SHORTEST: u32 = 1024;
        let [modulus, exponent, private, p, q] = numbers(der).ok_or("asn1: structure error: not an RSA private key")?;
        let bits = modulus.bits();
        if bits < SHORTEST {
            let see = "https://go.dev/pkg/crypto/rsa#hdr-Minimum_key_size";
            return Err(format!("crypto/rsa: {bits}-bit keys are insecure (see {see})"));
        }
        if bits > LONGEST {
            return Err(format!("a key of {bits} bits is too long for this page"));
        }
        if p.times(&q) != modulus || !modulus.is_odd() || private >= modulus {
            return Err("crypto/rsa: p * q != n".to_owned());
        }
        Ok(Self { modulus, exponent, private, der: der.to_vec() })
    }

    /// As PKCS#1 has it.
    pub fn to_der(&self) -> &[u8] {
        &self.der
    }

    /// The public key as PKCS#1 has it.
    pub fn public(&self) -> Vec<u8> {
        sequence(&[&integer(&self.modulus.to_bytes()), &integer(&self.exponent.to_bytes())])
    }

    pub fn bits(&self) -> u32 {
        self.modulus.bits()
    }

    /// The signature of the message's SHA-256 sum, as PKCS#1 v1.5 has it.
    pub fn sign(&self, message: &[u8]) -> Option<Vec<u8>> {
        const SHA256: &[u8] = &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01];
        let algorithm = sequence(&[&element(tag::OBJECT, &[SHA256]), &[tag::NULL, 0]]);
        let sum = element(tag::OCTET_STRING, &[&Sha256::digest(message)]);
        let info = sequence(&[&algorithm, &sum]);
        let length = self.modulus.to_bytes().len();
        let padding = vec![0xff; length.checked_sub(info.len() + 3)?];
        let padded = Natural::from_bytes(&[&[1], padding.as_slice(), &[0], info.as_slice()].concat());
        let modulus = Modulus::new(&self.modulus)?;
        let signature = modulus.number(&modulus.power(&modulus.residue(&padded), self.private.digits(0))).to_bytes();
        Some([vec![0; length.checked_sub(signature.len())?], signature].concat())
    }
}

fn numbers(der: &[u8]) -> Option<[Natural; 5]> {
    let mut reader = Reader(der).inside(tag::SEQUENCE)?;
    reader.natural().filter(|version| *version == [0])?;
    let mut next = || reader.natural().map(Natural::from_bytes);
    Some([next()?, next()?, next()?, next()?, next()?])
}

/// What the public exponent is multiplied with to become one modulo `order`: the exponent is a prime that doesn't divide
/// it, so that one of its first multiples, plus one, is a multiple of the exponent.
fn inverse_of_exponent(order: &Natural) -> Natural {
    let rest = u64::from(order.divided(EXPONENT).1);
    let inverse = (1..EXPONENT).find(|&factor| (u64::from(factor) * rest + 1) % u64::from(EXPONENT) == 0);
    order.times(&Natural::from(inverse.unwrap_or(1))).plus(&Natural::from(1)).divided(EXPONENT).0
}
