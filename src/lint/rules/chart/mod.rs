//! The chart's own files: what its templates ask for, and at what they fail.

mod failures;
mod paths;

pub mod chart_kube_version_unsatisfied;
pub mod nondeterministic_output;
pub mod required_value_missing;
pub mod template_parse_error;
pub mod template_render_error;
pub mod undefined_value;
pub mod unused_value;
