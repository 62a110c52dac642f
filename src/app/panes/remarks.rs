//! What editors are told of the problems and of the place to look at.

use std::ops::Range;
use std::rc::Rc;

use yew::prelude::*;

use super::badges;
use crate::app::components::{Dim, EditedFile, Glance, LineBadge, Remark};
use crate::app::hooks::{use_layout, use_pinning, use_rendering, use_survey, use_surveyed, use_workspace};
use crate::workspace::{Content, FilePath, Pin, Pointer, Problem};

/// A file with what its editor needs.
pub struct Editing {
    /// The file.
    pub file: EditedFile,
    /// What is said about it.
    pub remarks: Rc<[Remark]>,
    /// What of it belongs to what is pinned.
    pub links: Rc<[Range<usize>]>,
    /// What of it belongs to what is pointed at.
    pub hovers: Rc<[Range<usize>]>,
    /// The letters beside its lines.
    pub badges: Rc<[LineBadge]>,
    /// What of it does nothing.
    pub dims: Rc<[Dim]>,
    /// Where to look, if it is here.
    pub glance: Option<Glance>,
}

/// What the editor of a text file needs. A file that isn't there is empty.
#[hook]
pub fn use_editing(path: &FilePath) -> Editing {
    let (workspace, rendering, layout) = (use_workspace(), use_rendering(), use_layout());
    let text = workspace.experiment.file(path).and_then(Content::text).cloned().unwrap_or_default();
    let file = EditedFile { generation: workspace.generation, turn: workspace.turn, path: path.clone(), text };
    let remarks = use_memo((rendering.shown.now.clone(), path.clone()), |(now, path)| {
        let problems = now.as_ref().map(|now| now.problems.as_slice()).unwrap_or_default();
        problems.iter().filter_map(|problem| remark(problem, path)).collect::<Rc<[Remark]>>()
    });
    let look = layout.look.as_ref().filter(|look| look.place.path == *path);
    let glance = look.map(|look| Glance { bytes: look.place.bytes.clone(), number: look.number });
    let pinning = use_pinning();
    let links = use_memo((pinning.pin.clone(), path.clone()), |(pin, path)| inside(pin.as_deref(), path));
    let hovers = use_memo((pinning.hover.clone(), path.clone()), |(pin, path)| inside(pin.as_deref(), path));
    let surveyed = use_surveyed();
    let badges = use_memo((surveyed, path.clone()), |(surveyed, path)| badges::of_file(surveyed, path));
    let survey = use_survey();
    let dims = use_memo((survey, path.clone()), |(survey, path)| {
        let pointers = survey.skipped.iter().chain(&survey.unread);
        pointers.filter_map(|pointer| dim(pointer, path)).collect::<Rc<[Dim]>>()
    });
    Editing {
        file,
        remarks: Rc::clone(&remarks),
        links: Rc::clone(&links),
        hovers: Rc::clone(&hovers),
        badges: Rc::clone(&badges),
        dims: Rc::clone(&dims),
        glance,
    }
}

/// The places of a file that belong to something.
fn inside(pin: Option<&Pin>, path: &FilePath) -> Rc<[Range<usize>]> {
    let places = pin.into_iter().flat_map(|pin| pin.template.iter().chain(&pin.values));
    places.filter(|place| place.path == *path).map(|place| place.bytes.clone()).collect()
}

fn dim(pointer: &Pointer, path: &FilePath) -> Option<Dim> {
    let place = pointer.place.as_ref().filter(|place| place.path == *path)?;
    Some(Dim { bytes: place.bytes.clone(), reason: pointer.words.clone() })
}

fn remark(problem: &Problem, path: &FilePath) -> Option<Remark> {
    let place = problem.place.as_ref().filter(|place| place.path == *path)?;
    let message = match &problem.rule {
        Some(rule) => format!("{} ({rule})", problem.message),
        None => problem.message.clone(),
    };
    Some(Remark { bytes: place.bytes.clone(), severity: problem.severity, message })
}
