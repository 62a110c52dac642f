//! The states of the workbench: layers of values, files, dialogs.

use std::rc::Rc;

use chartroom::app::layout::{Fold, Layout};
use chartroom::workspace::{Action, Experiment, FilePath, Given, LayerDeed, SetKind, Setting, Workspace, reduce};

use super::states::{experiment, start};
use super::{check, draw};

fn after(actions: impl IntoIterator<Item = Action>) -> Experiment {
    let start = Rc::new(Workspace::new(experiment(&[("ci/test-values.yaml", b"replicas: 1\n")])));
    let done = actions.into_iter().fold(start, |workspace, action| reduce(&workspace, action));
    (*done.experiment).clone()
}

#[test]
fn layers_of_values_one_of_them_wrong_and_one_switched_off() {
    let set = |kind, text: &str| Action::Layers(LayerDeed::Add(Given::Set(kind, text.into())));
    let file = |path: &str| Action::Layers(LayerDeed::Add(Given::File(FilePath::read(path).expect("a path"))));
    let drawn = draw::page(move || {
        let actions = [
            file("../prod.yaml"),
            file("ci/test-values.yaml"),
            set(SetKind::Typed, "replicas=3"),
            set(SetKind::Typed, "replicas"),
            Action::Layers(LayerDeed::Switch(0)),
            Action::Set(Setting::Revision(4)),
        ];
        let values = FilePath::beside("prod.yaml").ok();
        start(after(actions), Layout { values, problems: Fold::Open, ..Layout::default() })
    });
    check("layers", &drawn);
}
