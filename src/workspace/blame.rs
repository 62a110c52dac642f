//! Who set the value that Helm complains of: a layer, or the chart's own values.

use super::origins::Atlas;
use super::{Experiment, FilePath, Given, Place, SetKind, layer};
use crate::chart::{Chart, LayerKind, LayerTexts, Layers, Setting};
use crate::source::{Files, Step};

/// The layer to blame, counted from 0, and the place in a file.
pub(super) type Blamed = (Option<usize>, Option<Place>);

/// Who set the value that these words are about. Nobody, where they name none.
pub(super) fn blame(experiment: &Experiment, atlas: &Atlas, words: &str) -> Blamed {
    let Some(path) = path_in(words, &experiment.chart_title().0) else { return (None, None) };
    blame_at(experiment, atlas, &path)
}

/// Who set the value at a path from the top-level dot; the one around it, where nobody sets it.
pub(super) fn blame_path(experiment: &Experiment, atlas: &Atlas, path: &[Step]) -> Blamed {
    let below = path.get(1..).unwrap_or_default();
    let above = (0..=below.len()).rev().filter_map(|end| below.get(..end));
    let blamed = above.map(|path| blame_at(experiment, atlas, path));
    blamed.into_iter().find(|(layer, place)| layer.is_some() || place.is_some()).unwrap_or_default()
}

fn blame_at(experiment: &Experiment, atlas: &Atlas, path: &[Step]) -> Blamed {
    let by_layer = || {
        let (overrides, _) = layer::given(experiment).ok()?;
        let mut files = Files::new();
        let history = Layers::new(&Chart::default(), &overrides, &mut files, &LayerTexts::default()).history(path);
        let setting = history.set_by.or(history.hidden_by)?;
        let at = index(experiment, &setting);
        let place = setting.span.and_then(|span| atlas.in_file(FilePath::read(&setting.name).ok()?, span.range()));
        Some((at, place))
    };
    let has_layers = !experiment.settings.layers.is_empty();
    has_layers.then(by_layer).flatten().unwrap_or_else(|| (None, atlas.in_values(path)))
}

/// The layer that a setting came from. Of two that read the same the later counts.
fn index(experiment: &Experiment, setting: &Setting) -> Option<usize> {
    let is_it = |layer: &super::Layer| match &layer.given {
        Given::File(path) => setting.kind == LayerKind::File && path.as_str() == &*setting.name,
        Given::Set(kind, text) => setting.kind == layer_kind(*kind) && *text == setting.name,
    };
    experiment.settings.layers.iter().rposition(is_it)
}

fn layer_kind(kind: SetKind) -> LayerKind {
    match kind {
        SetKind::Json => LayerKind::SetJson,
        SetKind::Typed => LayerKind::Set,
        SetKind::String => LayerKind::SetString,
        SetKind::File => LayerKind::SetFile,
        SetKind::Literal => LayerKind::SetLiteral,
    }
}

/// The path, below `Values`, that a warning names as `web.image.tag`.
fn path_in(words: &str, chart: &str) -> Option<Vec<Step>> {
    let (_, path) = words.split_once(" for ").filter(|_| words.contains("able"))?;
    let path = path.split([' ', ':']).next()?.trim_end_matches('.');
    let below = path.strip_prefix(chart)?.strip_prefix('.')?;
    Some(below.split('.').map(|key| Step::Key(key.into())).collect())
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::super::{Action, Content, LayerDeed, Outside, Problem, Settings, Workspace, analyze, reduce};
    use super::*;

    const CHART: &str = "apiVersion: v2\nname: web\nversion: 0.1.0\n";
    const SCHEMA: &str = r#"{"properties": {"count": {"type": "integer"}}}"#;

    /// The first problem of a chart with these layers.
    fn problem(schema: &str, layers: Vec<(Given, &str)>) -> Problem {
        let files =
            [("Chart.yaml", CHART), ("values.yaml", "image:\n  tag: x\nn: 1\n"), ("values.schema.json", schema)];
        let files = files.map(|(path, text)| (FilePath::parse(path).unwrap(), Content::Text(text.into())));
        let experiment = Experiment::new(super::super::Origin::Empty, files.into(), Settings::default());
        let mut workspace = Rc::new(Workspace::new(experiment));
        for (given, text) in layers {
            workspace = reduce(&workspace, Action::Layers(LayerDeed::Add(given.clone())));
            if let Given::File(path) = given {
                workspace = reduce(&workspace, Action::Edit(path, text.into()));
            }
        }
        let problems = analyze(&workspace.experiment, Outside::default()).problems;
        problems.into_iter().find(|problem| problem.original.is_some()).expect("a problem")
    }

    fn told(problem: &Problem) -> (Option<usize>, String) {
        (problem.layer, problem.place.as_ref().map(Place::label).unwrap_or_default())
    }

    #[test]
    fn a_problem_of_a_layer_stands_there() {
        let file = |text| (Given::File(FilePath::beside("p.yaml").unwrap()), text);
        let set = |text: &str| (Given::Set(SetKind::Typed, text.into()), "");
        for (schema, layers, want) in [
            ("{}", vec![file("a: 1\nb: [\n"), set("count=2")], (Some(0), "p.yaml:2")),
            ("{}", vec![file("a: 1\n"), set("count")], (Some(1), "")),
            ("{}", vec![file("a: 1\nimage:\n  tag: {b: 1}\n"), set("a=2")], (Some(0), "p.yaml:3")),
            ("{}", vec![file("a: 1\n"), set("a=2,image.tag.b=1")], (Some(1), "")),
            (SCHEMA, vec![file("a: 1\ncount: x\n"), set("a=2")], (Some(0), "p.yaml:2")),
            (SCHEMA, vec![file("a: 1\ncount: x\n"), set("count=y")], (Some(1), "")),
        ] {
            let found = problem(schema, layers.clone());
            assert_eq!(told(&found), (want.0, want.1.to_owned()), "{layers:?} {found:?}");
        }
        let own = problem(r#"{"properties": {"image": {"type": "string"}}}"#, Vec::new());
        assert_eq!(told(&own), (None, "values.yaml:1".to_owned()), "{own:?}");
    }
}
