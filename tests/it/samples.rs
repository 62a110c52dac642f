//! The sample charts: their index is true, and the charts of the course notes render to what the notes show.

use std::fs;
use std::path::{Path, PathBuf};

use chartroom::chart::{self, Log};
use chartroom::source::Files;
use chartroom::value::{Map, json};
use chartroom::yaml;
use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

fn samples() -> PathBuf {
    root().join("static/samples")
}

fn read(path: impl AsRef<Path>) -> String {
    let path = path.as_ref();
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every file below `folder`, as sorted paths relative to it.
fn files_below(folder: &Path) -> Vec<String> {
    fn walk(root: &Path, folder: &Path, found: &mut Vec<String>) {
        for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            if entry.is_dir() {
                walk(root, &entry, found);
            } else {
                let path = entry.strip_prefix(root).expect("below the root");
                found.push(path.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    let mut found = Vec::new();
    walk(folder, folder, &mut found);
    found.sort();
    found
}

/// The release's name: the first word of the case that goes by the sample's own name.
fn release(sample: &str) -> String {
    let args = read(root().join(format!("tests/charts/expected/{sample}.args")));
    args.split_whitespace().next().expect("a release name").to_owned()
}

#[test]
fn the_index_lists_every_sample_with_its_files_and_the_default_chart_first() {
    let index: Value = serde_json::from_str(&read(samples().join("index.json"))).expect("JSON");
    let index = index.as_array().expect("a list");
    let text = |sample: &Value, key: &str| sample[key].as_str().expect(key).to_owned();

    let mut listed: Vec<String> = index.iter().map(|sample| text(sample, "name")).collect();
    assert_eq!(listed.first().map(String::as_str), Some("web"));
    listed.sort();
    let folders = fs::read_dir(samples()).expect("the samples").map(|entry| entry.expect("an entry").path());
    let mut folders: Vec<String> = folders
        .filter(|path| path.is_dir())
        .map(|path| path.file_name().expect("a name").to_string_lossy().into_owned())
        .collect();
    folders.sort();
    assert_eq!(listed, folders);

    for sample in index {
        let name = text(sample, "name");
        let folder = samples().join(&name);
        let files: Vec<&str> = sample["files"].as_array().expect("files").iter().filter_map(Value::as_str).collect();
        assert_eq!(files, files_below(&folder), "{name}");
        let readme = read(folder.join("README.md"));
        assert_eq!(text(sample, "sentence"), readme.lines().next().unwrap_or_default(), "{name}");
        assert_eq!(text(sample, "release"), release(&name), "{name}");
        assert!(!text(sample, "title").is_empty());
    }
}

/// What the notes print under a heading such as `MANIFEST:`, up to the next one.
fn section(notes: &str, heading: &str) -> String {
    let starts = |line: &str| ["COMPUTED VALUES:", "HOOKS:", "MANIFEST:"].contains(&line);
    let lines = notes.lines().skip_while(|line| *line != heading).skip(1);
    lines.take_while(|line| !starts(line)).flat_map(|line| [line, "\n"]).collect()
}

#[test]
fn the_course_charts_give_the_manifests_and_hooks_of_the_notes() {
    for sample in ["python-app", "rust-app"] {
        let notes = read(root().join(format!("tests/charts/notes/{sample}.txt")));
        let expected = read(root().join(format!("tests/charts/expected/{sample}.yaml")));
        // `helm template` prints the hooks after the manifests.
        assert_eq!(expected, section(&notes, "MANIFEST:") + &section(&notes, "HOOKS:"), "{sample}");
    }
}

#[test]
fn the_course_charts_compute_the_values_of_the_notes() {
    for sample in ["python-app", "rust-app"] {
        let notes = read(root().join(format!("tests/charts/notes/{sample}.txt")));
        let wanted = yaml::decode(section(&notes, "COMPUTED VALUES:").as_bytes()).expect("YAML");
        let (mut files, mut log) = (Files::new(), Log::new());
        let folder = samples().join(sample);
        let mut chart = chart::dir::load(&folder.to_string_lossy(), &mut files, &mut log).expect("a chart");
        let user = Map::new();
        chart::process_dependencies(&mut chart, &user, &mut log).expect("dependencies");
        let values = chart::coalesce_values(&chart, &user, &mut log).expect("values");
        assert_eq!(written(&values.into()), written(&wanted), "{sample}");
    }
}

/// A value as JSON, whose keys are sorted.
fn written(value: &chartroom::value::Value) -> String {
    json::encode(value).expect("JSON")
}
