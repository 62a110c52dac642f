//! The clock and the randomness of this machine.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::template::World;

/// The world as it is. There is no cluster in it.
#[derive(Debug, Default)]
pub struct Machine;

impl World for Machine {
    fn now(&mut self) -> i128 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i128::try_from(since.as_nanos()).unwrap_or(i128::MAX)
    }

    fn random(&mut self, bytes: &mut [u8]) {
        // A machine without randomness leaves the bytes as they are: zeros, which nobody mistakes for a secret.
        let _ = getrandom::fill(bytes);
    }

    fn fork(&mut self) -> Box<dyn World> {
        Box::new(Self)
    }
}
