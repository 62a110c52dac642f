//! What a controller is.

use super::Cluster;

/// Looks at what is, and does the next thing towards what should be. Controllers know nothing of each other: they meet
/// in the store.
pub trait Controller {
    /// Does what can be done at this moment. It is called again until it changes nothing.
    fn reconcile(&self, cluster: &mut Cluster);
}
