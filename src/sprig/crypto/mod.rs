//! Sprig's [cryptographic functions](https://masterminds.github.io/sprig/crypto.html). The algorithms come from the
//! `RustCrypto` project; keys, salts and serial numbers are drawn from the world.

mod aes;
mod certificate;
mod der;
mod dice;
mod dsa;
mod natural;
mod password;
mod pem;
mod primes;
mod private_key;
mod rsa;
mod sums;
mod x509;

use crate::template::Function;

pub(super) fn functions() -> Vec<Function> {
    let pages = [
        sums::functions(),
        password::functions(),
        aes::functions(),
        private_key::functions(),
        certificate::functions(),
    ];
    pages.into_iter().flatten().collect()
}
