//! Amounts of resources: of containers, and of claims.

use crate::kube::{Container, Field, Quantity};
use crate::lint::cx::{Cx, Subject};
use crate::value::Value;

/// Whether a container's `requests` or `limits` name an amount of a resource. 0 counts as none.
pub(super) fn is_set(container: &Container, key: &str, resource: &str) -> bool {
    let quantity = Quantity::of(&container.get("resources").get(key).get(resource));
    quantity.is_some_and(|quantity| quantity != Ok(Quantity::whole(0)))
}

/// An amount as it is written.
pub(super) fn written(field: &Field) -> String {
    let number = || match field.value() {
        Value::Float(number) => number.to_string(),
        _ => field.integer().unwrap_or_default().to_string(),
    };
    field.string().unwrap_or_else(number)
}

/// An amount of a resource.
pub(super) struct Amount<'a> {
    /// The object it stands in.
    pub(super) subject: Subject<'a>,
    /// What of: `cpu`, `memory`, `storage`.
    pub(super) resource: String,
    /// Where it stands.
    pub(super) field: Field,
}

/// Every amount that containers and claims ask for.
pub(super) fn amounts<'a>(cx: &Cx<'a>) -> Vec<Amount<'a>> {
    let of_containers = cx.containers().map(|(workload, container)| (workload.subject, container.field().clone()));
    let claims = cx.of_kind("", "PersistentVolumeClaim").map(|subject| (subject, subject.object.spec()));
    let templates = cx.of_kind("apps", "StatefulSet").flat_map(|subject| {
        let templates = subject.object.at("spec.volumeClaimTemplates").items();
        templates.into_iter().map(move |template| (subject, template.get("spec")))
    });
    of_containers.chain(claims).chain(templates).flat_map(|(subject, holder)| of_holder(subject, &holder)).collect()
}

fn of_holder<'a>(subject: Subject<'a>, holder: &Field) -> Vec<Amount<'a>> {
    let resources = holder.get("resources");
    let listed = ["requests", "limits"].map(|key| resources.get(key).entries());
    let amount =
        |(resource, field): (std::rc::Rc<str>, Field)| Amount { subject, resource: resource.to_string(), field };
    listed.into_iter().flatten().map(amount).collect()
}
