//! Layers of values over the chart's own: what stands behind `-f` and `--set` on Helm's command line.
//!
//! They are kept in the order in which Helm applies them: files first, then one kind of argument after the other,
//! wherever they stood on the line. So they can change places only with others of their kind.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::{Experiment, FilePath};
use crate::chart::{Error, ErrorKind, Overrides};
use crate::value::Map;

/// A layer of values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layer {
    /// What it says.
    pub given: Given,
    /// Whether it counts.
    pub switch: Switch,
}

/// What a layer says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Given {
    /// `-f`: a file of the chart, or one beside it.
    File(FilePath),
    /// An argument.
    Set(SetKind, Rc<str>),
}

/// The kinds of arguments, in the order in which Helm applies them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SetKind {
    /// `--set-json`
    Json,
    /// `--set`
    Typed,
    /// `--set-string`
    String,
    /// `--set-file`
    File,
    /// `--set-literal`
    Literal,
}

/// Whether a layer counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Switch {
    /// It does.
    #[default]
    On,
    /// It is kept, but Helm isn't told of it.
    Off,
}

impl SetKind {
    /// All of them, in Helm's order.
    pub const ALL: [Self; 5] = [Self::Json, Self::Typed, Self::String, Self::File, Self::Literal];

    /// As it stands on the command line.
    pub fn flag(self) -> &'static str {
        match self {
            Self::Json => "--set-json",
            Self::Typed => "--set",
            Self::String => "--set-string",
            Self::File => "--set-file",
            Self::Literal => "--set-literal",
        }
    }

    /// The kind that stands on the command line so.
    pub fn of_flag(flag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.flag() == flag)
    }
}

impl Switch {
    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::On => Self::Off,
            Self::Off => Self::On,
        }
    }
}

impl Layer {
    /// A layer that counts.
    pub fn new(given: Given) -> Self {
        Self { given, switch: Switch::On }
    }

    /// The file, where it is one.
    pub fn file(&self) -> Option<&FilePath> {
        match &self.given {
            Given::File(path) => Some(path),
            Given::Set(..) => None,
        }
    }

    /// As it stands on the command line: `-f ../prod.yaml`, `--set a=1`.
    pub fn written(&self) -> String {
        match &self.given {
            Given::File(path) => format!("-f {path}"),
            Given::Set(kind, text) => format!("{} {text}", kind.flag()),
        }
    }

    /// Where Helm applies it: files before arguments, these by their kinds.
    pub fn rank(&self) -> Option<SetKind> {
        match self.given {
            Given::File(_) => None,
            Given::Set(kind, _) => Some(kind),
        }
    }
}

/// That values can't be put together.
#[derive(Clone, Debug)]
pub(super) struct BadLayer {
    /// Which layer is to blame, counted from 0.
    pub at: usize,
    /// What Helm says.
    pub error: Error,
}

/// What the layers that count give: for Helm to keep, and put together.
pub(super) fn given(experiment: &Experiment) -> Result<(Overrides, Map), BadLayer> {
    let layers = &experiment.settings.layers;
    let all = overrides(experiment, layers.len()).map_err(|(at, error)| BadLayer { at, error })?;
    match all.merge(&mut |name| read(experiment, name)) {
        Ok(values) => Ok((all, values)),
        Err(error) => Err(BadLayer { at: to_blame(experiment, layers.len()), error }),
    }
}

/// The first layer with which it goes wrong.
fn to_blame(experiment: &Experiment, count: usize) -> usize {
    let is_wrong = |upto: &usize| {
        let some = overrides(experiment, *upto);
        some.map_or(true, |some| some.merge(&mut |name| read(experiment, name)).is_err())
    };
    (1..=count).find(is_wrong).unwrap_or(count).saturating_sub(1)
}

/// The first so many layers, as Helm's command line. Wrong is only a file that isn't there.
fn overrides(experiment: &Experiment, upto: usize) -> Result<Overrides, (usize, Error)> {
    let mut overrides = Overrides::default();
    for (at, layer) in experiment.settings.layers.iter().enumerate().take(upto) {
        if layer.switch == Switch::Off {
            continue;
        }
        match &layer.given {
            Given::File(path) => {
                let content = experiment.file(path).ok_or_else(|| (at, no_such_file(path.as_str())))?;
                overrides.files.push((path.to_string(), content.bytes().into()));
            }
            Given::Set(kind, text) => arguments(&mut overrides, *kind).push(text.to_string()),
        }
    }
    Ok(overrides)
}

fn arguments(overrides: &mut Overrides, kind: SetKind) -> &mut Vec<String> {
    match kind {
        SetKind::Json => &mut overrides.set_json,
        SetKind::Typed => &mut overrides.set,
        SetKind::String => &mut overrides.set_string,
        SetKind::File => &mut overrides.set_file,
        SetKind::Literal => &mut overrides.set_literal,
    }
}

/// A file that `--set-file` names, as from the chart's own folder.
fn read(experiment: &Experiment, name: &str) -> Result<Vec<u8>, String> {
    let found = FilePath::read(name).ok().and_then(|path| experiment.file(&path));
    found.map(|content| content.bytes().to_vec()).ok_or_else(|| no_such_file(name).to_string())
}

fn no_such_file(name: &str) -> Error {
    ErrorKind::Read(format!("open {name}: no such file or directory")).into()
}

#[cfg(test)]
mod tests {
    use super::super::{Content, Files, Origin, Outside, Settings, analyze, default_experiment};
    use super::*;
    use crate::chart::Operation;
    use crate::value::json;

    fn with(layers: &[(&str, &str)]) -> Experiment {
        let path = |name: &str| FilePath::read(name).unwrap();
        let files: Files = [("../prod.yaml", "a: 2\nl: [1, 2]\n"), ("ci/bad.yaml", "a: [\n"), ("x.txt", "text")]
            .map(|(name, text)| (path(name), Content::Text(text.into())))
            .into();
        let layer = |(flag, text): &(&str, &str)| {
            let off = flag.strip_prefix('!');
            let given = match SetKind::of_flag(off.unwrap_or(flag)) {
                Some(kind) => Given::Set(kind, (*text).into()),
                None => Given::File(path(text)),
            };
            Layer { given, switch: if off.is_some() { Switch::Off } else { Switch::On } }
        };
        let settings = Settings { layers: layers.iter().map(layer).collect(), ..Settings::default() };
        Experiment::new(Origin::Empty, files, settings)
    }

    #[test]
    fn layers_are_put_together_as_helm_does() {
        let layers = [
            ("-f", "../prod.yaml"),
            ("--set-json", "m={\"x\":1}"),
            ("--set", "a=3,l[1]=7"),
            ("!--set", "a=4"),
            ("--set-string", "s=1"),
            ("--set-file", "t=x.txt"),
            ("--set-literal", "u=a,b"),
        ];
        let (_, values) = given(&with(&layers)).unwrap();
        let text = json::encode(&values.into()).unwrap();
        assert_eq!(text, r#"{"a":3,"l":[1,7],"m":{"x":1},"s":"1","t":"text","u":"a,b"}"#);
    }

    /// `helm template web . -f ../prod.yaml -f ../more.yaml --set-json 'ingress={"enabled":true}'
    /// --set ingress.host=a.example.com,replicaCount=7 --set-string image=1.29 --is-upgrade`, by Helm itself.
    #[test]
    fn a_chart_with_layers_renders_as_helm_renders_it() {
        const FILES: [(&str, &str); 2] = [
            ("../prod.yaml", include_str!("../../tests/charts/layers/prod.yaml")),
            ("../more.yaml", include_str!("../../tests/charts/layers/more.yaml")),
        ];
        let mut experiment = default_experiment();
        let files = FILES.map(|(name, text)| (FilePath::read(name).unwrap(), Content::Text(text.into())));
        Rc::make_mut(&mut experiment.files).extend(files);
        let file = |(name, _): (&str, &str)| Layer::new(Given::File(FilePath::read(name).unwrap()));
        let sets = [
            (SetKind::Json, r#"ingress={"enabled":true}"#),
            (SetKind::Typed, "ingress.host=a.example.com,replicaCount=7"),
            (SetKind::String, "image=1.29"),
        ];
        let sets = sets.map(|(kind, text)| Layer::new(Given::Set(kind, text.into())));
        experiment.settings.layers = FILES.map(file).into_iter().chain(sets).collect();
        experiment.settings.operation = Operation::Upgrade;
        let analysis = analyze(&experiment, Outside::default());
        assert_eq!(analysis.output, include_str!("../../tests/charts/layers/expected.yaml"), "{:?}", analysis.problems);
    }

    #[test]
    fn the_layer_that_is_wrong_is_found() {
        for (layers, at, words) in [
            (&[("-f", "../prod.yaml"), ("--set", "a")][..], 1, "failed parsing --set data: key \"a\" has no value"),
            (&[("--set", "a=1"), ("--set", "a[0]=1"), ("--set", "b")], 1, "failed parsing --set data"),
            (&[("-f", "../prod.yaml"), ("-f", "ci/bad.yaml")], 1, "failed to parse ci/bad.yaml: "),
            (&[("!-f", "ci/bad.yaml"), ("-f", "../none.yaml")], 1, "open ../none.yaml: no such file or directory"),
            (&[("--set-file", "a=none")], 0, "failed parsing --set-file data: open none: no such file"),
        ] {
            let bad = given(&with(layers)).unwrap_err();
            assert!(bad.error.to_string().starts_with(words), "{}", bad.error);
            assert_eq!(bad.at, at, "{words}");
        }
    }
}
