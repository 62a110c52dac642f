//! YAML, and what keeps to the schemas of Kubernetes and of custom resources.

mod fault;

pub mod custom_resource_schema;
pub mod schema_enum;
pub mod schema_required;
pub mod schema_type;
pub mod schema_unknown_field;
pub mod schema_unknown_kind;
pub mod yaml_duplicate_key;
pub mod yaml_parse_error;
