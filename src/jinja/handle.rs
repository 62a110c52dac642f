//! Handles: what minijinja holds in place of a list, a map or an object of ours.

use std::fmt;
use std::sync::Arc;

use minijinja::value::{Enumerator, Object, ObjectRepr};
use minijinja::{Error, ErrorKind, State, Value as Jinja};

use super::convert::to_jinja_within;
use super::session;
use crate::source::ReadsId;
use crate::value::{Map, Traced, Value};

/// Stands for a value in the session of this thread.
///
/// A map may contain itself, and minijinja walks through values without end. So a handle knows how deep its value
/// stands in others, and the session counts what is looked at.
pub(super) struct Handle {
    session: u64,
    slot: usize,
    depth: usize,
}

/// Values deeper in others than this are not there.
const DEEPEST: usize = 64;

impl Handle {
    /// A handle to a value.
    pub(super) fn to(value: Traced, depth: usize) -> Jinja {
        match session::with(|session| session.keep(value)).filter(|_| depth < DEEPEST) {
            Some((session, slot)) => Jinja::from_object(Self { session, slot, depth }),
            None => Jinja::UNDEFINED,
        }
    }

    /// The value.
    pub(super) fn traced(&self) -> Option<Traced> {
        session::with(|session| session.kept(self.session, self.slot)).flatten()
    }

    /// The value, and the map or list that it is: `.Files` is a map of bytes.
    fn plain(&self) -> Option<Traced> {
        let traced = self.traced()?;
        match &traced.value {
            Value::Object(object) => Some(Traced { value: object.underlying()?, ..traced }),
            _ => Some(traced),
        }
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        drop(session::with(|session| session.let_go(self.session, self.slot)));
    }
}

/// What an object that is neither a list nor a map prints.
impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.traced().map(|traced| traced.value) {
            Some(Value::Object(object)) => f.write_str(&object.printed()),
            Some(Value::Map(_)) => f.write_str("{…}"),
            Some(Value::List(_)) => f.write_str("[…]"),
            _ => Ok(()),
        }
    }
}

impl Object for Handle {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        match self.plain().map(|traced| traced.value) {
            Some(Value::Map(_)) => ObjectRepr::Map,
            Some(Value::List(_)) => ObjectRepr::Seq,
            _ => ObjectRepr::Plain,
        }
    }

    fn get_value(self: &Arc<Self>, key: &Jinja) -> Option<Jinja> {
        let traced = self.traced()?;
        let found = match &traced.value {
            Value::Map(map) => map.get(key.as_str()?),
            Value::List(list) => list.items().get(key.as_usize()?).cloned(),
            Value::Object(object) => {
                let name = key.as_str()?;
                let field = object.field(name).map(Traced::from);
                field.or_else(|| object.underlying()?.as_map()?.get(name))
            }
            _ => None,
        };
        if !session::with(session::Session::look).unwrap_or_default() {
            return Some(Jinja::from(Error::new(ErrorKind::OutOfFuel, "too many values were looked at")));
        }
        found.map(|found| to_jinja_within(entry(found, traced.reads), self.depth + 1))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        match self.plain().map(|traced| traced.value) {
            Some(Value::Map(map)) => Enumerator::Values(keys(&map)),
            Some(Value::List(list)) => Enumerator::Seq(list.len()),
            _ => Enumerator::NonEnumerable,
        }
    }

    fn call_method(self: &Arc<Self>, _: &mut State<'_, '_>, name: &str, args: &[Jinja]) -> Result<Jinja, Error> {
        let Some(traced) = self.traced() else { return Err(ErrorKind::UnknownMethod.into()) };
        match &traced.value {
            Value::Object(object) if object.method(name).is_some() => session::method(object, traced.reads, name, args),
            Value::Map(map) => map_method(map, traced.reads, self.depth, name, args),
            _ => Err(ErrorKind::UnknownMethod.into()),
        }
    }
}

fn keys(map: &Map) -> Vec<Jinja> {
    let keys = map.keys();
    session::with(|session| keys.iter().for_each(|key| session.note_key(key)));
    keys.iter().map(|key| Jinja::from(&**key)).collect()
}

/// The methods of Python's dictionaries that templates use.
fn map_method(map: &Map, reads: ReadsId, depth: usize, name: &str, args: &[Jinja]) -> Result<Jinja, Error> {
    let item = |value: Traced| to_jinja_within(entry(value, reads), depth + 1);
    match (name, args) {
        ("keys", []) => Ok(Jinja::from(keys(map))),
        ("values", []) => Ok(map.entries().into_iter().map(|(_, value)| item(value)).collect()),
        ("items", []) => {
            let pair = |(key, value): (std::rc::Rc<str>, Traced)| Jinja::from(vec![Jinja::from(&*key), item(value)]);
            Ok(map.entries().into_iter().map(pair).collect())
        }
        ("get", [key] | [key, _]) => match key.as_str().and_then(|key| map.get(key)) {
            Some(value) => Ok(item(value)),
            None => Ok(args.get(1).cloned().unwrap_or_else(|| Jinja::from(()))),
        },
        _ => Err(ErrorKind::UnknownMethod.into()),
    }
}

/// An entry, read from its own place or from its container's.
fn entry(found: Traced, container: ReadsId) -> Traced {
    let reads = if found.reads == ReadsId::NONE { container } else { found.reads };
    Traced { reads, ..found }
}
