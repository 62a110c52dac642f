//! Ends a process that takes too much memory or time.
//!
//! minijinja counts the steps of a template, not what a step builds: `{% set x = x ~ x %}` doubles a text with each, and
//! a list of lists may have more items than anybody can count. So charts with templates of the Jinja dialect are watched.
//! (The page ends its worker instead.)

use std::fs;
use std::process;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use crate::chart::Chart;
use crate::jinja::is_jinja;

/// Bytes of memory that may be taken.
const MEMORY: u64 = 2 << 30;
/// How long it may take.
const TIME: Duration = Duration::from_secs(30);
/// How often one looks.
const INTERVAL: Duration = Duration::from_millis(10);
/// Memory is counted in pages.
const PAGE: u64 = 4096;

/// Watches this process until it is dropped.
#[derive(Clone, Debug)]
pub struct Watch {
    _running: Sender<()>,
}

impl Watch {
    /// Begins to watch. Where there can be no further thread nobody does.
    pub(super) fn begin() -> Option<Self> {
        let (running, ended) = mpsc::channel::<()>();
        let begin = Instant::now();
        let watch = move || {
            while ended.recv_timeout(INTERVAL) == Err(RecvTimeoutError::Timeout) {
                if let Some(why) = complaint(resident().unwrap_or_default(), begin.elapsed()) {
                    eprintln!("Error: {why}");
                    process::exit(1);
                }
            }
        };
        thread::Builder::new().spawn(watch).ok().map(|_| Self { _running: running })
    }
}

/// Whether a chart or one in it has a template of the dialect.
pub(super) fn has_jinja(chart: &Chart) -> bool {
    chart.templates.iter().any(|file| is_jinja(&file.name)) || chart.dependencies.iter().any(has_jinja)
}

/// Which limit was reached.
fn complaint(memory: u64, time: Duration) -> Option<String> {
    let what = if memory > MEMORY {
        format!("{MEMORY} bytes of memory")
    } else if time > TIME {
        format!("{} seconds", TIME.as_secs())
    } else {
        return None;
    };
    Some(format!("stopped at {what}: templates of the Jinja dialect took too much"))
}

/// The memory of this process, where the system tells.
fn resident() -> Option<u64> {
    let told = fs::read_to_string("/proc/self/statm").ok()?;
    told.split_whitespace().nth(1)?.parse().ok().map(|pages: u64| pages * PAGE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_that_was_reached_is_named() {
        assert_eq!(complaint(MEMORY, TIME), None);
        let memory = "stopped at 2147483648 bytes of memory: templates of the Jinja dialect took too much";
        assert_eq!(complaint(MEMORY + 1, Duration::ZERO).as_deref(), Some(memory));
        let time = "stopped at 30 seconds: templates of the Jinja dialect took too much";
        assert_eq!(complaint(0, TIME + INTERVAL).as_deref(), Some(time));
        assert!(resident().is_none_or(|bytes| bytes > 0));
    }
}
