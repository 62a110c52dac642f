//! The clock, the randomness and the network names of this machine.

use std::net::ToSocketAddrs;
use std::time::{SystemTime, UNIX_EPOCH};

use super::args::TemplateArgs;
use super::download::Names;
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

/// The same world, in which names of hosts are looked up.
#[derive(Debug, Default)]
struct Networked(Machine);

impl World for Networked {
    fn now(&mut self) -> i128 {
        self.0.now()
    }

    fn random(&mut self, bytes: &mut [u8]) {
        self.0.random(bytes);
    }

    fn addresses(&mut self, host: &str) -> Option<Vec<String>> {
        let found = (host, 0).to_socket_addrs();
        Some(found.map(|found| found.map(|address| address.ip().to_string()).collect()).unwrap_or_default())
    }

    fn fork(&mut self) -> Box<dyn World> {
        Box::new(Self(Machine))
    }
}

/// The world that these arguments ask for.
pub(super) fn world(args: &TemplateArgs) -> Box<dyn World> {
    match args.download.names {
        Names::LeftAlone => Box::new(Machine),
        Names::LookedUp => Box::new(Networked(Machine)),
    }
}
