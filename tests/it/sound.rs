//! What the source map claims is true: every byte has an origin; literal text is the bytes at its place; and where one
//! value is named as all that a word is made of, another value makes another word.
//!
//! `origins` holds the samples and the charts of `tests/corpus/helm` against it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use chartroom::chart::{self, Capabilities, Entry, Log, Overrides, Release};
use chartroom::engine::{
    self, Inputs, PrintOptions, Provenance, Read, ReadRole, Record, Request, SchemaCheck, Segment,
};
use chartroom::engine::{Condition, Crds, Place, SegmentKind};
use chartroom::source::{Files, Step};
use chartroom::template::{Limits, SeededWorld};
use chartroom::value::{Map, Value, json};
use chartroom::yaml;

/// What was checked, and what was found wrong.
#[derive(Debug, Default)]
pub struct Report {
    pub bytes: usize,
    pub segments: usize,
    /// Words of one value that were seen to change with it.
    pub words: usize,
    /// Words of one value whose changes were all refused.
    pub unchecked: Vec<String>,
    pub faults: Vec<String>,
}

/// A rendering: the output and where it comes from.
struct Rendered {
    output: Vec<u8>,
    segments: Vec<Segment>,
    files: Files,
}

fn render(entries: &[Entry], crds: Crds) -> Option<Rendered> {
    let (mut files, mut log) = (Files::new(), Log::new());
    let chart = chart::load(entries.to_vec(), &mut files, &mut log).ok()?;
    let mut request = Request {
        chart,
        files,
        log,
        values: Map::new(),
        release: Release { name: "rel".into(), namespace: "default".into(), ..Release::default() },
        capabilities: Capabilities::default(),
        schema: SchemaCheck::Skipped,
        limits: Limits::default(),
        record: Record::Origins,
        dialect: engine::Dialect::Jinja,
    };
    let inputs = Inputs::new(&mut request, &Overrides::default());
    let rendering = engine::render(request, &mut SeededWorld::new(0, 1));
    let rendered = rendering.result.ok()?;
    let options = PrintOptions { crds, ..PrintOptions::default() };
    let printed = engine::print(&rendered.documents, &options).ok()?;
    let provenance = Provenance::new(&printed, &rendered.documents, &rendering.trace, &rendering.files, &inputs);
    let segments = provenance.source_map().segments;
    let output = printed.text.as_bytes().to_vec();
    Some(Rendered { output, segments, files: rendering.files })
}

/// Checks a chart, changing no more than `changes` values. `None` where it can't be rendered.
pub fn check(entries: &[Entry], changes: usize) -> Option<Report> {
    let map = render(entries, Crds::Included)?;
    let mut report = Report { bytes: map.output.len(), segments: map.segments.len(), ..Report::default() };
    let mut end = 0;
    for segment in &map.segments {
        if segment.start != end || segment.end <= segment.start {
            report.faults.push(format!("a gap: {segment:?} behind {end}"));
        }
        end = segment.end;
        if let Some(fault) = fault(segment, &map) {
            report.faults.push(fault);
        }
    }
    if end != map.output.len() {
        report.faults.push(format!("the segments end at {end} of {}", map.output.len()));
    }
    let mut by_value: BTreeMap<String, (&Read, Vec<usize>)> = BTreeMap::new();
    for (number, segment) in map.segments.iter().enumerate() {
        let is_word = !map.output[segment.start..segment.end].trim_ascii().is_empty();
        if let Some(read) = sole_feeder(segment).filter(|_| is_word) {
            by_value.entry(read.path.clone()).or_insert_with(|| (read, Vec::new())).1.push(number);
        }
    }
    // From all over the chart.
    let step = by_value.len().div_ceil(changes.max(1)).max(1);
    let before = places(&map);
    for (read, words) in by_value.values().step_by(step) {
        changed(entries, (&map, &before), read, words, &mut report);
    }
    Some(report)
}

/// How words and lines of an output lead back.
#[derive(Debug, Default)]
pub struct Led {
    /// Words, or parts of words, that an action printed.
    pub words: usize,
    /// Those of them that lead to no more than one action.
    pub to_one: usize,
    /// Lines of labels.
    pub labels: usize,
    /// Those that lead into a file of helpers.
    pub to_helpers: usize,
}

/// Where the words and the labels of a chart's output lead. `None` where it can't be rendered.
pub fn led(entries: &[Entry]) -> Option<Led> {
    let map = render(entries, Crds::Included)?;
    let mut led = Led::default();
    let touching = |start: usize, end: usize| {
        let first = map.segments.partition_point(|segment| segment.end <= start);
        map.segments[first..].iter().take_while(move |segment| segment.start < end)
    };
    let mut start = 0;
    for line in map.output.split_inclusive(|byte| *byte == b'\n') {
        let shown = String::from_utf8_lossy(line);
        if shown.contains("app.kubernetes.io/") || shown.contains("helm.sh/chart") {
            led.labels += 1;
            let first = start + line.len() - line.trim_ascii_start().len();
            let place = touching(first, first + 1).find_map(|segment| segment.template.as_ref());
            led.to_helpers += usize::from(place.is_some_and(|place| place.file.ends_with("_helpers.tpl")));
        }
        let mut at = start;
        for word in line.split(u8::is_ascii_whitespace) {
            let actions = touching(at, at + word.len()).filter(|segment| segment.kind == SegmentKind::Action);
            // Of a word that several actions printed, each part counts.
            for place in actions.filter_map(|segment| segment.template.as_ref()) {
                led.words += 1;
                led.to_one += usize::from(!map.files.text(place.span).windows(2).any(|two| two == b"}}"));
            }
            at += word.len() + 1;
        }
        start += line.len();
    }
    Some(led)
}

/// What is wrong with a segment in itself.
fn fault(segment: &Segment, map: &Rendered) -> Option<String> {
    let printed = &map.output[segment.start..segment.end];
    let shown = String::from_utf8_lossy(printed).into_owned();
    match (segment.kind, &segment.template) {
        (SegmentKind::Unknown, _) => Some(format!("nobody printed {shown:?} of {:?}", segment.source)),
        (SegmentKind::Helm, _) => {
            let line = |line: &str| line.is_empty() || line == "---" || line.starts_with("# Source: ");
            (!shown.lines().all(line)).then(|| format!("Helm doesn't print {shown:?}"))
        }
        (_, None) => Some(format!("{shown:?} has no place: {segment:?}")),
        (SegmentKind::Literal, Some(place)) => (map.files.text(place.span) != printed)
            .then(|| format!("{shown:?} is not what stands at {}", place.label())),
        _ => None,
    }
}

/// The one value of a chart's own values.yaml that a word is made of.
fn sole_feeder(segment: &Segment) -> Option<&Read> {
    let mut feeding = segment.values.iter().filter(|read| read.role == ReadRole::Feeds);
    let read = feeding.next()?;
    let is_sole = feeding.next().is_none() && segment.kind == SegmentKind::Action;
    let is_of_chart = matches!(read.layer, "chart" | "subchart") && read.place.is_some();
    (is_sole && is_of_chart).then_some(read)
}

/// Changes a value in every way there is until each of its words was seen to change.
fn changed(
    entries: &[Entry],
    (map, before): (&Rendered, &BTreeMap<Key, (usize, Word)>),
    read: &Read,
    words: &[usize],
    report: &mut Report,
) {
    let mut left: Vec<usize> = words.to_vec();
    let mut tried = false;
    for other in others(entries, read) {
        let Some(after) = render(&other, Crds::Left) else {
            continue;
        };
        tried = true;
        let after = places(&after);
        left.retain(|number| {
            let place = before.iter().find(|(_, (at, _))| at == number).expect("every segment has a place");
            // A loop that lost a turn puts another word in the same place.
            after.get(place.0).map(|(_, word)| word) == Some(&place.1.1)
        });
        if left.is_empty() {
            break;
        }
    }
    if !tried {
        report.unchecked.push(format!(
            "{} = {:?} at {:?}",
            read.path,
            read.value,
            read.place.as_ref().map(Place::label)
        ));
        return;
    }
    report.words += words.len() - left.len();
    for number in left {
        let segment = &map.segments[number];
        let shown = String::from_utf8_lossy(&map.output[segment.start..segment.end]);
        let place = segment.template.as_ref().map(Place::label).unwrap_or_default();
        report.faults.push(format!("{shown:?} of {place} stays whatever {} is", read.path));
    }
}

/// What tells a word from others: its template, what led there, and which of those it is.
type Key = (String, usize);

/// A word, and the one value it is made of.
type Word = (Vec<u8>, Option<String>);

fn places(map: &Rendered) -> BTreeMap<Key, (usize, Word)> {
    let label = |place: &Option<Place>| place.as_ref().map(Place::label).unwrap_or_default();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut found = BTreeMap::new();
    let is_action = |segment: &Segment| segment.kind == SegmentKind::Action && segment.template.is_some();
    for (number, segment) in map.segments.iter().enumerate().filter(|(_, segment)| is_action(segment)) {
        let includes = segment.stack.includes.iter().map(|include| label(&include.place));
        let turn = |condition: &Condition| format!("{} {:?}", label(&condition.place), condition.turn);
        let stack: Vec<String> = includes.chain(segment.stack.conditions.iter().map(turn)).collect();
        let key = format!("{:?} {} {:?} {stack:?}", segment.source, label(&segment.template), segment.kind);
        let count = seen.entry(key.clone()).or_default();
        let word =
            (map.output[segment.start..segment.end].to_vec(), sole_feeder(segment).map(|read| read.path.clone()));
        found.insert((key, *count), (number, word));
        *count += 1;
    }
    found
}

/// The chart with other values in the place of this one.
fn others(entries: &[Entry], read: &Read) -> Vec<Vec<Entry>> {
    let Some(place) = &read.place else {
        return Vec::new();
    };
    let own = place.file.split_once('/').map_or("", |(_, path)| path);
    let Some(number) = entries.iter().position(|entry| entry.path == own) else {
        return Vec::new();
    };
    let data = &entries[number].data;
    let Some((span, value)) = value_at(data, &read.steps, place.start) else {
        return Vec::new();
    };
    let newline = if data[span.clone()].ends_with(b"\n") { "\n" } else { "" };
    let changed = |text: String| {
        let mut entries = entries.to_vec();
        let data = [&data[..span.start], text.as_bytes(), newline.as_bytes(), &data[span.end..]].concat();
        entries[number].data = data.into();
        entries
    };
    written(&value).into_iter().map(changed).collect()
}

/// The bytes of a value and what it is, where its key begins at `start`.
fn value_at(data: &[u8], path: &[Step], start: usize) -> Option<(std::ops::Range<usize>, Value)> {
    let documents = yaml::parse(data).ok()?;
    for document in &documents {
        for from in 1..path.len() {
            let Some(place) = document.place(&path[from..]) else {
                continue;
            };
            let begins = place.key.map_or(place.value.span.start, |key| key.span.start);
            let is_plain =
                place.value.anchor.is_none() && place.key.is_none_or(|key| key.span.end < place.value.span.start);
            if begins == start && is_plain && !place.value.span.is_empty() {
                let span = place.value.span.clone();
                return Some((span.clone(), yaml::decode(&data[span]).ok()?));
            }
        }
    }
    None
}

/// Other values of the same kind, as they would be written.
fn written(value: &Value) -> Vec<String> {
    let quoted = |text: String| json::encode(&Value::from(text)).expect("JSON");
    match value {
        Value::Bool(holds) => vec![(!holds).to_string()],
        Value::Float(n) => vec![(n + 1.0).to_string(), (n + 7000.0).to_string(), "0".to_owned(), "3".to_owned()],
        Value::String(text) => {
            let text = text.to_str().into_owned();
            vec![
                quoted(rotated(&text)),
                quoted(format!("q{text}")),
                quoted(format!("{text}q")),
                quoted("qqq".to_owned()),
                quoted("1234567".to_owned()),
                quoted("9Gi".to_owned()),
                quoted("99.98.97".to_owned()),
                quoted("QWxhZGRpbg==".to_owned()),
            ]
        }
        _ => Vec::new(),
    }
}

/// The text with other letters and digits, actions left alone.
fn rotated(text: &str) -> String {
    let mut depth = 0;
    let mut before = ' ';
    let turn = |c: char| match c {
        'a'..='y' | 'A'..='Y' | '0'..='8' => char::from_u32(u32::from(c) + 1).unwrap_or(c),
        'z' => 'a',
        'Z' => 'A',
        '9' => '1',
        c => c,
    };
    let mut changed = String::new();
    for c in text.chars() {
        match (before, c) {
            ('{', '{') => depth = 1,
            ('}', '}') => depth = 0,
            _ => {}
        }
        changed.push(if depth == 0 { turn(c) } else { c });
        before = c;
    }
    changed
}

/// The folders that hold a chart, at any depth; charts within charts belong to those.
pub fn charts(folder: &Path) -> Vec<std::path::PathBuf> {
    if folder.join("Chart.yaml").is_file() {
        return vec![folder.to_path_buf()];
    }
    let inside = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut folders: Vec<_> = inside.filter(|path| path.is_dir() && !path.is_symlink()).collect();
    folders.sort();
    folders.iter().flat_map(|folder| charts(folder)).collect()
}

/// The files below a folder, by their paths in it.
pub fn entries(folder: &Path) -> Vec<Entry> {
    let (mut found, mut folders) = (Vec::new(), vec![folder.to_path_buf()]);
    while let Some(at) = folders.pop() {
        for path in fs::read_dir(&at).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(data) = fs::read(&path) {
                let name = path.strip_prefix(folder).expect("below the folder").to_string_lossy().replace('\\', "/");
                match unpacked(&name, &data) {
                    Some(inside) => found.extend(inside),
                    None => found.push(Entry::new(name, data)),
                }
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// The files of a dependency that is an archive, in a folder of its name.
fn unpacked(name: &str, data: &[u8]) -> Option<Vec<Entry>> {
    let (folder, _) = name.strip_suffix(".tgz")?.rsplit_once("charts/")?;
    let inside = chart::unpack_archive(name, data).ok()?;
    let manifest = &inside.iter().find(|entry| entry.path == "Chart.yaml")?.data;
    let value = yaml::decode(manifest).ok()?;
    let chart = value.as_map()?.get("name")?.value.as_text()?.to_str().into_owned();
    let within = |entry: Entry| Entry { path: format!("{folder}charts/{chart}/{}", entry.path), ..entry };
    Some(inside.into_iter().map(within).collect())
}
