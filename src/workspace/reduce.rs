//! The reducer: a workspace and a deed give the next workspace.

use std::rc::Rc;

use super::history::{Stroke, Subject};
use super::{
    Action, Content, Experiment, FilePath, History, LayerDeed, Mend, Setting, Settings, reduce_files, reduce_layers,
};

/// An experiment, and what was before it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Workspace {
    /// What is on the page.
    pub experiment: Rc<Experiment>,
    /// What can be taken back.
    pub history: History,
    /// What changes are told from: the experiment as it was opened, or as it was when somebody said so.
    pub baseline: Rc<Experiment>,
    /// Counts the experiments opened, so that one can tell a new chart from a change of the old.
    pub generation: u32,
    /// Counts the changes of texts that were not typed in an editor.
    pub turn: u32,
}

impl Workspace {
    /// A workspace that begins with this experiment.
    pub fn new(experiment: Experiment) -> Self {
        let experiment = Rc::new(experiment);
        Self { baseline: Rc::clone(&experiment), experiment, ..Self::default() }
    }

    /// The same, with changes told from another experiment.
    #[must_use]
    pub fn compared_with(self, baseline: Option<Experiment>) -> Self {
        Self { baseline: baseline.map_or(self.baseline, Rc::new), ..self }
    }

    /// The same history at another experiment.
    fn with(&self, experiment: Experiment, history: History) -> Rc<Self> {
        Rc::new(Self { experiment: Rc::new(experiment), history, ..self.clone() })
    }

    /// The same, where texts changed that nobody typed.
    fn turned(&self, experiment: Experiment, history: History) -> Rc<Self> {
        Rc::new(Self { turn: self.turn + 1, ..(*self.with(experiment, history)).clone() })
    }
}

/// The workspace after a deed. A deed that changes nothing gives an equal workspace.
pub fn reduce(workspace: &Workspace, action: Action) -> Rc<Workspace> {
    match action {
        Action::Edit(path, text) => edit(workspace, path, text),
        Action::Mend(mend) => mended(workspace, &mend),
        Action::Open(path) => open(workspace, path),
        Action::Files(deed) => match reduce_files::after(&workspace.experiment, deed) {
            Some(after) => {
                let history = workspace.history.after_change(&workspace.experiment, workspace.experiment.size());
                workspace.turned(after, history)
            }
            None => Rc::new(workspace.clone()),
        },
        Action::Set(setting) => set(workspace, setting),
        Action::Layers(deed) => arrange_layers(workspace, deed),
        Action::Load(experiment) => load(workspace, experiment),
        Action::SetBaseline => Rc::new(Workspace { baseline: Rc::clone(&workspace.experiment), ..workspace.clone() }),
        Action::Compare(baseline) => Rc::new(Workspace { baseline, ..workspace.clone() }),
        Action::Undo => step(workspace, workspace.history.undo(&workspace.experiment)),
        Action::Redo => step(workspace, workspace.history.redo(&workspace.experiment)),
    }
}

fn edit(workspace: &Workspace, path: FilePath, text: Rc<str>) -> Rc<Workspace> {
    let before = &workspace.experiment;
    let old = before.file(&path).and_then(Content::text);
    if old.is_some_and(|old| *old == text) || matches!(before.file(&path), Some(Content::Binary(_))) {
        return Rc::new(workspace.clone());
    }
    let stroke = stroke(old.map_or("", |old| old), &text);
    written(workspace, path, text, stroke)
}

/// A file that has changed since is left alone.
fn mended(workspace: &Workspace, mend: &Mend) -> Rc<Workspace> {
    match mend.applied(&workspace.experiment) {
        Some(text) => written(workspace, mend.path.clone(), text.into(), Stroke::Starts),
        None => Rc::new(workspace.clone()),
    }
}

fn written(workspace: &Workspace, path: FilePath, text: Rc<str>, stroke: Stroke) -> Rc<Workspace> {
    let before = &workspace.experiment;
    let history = workspace.history.after_edit(before, Subject::File(path.clone()), stroke);
    let mut experiment = Experiment::clone(before);
    let mut files = (*experiment.files).clone();
    files.insert(path, Content::Text(text));
    experiment.files = Rc::new(files);
    workspace.with(experiment, history)
}

/// A letter or two more or less, with no line ended or joined, goes on from the edit before.
fn stroke(old: &str, new: &str) -> Stroke {
    let lines = |text: &str| text.bytes().filter(|&byte| byte == b'\n').count();
    if old.len().abs_diff(new.len()) <= 4 && lines(old) == lines(new) { Stroke::Continues } else { Stroke::Starts }
}

/// Which file is open is no change of the work: undo doesn't stop at it.
fn open(workspace: &Workspace, path: FilePath) -> Rc<Workspace> {
    if path.is_values() || !workspace.experiment.files.contains_key(&path) {
        return Rc::new(workspace.clone());
    }
    let experiment = Experiment { open: Some(path), ..Experiment::clone(&workspace.experiment) };
    workspace.with(experiment, workspace.history.clone())
}

fn set(workspace: &Workspace, setting: Setting) -> Rc<Workspace> {
    let old = &workspace.experiment.settings;
    let subject = Subject::Setting(std::mem::discriminant(&setting));
    let settings = match setting {
        Setting::Release(release) => Settings { release, ..old.clone() },
        Setting::Namespace(namespace) => Settings { namespace, ..old.clone() },
        Setting::KubeVersion(kube_version) => Settings { kube_version, ..old.clone() },
        Setting::Helm(helm) => Settings { helm, ..old.clone() },
        Setting::ApiVersions(api_versions) => Settings { api_versions, ..old.clone() },
        Setting::Revision(revision) => Settings { revision: revision.max(1), ..old.clone() },
        Setting::Operation(operation) => Settings { operation, ..old.clone() },
    };
    if settings == *old {
        return Rc::new(workspace.clone());
    }
    let history = workspace.history.after_edit(&workspace.experiment, subject, Stroke::Continues);
    workspace.with(Experiment { settings, ..Experiment::clone(&workspace.experiment) }, history)
}

fn arrange_layers(workspace: &Workspace, deed: LayerDeed) -> Rc<Workspace> {
    let before = &workspace.experiment;
    let written = if let LayerDeed::Write(at, _) = deed { Some(at) } else { None };
    let Some(after) = reduce_layers::after(before, deed) else { return Rc::new(workspace.clone()) };
    let history = match written {
        Some(at) => workspace.history.after_edit(before, Subject::Layer(at), Stroke::Continues),
        None => workspace.history.after_change(before, 0),
    };
    workspace.with(after, history)
}

/// Opening a chart over another can be taken back as well: nobody's work is lost by a wrong click.
fn load(workspace: &Workspace, experiment: Rc<Experiment>) -> Rc<Workspace> {
    let history = workspace.history.after_change(&workspace.experiment, workspace.experiment.size());
    let baseline = Rc::clone(&experiment);
    let (generation, turn) = (workspace.generation + 1, workspace.turn + 1);
    Rc::new(Workspace { experiment, history, baseline, generation, turn })
}

/// A step back or forth shows the file in which it happened.
fn step(workspace: &Workspace, step: Option<(Rc<Experiment>, Option<FilePath>, History)>) -> Rc<Workspace> {
    let Some((experiment, edited, history)) = step else { return Rc::new(workspace.clone()) };
    let open = edited.filter(|path| !path.is_values());
    let stays = workspace.experiment.open.clone().filter(|path| experiment.files.contains_key(path));
    let open = open.filter(|path| experiment.files.contains_key(path)).or(stays).or(experiment.open.clone());
    let other_chart = experiment.origin != workspace.experiment.origin;
    let experiment = Rc::new(Experiment { open, ..(*experiment).clone() });
    let baseline = if other_chart { &experiment } else { &workspace.baseline };
    let (baseline, generation) = (Rc::clone(baseline), workspace.generation + u32::from(other_chart));
    Rc::new(Workspace { experiment, history, baseline, generation, turn: workspace.turn + 1 })
}

#[cfg(test)]
mod tests {
    use super::super::{Files, Origin};
    use super::*;

    fn path(text: &str) -> FilePath {
        FilePath::parse(text).unwrap()
    }

    fn start() -> Rc<Workspace> {
        let files: Files = [("templates/a.yaml", "a: 1\n"), ("templates/b.yaml", "b: 1\n"), ("values.yaml", "")]
            .map(|(name, text)| (path(name), Content::Text(text.into())))
            .into();
        Rc::new(Workspace::new(Experiment::new(Origin::Sample("web".into()), files, Settings::default())))
    }

    fn edit_of(name: &str, text: &str) -> Action {
        Action::Edit(path(name), text.into())
    }

    fn after(actions: impl IntoIterator<Item = Action>) -> Rc<Workspace> {
        actions.into_iter().fold(start(), |workspace, action| reduce(&workspace, action))
    }

    fn text_of(workspace: &Workspace, name: &str) -> String {
        workspace.experiment.file(&path(name)).and_then(Content::text).map(ToString::to_string).unwrap_or_default()
    }

    #[test]
    fn undo_walks_back_across_files_and_shows_where() {
        let edits = || [edit_of("templates/a.yaml", "a: 1\n\n"), edit_of("templates/b.yaml", "b: 1\n\n")];
        let undone = after(edits().into_iter().chain([Action::Undo]));
        assert_eq!(
            (text_of(&undone, "templates/a.yaml"), text_of(&undone, "templates/b.yaml")),
            ("a: 1\n\n".into(), "b: 1\n".into())
        );
        assert_eq!(undone.experiment.open, Some(path("templates/b.yaml")));
        let redone = after(edits().into_iter().chain([Action::Undo, Action::Undo, Action::Redo, Action::Redo]));
        assert_eq!(redone.experiment.files, after(edits()).experiment.files);
        assert!(!redone.history.can_redo());
        let first = after(edits().into_iter().chain([Action::Undo, Action::Undo, Action::Undo]));
        assert_eq!(first.experiment.files, start().experiment.files);
    }

    #[test]
    fn a_word_is_one_step_and_a_new_line_begins_another() {
        let letters = ["x", "xy", "xyz", "xyz\n", "xyz\na"].map(|text| edit_of("values.yaml", text));
        let once = after(letters.clone().into_iter().chain([Action::Undo]));
        assert_eq!(text_of(&once, "values.yaml"), "xyz");
        let twice = after(letters.into_iter().chain([Action::Undo, Action::Undo]));
        assert_eq!(text_of(&twice, "values.yaml"), "");
    }

    #[test]
    fn opening_another_chart_can_be_taken_back() {
        let sample = Rc::new(Experiment { origin: Origin::Sample("other".into()), ..Experiment::default() });
        let mine = edit_of("templates/a.yaml", "mine\n");
        let loaded = after([mine.clone(), Action::Load(Rc::clone(&sample))]);
        assert_eq!((loaded.experiment.origin.clone(), loaded.generation), (sample.origin.clone(), 1));
        let back = after([mine, Action::Load(sample), Action::Undo]);
        assert_eq!((text_of(&back, "templates/a.yaml"), back.generation), ("mine\n".into(), 2));
    }

    #[test]
    fn settings_can_be_taken_back_and_opening_a_file_is_no_step() {
        let set = Action::Set(Setting::Namespace("prod".into()));
        let opened = after([set, Action::Open(path("templates/b.yaml")), Action::Undo]);
        assert_eq!(&*opened.experiment.settings.namespace, "default");
        assert_eq!(opened.experiment.open, Some(path("templates/b.yaml")));
        assert!(!opened.history.can_undo());
        let nowhere = after([Action::Open(path("templates/none.yaml"))]);
        assert_eq!(nowhere.experiment.open, Some(path("templates/a.yaml")));
    }

    #[test]
    fn changes_are_told_from_the_chart_as_opened_or_as_somebody_says() {
        let mine = || edit_of("templates/a.yaml", "mine\n");
        let edited = after([mine(), edit_of("templates/b.yaml", "b: 2\n")]);
        assert_eq!(edited.baseline, start().experiment);
        let set = after([mine(), Action::SetBaseline, edit_of("templates/b.yaml", "b: 2\n"), Action::Undo]);
        assert_eq!(set.baseline, after([mine()]).experiment);
        let sample = Rc::new(Experiment { origin: Origin::Sample("other".into()), ..Experiment::default() });
        assert_eq!(after([mine(), Action::Load(Rc::clone(&sample))]).baseline, sample);
    }

    #[test]
    fn large_files_do_not_pile_up_in_the_history() {
        let large = |n: usize| "x".repeat(5_000_000 + n * 100);
        let workspace = after((0..40).map(|n| edit_of("values.yaml", &large(n))));
        let mut back = Rc::clone(&workspace);
        let mut steps = 0;
        while back.history.can_undo() {
            back = reduce(&back, Action::Undo);
            steps += 1;
        }
        assert!((5..=10).contains(&steps), "{steps}");
    }
}
