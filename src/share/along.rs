//! What goes along with a link: whoever shares chooses.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::{Shared, View};
use crate::lint::SETTINGS_FILES;
use crate::workspace::{Experiment, FilePath, Settings};

/// Something that can go along, or stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Of the files, only what differs from the sample; without it, every file.
    Changes,
    /// The release, the namespace and the other settings.
    Settings,
    /// The layers of values.
    Layers,
    /// What changes are told from.
    Baseline,
    /// The linter's settings.
    LintSettings,
    /// What is pinned.
    Pin,
    /// The open tab.
    Tab,
}

/// What goes along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Along(BTreeSet<Part>);

impl Default for Along {
    /// The experiment; not how it is looked at.
    fn default() -> Self {
        Self([Part::Changes, Part::Settings, Part::Layers, Part::LintSettings].into())
    }
}

impl Part {
    /// All of them, as they are offered.
    pub const ALL: [Self; 7] =
        [Self::Changes, Self::Settings, Self::Layers, Self::Baseline, Self::LintSettings, Self::Pin, Self::Tab];

    /// Whether there is such a thing.
    pub fn is_in(self, all: &Shared, sample: Option<&Experiment>) -> bool {
        let settings = &all.experiment.settings;
        match self {
            Self::Changes => sample.is_some(),
            Self::Settings => settings.of_another_chart() != plain(sample),
            Self::Layers => !settings.layers.is_empty() || all.experiment.files.keys().any(FilePath::is_beside),
            Self::Baseline => all.baseline.as_ref().is_some_and(|baseline| !is_same(baseline, &all.experiment)),
            Self::LintSettings => all.experiment.files.keys().any(is_lint_settings),
            Self::Pin => all.view.pin.is_some(),
            Self::Tab => all.view.tab.is_some(),
        }
    }
}

impl Along {
    /// Whether it goes along.
    pub fn has(&self, part: Part) -> bool {
        self.0.contains(&part)
    }

    /// The same, but for one part that goes along or stays.
    #[must_use]
    pub fn with(&self, part: Part, goes: bool) -> Self {
        let mut parts = self.0.clone();
        if goes {
            parts.insert(part);
        } else {
            parts.remove(&part);
        }
        Self(parts)
    }

    /// What of it all is shared.
    pub fn of(&self, all: &Shared, sample: Option<&Experiment>) -> Shared {
        let baseline = all.baseline.as_ref().filter(|_| self.has(Part::Baseline));
        let view = View {
            tab: all.view.tab.clone().filter(|_| self.has(Part::Tab)),
            pin: all.view.pin.clone().filter(|_| self.has(Part::Pin)),
        };
        let experiment = self.cut(&all.experiment, sample);
        let baseline = baseline.map(|baseline| self.cut(baseline, sample));
        Shared { baseline: baseline.filter(|baseline| !is_same(baseline, &experiment)), experiment, view }
    }

    /// An experiment without what stays.
    fn cut(&self, experiment: &Experiment, sample: Option<&Experiment>) -> Experiment {
        let mut settings = if self.has(Part::Settings) { experiment.settings.clone() } else { plain(sample) };
        settings.layers = if self.has(Part::Layers) { Rc::clone(&experiment.settings.layers) } else { Rc::default() };
        let stays = |path: &FilePath| {
            (path.is_beside() && !self.has(Part::Layers)) || (is_lint_settings(path) && !self.has(Part::LintSettings))
        };
        let files = experiment.files.iter().filter(|(path, _)| !stays(path));
        let files = Rc::new(files.map(|(path, content)| (path.clone(), content.clone())).collect());
        let open = experiment.open.clone().filter(|path| !stays(path));
        Experiment { files, settings, open, ..experiment.clone() }
    }
}

/// The settings that nobody has to be told of.
fn plain(sample: Option<&Experiment>) -> Settings {
    sample.map_or_else(Settings::default, |sample| sample.settings.of_another_chart())
}

fn is_same(one: &Experiment, other: &Experiment) -> bool {
    one.files == other.files && one.settings == other.settings
}

fn is_lint_settings(path: &FilePath) -> bool {
    SETTINGS_FILES.contains(&path.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::{Content, Given, Layer, SetKind, default_experiment};

    fn all() -> Shared {
        let baseline = default_experiment();
        let mut experiment = baseline.clone();
        let mut files = (*experiment.files).clone();
        for (path, text) in
            [("../prod.yaml", "a: 1\n"), (".chartroom.yaml", "disabled: []\n"), ("values.yaml", "a: 2\n")]
        {
            files.insert(FilePath::read(path).unwrap(), Content::Text(text.into()));
        }
        experiment.files = Rc::new(files);
        let layer = Layer::new(Given::Set(SetKind::Typed, "a=1".into()));
        experiment.settings = Settings { namespace: "prod".into(), layers: [layer].into(), ..Settings::default() };
        let view = View { tab: Some("values".into()), pin: Some((FilePath::values(), 0)) };
        Shared { experiment, baseline: Some(baseline), view }
    }

    #[test]
    fn each_part_goes_along_or_stays() {
        let (all, web) = (all(), default_experiment());
        let everything = Part::ALL.into_iter().fold(Along::default(), |along, part| along.with(part, true));
        assert_eq!(everything.of(&all, Some(&web)), all);
        let without = |part| everything.with(part, false).of(&all, Some(&web));
        assert_eq!(without(Part::Settings).experiment.settings.namespace, web.settings.namespace);
        assert_eq!(without(Part::Settings).experiment.settings.layers, all.experiment.settings.layers);
        let layers = without(Part::Layers).experiment;
        assert!(layers.settings.layers.is_empty() && !layers.files.keys().any(FilePath::is_beside));
        assert!(without(Part::LintSettings).experiment.files.keys().all(|path| path.as_str() != ".chartroom.yaml"));
        assert_eq!(without(Part::Baseline).baseline, None);
        assert_eq!((without(Part::Pin).view.pin, without(Part::Tab).view.tab), (None, None));
    }

    #[test]
    fn only_what_is_there_is_offered() {
        let (all, web) = (all(), default_experiment());
        assert!(Part::ALL.into_iter().all(|part| part.is_in(&all, Some(&web))));
        let bare = Shared { baseline: Some(web.clone()), ..web.clone().into() };
        assert!(Part::ALL.into_iter().all(|part| !part.is_in(&bare, None)));
        assert_eq!(Along::default().with(Part::Baseline, true).of(&bare, None).baseline, None);
    }
}
