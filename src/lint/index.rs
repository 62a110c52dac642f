//! The rendered objects by what names them: kind, namespace and name.

use std::collections::{BTreeMap, BTreeSet};

use super::cx::Subject;
use super::made;
use crate::kube::GroupVersionKind;

/// A rendered object and the namespace it will be in.
#[derive(Clone, Debug)]
pub struct Named<'a> {
    /// The object.
    pub subject: Subject<'a>,
    /// Its namespace; empty for kinds that belong to none.
    pub namespace: String,
}

/// Group and kind, without the version: an object is the same in all versions.
type GroupKind = (String, String);

/// All objects by their names. The same name in several places is no fault here.
#[derive(Default)]
pub struct Index<'a> {
    kinds: BTreeMap<GroupKind, BTreeMap<String, Vec<Named<'a>>>>,
    /// Secrets that operators make of what is rendered, by namespace and name.
    made: BTreeSet<(String, String)>,
}

impl<'a> Index<'a> {
    /// Puts an object in.
    pub(super) fn insert(&mut self, gvk: &GroupVersionKind, named: Named<'a>) {
        let kind = self.kinds.entry((gvk.group.clone(), gvk.kind.clone())).or_default();
        self.made.extend(made::secret(gvk, named.subject).map(|name| (named.namespace.clone(), name)));
        kind.entry(named.subject.object.name()).or_default().push(named);
    }

    /// Whether an operator makes a Secret of that name of something that is rendered.
    pub fn is_made_secret(&self, namespace: &str, name: &str) -> bool {
        self.made.contains(&(namespace.to_owned(), name.to_owned()))
    }

    /// The objects of that name, whatever their namespace.
    pub fn named(&self, group: &str, kind: &str, name: &str) -> &[Named<'a>] {
        let kind = self.kinds.get(&(group.to_owned(), kind.to_owned()));
        kind.and_then(|names| names.get(name)).map_or(&[], Vec::as_slice)
    }

    /// The objects of that name in that namespace.
    pub fn find<'i>(
        &'i self,
        group: &str,
        kind: &str,
        namespace: &'i str,
        name: &str,
    ) -> impl Iterator<Item = Subject<'a>> + 'i {
        let named = self.named(group, kind, name).iter();
        named.filter(move |named| named.namespace == namespace).map(|named| named.subject)
    }

    /// The names of a kind's objects in a namespace.
    pub fn names<'i>(&'i self, group: &str, kind: &str, namespace: &'i str) -> impl Iterator<Item = &'i str> {
        let names = self.kinds.get(&(group.to_owned(), kind.to_owned())).into_iter().flatten();
        let in_namespace = move |(_, all): &(&String, &Vec<Named>)| all.iter().any(|one| one.namespace == namespace);
        names.filter(in_namespace).map(|(name, _)| name.as_str())
    }

    /// The objects that share kind, namespace and name, wherever there are several.
    pub fn same_names(&self) -> impl Iterator<Item = &[Named<'a>]> {
        self.kinds.values().flat_map(BTreeMap::values).map(Vec::as_slice).filter(|all| all.len() > 1)
    }
}
