//! The Service that `serviceName` names: seven things can be wrong with it, and the first one found is reported.

use super::{
    statefulset_missing_service_name, statefulset_service_hides_unready, statefulset_service_not_found,
    statefulset_service_not_headless, statefulset_service_selector_mismatch,
};
use crate::kube::{Field, WorkloadKind};
use crate::lint::cx::{Cx, Service, WorkloadSubject};
use crate::lint::nearest::{distance, nearest};
use crate::lint::report::{Concern, Report};

/// The check of every rule of the family.
pub(super) fn check(cx: &Cx, report: &mut Report) {
    for set in cx.workloads_of(WorkloadKind::StatefulSet) {
        report.leading(set.subject, concern(cx, set).into_iter().collect());
    }
}

fn concern(cx: &Cx, set: &WorkloadSubject) -> Option<Concern> {
    let field = service_name(set);
    if !field.is_present() || field.is("") {
        return Some(statefulset_missing_service_name::concern(cx, set));
    }
    let Some(service) = field.string().and_then(|name| rendered(cx, set, &name)) else {
        return Some(statefulset_service_not_found::concern(cx, set, &field));
    };
    if !service.is_headless() {
        return Some(statefulset_service_not_headless::concern(cx, set, service));
    }
    if !service.selects(set) {
        return Some(statefulset_service_selector_mismatch::concern(set, service));
    }
    statefulset_service_hides_unready::concern(set, service)
}

/// `spec.serviceName`
pub(super) fn service_name(set: &WorkloadSubject) -> Field {
    set.subject.object.at("spec.serviceName")
}

/// How a sentence begins that speaks of the set.
pub(super) fn title(set: &WorkloadSubject) -> String {
    format!("StatefulSet `{}`", set.subject.object.name())
}

/// The rendered Service of that name in the set's namespace; among several, one that would do.
fn rendered<'c>(cx: &'c Cx, set: &WorkloadSubject, name: &str) -> Option<&'c Service<'c>> {
    let mut named: Vec<_> = neighbours(cx, set).filter(|service| service.name == name).collect();
    named.sort_by_key(|service| !(service.is_headless() && service.selects(set)));
    named.into_iter().next()
}

/// The Services of the set's namespace.
fn neighbours<'c>(cx: &'c Cx, set: &WorkloadSubject) -> impl Iterator<Item = &'c Service<'c>> {
    let namespace = cx.namespace(set.subject.object);
    cx.services().iter().filter(move |service| service.namespace == namespace)
}

/// The name of a rendered Service that would do, headless and selecting the set's pods: the nearest to a name.
pub(super) fn candidate(cx: &Cx, set: &WorkloadSubject, near: &str) -> Option<String> {
    let fit: Vec<_> = neighbours(cx, set).filter(|service| service.is_headless() && service.selects(set)).collect();
    nearest(near, fit.iter().map(|service| service.name.as_str())).map(str::to_owned)
}

/// The name of a rendered Service that may have been meant: it differs by a slip or two.
pub(super) fn similar(cx: &Cx, set: &WorkloadSubject, name: &str) -> Option<String> {
    const SLIPS: usize = 2;
    let names: Vec<_> = neighbours(cx, set).map(|service| service.name.as_str()).collect();
    let found = nearest(name, names.into_iter().filter(|near| distance(name, near) <= SLIPS));
    found.map(str::to_owned)
}
