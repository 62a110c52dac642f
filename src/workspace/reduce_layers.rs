//! What becomes of the layers of values when something is done with them.

use std::rc::Rc;

use super::{Content, Experiment, Given, Layer, LayerDeed, Shift};

/// The experiment after a deed. `None` where nothing changes.
pub(super) fn after(before: &Experiment, deed: LayerDeed) -> Option<Experiment> {
    let mut layers = before.settings.layers.to_vec();
    let mut files = Rc::clone(&before.files);
    match deed {
        LayerDeed::Add(given) => {
            let layer = Layer::new(given);
            if let Some(path) = layer.file().filter(|path| path.is_beside() && !files.contains_key(path)) {
                Rc::make_mut(&mut files).insert(path.clone(), Content::Text("".into()));
            }
            let at = layers.partition_point(|other| other.rank() <= layer.rank());
            layers.insert(at, layer);
        }
        LayerDeed::Write(at, text) => match layers.get_mut(at).map(|layer| &mut layer.given) {
            Some(Given::Set(_, old)) => *old = text,
            _ => return None,
        },
        LayerDeed::Switch(at) => {
            let layer = layers.get_mut(at)?;
            layer.switch = layer.switch.other();
        }
        LayerDeed::Move(at, shift) => {
            let other = other(at, shift)?;
            if layers.get(at)?.rank() != layers.get(other)?.rank() {
                return None;
            }
            layers.swap(at, other);
        }
        LayerDeed::Remove(at) => {
            layers.get(at)?;
            let gone = layers.remove(at);
            let is_named = |path| layers.iter().any(|layer| layer.file() == Some(path));
            if let Some(path) = gone.file().filter(|path| path.is_beside() && !is_named(path)) {
                Rc::make_mut(&mut files).remove(path);
            }
        }
    }
    let mut after = Experiment { files, ..before.clone() };
    after.settings.layers = layers.into();
    (after.settings.layers != before.settings.layers).then_some(after)
}

/// The place to change with.
fn other(at: usize, shift: Shift) -> Option<usize> {
    match shift {
        Shift::Earlier => at.checked_sub(1),
        Shift::Later => at.checked_add(1),
    }
}

impl Layer {
    /// Whether the layer at this place can be moved so: only among those of its kind.
    pub fn can_move(layers: &[Self], at: usize, shift: Shift) -> bool {
        let neighbour = other(at, shift).and_then(|other| layers.get(other));
        layers.get(at).zip(neighbour).is_some_and(|(layer, other)| layer.rank() == other.rank())
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Action, FilePath, SetKind, Workspace, reduce};
    use super::*;

    fn file(name: &str) -> LayerDeed {
        LayerDeed::Add(Given::File(FilePath::beside(name).unwrap()))
    }

    fn set(kind: SetKind, text: &str) -> LayerDeed {
        LayerDeed::Add(Given::Set(kind, text.into()))
    }

    fn after(deeds: impl IntoIterator<Item = LayerDeed>) -> (Rc<Workspace>, String) {
        let start = Rc::new(Workspace::new(Experiment::default()));
        let done = deeds.into_iter().fold(start, |workspace, deed| reduce(&workspace, Action::Layers(deed)));
        let told = done.experiment.settings.layers.iter().map(Layer::written).collect::<Vec<_>>().join(", ");
        (done, told)
    }

    #[test]
    fn layers_stand_as_helm_applies_them_and_move_among_their_kind() {
        let added = || [set(SetKind::Typed, "a=1"), file("p.yaml"), set(SetKind::Json, "b=1"), file("q.yaml")];
        let (done, told) = after(added());
        assert_eq!(told, "-f ../p.yaml, -f ../q.yaml, --set-json b=1, --set a=1");
        assert_eq!(done.experiment.files.len(), 2);
        let moved = |at, shift| after(added().into_iter().chain([LayerDeed::Move(at, shift)])).1;
        assert_eq!(moved(1, Shift::Earlier), "-f ../q.yaml, -f ../p.yaml, --set-json b=1, --set a=1");
        for (at, shift) in
            [(0, Shift::Earlier), (1, Shift::Later), (2, Shift::Later), (3, Shift::Later), (9, Shift::Later)]
        {
            assert_eq!(moved(at, shift), told, "{at} {shift:?}");
            assert!(!Layer::can_move(&done.experiment.settings.layers, at, shift));
        }
    }

    #[test]
    fn a_layer_is_switched_written_and_removed_each_in_one_step() {
        let start = || [file("p.yaml"), set(SetKind::Typed, "a=1")];
        let (done, told) = after(start().into_iter().chain([LayerDeed::Write(1, "a=2".into()), LayerDeed::Remove(0)]));
        assert_eq!((told.as_str(), done.experiment.files.len()), ("--set a=2", 0));
        let back = reduce(&reduce(&done, Action::Undo), Action::Undo);
        assert_eq!(back.experiment.files.len(), 1);
        assert_eq!(back.experiment.settings.layers.last().map(Layer::written).as_deref(), Some("--set a=1"));
        let off = after(start().into_iter().chain([LayerDeed::Switch(1)])).0;
        assert_ne!(off.experiment.settings, done.experiment.settings);
    }
}
