//! The cases in `tests/corpus/helm` and `tests/corpus/helm_lint`: small charts, and what the real Helm makes of them.
//!
//! A case is a purpose and files: those of the chart `c`, what lies beside it, `args` (without which it is rendered as
//! `template rel c`), `want` (standard output) and `want.err` (standard error), and `want.3` and `want.3.err` where Helm
//! 3.17 says something else than Helm 4.2. A chart without Chart.yaml gets one,
//! unless a file `no c/Chart.yaml` says not to. The folder that a case lies in reads `{dir}`, the moment of an install
//! `{moment}`.
//!
//! `UPDATE=1 HELM=/path/to/helm` writes down anew what that Helm says: Helm 4 first, then Helm 3. Helm, never we.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use chartroom::cli::{self, Terminal};
use chartroom::helm::Helm;

use crate::stub;
use crate::txtar::Archive;

const CHART_YAML: &str = "apiVersion: v2\nname: c\nversion: 0.1.0\n";

#[test]
fn cases_are_rendered_as_helm_renders_them() {
    let update = std::env::var_os("UPDATE").map(|_| real_helm());
    let mut faults = Vec::new();
    for path in cases() {
        let text = fs::read_to_string(&path).expect("a case");
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let mut case = Archive::parse(&text);
        let folder = Folder::unpack(&name, &case);
        if let Some(helm) = update.filter(|helm| is_told(&case, *helm)) {
            let said = folder.helm(&args(&case), helm);
            tell(&mut case, helm, &said);
            fs::write(&path, case.write()).expect("to write the case");
        }
        for helm in Helm::ALL.into_iter().filter(|helm| is_told(&case, *helm)) {
            let got = folder.chartroom(&args(&case), helm);
            let wanted = wanted(&case, helm);
            if got != wanted {
                faults.push(format!("{name}: Helm {helm}\n--- helm\n{wanted}--- chartroom\n{got}"));
            }
        }
    }
    assert!(faults.is_empty(), "{} differ:\n{}", faults.len(), faults.join("\n"));
}

/// A file `no helm 3` says that Helm 3 panics there.
fn is_told(case: &Archive, helm: Helm) -> bool {
    !helm.is_three() || case.get("no helm 3").is_none()
}

/// What was printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Said {
    out: String,
    err: String,
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.out)?;
        if !self.err.is_empty() {
            write!(f, "--- on standard error\n{}", self.err)?;
        }
        Ok(())
    }
}

/// The Helm that `HELM` names.
fn real_helm() -> Helm {
    let helm = std::env::var_os("HELM").expect("HELM names the real Helm");
    let output = Command::new(helm).args(["version", "--short"]).output().expect("Helm runs");
    if output.stdout.starts_with(b"v3") { Helm::Three } else { Helm::Four }
}

fn wanted(case: &Archive, helm: Helm) -> Said {
    let text = |file: &str| case.get(file).unwrap_or_default().to_owned();
    let of_its_own = case.files.iter().any(|file| file.name.starts_with("want.3"));
    match helm {
        Helm::Three if of_its_own => Said { out: text("want.3"), err: text("want.3.err") },
        _ => Said { out: text("want"), err: text("want.err") },
    }
}

/// Writes down what Helm said; Helm 3's words only where they are others.
fn tell(case: &mut Archive, helm: Helm, said: &Said) {
    let same = Said::default();
    let (prefix, said) = match helm {
        Helm::Four => ("want", said),
        Helm::Three if *said == wanted(case, Helm::Four) => ("want.3", &same),
        Helm::Three => ("want.3", said),
    };
    case.put(prefix, &said.out);
    case.put(&format!("{prefix}.err"), &said.err);
    // Helm 3's stand behind.
    case.files.sort_by_key(|file| file.name.starts_with("want.3"));
}

fn cases() -> Vec<PathBuf> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let folders = ["helm", "helm_lint"].map(|folder| fs::read_dir(corpus.join(folder)).expect("the corpus"));
    let entries = folders.into_iter().flatten().map(|entry| entry.expect("an entry").path());
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

    fn chartroom(&self, args: &[String], helm: Helm) -> Said {
        let mut terminal = Terminal::new(&self.0);
        let mut follow = if helm.is_three() { vec!["--helm", "3"] } else { Vec::new() };
        if args.first().is_some_and(|command| command == "lint") {
            follow.extend(["--as", "helm"]);
        }
        let args = args.iter().map(String::as_str).chain(follow.iter().copied());
        cli::run(args.map(Into::into).collect(), &mut terminal);
        Said { out: self.text(&terminal.stdout), err: self.text(&terminal.stderr) }
    }

    /// Helm 3 installs nothing without a cluster, dry or not: it gets one.
    fn helm(&self, args: &[String], version: Helm) -> Said {
        let helm = std::env::var_os("HELM").expect("HELM names the real Helm");
        let mut command = Command::new(helm);
        command.args(args).current_dir(&self.0).env("KUBECONFIG", "/nonexistent");
        if version.is_three() && args.first().is_some_and(|command| command == "install") {
            command.arg("--disable-openapi-validation").env("KUBECONFIG", stub::serve(&self.0));
        }
        let output = command.output().expect("Helm runs");
        let err = self.text(&output.stderr);
        // Helm 3 ends its notes for developers in a trace of its calls.
        let spoken = err.split_inclusive('\n').take_while(|line| !line.starts_with("helm.go:"));
        let spoken = spoken.filter(|line| !line.starts_with("level=DEBUG") && !line.contains(" [debug] "));
        // An empty line follows where Helm 3 names the chart's path.
        let err = spoken.collect::<String>();
        Said { out: self.text(&output.stdout), err: err.trim_start_matches('\n').to_owned() }
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
