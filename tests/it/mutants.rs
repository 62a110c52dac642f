//! Charts that nobody wrote: whatever stands in a chart's files, rendering ends, and what is said of it fits the files.
//!
//! The charts are those of `tests/corpus/helm` and one template for each line of `tests/corpus/sprig` and
//! `tests/corpus/rows`, with pieces put in, taken out and brought in from elsewhere. `MUTANTS=100000` tries so many, of the
//! YAML texts, too; `MUTANTS_SEED=7` tries others.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::rc::Rc;

use chartroom::template::{SeededWorld, World};
use chartroom::workspace::{Content, Experiment, FilePath, Files, Origin, Outcome, Outside, Place, Settings, analyze};

use crate::txtar::Archive;

const PIECES: [&str; 48] = [
    "{{",
    "}}",
    "{{- ",
    " -}}",
    " | ",
    "(",
    ")",
    " . ",
    "$",
    "$x := ",
    " = ",
    "{{ end }}",
    "{{ else }}",
    "{{ if . }}",
    "{{ range . }}",
    "{{ with .Values }}",
    "{{ define \"c.a\" }}",
    "{{ include \"c.a\" . }}",
    "{{ template \"c.a\" }}",
    "{{ break }}",
    "{{/*",
    "*/}}",
    " .Values.a.b ",
    " index ",
    " printf \"%*d %v %#x\" ",
    " tpl ",
    " toYaml ",
    " fromYaml ",
    " regexReplaceAll ",
    " merge ",
    " set ",
    " repeat ",
    " until ",
    " -9223372036854775808 ",
    " 1e400 ",
    " \"\" ",
    " nil ",
    " (list) ",
    " (dict \"a\" 1) ",
    "---\n",
    ": ",
    "- ",
    "\n",
    "\u{0}",
    "\u{feff}",
    "é😀",
    "`",
    "\"",
];

/// Numbers from a seed.
struct Dice(SeededWorld);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        let mut bytes = [0; 8];
        self.0.random(&mut bytes);
        usize::try_from(u64::from_le_bytes(bytes) % u64::try_from(limit.max(1)).unwrap()).unwrap()
    }

    /// A text with pieces put in, taken out, and brought in from `other`.
    fn mutate(&mut self, text: &[u8], other: &[u8]) -> Vec<u8> {
        let mut text = text.to_vec();
        for _ in 0..=self.below(4) {
            let at = self.below(text.len() + 1);
            match self.below(4) {
                0 => drop(text.drain(at..(at + self.below(6)).min(text.len()))),
                1 => {
                    let start = self.below(other.len());
                    let end = (start + self.below(40)).min(other.len());
                    text.splice(at..at, other[start..end].iter().copied());
                }
                2 if at < text.len() => text[at] = text[at].wrapping_add(1 << self.below(8)),
                _ => drop(text.splice(at..at, PIECES[self.below(PIECES.len())].bytes())),
            }
        }
        text
    }
}

type Chart = Vec<(FilePath, Vec<u8>)>;

fn charts() -> Vec<Chart> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut charts = Vec::new();
    for (folder, extension) in [("helm", "txtar"), ("sprig", "txt"), ("rows", "jsonl")] {
        let entries =
            fs::read_dir(corpus.join(folder)).expect("the corpus").map(|entry| entry.expect("an entry").path());
        let mut paths: Vec<_> = entries.filter(|path| path.extension().is_some_and(|ext| ext == extension)).collect();
        paths.sort();
        for path in paths {
            let text = fs::read_to_string(path).expect("a case");
            if folder == "helm" {
                charts.push(of_case(&text));
            } else {
                charts.extend(text.lines().filter_map(if folder == "rows" { of_json } else { of_row }));
            }
        }
    }
    charts
}

fn of_case(text: &str) -> Chart {
    let case = Archive::parse(text);
    let inside = case.files.iter().filter_map(|file| Some((file.name.strip_prefix("c/")?, file.content())));
    let mut chart: Chart = inside.filter_map(|(name, text)| Some((FilePath::parse(name).ok()?, text))).collect();
    if !chart.iter().any(|(path, _)| path.as_str() == "Chart.yaml") {
        chart.push(named("Chart.yaml", "apiVersion: v2\nname: c\nversion: 0.1.0\n"));
    }
    chart
}

fn of_row(row: &str) -> Option<Chart> {
    let (expression, _) = row.split_once(" => ")?;
    let template = format!("a: {{{{ {expression} }}}}\n");
    Some(vec![named("Chart.yaml", "apiVersion: v2\nname: c\nversion: 0.1.0\n"), named("templates/a.yaml", &template)])
}

fn of_json(row: &str) -> Option<Chart> {
    let row: serde_json::Value = serde_json::from_str(row).ok()?;
    let expression = || row["expression"].as_str().map(|expression| format!("a: {{{{ {expression} }}}}\n"));
    let template = row["template"].as_str().map(str::to_owned).or_else(expression)?;
    Some(vec![named("Chart.yaml", "apiVersion: v2\nname: c\nversion: 0.1.0\n"), named("templates/a.yaml", &template)])
}

fn named(path: &str, text: &str) -> (FilePath, Vec<u8>) {
    (FilePath::parse(path).expect("a path"), text.as_bytes().to_vec())
}

fn experiment(chart: &Chart) -> Experiment {
    let files: Files = chart.iter().map(|(path, bytes)| (path.clone(), Content::from_bytes(bytes))).collect();
    Experiment { files: Rc::new(files), settings: Settings::default(), origin: Origin::Empty, open: None }
}

/// A number in the environment.
pub fn setting(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|number| number.parse().expect("a number"))
}

/// What is said of a chart fits its files and its output.
fn check(experiment: &Experiment) -> Outcome {
    let analysis = analyze(experiment, Outside::default());
    let is_inside = |place: &Place| {
        let length = experiment.file(&place.path).map_or(0, Content::len);
        place.bytes.start <= place.bytes.end && place.bytes.end <= length && place.line > 0 && place.column > 0
    };
    for problem in &analysis.problems {
        assert!(problem.place.iter().chain(&problem.also).all(is_inside), "{problem:?}");
        assert!(!problem.message.is_empty(), "{problem:?}");
    }
    let mut end = 0;
    for tint in &analysis.tints {
        let (from, to) = (tint.0 as usize, tint.1 as usize);
        assert!(end <= from && from < to && to <= analysis.output.len(), "{tint:?}");
        end = to;
    }
    assert!(analysis.outcome == Outcome::Rendered || !analysis.problems.is_empty(), "failed without a word");
    analysis.outcome
}

#[test]
fn whatever_a_chart_holds_rendering_ends_and_says_why() {
    let charts = charts();
    let (rounds, seed) = (setting("MUTANTS").unwrap_or(1500), setting("MUTANTS_SEED").unwrap_or(1));
    let mut dice = Dice(SeededWorld::new(0, seed));
    let mut rendered = 0;
    for round in 0..rounds {
        let mut chart = charts[dice.below(charts.len())].clone();
        let which = dice.below(chart.len());
        let other = &charts[dice.below(charts.len())];
        let other = other[dice.below(other.len())].1.clone();
        let text = &mut chart[which].1;
        *text = dice.mutate(text, &other);
        let experiment = experiment(&chart);
        let checked = catch_unwind(AssertUnwindSafe(|| check(&experiment)));
        let Ok(outcome) = checked else {
            let files = chart.iter().map(|(path, text)| format!("-- {path} --\n{}", String::from_utf8_lossy(text)));
            panic!("round {round} of seed {seed}:\n{}", files.collect::<Vec<_>>().join("\n"));
        };
        rendered += u64::from(outcome == Outcome::Rendered);
    }
    assert!(rendered * 20 > rounds, "only {rendered} of {rounds} rendered");
}
