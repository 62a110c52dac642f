//! What the linter wants to know of a rendering and that takes about as long as the rendering took: found out a piece at
//! a time, so that nobody who types waits for more than one, and kept as long as the rendering is.

use std::rc::Rc;

use super::Study;
use super::check::config;
use crate::lint::Further;

impl Study {
    /// Finds out a piece more: at most one rendering. Whether something is left then.
    pub fn find_out(&mut self) -> bool {
        let Some(further) = self.wanted().first().copied() else { return false };
        if further == Further::Readers {
            self.table();
        } else {
            self.render_otherwise(further);
        }
        !self.wanted().is_empty()
    }

    /// The rules that were not run yet, for want of what they want to know.
    pub(super) fn awaited(&self) -> Vec<String> {
        self.wanted().into_iter().map(|further| further.rule().to_owned()).collect()
    }

    fn wanted(&self) -> Vec<Further> {
        // In a rendering with holes nothing of it can be told.
        if self.printed.is_none() || !self.stops.is_empty() {
            return Vec::new();
        }
        let (config, _) = config(&self.experiment, &self.outside);
        let is_open = |further: &Further| match further {
            Further::Readers => self.table.get().is_none(),
            further => !self.inquiry.knows(*further),
        };
        Further::ALL.into_iter().filter(|further| further.is_wanted(&config) && is_open(further)).collect()
    }

    fn render_otherwise(&mut self, further: Further) -> Option<()> {
        let inputs = Rc::clone(&self.inputs()?.0);
        let Self { inquiry, world, request: Some((request, _)), rendering: Some(rendering), .. } = self else {
            return None;
        };
        let rendered = rendering.result.as_ref().ok()?;
        inquiry.go_on(further, (request, &rendered.documents), &inputs, world);
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Content, Experiment, FilePath, Origin, Outside, Settings};
    use super::*;

    const MAP: &str =
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: fixed}\ndata: {at: {{ now | unixEpoch | quote }}}\n";

    fn study() -> Study {
        let files = [
            ("Chart.yaml", "apiVersion: v2\nname: web\nversion: 0.1.0\n"),
            ("values.yaml", "unread: 1\n"),
            ("templates/map.yaml", MAP),
        ];
        let entry = |(path, text): (&str, &str)| (FilePath::parse(path).unwrap(), Content::Text(text.into()));
        let files = files.into_iter().map(entry).collect();
        Study::of(Experiment::new(Origin::Empty, files, Settings::default()), &Outside::default()).0
    }

    #[test]
    fn what_takes_long_comes_piece_by_piece_after_all_other_findings() {
        let rules = |study: &mut Study| {
            let checked = study.check(&Outside::default(), None);
            let found: Vec<_> = checked.findings.into_iter().filter_map(|problem| problem.rule).collect();
            (found, checked.awaited)
        };
        let mut study = study();
        let (found, awaited) = rules(&mut study);
        assert_eq!(found, ["chart-icon-missing"]);
        assert_eq!(awaited, ["unused-value", "hard-coded-name", "nondeterministic-output"]);
        let mut pieces = 1;
        while study.find_out() {
            pieces += 1;
        }
        assert_eq!(pieces, 4, "the values, another release, and two upgrades");
        let (found, awaited) = rules(&mut study);
        assert_eq!(found.iter().filter(|rule| Further::ALL.iter().any(|further| further.rule() == *rule)).count(), 3);
        assert_eq!(awaited, [""; 0]);
        assert!(!study.find_out(), "all is kept");
    }
}
