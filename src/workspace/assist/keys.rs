//! Which keys could stand in a file of values: those that the chart's schema has, those that templates read, and those that
//! the chart, the charts in it and the layers set.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde_json::Value as Json;

use super::super::FilePath;
use super::desk::{Desk, root};
use super::{Offer, OfferKind, Offers};
use crate::source::Step;
use crate::value::{Value, brief};
use crate::yaml;

/// What could stand at a byte of a file of values: keys, where one is written.
pub(super) fn offers(desk: &Desk, path: &FilePath, text: &str, at: usize) -> Offers {
    let Some((_, base)) = desk.values_files().find(|(own, _)| own == path) else { return Offers::default() };
    let Some(place) = Place::of(text, at) else { return Offers::default() };
    let above: Vec<Step> = base.into_iter().chain(place.above).collect();
    let mut found = BTreeMap::new();
    read(desk, &above, &mut found);
    set(desk, &above, &mut found);
    in_schemas(desk, &above, &mut found);
    let is_new = |offer: &Offer| !place.beside.iter().any(|key| **key == *offer.label);
    Offers { from: place.from, list: found.into_values().filter(is_new).collect() }
}

/// Where a key is written.
struct Place {
    /// Its first byte.
    from: usize,
    /// The steps to the map it is in.
    above: Vec<Step>,
    /// The keys that are in it.
    beside: Vec<Rc<str>>,
}

/// A key that nobody has.
const HERE: &str = "chartroom-was-here";

impl Place {
    /// The place at a byte. What is written there is half a key: the file is read with a whole one instead.
    fn of(text: &str, at: usize) -> Option<Self> {
        let before = text.get(..at)?;
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
        let from = before.trim_end_matches(is_part).len();
        let line = before.get(before.rfind('\n').map_or(0, |end| end + 1)..from)?;
        let behind = text.get(at..)?;
        let rest = behind.split('\n').next().unwrap_or_default();
        // A list's sign may stand before the first key of an item.
        if !line.trim_matches([' ', '-']).is_empty() || line.ends_with('-') || !rest.trim().is_empty() {
            return None;
        }
        let whole = [text.get(..from)?, HERE, ":", behind].concat();
        let (documents, _) = yaml::parse_partly(whole.as_bytes());
        let document = documents.first()?;
        let mut above = document.path_at(from);
        if above.pop() != Some(Step::Key(HERE.into())) {
            return None;
        }
        let value = yaml::decode(whole.as_bytes()).ok();
        let map = above.iter().try_fold(value?, |value, step| below(&value, step))?;
        Some(Self { from, beside: map.as_map().map(crate::value::Map::keys).unwrap_or_default(), above })
    }
}

fn below(value: &Value, step: &Step) -> Option<Value> {
    match (value, step) {
        (Value::Map(map), Step::Key(key)) => map.value(key),
        (Value::List(list), Step::Index(at)) => {
            list.items().get(usize::try_from(*at).ok()?).map(|item| item.value.clone())
        }
        _ => None,
    }
}

type Found = BTreeMap<Rc<str>, Offer>;

fn offer<'f>(found: &'f mut Found, key: &Rc<str>) -> &'f mut Offer {
    let new = || Offer { label: key.to_string(), kind: OfferKind::Key, ..Offer::default() };
    found.entry(Rc::clone(key)).or_insert_with(new)
}

fn say(offer: &mut Offer, line: &str) {
    if !line.is_empty() && !offer.info.contains(line) {
        offer.info.extend(if offer.info.is_empty() { ["", line] } else { ["\n", line] });
    }
}

/// What templates read there.
fn read(desk: &Desk, above: &[Step], found: &mut Found) {
    for (path, text) in desk.templates() {
        for field in desk.walk(path, text).fields {
            if let Some([Step::Key(key), ..]) = field.path.strip_prefix(above) {
                let offer = offer(found, key);
                if offer.info.is_empty() {
                    say(offer, &format!("read in {}", path.as_str()));
                }
            }
        }
    }
}

/// What is set there already. A file that can't be read, as the one somebody is writing in, is passed over.
fn set(desk: &Desk, above: &[Step], found: &mut Found) {
    for (path, base) in desk.values_files() {
        let (Some(steps), Some(document)) = (above.strip_prefix(base.as_slice()), desk.document(&path)) else {
            continue;
        };
        let value = desk.text(&path).and_then(|text| yaml::decode(text.as_bytes()).ok());
        let map = value.and_then(|value| steps.iter().try_fold(value, |value, step| below(&value, step)));
        let Some(Value::Map(map)) = map else { continue };
        for key in map.keys() {
            let steps: Vec<Step> = steps.iter().cloned().chain([Step::Key(Rc::clone(&key))]).collect();
            let span = document.place(&steps).and_then(|place| place.key).map(|key| key.span.clone());
            let place = span.and_then(|span| desk.place(&path, span));
            let offer = offer(found, &key);
            let value = map.value(&key).map(|value| brief(&value)).unwrap_or_default();
            let comment = place.as_ref().map(|place| desk.comment(place)).unwrap_or_default();
            // The later files stand over the earlier ones; what is said about a key there holds on.
            let said = offer.info.split_once('\n').map(|(_, said)| said.to_owned()).unwrap_or_default();
            offer.detail = value;
            offer.info = place.map(|place| format!("set by {}", place.label())).unwrap_or_default();
            say(offer, &comment);
            say(offer, &said);
        }
    }
    if let Some(Value::Map(map)) = desk.value(above) {
        for key in map.keys() {
            offer(found, &key);
        }
    }
}

/// What the schemas have there: that of the chart, and that of the chart whose values these are.
fn in_schemas(desk: &Desk, above: &[Step], found: &mut Found) {
    let schemas = desk.study.experiment.files.iter().filter(|(path, _)| path.name() == "values.schema.json");
    for (path, content) in schemas {
        let Some(steps) = above.strip_prefix(root(path).as_slice()) else { continue };
        let Some(schema) = content.text().and_then(|text| serde_json::from_str::<Json>(text).ok()) else { continue };
        let mut list = vec![&schema];
        for step in steps {
            list =
                list.into_iter().flat_map(|at| parts(&schema, at, DEEPEST)).filter_map(|at| child(at, step)).collect();
        }
        let parts = list.into_iter().flat_map(|at| parts(&schema, at, DEEPEST));
        let properties = parts.filter_map(|part| part.get("properties")?.as_object()).flatten();
        for (key, property) in properties {
            let offer = offer(found, &key.as_str().into());
            let written = |key: &str| property.get(key).and_then(Json::as_str).unwrap_or_default();
            if offer.detail.is_empty() {
                written("type").clone_into(&mut offer.detail);
            }
            say(offer, written("title"));
            say(offer, written("description"));
        }
    }
}

/// Schemas in schemas are followed no deeper.
const DEEPEST: usize = 8;

/// A schema and all that it puts together: what it refers to, and the parts of `allOf` and its like.
fn parts<'s>(whole: &'s Json, schema: &'s Json, depth: usize) -> Vec<&'s Json> {
    let Some(depth) = depth.checked_sub(1) else { return Vec::new() };
    let referred = schema.get("$ref").and_then(Json::as_str).and_then(|path| whole.pointer(path.strip_prefix('#')?));
    let together = ["allOf", "anyOf", "oneOf"].into_iter().filter_map(|key| schema.get(key)?.as_array()).flatten();
    let further = referred.into_iter().chain(together).flat_map(|part| parts(whole, part, depth));
    [schema].into_iter().chain(further).collect()
}

fn child<'s>(schema: &'s Json, step: &Step) -> Option<&'s Json> {
    match step {
        Step::Key(key) => schema.get("properties").and_then(|all| all.get(&**key)).or_else(|| {
            let rest = schema.get("additionalProperties")?;
            rest.is_object().then_some(rest)
        }),
        Step::Index(_) => schema.get("items"),
    }
}
