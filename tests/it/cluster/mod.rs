//! The simulated cluster.

mod corpus;
mod properties;
