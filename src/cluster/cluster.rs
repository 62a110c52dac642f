//! The cluster: the store, the clock and what is queued, and how time runs.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::clock::{Moment, Seconds};
use super::event::{Because, Event, Record};
use super::failure::Failures;
use super::objects::{Key, Kind, Meta, Node, ObjectRef, Service, StorageClass};
use super::queue::{Alarm, Course, Queue};
use super::release::Release;
use super::seed::Seed;
use super::store::Store;
use super::table::{Table, Watch};

/// What a cluster is like before anything is installed.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where its random parts come from.
    pub seed: Seed,
    /// The minor version of Kubernetes: 36 for v1.36.
    pub minor: u32,
    /// Its nodes' names.
    pub nodes: Vec<String>,
    /// The namespace of what says none.
    pub namespace: String,
    /// The release's name.
    pub release: String,
}

impl Default for Settings {
    fn default() -> Self {
        let (namespace, release) = ("default".to_owned(), "release-name".to_owned());
        Self { seed: Seed(0), minor: 36, nodes: vec!["minikube".to_owned()], namespace, release }
    }
}

/// A simulated cluster.
#[derive(Clone, Debug)]
pub struct Cluster {
    pub(super) settings: Settings,
    pub(super) now: Moment,
    pub(super) store: Store,
    pub(super) queue: Queue,
    pub(super) failures: Failures,
    pub(super) release: Release,
    /// The address of `minikube tunnel`, while that runs.
    pub(super) tunnel: Option<String>,
    watch: Option<Watch>,
    events: Vec<Rc<Event>>,
    waits: BTreeMap<ObjectRef, String>,
    said: BTreeSet<(ObjectRef, String)>,
    pub(super) changes: u64,
    /// How much work it has been, in objects looked at.
    pub(super) effort: u64,
    addresses: u64,
}

impl Cluster {
    /// A cluster with its nodes, minikube's storage class and the API server's own Service.
    pub fn new(settings: Settings) -> Self {
        let mut cluster = Self {
            now: Moment::START,
            store: Store::default(),
            queue: Queue::default(),
            failures: Failures::default(),
            release: Release::default(),
            tunnel: None,
            watch: None,
            events: Vec::new(),
            waits: BTreeMap::new(),
            said: BTreeSet::new(),
            changes: 0,
            effort: 0,
            addresses: 2,
            settings,
        };
        for name in cluster.settings.nodes.clone() {
            let meta = cluster.meta(Kind::Node, Key::new("", name));
            let node = Node { meta, is_lost: false, is_ready: true, is_cordoned: false, images: BTreeSet::new() };
            cluster.store.nodes.insert(node.meta.key.clone(), node);
        }
        cluster.add_standard_class();
        let meta = cluster.meta(Kind::Service, Key::new("default", "kubernetes"));
        let cluster_ip = Some("10.96.0.1".to_owned());
        let service = Service { meta, spec: None, cluster_ip, node_ports: vec![None], told: Vec::new() };
        cluster.store.services.insert(service.meta.key.clone(), service);
        cluster
    }

    /// What minikube comes with.
    fn add_standard_class(&mut self) {
        let meta = self.meta(Kind::StorageClass, Key::new("", "standard"));
        let class = StorageClass {
            spec: None,
            provisioner: "k8s.io/minikube-hostpath".to_owned(),
            reclaim_policy: "Delete".to_owned(),
            waits_for_consumer: false,
            is_default: true,
            may_expand: false,
            meta,
        };
        self.store.classes.insert(class.meta.key.clone(), class);
    }

    /// The moment it is.
    pub fn now(&self) -> Moment {
        self.now
    }

    /// Everything there is.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Everything that has happened.
    pub fn events(&self) -> &[Rc<Event>] {
        &self.events
    }

    /// How much work it has been so far: what takes long can be told from it before it has.
    pub fn effort(&self) -> u64 {
        self.effort
    }

    /// `minikube tunnel`: `LoadBalancer`s get an address from outside.
    pub fn open_tunnel(&mut self, address: &str) {
        self.tunnel = Some(address.to_owned());
    }

    /// What it was made with.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Begins to write down each change of the objects of a kind, as `kubectl get -w` prints them.
    pub fn watch(&mut self, kind: Kind) {
        self.watch = Some(Watch::new(kind));
        self.look();
    }

    /// What has changed since the watch began, which ends with it.
    pub fn watched(&mut self) -> Table {
        self.watch.take().map(Watch::into_table).unwrap_or_default()
    }

    /// Writes down what has changed.
    pub(super) fn look(&mut self) {
        if let Some(mut watch) = self.watch.take() {
            watch.look(self);
            self.watch = Some(watch);
        }
    }

    /// Something in the store has changed.
    pub(super) fn touch(&mut self) {
        self.changes += 1;
    }

    /// Tells what happened.
    pub(super) fn tell(
        &mut self,
        about: ObjectRef,
        sentence: String,
        because: Option<Because>,
        record: Option<Record>,
    ) {
        self.waits.remove(&about);
        self.events.push(Rc::new(Event { at: self.now, about, sentence, because, record }));
        self.touch();
    }

    /// Tells what something waits for, once.
    pub(super) fn tell_wait(
        &mut self,
        about: ObjectRef,
        sentence: String,
        because: Option<Because>,
        record: Option<Record>,
    ) {
        if self.waits.get(&about) != Some(&sentence) {
            self.waits.insert(about.clone(), sentence.clone());
            self.events.push(Rc::new(Event { at: self.now, about, sentence, because, record }));
        }
    }

    /// Tells something that need not be said twice.
    pub(super) fn tell_once(&mut self, about: ObjectRef, sentence: String, because: Option<Because>) {
        if self.said.insert((about.clone(), sentence.clone())) {
            self.events.push(Rc::new(Event { at: self.now, about, sentence, because, record: None }));
        }
    }

    /// What is waited for, and by whom.
    pub fn waits(&self) -> impl Iterator<Item = (&ObjectRef, &str)> {
        self.waits.iter().map(|(about, sentence)| (about, sentence.as_str()))
    }

    /// What is gone waits for nothing.
    pub(super) fn forget_wait(&mut self, about: &ObjectRef) {
        self.waits.remove(about);
    }

    /// Sets an alarm for something new.
    pub(super) fn alarm(&mut self, span: Seconds, alarm: Alarm) {
        self.queue.set(self.now.after(span), alarm, Course::Onward);
    }

    /// Sets an alarm for another try.
    pub(super) fn alarm_again(&mut self, span: Seconds, alarm: Alarm) {
        self.queue.set(self.now.after(span), alarm, Course::Again);
    }

    /// Sets an alarm for what comes by the clock.
    pub(super) fn alarm_regularly(&mut self, span: Seconds, alarm: Alarm) {
        self.queue.set(self.now.after(span), alarm, Course::Regular);
    }

    /// The head of a new object.
    pub(super) fn meta(&mut self, kind: Kind, key: Key) -> Meta {
        self.touch();
        let uid = self.settings.seed.uid(&format!("{kind} {key} {}", self.changes));
        let labels = super::objects::Labels::new();
        Meta { kind, key, uid, created: self.now, deleting: None, labels, owner: None }
    }

    /// The next free address of a pod.
    pub(super) fn next_address(&mut self) -> String {
        self.addresses += 1;
        format!("10.244.{}.{}", self.addresses / 254 % 256, self.addresses % 254 + 1)
    }
}
