//! The floors hold: nobody imports from beside or above, and nobody below the page knows a browser.

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms by floor, the lowest first. `semver` shares floor 1 with `value`, whose quotation marks it borrows. The
/// command line stands on the reports, below the page.
const FLOORS: [&[&str]; 12] = [
    &["source", "helm"],
    &["value"],
    &["semver"],
    &["template", "yaml", "jinja"],
    &["sprig", "chart", "kube"],
    &["engine"],
    &["helm_lint"],
    &["lint", "cluster"],
    &["workspace"],
    &["share", "report"],
    &["cli"],
    &["app"],
];

/// Crates that know a browser.
const WEB: [&str; 6] = ["yew", "web_sys", "js_sys", "gloo", "wasm_bindgen", "wasm_bindgen_futures"];

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The room a file belongs to; `None` for the roots `lib.rs`, `main.rs` and `bin`.
fn room(src: &Path, file: &Path) -> Option<String> {
    let inside = file.strip_prefix(src).expect("below src/");
    let first = inside.iter().next()?.to_str()?;
    let room = first.strip_suffix(".rs").unwrap_or(first);
    (!["lib", "main", "bin"].contains(&room)).then(|| room.to_owned())
}

/// The rooms that a text names behind `crate::`, those in braces included.
fn imports(text: &str) -> Vec<String> {
    let name = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut found = Vec::new();
    for after in text.split("crate::").skip(1) {
        if let Some(group) = after.strip_prefix('{') {
            let mut depth = 0;
            for (at, c) in group.char_indices() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    _ => {}
                }
                let before = group[..at].trim_end();
                if depth == 0 && (before.is_empty() || before.ends_with(',')) && c.is_alphabetic() {
                    found.push(name(&group[at..]));
                }
            }
        } else {
            found.push(name(after));
        }
    }
    found
}

/// The text without comments, and without doc links.
fn code(text: &str) -> String {
    text.lines().filter(|line| !line.trim_start().starts_with("//")).flat_map(|line| [line, "\n"]).collect()
}

#[test]
fn nobody_imports_from_beside_or_above() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    let mut faults = Vec::new();
    for file in &files {
        let Some(room) = room(&src, file) else { continue };
        let Some(own) = floor(&room) else {
            faults.push(format!("{}: the room {room} has no floor", file.display()));
            continue;
        };
        let text = code(&fs::read_to_string(file).expect("a source"));
        for other in imports(&text) {
            if other != room && floor(&other).is_some_and(|other| other >= own) {
                faults.push(format!("{}: {room} imports from {other}", file.display()));
            }
        }
        for name in WEB {
            let named = text.contains(&format!("{name}::")) || text.contains(&format!("use {name}"));
            if room != "app" && named {
                faults.push(format!("{}: names {name}", file.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn imports_are_found_wherever_they_stand() {
    let text = "use crate::value::{Text, Value};\nuse crate::{source::Span, kube};\nfn f() { crate::engine::render() }";
    assert_eq!(imports(text), ["value", "source", "kube", "engine"]);
}
