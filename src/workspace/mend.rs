//! What to write where so that a problem goes: an edit that the page offers.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::origins::Atlas;
use super::{Content, Experiment, FilePath, Problem};
use crate::lint::{Edit, Fix, Way, hunks};

/// An edit of a file of the chart that mends a problem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mend {
    /// What it does, in a few words.
    pub title: String,
    /// The file.
    pub path: FilePath,
    /// The line of its first change, from 1.
    pub line: u32,
    /// The lines that go.
    pub old: Vec<String>,
    /// The lines that come.
    pub new: Vec<String>,
    /// In the order of the file; they don't touch each other.
    pieces: Vec<Piece>,
    length: usize,
}

/// A piece of the file, and what comes in its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Piece {
    range: Range<usize>,
    was: String,
    text: String,
}

impl Mend {
    /// A fix as an edit of the chart on the page. `None` where it isn't about one text of the chart.
    pub(super) fn of(fix: &Fix, atlas: &Atlas, experiment: &Experiment) -> Option<Self> {
        Self::of_edits(&fix.title, &fix.edits, atlas, experiment)
    }

    /// A way to mend what Helm stops at.
    pub(super) fn of_way(way: &Way, atlas: &Atlas, experiment: &Experiment) -> Option<Self> {
        Self::of_edits(&way.title, std::slice::from_ref(&way.edit), atlas, experiment)
    }

    fn of_edits(title: &str, edits: &[Edit], atlas: &Atlas, experiment: &Experiment) -> Option<Self> {
        let first = edits.first()?;
        let path = atlas.named(&first.path)?;
        let file = experiment.file(&path).and_then(Content::text)?;
        let piece = |edit: &Edit| {
            let was = file.get(edit.range.clone())?.to_owned();
            Some(Piece { range: edit.range.clone(), was, text: edit.text.clone() }).filter(|_| edit.path == first.path)
        };
        let mut pieces = edits.iter().map(piece).collect::<Option<Vec<_>>>()?;
        pieces.sort_by_key(|piece| (piece.range.start, piece.range.end));
        let is_apart = pieces.windows(2).all(|pair| matches!(pair, [a, b] if a.range.end <= b.range.start));
        let hunks = hunks(file, edits);
        let line = u32::try_from(hunks.first()?.line).unwrap_or(u32::MAX);
        let (old, new): (Vec<_>, Vec<_>) = hunks.into_iter().map(|hunk| (hunk.old, hunk.new)).unzip();
        let (old, new, title) = (old.concat(), new.concat(), title.to_owned());
        is_apart.then(|| Self { title, path, line, old, new, pieces, length: file.len() })
    }

    /// A comment that tells the linter to ignore a problem, in a line of its own above it. In a template it is one that
    /// prints nothing. `None` where the problem has no place, or no rule.
    pub fn ignoring(problem: &Problem, reason: &str, experiment: &Experiment) -> Option<Self> {
        let (rule, place) = (problem.rule.as_ref()?, problem.place.as_ref()?);
        let file = experiment.file(&place.path).and_then(Content::text)?;
        let start = file.get(..place.bytes.start)?.rfind('\n').map_or(0, |newline| newline + 1);
        let line = file.get(start..)?;
        let indent = line.get(..line.len() - line.trim_start_matches(' ').len())?;
        // What would end the comment goes.
        let reason = reason.replace("*/", "").split_whitespace().collect::<Vec<_>>().join(" ");
        let words = format!("lint-ignore: {rule} {reason}");
        let words = words.trim_end();
        let is_template = place.path.as_str().split('/').any(|folder| folder == "templates");
        let comment = if is_template { format!("{{{{- /* {words} */}}}}") } else { format!("# {words}") };
        let comment = format!("{indent}{comment}");
        Some(Self {
            title: format!("Ignore {rule}"),
            path: place.path.clone(),
            line: place.line,
            old: Vec::new(),
            new: vec![comment.clone()],
            pieces: vec![Piece { range: start..start, was: String::new(), text: format!("{comment}\n") }],
            length: file.len(),
        })
    }

    /// The file as it reads then. `None` where it has changed since.
    pub fn applied(&self, experiment: &Experiment) -> Option<String> {
        let file = experiment.file(&self.path).and_then(Content::text)?;
        let is_same = |piece: &Piece| file.get(piece.range.clone()) == Some(piece.was.as_str());
        if file.len() != self.length || !self.pieces.iter().all(is_same) {
            return None;
        }
        let (mut new, mut at) = (String::new(), 0);
        for Piece { range, text, .. } in &self.pieces {
            new.push_str(file.get(at..range.start)?);
            new.push_str(text);
            at = range.end;
        }
        new.push_str(file.get(at..)?);
        Some(new)
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::super::{Action, Outside, Workspace, analyze, default_experiment, reduce};
    use super::*;

    const POD: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  hostPID: true\n  containers:\n  - name: a\n    image: a:1\n    securityContext: {allowPrivilegeEscalation: {{ .Values.escalation }}}\n";

    fn start() -> Workspace {
        let mut experiment = default_experiment();
        let mut files = (*experiment.files).clone();
        files.insert(FilePath::parse("templates/a.yaml").unwrap(), Content::Text(POD.into()));
        let values = files.get(&FilePath::values()).and_then(Content::text).unwrap();
        let values = format!("escalation: true # for now\n{values}");
        files.insert(FilePath::values(), Content::Text(values.into()));
        experiment.files = Rc::new(files);
        Workspace::new(experiment)
    }

    fn mends(workspace: &Workspace) -> Vec<Mend> {
        let problems = analyze(&workspace.experiment, Outside::default()).problems;
        problems.into_iter().filter_map(|problem| problem.mend).collect()
    }

    #[test]
    fn what_is_to_be_ignored_is_set_aside_with_its_reason() {
        let mut workspace = Rc::new(start());
        let output = analyze(&workspace.experiment, Outside::default()).output;
        for rule in ["host-pid", "statefulset-missing-service-name", "chart-icon-missing"] {
            let problems = analyze(&workspace.experiment, Outside::default()).problems;
            let problem = problems.iter().find(|problem| problem.rule.as_deref() == Some(rule)).expect(rule);
            let mend = Mend::ignoring(problem, " because\nit must */ be ", &workspace.experiment).expect(rule);
            workspace = reduce(&workspace, Action::Mend(mend));
            let analysis = analyze(&workspace.experiment, Outside::default());
            assert!(analysis.problems.iter().all(|problem| problem.rule.as_deref() != Some(rule)), "{rule}");
            let ignored = analysis.ignored.iter().find(|ignored| ignored.problem.rule.as_deref() == Some(rule));
            assert_eq!(ignored.map(|ignored| ignored.reason.as_str()), Some("because it must be"), "{rule}");
            assert_eq!((analysis.unused.len(), &analysis.output), (0, &output), "{rule}");
        }
    }

    #[test]
    fn a_comment_that_ignores_nothing_is_told() {
        let workspace = start();
        let mut experiment = (*workspace.experiment).clone();
        let mut files = (*experiment.files).clone();
        let text = format!("# lint-ignore: docker-sock no reason\n{POD}");
        files.insert(FilePath::parse("templates/a.yaml").unwrap(), Content::Text(text.into()));
        experiment.files = Rc::new(files);
        let unused = analyze(&experiment, Outside::default()).unused;
        let told: Vec<_> =
            unused.iter().map(|unused| (unused.words.as_str(), unused.place.as_ref().map(|p| p.line))).collect();
        assert_eq!(told, [("the comment `lint-ignore: docker-sock no reason` suppresses nothing", Some(1))]);
    }

    #[test]
    fn a_mend_edits_the_template_or_the_value_and_is_one_step_of_undo() {
        let mut workspace = Rc::new(start());
        let begin = workspace.experiment.files.clone();
        for (title, line) in [("Remove hostPID", 5), ("Set allowPrivilegeEscalation to false", 1)] {
            let mend = mends(&workspace).into_iter().find(|mend| mend.title == title).expect(title);
            assert_eq!(mend.line, line);
            workspace = reduce(&workspace, Action::Mend(mend.clone()));
            assert!(mends(&workspace).iter().all(|other| other.title != title));
            // The same once more: the file has changed since.
            assert_eq!(reduce(&workspace, Action::Mend(mend)), workspace);
        }
        let text = |path: &str| {
            let path = FilePath::parse(path).unwrap();
            workspace.experiment.file(&path).and_then(Content::text).unwrap().to_string()
        };
        assert_eq!(text("templates/a.yaml"), POD.replace("  hostPID: true\n", ""));
        assert!(text("values.yaml").starts_with("escalation: false # for now\n"));
        let back = reduce(&reduce(&workspace, Action::Undo), Action::Undo);
        assert_eq!(back.experiment.files, begin);
    }
}
