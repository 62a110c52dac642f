//! Floor 3. Kubernetes objects as charts write them: documents, their fields and where those stand in the rendered
//! text; how Helm splits a stream into manifests and hooks and orders them; the pods inside workloads; label selectors.
//!
//! Knows nothing of templates or charts. A field is looked up, never assumed; which fields a kind has is what [`schema`]
//! knows.

mod field;
mod gvk;
mod head;
mod hook;
mod image;
mod manifest;
mod object;
mod path;
mod places;
mod pod;
mod quantity;
pub mod schema;
mod selector;
mod workload;

pub use field::Field;
pub use gvk::GroupVersionKind;
pub use head::Head;
pub use hook::{Hook, HookEvent};
pub use image::ImageReference;
pub use manifest::{install_order, sort_by_kind, split, trimmed_len};
pub use object::Object;
pub use path::Path;
pub use places::{Place, Places};
pub use pod::{Container, ContainerRole, PodSpec};
pub use quantity::{NoQuantity, Quantity};
pub use selector::{Operator, Requirement, Selector};
pub use workload::{Workload, WorkloadKind};
