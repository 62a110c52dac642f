//! Between Go's values and minijinja's.

use minijinja::value::ValueKind;
use minijinja::{Error, ErrorKind, Value as Jinja};

use super::handle::Handle;
use super::session;
use crate::value::{List, Map, Traced, Value, format};

/// Jinja's own lists and maps that functions get are no deeper.
const DEEPEST: usize = 100;

/// A float64 below this is a whole number if it has no fraction.
const WHOLE: f64 = 9_007_199_254_740_992.0;

/// A value as minijinja sees it.
pub(super) fn to_jinja(traced: Traced) -> Jinja {
    to_jinja_within(traced, 0)
}

/// The same, for a value that stands so deep in another one.
pub(super) fn to_jinja_within(traced: Traced, depth: usize) -> Jinja {
    session::with(|session| session.note(&traced));
    match traced.value {
        Value::Nil => Jinja::from(()),
        Value::Bool(b) => Jinja::from(b),
        Value::Int(n, _) => Jinja::from(n),
        Value::Uint(n, _) => Jinja::from(n),
        Value::Float(n) => float(n),
        Value::Complex(..) => Jinja::from(String::from_utf8_lossy(&format::display(&traced.value)).into_owned()),
        Value::String(text) => Jinja::from(&*text.to_str()),
        Value::List(_) | Value::Map(_) | Value::Object(_) => Handle::to(traced, depth),
    }
}

/// Numbers of values.yaml are `float64`, be they whole or not.
#[allow(clippy::cast_possible_truncation)]
fn float(n: f64) -> Jinja {
    if n.fract() == 0.0 && n.abs() < WHOLE { Jinja::from(n as i64) } else { Jinja::from(n) }
}

/// The arguments of a call. Go has none by name.
pub(super) fn args(args: &[Jinja]) -> Result<Vec<Traced>, Error> {
    args.iter().map(|arg| from_jinja(arg, 0)).collect()
}

/// A value as Go's functions see it.
fn from_jinja(value: &Jinja, depth: usize) -> Result<Traced, Error> {
    if let Some(handle) = value.downcast_object_ref::<Handle>() {
        return Ok(handle.traced().unwrap_or_default());
    }
    if depth > DEEPEST {
        return Err(Error::new(ErrorKind::InvalidOperation, "lists and maps stand too deep in each other"));
    }
    Ok(match value.kind() {
        ValueKind::Undefined | ValueKind::None => Traced::default(),
        ValueKind::Bool => Value::Bool(value.is_true()).into(),
        ValueKind::Number => number(value).into(),
        ValueKind::String => recalled(value.as_str().unwrap_or_default()),
        ValueKind::Bytes => Value::String(value.as_bytes().unwrap_or_default().to_vec().into()).into(),
        ValueKind::Seq | ValueKind::Iterable => {
            let items = value.try_iter()?.map(|item| from_jinja(&item, depth + 1));
            List::new(items.collect::<Result<_, _>>()?).into()
        }
        ValueKind::Map => {
            let map = Map::new();
            for key in value.try_iter()? {
                map.set(key.to_string(), from_jinja(&value.get_item(&key)?, depth + 1)?);
            }
            map.into()
        }
        // The value says itself what is wrong with it.
        ValueKind::Invalid => return Err(value.try_iter().err().unwrap_or_else(|| ErrorKind::InvalidOperation.into())),
        _ => recalled(&value.to_string()),
    })
}

fn recalled(text: &str) -> Traced {
    session::with(|session| session.recall(text)).unwrap_or_else(|| text.into())
}

fn number(value: &Jinja) -> Value {
    match value.as_i64().filter(|_| value.is_integer()) {
        Some(n) => Value::int(n),
        None => Value::Float(f64::try_from(value.clone()).unwrap_or_default()),
    }
}
