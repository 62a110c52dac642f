//! Templates against what the real Helm 4.2.3 makes of them, and what no Helm shows: origins and limits.

mod golden;
mod limits;
mod origins;
mod world;
