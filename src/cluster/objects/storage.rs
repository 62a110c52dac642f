//! Claims, volumes and classes.

use super::super::clock::Moment;
use super::{Meta, Spec};

/// A claim.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Its name and so on.
    pub meta: Meta,
    /// The manifest with its `spec`: its own, or that of a `StatefulSet`.
    pub spec: Spec,
    /// Where in that manifest its `spec` is.
    pub at: String,
    /// The class; `None` where it has none, even by default. `Some("")` asks for a volume without class.
    pub class: Option<String>,
    /// Where it is in its life.
    pub phase: ClaimPhase,
    /// The volume that it is bound to.
    pub volume: Option<String>,
    /// The node of the first pod that uses it, where the class waits for that.
    pub node: Option<String>,
    /// When the volume that is being made will be there.
    pub provisioned_at: Option<Moment>,
}

/// Where a claim is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClaimPhase {
    /// It has no volume.
    Pending,
    /// It has one.
    Bound,
    /// It had one, which is gone.
    Lost,
}

/// A volume.
#[derive(Clone, Debug)]
pub struct Volume {
    /// Its name and so on.
    pub meta: Meta,
    /// Its manifest; `None` where a provisioner made it.
    pub spec: Option<Spec>,
    /// Its size, as written.
    pub capacity: String,
    /// Its access modes.
    pub access_modes: Vec<String>,
    /// What happens to it when the claim goes: Delete, Retain or Recycle.
    pub reclaim_policy: String,
    /// The class; empty where it has none.
    pub class: String,
    /// The claim it is kept for.
    pub claim: Option<super::Key>,
    /// The uid of the claim it is bound to.
    pub claim_uid: Option<String>,
    /// Where it is in its life.
    pub phase: VolumePhase,
    /// The directory on the node, where it is one.
    pub host_path: Option<String>,
}

/// Where a volume is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VolumePhase {
    /// Nobody has it.
    Available,
    /// A claim has it.
    Bound,
    /// The claim is gone.
    Released,
    /// It couldn't be deleted.
    Failed,
}

/// A class of volumes.
#[derive(Clone, Debug)]
pub struct StorageClass {
    /// Its name and so on.
    pub meta: Meta,
    /// Its manifest; `None` for what the cluster came with.
    pub spec: Option<Spec>,
    /// Who makes its volumes.
    pub provisioner: String,
    /// What happens to its volumes when the claim goes.
    pub reclaim_policy: String,
    /// Whether it waits for a pod before it makes a volume.
    pub waits_for_consumer: bool,
    /// Whether claims without a class get this one.
    pub is_default: bool,
    /// Whether its volumes may grow.
    pub may_expand: bool,
}
