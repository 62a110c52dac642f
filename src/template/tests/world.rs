//! What the tests' templates live in: a chart's dot in small, and a few functions as Helm and Sprig have them.

use std::any::Any;
use std::rc::Rc;

use crate::helm::Helm;
use crate::source::{FileId, Trace};
use crate::template::{
    CallError, CallFrame, Cause, Context, ExecError, ExecErrorKind, Executor, Function, FunctionTable, Int,
    Interrupted, Limits, ParseError, Rest, SeededWorld, Source, TemplateSet, TracedText,
};
use crate::value::format::quoted;
use crate::value::{List, Map, MapKind, Object, Signature, Text, Traced, Type, Value};

pub(super) const NAME: &str = "c/templates/t.yaml";

pub(super) fn functions() -> Rc<FunctionTable> {
    let table = FunctionTable::new(vec![
        Function::new("upper", |text: Text| text.to_str().to_uppercase()),
        Function::new("repeat", |count: Int, text: Text| text.to_str().repeat(usize::try_from(count.0).unwrap_or(0))),
        Function::new("keys", |maps: Rest<Map>| {
            maps.0.iter().flat_map(Map::keys).map(|key| Value::from(&*key)).collect::<List>()
        }),
        Function::new("list", |items: Rest<Traced>| List::new(items.0)),
        Function::new("dict", dict),
        Function::new("coalesce", |items: Rest<Value>| items.0.into_iter().find(Value::is_true).unwrap_or_default()),
        Function::new("fail", |message: Text| Err::<Value, _>(message.to_string())),
        Function::new("include", include),
        Function::new("tpl", tpl),
    ]);
    Rc::new(table.with_values_methods(vec![
        Function::new("AsMap", |values: Map| values.as_kind(MapKind::Any)),
        Function::new("Table", |values: Map, name: Text| match values.value(&name.to_str()) {
            Some(Value::Map(table)) => Ok(table.as_kind(MapKind::Values(Helm::Four))),
            _ => Err(format!("{} is not a table", quoted(name.as_bytes()))),
        }),
    ]))
}

fn dict(args: Rest<Traced>) -> Map {
    args.0
        .chunks(2)
        .map(|pair| (String::from_utf8_lossy(pair[0].value.as_text().unwrap().as_bytes()).to_string(), pair[1].clone()))
        .collect()
}

fn include(context: &mut dyn Context, name: Text, dot: Traced) -> Result<Traced, CallError> {
    let templates = context.templates();
    context.execute(&templates, &name.to_str(), CallFrame::Include, dot).map(Traced::from)
}

fn tpl(context: &mut dyn Context, text: TracedText, dot: Traced) -> Result<Traced, CallError> {
    let mut templates = TemplateSet::clone(&context.templates());
    let name = Rc::clone(templates.name());
    let quoted = quoted(text.text.as_bytes());
    templates
        .parse(&name, Source::Dynamic(text.reads), &text.text)
        .map_err(|error| format!("cannot parse template {quoted}: {error}"))?;
    match context.execute(&Rc::new(templates), &name, CallFrame::Tpl, dot) {
        Err(CallError::Exec(error)) => {
            Err(CallError::Wrapped(format!("error during tpl function execution for {quoted}: "), error))
        }
        result => result.map(Traced::from),
    }
}

/// Values as YAML would give them.
pub(super) fn values() -> Map {
    let map = |entries: Vec<(&str, Value)>| Value::Map(Map::from_iter(entries));
    let list = |items: Vec<Value>| Value::List(List::from_iter(items));
    let number = Value::Float;
    Map::from_iter([
        ("s", Value::from("str")),
        ("f", number(1.5)),
        ("i", number(3.0)),
        ("big", number(1e6)),
        ("t", true.into()),
        ("fa", false.into()),
        ("e", "".into()),
        ("l", list(vec!["a".into(), "b".into(), "c".into()])),
        ("ln", list(vec![number(1.0), number(2.0), number(3.0)])),
        ("el", list(vec![])),
        ("em", map(vec![])),
        (
            "m",
            map(vec![
                ("a", "x".into()),
                ("b", map(vec![("c", "deep".into()), ("d", number(2.0))])),
                ("z", number(1.0)),
            ]),
        ),
        ("lm", list(vec![map(vec![("name", "one".into())]), map(vec![("name", "two".into())])])),
    ])
    .to_kind(MapKind::Values(Helm::Four))
}

pub(super) fn dot() -> Map {
    let map = |entries: Vec<(&str, Value)>| Value::Map(Map::from_iter(entries));
    Map::from_iter([
        ("Values", Value::Map(values())),
        ("Chart", map(vec![("Name", "c".into())])),
        ("Release", map(vec![("Name", "rel".into())])),
        ("Template", map(vec![("Name", NAME.into())])),
        ("Capabilities", Value::Object(Rc::new(Struct("*common.Capabilities")))),
    ])
    .to_kind(MapKind::Values(Helm::Four))
}

/// The objects of Helm that the goldens touch.
#[derive(Debug)]
struct Struct(&'static str);

impl Object for Struct {
    fn type_name(&self) -> &'static str {
        self.0
    }
    fn field(&self, name: &str) -> Option<Value> {
        match (self.0, name) {
            ("*common.Capabilities", "KubeVersion") => Some(Value::Object(Rc::new(Struct("common.KubeVersion")))),
            ("*common.Capabilities", "APIVersions") => Some(Value::Object(Rc::new(Struct("common.VersionSet")))),
            ("common.KubeVersion", "Major") => Some("1".into()),
            ("common.KubeVersion", "Version") => Some("v1.36.0".into()),
            _ => None,
        }
    }
    fn method(&self, name: &str) -> Option<Signature> {
        let is_known = self.0 == "common.VersionSet" && name == "Has";
        is_known.then(|| Signature { params: vec![Type::String], variadic: None })
    }
    fn call(&self, _: &str, args: &[Traced]) -> Result<Value, String> {
        Ok((args[0].value.as_text() == Some(&"v1".into())).into())
    }
    fn display(&self) -> String {
        "{}".to_owned()
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

pub(super) fn parse(template: &str) -> Result<Rc<TemplateSet>, ParseError> {
    let mut set = TemplateSet::new("gotpl", functions());
    set.parse(NAME, Source::File(FileId(0)), &template.into())?;
    Ok(Rc::new(set))
}

pub(super) fn execute(set: &Rc<TemplateSet>, limits: Limits) -> Result<Text, Interrupted> {
    let mut world = SeededWorld::new(0, 0);
    Executor::new(limits, Trace::off(), &mut world).execute(set, NAME, dot().into())
}

/// What Helm 4 prints for a template, after `ok ` where it succeeds.
pub(super) fn helm(template: &str) -> String {
    let set = match parse(template) {
        Ok(set) => set,
        Err(error) => {
            let text = error.to_string();
            let (name, line) = (&error.name, error.line);
            return format!("Error: parse error at ({name}:{line}): {}", text.rsplit(": ").next().unwrap());
        }
    };
    match execute(&set, Limits::default()) {
        Ok(text) => format!("ok {}", text.to_string().replace("<no value>", "")).trim_end_matches('\n').to_owned(),
        Err(interrupted) => format!("Error: {}", reformatted(&interrupted.error)),
    }
}

/// Helm 4 gives each execution of a chain a block of lines, where the chain is of executions only.
fn reformatted(error: &ExecError) -> String {
    if error.chain().any(|error| matches!(error.cause(), Cause::Plain(_))) {
        return error.to_string();
    }
    let block = |error: &ExecError| match (&error.place, &error.kind) {
        (Some(place), kind) => {
            let message = match kind {
                ExecErrorKind::Calling { function, .. } => format!("error calling {function}:"),
                kind => kind.to_string(),
            };
            let template = quoted(error.template.as_bytes());
            format!("{place}\n  executing {template} at <{}>:\n    {message}\n", place.context)
        }
        _ => format!("{error}\n"),
    };
    error.chain().map(block).collect::<String>().trim().to_owned()
}
