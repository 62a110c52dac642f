//! TOML as BurntSushi/toml writes and reads it: `toToml`, `mustToToml`, `fromToml`.

mod decode;
mod encode;
mod scan;
mod tree;

pub use decode::decode;
pub use encode::{EncodeError, encode};
