//! TOML as BurntSushi/toml writes and reads it: `toToml`, `mustToToml`, `fromToml`.

mod encode;

pub use encode::{EncodeError, encode};
