//! An edit tried before it is made: with it everything is rendered and checked again.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::{Analysis, Content, Experiment, Mend, Outcome, Outside, Problem, analyze};

/// What an edit would do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trial {
    /// How many problems go.
    pub gone: usize,
    /// The problems that come, each in its own words.
    pub come: Vec<String>,
    /// How many lines of the output are others then, or gone.
    pub lines: usize,
    /// Whether Helm still gets through.
    pub outcome: Outcome,
}

impl Trial {
    /// Whether it does what it should: something goes and nothing comes.
    pub fn is_sure(&self) -> bool {
        self.gone > 0 && self.come.is_empty() && self.outcome == Outcome::Rendered
    }
}

/// Tries an edit. `None` where the file has changed since.
pub(super) fn trial(mend: &Mend, experiment: &Experiment, outside: &Outside) -> Option<Trial> {
    let text = mend.applied(experiment)?;
    let before = analyze(experiment, outside.clone());
    let mut files = (*experiment.files).clone();
    files.insert(mend.path.clone(), Content::Text(text.into()));
    let after = analyze(&Experiment { files: Rc::new(files), ..experiment.clone() }, outside.clone());
    Some(compared(&before, &after))
}

fn compared(before: &Analysis, after: &Analysis) -> Trial {
    let (old, new) = (counted(before), counted(after));
    let of = |counts: &Counts, key: &Key| counts.get(key).copied().unwrap_or_default();
    let is_fresh = |problem: &&Problem| of(&new, &key(problem)) > of(&old, &key(problem));
    Trial {
        gone: old.iter().map(|(key, count)| count.saturating_sub(of(&new, key))).sum(),
        come: after.problems.iter().filter(is_fresh).map(|problem| problem.message.clone()).collect(),
        lines: differing(&before.output, &after.output),
        outcome: after.outcome,
    }
}

/// A problem whatever its line is, and whatever its words say of others: rule and document.
type Key<'a> = (Option<&'a str>, Option<&'a str>);
type Counts<'a> = BTreeMap<Key<'a>, usize>;

fn counted(analysis: &Analysis) -> Counts<'_> {
    let mut counts = Counts::new();
    for problem in &analysis.problems {
        *counts.entry(key(problem)).or_default() += 1;
    }
    counts
}

fn key(problem: &Problem) -> Key<'_> {
    (problem.rule.as_deref(), problem.document.as_deref())
}

/// The lines of one text that the other doesn't have.
fn differing(before: &str, after: &str) -> usize {
    let mut counts = BTreeMap::<&str, usize>::new();
    for line in after.lines() {
        *counts.entry(line).or_default() += 1;
    }
    let mut left = 0;
    for line in before.lines() {
        match counts.get_mut(line).filter(|count| **count > 0) {
            Some(count) => *count -= 1,
            None => left += 1,
        }
    }
    left
}
