//! The controllers, each in its file, in the order in which they are asked.

mod adoption;
mod cron_job;
mod daemon_set;
mod deployment;
mod garbage;
mod job;
mod replica_set;
mod service;
mod stateful_set;
mod volume;

pub use service::endpoints;
pub use volume::{volume_of, written};

use super::controller::Controller;

/// All controllers.
pub const CONTROLLERS: &[&(dyn Controller + Sync)] = &[
    &super::release::Helm,
    &garbage::Garbage,
    &cron_job::CronJobController,
    &job::JobController,
    &deployment::DeploymentController,
    &replica_set::ReplicaSetController,
    &daemon_set::DaemonSetController,
    &stateful_set::StatefulSetController,
    &volume::VolumeController,
    &super::scheduler::Scheduler,
    &super::kubelet::Kubelet,
    &service::ServiceController,
];
