//! What the page shows of the analyses: the newest, and the last good output, which stays while there is an error.

use std::fmt;
use std::rc::Rc;

use super::{Analysis, Checked, Document, Outcome, Problem};
use crate::source::Severity;

/// The newest analysis and the last that gave an output. Both are the same while all is well.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// The newest: its problems are the ones to list.
    pub now: Option<Rc<Analysis>>,
    /// The last one with an output, of the same chart.
    pub good: Option<Rc<Analysis>>,
    /// Counts the analyses. What the linter says later is not another one.
    pub round: u32,
    generation: u32,
}

/// Problems by severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Notes.
    pub notes: usize,
}

impl Shown {
    /// What is shown after another analysis, of the chart opened as the `generation`th.
    #[must_use]
    pub fn after(&self, analysis: Analysis, generation: u32) -> Self {
        let is_same = self.generation == generation;
        let analysis = match self.good.as_ref().filter(|_| is_same) {
            Some(before) => with_old(analysis, before),
            None => analysis,
        };
        let analysis = Rc::new(match self.looked_at().filter(|_| is_same) {
            Some(before) => analysis.until_checked(before),
            None => analysis,
        });
        let good = match analysis.outcome {
            Outcome::Rendered | Outcome::Stopped => Some(Rc::clone(&analysis)),
            Outcome::Failed => self.good.clone().filter(|_| is_same),
        };
        Self { now: Some(analysis), good, round: self.round.wrapping_add(1), generation }
    }

    /// What is shown when the linter has looked at the newest, of the chart opened as the `generation`th.
    #[must_use]
    pub fn checked(&self, checked: Checked, generation: u32) -> Self {
        let Some(now) = self.now.as_ref().filter(|_| self.generation == generation) else { return self.clone() };
        let is_good = self.good.as_ref().is_some_and(|good| Rc::ptr_eq(good, now));
        let analysis = Rc::new(Analysis::clone(now).checked(checked));
        let good = if is_good { Some(Rc::clone(&analysis)) } else { self.good.clone() };
        Self { now: Some(analysis), good, ..*self }
    }

    /// The one whose findings stay until the linter has looked again: in what Helm refuses it finds nothing, and while one
    /// types that is half of the time.
    fn looked_at(&self) -> Option<&Rc<Analysis>> {
        let is_refused = self.now.as_ref().is_some_and(|now| now.outcome == Outcome::Failed);
        if is_refused { self.good.as_ref().or(self.now.as_ref()) } else { self.now.as_ref() }
    }

    /// Whether the linter has looked at the newest.
    pub fn is_checked(&self) -> bool {
        self.now.as_ref().is_none_or(|now| now.is_checked)
    }

    /// The error because of which the output shown is an old one.
    pub fn old_because(&self) -> Option<&Problem> {
        let now = self.now.as_ref().filter(|now| now.outcome == Outcome::Failed)?;
        self.good.as_ref()?;
        now.problems.iter().find(|problem| problem.severity == Severity::Error)
    }

    /// The problems to list.
    pub fn problems(&self) -> &[Problem] {
        self.now.as_ref().map(|now| now.problems.as_slice()).unwrap_or_default()
    }

    /// How many there are.
    pub fn counts(&self) -> Counts {
        let of = |severity| self.problems().iter().filter(|problem| problem.severity == severity).count();
        Counts { errors: of(Severity::Error), warnings: of(Severity::Warning), notes: of(Severity::Note) }
    }
}

/// What a template printed before it broke stays, behind all that is new.
fn with_old(mut analysis: Analysis, before: &Analysis) -> Analysis {
    if analysis.broken.is_empty() {
        return analysis;
    }
    let lines: Vec<&str> = before.output.split_inclusive('\n').collect();
    let is_broken = |document: &&Document| document.source.as_ref().is_some_and(|own| analysis.broken.contains(own));
    let old: Vec<Document> = before.documents.iter().filter(is_broken).cloned().collect();
    for document in old {
        let range = document.lines.start as usize..document.lines.end as usize;
        let start = u32::try_from(analysis.output.lines().count()).unwrap_or(u32::MAX);
        let end = start + (document.lines.end - document.lines.start);
        if !analysis.output.is_empty() && !analysis.output.ends_with('\n') {
            analysis.output.push('\n');
        }
        analysis.output.extend(lines.get(range).unwrap_or_default().iter().copied());
        analysis.documents.push(Document { lines: start..end, is_old: true, ..document });
    }
    analysis
}

/// `1 error, 2 warnings`; `No problems` where there are none.
impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of = [(self.errors, "error"), (self.warnings, "warning"), (self.notes, "note")];
        let mut parts = of.iter().filter(|(count, _)| *count > 0).peekable();
        if parts.peek().is_none() {
            return f.write_str("No problems");
        }
        while let Some((count, word)) = parts.next() {
            let (plural, comma) = (if *count == 1 { "" } else { "s" }, if parts.peek().is_some() { ", " } else { "" });
            write!(f, "{count} {word}{plural}{comma}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn good(output: &str) -> Analysis {
        Analysis { output: output.into(), ..Analysis::default() }
    }

    #[test]
    fn the_last_good_output_stays_and_is_known_to_be_old() {
        let broken = || Analysis::failed(Problem::error("no"));
        let shown = Shown::default().after(good("a"), 0).after(broken(), 0).after(broken(), 0);
        assert_eq!(shown.good.as_ref().map(|good| good.output.as_str()), Some("a"));
        assert_eq!(shown.old_because().map(|problem| problem.message.as_str()), Some("no"));
        assert_eq!(shown.after(good("b"), 0).old_because(), None);
        let other_chart = shown.after(broken(), 1);
        assert_eq!((other_chart.good.clone(), other_chart.old_because()), (None, None));
    }

    #[test]
    fn findings_stay_until_the_linter_has_looked_again() {
        let finding = |message: &str| Problem { is_found: true, ..Problem::error(message) };
        let checked = |message: &str| Checked { findings: vec![finding(message)], ..Checked::default() };
        let told = |shown: &Shown| shown.problems().iter().map(|problem| problem.message.clone()).collect::<Vec<_>>();
        let helms = || Analysis { problems: vec![Problem::error("Helm's")], ..good("a") };
        let first = Shown::default().after(helms(), 0).checked(checked("old"), 0);
        assert_eq!((told(&first), first.is_checked()), (vec!["Helm's".to_owned(), "old".to_owned()], true));
        let next = first.after(good("b"), 0);
        assert_eq!((told(&next), next.is_checked()), (vec!["old".to_owned()], false));
        assert_eq!(told(&next.checked(checked("new"), 0)), ["new"]);
        assert_eq!(told(&first.after(good("b"), 1)), [""; 0], "another chart begins anew");
        let refused = first.after(Analysis::failed(Problem::error("no")), 0);
        assert_eq!(told(&refused), ["no"]);
        assert_eq!(told(&refused.after(good("b"), 0)), ["old"]);
    }

    #[test]
    fn findings_of_rules_that_are_still_to_run_stay_until_they_have() {
        let of_rule = |rule: &str, message: &str| Problem { rule: Some(rule.into()), ..Problem::error(message) };
        let told = |shown: &Shown| shown.problems().iter().map(|problem| problem.message.clone()).collect::<Vec<_>>();
        let both = vec![of_rule("quick", "old quick"), of_rule("slow", "old slow")];
        let first = Shown::default().after(good("a"), 0).checked(Checked { findings: both, ..Checked::default() }, 0);
        let (findings, awaited) = (vec![of_rule("quick", "new quick")], vec!["slow".to_owned()]);
        let half = first.after(good("b"), 0).checked(Checked { findings, awaited, ..Checked::default() }, 0);
        assert_eq!((told(&half), half.is_checked()), (vec!["old slow".to_owned(), "new quick".to_owned()], false));
        let whole = half.checked(Checked { findings: vec![of_rule("quick", "new quick")], ..Checked::default() }, 0);
        assert_eq!((told(&whole), whole.is_checked()), (vec!["new quick".to_owned()], true));
    }

    #[test]
    fn counts_are_told_in_words() {
        let counts = |errors, warnings, notes| Counts { errors, warnings, notes }.to_string();
        assert_eq!(counts(1, 2, 0), "1 error, 2 warnings");
        assert_eq!(counts(0, 0, 1), "1 note");
        assert_eq!(counts(0, 0, 0), "No problems");
    }
}
