//! The objects of the simulated cluster: what a manifest asks for, and what became of it.

mod job;
mod kind;
mod meta;
mod pod;
mod replica;
mod spec;
mod storage;
mod workload;

pub use job::{CronJob, Job, JobEnd};
pub use kind::{Kind, ObjectRef};
pub use meta::{Key, Labels, Meta, Owner};
pub use pod::{ContainerStatus, Phase, Pod, State};
pub use replica::{DaemonSet, Deployment, ReplicaSet};
pub use spec::{Spec, Template, labels, seconds};
pub use storage::{Claim, ClaimPhase, StorageClass, Volume, VolumePhase};
pub use workload::{Node, Plain, Revision, Service, SetStatus, StatefulSet};
