//! What the page asks the worker about the simulated cluster.

use serde::{Deserialize, Serialize};

use super::scene::{Group, Scene};
use super::session::{Chart, Rehearsal};
use crate::cluster::{Comparison, Preview};

/// A question about the simulated cluster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ClusterQuestion {
    /// What there is after all that was done.
    Scene(Rehearsal, View),
    /// Which pods there would be, if the chart as it stands were installed.
    Forecast,
    /// What an upgrade to this chart would do.
    Preview(Rehearsal, Chart),
    /// The update strategies beside each other, with so many pods.
    Compare(u32),
    /// Where in the output a field of a manifest is.
    Find(Cause),
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ClusterReply {
    /// To [`ClusterQuestion::Scene`].
    Scene(Box<Scene>),
    /// The worker hasn't got the charts: it was started afresh.
    Lost,
    /// To [`ClusterQuestion::Forecast`].
    Forecast(Vec<Group>),
    /// To [`ClusterQuestion::Preview`].
    Preview(Box<Preview>),
    /// To [`ClusterQuestion::Compare`].
    Compare(Vec<Comparison>),
    /// To [`ClusterQuestion::Find`]: the byte of the output.
    Found(Option<usize>),
}

/// What of the cluster is looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    /// The kinds whose tables are wanted, as kubectl calls them.
    pub kinds: Vec<String>,
    /// Whether all columns are.
    pub is_wide: bool,
    /// The pod that is looked at closely.
    pub pod: Option<String>,
}

impl Default for View {
    /// What one wants to see first.
    fn default() -> Self {
        let kinds = ["po", "sts", "deploy", "ds", "job", "cronjob", "svc", "pvc"];
        Self { kinds: kinds.map(str::to_owned).into(), is_wide: false, pod: None }
    }
}

/// A field of a manifest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cause {
    /// The object's kind.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// The field.
    pub path: String,
    /// Whether it is there. Where it isn't, a default decides.
    pub is_written: bool,
}
