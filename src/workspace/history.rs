//! What can be taken back. One history for all files and settings, so that undo walks back through the work in the
//! order in which it was done.
//!
//! Typing a word is one step, not one per letter: edits of one file are drawn together until a line ends or the run
//! gets long. Old steps are forgotten when the texts they hold get too large.

use std::mem::Discriminant;
use std::rc::Rc;

use super::{Experiment, FilePath, Setting};

/// What was before, and what will be again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    past: Vec<Step>,
    future: Vec<Step>,
}

/// A state one can go back to.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Step {
    experiment: Rc<Experiment>,
    /// What was written in, leaving this state.
    subject: Option<Subject>,
    /// Edits drawn together in this step.
    edits: u32,
    /// Bytes that this step keeps alive beside the others.
    cost: usize,
}

/// What one writes in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// A file.
    File(FilePath),
    /// A setting.
    Setting(Discriminant<Setting>),
    /// An argument among the layers of values, by its place.
    Layer(usize),
}

/// How an edit goes on from the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stroke {
    /// Another letter.
    Continues,
    /// A new line, a paste, a jump.
    Starts,
}

impl History {
    const MOST_STEPS: usize = 300;
    const MOST_BYTES: usize = 48 << 20;
    const LONGEST_RUN: u32 = 24;

    /// Whether there is something to take back.
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether there is something to do again.
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }

    /// The file that undo would change, where it is one.
    pub fn undoes(&self) -> Option<&FilePath> {
        self.past.last().and_then(Step::file)
    }

    /// The file that redo would change, where it is one.
    pub fn redoes(&self) -> Option<&FilePath> {
        self.future.last().and_then(Step::file)
    }

    /// The history after somebody wrote in something.
    pub(super) fn after_edit(&self, before: &Rc<Experiment>, subject: Subject, stroke: Stroke) -> Self {
        let mut next = Self { past: self.past.clone(), future: Vec::new() };
        let is_newest = self.future.is_empty();
        if let Some(last) = next.past.last_mut().filter(|last| is_newest && continues(last, &subject, stroke)) {
            last.edits += 1;
            return next;
        }
        let cost = match &subject {
            Subject::File(path) => before.file(path).map_or(0, super::Content::len),
            Subject::Setting(_) | Subject::Layer(_) => 0,
        };
        next.push(Step { experiment: Rc::clone(before), subject: Some(subject), edits: 1, cost });
        next
    }

    /// The history after a change of anything else.
    pub(super) fn after_change(&self, before: &Rc<Experiment>, cost: usize) -> Self {
        let mut next = Self { past: self.past.clone(), future: Vec::new() };
        next.push(Step { experiment: Rc::clone(before), subject: None, edits: 1, cost });
        next
    }

    /// The state before the last change, the file it was in, and the history from there.
    pub(super) fn undo(&self, now: &Rc<Experiment>) -> Option<(Rc<Experiment>, Option<FilePath>, Self)> {
        let mut next = self.clone();
        let step = next.past.pop()?;
        next.future.push(Step { experiment: Rc::clone(now), ..step.clone() });
        Some((Rc::clone(&step.experiment), step.file().cloned(), next))
    }

    /// The state before the last undo, the file it was in, and the history from there.
    pub(super) fn redo(&self, now: &Rc<Experiment>) -> Option<(Rc<Experiment>, Option<FilePath>, Self)> {
        let mut next = self.clone();
        let step = next.future.pop()?;
        next.past.push(Step { experiment: Rc::clone(now), ..step.clone() });
        Some((Rc::clone(&step.experiment), step.file().cloned(), next))
    }

    fn push(&mut self, step: Step) {
        self.past.push(step);
        let mut bytes: usize = self.past.iter().map(|step| step.cost).sum();
        let mut forgotten = self.past.len().saturating_sub(Self::MOST_STEPS);
        for step in self.past.iter().skip(forgotten) {
            if bytes <= Self::MOST_BYTES {
                break;
            }
            bytes = bytes.saturating_sub(step.cost);
            forgotten += 1;
        }
        self.past.drain(..forgotten.min(self.past.len().saturating_sub(1)));
    }
}

impl Step {
    fn file(&self) -> Option<&FilePath> {
        match &self.subject {
            Some(Subject::File(path)) => Some(path),
            _ => None,
        }
    }
}

fn continues(last: &Step, subject: &Subject, stroke: Stroke) -> bool {
    stroke == Stroke::Continues && last.subject.as_ref() == Some(subject) && last.edits < History::LONGEST_RUN
}
