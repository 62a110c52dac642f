//! The simulated cluster as the page sees it: what is done with it is a [`Session`], a script with a position; the
//! worker plays it on its [`Stage`], and answers with a [`Scene`].

mod detail;
mod question;
mod scene;
mod session;
mod stage;
#[cfg(test)]
mod tests;

pub use detail::{ClaimDetail, PodDetail};
pub use question::{Cause, ClusterQuestion, ClusterReply, View};
pub use scene::{Berth, Group, KindTable, Prospect, Scene, Thing, Told};
pub use session::{Chart, Deed, MOST_NODES, Rehearsal, Session, Setup};
pub use stage::Stage;

pub use crate::cluster::{
    Cascade, Command, Comparison, Failure, Fate, Kind, MOST_COMPARED, NOT_SIMULATED, ObjectChange, PodChange, PodRow,
    PodState, Preview, Span as TimeSpan,
};
