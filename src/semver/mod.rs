//! Semantic versions as Masterminds/semver v3.5.0 reads, compares and constrains them. Charts, their dependencies,
//! `kubeVersion` and Sprig's `semver` and `semverCompare` all go by it.
//!
//! Versions are read loosely (`1.2`, `v1`, leading zeros). A constraint tells only whether it holds: the reasons that
//! the original can list are seen nowhere in Helm.

mod constraint;
mod version;

pub use constraint::Constraints;
pub use version::{Error, Version};
