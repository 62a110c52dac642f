//! The cases in `tests/corpus/cluster`: scripts, what happens, and what a real cluster has printed.
//!
//! A case is a purpose, which names its source, and files: those of the chart `c`, what lies beside it, `script`, `args`
//! (without which it is `simulate web c --script script`; `{samples}` is the folder of the sample charts), and `want`,
//! what we print. `original`, where there is one, holds lines that the source prints: each has to stand in our output,
//! in that order, but for what is random or a matter of time: addresses, ports, uids, ages, hashes.
//!
//! `UPDATE=1` writes `want` anew. Nobody but its source writes `original`.

use std::fs;
use std::path::{Path, PathBuf};

use chartroom::cli::{self, Terminal};

use crate::txtar::Archive;

const CHART_YAML: &str = "apiVersion: v2\nname: c\nversion: 0.1.0\n";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

#[test]
fn scripts_play_as_they_do_in_kubernetes() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut faults = Vec::new();
    let cases = cases();
    assert!(!cases.is_empty());
    for path in cases {
        let mut case = Archive::parse(&fs::read_to_string(&path).expect("a case"));
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let printed = play(&name, &case);
        assert_eq!(printed, play(&name, &case), "{name}: the same seed prints the same");
        if update {
            case.put("want", &printed);
            fs::write(&path, case.write()).expect("to write the case");
        }
        let wanted = case.get("want").unwrap_or_default();
        if printed != wanted {
            faults.push(format!("{name}\n--- wanted\n{wanted}--- printed\n{printed}"));
        }
        if let Some(missing) = case.get("original").and_then(|original| first_missing(original, &printed)) {
            faults.push(format!("{name}: the original prints\n{missing}\nand we don't:\n{printed}"));
        }
    }
    assert!(faults.is_empty(), "{} differ:\n{}", faults.len(), faults.join("\n"));
}

fn cases() -> Vec<PathBuf> {
    let folder = fs::read_dir(root().join("tests/corpus/cluster")).expect("the corpus");
    let mut cases: Vec<PathBuf> = folder.map(|entry| entry.expect("an entry").path()).collect();
    cases.retain(|path| path.extension().is_some_and(|extension| extension == "txtar"));
    cases.sort();
    cases
}

/// What the command prints on both outputs, errors last.
fn play(name: &str, case: &Archive) -> String {
    let folder = std::env::temp_dir().join(format!("chartroom-cluster-{}", std::process::id())).join(name);
    let is_input = |name: &str| !["args", "want", "original"].contains(&name);
    let inputs = case.files.iter().filter(|file| is_input(&file.name));
    let mut files: Vec<_> = inputs.map(|file| (file.name.clone(), file.content())).collect();
    if !files.iter().any(|(name, _)| name == "c/Chart.yaml") {
        files.push(("c/Chart.yaml".to_owned(), CHART_YAML.as_bytes().to_vec()));
    }
    for (name, content) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("to make a folder");
        fs::write(path, content).expect("to write a file");
    }
    let samples = root().join("static/samples");
    let args = case.get("args").unwrap_or("simulate web c --script script");
    let args = args.split_whitespace().map(|word| word.replace("{samples}", &samples.to_string_lossy()).into());
    let mut terminal = Terminal::new(&folder);
    cli::run(args.collect(), &mut terminal);
    let _ = fs::remove_dir_all(&folder);
    let _ = folder.parent().map(fs::remove_dir);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    text(&terminal.stdout) + &text(&terminal.stderr)
}

/// The first line of the original that doesn't stand in what was printed, behind the ones before it.
fn first_missing<'o>(original: &'o str, printed: &str) -> Option<&'o str> {
    let (mut printed, mut before) = (printed.lines().map(masked), String::new());
    original.lines().filter(|line| !line.trim().is_empty()).find(|line| {
        let wanted = masked(line);
        // kubectl prints a line for each change, even one that doesn't show in it.
        let is_again = wanted == before;
        before.clone_from(&wanted);
        !is_again && !printed.any(|line| line == wanted)
    })
}

/// A line without what is random or a matter of time, and with single spaces.
fn masked(line: &str) -> String {
    let cells = line.split("  ").map(str::trim).filter(|cell| !cell.is_empty());
    cells.map(masked_cell).collect::<Vec<_>>().join(" ")
}

fn masked_cell(cell: &str) -> String {
    let is_age = cell.len() > 1
        && cell.starts_with(|c: char| c.is_ascii_digit())
        && cell.ends_with(['s', 'm', 'h', 'd'])
        && cell.chars().all(|c| c.is_ascii_digit() || "smhd".contains(c));
    let is_address = cell.split('.').count() == 4 && cell.split('.').all(|part| part.parse::<u8>().is_ok());
    if is_age {
        return "{age}".to_owned();
    }
    if is_address && cell != "10.96.0.1" && cell != "127.0.0.1" {
        return "{address}".to_owned();
    }
    if let Some(address) = cell.strip_prefix("Address: ").filter(|address| address.starts_with("10.244.")) {
        return format!("Address: {}", masked_cell(address));
    }
    if cell.starts_with("pvc-") && cell.len() == 40 {
        return "pvc-{uid}".to_owned();
    }
    let port = |part: &str| match part.split_once(':').zip(part.split_once('/')) {
        Some(((port, _), (_, protocol))) => format!("{port}:{{port}}/{protocol}"),
        None => part.to_owned(),
    };
    let cell =
        if cell.ends_with("/TCP") { cell.split(',').map(port).collect::<Vec<_>>().join(",") } else { cell.into() };
    let words = cell.split(' ').map(|word| word.split('-').map(masked_hash).collect::<Vec<_>>().join("-"));
    words.collect::<Vec<_>>().join(" ")
}

/// Hashes of templates and endings of pods' names: eight to ten, or five, of certain letters, with a digit among them.
fn masked_hash(part: &str) -> String {
    let is_hash = matches!(part.len(), 5 | 8..=10)
        && part.chars().all(|c| "bcdfghjklmnpqrstvwxz2456789".contains(c))
        && part.len() > 4;
    if is_hash { "{hash}".to_owned() } else { part.to_owned() }
}
