//! What an upgrade would do: played on a copy of the cluster, and told by its outcome.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::objects::{Kind, Pod};
use super::release::{Conflicts, Manifest};
use super::{Cluster, Pursuit};
use crate::kube::{Field, Object};
use crate::value::json;

/// What an upgrade would do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// What is refused, in the words of Helm and the API server.
    pub refusals: Vec<String>,
    /// Objects that would be made.
    pub made: Vec<String>,
    /// Objects that would be changed, and their fields.
    pub changed: Vec<ObjectChange>,
    /// Objects that would be deleted.
    pub deleted: Vec<String>,
    /// Hooks that would run, deleted first where they are there already.
    pub hooks: Vec<String>,
    /// What would become of pods.
    pub pods: Vec<PodChange>,
    /// What would be waited for in the end.
    pub waits: Vec<String>,
    /// Whether it would go on for longer than was looked ahead.
    pub is_cut: bool,
}

/// An object that is changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectChange {
    /// Kind and name.
    pub object: String,
    /// Each field, what it is and what it would be. `None` where it isn't there.
    pub fields: Vec<(String, Option<String>, Option<String>)>,
    /// Those at and below which nothing may be changed.
    pub refused: Vec<String>,
}

impl ObjectChange {
    /// Whether a field may not be changed.
    pub fn is_refused(&self, path: &str) -> bool {
        let is_at = |refused: &String| path.strip_prefix(refused.as_str()).is_some_and(ends_a_name);
        self.refused.iter().any(is_at)
    }
}

/// Whether what stands behind a name in a path isn't more of the name.
fn ends_a_name(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with(['.', '['])
}

/// What would become of the pods of an owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PodChange {
    /// Kind and name of the owner.
    pub owner: String,
    /// What becomes of them.
    pub fate: Fate,
    /// The pods, in the order in which it would happen.
    pub pods: Vec<String>,
    /// The fields because of which.
    pub because: Vec<String>,
}

/// What would become of a pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Fate {
    /// Another one of the same name takes its place.
    Restarted,
    /// It is new.
    New,
    /// It goes.
    Gone,
}

/// So much effort is spent on looking ahead.
const FORESIGHT: u64 = 600_000;

/// Of an object no more changes are told.
const MOST_FIELDS: usize = 30;

impl Cluster {
    /// What an upgrade to these manifests would do.
    pub fn preview(&self, manifests: Vec<Manifest>) -> Preview {
        let mut after = self.clone();
        let mut preview = compared(self, &manifests);
        if let Err(message) = after.upgrade(manifests, Conflicts::Fail) {
            let message = message.strip_prefix("UPGRADE FAILED: ").unwrap_or(&message);
            preview.refusals = message.split(" && ").map(str::to_owned).collect();
        }
        preview.is_cut = after.pursue(&mut Pursuit::rest(), FORESIGHT).is_none();
        preview.pods = pods(self, &after, &preview.changed);
        preview.waits = after.waits().map(|(_, sentence)| sentence.to_owned()).collect();
        preview
    }
}

fn title(object: &Object) -> String {
    format!("{} {}", object.kind(), object.name())
}

fn compared(cluster: &Cluster, after: &[Manifest]) -> Preview {
    let before = cluster.installed();
    let is_same = |one: &Object, other: &Object| one.gvk() == other.gvk() && one.name() == other.name();
    let mut preview = Preview::default();
    for new in after {
        if let Some(hook) = &new.hook {
            let events: Vec<String> = hook.events.iter().map(ToString::to_string).collect();
            if events.iter().any(|event| event.ends_with("upgrade")) {
                preview.hooks.push(format!("{} ({})", title(&new.object), events.join(", ")));
            }
            continue;
        }
        let old = before.iter().find(|old| old.hook.is_none() && is_same(&old.object, &new.object));
        let Some(old) = old else {
            preview.made.push(title(&new.object));
            continue;
        };
        let mut fields = Vec::new();
        differences(old.object.root(), new.object.root(), &mut fields);
        if !fields.is_empty() {
            let refused = cluster.refusal(&new.object).map(|refusal| refusal.fields()).unwrap_or_default();
            preview.changed.push(ObjectChange { object: title(&new.object), fields, refused });
        }
    }
    let is_gone = |old: &&Manifest| {
        old.hook.is_none() && !after.iter().any(|new| new.hook.is_none() && is_same(&new.object, &old.object))
    };
    preview.deleted = before.iter().filter(is_gone).map(|old| title(&old.object)).collect();
    preview
}

/// The fields that differ, each with what it is and what it would be.
fn differences(old: &Field, new: &Field, found: &mut Vec<(String, Option<String>, Option<String>)>) {
    if found.len() >= MOST_FIELDS || written(old) == written(new) {
        return;
    }
    let (old_entries, new_entries) = (old.entries(), new.entries());
    if !old_entries.is_empty() && !new_entries.is_empty() {
        let mut keys: Vec<_> = old_entries.into_iter().chain(new_entries).map(|(key, _)| key).collect();
        keys.sort();
        keys.dedup();
        return keys.iter().for_each(|key| differences(&old.get(key), &new.get(key), found));
    }
    let (old_items, new_items) = (old.items(), new.items());
    if !old_items.is_empty() && !new_items.is_empty() {
        let count = old_items.len().max(new_items.len());
        return (0..count).for_each(|index| differences(&old.item(index), &new.item(index), found));
    }
    found.push((new.path().to_string(), written(old), written(new)));
}

/// What a field says; none where it is absent.
fn written(field: &Field) -> Option<String> {
    if !field.is_present() {
        return None;
    }
    field.string().or_else(|| json::encode(field.value()).ok())
}

fn pods(before: &Cluster, after: &Cluster, changed: &[ObjectChange]) -> Vec<PodChange> {
    let mut found: BTreeMap<(String, Fate), Vec<(u64, &Pod)>> = BTreeMap::new();
    for pod in after.store.pods.values() {
        let fate = match before.store.pods.get(&pod.meta.key) {
            Some(old) if old.meta.uid == pod.meta.uid => continue,
            Some(_) => Fate::Restarted,
            None => Fate::New,
        };
        let at = pod.meta.created.since(super::Moment::START);
        found.entry((owner(after, pod), fate)).or_default().push((at, pod));
    }
    for pod in before.store.pods.values().filter(|pod| !after.store.pods.contains_key(&pod.meta.key)) {
        found.entry((owner(before, pod), Fate::Gone)).or_default().push((0, pod));
    }
    let change = |((owner, fate), mut pods): ((String, Fate), Vec<(u64, &Pod)>)| {
        pods.sort_by_key(|(at, pod)| (*at, pod.meta.key.clone()));
        let because = because(changed, &owner, fate);
        PodChange { owner, fate, pods: pods.iter().map(|(_, pod)| pod.meta.key.name.clone()).collect(), because }
    };
    found.into_iter().map(change).collect()
}

/// Who has a pod made in the end.
fn owner(cluster: &Cluster, pod: &Pod) -> String {
    let Some(owner) = &pod.meta.owner else { return pod.meta.reference().to_string() };
    let set = cluster.store.replica_sets.get(&pod.meta.key.beside(&owner.name));
    let above = set.filter(|_| owner.kind == Kind::ReplicaSet).and_then(|set| set.meta.owner.as_ref());
    let owner = above.unwrap_or(owner);
    format!("{} {}", owner.kind, owner.name)
}

/// The changed fields of an owner that have to do with its pods.
fn because(changed: &[ObjectChange], owner: &str, fate: Fate) -> Vec<String> {
    let fields = changed.iter().filter(|change| change.object == owner).flat_map(|change| &change.fields);
    let matters = |path: &str| path.starts_with("spec.template") || fate != Fate::Restarted && path == "spec.replicas";
    let told = fields.filter(|(path, ..)| matters(path)).map(|(path, old, new)| {
        let (old, new) = (old.as_deref().unwrap_or("not set"), new.as_deref().unwrap_or("not set"));
        format!("{path} goes from {old} to {new}")
    });
    told.collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Cluster, Manifest, Settings};
    use super::*;

    fn manifests(replicas: u32, image: &str, service: &str) -> Vec<Manifest> {
        let set = format!(
            "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {{name: web}}\nspec:\n  replicas: {replicas}\n  serviceName: {service}\n  \
             selector: {{matchLabels: {{app: web}}}}\n  template:\n    metadata: {{labels: {{app: web}}}}\n    \
             spec: {{containers: [{{name: web, image: '{image}'}}]}}\n"
        );
        let object = Object::read(set.as_bytes()).unwrap();
        vec![Manifest { document: 0, object, hook: None }]
    }

    fn installed() -> Cluster {
        let mut cluster = Cluster::new(Settings::default());
        cluster.install(manifests(3, "a:1", "web")).unwrap();
        cluster.run();
        cluster
    }

    #[test]
    fn another_image_restarts_pods_from_the_last_to_the_first() {
        let preview = installed().preview(manifests(4, "a:2", "web"));
        let told: Vec<_> = preview.pods.iter().map(|change| (change.fate, change.pods.join(" "))).collect();
        assert_eq!(told, [(Fate::Restarted, "web-2 web-1 web-0".into()), (Fate::New, "web-3".into())]);
        let because = &preview.pods.first().unwrap().because;
        assert_eq!(because, &["spec.template.spec.containers[0].image goes from a:1 to a:2"]);
        assert!(preview.refusals.is_empty());
    }

    #[test]
    fn what_is_refused_is_told_in_the_api_servers_words() {
        let preview = installed().preview(manifests(3, "a:1", "other"));
        assert!(preview.refusals.iter().any(|refusal| refusal.contains("updates to statefulset spec for fields")));
        let marked: Vec<bool> = preview.changed.iter().map(|change| change.is_refused("spec.serviceName")).collect();
        assert_eq!(marked, [true]);
        assert!(preview.pods.is_empty());
    }
}
