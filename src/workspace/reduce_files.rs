//! What becomes of the files when something is done with them as such.

use std::rc::Rc;

use super::{Content, Experiment, FileDeed, FilePath, Files, Given, Layer};

/// The experiment after a deed. `None` where nothing changes.
pub(super) fn after(before: &Experiment, deed: FileDeed) -> Option<Experiment> {
    match deed {
        FileDeed::Add(path, text) => {
            let is_new = !before.files.contains_key(&path);
            is_new.then(|| opened(with(before, |files| drop(files.insert(path.clone(), Content::Text(text)))), path))
        }
        FileDeed::Move(from, to) => moved(before, &from, to),
        FileDeed::Duplicate(path) => {
            let content = before.file(&path)?.clone();
            let copy = free(&path, &before.files)?;
            Some(opened(with(before, |files| drop(files.insert(copy.clone(), content))), copy))
        }
        FileDeed::Delete(path) => {
            before.file(&path)?;
            let mut after = with(before, |files| drop(files.remove(&path)));
            let is_other = |layer: &&Layer| layer.file() != Some(&path);
            after.settings.layers = before.settings.layers.iter().filter(is_other).cloned().collect();
            Some(after)
        }
        FileDeed::Rewrite(texts) => {
            let is_news = |(path, text): &&(FilePath, Rc<str>)| {
                before.file(path).and_then(Content::text).is_some_and(|old| old != text)
            };
            let news: Vec<_> = texts.iter().filter(is_news).cloned().collect();
            let write = |files: &mut Files| {
                files.extend(news.iter().map(|(path, text)| (path.clone(), Content::Text(Rc::clone(text)))));
            };
            (!news.is_empty()).then(|| with(before, write))
        }
    }
}

fn moved(before: &Experiment, from: &FilePath, to: FilePath) -> Option<Experiment> {
    let content = before.file(from)?.clone();
    if before.files.contains_key(&to) {
        return None;
    }
    let mut after = with(before, |files| {
        files.remove(from);
        files.insert(to.clone(), content);
    });
    let renamed = |layer: &Layer| match &layer.given {
        Given::File(path) if path == from => Layer { given: Given::File(to.clone()), ..layer.clone() },
        _ => layer.clone(),
    };
    after.settings.layers = before.settings.layers.iter().map(renamed).collect();
    Some(if before.open.as_ref() == Some(from) { opened(after, to) } else { after })
}

/// The experiment with other files. The file that was open stays so where it is still there.
fn with(before: &Experiment, change: impl FnOnce(&mut Files)) -> Experiment {
    let mut files = (*before.files).clone();
    change(&mut files);
    let stays = before.open.clone().filter(|open| files.contains_key(open));
    let fresh = Experiment::new(before.origin.clone(), files, before.settings.clone());
    Experiment { open: stays.or(fresh.open), files: fresh.files, ..before.clone() }
}

fn opened(experiment: Experiment, path: FilePath) -> Experiment {
    let open = if path.is_values() { experiment.open.clone() } else { Some(path) };
    Experiment { open, ..experiment }
}

/// `a-copy.yaml`, `a-copy-2.yaml`: the first that is free.
fn free(path: &FilePath, files: &Files) -> Option<FilePath> {
    let name = path.name();
    let (stem, ending) = name.rfind('.').filter(|at| *at > 0).map_or((name, ""), |at| name.split_at(at));
    let folder = path.folder();
    let numbered = |n: u32| match n {
        1 => format!("{folder}{stem}-copy{ending}"),
        n => format!("{folder}{stem}-copy-{n}{ending}"),
    };
    (1..1_000).filter_map(|n| FilePath::read(&numbered(n)).ok()).find(|path| !files.contains_key(path))
}

#[cfg(test)]
mod tests {
    use super::super::{Action, Layer, Origin, Settings, Workspace, reduce};
    use super::*;

    fn path(text: &str) -> FilePath {
        FilePath::read(text).unwrap()
    }

    fn start() -> Rc<Workspace> {
        let files: Files = [("templates/a.yaml", "a: 1\n"), ("templates/b.yaml", "b: 1\n"), ("../prod.yaml", "c: 1\n")]
            .map(|(name, text)| (path(name), Content::Text(text.into())))
            .into();
        let layers = [Layer::new(Given::File(path("../prod.yaml")))].into();
        let settings = Settings { layers, ..Settings::default() };
        Rc::new(Workspace::new(Experiment::new(Origin::Sample("web".into()), files, settings)))
    }

    /// What is there after these deeds: the paths, the open one in brackets, and the layers.
    fn after(deeds: impl IntoIterator<Item = FileDeed>) -> (Rc<Workspace>, String) {
        let done = deeds.into_iter().fold(start(), |workspace, deed| reduce(&workspace, Action::Files(deed)));
        let told = told(&done);
        (done, told)
    }

    fn told(workspace: &Workspace) -> String {
        let Experiment { files, open, settings, .. } = &*workspace.experiment;
        let path = |path: &FilePath| if open.as_ref() == Some(path) { format!("[{path}]") } else { path.to_string() };
        let layers = settings.layers.iter().map(Layer::written);
        files.keys().map(path).chain(layers).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn files_come_and_go_and_each_deed_is_one_step_back() {
        let before = "../prod.yaml [templates/a.yaml] templates/b.yaml -f ../prod.yaml";
        let (a, new) = (|| path("templates/a.yaml"), || path("templates/x/new.yaml"));
        for (deed, want) in [
            (
                FileDeed::Add(new(), "".into()),
                "../prod.yaml templates/a.yaml templates/b.yaml [templates/x/new.yaml] -f ../prod.yaml",
            ),
            (FileDeed::Move(a(), new()), "../prod.yaml templates/b.yaml [templates/x/new.yaml] -f ../prod.yaml"),
            (
                FileDeed::Duplicate(a()),
                "../prod.yaml [templates/a-copy.yaml] templates/a.yaml templates/b.yaml -f ../prod.yaml",
            ),
            (FileDeed::Delete(a()), "../prod.yaml [templates/b.yaml] -f ../prod.yaml"),
            (
                FileDeed::Move(path("../prod.yaml"), path("ci/p.yaml")),
                "ci/p.yaml [templates/a.yaml] templates/b.yaml -f ci/p.yaml",
            ),
            (FileDeed::Delete(path("../prod.yaml")), "[templates/a.yaml] templates/b.yaml"),
            (FileDeed::Add(a(), "other".into()), before),
            (FileDeed::Move(a(), path("templates/b.yaml")), before),
            (FileDeed::Delete(new()), before),
        ] {
            let (done, got) = after([deed.clone()]);
            assert_eq!(got, want, "{deed:?}");
            assert_eq!(done.history.can_undo(), want != before, "{deed:?}");
            assert_eq!(reduce(&done, Action::Undo).experiment.files, start().experiment.files, "{deed:?}");
        }
        let twice = after([FileDeed::Duplicate(a()), FileDeed::Duplicate(a())]).1;
        assert!(twice.contains("[templates/a-copy-2.yaml]"), "{twice}");
    }

    #[test]
    fn several_files_change_in_one_step() {
        let texts = [("templates/a.yaml", "x"), ("templates/b.yaml", "y"), ("none", "z")];
        let texts = texts.map(|(name, text)| (path(name), Rc::from(text)));
        let (done, _) = after([FileDeed::Rewrite(texts.into())]);
        let text = |workspace: &Workspace, name: &str| {
            workspace.experiment.file(&path(name)).and_then(Content::text).map(ToString::to_string)
        };
        assert_eq!((text(&done, "templates/a.yaml"), text(&done, "none")), (Some("x".into()), None));
        let back = reduce(&done, Action::Undo);
        assert_eq!(text(&back, "templates/b.yaml"), Some("b: 1\n".into()));
        assert!(!back.history.can_undo());
    }
}
