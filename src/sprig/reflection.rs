//! Sprig's [reflection functions](https://masterminds.github.io/sprig/reflection.html).

use super::equal::deep_equal as equal;
use crate::template::{CallError, Context, Function};
use crate::value::format::type_name;
use crate::value::{Text, Traced, Value};

pub(super) fn functions() -> Vec<Function> {
    vec![
        Function::new("typeOf", type_of).doc("The type of a value.").example("{{ typeOf 1.5 }}", "float64"),
        Function::new("typeIs", type_is).doc("Whether a value is of a type.").example("{{ typeIs \"int\" 1 }}", "true"),
        Function::new("typeIsLike", type_is_like)
            .doc("Whether a value is of a type, or a pointer to one.")
            .example("{{ typeIsLike \"semver.Version\" (semver \"1.0.0\") }}", "true"),
        Function::new("kindOf", kind_of)
            .doc("The kind of a value: `map`, `slice`, `string`, `int`, …")
            .example("{{ kindOf (list 1) }}", "slice"),
        Function::new("kindIs", kind_is)
            .doc("Whether a value is of a kind.")
            .example("{{ kindIs \"map\" (dict) }}", "true"),
        Function::new("deepEqual", deep_equal)
            .doc("Whether two values are equal in types and contents.")
            .example("{{ deepEqual (list 1 2) (list 1 2) }}", "true"),
    ]
}

/// The kind of a value, as Go's `reflect.Kind` prints it.
pub(super) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Object(object) => object.kind(),
        _ => value.ty().map_or("invalid", |ty| ty.kind()),
    }
}

/// A statement about a value was only decided by it.
fn decided(cx: &mut dyn Context, value: &Traced, result: impl Into<Value>) -> Traced {
    let reads = cx.trace().decides(value.reads);
    Traced::new(result, reads)
}

fn type_of(cx: &mut dyn Context, value: Traced) -> Traced {
    decided(cx, &value, type_name(&value.value))
}

fn type_is(cx: &mut dyn Context, target: Text, value: Traced) -> Traced {
    let is_type = type_name(&value.value).as_bytes() == target.as_bytes();
    decided(cx, &value, is_type)
}

fn type_is_like(cx: &mut dyn Context, target: Text, value: Traced) -> Traced {
    let name = type_name(&value.value);
    let is_like = [name.as_str(), name.trim_start_matches('*')].iter().any(|name| name.as_bytes() == target.as_bytes());
    decided(cx, &value, is_like)
}

fn kind_of(cx: &mut dyn Context, value: Traced) -> Traced {
    decided(cx, &value, kind(&value.value))
}

fn kind_is(cx: &mut dyn Context, target: Text, value: Traced) -> Traced {
    let is_kind = kind(&value.value).as_bytes() == target.as_bytes();
    decided(cx, &value, is_kind)
}

fn deep_equal(cx: &mut dyn Context, a: Value, b: Value) -> Result<bool, CallError> {
    cx.charge_steps(1)?;
    Ok(equal(&a, &b))
}
