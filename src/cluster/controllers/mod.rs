//! The controllers, each in its file, in the order in which they are asked.

mod garbage;
mod service;
mod stateful_set;
mod volume;

pub use service::endpoints;
pub use volume::volume_of;

use super::controller::Controller;

/// All controllers.
pub const CONTROLLERS: &[&(dyn Controller + Sync)] = &[
    &super::release::Helm,
    &garbage::Garbage,
    &stateful_set::StatefulSetController,
    &volume::VolumeController,
    &super::scheduler::Scheduler,
    &super::kubelet::Kubelet,
    &service::ServiceController,
];
