//! Objects that are named by others: who names them, where, and in which namespace they are looked for.

use super::cx::Subject;
use super::pods::Pods;
use crate::kube::{Container, Field, GroupVersionKind};

/// What names an object for which purpose; every purpose has a rule of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Pods mount a claim.
    Claim,
    /// Pods read a `ConfigMap`.
    ConfigMap,
    /// Pods or an Ingress read a Secret.
    Secret,
    /// Pods run under an account.
    ServiceAccount,
    /// An Ingress sends requests to a Service.
    Backend,
    /// An autoscaler scales a workload.
    ScaleTarget,
    /// A binding gives the rights of a role.
    Grant,
    /// The API server calls a Service.
    Webhook,
}

/// One object names another.
#[derive(Clone, Debug)]
pub struct Reference<'a> {
    /// The object that names.
    pub subject: Subject<'a>,
    /// What for.
    pub role: Role,
    /// The field with the name.
    pub field: Field,
    /// The group of what is named.
    pub group: String,
    /// The kind of what is named.
    pub kind: String,
    /// The name.
    pub name: String,
    /// The namespace in which it is looked for; empty where it belongs to none.
    pub namespace: String,
    /// Of a `ConfigMap` or Secret, the key that is asked for; of a Service, the port.
    pub part: Option<Field>,
}

/// Whose references are collected, and where they are looked for.
struct Source<'a, 'n> {
    subject: Subject<'a>,
    namespace: &'n str,
}

/// What names by nothing more than a name, within its own namespace, and must be there.
type Wanted = (Role, Field, Option<Field>);

impl<'a> Source<'a, '_> {
    fn local(&self, (role, field, part): Wanted) -> Option<Reference<'a>> {
        let (group, kind) = match role {
            Role::Claim => ("", "PersistentVolumeClaim"),
            Role::ConfigMap => ("", "ConfigMap"),
            Role::Secret => ("", "Secret"),
            Role::ServiceAccount => ("", "ServiceAccount"),
            Role::Backend | Role::Webhook => ("", "Service"),
            Role::Grant => ("rbac.authorization.k8s.io", "Role"),
            Role::ScaleTarget => ("apps", "Deployment"),
        };
        let name = field.string().filter(|name| !name.is_empty())?;
        Some(Reference {
            subject: self.subject,
            role,
            field,
            group: group.to_owned(),
            kind: kind.to_owned(),
            name,
            namespace: self.namespace.to_owned(),
            part,
        })
    }
}

/// What pods name: claims, `ConfigMaps`, Secrets and their account.
pub(super) fn of_pods<'a>(pods: &Pods<'a>) -> Vec<Reference<'a>> {
    let account = ["serviceAccountName", "serviceAccount"].map(|key| pods.spec.get(key));
    let account = account.into_iter().find(|field| field.string().is_some_and(|name| !name.is_empty()));
    let mut wanted: Vec<Wanted> = account.into_iter().map(|field| (Role::ServiceAccount, field, None)).collect();
    for volume in pods.spec.volumes() {
        wanted.push((Role::Claim, volume.at("persistentVolumeClaim.claimName"), None));
        wanted.extend(files(&volume.get("configMap"), Role::ConfigMap, "name"));
        wanted.extend(files(&volume.get("secret"), Role::Secret, "secretName"));
        for source in volume.at("projected.sources").items() {
            wanted.extend(files(&source.get("configMap"), Role::ConfigMap, "name"));
            wanted.extend(files(&source.get("secret"), Role::Secret, "name"));
        }
    }
    wanted.extend(pods.spec.all_containers().iter().flat_map(variables));
    let source = Source { subject: pods.subject, namespace: &pods.namespace };
    wanted.into_iter().filter_map(|wanted| source.local(wanted)).collect()
}

/// A volume of files: its object and, where only some of its keys are mounted, each of them.
fn files(volume: &Field, role: Role, name: &str) -> Vec<Wanted> {
    if volume.get("optional").is_true() {
        return Vec::new();
    }
    let name = volume.get(name);
    let keys = volume.get("items").items().into_iter().map(|item| (role, name.clone(), Some(item.get("key"))));
    let keys: Vec<_> = keys.collect();
    if keys.is_empty() { vec![(role, name, None)] } else { keys }
}

/// What the variables of a container are taken from.
fn variables(container: &Container) -> Vec<Wanted> {
    let mut found = Vec::new();
    let mut add = |role, source: Field, part: Option<Field>| {
        if !source.get("optional").is_true() {
            found.push((role, source.get("name"), part));
        }
    };
    for source in container.get("envFrom").items() {
        add(Role::ConfigMap, source.get("configMapRef"), None);
        add(Role::Secret, source.get("secretRef"), None);
    }
    for variable in container.get("env").items() {
        for (role, source) in [(Role::ConfigMap, "configMapKeyRef"), (Role::Secret, "secretKeyRef")] {
            let source = variable.get("valueFrom").get(source);
            let key = source.get("key");
            add(role, source, Some(key));
        }
    }
    found
}

/// What other objects name.
pub(super) fn of_object<'a>(gvk: &GroupVersionKind, subject: Subject<'a>, namespace: &str) -> Vec<Reference<'a>> {
    let source = Source { subject, namespace };
    match (gvk.group.as_str(), gvk.kind.as_str()) {
        ("networking.k8s.io" | "extensions", "Ingress") => of_ingress(&source),
        ("autoscaling", "HorizontalPodAutoscaler") => of_autoscaler(&source).into_iter().collect(),
        ("rbac.authorization.k8s.io", "RoleBinding" | "ClusterRoleBinding") => {
            of_binding(&source).into_iter().collect()
        }
        ("admissionregistration.k8s.io", "MutatingWebhookConfiguration" | "ValidatingWebhookConfiguration") => {
            let hooks = subject.object.at("webhooks").items();
            hooks.iter().filter_map(|hook| of_webhook(&source, &hook.at("clientConfig.service"))).collect()
        }
        ("apiregistration.k8s.io", "APIService") => {
            of_webhook(&source, &subject.object.at("spec.service")).into_iter().collect()
        }
        ("apiextensions.k8s.io", "CustomResourceDefinition") => {
            let service = subject.object.at("spec.conversion.webhook.clientConfig.service");
            of_webhook(&source, &service).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// The backends of an Ingress, as they are written now and were before, and the certificates it serves with. (Those
/// that an annotation has made are no reference.)
fn of_ingress<'a>(source: &Source<'a, '_>) -> Vec<Reference<'a>> {
    let spec = source.subject.object.spec();
    let mut wanted: Vec<Wanted> = Vec::new();
    for backend in backends(&spec) {
        wanted.push((Role::Backend, backend.at("service.name"), Some(backend.at("service.port"))));
        wanted.push((Role::Backend, backend.get("serviceName"), Some(backend.get("servicePort"))));
    }
    let annotations = source.subject.object.metadata().get("annotations").entries();
    let is_made = annotations.iter().any(|(key, _)| MADE_BY.iter().any(|owner| key.contains(owner)));
    if !is_made {
        let certificates = spec.get("tls").items().into_iter().map(|tls| tls.get("secretName"));
        wanted.extend(certificates.map(|name| (Role::Secret, name, None)));
    }
    wanted.into_iter().filter_map(|wanted| source.local(wanted)).collect()
}

/// Annotations which have a certificate made.
const MADE_BY: &[&str] = &["cert-manager.io/", "certmanager.k8s.io/", "kubernetes.io/tls-acme", "acme.cert-manager"];

/// Every backend of an Ingress.
pub fn backends(spec: &Field) -> Vec<Field> {
    let defaults = [spec.get("defaultBackend"), spec.get("backend")].into_iter().filter(Field::is_present);
    let paths = spec.get("rules").items().into_iter().flat_map(|rule| rule.at("http.paths").items());
    defaults.chain(paths.map(|path| path.get("backend"))).collect()
}

fn of_autoscaler<'a>(source: &Source<'a, '_>) -> Option<Reference<'a>> {
    let target = source.subject.object.at("spec.scaleTargetRef");
    let reference = source.local((Role::ScaleTarget, target.get("name"), None))?;
    let version = target.get("apiVersion").string().unwrap_or_default();
    let GroupVersionKind { group, kind, .. } = GroupVersionKind::new(&version, &target.get("kind").string()?);
    Some(Reference { group, kind, ..reference })
}

fn of_binding<'a>(source: &Source<'a, '_>) -> Option<Reference<'a>> {
    let role = source.subject.object.at("roleRef");
    let reference = source.local((Role::Grant, role.get("name"), None))?;
    match role.get("kind").string()?.as_str() {
        "ClusterRole" => Some(Reference { kind: "ClusterRole".to_owned(), namespace: String::new(), ..reference }),
        "Role" => Some(reference),
        _ => None,
    }
}

/// A Service that the API server calls, which names its namespace.
fn of_webhook<'a>(source: &Source<'a, '_>, service: &Field) -> Option<Reference<'a>> {
    let reference = source.local((Role::Webhook, service.get("name"), Some(service.get("port"))))?;
    Some(Reference { namespace: service.get("namespace").string()?, ..reference })
}
