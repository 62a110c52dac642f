//! Floor 5. A simulated cluster: what would happen if these manifests were installed, step by step, each step with its
//! reason and with the place in a manifest that decides.
//!
//! ```text
//! manifests ─ release, api ─▶ store ◀─▶ controllers, scheduler, kubelet ─▶ events
//!                             └─ table, dns                 ▲ queue, clock
//! ```
//!
//! Controllers follow kube-controller-manager's, each in its file, over one store. Time is simulated, in whole seconds;
//! how long a pull or a start takes is made up, and always the same. What is random in a cluster comes from a seed.
//! Nothing is promised of a manifest; what can't be made sense of is as if it weren't there.
//!
//! [`NOT_SIMULATED`] says what isn't here.

mod api;
mod clock;
#[allow(clippy::module_inception)]
mod cluster;
mod command;
mod compare;
mod controller;
mod controllers;
mod dns;
mod event;
mod failure;
mod kubelet;
mod manifests;
mod objects;
mod pods;
mod preview;
mod pursuit;
mod queue;
mod release;
mod scheduler;
mod seed;
mod store;
mod table;

pub use api::Cascade;
pub use clock::{Moment, Seconds, human, parse as parse_seconds};
pub use cluster::{Cluster, Settings};
pub use command::{Command, script};
pub use compare::{Comparison, MOST_COMPARED, PodRow, PodState, Span, compare};
pub use controller::Controller;
pub use event::{Because, Event, Level, Record, Source};
pub use failure::Failure;
pub use manifests::{left_out, manifests};
pub use objects::{Deployment, Key, Kind, Node, ObjectRef, Pod, ReplicaSet};
pub use preview::{Fate, ObjectChange, PodChange, Preview};
pub use pursuit::{Pursuit, Rest};
pub use release::{Conflicts, Manifest};
pub use seed::Seed;
pub use store::Store;
pub use table::{Form, Table};

/// More pods than that are not simulated.
pub const MAX_PODS: usize = 1000;

/// What a real cluster does and this one doesn't.
pub const NOT_SIMULATED: &[&str] = &[
    "scheduling by resources, affinity, taints and topology: pods go to the nodes in turn",
    "admission, quotas, accounts and rights: whatever a manifest names besides (Secrets, ConfigMaps, accounts) is taken \
     to be there",
    "time: how long a pull, a start or a stop takes is made up, and always the same",
    "autoscaling, the growing of claims, ReplicationControllers and whatever an operator would do",
    "networks: nothing is sent, Ingresses and NetworkPolicies have no effect",
    "what runs in the containers: programs start within a second, answer their probes, and end only where they are not \
     to be started again",
];
