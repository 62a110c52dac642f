//! A later world, in which a chart is installed: what `lookup` finds there is what the chart rendered to the first
//! time. What differs in a rendering there is what an upgrade would change.

use super::cx::namespace_in;
use crate::engine::to_base64;
use crate::kube::Object;
use crate::template::{SeededWorld, World};
use crate::value::{List, Map, Text, Value};

/// More than a year later, with other dice, in a cluster that has these objects.
pub(super) struct Installed {
    world: SeededWorld,
    namespace: String,
    objects: Vec<Object>,
}

impl Installed {
    /// The world of a revision, long after the one before.
    pub(super) fn after(world: &mut dyn World, revision: i64, namespace: &str, objects: Vec<Object>) -> Self {
        const LATER: i128 = ((400 * 24 + 1) * 60 + 1) * 60 * 1_000_000_000 + 1_000_000_000;
        let mut seed = [0; 8];
        world.random(&mut seed);
        let world =
            SeededWorld::new(world.now().saturating_add(LATER * i128::from(revision)), !u64::from_le_bytes(seed));
        Self { world, namespace: namespace.to_owned(), objects }
    }

    /// The objects of a kind in a namespace; those of all namespaces where none is named.
    fn of_kind<'a>(
        &'a self,
        api_version: &'a str,
        kind: &'a str,
        namespace: &'a str,
    ) -> impl Iterator<Item = &'a Object> {
        self.objects.iter().filter(move |object| {
            let own = namespace_in(object, &self.namespace);
            object.api_version() == api_version && object.kind() == kind && (namespace.is_empty() || own == namespace)
        })
    }
}

impl World for Installed {
    fn now(&mut self) -> i128 {
        self.world.now()
    }

    fn random(&mut self, bytes: &mut [u8]) {
        self.world.random(bytes);
    }

    fn lookup(&mut self, api_version: &str, kind: &str, namespace: &str, name: &str) -> Value {
        if !name.is_empty() {
            let found = self.of_kind(api_version, kind, namespace).find(|object| object.name() == name);
            return found.map(as_stored).unwrap_or_default();
        }
        let items: List = self.of_kind(api_version, kind, namespace).map(as_stored).collect();
        let list =
            [("apiVersion", Value::from(api_version)), ("kind", format!("{kind}List").into()), ("items", items.into())];
        Value::Map(list.into_iter().collect())
    }
}

/// An object as the cluster gives it back: of a Secret, what was written as text is encoded.
fn as_stored(object: &Object) -> Value {
    let Value::Map(root) = object.root().value() else { return Value::Nil };
    let texts = object.at("stringData").entries();
    if !object.gvk().is("", "Secret") || texts.is_empty() {
        return object.root().value().clone();
    }
    let encoded =
        texts.into_iter().filter_map(|(key, text)| Some((key, text.text().map(Text::as_bytes).map(to_base64)?)));
    let kept = object.at("data").entries().into_iter().map(|(key, field)| (key, field.value().clone()));
    let data: Map = kept.chain(encoded.map(|(key, text)| (key, Value::from(text)))).collect();
    let stored = root.shallow_copy();
    stored.set("data", Value::Map(data));
    Value::Map(stored)
}
