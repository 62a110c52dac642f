//! How long charts take to render here, with and without their origins, how much memory origins take, how long it takes
//! to render them anew while one types, and how long the card takes that says why a word is there:
//! `render_times [--turns N] CHART…`. Part of `.ci/bench`.

use std::error::Error;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use chartroom::chart::{self, Capabilities, Log, Release};
use chartroom::engine::{self, Dialect, Record, Request, SchemaCheck};
use chartroom::source::Files;
use chartroom::template::{Limits, SeededWorld};
use chartroom::value::Map;
use chartroom::workspace::{
    self, Content, Experiment, FilePath, Memory, Origin, Outside, Question, Settings, Spot, Study,
};

/// Templates that include each other need more stack than a thread usually has.
const STACK: usize = 256 << 20;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    std::thread::Builder::new()
        .stack_size(STACK)
        .spawn(move || run(&args).map_err(|error| error.to_string()))?
        .join()
        .map_err(|_| "a rendering panicked")?
        .map_err(Into::into)
}

fn run(args: &[String]) -> Result<(), Box<dyn Error>> {
    match args {
        [flag, record, chart] if flag == "--peak" => {
            render(&request(chart, recorded(record))?);
            println!("{}", peak_kilobytes());
            Ok(())
        }
        [flag, turns, charts @ ..] if flag == "--turns" => {
            charts.iter().try_for_each(|chart| row(chart, turns.parse()?))
        }
        charts => charts.iter().try_for_each(|chart| row(chart, 30)),
    }
}

fn recorded(word: &str) -> Record {
    if word == "origins" { Record::Origins } else { Record::Nothing }
}

/// One chart: the medians of both, their ratio, and the memory of a process of its own for each.
fn row(chart: &str, turns: usize) -> Result<(), Box<dyn Error>> {
    let (mut plain, mut origins) = (Vec::new(), Vec::new());
    let (without, with) = (request(chart, Record::Nothing)?, request(chart, Record::Origins)?);
    for _ in 0..turns {
        plain.push(render(&without));
        origins.push(render(&with));
    }
    let (plain, origins) = (median(plain), median(origins));
    let peaks = [peak(chart, "nothing")?, peak(chart, "origins")?];
    let name = Path::new(chart).file_name().unwrap_or_default().to_string_lossy();
    println!(
        "{name:40} {plain:8.2} ms {origins:8.2} ms with origins, {:4.2} times as long; {} KB more of {}, for {} KB printed",
        origins / plain,
        peaks[1].saturating_sub(peaks[0]),
        peaks[0],
        printed(&with) / 1024
    );
    keystrokes(chart, &name, turns)?;
    cards(chart, &name)
}

/// How long the page's worker would take here at each keystroke in the chart's values.
fn keystrokes(chart: &str, name: &str, turns: usize) -> Result<(), Box<dyn Error>> {
    let mut files = workspace::Files::new();
    collect(Path::new(chart), Path::new(chart), &mut files)?;
    let mut values = files.get(&FilePath::values()).map(|content| content.bytes().to_vec()).unwrap_or_default();
    let (mut memory, mut times) = (Memory::default(), Vec::new());
    for _ in 0..turns {
        values.push(b'#');
        files.insert(FilePath::values(), Content::from_bytes(&values));
        let experiment = Experiment::new(Origin::Empty, files.clone(), Settings::default());
        let start = Instant::now();
        let study = Study::again(experiment, &Outside::default(), &mut memory);
        times.push(start.elapsed().as_secs_f64() * 1000.0);
        drop(study);
    }
    let first = times.first().copied().unwrap_or_default();
    println!("{name:40} anew at each keystroke: {:.2} ms, the first time {first:.2} ms", median(times));
    Ok(())
}

/// Words of an output that are asked about.
const WORDS: usize = 200;

/// How long the card takes for words all over the output, each asked about for the first time.
fn cards(chart: &str, name: &str) -> Result<(), Box<dyn Error>> {
    let mut files = workspace::Files::new();
    collect(Path::new(chart), Path::new(chart), &mut files)?;
    let experiment = Experiment::new(Origin::Empty, files, Settings::default());
    let (mut study, analysis) = Study::of(experiment, &Outside::default());
    let words: Vec<usize> = analysis.tints.iter().map(|tint| tint.0 as usize).collect();
    let step = (words.len() / WORDS).max(1);
    let mut times = Vec::new();
    for at in words.iter().step_by(step) {
        let start = Instant::now();
        study.answer(&Question::Why(Spot::Output(*at), None), None);
        times.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    let (first, worst) =
        (times.first().copied().unwrap_or_default(), times.iter().copied().skip(1).fold(0.0, f64::max));
    let bytes = analysis.output.len();
    let count = times.len();
    let median = median(times);
    println!(
        "{name:40} the card of {count} words of {bytes} bytes: median {median:.2} ms, worst {worst:.2} ms, the first {first:.2} ms"
    );
    Ok(())
}

/// The files of a folder, by their paths in it.
fn collect(root: &Path, folder: &Path, files: &mut workspace::Files) -> Result<(), Box<dyn Error>> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
        } else if let Ok(name) = FilePath::parse(&path.strip_prefix(root)?.to_string_lossy()) {
            files.insert(name, Content::from_bytes(&std::fs::read(&path)?));
        }
    }
    Ok(())
}

fn request(chart: &str, record: Record) -> Result<Request, Box<dyn Error>> {
    let (mut files, mut log) = (Files::new(), Log::new());
    let chart = chart::dir::load(chart, &mut files, &mut log)?;
    Ok(Request {
        chart,
        files,
        log,
        values: Map::new(),
        release: Release { name: "rel".to_owned(), ..Release::default() },
        capabilities: Capabilities::default(),
        schema: SchemaCheck::Done,
        limits: Limits::default(),
        record,
        dialect: Dialect::Jinja,
    })
}

/// The bytes of all documents.
fn printed(request: &Request) -> usize {
    let rendered = engine::render(request.clone(), &mut SeededWorld::new(0, 1)).result;
    rendered.map(|rendered| rendered.documents.iter().map(|document| document.text.len()).sum()).unwrap_or_default()
}

/// Renders a loaded chart; milliseconds.
fn render(request: &Request) -> f64 {
    let start = Instant::now();
    let rendering = engine::render(request.clone(), &mut SeededWorld::new(0, 1));
    let taken = start.elapsed().as_secs_f64() * 1000.0;
    if let Err(error) = rendering.result {
        eprintln!("{error}");
    }
    taken
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// The most memory that a process of its own had, in kilobytes.
fn peak(chart: &str, record: &str) -> Result<u64, Box<dyn Error>> {
    let output = Command::new(std::env::current_exe()?).args(["--peak", record, chart]).output()?;
    Ok(String::from_utf8(output.stdout)?.trim().parse()?)
}

/// What Linux says of this process; 0 elsewhere.
fn peak_kilobytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}
