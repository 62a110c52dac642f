//! Sprig's functions against what the real Helm gives: the tables in `corpus/sprig`.

use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use chartroom::helm::Helm;
use chartroom::source::{ReadsId, Trace};
use chartroom::sprig;
use chartroom::template::{Executor, FunctionTable, Limits, SeededWorld, Source, TemplateSet};
use chartroom::value::json;
use chartroom::value::{Map, MapKind, Traced, Value};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus/sprig");
const DIFFERENCES: &str = "differences.txt";

/// The values of the chart that made the tables.
const VALUES: &str = r#"{"m":{"a":1,"b":{"c":"x"}},"l":[1,2],"num":1000000,"f":1.5,"s":"text","e":"","t":true}"#;

/// What a template prints, or its error.
pub fn render(template: &str) -> Result<String, String> {
    let mut set = TemplateSet::new("c", Rc::new(FunctionTable::new(sprig::functions())));
    let name = "c/templates/t.yaml";
    set.parse(name, Source::Dynamic(ReadsId::NONE), &template.into()).map_err(|error| error.to_string())?;
    let values = json::decode(VALUES.as_bytes(), ReadsId::NONE).map_err(|error| error.to_string())?;
    let values = values.as_map().map(|map| Value::Map(map.as_kind(MapKind::Values(Helm::Four)))).unwrap_or_default();
    let dot = [("Values", values)].into_iter().collect::<Map>().as_kind(MapKind::Values(Helm::Four));
    let mut world = SeededWorld::new(1_600_000_000_000_000_000, 1);
    let mut executor = Executor::new(Limits::default(), Trace::on(), &mut world);
    let output = executor.execute(&Rc::new(set), name, Traced::from(dot));
    output.map(|text| text.to_string()).map_err(|interrupted| interrupted.error.to_string())
}

/// What a row of a table says.
enum Want<'a> {
    Value(&'a str),
    Error(&'a str),
}

fn row(line: &str) -> Option<(&str, Want<'_>)> {
    let value = line.split_once(" => ").map(|(expression, value)| (expression, Want::Value(value)));
    value.or_else(|| line.split_once(" !! ").map(|(expression, error)| (expression, Want::Error(error))))
}

fn complaint(line: &str) -> Option<String> {
    let (expression, want) = row(line)?;
    let got = render(&format!("{{{{ ({expression}) | toRawJson }}}}"));
    match (want, got) {
        (Want::Value(want), Ok(got)) if got == want => None,
        (Want::Error(want), Err(got)) if got.replace('\n', "\\n").ends_with(want) => None,
        (_, got) => Some(format!("{line}\n    got {got:?}")),
    }
}

fn table(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap();
    text.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect()
}

#[test]
fn functions_give_what_helm_gives() {
    let mut tables: Vec<_> = fs::read_dir(FOLDER).unwrap().map(|entry| entry.unwrap().path()).collect();
    tables.sort();
    let is_table = |path: &&PathBuf| path.extension().is_some_and(|ext| ext == "txt") && !path.ends_with(DIFFERENCES);
    let mut complaints = Vec::new();
    for path in tables.iter().filter(is_table) {
        let found = table(path).into_iter().filter_map(|line| complaint(&line));
        complaints.extend(found.map(|complaint| format!("{}: {complaint}", path.display())));
    }
    assert!(complaints.is_empty(), "{} rows differ:\n{}", complaints.len(), complaints.join("\n"));
}

#[test]
fn known_differences_are_still_there() {
    let path = Path::new(FOLDER).join(DIFFERENCES);
    let gone: Vec<_> = table(&path).into_iter().filter(|line| complaint(line).is_none()).collect();
    assert!(gone.is_empty(), "these rows agree now, and belong into their function's table:\n{}", gone.join("\n"));
}
