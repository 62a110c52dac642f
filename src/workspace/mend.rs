//! What to write where so that a problem goes: an edit that the page offers.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::origins::Atlas;
use super::{Content, Experiment, FilePath};
use crate::lint::{Fix, hunks};

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
    range: Range<usize>,
    was: String,
    text: String,
    length: usize,
}

impl Mend {
    /// A fix as an edit of the chart on the page. `None` where it isn't one edit of a text.
    pub(super) fn of(fix: Fix, atlas: &Atlas, experiment: &Experiment) -> Option<Self> {
        let [edit] = fix.edits.as_slice() else { return None };
        let path = atlas.named(&edit.path)?;
        let file = experiment.file(&path).and_then(Content::text)?;
        let was = file.get(edit.range.clone())?.to_owned();
        let hunk = hunks(file, &fix.edits).into_iter().next()?;
        Some(Self {
            title: fix.title,
            path,
            line: u32::try_from(hunk.line).unwrap_or(u32::MAX),
            old: hunk.old,
            new: hunk.new,
            range: edit.range.clone(),
            was,
            text: edit.text.clone(),
            length: file.len(),
        })
    }

    /// The file as it reads then. `None` where it has changed since.
    pub fn applied(&self, experiment: &Experiment) -> Option<String> {
        let file = experiment.file(&self.path).and_then(Content::text)?;
        let is_same = file.len() == self.length && file.get(self.range.clone()) == Some(self.was.as_str());
        let (before, after) = (file.get(..self.range.start)?, file.get(self.range.end..)?);
        is_same.then(|| [before, &self.text, after].concat())
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
