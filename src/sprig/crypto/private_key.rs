//! Private keys: `genPrivateKey`, and the keys in PEM that the certificate functions take and give.
//!
//! On purpose different: of the elliptic curves only P-256 is known, which is the one that Sprig draws; and a key that is
//! broken within is refused in fewer words than Go's ASN.1 decoder has.

use std::cell::RefCell;

use ed25519_dalek::Signer;
use p256::ecdsa::signature::hazmat::PrehashSigner;
use sha2::Sha256;
use sha2::digest::Digest;

use super::der::{Reader, bit_string, element, integer, sequence, tag};
use super::dice::{Dice, Seed, seed};
use super::rsa::{self, RsaKey};
use super::{dsa, pem};
use crate::template::{CallError, Context, Function};
use crate::value::Text;

pub(super) fn functions() -> Vec<Function> {
    vec![
        Function::new("genPrivateKey", gen_private_key)
            .doc("A new private key in PEM: \"rsa\" (4096 bits), \"dsa\", \"ecdsa\" (P-256) or \"ed25519\".")
            .example("{{ genPrivateKey \"ed25519\" | trunc 27 }}", "-----BEGIN PRIVATE KEY-----"),
    ]
}

/// What drawing and using keys is worth: a step is some tenths of a microsecond.
mod steps {
    pub const RSA_2048: u64 = 1_000_000;
    pub const RSA_4096: u64 = 8_000_000;
    pub const DSA: u64 = 4_000_000;
    pub const CURVE: u64 = 10_000;
}

/// The object identifiers, as they are encoded.
mod oid {
    pub const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
    pub const SHA256_WITH_RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b];
    pub const EC: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
    pub const P256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
    pub const ECDSA_WITH_SHA256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02];
    pub const ED25519: &[u8] = &[0x2b, 0x65, 0x70];
}

fn gen_private_key(cx: &mut dyn Context, kind: Text) -> Result<Text, CallError> {
    let key = match kind.as_bytes() {
        b"" | b"rsa" => PrivateKey::rsa(cx, RsaSize::Bits4096)?,
        b"dsa" => PrivateKey::dsa(cx)?,
        b"ecdsa" => PrivateKey::ecdsa(cx)?,
        b"ed25519" => PrivateKey::ed25519(cx)?,
        _ => return Ok(format!("Unknown type {kind}").into()),
    };
    Ok(key.to_pem().into())
}

/// How long an RSA key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RsaSize {
    /// Those of certificates.
    Bits2048,
    /// Those of `genPrivateKey`.
    Bits4096,
}

/// A private key, of a kind that Go's `x509` knows.
pub(super) enum PrivateKey {
    Rsa(RsaKey),
    Ecdsa(p256::ecdsa::SigningKey),
    Ed25519(ed25519_dalek::SigningKey),
    /// The encoded key. It can be drawn, read and written, not signed with.
    Dsa(Vec<u8>),
}

impl PrivateKey {
    pub fn rsa(cx: &mut dyn Context, size: RsaSize) -> Result<Self, CallError> {
        let (steps, draw): (_, Draw) = match size {
            RsaSize::Bits2048 => (steps::RSA_2048, |seed| rsa::generate(2048, seed)),
            RsaSize::Bits4096 => (steps::RSA_4096, |seed| rsa::generate(4096, seed)),
        };
        cx.charge_steps(steps)?;
        let der = remembered(Drawn::Rsa(size), seed(cx), draw).ok_or("no prime found")?;
        Ok(Self::Rsa(RsaKey::parse(&der)?))
    }

    fn dsa(cx: &mut dyn Context) -> Result<Self, CallError> {
        cx.charge_steps(steps::DSA)?;
        Ok(Self::Dsa(remembered(Drawn::Dsa, seed(cx), dsa::generate).ok_or("no prime found")?))
    }

    fn ecdsa(cx: &mut dyn Context) -> Result<Self, CallError> {
        /// A number of 256 bits is too large for the curve once in four thousand million times.
        const TRIES: usize = 16;
        cx.charge_steps(steps::CURVE)?;
        let mut dice = Dice::new(seed(cx));
        let drawn = (0..TRIES).find_map(|_| p256::ecdsa::SigningKey::from_slice(&dice.array::<32>()).ok());
        Ok(Self::Ecdsa(drawn.ok_or("no number drawn")?))
    }

    fn ed25519(cx: &mut dyn Context) -> Result<Self, CallError> {
        cx.charge_steps(steps::CURVE)?;
        Ok(Self::Ed25519(ed25519_dalek::SigningKey::from_bytes(&seed(cx))))
    }

    /// The first key in a text; the error is Go's.
    pub fn parse(text: &Text) -> Result<Self, String> {
        let block = pem::decode(text.as_bytes()).ok_or("no PEM data in input")?;
        let der = &block.bytes;
        match block.kind.as_str() {
            "PRIVATE KEY" => Self::parse_pkcs8(der).map_err(|error| format!("decoding PEM as PKCS#8: {error}")),
            "RSA PRIVATE KEY" => {
                let key = RsaKey::parse(der).map(Self::Rsa);
                key.map_err(|error| format!("parsing RSA private key from PEM: {error}"))
            }
            "EC PRIVATE KEY" => {
                parse_ec(der, None).map_err(|error| format!("parsing EC private key from PEM: {error}"))
            }
            "DSA PRIVATE KEY" if dsa::is_key(der) => Ok(Self::Dsa(block.bytes)),
            "DSA PRIVATE KEY" => Err(format!("parsing DSA private key from PEM: {}", broken("DSA"))),
            kind if kind.ends_with(" PRIVATE KEY") => Err(format!("invalid private key type {kind}")),
            kind => Err(format!("no private key data in PEM block of type {kind}")),
        }
    }

    fn parse_pkcs8(der: &[u8]) -> Result<Self, String> {
        let key = || {
            let mut reader = Reader(der).inside(tag::SEQUENCE)?;
            reader.natural()?;
            let mut algorithm = reader.inside(tag::SEQUENCE)?;
            let name = algorithm.content(tag::OBJECT)?;
            Some((name, algorithm.content(tag::OBJECT), reader.content(tag::OCTET_STRING)?))
        };
        match key().ok_or_else(|| broken("PKCS#8"))? {
            (oid::RSA, _, key) => {
                let key = RsaKey::parse(key).map(Self::Rsa);
                key.map_err(|error| format!("x509: failed to parse RSA private key embedded in PKCS#8: {error}"))
            }
            (oid::EC, curve, key) => parse_ec(key, curve)
                .map_err(|error| format!("x509: failed to parse EC private key embedded in PKCS#8: {error}")),
            (oid::ED25519, _, key) => {
                let seed = Reader(key).content(tag::OCTET_STRING).and_then(|seed| seed.try_into().ok());
                let seed = seed.ok_or("x509: invalid Ed25519 private key length")?;
                Ok(Self::Ed25519(ed25519_dalek::SigningKey::from_bytes(seed)))
            }
            _ => Err("x509: PKCS#8 wrapping contained private key with unknown algorithm".to_owned()),
        }
    }

    /// The key as Sprig writes it: in the form that its kind had first.
    pub fn to_pem(&self) -> String {
        match self {
            Self::Rsa(key) => pem::encode("RSA PRIVATE KEY", key.to_der()),
            Self::Dsa(der) => pem::encode("DSA PRIVATE KEY", der),
            Self::Ecdsa(key) => {
                let private = element(tag::OCTET_STRING, &[&key.to_bytes()]);
                let curve = element(tag::explicit(0), &[&element(tag::OBJECT, &[oid::P256])]);
                let public = element(tag::explicit(1), &[&bit_string(point(key).as_bytes())]);
                pem::encode("EC PRIVATE KEY", &sequence(&[&integer(&[1]), &private, &curve, &public]))
            }
            Self::Ed25519(key) => {
                let private = element(tag::OCTET_STRING, &[&element(tag::OCTET_STRING, &[&key.to_bytes()])]);
                let algorithm = sequence(&[&element(tag::OBJECT, &[oid::ED25519])]);
                pem::encode("PRIVATE KEY", &sequence(&[&integer(&[0]), &algorithm, &private]))
            }
        }
    }

    /// The public key: as a `SubjectPublicKeyInfo`, and the bits of it alone.
    pub fn public(&self) -> Result<PublicKey, String> {
        let (algorithm, bits) = match self {
            Self::Rsa(key) => ([element(tag::OBJECT, &[oid::RSA]), vec![tag::NULL, 0]].concat(), key.public()),
            Self::Ecdsa(key) => {
                let names = [element(tag::OBJECT, &[oid::EC]), element(tag::OBJECT, &[oid::P256])];
                (names.concat(), point(key).as_bytes().to_vec())
            }
            Self::Ed25519(key) => (element(tag::OBJECT, &[oid::ED25519]), key.verifying_key().to_bytes().to_vec()),
            Self::Dsa(_) => return Err("x509: unsupported public key type: *dsa.PublicKey".to_owned()),
        };
        let info = sequence(&[&sequence(&[&algorithm]), &bit_string(&bits)]);
        Ok(PublicKey { info, bits })
    }

    /// How the key signs, as an `AlgorithmIdentifier`.
    pub fn signature_algorithm(&self) -> Result<Vec<u8>, String> {
        Ok(match self {
            Self::Rsa(_) => sequence(&[&element(tag::OBJECT, &[oid::SHA256_WITH_RSA]), &[tag::NULL, 0]]),
            Self::Ecdsa(_) => sequence(&[&element(tag::OBJECT, &[oid::ECDSA_WITH_SHA256])]),
            Self::Ed25519(_) => sequence(&[&element(tag::OBJECT, &[oid::ED25519])]),
            Self::Dsa(_) => return Err("x509: certificate private key does not implement crypto.Signer".to_owned()),
        })
    }

    pub fn sign(&self, cx: &mut dyn Context, message: &[u8]) -> Result<Vec<u8>, CallError> {
        match self {
            Self::Rsa(key) => {
                // Of 2048 bits it takes a fiftieth of drawing the key, and eight times that with each doubling.
                cx.charge_steps(u64::from(key.bits() / 256).pow(3) * steps::RSA_2048 / 50 / 512)?;
                Ok(key.sign(message).ok_or("crypto/rsa: message too long for RSA key size")?)
            }
            Self::Ecdsa(key) => {
                cx.charge_steps(steps::CURVE)?;
                let signature: Result<p256::ecdsa::Signature, _> = key.sign_prehash(&Sha256::digest(message));
                let (r, s) = signature.map_err(|error| error.to_string())?.split_bytes();
                Ok(sequence(&[&integer(&r), &integer(&s)]))
            }
            Self::Ed25519(key) => {
                cx.charge_steps(steps::CURVE)?;
                Ok(key.sign(message).to_bytes().to_vec())
            }
            Self::Dsa(_) => Err("x509: certificate private key does not implement crypto.Signer".into()),
        }
    }
}

/// A public key.
pub(super) struct PublicKey {
    /// With its algorithm, as a `SubjectPublicKeyInfo`.
    pub info: Vec<u8>,
    /// Alone.
    pub bits: Vec<u8>,
}

fn point(key: &p256::ecdsa::SigningKey) -> p256::Sec1Point {
    key.verifying_key().to_sec1_point(false)
}

fn broken(kind: &str) -> String {
    format!("asn1: structure error: not a private key in the form of {kind}")
}

/// A key of an elliptic curve, as SEC 1 has it. In PKCS#8 the curve is named outside.
fn parse_ec(der: &[u8], curve: Option<&[u8]>) -> Result<PrivateKey, String> {
    let key = || {
        let mut reader = Reader(der).inside(tag::SEQUENCE)?;
        reader.natural().filter(|version| *version == [1])?;
        let number = reader.content(tag::OCTET_STRING)?;
        let own =
            reader.is_at(tag::explicit(0)).then(|| reader.inside(tag::explicit(0))?.content(tag::OBJECT)).flatten();
        Some((number, own))
    };
    let (number, own) = key().ok_or_else(|| format!("x509: failed to parse EC private key: {}", broken("SEC 1")))?;
    if curve.or(own) != Some(oid::P256) {
        return Err("x509: unknown elliptic curve".to_owned());
    }
    // Go cuts zeros before the number and puts those back that are missing.
    let zeros = number.iter().take_while(|&&byte| byte == 0).count();
    let digits = number.get(zeros..).unwrap_or_default();
    let missing = 32_usize.checked_sub(digits.len()).ok_or("x509: invalid private key length")?;
    let number = [&[0].repeat(missing), digits].concat();
    let key = p256::ecdsa::SigningKey::from_slice(&number);
    key.map(PrivateKey::Ecdsa).map_err(|_| "x509: invalid elliptic curve private key value".to_owned())
}

/// What is expensive to draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Drawn {
    Rsa(RsaSize),
    Dsa,
}

type Draw = fn(Seed) -> Option<Vec<u8>>;

thread_local! {
    /// The last keys drawn, the newest last, with what they were drawn from.
    static RECENT: RefCell<Vec<(Drawn, Seed, Vec<u8>)>> = const { RefCell::new(Vec::new()) };
}

/// The key of a seed. The page renders at each keystroke, with the same seeds: what was drawn a moment ago is kept.
fn remembered(kind: Drawn, seed: Seed, draw: Draw) -> Option<Vec<u8>> {
    const KEPT: usize = 32;
    let known = |recent: &Vec<(Drawn, Seed, Vec<u8>)>| {
        recent
            .iter()
            .find(|(its_kind, its_seed, _)| *its_kind == kind && *its_seed == seed)
            .map(|(.., der)| der.clone())
    };
    if let Some(der) = RECENT.with_borrow(known) {
        return Some(der);
    }
    let der = draw(seed)?;
    RECENT.with_borrow_mut(|recent| {
        if recent.len() >= KEPT {
            recent.remove(0);
        }
        recent.push((kind, seed, der.clone()));
    });
    Some(der)
}
