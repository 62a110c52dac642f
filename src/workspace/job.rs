//! Work for the worker. Only files that changed travel: a large values file crosses once, not at each keystroke.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::{Content, Experiment, FilePath, Files, Origin, Settings};

/// An experiment to be analysed, told as the difference from the one before.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Job {
    /// Its number, which comes back with the answer.
    pub number: u32,
    settings: Settings,
    changed: Vec<(FilePath, Content)>,
    removed: Vec<FilePath>,
}

/// What the worker remembers between two jobs.
#[derive(Clone, Debug, Default)]
pub struct Desk {
    files: Files,
}

impl Job {
    /// The job that leads from what the worker has to `next`. A fresh worker has nothing.
    pub fn new(number: u32, before: Option<&Experiment>, next: &Experiment) -> Self {
        let nothing = Files::new();
        let old = before.map_or(&nothing, |experiment| &experiment.files);
        let is_news = |(path, content): &(&FilePath, &Content)| old.get(*path).is_none_or(|old| !old.is_same(content));
        let changed = next.files.iter().filter(is_news).map(|(path, content)| (path.clone(), content.clone()));
        let removed = old.keys().filter(|path| !next.files.contains_key(path)).cloned();
        Self { number, settings: next.settings.clone(), changed: changed.collect(), removed: removed.collect() }
    }
}

impl Desk {
    /// The experiment that a job asks for.
    pub fn take(&mut self, job: Job) -> Experiment {
        for path in &job.removed {
            self.files.remove(path);
        }
        self.files.extend(job.changed);
        Experiment { origin: Origin::Empty, files: Rc::new(self.files.clone()), settings: job.settings, open: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn experiment(files: &[(&str, &Content)]) -> Experiment {
        let entry = |&(path, content): &(&str, &Content)| (FilePath::parse(path).unwrap(), content.clone());
        Experiment { files: Rc::new(files.iter().map(entry).collect()), ..Experiment::default() }
    }

    #[test]
    fn the_worker_has_what_the_page_has_though_only_changes_travel() {
        let (large, small) = (Content::Text("x".repeat(100_000).into()), Content::Text("a: 1".into()));
        let binary = Content::from_bytes(&[0, 255, 3]);
        let steps = [
            experiment(&[("values.yaml", &large), ("templates/a.yaml", &small)]),
            experiment(&[("values.yaml", &large), ("templates/a.yaml", &Content::Text("a: 2".into())), ("b", &binary)]),
            experiment(&[("values.yaml", &large), ("b", &binary)]),
        ];
        let mut desk = Desk::default();
        let mut before = None;
        for (number, next) in (0..).zip(&steps) {
            let sent = serde_json::to_string(&Job::new(number, before, next)).unwrap();
            assert_eq!(sent.len() < 500, before.is_some(), "only the first job carries the large file");
            let got = desk.take(serde_json::from_str(&sent).unwrap());
            assert_eq!(got.files, next.files);
            before = Some(next);
        }
    }
}
