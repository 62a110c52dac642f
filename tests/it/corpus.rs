//! The cases in `tests/corpus/helm`: small charts, and what the real Helm makes of them.
//!
//! A case is a purpose and files: those of the chart `c`, what lies beside it, `args` (without which it is rendered as
//! `template rel c`), `want` (standard output) and `want.err` (standard error). A chart without Chart.yaml gets one,
//! unless a file `no c/Chart.yaml` says not to. The folder that a case lies in reads `{dir}`, the moment of an install
//! `{moment}`.
//!
//! `UPDATE=1 HELM=/path/to/helm` writes down anew what Helm says. Helm, never we.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use chartroom::cli::{self, Terminal};

use crate::txtar::Archive;

const CHART_YAML: &str = "apiVersion: v2\nname: c\nversion: 0.1.0\n";

#[test]
fn cases_are_rendered_as_helm_renders_them() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut faults = Vec::new();
    for path in cases() {
        let text = fs::read_to_string(&path).expect("a case");
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let mut case = Archive::parse(&text);
        let folder = Folder::unpack(&name, &case);
        if update {
            let (out, err) = folder.helm(&args(&case));
            case.put("want", &out);
            case.put("want.err", &err);
            fs::write(&path, case.write()).expect("to write the case");
        }
        let (out, err) = folder.chartroom(&args(&case));
        let wanted = |file: &str| case.get(file).unwrap_or_default().to_owned();
        for (file, got) in [("want", out), ("want.err", err)] {
            if got != wanted(file) {
                faults.push(format!("{name}: {file}\n--- helm\n{}--- chartroom\n{got}", wanted(file)));
            }
        }
    }
    assert!(faults.is_empty(), "{} differ:\n{}", faults.len(), faults.join("\n"));
}

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/helm");
    let entries = fs::read_dir(folder).expect("the corpus").map(|entry| entry.expect("an entry").path());
    let mut cases: Vec<_> = entries.filter(|path| path.extension().is_some_and(|ext| ext == "txtar")).collect();
    cases.sort();
    cases
}

fn args(case: &Archive) -> Vec<String> {
    case.get("args").unwrap_or("template rel c").split_whitespace().map(str::to_owned).collect()
}

/// A case on disk.
struct Folder(PathBuf);

impl Folder {
    fn unpack(name: &str, case: &Archive) -> Self {
        let root = std::env::temp_dir().join(format!("chartroom-{}", std::process::id())).join(name);
        let chart_yaml = ("c/Chart.yaml".to_owned(), CHART_YAML.as_bytes().to_vec());
        let files = case.files.iter().filter(|file| !file.name.starts_with("want"));
        let mut files: Vec<_> = files.map(|file| (file.name.clone(), file.content())).collect();
        if !files.iter().any(|(name, _)| name.ends_with("c/Chart.yaml")) {
            files.push(chart_yaml);
        }
        for (name, content) in files.iter().filter(|(name, _)| !name.starts_with("no ") && name != "args") {
            let path = root.join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("to make a folder");
            fs::write(path, content).expect("to write a file");
        }
        Self(root)
    }

    fn chartroom(&self, args: &[String]) -> (String, String) {
        let mut terminal = Terminal::new(&self.0);
        cli::run(args.iter().map(Into::into).collect(), &mut terminal);
        (self.text(&terminal.stdout), self.text(&terminal.stderr))
    }

    fn helm(&self, args: &[String]) -> (String, String) {
        let helm = std::env::var_os("HELM").expect("HELM names the real Helm");
        let mut command = Command::new(helm);
        command.args(args).current_dir(&self.0).env("KUBECONFIG", "/nonexistent");
        let output = command.output().expect("Helm runs");
        let err = self.text(&output.stderr);
        let spoken = err.split_inclusive('\n').filter(|line| !line.starts_with("level=DEBUG"));
        (self.text(&output.stdout), spoken.collect())
    }

    /// A text in which neither the folder nor the moment shows.
    fn text(&self, bytes: &[u8]) -> String {
        const DEPLOYED: &str = "LAST DEPLOYED: ";
        let text = String::from_utf8_lossy(bytes).replace(&*self.0.to_string_lossy(), "{dir}");
        // `Fri Nov 27 11:30:04 2026`, in each month and hour as long.
        let is_moment = |moment: &str| moment.trim_end().len() == 24;
        let line = |line: &str| match line.strip_prefix(DEPLOYED).filter(|moment| is_moment(moment)) {
            Some(_) => format!("{DEPLOYED}{{moment}}\n"),
            None => line.to_owned(),
        };
        text.split_inclusive('\n').map(line).collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
        // The folder of this process goes with the last case in it.
        let _ = self.0.parent().map(fs::remove_dir);
    }
}
