//! How the command line is linked, of whose time with a small chart a quarter would go into being loaded: on Linux at a
//! fixed address, so that it needn't be moved about each time it starts, and with the C library in it, where that is there
//! to be linked.

use std::path::Path;
use std::process::Command;
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=.ci/link.rs");
    let target = |key: &str| env::var(format!("CARGO_CFG_TARGET_{key}")).unwrap_or_default();
    if target("OS") == "linux" && target("ENV") == "gnu" {
        println!("cargo::rustc-link-arg-bin=chartroom=-no-pie");
        if env::var("HOST") == env::var("TARGET") && write_scripts().is_some() {
            println!("cargo::rustc-link-arg-bin=chartroom=-static");
        }
    }
}

/// Cargo can't ask for the C library for one program alone, and Rust's linking asks for shared ones. A linker takes a
/// script of that name for a library, and so is led to the one that isn't shared.
fn write_scripts() -> Option<()> {
    const LIBRARIES: [(&str, &[&str]); 3] =
        [("c", &["libc.a", "libgcc_eh.a", "libgcc.a"]), ("gcc_s", &["libgcc_eh.a", "libgcc.a"]), ("m", &["libm.a"])];
    let folder = env::var("OUT_DIR").ok()?;
    for (name, archives) in LIBRARIES {
        let archives: Option<Vec<String>> = archives.iter().map(|archive| found(archive)).collect();
        fs::write(Path::new(&folder).join(format!("lib{name}.so")), format!("GROUP ( {} )\n", archives?.join(" ")))
            .ok()?;
    }
    println!("cargo::rustc-link-arg-bin=chartroom=-L{folder}");
    Some(())
}

/// Where the C compiler finds a library; it gives a name back that it doesn't find.
fn found(library: &str) -> Option<String> {
    let output = Command::new("cc").arg(format!("-print-file-name={library}")).output().ok()?;
    let path = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    Path::new(&path).is_absolute().then_some(path)
}
