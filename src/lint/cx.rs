//! What rules look at: all objects of a rendering, and what connects them.

use std::cell::OnceCell;

use super::Config;
use super::background::Scene;
use super::custom::may_make_objects;
use super::faults::Faults;
use super::hooks;
use super::index::{Index, Named};
use super::manifest::Manifest;
use super::pods::{Pods, is_generated};
use super::printed::{Printed, printed};
use super::references::{self, Reference, Role};
use super::scope::is_cluster_wide;
use crate::kube::{Container, Field, GroupVersionKind, Object, PodSpec, Selector, Workload, WorkloadKind};
use crate::source::{Severity, Span};

/// An object and its number.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// Its number among those that are checked.
    pub index: usize,
    /// The object.
    pub object: &'a Object,
}

/// A workload among the objects.
#[derive(Clone, Debug)]
pub struct WorkloadSubject<'a> {
    /// The object.
    pub subject: Subject<'a>,
    /// The object as a workload.
    pub workload: Workload<'a>,
    /// Its pods' `spec`.
    pub pod: PodSpec,
}

/// A Service among the objects.
#[derive(Clone, Debug)]
pub struct Service<'a> {
    /// The object and its number.
    pub subject: Subject<'a>,
    /// The object.
    pub object: &'a Object,
    /// Its name.
    pub name: String,
    /// The namespace it will be in.
    pub namespace: String,
    /// The labels it asks of its pods.
    pub selector: Selector,
}

/// All objects of a rendering.
pub struct Cx<'a> {
    config: &'a Config,
    subjects: Vec<(GroupVersionKind, Subject<'a>)>,
    workloads: Vec<WorkloadSubject<'a>>,
    services: Vec<Service<'a>>,
    pods: Vec<Pods<'a>>,
    index: Index<'a>,
    references: Vec<Reference<'a>>,
    operators: Operators,
    scene: Option<Scene<'a>>,
    faults: OnceCell<Faults>,
    manifest: OnceCell<Option<Manifest>>,
    printed: OnceCell<Vec<Printed>>,
    written_hooks: OnceCell<Vec<(String, Span)>>,
}

/// Whether something rendered makes objects that nobody sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operators {
    None,
    Some,
}

impl<'a> Cx<'a> {
    /// Sorts the objects out, once for all rules.
    pub(super) fn new(objects: &'a [Object], config: &'a Config, scene: Option<Scene<'a>>) -> Self {
        let subject = |(index, object): (usize, &'a Object)| (object.gvk(), Subject { index, object });
        let subjects: Vec<_> = objects.iter().enumerate().map(subject).collect();
        let workloads = subjects.iter().filter_map(|&(_, subject)| {
            let workload = Workload::of(subject.object)?;
            let pod = workload.pod();
            Some(WorkloadSubject { subject, workload, pod })
        });
        let services = subjects.iter().filter(|(gvk, _)| gvk.is("", "Service")).map(|&(_, subject)| Service {
            subject,
            object: subject.object,
            name: subject.object.name(),
            namespace: namespace(subject.object, config),
            selector: Selector::from_labels(&subject.object.at("spec.selector")),
        });
        let (workloads, services) = (workloads.collect(), services.collect());
        let (mut pods, mut references, mut index) = (Vec::new(), Vec::new(), Index::default());
        for (gvk, subject) in &subjects {
            let namespace = namespace(subject.object, config);
            references.extend(references::of_object(gvk, *subject, &namespace));
            pods.extend(Pods::of(gvk, *subject, &namespace));
            index.insert(gvk, Named { subject: *subject, namespace });
        }
        references.extend(pods.iter().flat_map(references::of_pods));
        let makes_objects = subjects.iter().any(|(gvk, _)| may_make_objects(gvk));
        let operators = if makes_objects { Operators::Some } else { Operators::None };
        Self {
            config,
            subjects,
            workloads,
            services,
            pods,
            index,
            references,
            operators,
            scene,
            faults: OnceCell::new(),
            manifest: OnceCell::new(),
            printed: OnceCell::new(),
            written_hooks: OnceCell::new(),
        }
    }

    /// What the linter was told.
    pub fn config(&self) -> &Config {
        self.config
    }

    /// The rendering that the objects are of; `None` where they are manifests as they stand.
    pub fn scene(&self) -> Option<Scene<'a>> {
        self.scene
    }

    /// Every object.
    pub fn subjects(&self) -> impl Iterator<Item = Subject<'a>> {
        self.subjects.iter().map(|&(_, subject)| subject)
    }

    /// Every object of this group and kind.
    pub fn of_kind(&self, group: &'static str, kind: &'static str) -> impl Iterator<Item = Subject<'a>> {
        self.subjects.iter().filter(move |(gvk, _)| gvk.is(group, kind)).map(|&(_, subject)| subject)
    }

    /// Every workload.
    pub fn workloads(&self) -> &[WorkloadSubject<'a>] {
        &self.workloads
    }

    /// Every workload of this kind.
    pub fn workloads_of(&self, kind: WorkloadKind) -> impl Iterator<Item = &WorkloadSubject<'a>> {
        self.workloads.iter().filter(move |workload| workload.workload.kind == kind)
    }

    /// Every container of every workload, in the order in which they start.
    pub fn containers(&self) -> impl Iterator<Item = (&WorkloadSubject<'a>, Container)> {
        self.workloads.iter().flat_map(|workload| {
            let containers = workload.pod.all_containers();
            containers.into_iter().map(move |container| (workload, container))
        })
    }

    /// Every Service.
    pub fn services(&self) -> &[Service<'a>] {
        &self.services
    }

    /// Everything that makes pods, custom resources with a template of pods among it.
    pub fn pods(&self) -> &[Pods<'a>] {
        &self.pods
    }

    /// The objects by their names.
    pub fn index(&self) -> &Index<'a> {
        &self.index
    }

    /// Everything that names an object for this purpose, in the order of the objects.
    pub fn references(&self, role: Role) -> impl Iterator<Item = &Reference<'a>> {
        self.references.iter().filter(move |reference| reference.role == role)
    }

    /// How much it weighs that something isn't rendered: no more than a hint where custom resources are, for their
    /// operators may make it.
    pub fn weight_of_absence(&self, usual: Severity) -> Severity {
        if self.operators == Operators::Some { Severity::Note } else { usual }
    }

    /// What doesn't keep to the schemas, found once for all rules.
    pub fn faults(&self) -> &Faults {
        self.faults.get_or_init(|| Faults::find(self.subjects(), self.config))
    }

    /// The outermost chart's `Chart.yaml`, as it is written; `None` where there is none, or it can't be read.
    pub fn manifest(&self) -> Option<&Manifest> {
        self.manifest.get_or_init(|| Manifest::find(self.scene?)).as_ref()
    }

    /// Numbers and booleans from files of values, and how they are printed, in the order of the objects.
    pub fn printed(&self) -> &[Printed] {
        self.printed.get_or_init(|| self.scene.map(|scene| printed(self.subjects(), scene)).unwrap_or_default())
    }

    /// The events of hooks as the chart's own templates write them: each word, and where it stands.
    pub fn written_hooks(&self) -> &[(String, Span)] {
        self.written_hooks.get_or_init(|| self.scene.map(hooks::written).unwrap_or_default())
    }

    /// The object of that number.
    pub fn subject(&self, index: usize) -> Option<Subject<'a>> {
        self.subjects.get(index).map(|&(_, subject)| subject)
    }

    /// The namespace an object will be in; empty for kinds that belong to none.
    pub fn namespace(&self, object: &Object) -> String {
        namespace(object, self.config)
    }

    /// Whether a rendered Service sends its requests to the pods of a workload.
    pub fn is_served(&self, workload: &WorkloadSubject) -> bool {
        let namespace = self.namespace(workload.subject.object);
        self.services.iter().any(|service| service.namespace == namespace && service.selects(workload))
    }
}

/// The namespace an object will be in: its own, or the release's. Empty for kinds that belong to none.
pub(super) fn namespace(object: &Object, config: &Config) -> String {
    namespace_in(object, &config.namespace)
}

/// The namespace an object will be in, where the release is in that one.
pub(super) fn namespace_in(object: &Object, release: &str) -> String {
    if is_cluster_wide(object) {
        return String::new();
    }
    object.namespace().unwrap_or_else(|| release.to_owned())
}

impl Service<'_> {
    /// Whether it has no address of its own, so that its name leads to the pods.
    pub fn is_headless(&self) -> bool {
        self.object.at("spec.clusterIP").is("None")
    }

    /// Whether it selects the pods of a workload. (Namespaces are the caller's.) Nothing is asked: nothing is selected.
    pub fn selects(&self, workload: &WorkloadSubject) -> bool {
        !self.selector.is_empty() && self.unmet(workload).is_empty()
    }

    /// The labels it asks for and the pods of a workload don't have, as `key: value`.
    pub fn unmet(&self, workload: &WorkloadSubject) -> Vec<String> {
        let labels = workload.workload.pod_labels();
        let kind = workload.workload.kind;
        let unmet = self.selector.requirements().iter().filter(|requirement| {
            !is_generated(kind, &requirement.key) && !requirement.is_met(label(&labels, &requirement.key).as_deref())
        });
        unmet.map(|requirement| format!("{}: {}", requirement.key, requirement.values.join(""))).collect()
    }
}

fn label(labels: &Field, key: &str) -> Option<String> {
    labels.get(key).string()
}
