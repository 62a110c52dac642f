//! What values become in the output.

mod text;

pub mod ambiguous_scalar;
pub mod large_integer_float;
pub mod non_string_env_value;
pub mod non_string_metadata_value;
pub mod values_duplicate_key;
pub mod values_parse_error;
pub mod values_schema_error;
pub mod values_secret_default;
pub mod values_type_override;
