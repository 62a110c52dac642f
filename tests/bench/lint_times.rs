//! How long all rules take over what a chart renders to: `lint_times [--turns N] CHART…`. Part of `.ci/bench`.
//!
//! Reading the documents and finding out what connects them is in the time; rendering isn't. Then come the rules that
//! take longest by themselves.

use std::error::Error;
use std::path::Path;
use std::time::Instant;

use chartroom::chart::{self, Capabilities, Log, Overrides, Release};
use chartroom::cli::kubernetes_schemas;
use chartroom::engine::{Dialect, Record, Request, SchemaCheck};
use chartroom::lint::{Activation, Config, Examined, RULES, check_chart, examine};
use chartroom::source::Files;
use chartroom::template::{Limits, SeededWorld};
use chartroom::value::Map;

/// Templates that include each other need more stack than a thread usually has.
const STACK: usize = 256 << 20;
/// Of the rules no more are shown.
const SLOWEST: usize = 8;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    std::thread::Builder::new()
        .stack_size(STACK)
        .spawn(move || run(&args).map_err(|error| error.to_string()))?
        .join()
        .map_err(|_| "a rule panicked")?
        .map_err(Into::into)
}

fn run(args: &[String]) -> Result<(), Box<dyn Error>> {
    let (turns, charts) = match args {
        [flag, turns, charts @ ..] if flag == "--turns" => (turns.parse()?, charts),
        charts => (30, charts),
    };
    charts.iter().try_for_each(|chart| row(chart, turns))
}

fn row(chart: &str, turns: usize) -> Result<(), Box<dyn Error>> {
    let examined = examine(request(chart)?, &Overrides::default(), &mut SeededWorld::new(0, 1));
    let all = config(None);
    let documents = examined.sources().documents.len();
    let name = Path::new(chart).file_name().unwrap_or_default().to_string_lossy();
    println!("{name:40} {:8.2} ms for {documents} documents", time(&examined, &all, turns));
    let nothing = time(&examined, &config(Some("")), turns);
    println!("    {nothing:8.2} ms of them for reading");
    let single = |rule: &str| (time(&examined, &config(Some(rule)), turns.div_ceil(5)) - nothing).max(0.0);
    let mut rules: Vec<(f64, &str)> = RULES.iter().map(|rule| (single(rule.id), rule.id)).collect();
    rules.sort_by(|a, b| b.0.total_cmp(&a.0));
    rules.iter().take(SLOWEST).for_each(|(time, rule)| println!("    {time:8.2} ms {rule}"));
    Ok(())
}

/// All rules that are on by themselves, or only one.
fn config(only: Option<&str>) -> Config {
    let off = |id: &str| if only == Some(id) { Activation::On } else { Activation::Off };
    let activation = only.map(|_| RULES.iter().map(|rule| (rule.id.to_owned(), off(rule.id))).collect());
    Config { schemas: kubernetes_schemas(), activation: activation.unwrap_or_default(), ..Config::default() }
}

/// The fastest of all turns, in milliseconds: what else the machine does is not in it.
fn time(examined: &Examined, config: &Config, turns: usize) -> f64 {
    let mut times: Vec<f64> = (0..turns.max(1))
        .map(|_| {
            let start = Instant::now();
            std::hint::black_box(check_chart(&examined.sources(), &examined.background, config));
            start.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times.first().copied().unwrap_or_default()
}

fn request(chart: &str) -> Result<Request, Box<dyn Error>> {
    let (mut files, mut log) = (Files::new(), Log::new());
    let chart = chart::dir::load(chart, &mut files, &mut log)?;
    let (values, release, capabilities) = (Map::new(), Release::default(), Capabilities::default());
    let (schema, limits, record, dialect) = (SchemaCheck::Done, Limits::default(), Record::Origins, Dialect::Jinja);
    Ok(Request { chart, files, log, values, release, capabilities, schema, limits, record, dialect })
}
