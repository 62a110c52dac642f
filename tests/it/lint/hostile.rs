//! No rule fails on any object, however wrong its types are.

use chartroom::kube::{Object, Places};
use chartroom::lint::{Activation, Config, RULES, check, rule};
use chartroom::value::{List, Map, Value};

use super::objects;

/// What stands in a field's place.
fn replacements() -> Vec<Value> {
    let list: List = [Value::Nil, "x".into(), Value::Map(Map::new())].into_iter().collect();
    let map: Map = [("name", Value::int(1)), ("hostPath", true.into()), ("", Value::Nil)].into_iter().collect();
    vec![
        Value::Nil,
        true.into(),
        Value::int(i64::MIN),
        Value::Float(f64::NAN),
        "".into(),
        "../ü\u{0}".into(),
        list.into(),
        Value::Map(map),
    ]
}

/// The value with one field after the other, at any depth, replaced by `by`.
fn mutants(value: &Value, by: &Value) -> Vec<Value> {
    let mut all = vec![by.clone()];
    match value {
        Value::Map(map) => {
            for (key, entry) in map.entries() {
                for mutant in mutants(&entry.value, by) {
                    let copy = map.shallow_copy();
                    copy.set(key.clone(), mutant);
                    all.push(Value::Map(copy));
                }
            }
        }
        Value::List(list) => {
            for (at, item) in list.items().iter().enumerate() {
                for mutant in mutants(&item.value, by) {
                    let items = list.items().iter().enumerate();
                    let items = items.map(|(i, item)| if i == at { mutant.clone() } else { item.value.clone() });
                    all.push(Value::List(items.collect()));
                }
            }
        }
        _ => {}
    }
    all
}

#[test]
fn wrong_types_anywhere_are_input_like_any_other() {
    let activation = RULES.iter().map(|rule| (rule.id.to_owned(), Activation::On)).collect();
    let config = Config { activation, ..super::config() };
    // One rule of each family: the others have nearly the same examples.
    let seeds = [
        "statefulset-service-hides-unready",
        "host-path-subpath",
        "host-path-persistent-volume",
        "no-readiness-probe",
        "dangling-horizontalpodautoscaler",
        "dangling-key",
        "dangling-servicemonitor",
        "dangling-webhook-service",
        "duplicate-mount-path",
        "ingress-missing-path-type",
        "shared-rwo-claim",
        "test-pod-gets-traffic",
    ];
    let mut checked = 0;
    for seed in seeds {
        let whole = objects(rule(seed).expect("a rule").bad);
        for (at, object) in whole.iter().enumerate() {
            for mutant in replacements().iter().flat_map(|by| mutants(object.root().value(), by)) {
                let mut mutated = whole.clone();
                mutated[at] = Object::new(mutant, Places::unknown());
                for finding in check(&mutated, &config) {
                    assert!(finding.place.document < mutated.len() && !finding.message.is_empty());
                }
                checked += 1;
            }
        }
    }
    assert!(checked > 800, "{checked} mutants are too few to prove anything");
}
