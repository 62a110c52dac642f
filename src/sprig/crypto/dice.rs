//! Randomness for keys: a seed from the world, spun out. So a key follows from its seed, and no world, not even one that
//! always gives the same, can make the search for a prime endless.

use sha2::Sha256;
use sha2::digest::Digest;

use crate::template::Context;

/// What a key is drawn from.
pub(super) type Seed = [u8; 32];

/// An endless sequence of random bytes.
pub(super) struct Dice {
    seed: Seed,
    count: u64,
}

impl Dice {
    pub fn new(seed: Seed) -> Self {
        Self { seed, count: 0 }
    }

    pub fn bytes(&mut self, length: usize) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(length);
        while bytes.len() < length {
            let block = Sha256::new().chain_update(self.seed).chain_update(self.count.to_be_bytes()).finalize();
            bytes.extend(block.iter().take(length - bytes.len()));
            self.count = self.count.wrapping_add(1);
        }
        bytes
    }

    pub fn array<const N: usize>(&mut self) -> [u8; N] {
        self.bytes(N).try_into().unwrap_or([0; N])
    }
}

/// A seed from the world.
pub(super) fn seed(cx: &mut dyn Context) -> Seed {
    let mut seed = [0; 32];
    cx.world().random(&mut seed);
    seed
}
