//! Letter badges: the same letter beside the lines of output, template and values that belong to one value.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::FilePath;
use super::pin::Sources;
use crate::source::{FrameKind, LineIndex, Origin, OriginKind, PathId, Role, Span, Step};

/// The badges of a rendering.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Badges {
    /// The top-level keys of the values that bear a letter, in the order in which the values have them.
    pub keys: Vec<Rc<str>>,
    /// The badges of lines of the output, in order.
    pub output: Vec<Badge>,
    /// Those of lines of files, in order.
    pub files: BTreeMap<FilePath, Vec<Badge>>,
}

/// A line, from 1, and what it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Badge(pub u32, pub BadgeOf);

/// What a line belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum BadgeOf {
    /// One of the keys, by its number.
    #[serde(rename = "v")]
    Value(u32),
    /// A named template.
    #[serde(rename = "h")]
    Helper,
    /// The release, or the cluster it is for.
    #[serde(rename = "r")]
    Release,
    /// The chart.
    #[serde(rename = "k")]
    Chart,
    /// A file of the chart.
    #[serde(rename = "f")]
    File,
}

/// Letters that stand for something other than values.
const TAKEN: [char; 4] = ['f', 'h', 'k', 'r'];

impl BadgeOf {
    /// The badge's letter: that of a value where its key is the `nth` that bears one.
    pub fn letter(self, nth: usize) -> String {
        match self {
            Self::Helper => "h".to_owned(),
            Self::Release => "r".to_owned(),
            Self::Chart => "k".to_owned(),
            Self::File => "f".to_owned(),
            Self::Value(_) => {
                let letters: Vec<char> = ('a'..='z').filter(|letter| !TAKEN.contains(letter)).collect();
                let letter = letters.get(nth % letters.len()).copied().unwrap_or('a');
                match nth / letters.len() {
                    0 => letter.to_string(),
                    round => format!("{letter}{}", round + 1),
                }
            }
        }
    }
}

/// What is known of a value while badges are collected.
#[derive(Clone)]
struct Fed {
    key: Rc<str>,
    line: Option<(FilePath, u32)>,
}

/// Badges on their way: keys by name, the first badge of each line.
#[derive(Default)]
struct Collected {
    output: BTreeMap<u32, Of>,
    files: BTreeMap<FilePath, BTreeMap<u32, Of>>,
}

/// A badge whose key has no number yet.
#[derive(Clone)]
enum Of {
    Value(Rc<str>),
    Other(BadgeOf),
}

impl Sources<'_> {
    /// The badges of all lines.
    pub(super) fn badges(&self) -> Badges {
        let bytes = self.provenance.printed.text.as_bytes();
        let lines = LineIndex::new(bytes);
        let mut known: BTreeMap<PathId, Option<Fed>> = BTreeMap::new();
        let mut collected = Collected::default();
        for (range, run) in self.runs() {
            let shown = bytes.get(range.clone()).unwrap_or_default();
            let Some(origin) = self.trace.origin(run.origin).filter(|_| !shown.trim_ascii().is_empty()) else {
                continue;
            };
            let fed = self.fed(origin, &mut known);
            let Some(of) = fed.first().map(|fed| Of::Value(Rc::clone(&fed.key))).or_else(|| self.other(origin)) else {
                continue;
            };
            for line in printed_lines(&lines, range.start, shown) {
                collected.output.entry(line).or_insert_with(|| of.clone());
            }
            if origin.kind == OriginKind::Action
                && let Some((path, line)) = self.line_of(origin.span)
            {
                collected.files.entry(path).or_default().entry(line).or_insert(of);
            }
            for Fed { key, line } in fed {
                if let Some((path, line)) = line {
                    collected.files.entry(path).or_default().entry(line).or_insert(Of::Value(key));
                }
            }
        }
        self.numbered(collected)
    }

    /// The values whose content is in what an origin printed.
    fn fed(&self, origin: &Origin, known: &mut BTreeMap<PathId, Option<Fed>>) -> Vec<Fed> {
        let feeding = self.trace.reads(origin.reads).iter().filter(|read| read.role == Role::Feeds);
        let fed =
            feeding.filter_map(|read| known.entry(read.path).or_insert_with(|| self.value_fed(read.path)).clone());
        fed.collect()
    }

    fn value_fed(&self, path: PathId) -> Option<Fed> {
        let steps: Vec<Step> = self.trace.steps(path).into_iter().cloned().collect();
        let [Step::Key(root), Step::Key(key), ..] = steps.as_slice() else { return None };
        (&**root == "Values").then(|| {
            let span = self.inputs.history(&steps).set_by.and_then(|setting| setting.span);
            Fed { key: Rc::clone(key), line: span.and_then(|span| self.line_of(span)) }
        })
    }

    fn line_of(&self, span: Span) -> Option<(FilePath, u32)> {
        let place = self.provenance.place(span)?;
        Some((self.atlas.named(&place.file)?, place.line))
    }

    /// What a text that no value is in comes from.
    fn other(&self, origin: &Origin) -> Option<Of> {
        if self.trace.frames(origin.frame).any(|frame| matches!(frame.kind, FrameKind::Include(_))) {
            return Some(Of::Other(BadgeOf::Helper));
        }
        let mut feeding = self.trace.reads(origin.reads).iter().filter(|read| read.role == Role::Feeds);
        let root = self.trace.steps(feeding.next()?.path).into_iter().rev().find_map(root)?;
        Some(Of::Other(root))
    }

    /// Keys are numbered as the values have them; those that no file has come last.
    fn numbered(&self, collected: Collected) -> Badges {
        let Collected { output, files } = collected;
        let all = output.values().chain(files.values().flat_map(BTreeMap::values));
        let mut places: BTreeMap<Rc<str>, Option<usize>> = BTreeMap::new();
        for of in all {
            if let Of::Value(key) = of {
                places.entry(Rc::clone(key)).or_insert_with(|| self.first_place(key));
            }
        }
        let mut keys: Vec<Rc<str>> = places.keys().cloned().collect();
        keys.sort_by_key(|key| places.get(key).copied().flatten().unwrap_or(usize::MAX));
        let numbers: BTreeMap<Rc<str>, u32> = keys.iter().cloned().zip(0..).collect();
        let badge = |(line, of): (u32, Of)| {
            let of = match of {
                Of::Other(of) => of,
                Of::Value(key) => BadgeOf::Value(numbers.get(&key).copied().unwrap_or_default()),
            };
            Badge(line, of)
        };
        let badges = |lines: BTreeMap<u32, Of>| lines.into_iter().map(badge).collect::<Vec<_>>();
        let files = files.into_iter().map(|(path, lines)| (path, badges(lines))).collect();
        Badges { output: badges(output), files, keys }
    }

    /// Where a top-level key stands in the chart's own values.
    fn first_place(&self, key: &Rc<str>) -> Option<usize> {
        self.atlas.in_values(&[Step::Key(Rc::clone(key))]).map(|place| place.bytes.start)
    }
}

fn root(step: &Step) -> Option<BadgeOf> {
    let Step::Key(key) = step else { return None };
    match &**key {
        "Release" | "Capabilities" => Some(BadgeOf::Release),
        "Chart" | "Template" => Some(BadgeOf::Chart),
        "Files" => Some(BadgeOf::File),
        _ => None,
    }
}

/// The lines, from 1, in which a piece of the output shows something.
fn printed_lines(lines: &LineIndex, start: usize, shown: &[u8]) -> Vec<u32> {
    let mut at = start;
    let mut found = Vec::new();
    for line in shown.split_inclusive(|byte| *byte == b'\n') {
        if !line.trim_ascii().is_empty() {
            found.push(u32::try_from(lines.line_of(at) + 1).unwrap_or(u32::MAX));
        }
        at += line.len();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::{Outside, Question, Reply, Study, default_experiment};
    use super::*;

    #[test]
    fn lines_that_belong_together_bear_the_same_letter() {
        let experiment = default_experiment();
        let (mut study, analysis) = Study::of(experiment.clone(), &Outside::default());
        let Some(Reply::Survey(survey)) = study.answer(&Question::Survey, None) else { panic!("a survey") };
        let Badges { keys, output, files } = survey.badges;
        let letters = |badges: &[Badge], text: &str| -> Vec<String> {
            let lines: Vec<&str> = text.lines().collect();
            let told = |Badge(line, of): &Badge| {
                let nth = if let BadgeOf::Value(at) = of { *at as usize } else { 0 };
                format!("{} {}", of.letter(nth), lines[*line as usize - 1].trim())
            };
            badges.iter().map(told).collect()
        };
        let text = |path: &FilePath| experiment.file(path).and_then(|content| content.text()).cloned().unwrap();
        assert_eq!(keys.iter().map(|key| &**key).collect::<Vec<_>>()[..2], ["replicaCount", "image"]);
        let values = letters(&files[&FilePath::values()], &text(&FilePath::values()));
        assert_eq!(values[..2], ["a replicaCount: 3", "b image: nginx:1.27"]);
        assert!(values.iter().all(|line| !line.contains("enabled")), "{values:?}");
        let set = FilePath::parse("templates/statefulset.yaml").unwrap();
        let template = letters(&files[&set], &text(&set));
        assert!(template.contains(&"a replicas: {{ .Values.replicaCount }}".to_owned()), "{template:?}");
        let output = letters(&output, &analysis.output);
        for line in ["a replicas: 3", "h app.kubernetes.io/name: web"] {
            assert!(output.contains(&line.to_owned()), "{line} in {output:?}");
        }
        assert!(!output.iter().any(|line| line.ends_with(" kind: Service")), "{output:?}");
    }

    #[test]
    fn letters_go_on_behind_z() {
        let of = BadgeOf::Value(0);
        assert_eq!([0, 4, 5, 6, 21, 22].map(|nth| of.letter(nth)), ["a", "e", "g", "i", "z", "a2"]);
    }
}
