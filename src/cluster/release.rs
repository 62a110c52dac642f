//! What Helm does with a chart: hooks one after the other, then everything else at once, then hooks again.
//!
//! Follows `pkg/action` of Helm 4, which applies on the server's side and goes on after a refusal.

use std::collections::VecDeque;

use super::Cluster;
use super::controller::Controller;
use super::event::{Because, Source};
use super::objects::{JobEnd, Key, Kind, ObjectRef, Phase, Spec};
use crate::kube::{Hook, HookEvent, Object};

/// A manifest of a release.
#[derive(Clone, Debug)]
pub struct Manifest {
    /// The number by which events call it.
    pub document: usize,
    /// Its content.
    pub object: Object,
    /// When it runs, where it is a hook.
    pub hook: Option<Hook>,
}

/// What Helm does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operation {
    Install,
    Upgrade,
    Rollback,
    Uninstall,
}

/// Who wins where somebody else has changed a field since.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Conflicts {
    /// The other: the upgrade fails.
    #[default]
    Fail,
    /// The chart: `--force-conflicts`.
    Force,
}

/// The next thing that Helm does.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Stage {
    /// Makes a hook and waits for its end.
    Hook(Source, HookEvent),
    /// Waits for the end of the hook that runs.
    Await(Source, HookEvent, Key),
    /// Deletes the hooks of an event that have ended well, where they say so.
    CleanUp(HookEvent),
    /// Makes or changes everything else.
    Apply,
    /// Deletes everything.
    Delete,
    /// Says that it is done.
    Done,
}

/// A release and what is being done with it.
#[derive(Clone, Debug, Default)]
pub struct Release {
    /// Every set of manifests that was handed in.
    sets: Vec<Vec<Manifest>>,
    /// The revisions of the release, by their set.
    revisions: Vec<usize>,
    /// Whether it is there.
    is_installed: bool,
    operation: Option<Operation>,
    conflicts: Conflicts,
    stages: VecDeque<Stage>,
    refusal: Option<String>,
}

/// Helm, as far as it waits.
pub struct Helm;

impl Controller for Helm {
    fn reconcile(&self, cluster: &mut Cluster) {
        let Some(stage) = cluster.release.stages.front().cloned() else { return };
        if let Stage::Await(source, event, key) = stage {
            await_hook(cluster, source, event, &key);
            return;
        }
        cluster.release.stages.pop_front();
        cluster.touch();
        let done = match stage {
            Stage::Hook(source, event) => start_hook(cluster, source, event),
            Stage::CleanUp(event) => {
                clean_up(cluster, event);
                Ok(())
            }
            Stage::Apply => apply(cluster),
            Stage::Delete => {
                delete(cluster);
                Ok(())
            }
            Stage::Await(..) | Stage::Done => {
                done(cluster);
                Ok(())
            }
        };
        if let Err(message) = done {
            cluster.refuse(message);
        }
    }
}

impl Cluster {
    /// `helm install`
    pub fn install(&mut self, manifests: Vec<Manifest>) -> Result<(), String> {
        if self.release.is_installed {
            return Err(
                "INSTALLATION FAILED: release name check failed: cannot reuse a name that is still in use".into()
            );
        }
        self.release.revisions.clear();
        self.release.sets.push(manifests);
        self.release.revisions.push(self.release.sets.len() - 1);
        self.release.is_installed = true;
        self.begin(Operation::Install)
    }

    /// `helm upgrade`
    pub fn upgrade(&mut self, manifests: Vec<Manifest>, conflicts: Conflicts) -> Result<(), String> {
        if !self.release.is_installed {
            return Err(format!("UPGRADE FAILED: {:?} has no deployed releases", self.settings.release));
        }
        self.release.conflicts = conflicts;
        self.release.sets.push(manifests);
        self.release.revisions.push(self.release.sets.len() - 1);
        self.begin(Operation::Upgrade)
    }

    /// `helm rollback`, to the revision before or to a certain one.
    pub fn rollback(&mut self, revision: Option<usize>) -> Result<(), String> {
        let Release { revisions, is_installed, .. } = &self.release;
        if !is_installed {
            return Err("release: not found".into());
        }
        let number = revision.unwrap_or_else(|| revisions.len().saturating_sub(1));
        let set = number.checked_sub(1).and_then(|at| revisions.get(at)).copied();
        let set = set.ok_or_else(|| format!("release has no {number} version"))?;
        self.release.revisions.push(set);
        self.begin(Operation::Rollback)
    }

    /// `helm uninstall`
    pub fn uninstall(&mut self) -> Result<(), String> {
        if !self.release.is_installed {
            return Err(format!("uninstall: Release not loaded: {}: release: not found", self.settings.release));
        }
        self.begin(Operation::Uninstall)
    }

    /// How many revisions the release has.
    pub fn revisions(&self) -> usize {
        self.release.revisions.len()
    }

    /// Whether the release is there.
    pub fn is_installed(&self) -> bool {
        self.release.is_installed
    }

    /// The manifests of the newest revision; none where the release isn't there.
    pub fn installed(&self) -> &[Manifest] {
        let set = self.release.revisions.last().filter(|_| self.release.is_installed);
        set.and_then(|set| self.release.sets.get(*set)).map(Vec::as_slice).unwrap_or_default()
    }

    /// Kind and name of the manifest that a field stands in.
    pub fn named_by(&self, because: &Because) -> Option<(String, String)> {
        let set = self.release.sets.get(because.source.revision)?;
        let manifest = set.iter().find(|manifest| manifest.document == because.source.document)?;
        Some((manifest.object.kind(), manifest.object.name()))
    }

    /// How many sets of manifests were handed in.
    pub fn sets(&self) -> usize {
        self.release.sets.len()
    }

    fn begin(&mut self, operation: Operation) -> Result<(), String> {
        if !self.release.stages.is_empty() {
            self.release.revisions.pop();
            return Err("another operation (install/upgrade/rollback) is in progress".into());
        }
        self.release.operation = Some(operation);
        self.release.refusal = None;
        let (before, after) = match operation {
            Operation::Install => (HookEvent::PreInstall, HookEvent::PostInstall),
            Operation::Upgrade => (HookEvent::PreUpgrade, HookEvent::PostUpgrade),
            Operation::Rollback => (HookEvent::PreRollback, HookEvent::PostRollback),
            Operation::Uninstall => (HookEvent::PreDelete, HookEvent::PostDelete),
        };
        let mut stages = self.hooks(before);
        stages.push(if operation == Operation::Uninstall { Stage::Delete } else { Stage::Apply });
        stages.append(&mut self.hooks(after));
        stages.push(Stage::Done);
        self.release.stages = stages.into();
        self.settle();
        self.release.refusal.clone().map_or(Ok(()), Err)
    }

    /// The hooks of an event, the lightest first, and their clean-up.
    fn hooks(&self, event: HookEvent) -> Vec<Stage> {
        let set = self.release.revisions.last().copied().unwrap_or_default();
        let manifests = self.release.sets.get(set).map(Vec::as_slice).unwrap_or_default();
        let hook = |manifest: &Manifest| {
            let hook = manifest.hook.as_ref().filter(|hook| hook.events.contains(&event))?;
            Some((hook.weight, manifest.object.name(), manifest.document))
        };
        let mut hooks: Vec<_> = manifests.iter().filter_map(hook).collect();
        hooks.sort();
        let stage = |(_, _, document)| Stage::Hook(Source { revision: set, document }, event);
        let mut stages: Vec<Stage> = hooks.into_iter().map(stage).collect();
        if !stages.is_empty() {
            stages.push(Stage::CleanUp(event));
        }
        stages
    }

    fn manifest(&self, source: Source) -> Option<Manifest> {
        let set = self.release.sets.get(source.revision)?;
        set.iter().find(|manifest| manifest.document == source.document).cloned()
    }

    /// The release fails.
    fn refuse(&mut self, message: String) {
        self.release.stages.clear();
        let (message, what) = match self.release.operation {
            Some(Operation::Install) => (format!("INSTALLATION FAILED: {message}"), "install"),
            Some(Operation::Upgrade) => (format!("UPGRADE FAILED: {message}"), "upgrade"),
            Some(Operation::Rollback) => (message, "rollback"),
            Some(Operation::Uninstall) | None => (message, "uninstall"),
        };
        self.release.refusal = Some(message.clone());
        let about = self.about_release();
        self.tell(about, format!("the {what} fails: {message}"), None, None);
    }

    fn about_release(&self) -> ObjectRef {
        let namespace = self.settings.namespace.clone();
        ObjectRef { kind: "Release".to_owned(), namespace, name: self.settings.release.clone() }
    }
}

fn start_hook(cluster: &mut Cluster, source: Source, event: HookEvent) -> Result<(), String> {
    let Some(manifest) = cluster.manifest(source) else { return Ok(()) };
    let policies = manifest.hook.map(|hook| hook.delete_policies).unwrap_or_default();
    if policies.is_empty() || policies.iter().any(|policy| policy == "before-hook-creation") {
        cluster.delete_object(&manifest.object);
    }
    let made = cluster.create(source, &manifest.object);
    let key = made.map_err(|error| match event {
        HookEvent::PreInstall | HookEvent::PostInstall => format!("failed {event}: {error}"),
        _ => format!("{event} hooks failed: {error}"),
    })?;
    if matches!(Kind::of(&manifest.object.gvk()), Kind::Pod | Kind::Job) {
        cluster.release.stages.push_front(Stage::Await(source, event, key));
    }
    Ok(())
}

/// A hook that is a pod has to end well.
fn await_hook(cluster: &mut Cluster, source: Source, event: HookEvent, key: &Key) {
    let job = cluster.store.jobs.get(key).filter(|_| !cluster.store.pods.contains_key(key)).map(|job| match job.end {
        None => Phase::Running,
        Some((JobEnd::Complete, _)) => Phase::Succeeded,
        Some((JobEnd::Failed, _)) => Phase::Failed,
    });
    let phase = cluster.store.pods.get(key).map(|pod| pod.phase).or(job);
    match phase {
        Some(Phase::Pending | Phase::Running) => {
            let sentence = format!("Helm waits for the end of {} ({event})", key.name);
            let object = cluster.manifest(source).map(|manifest| manifest.object);
            let because = object.map(|object| Spec { source, object }.because("metadata.annotations"));
            let about = cluster.about_release();
            cluster.tell_wait(about, sentence, because, None);
        }
        Some(Phase::Failed) => {
            let Some(Manifest { object, hook, .. }) = cluster.manifest(source) else { return };
            if hook.is_some_and(|hook| hook.delete_policies.iter().any(|policy| policy == "hook-failed")) {
                cluster.delete_object(&object);
            }
            let message = format!("{} {} failed", object.kind(), key.name);
            cluster.refuse(match event {
                HookEvent::PreInstall | HookEvent::PostInstall => format!("failed {event}: {message}"),
                _ => format!("{event} hooks failed: {message}"),
            });
        }
        Some(Phase::Succeeded) | None => {
            cluster.release.stages.pop_front();
            cluster.touch();
        }
    }
}

/// Deletes the hooks that say `hook-succeeded`.
fn clean_up(cluster: &mut Cluster, event: HookEvent) {
    let set = cluster.release.revisions.last().copied().unwrap_or_default();
    let manifests = cluster.release.sets.get(set).cloned().unwrap_or_default();
    for manifest in manifests.into_iter().rev() {
        let is_due = manifest.hook.as_ref().is_some_and(|hook| {
            hook.events.contains(&event) && hook.delete_policies.iter().any(|policy| policy == "hook-succeeded")
        });
        if is_due {
            cluster.delete_object(&manifest.object);
        }
    }
}

/// Makes what isn't there, changes what is, and deletes what the chart no longer has.
fn apply(cluster: &mut Cluster) -> Result<(), String> {
    let set = cluster.release.revisions.last().copied().unwrap_or_default();
    let manifests = cluster.release.sets.get(set).cloned().unwrap_or_default();
    let is_first = cluster.release.operation == Some(Operation::Install);
    let conflicts = cluster.release.conflicts;
    let mut refusals = Vec::new();
    for manifest in manifests.iter().filter(|manifest| manifest.hook.is_none()) {
        let source = Source { revision: set, document: manifest.document };
        let done = if is_first || !cluster.exists(&manifest.object) {
            cluster.create(source, &manifest.object).map(|_| ())
        } else {
            cluster.update(source, &manifest.object, conflicts)
        };
        match done {
            Err(message) if is_first => return Err(message),
            Err(message) => refusals.push(message),
            Ok(()) => {}
        }
    }
    if !refusals.is_empty() {
        return Err(refusals.join(" && "));
    }
    prune(cluster, &manifests);
    Ok(())
}

/// Deletes what the revision before had and this one hasn't.
fn prune(cluster: &mut Cluster, manifests: &[Manifest]) {
    let Some(before) = cluster.release.revisions.iter().rev().nth(1).copied() else { return };
    let before = cluster.release.sets.get(before).cloned().unwrap_or_default();
    let is_same = |one: &Object, other: &Object| one.gvk() == other.gvk() && one.name() == other.name();
    for old in before.iter().filter(|old| old.hook.is_none()) {
        let is_kept = manifests.iter().any(|new| new.hook.is_none() && is_same(&new.object, &old.object));
        if !is_kept && !is_kept_for_good(&old.object) {
            cluster.delete_object(&old.object);
        }
    }
}

/// Whether an object says that Helm must not delete it.
fn is_kept_for_good(object: &Object) -> bool {
    object.annotation("helm.sh/resource-policy").is_some_and(|policy| policy == "keep")
}

fn delete(cluster: &mut Cluster) {
    let set = cluster.release.revisions.last().copied().unwrap_or_default();
    let manifests = cluster.release.sets.get(set).cloned().unwrap_or_default();
    for manifest in manifests.iter().rev().filter(|manifest| manifest.hook.is_none()) {
        if !is_kept_for_good(&manifest.object) {
            cluster.delete_object(&manifest.object);
        }
    }
    cluster.release.is_installed = false;
}

fn done(cluster: &mut Cluster) {
    let about = cluster.about_release();
    let (name, revision) = (cluster.settings.release.clone(), cluster.release.revisions.len());
    let sentence = match cluster.release.operation.take() {
        Some(Operation::Uninstall) => format!("release {name} is uninstalled"),
        Some(Operation::Rollback) => format!("release {name} is rolled back: this is its revision {revision}"),
        _ => format!("release {name} is deployed, revision {revision}"),
    };
    cluster.tell(about, sentence, None, None);
}
