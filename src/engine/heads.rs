//! The documents in what templates print, and what Helm reads of each.
//!
//! That takes a third of a rendering's time and needs nothing but bytes: where there are threads, one reads what is
//! printed already while templates go on.

use std::collections::BTreeMap;
use std::iter;
use std::mem;
use std::ops::Range;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

use crate::helm::Helm;
use crate::kube::{self, Head};
use crate::yaml;

/// The documents in a text, by their bytes, each with what Helm reads of it, or why it can't.
pub(super) type Pieces = Vec<(Range<usize>, Result<Head, String>)>;

/// The documents of templates, by their names.
pub(super) type Read = BTreeMap<String, Pieces>;

/// Cuts a text into documents, and reads them.
pub(super) fn pieces(text: &[u8], helm: Helm) -> Pieces {
    let read = |range: Range<usize>| {
        let head = head(text.get(range.clone()).unwrap_or_default(), helm);
        (range, head)
    };
    kube::split(text, helm).into_iter().map(read).collect()
}

/// Reads what Helm reads of a document.
fn head(text: &[u8], helm: Helm) -> Result<Head, String> {
    let value = yaml::decode(text).map_err(|error| error.to_string())?;
    Head::read(&value).map_err(|error| {
        // Helm 3 has the type in another package.
        let error = match error.strip_suffix("util.SimpleHead") {
            Some(before) if helm.is_three() => format!("{before}releaseutil.SimpleHead"),
            _ => error,
        };
        format!("error unmarshaling JSON: while decoding JSON: {error}")
    })
}

/// Bytes that are worth a thread.
const WORTH_IT: usize = 32 << 10;

/// What one thread of its own needs: YAML may be nested.
const STACK: usize = 64 << 20;

type Job = (String, Vec<u8>);

/// Reads what is printed, beside those who print.
pub(super) struct Reader {
    helm: Helm,
    /// What waits until there is enough of it.
    waiting: Vec<Job>,
    bytes: usize,
    running: Option<Running>,
}

impl Reader {
    /// A reader that has nothing to do yet.
    pub fn new(helm: Helm) -> Self {
        Self { helm, waiting: Vec::new(), bytes: 0, running: None }
    }

    /// Takes what a template printed.
    pub fn add(&mut self, name: &str, text: &[u8]) {
        if cfg!(target_family = "wasm") {
            return;
        }
        self.bytes += text.len();
        self.waiting.push((name.to_owned(), text.to_vec()));
        if self.bytes >= WORTH_IT && self.running.is_none() {
            self.running = start(self.helm);
        }
        if let Some(running) = &self.running {
            for job in mem::take(&mut self.waiting) {
                // Whoever is gone has read nothing; then it is read later.
                let _ = running.sender.send(job);
            }
        }
    }

    /// What was read. Nothing where it wasn't worth a thread.
    pub fn finish(self) -> Read {
        let Some(Running { sender, jobs, reading }) = self.running else { return Read::new() };
        drop(sender);
        // Whoever printed has nothing else to do any more.
        let mut read = read_all(&jobs, self.helm);
        read.extend(reading.join().unwrap_or_default());
        read
    }
}

/// What waits to be read: whoever has nothing to do takes the next.
type Jobs = Arc<Mutex<Receiver<Job>>>;

/// The thread that reads.
struct Running {
    sender: Sender<Job>,
    jobs: Jobs,
    reading: JoinHandle<Read>,
}

fn read_all(jobs: &Jobs, helm: Helm) -> Read {
    let next = || jobs.lock().ok().and_then(|jobs| jobs.recv().ok());
    iter::from_fn(next).map(|(name, text)| (name, pieces(&text, helm))).collect()
}

fn start(helm: Helm) -> Option<Running> {
    let (sender, jobs) = mpsc::channel::<Job>();
    let jobs = Arc::new(Mutex::new(jobs));
    let own = Arc::clone(&jobs);
    let reading = thread::Builder::new().stack_size(STACK).spawn(move || read_all(&own, helm)).ok()?;
    Some(Running { sender, jobs, reading })
}
