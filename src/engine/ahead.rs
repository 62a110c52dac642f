//! Parsing templates while the rest of the chart is still being read. That takes half of a rendering's time and needs
//! nothing but bytes: one thread parses what is read already. Not in the page, which has no threads.
//!
//! Nothing of it shows. A template that can't be parsed so is parsed again where its turn comes, and then tells why.

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread;

use super::functions::function_table;
use crate::helm::Helm;
use crate::template::Leaves;

/// Bytes that are worth a thread.
const WORTH_IT: usize = 48 << 10;

/// What the thread needs: blocks may be nested.
const STACK: usize = 64 << 20;

/// Templates that are parsed before anybody asks for them.
pub struct Ahead {
    helm: Helm,
    bytes: usize,
    desk: Arc<Desk>,
    is_running: bool,
}

/// What the two threads hand to each other.
#[derive(Default)]
struct Desk {
    papers: Mutex<Papers>,
    changed: Condvar,
}

#[derive(Default)]
struct Papers {
    /// Texts, by their paths.
    waiting: BTreeMap<String, Vec<u8>>,
    /// The one that is being parsed.
    at_hand: Option<String>,
    /// The thread waits.
    is_idle: bool,
    is_over: bool,
    done: BTreeMap<String, Parsed>,
}

/// What was made of a text.
struct Parsed {
    length: usize,
    leaves: Option<Leaves>,
}

impl Ahead {
    /// Nothing yet.
    pub fn new(helm: Helm) -> Self {
        Self { helm, bytes: 0, desk: Arc::default(), is_running: false }
    }

    /// Takes a file of a chart, which may be a template.
    pub fn add(&mut self, path: &str, data: &[u8]) {
        let is_template = path.starts_with("templates/") || path.contains("/templates/");
        if !is_template {
            return;
        }
        self.bytes += data.len();
        let Some(mut papers) = self.desk.papers() else { return };
        papers.waiting.insert(path.to_owned(), data.to_vec());
        if papers.is_idle {
            self.desk.changed.notify_all();
        }
        drop(papers);
        if self.bytes >= WORTH_IT && !self.is_running {
            self.start();
        }
    }

    fn start(&mut self) {
        let (desk, helm) = (Arc::clone(&self.desk), self.helm);
        let started = thread::Builder::new().stack_size(STACK).spawn(move || desk.work(helm));
        self.is_running = started.is_ok();
    }

    /// What was made of the template at a path, unless its text has another length by now: a byte order mark may have
    /// been taken away. From here on nobody else parses it.
    pub(super) fn take(&self, path: &str, text: &[u8]) -> Option<Leaves> {
        if !self.is_running {
            return None;
        }
        let mut papers = self.desk.papers()?;
        while papers.at_hand.as_deref() == Some(path) {
            papers = self.desk.changed.wait(papers).ok()?;
        }
        papers.waiting.remove(path);
        let Parsed { length, leaves } = papers.done.remove(path)?;
        leaves.filter(|_| length == text.len())
    }
}

impl Drop for Ahead {
    fn drop(&mut self) {
        if let Some(mut papers) = self.desk.papers() {
            papers.is_over = true;
            self.desk.changed.notify_all();
        }
    }
}

impl Desk {
    fn papers(&self) -> Option<MutexGuard<'_, Papers>> {
        self.papers.lock().ok()
    }

    /// Parses whatever comes.
    fn work(&self, helm: Helm) {
        let functions = function_table(helm);
        let mut done = None;
        while let Some(text) = self.next(done.take()) {
            done = Some(Parsed { length: text.len(), leaves: Leaves::of(&text, &functions) });
        }
    }

    /// Lays down what was made of the text at hand, and takes the next one.
    fn next(&self, done: Option<Parsed>) -> Option<Vec<u8>> {
        let mut papers = self.papers()?;
        if let (Some(path), Some(done)) = (papers.at_hand.take(), done) {
            papers.done.insert(path, done);
        }
        loop {
            if papers.is_over {
                return None;
            }
            if let Some((path, text)) = papers.waiting.pop_first() {
                papers.at_hand = Some(path);
                self.changed.notify_all();
                return Some(text);
            }
            papers.is_idle = true;
            self.changed.notify_all();
            papers = self.changed.wait(papers).ok()?;
            papers.is_idle = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{FileId, ReadsId};
    use crate::template::Source;
    use crate::value::Text;

    #[test]
    fn what_is_taken_is_what_would_be_parsed() {
        let mut ahead = Ahead::new(Helm::Four);
        let long = format!("{{{{ define \"x\" }}}}{}{{{{ end }}}}", "y".repeat(WORTH_IT));
        let files =
            [("templates/a", "{{ .Values.a }}"), ("charts/b/templates/b", "{{ nothing }}"), ("values.yaml", "a: 1")];
        for (path, text) in files.into_iter().chain([("templates/long", &*long)]) {
            ahead.add(path, text.as_bytes());
        }
        let took = |path: &str, text: &str| {
            // Whoever comes too early would parse it.
            let papers = ahead.desk.papers().expect("papers");
            drop(ahead.desk.changed.wait_while(papers, |papers| !papers.done.contains_key(path)));
            ahead.take(path, text.as_bytes())
        };
        let long = (took("templates/long", &long), Text::from(&*long));
        let parsed = long.0.and_then(|leaves| {
            leaves.bound("templates/long", Source::Dynamic(ReadsId::NONE), &long.1, Helm::Four).ok()
        });
        assert!(parsed.is_some_and(|parsed| parsed.is_of(Source::Dynamic(ReadsId::NONE), &long.1)));
        assert!(took("charts/b/templates/b", "{{ nothing }}").is_none());
        assert!(took("templates/a", "{{ .Values.aa }}").is_none(), "another text");
        assert!(ahead.take("values.yaml", b"a: 1").is_none());
    }

    #[test]
    fn a_text_that_defines_itself_is_told_when_its_name_is_known() {
        let functions = function_table(Helm::Four);
        let text = "{{ define \"n\" }}x{{ end }}y";
        let leaves = Leaves::of(text.as_bytes(), &functions).expect("a tree");
        let error = leaves.bound("n", Source::File(FileId(0)), &text.into(), Helm::Four).err();
        let error = error.map(|error| error.to_string());
        assert_eq!(error.as_deref(), Some("template: n:1: template: multiple definition of template \"n\""));
        let leaves = Leaves::of(text.as_bytes(), &functions).expect("a tree");
        assert!(leaves.bound("", Source::File(FileId(0)), &text.into(), Helm::Four).is_ok());
    }
}
