//! Where an unknown field would be known. Most are indented a level too far, or not far enough.

use super::check::{Around, Belongs};
use super::{Schemas, Type};
use crate::kube::Field;

/// The map that an unknown field belongs into: one around the map in which it stands, or one in it. Only a map that is
/// there is named, and only where what is written fits.
pub(super) fn find(schemas: &Schemas, name: &str, field: &Field, around: &Around) -> Option<Belongs> {
    outside(schemas, name, field, around).or_else(|| inside(schemas, name, field, around))
}

fn outside(schemas: &Schemas, name: &str, field: &Field, around: &Around) -> Option<Belongs> {
    let mut maps = std::iter::successors(around.outside, |around| around.outside);
    let map = maps.find(|map| takes(schemas, name, field, map.fields, map.field))?;
    Some(Belongs { into: map.field.path().clone(), is_outside: true })
}

/// The nearest ones first.
fn inside(schemas: &Schemas, name: &str, field: &Field, around: &Around) -> Option<Belongs> {
    let mut level = vec![(around.field.clone(), around.fields)];
    for _ in 0..DEEPEST_INSIDE {
        let below = level.iter().flat_map(|(map, fields)| {
            let entries = map.entries().into_iter();
            entries.filter_map(|(key, map)| Some((map, schemas.fields(&fields.get(&key)?.kind)?)))
        });
        level = below.filter(|(map, _)| map.value().as_map().is_some()).collect::<Vec<_>>();
        if let Some((map, _)) = level.iter().find(|(map, fields)| takes(schemas, name, field, fields, map)) {
            return Some(Belongs { into: map.path().clone(), is_outside: false });
        }
    }
    None
}

/// So far in are places that somebody may have missed.
const DEEPEST_INSIDE: usize = 3;

/// Whether a map has such a field, which isn't there, and what is written fits.
fn takes(schemas: &Schemas, name: &str, field: &Field, fields: &super::Fields, map: &Field) -> bool {
    let Some(property) = fields.get(name).filter(|_| !map.get(name).is_present()) else { return false };
    match &property.kind {
        // `name` of a map and `name` of a scalar have nothing to do with each other.
        kind @ (Type::Object(_) | Type::Named(_)) => {
            let known = schemas.fields(kind);
            let entries = field.entries();
            !entries.is_empty() && known.is_some_and(|known| entries.iter().all(|(key, _)| known.get(key).is_some()))
        }
        kind => super::check::mismatch(field.value(), kind).is_none(),
    }
}
