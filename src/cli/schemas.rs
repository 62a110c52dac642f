//! The schemas of Kubernetes, which the command line has built in and the page fetches.

use crate::kube::schema::Schemas;

/// The schemas of Kubernetes' own kinds.
pub fn kubernetes_schemas() -> Option<Schemas> {
    Schemas::read(include_str!("../../static/schemas/kubernetes.txt"))
}
