//! How the page is laid out: what is unfolded, which pane a narrow screen shows, where to look. Not part of the
//! experiment: it is neither shared nor taken back.

use std::rc::Rc;

use yew::prelude::*;

use super::stage::{SetStage, Stage};
use crate::workspace::{Brought, Experiment, FilePath, Files, Place, Settings, Skip};

/// How the page is laid out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// The tab of the output.
    pub tab: OutputTab,
    /// The editor that a screen of middle width shows.
    pub editor: EditorPane,
    /// The file in the upper editor, where it isn't `values.yaml`.
    pub values: Option<FilePath>,
    /// What a narrow screen shows.
    pub narrow: Narrow,
    /// Whether the list of problems is unfolded.
    pub problems: Fold,
    /// The problem last gone to.
    pub problem: Option<usize>,
    /// What the strip below the bar says.
    pub strip: Option<Strip>,
    /// What stands over the panes.
    pub stage: Stage,
    /// Where to look.
    pub look: Option<Look>,
    /// What is read out by screen readers.
    pub said: AttrValue,
    /// What the link in the address stands for.
    pub linked: Option<Linked>,
    /// The dialog that stands over the page.
    pub sheet: Option<Sheet>,
    /// Whether there is a draft to go back to.
    pub draft: Draft,
    /// Whether spaces of the output are shown.
    pub spaces: Spaces,
    /// Which lines have colours.
    pub colours: Colours,
}

/// Which lines have the colour of their letter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colours {
    /// None: that is noise until somebody asks for it.
    #[default]
    Quiet,
    /// All that have a letter.
    All,
}

/// Whether spaces of the output are shown, and what trim markers took away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Spaces {
    /// They are what they are.
    #[default]
    Plain,
    /// They have signs.
    Shown,
}

/// A dialog about sharing, keeping and rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    /// Links and files to pass on.
    Share,
    /// What the draft was before.
    Versions,
    /// The rules of the linter.
    Rules,
}

/// Whether there is a draft of the reader's own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Draft {
    /// There is none.
    #[default]
    None,
    /// There is one.
    Kept,
}

/// What a link stands for, as far as an edit can leave it behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linked {
    files: Rc<Files>,
    settings: Settings,
}

/// The tabs of the output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OutputTab {
    /// The manifests.
    #[default]
    Rendered,
    /// What NOTES.txt says.
    Notes,
    /// What is different from the baseline.
    Changes,
    /// All values as a table.
    Values,
    /// The simulated cluster.
    Cluster,
}

impl OutputTab {
    /// Its word, by which tabs are known.
    pub fn word(self) -> &'static str {
        match self {
            Self::Rendered => "rendered",
            Self::Notes => "notes",
            Self::Changes => "changes",
            Self::Values => "values",
            Self::Cluster => "cluster",
        }
    }

    /// The tab of a word.
    pub fn of(word: &str) -> Self {
        let tabs = [Self::Notes, Self::Changes, Self::Values, Self::Cluster];
        tabs.into_iter().find(|tab| tab.word() == word).unwrap_or_default()
    }
}

/// The two editors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EditorPane {
    /// The chart's values.
    #[default]
    Values,
    /// Any other file.
    Template,
}

/// What a narrow screen shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Narrow {
    /// An editor above the output.
    #[default]
    Both,
    /// The output alone.
    Output,
}

/// Whether something is unfolded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fold {
    /// Only its first line.
    #[default]
    Closed,
    /// All of it.
    Open,
}

/// What the strip below the bar says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Strip {
    /// The experiment was opened from a link.
    Opened,
    /// A link could not be read; the sentence says why. The page opened with the first sample instead.
    BadLink(AttrValue),
    /// A link that came later could not be read; the sentence says why. Everything stays as it was.
    BadLaterLink(AttrValue),
    /// A chart of the reader's own was opened, or most of it.
    Brought(Came),
    /// What was chosen or dropped can't be opened; the sentence says why.
    NotBrought(AttrValue),
    /// The chart can't be packed; the sentence says why.
    NotTakenOut(AttrValue),
    /// A sample could not be fetched.
    BadSample(AttrValue),
    /// A link to the experiment.
    Link(AttrValue, Copied),
    /// No link could be made; the sentence says why.
    NoLink(AttrValue),
    /// The browser keeps no drafts.
    NotKept,
    /// Another tab has the draft; what is changed here is not kept.
    OtherTab,
    /// Something was done; the sentence says what.
    Done(AttrValue),
}

/// What came of a chart of the reader's own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Came {
    /// The sentence that says how much.
    pub sentence: AttrValue,
    /// How much did not come; none where all came.
    pub left_out: Option<AttrValue>,
    /// What did not come, each with the reason.
    pub skipped: Rc<[(String, Skip)]>,
}

impl Came {
    /// What is to be said of it.
    pub fn of(brought: &Brought) -> Self {
        Self {
            sentence: brought.summary().into(),
            left_out: brought.left_out().map(Into::into),
            skipped: brought.skipped.as_slice().into(),
        }
    }
}

/// Whether the link is in the clipboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copied {
    /// It is.
    Yes,
    /// The browser refused; it can be copied by hand.
    No,
}

/// A place to look at. The number tells two looks at the same place apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// The place.
    pub place: Place,
    /// Counts the looks.
    pub number: u32,
}

/// What changes the layout.
#[derive(Clone, Debug, PartialEq)]
pub enum Arrange {
    /// Shows a tab of the output.
    Tab(OutputTab),
    /// Shows an editor, on screens too small for both.
    Editor(EditorPane),
    /// Shows a file in the upper editor.
    Values(FilePath),
    /// Shows the output alone, on narrow screens.
    OutputAlone,
    /// Folds or unfolds the problems.
    Problems(Fold),
    /// Remembers the problem gone to.
    Problem(usize),
    /// Shows a strip below the bar, or none.
    Strip(Option<Strip>),
    /// Takes away the strip with the link, which the page has gone on from.
    LinkIsStale,
    /// Looks at a place.
    Look(Place),
    /// Changes what stands over the panes.
    Stage(SetStage),
    /// Reads something out.
    Say(AttrValue),
    /// Remembers what the link in the address stands for.
    Linked(Linked),
    /// Opens a dialog, or closes it.
    Sheet(Option<Sheet>),
    /// Remembers that there is a draft.
    Draft(Draft),
    /// Shows the spaces of the output, or doesn't.
    Spaces(Spaces),
    /// Gives all lines their colours, or none.
    Colours(Colours),
}

/// What arranges the page.
pub type Arranger = UseReducerDispatcher<Layout>;

impl Reducible for Layout {
    type Action = Arrange;

    fn reduce(self: Rc<Self>, action: Arrange) -> Rc<Self> {
        let mut next = (*self).clone();
        match action {
            Arrange::Tab(tab) => next.tab = tab,
            Arrange::Editor(editor) => (next.editor, next.narrow) = (editor, Narrow::Both),
            Arrange::Values(path) => next = next.with_values(path),
            Arrange::OutputAlone => next.narrow = Narrow::Output,
            Arrange::Problems(fold) => next.problems = fold,
            Arrange::Problem(at) => next.problem = Some(at),
            Arrange::Strip(strip) => next.strip = strip,
            Arrange::LinkIsStale => {
                next.strip = next.strip.filter(|strip| !matches!(strip, Strip::Link(..)));
                next.linked = None;
            }
            Arrange::Linked(linked) => next.linked = Some(linked),
            Arrange::Sheet(sheet) => next.sheet = sheet,
            Arrange::Draft(draft) => next.draft = draft,
            Arrange::Spaces(spaces) => next.spaces = spaces,
            Arrange::Colours(colours) => next.colours = colours,
            Arrange::Look(place) => next = next.looking_at(place),
            Arrange::Stage(change) => next.stage = next.stage.after(change),
            Arrange::Say(words) => next.said = words,
        }
        Rc::new(next)
    }
}

impl Linked {
    /// What a link to this experiment stands for.
    pub fn to(experiment: &Experiment) -> Self {
        Self { files: Rc::clone(&experiment.files), settings: experiment.settings.clone() }
    }
}

impl Layout {
    fn looking_at(self, place: Place) -> Self {
        let number = self.look.as_ref().map_or(0, |look| look.number + 1);
        let next = if place.path.is_values() {
            self.with_values(place.path.clone())
        } else {
            Self { editor: EditorPane::Template, narrow: Narrow::Both, ..self }
        };
        Self { look: Some(Look { place, number }), ..next }
    }

    fn with_values(self, path: FilePath) -> Self {
        let values = (path != FilePath::values()).then_some(path);
        Self { values, editor: EditorPane::Values, narrow: Narrow::Both, ..self }
    }
}

impl Spaces {
    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Plain => Self::Shown,
            Self::Shown => Self::Plain,
        }
    }
}

impl Colours {
    /// The other ones.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Quiet => Self::All,
            Self::All => Self::Quiet,
        }
    }
}

impl Fold {
    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Closed => Self::Open,
            Self::Open => Self::Closed,
        }
    }
}
