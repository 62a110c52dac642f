//! The outside, as templates may ask for it: clock, randomness, the cluster. Nothing below `app` asks anyone else,
//! so that a rendering can be repeated.

use crate::value::Value;

/// The outside of a rendering.
pub trait World {
    /// The moment: nanoseconds since 1970-01-01 00:00 UTC.
    fn now(&mut self) -> i128;

    /// Fills `bytes` with randomness.
    fn random(&mut self, bytes: &mut [u8]);

    /// Minutes that local time is ahead of UTC at the moment given in seconds since 1970.
    fn local_offset(&mut self, seconds: i64) -> i32 {
        let _ = seconds;
        0
    }

    /// What `lookup` finds in the cluster. Without one it is an empty map, as under `helm template`.
    fn lookup(&mut self, api_version: &str, kind: &str, namespace: &str, name: &str) -> Value {
        let _ = (api_version, kind, namespace, name);
        Value::Map(crate::value::Map::new())
    }

    /// The addresses of a host, where names may be looked up; nobody is asked otherwise.
    fn addresses(&mut self, host: &str) -> Option<Vec<String>> {
        let _ = host;
        None
    }

    /// A world of its own for those who can't borrow this one: the moment and the seed are drawn from this one.
    fn fork(&mut self) -> Box<dyn World> {
        let mut seed = [0; 8];
        self.random(&mut seed);
        Box::new(SeededWorld::new(self.now(), u64::from_le_bytes(seed)))
    }
}

/// A world that is the same each time: a fixed moment, and randomness from a seed.
#[derive(Clone, Debug, Default)]
pub struct SeededWorld {
    now: i128,
    state: u64,
}

impl SeededWorld {
    /// A world at `now` (nanoseconds since 1970) whose randomness follows from `seed`.
    pub fn new(now: i128, seed: u64) -> Self {
        Self { now, state: seed }
    }

    /// The next number of the sequence "splitmix64", which is good enough to look random and short enough to read.
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

impl World for SeededWorld {
    fn now(&mut self) -> i128 {
        self.now
    }

    fn random(&mut self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let next = self.next().to_le_bytes();
            for (to, from) in chunk.iter_mut().zip(next) {
                *to = from;
            }
        }
    }
}
