//! The functions that Helm adds to Sprig's, or replaces: those that execute templates, those that refuse, `lookup`.

#![allow(clippy::needless_pass_by_value, reason = "template functions own their arguments, as Go's do")]

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use super::convert;
use super::exec_message::marked;
use super::values_methods;
use crate::helm::Helm;
use crate::source::{self, OriginId, ReadsId, Runs, Trace};
use crate::sprig;
use crate::template::{
    Argument, CallError, CallFrame, Context, Executor, Function, FunctionTable, Limits, Source, TemplateSet, World,
};
use crate::value::format::quoted;
use crate::value::{Map, Text, TextBuilder, Traced, Type, Value};

/// All functions of a rendering. Two that run at once need one each, for `include` counts how deep it is; those that follow
/// each other may share it.
pub fn function_table(helm: Helm) -> Rc<FunctionTable> {
    let is_known = |function: &Function| !helm.is_three() || !NEW_IN_FOUR.contains(&function.name);
    // Where names are equal, the later one counts.
    let functions = sprig::each().chain(engine_functions()).filter(is_known);
    let table = FunctionTable::new(functions).with_values_methods(values_methods::methods());
    Rc::new(table.following(helm))
}

/// The functions that this Helm knows.
pub(super) fn functions_of(helm: Helm) -> Vec<Function> {
    let mut functions = functions();
    if helm.is_three() {
        functions.retain(|function| !NEW_IN_FOUR.contains(&function.name));
    }
    functions
}

/// What Helm 3 doesn't know.
const NEW_IN_FOUR: [&str; 2] = ["mustToYaml", "mustToToml"];

/// All functions that Helm adds to Go's own: Sprig's, and Helm's, which replace those of the same name.
pub fn functions() -> Vec<Function> {
    let own = engine_functions();
    let mut functions = sprig::functions();
    functions.retain(|function| own.iter().all(|other| other.name != function.name));
    functions.extend(own);
    functions
}

/// A release name out of a template, as `--name-template` has it: Sprig's functions alone, and nothing to look at.
pub fn render_name(template: &str, world: &mut dyn World) -> Result<String, String> {
    const NAME: &str = "name-template";
    let mut functions = sprig::functions();
    functions.push(Function::new("fail", |message: Text| Err::<Text, _>(message.to_str().into_owned())));
    let functions = Rc::new(FunctionTable::new(functions));
    let mut set = TemplateSet::new(NAME, functions);
    set.parse(NAME, Source::Dynamic(ReadsId::NONE), &template.into()).map_err(|error| error.to_string())?;
    let mut executor = Executor::new(Limits::default(), Trace::off(), world);
    let printed = executor.execute(&Rc::new(set), NAME, Traced::default());
    printed.map(|text| text.to_str().into_owned()).map_err(|interrupted| interrupted.error.to_string())
}

/// The functions that Helm adds to Sprig's, or replaces.
fn engine_functions() -> Vec<Function> {
    let mut functions = vec![
        include(),
        Function::new("tpl", tpl)
            .doc("executes a text as a template")
            .example(r#"{{ tpl "{{ .Release.Name }}" . }}"#, "rel"),
        Function::new("required", required)
            .doc("fails with a message where the value is missing or empty")
            .example(r#"{{ "x" | required "needed" }}"#, "x"),
        Function::new("fail", fail).doc("fails with a message"),
        Function::new("lookup", lookup)
            .doc("looks an object up in the cluster; without one it finds an empty map")
            .example(r#"{{ lookup "v1" "Namespace" "" "default" }}"#, "map[]"),
        Function::new("getHostByName", get_host_by_name)
            .doc("looks a name up in the DNS, which Helm does only when told to; else an empty text")
            .example(r#"{{ getHostByName "localhost" | quote }}"#, "\"\""),
    ];
    functions.extend(convert::functions());
    functions
}

/// A string and what it was read from.
pub(super) struct ReadText {
    /// The string.
    pub text: Text,
    /// What it was read from.
    pub reads: ReadsId,
}

impl Argument for ReadText {
    const TYPE: Type = Type::String;
    fn from_traced(arg: Traced) -> Option<Self> {
        let reads = arg.reads;
        Text::from_traced(arg).map(|text| Self { text, reads })
    }
}

/// How often a template may stand inside itself.
const NESTED_AT_MOST: u32 = 1000;

fn include() -> Function {
    let open: RefCell<BTreeMap<Rc<str>, u32>> = RefCell::default();
    let body = move |context: &mut dyn Context, name: Text, dot: Traced| {
        let name: Rc<str> = name.to_str().into();
        let before = open.borrow().get(&name).copied().unwrap_or(0);
        if before > NESTED_AT_MOST {
            let message = "rendering template has a nested reference name";
            return Err(CallError::Message(format!("{message}: {name}: unable to execute template")));
        }
        open.borrow_mut().insert(Rc::clone(&name), before + 1);
        let set = context.templates();
        let printed = context.execute(&set, &name, CallFrame::Include, dot);
        open.borrow_mut().insert(name, before);
        let printed = printed?;
        let reads = reads_of_text(context.trace(), &printed);
        Ok(Traced::new(printed, reads))
    };
    Function::new("include", body).doc("executes a named template and gives what it prints")
}

/// What the whole of a text was read from.
fn reads_of_text(trace: &mut Trace, text: &Text) -> ReadsId {
    text.runs().map_or(ReadsId::NONE, |runs| reads_of(trace, runs, 0..text.len()))
}

/// What the pieces in a range were read from.
pub(super) fn reads_of(trace: &mut Trace, runs: &Runs, range: Range<usize>) -> ReadsId {
    let mut all = ReadsId::NONE;
    let mut at = range.start;
    while let Some((covered, run)) = runs.at(at).filter(|_| at < range.end) {
        let reads = trace.origin(run.origin).map_or(ReadsId::NONE, |origin| origin.reads);
        all = trace.union(all, reads);
        at = covered.end;
    }
    all
}

fn tpl(context: &mut dyn Context, template: ReadText, dot: Traced) -> Result<Traced, CallError> {
    let ReadText { text, reads } = template;
    if !contains(text.as_bytes(), b"{{") {
        return Ok(Traced::new(without_no_value(&text), reads));
    }
    let mut set = (*context.templates()).clone();
    let name = Rc::clone(set.name());
    context.charge_bytes(text.len() as u64)?;
    let cannot_parse = |error| format!("cannot parse template {}: {error}", quoted(text.as_bytes()));
    set.parse(&name, Source::Dynamic(reads), &text).map_err(cannot_parse)?;
    let printed = context.execute(&Rc::new(set), &name, CallFrame::Tpl, dot).map_err(|error| match error {
        CallError::Exec(inner) => {
            CallError::Wrapped(format!("error during tpl function execution for {}: ", quoted(text.as_bytes())), inner)
        }
        other => other,
    })?;
    let printed = without_no_value(&printed);
    let fed = reads_of_text(context.trace(), &printed);
    let reads = context.trace().union(reads, fed);
    Ok(Traced::new(printed, reads))
}

fn required(message: Text, value: Traced) -> Result<Traced, CallError> {
    let is_empty_text = value.value.as_text().is_some_and(Text::is_empty);
    if value.value.is_nil() || is_empty_text { Err(marked(&message.to_str()).into()) } else { Ok(value) }
}

fn fail(message: Text) -> Result<Text, CallError> {
    Err(marked(&message.to_str()).into())
}

fn lookup(context: &mut dyn Context, api_version: Text, kind: Text, namespace: Text, name: Text) -> Value {
    let found = context.world().lookup(&api_version.to_str(), &kind.to_str(), &namespace.to_str(), &name.to_str());
    if found.is_nil() { Value::Map(Map::new()) } else { found }
}

/// One of the host's addresses; Sprig doesn't expect that it may have none.
fn get_host_by_name(context: &mut dyn Context, host: Text) -> Result<Text, String> {
    let Some(addresses) = context.world().addresses(&host.to_str()) else { return Ok(Text::default()) };
    let mut drawn = [0; size_of::<usize>()];
    context.world().random(&mut drawn);
    let at = usize::from_le_bytes(drawn).checked_rem(addresses.len());
    let address = at.and_then(|at| addresses.get(at)).ok_or("invalid argument to Intn")?;
    Ok(address.as_str().into())
}

const NO_VALUE: &[u8] = b"<no value>";

/// The text without Go's words for a missing value. Helm takes them out of what a file or `tpl` prints, wherever they
/// come from; inside an `include` they are still there.
pub(super) fn without_no_value(text: &Text) -> Text {
    let bytes = text.as_bytes();
    let Some(mut found) = find(bytes, NO_VALUE, 0) else { return text.clone() };
    let mut kept = TextBuilder::new();
    let mut from = 0;
    loop {
        kept.push_slice(text, from..found, OriginId::UNKNOWN);
        from = found + NO_VALUE.len();
        match find(bytes, NO_VALUE, from) {
            Some(next) => found = next,
            None => break,
        }
    }
    kept.push_slice(text, from..bytes.len(), OriginId::UNKNOWN);
    kept.finish()
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    find(bytes, wanted, 0).is_some()
}

fn find(bytes: &[u8], wanted: &[u8], from: usize) -> Option<usize> {
    source::find(bytes.get(from..)?, wanted).map(|at| from + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_for_a_missing_value_are_taken_out() {
        let cases = [("a", "a"), ("<no value>", ""), ("a: <no value>\nb: <no value><no value>x", "a: \nb: x")];
        for (text, expected) in cases {
            assert_eq!(without_no_value(&text.into()), expected.into());
        }
    }
}
