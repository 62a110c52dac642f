//! Claims on storage: objects of their own, and the templates inside of others.

use super::volumes::claim_templates;
use crate::kube::Field;
use crate::lint::cx::{Cx, Subject};

/// A claim, or the template of claims.
pub(super) struct Claim<'a> {
    /// The object in which it stands.
    pub(super) subject: Subject<'a>,
    /// How a sentence calls it.
    pub(super) title: String,
    /// Its `metadata`.
    pub(super) metadata: Field,
    /// Its `spec`.
    pub(super) spec: Field,
}

/// Every claim, in the order of the objects.
pub(super) fn claims<'a>(cx: &'a Cx<'a>) -> Vec<Claim<'a>> {
    let own = cx.of_kind("", "PersistentVolumeClaim").map(|subject| Claim {
        subject,
        title: format!("PersistentVolumeClaim `{}`", subject.object.name()),
        metadata: subject.object.metadata(),
        spec: subject.object.spec(),
    });
    let of_pods = cx.pods().iter().flat_map(|pods| {
        let templates = claim_templates(pods).into_iter().map(|template| {
            let name = template.at("metadata.name").string().unwrap_or_default();
            (format!("the claim template `{name}`"), template)
        });
        let ephemeral = pods.spec.volumes().into_iter().filter_map(|volume| {
            let template = volume.at("ephemeral.volumeClaimTemplate");
            let name = volume.get("name").string().unwrap_or_default();
            template.is_present().then(|| (format!("the claim template of volume `{name}`"), template))
        });
        let claim = |(title, template): (String, Field)| Claim {
            subject: pods.subject,
            title,
            metadata: template.get("metadata"),
            spec: template.get("spec"),
        };
        templates.chain(ephemeral).map(claim)
    });
    let mut all: Vec<_> = own.chain(of_pods).collect();
    all.sort_by_key(|claim| claim.subject.index);
    all
}

/// The modes in which a claim may be mounted.
pub(super) fn access_modes(spec: &Field) -> Vec<String> {
    spec.get("accessModes").items().iter().filter_map(Field::string).collect()
}
