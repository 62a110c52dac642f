//! A draft: an experiment as a browser keeps it between two visits. What is in it is what is in a link, as JSON and
//! without a link's bounds; so drafts open as long as links do.

use std::rc::Rc;

use super::Shared;
use super::wire::Wire;
use crate::workspace::{Experiment, Origin};

/// By which a chart's draft is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftKey(String);

impl DraftKey {
    /// The key of an experiment's draft. A copy from a link has one of its own, so that it harms no other.
    pub fn of(experiment: &Experiment) -> Self {
        let (name, _) = experiment.chart_title();
        Self(match &experiment.origin {
            Origin::Sample(id) => format!("sample:{id}"),
            Origin::Brought | Origin::Empty => format!("own:{name}"),
            Origin::Link(_) => format!("copy:{name}"),
        })
    }

    /// The key that was written so.
    pub fn written(text: String) -> Self {
        Self(text)
    }

    /// The text of the key.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is a reader's own: not a copy out of a link.
    pub fn is_own(&self) -> bool {
        !self.0.starts_with("copy:")
    }

    /// What it is called in a list: `web, a sample`.
    pub fn title(&self) -> String {
        match self.0.split_once(':') {
            Some(("sample", id)) => format!("{id}, a sample"),
            Some(("copy", name)) => format!("{name}, from a link"),
            Some((_, name)) if !name.is_empty() => name.to_owned(),
            _ => "a chart without a name".to_owned(),
        }
    }

    /// Where the experiment of a draft comes from.
    fn origin(&self, sample: Option<Rc<str>>) -> Origin {
        match self.0.split_once(':') {
            Some(("sample", id)) => Origin::Sample(id.into()),
            Some(("own", _)) => Origin::Brought,
            _ => Origin::Link(sample),
        }
    }
}

/// The text of a draft.
pub fn write_draft(experiment: &Experiment) -> Option<String> {
    serde_json::to_string(&Wire::from(experiment)).ok()
}

/// The experiment of a draft; `None` where it can't be read.
pub fn read_draft(key: &DraftKey, text: &str) -> Option<Experiment> {
    let wire: Wire = serde_json::from_str(text).ok()?;
    let Shared { mut experiment, .. } = wire.unbounded().ok()?;
    let Origin::Link(sample) = experiment.origin else { return None };
    experiment.origin = key.origin(sample);
    Some(experiment)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::{Content, FilePath, Files, Settings, default_experiment};

    #[test]
    fn a_draft_comes_back_with_its_origin_however_large_it_is() {
        let many = (0..1500).map(|n| (FilePath::parse(&format!("files/{n}")).unwrap(), Content::Text("x".into())));
        let many: Files = many.collect();
        let own = Experiment::new(Origin::Brought, many, Settings::default());
        let copy = Experiment { origin: Origin::Link(Some("web".into())), ..default_experiment() };
        for experiment in [default_experiment(), own, copy] {
            let key = DraftKey::of(&experiment);
            let text = write_draft(&experiment).unwrap();
            assert_eq!(read_draft(&DraftKey::written(key.as_str().to_owned()), &text), Some(experiment));
        }
        assert_eq!(read_draft(&DraftKey::of(&default_experiment()), "{"), None);
    }

    #[test]
    fn charts_are_told_apart() {
        let web = default_experiment();
        let as_of = |origin| DraftKey::of(&Experiment { origin, ..web.clone() }).0;
        let keys = [as_of(Origin::Sample("web".into())), as_of(Origin::Brought), as_of(Origin::Link(None))];
        assert_eq!(keys, ["sample:web", "own:web", "copy:web"]);
        let titles = keys.map(|key| DraftKey::written(key).title());
        assert_eq!(titles, ["web, a sample", "web", "web, from a link"]);
    }
}
