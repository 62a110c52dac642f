//! What values become in the output.

mod text;

pub mod non_string_env_value;
pub mod non_string_metadata_value;
