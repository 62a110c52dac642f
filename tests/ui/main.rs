//! The page's real components, drawn to HTML natively, held against snapshots. `UPDATE=1` rewrites these: read the
//! difference as code.

mod cluster;
mod draw;
mod first_paint;
mod states;
mod workbench;

use std::path::PathBuf;
use std::{env, fs};

/// Holds a drawing against its snapshot.
fn check(name: &str, drawn: &str) {
    check_file(&format!("tests/ui/snapshots/{name}.html"), drawn);
}

/// Holds a drawing against a file, by its path from the package.
fn check_file(path: &str, drawn: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path);
    if env::var_os("UPDATE").is_some() {
        fs::write(&path, drawn).expect("the snapshot can be written");
        return;
    }
    let want = fs::read_to_string(&path).unwrap_or_default();
    let differs = want.lines().zip(drawn.lines()).position(|(want, got)| want != got);
    let line = differs.unwrap_or_else(|| want.lines().count().min(drawn.lines().count()));
    let at = |text: &str| text.lines().nth(line).unwrap_or("(nothing)").to_owned();
    assert!(
        want == drawn,
        "{} differs at line {}\n  want {}\n  got  {}\nUPDATE=1 rewrites it",
        path.display(),
        line + 1,
        at(&want),
        at(drawn)
    );
}
