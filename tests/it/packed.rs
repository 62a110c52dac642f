//! Charts on their way between the page and the real Helm: what we pack Helm takes, checks and renders as the page does;
//! what Helm packs opens here.
//!
//! `HELM` names a Helm 4; without it there is the archive in `tests/corpus/share`, which the real one made.

use std::path::Path;
use std::process::{Command, Output};

use chartroom::share;
use chartroom::workspace::{Experiment, Outside, Settings, analyze, bring_in};

use super::dice::Dice;
use super::share::samples;

fn opened(name: &str, bytes: Vec<u8>) -> Experiment {
    bring_in(vec![(name.to_owned(), bytes)], Vec::new(), &Settings::default()).expect("a chart").experiment
}

fn rendered(experiment: &Experiment) -> String {
    analyze(experiment, Outside::default()).output
}

#[test]
fn what_helm_packed_opens_and_renders_alike() {
    let folder = format!("{}/tests/corpus/share", env!("CARGO_MANIFEST_DIR"));
    let packed = std::fs::read(format!("{folder}/helm-packed.tgz")).expect("the archive");
    let want = std::fs::read_to_string(format!("{folder}/helm-packed.yaml")).expect("what Helm prints of it");
    let chart = opened("helm-packed.tgz", packed);
    assert_eq!(rendered(&chart), want);
    let again = share::pack(&chart).expect("an archive");
    assert_eq!(rendered(&opened(&again.name, again.bytes)), want);
}

/// Runs Helm without a cluster.
fn helm(args: &[&str]) -> Option<Output> {
    let program = std::env::var("HELM").ok().filter(|program| Path::new(program).exists())?;
    let home = std::env::temp_dir().join("chartroom-helm-home");
    let mut command = Command::new(program);
    for variable in ["HELM_CACHE_HOME", "HELM_CONFIG_HOME", "HELM_DATA_HOME"] {
        command.env(variable, &home);
    }
    command.env("KUBECONFIG", "/nonexistent").args(args).output().ok()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn helm_takes_what_we_pack() {
    let folder = std::env::temp_dir().join(format!("chartroom-packed-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let mut dice = Dice::new(7);
    // Of Jinja's templates Helm knows nothing.
    let is_helms = |sample: &Experiment| !sample.files.keys().any(|path| path.extension() == "j2");
    let samples: Vec<Experiment> = samples().into_iter().filter(is_helms).collect();
    let edited: Vec<Experiment> = (0..20).map(|round| dice.respelled(&samples[round % samples.len()])).collect();
    for experiment in samples.iter().chain(&edited) {
        let archive = share::pack(experiment).expect("an archive");
        let file = folder.join(&archive.name);
        let path = file.to_string_lossy();
        std::fs::write(&file, &archive.bytes).expect("a file");
        let release = &*experiment.settings.release;
        let Some(templated) = helm(&["template", release, &path]) else { return };
        let page = analyze(experiment, Outside::default());
        assert!(templated.status.success(), "{path}: {}", said(&templated));
        assert_eq!(String::from_utf8_lossy(&templated.stdout), page.output, "{path}");
        let linted = helm(&["lint", &path]).expect("Helm");
        assert!(linted.status.success(), "{path}: {}", said(&linted));
    }
    std::fs::remove_dir_all(&folder).expect("the folder goes");
}

#[test]
fn what_helm_packs_opens() {
    let folder = std::env::temp_dir().join(format!("chartroom-by-helm-{}", std::process::id()));
    let to = folder.to_string_lossy().into_owned();
    for sample in samples() {
        let name = sample.origin.sample().cloned().unwrap_or_default();
        let from = format!("{}/static/samples/{name}", env!("CARGO_MANIFEST_DIR"));
        let Some(packed) = helm(&["package", &from, "-d", &to]) else { return };
        assert!(packed.status.success(), "{name}: {}", said(&packed));
        let (chart, version) = sample.chart_title();
        let file = format!("{chart}-{version}.tgz");
        let mut chart = opened(&file, std::fs::read(folder.join(&file)).expect("the archive"));
        chart.settings = sample.settings.clone();
        assert_eq!(rendered(&chart), rendered(&sample), "{name}");
    }
    let _ = std::fs::remove_dir_all(&folder);
}
