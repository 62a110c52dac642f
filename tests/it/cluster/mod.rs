//! The simulated cluster.

mod corpus;
mod mixed;
mod properties;
