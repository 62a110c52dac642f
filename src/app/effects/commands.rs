//! What commands do, whether they come from a key or from the palette.

use std::rc::Rc;

use yew::prelude::*;

use super::keyboard::Hands;
use super::mending::apply;
use super::pinning::Point;
use super::render::Rendering;
use super::share::share;
use crate::app::dom::editor;
use crate::app::dom::focus::{self, Way};
use crate::app::hooks::{go_to, use_arrange, use_dispatch, use_layout, use_pinner, use_rendering, use_workspace};
use crate::app::layout::{Arrange, EditorPane, Fold, Layout, OutputTab, Spaces};
use crate::app::stage::{Dialog, Rail, SetStage};
use crate::workspace::{
    Action, Command, EditorCommand, FileCommand, FileDeed, FilePath, Go, PageCommand, Workspace, wants_tree,
};

/// What carries out commands.
#[derive(Clone)]
pub struct Commander {
    /// The workspace.
    pub workspace: Rc<Workspace>,
    /// What is known of the chart.
    pub rendering: Rendering,
    /// The layout.
    pub layout: Rc<Layout>,
    /// All that acts.
    pub hands: Hands,
}

/// What carries out commands, for panes.
#[hook]
pub fn use_commander() -> Commander {
    let hands = Hands { dispatch: use_dispatch(), arrange: use_arrange(), pinner: use_pinner() };
    Commander { workspace: use_workspace(), rendering: use_rendering(), layout: use_layout(), hands }
}

impl Commander {
    /// Carries out a command.
    pub fn run(&self, command: Command) {
        match command {
            Command::Page(command) => self.page(command),
            Command::Go(go) => self.go(go),
            Command::File(command) => self.file(command),
            Command::Editor(command) => editor::run(name(command)),
        }
    }

    fn arrange(&self, arrange: Arrange) {
        self.hands.arrange.dispatch(arrange);
    }

    fn stage(&self, change: SetStage) {
        self.arrange(Arrange::Stage(change));
    }

    /// Mends the problem gone to; before one went to any, the first that an edit mends.
    fn mend(&self) {
        let problems = self.rendering.shown.problems();
        let first = || problems.iter().find_map(|problem| problem.mend.clone());
        let mend = match self.layout.problem {
            Some(at) => problems.get(at).and_then(|problem| problem.mend.clone()),
            None => first(),
        };
        match mend {
            Some(mend) => apply(mend, &self.hands.dispatch, &self.hands.arrange),
            None => self.arrange(Arrange::Say("No edit mends this problem".into())),
        }
    }

    fn page(&self, command: PageCommand) {
        match command {
            PageCommand::Commands => self.stage(SetStage::Open(Dialog::Commands)),
            PageCommand::Keys => self.stage(SetStage::Open(Dialog::Keys)),
            PageCommand::Undo => self.step(self.workspace.history.undoes(), Action::Undo),
            PageCommand::Redo => self.step(self.workspace.history.redoes(), Action::Redo),
            PageCommand::Share => share(&self.workspace.experiment, self.hands.arrange.clone()),
            PageCommand::Baseline => {
                self.hands.dispatch.dispatch(Action::SetBaseline);
                self.arrange(Arrange::Say("Changes are told from here on".into()));
            }
            PageCommand::Problems => self.arrange(Arrange::Problems(self.layout.problems.other())),
            PageCommand::Mend => self.mend(),
            PageCommand::Spaces => self.spaces(),
            PageCommand::Colours => self.arrange(Arrange::Colours(self.layout.colours.other())),
            PageCommand::Rail => self.rail(),
            PageCommand::Present => self.stage(SetStage::Present(self.layout.stage.presenting.other())),
            PageCommand::Larger => self.stage(SetStage::Text(1)),
            PageCommand::Smaller => self.stage(SetStage::Text(-1)),
            PageCommand::Close => self.close(),
        }
    }

    /// The output is shown, where the spaces are.
    fn spaces(&self) {
        let spaces = self.layout.spaces.other();
        self.arrange(Arrange::Tab(OutputTab::Rendered));
        self.arrange(Arrange::Spaces(spaces));
        let words = if spaces == Spaces::Shown { "Spaces are shown" } else { "Spaces are hidden" };
        self.arrange(Arrange::Say(words.into()));
    }

    /// A step back or forth shows the file in which it happened.
    fn step(&self, file: Option<&FilePath>, action: Action) {
        match file {
            Some(path) if path.is_values() => self.arrange(Arrange::Values(path.clone())),
            Some(_) => self.arrange(Arrange::Editor(EditorPane::Template)),
            None => {}
        }
        self.hands.dispatch.dispatch(action);
    }

    fn rail(&self) {
        let is_shown = is_rail_shown(&self.layout, &self.workspace);
        self.stage(SetStage::Rail(if is_shown { Rail::Hidden } else { Rail::Shown }));
    }

    fn go(&self, go: Go) {
        match go {
            Go::Anywhere => self.stage(SetStage::Open(Dialog::Anywhere)),
            Go::Search => self.stage(SetStage::Open(Dialog::Search)),
            Go::NextPane => focus::next_pane(Way::Forth),
            Go::PreviousPane => focus::next_pane(Way::Back),
            Go::Values => self.pane(Arrange::Editor(EditorPane::Values), "values"),
            Go::Template => self.pane(Arrange::Editor(EditorPane::Template), "template"),
            Go::Rendered => {
                self.arrange(Arrange::Tab(OutputTab::Rendered));
                self.pane(Arrange::OutputAlone, "output");
            }
            Go::NextProblem => self.problem(Way::Forth),
            Go::PreviousProblem => self.problem(Way::Back),
            Go::NextLink => self.hands.pinner.dispatch(Point::Step(Way::Forth)),
            Go::PreviousLink => self.hands.pinner.dispatch(Point::Step(Way::Back)),
            Go::Back => self.hands.pinner.dispatch(Point::Travel(Way::Back)),
            Go::Forward => self.hands.pinner.dispatch(Point::Travel(Way::Forth)),
        }
    }

    /// The pane may come into view first.
    fn pane(&self, arrange: Arrange, pane: &'static str) {
        self.arrange(arrange);
        focus::soon_to_pane(pane);
    }

    fn problem(&self, way: Way) {
        let problems = self.rendering.shown.problems();
        let last = match problems.len() {
            0 => return self.arrange(Arrange::Say("No problems".into())),
            count => count - 1,
        };
        let next = match (self.layout.problem, way) {
            (None, Way::Forth) => 0,
            (None | Some(0), Way::Back) => last,
            (Some(at), Way::Forth) if at >= last => 0,
            (Some(at), Way::Forth) => at + 1,
            (Some(at), Way::Back) => at - 1,
        };
        let Some(problem) = problems.get(next.min(last)) else { return };
        self.arrange(Arrange::Problem(next));
        let words = format!("{} {} of {}: {}", problem.severity.word(), next + 1, last + 1, problem.message);
        self.arrange(Arrange::Say(words.into()));
        match (&problem.place, problem.layer) {
            (Some(place), _) => go_to(place, &self.hands.dispatch, &self.hands.arrange),
            (None, Some(at)) => focus::to(&format!("[data-layer=\"{at}\"] .layer-text")),
            (None, None) => {}
        }
    }

    fn file(&self, command: FileCommand) {
        let dialog = match (command, self.workspace.experiment.open.clone()) {
            (FileCommand::New, _) => Dialog::NewFile,
            (_, None) => return self.arrange(Arrange::Say("No file is open".into())),
            (FileCommand::Move, Some(path)) => Dialog::MoveFile(path),
            (FileCommand::Duplicate, Some(path)) => return self.deed(&path, "duplicated", FileDeed::Duplicate),
            (FileCommand::Delete, Some(path)) => {
                return self.deed(&path, "deleted. Undo brings it back", FileDeed::Delete);
            }
        };
        self.stage(SetStage::Open(dialog));
    }

    fn deed(&self, path: &FilePath, done: &str, deed: fn(FilePath) -> FileDeed) {
        self.hands.dispatch.dispatch(Action::Files(deed(path.clone())));
        self.arrange(Arrange::Say(format!("{path} {done}").into()));
    }

    /// Closes one thing at a time, the smallest first.
    fn close(&self) {
        if self.layout.stage.dialog.is_some() {
            // The browser closes dialogs.
        } else if self.layout.strip.is_some() {
            self.arrange(Arrange::Strip(None));
        } else if self.layout.problems == Fold::Open {
            self.arrange(Arrange::Problems(Fold::Closed));
            focus::to("[data-problems-line]");
        } else {
            self.hands.pinner.dispatch(Point::Off);
        }
    }
}

/// Whether the files stand in a rail.
pub fn is_rail_shown(layout: &Layout, workspace: &Workspace) -> bool {
    match layout.stage.rail {
        Rail::Shown => true,
        Rail::Hidden => false,
        Rail::Auto => wants_tree(&workspace.experiment.files),
    }
}

/// What the editors call it.
fn name(command: EditorCommand) -> &'static str {
    match command {
        EditorCommand::Complete => "complete",
        EditorCommand::Definition => "definition",
        EditorCommand::Uses => "uses",
        EditorCommand::Rename => "rename",
        EditorCommand::Comment => "comment",
        EditorCommand::Find => "find",
        EditorCommand::Pin => "pin",
        EditorCommand::Leave => "leave",
    }
}
