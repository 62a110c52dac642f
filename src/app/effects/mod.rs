//! What reaches out of the page: the worker, the address, the keyboard, what is fetched, what is read out.

mod address;
mod announce;
pub mod bring_in;
mod keyboard;
pub mod render;
pub mod samples;
pub mod share;

pub use address::use_address;
pub use announce::use_announcements;
pub use keyboard::use_keyboard;
