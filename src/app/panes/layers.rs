//! The layers of values over the chart's own: files and `--set` lines, each of which can be switched off, moved and
//! removed.

use std::rc::Rc;

use web_sys::{HtmlInputElement, InputEvent, MouseEvent};
use yew::prelude::*;

use crate::app::components::{Choice, Chooser, Words};
use crate::app::dom::focus;
use crate::app::hooks::{use_arrange, use_dispatch, use_rendering, use_workspace};
use crate::app::layout::Arrange;
use crate::app::store::Dispatch;
use crate::workspace::{Action, Experiment, FilePath, Given, Layer, LayerDeed, Problem, SetKind, Shift, Switch};

/// What the menu calls a new file.
const NEW: &str = "new";

/// The menu that adds a layer.
#[component]
pub fn AddLayer() -> Html {
    let workspace = use_workspace();
    let (dispatch, arrange) = (use_dispatch(), use_arrange());
    let wanted = use_state(|| None::<usize>);
    {
        let count = workspace.experiment.settings.layers.len();
        use_effect_with((count, *wanted), |(_, wanted)| {
            if let Some(at) = wanted {
                focus::to(&format!("[data-layer=\"{at}\"] .layer-text"));
            }
        });
    }
    let on_choose = {
        let (experiment, wanted) = (Rc::clone(&workspace.experiment), wanted.setter());
        Callback::from(move |choice: AttrValue| {
            let Some(given) = given(&choice, &experiment) else { return };
            let layer = Layer::new(given.clone());
            match &given {
                Given::File(path) if path.is_beside() => arrange.dispatch(Arrange::Values(path.clone())),
                Given::File(_) => {}
                Given::Set(..) => {
                    let at = experiment.settings.layers.partition_point(|other| other.rank() <= layer.rank());
                    wanted.set(Some(at));
                }
            }
            arrange.dispatch(Arrange::Say(format!("{} added", layer.written()).into()));
            dispatch.dispatch(Action::Layers(LayerDeed::Add(given)));
        })
    };
    html! {
        <Chooser label="Add a layer of values" choices={choices(&workspace.experiment)} chosen={None} {on_choose}>
            { "+ add layer" }
        </Chooser>
    }
}

fn choices(experiment: &Experiment) -> Vec<Choice> {
    let choice = |value: String, label: String, group: &'static str| Choice {
        value: value.into(),
        label: label.into(),
        group: group.into(),
    };
    let new = choice(NEW.to_owned(), "New values file".to_owned(), "Values file (-f)");
    let files = experiment.files.keys().filter(|path| could_be_values(path));
    let files = files.map(|path| choice(path.to_string(), path.to_string(), "Values file (-f)"));
    let sets = SetKind::ALL.into_iter().map(|kind| {
        let example = match kind {
            SetKind::Json => r#"key={"a": 1}"#,
            SetKind::Typed => "key=value,list[0].key=value",
            SetKind::String => "key=text",
            SetKind::File => "key=path/of/a/file",
            SetKind::Literal => "key=all, of, this",
        };
        choice(kind.flag().to_owned(), format!("{} {example}", kind.flag()), "Argument")
    });
    std::iter::once(new).chain(files).chain(sets).collect()
}

/// YAML that is neither a template nor one of the chart's own papers.
fn could_be_values(path: &FilePath) -> bool {
    let is_paper = matches!(path.name(), "values.yaml" | "Chart.yaml" | "requirements.yaml");
    matches!(path.extension(), "yaml" | "yml")
        && !is_paper
        && !path.is_template()
        && !path.as_str().starts_with("crds/")
}

fn given(choice: &str, experiment: &Experiment) -> Option<Given> {
    if let Some(kind) = SetKind::of_flag(choice) {
        return Some(Given::Set(kind, "".into()));
    }
    if choice != NEW {
        return FilePath::read(choice).ok().map(Given::File);
    }
    let name = |n: u32| if n == 1 { "my-values.yaml".to_owned() } else { format!("my-values-{n}.yaml") };
    let mut paths = (1..1_000).filter_map(|n| FilePath::beside(&name(n)).ok());
    paths.find(|path| !experiment.files.contains_key(path)).map(Given::File)
}

/// The list's props.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct LayersProps {
    /// The file in the editor below.
    pub open: FilePath,
}

/// The list, where there are layers.
#[component]
pub fn Layers(props: &LayersProps) -> Html {
    let (workspace, rendering) = (use_workspace(), use_rendering());
    let arrange = use_arrange();
    let layers = &workspace.experiment.settings.layers;
    if layers.is_empty() {
        return html! {};
    }
    let row = |(at, layer): (usize, &Layer)| {
        let problems = rendering.shown.problems().iter().filter(|problem| problem.layer == Some(at));
        let is_open = layer.file() == Some(&props.open);
        html! { <Row key={at} {at} layer={layer.clone()} problems={problems.cloned().collect::<Rc<[Problem]>>()} {is_open} /> }
    };
    let is_own = props.open == FilePath::values();
    let on_own = Callback::from(move |_: MouseEvent| arrange.dispatch(Arrange::Values(FilePath::values())));
    html! {
        <ol class="layers" aria-label="Layers of values, the later over the earlier">
            <li class="layer">
                <button type="button" class="quiet-button layer-file" aria-current={is_own.then_some("true")} onclick={on_own}>
                    { "values.yaml" }
                </button>
                <span class="quiet">{ "the chart's own" }</span>
            </li>
            { for layers.iter().enumerate().map(row) }
        </ol>
    }
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct RowProps {
    at: usize,
    layer: Layer,
    problems: Rc<[Problem]>,
    is_open: bool,
}

/// A layer.
#[component]
fn Row(props: &RowProps) -> Html {
    let dispatch = use_dispatch();
    let (at, layer) = (props.at, &props.layer);
    let is_on = layer.switch == Switch::On;
    let name = layer.written();
    let onswitch = deed(&dispatch, LayerDeed::Switch(at));
    let said = format!("layer-problem-{at}");
    let problem = props.problems.first().map(|problem| problem.message.clone());
    html! {
        <li class={classes!("layer", (!is_on).then_some("layer-off"))} data-layer={at.to_string()}>
            <input type="checkbox" checked={is_on} aria-label={format!("Use {name}")} onclick={onswitch} />
            <Text at={at} layer={layer.clone()} is_open={props.is_open} described={problem.is_some().then(|| said.clone())} />
            <Moves {at} {name} />
            if let Some(text) = problem {
                <p id={said} class="layer-problem"><Words {text} /></p>
            }
        </li>
    }
}

fn deed(dispatch: &Dispatch, deed: LayerDeed) -> Callback<MouseEvent> {
    let dispatch = dispatch.clone();
    Callback::from(move |_| dispatch.dispatch(Action::Layers(deed.clone())))
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct TextProps {
    at: usize,
    layer: Layer,
    is_open: bool,
    described: Option<String>,
}

/// What the layer says: a file's name, or an argument to write in.
#[component]
fn Text(props: &TextProps) -> Html {
    let (dispatch, arrange) = (use_dispatch(), use_arrange());
    let at = props.at;
    match &props.layer.given {
        Given::File(path) => {
            let name = path.name().to_owned();
            let (title, current) = (path.to_string(), props.is_open.then_some("true"));
            let path = path.clone();
            let onclick = Callback::from(move |_: MouseEvent| {
                if path.is_beside() {
                    arrange.dispatch(Arrange::Values(path.clone()));
                } else {
                    dispatch.dispatch(Action::Open(path.clone()));
                }
            });
            html! {
                <>
                    <code>{ "-f" }</code>
                    <button type="button" class="quiet-button layer-file" {title} aria-current={current} {onclick}>{ name }</button>
                </>
            }
        }
        Given::Set(kind, text) => {
            let oninput = Callback::from(move |event: InputEvent| {
                let input: HtmlInputElement = event.target_unchecked_into();
                dispatch.dispatch(Action::Layers(LayerDeed::Write(at, input.value().into())));
            });
            let invalid = props.described.is_some().then_some("true");
            html! {
                <>
                    <code>{ kind.flag() }</code>
                    <input class="layer-text" type="text" aria-label={kind.flag()} value={text.to_string()} {oninput} autocomplete="off"
                        autocapitalize="off" spellcheck="false" aria-invalid={invalid} aria-describedby={props.described.clone()} />
                </>
            }
        }
    }
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct MovesProps {
    at: usize,
    name: String,
}

/// What can be done with a layer.
#[component]
fn Moves(props: &MovesProps) -> Html {
    let workspace = use_workspace();
    let dispatch = use_dispatch();
    let at = props.at;
    let layers = &workspace.experiment.settings.layers;
    let button = |word: &'static str, is_possible: bool, what: LayerDeed| {
        let label = format!("{word} {}", props.name);
        html! {
            <button type="button" class="quiet-button" aria-label={label} disabled={!is_possible} onclick={deed(&dispatch, what)}>
                { word }
            </button>
        }
    };
    let can = |shift| Layer::can_move(layers, at, shift);
    html! {
        <span class="layer-moves">
            if can(Shift::Earlier) || can(Shift::Later) {
                { button("Up", can(Shift::Earlier), LayerDeed::Move(at, Shift::Earlier)) }
                { button("Down", can(Shift::Later), LayerDeed::Move(at, Shift::Later)) }
            }
            { button("Remove", true, LayerDeed::Remove(at)) }
        </span>
    }
}
