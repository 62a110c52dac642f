//! Sprig's [cryptographic functions](https://masterminds.github.io/sprig/crypto.html). The algorithms come from the
//! RustCrypto project; keys, salts and serial numbers are drawn from the world.

mod password;
mod sums;

use crate::template::Function;

pub(super) fn functions() -> Vec<Function> {
    [sums::functions(), password::functions()].into_iter().flatten().collect()
}
