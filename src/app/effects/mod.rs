//! What reaches out of the page: the worker, the address, the keyboard, what is fetched, what is read out.

mod address;
mod announce;
pub mod assist;
pub mod bring_in;
pub mod cluster;
pub mod commands;
pub mod drafts;
pub mod form;
pub mod hover;
mod keyboard;
pub mod link;
pub mod mending;
mod paste;
pub mod pinning;
pub mod render;
pub mod samples;
pub mod share;
mod survey;
pub mod take_out;

pub use address::use_address;
pub use announce::use_announcements;
pub use drafts::use_drafts;
pub use keyboard::{Hands, use_keyboard};
pub use paste::use_paste;
pub use survey::{Surveyed, use_survey};
