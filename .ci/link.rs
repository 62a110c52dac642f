//! How the command line is linked: on Linux at a fixed address, so that it needn't be moved about each time it starts,
//! which takes a tenth of a small chart's time.

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=.ci/link.rs");
    let target = |key: &str| env::var(format!("CARGO_CFG_TARGET_{key}")).unwrap_or_default();
    if target("OS") == "linux" && target("ENV") == "gnu" {
        println!("cargo::rustc-link-arg-bin=chartroom=-no-pie");
    }
}
