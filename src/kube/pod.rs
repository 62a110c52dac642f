//! A pod's specification and its containers.

use super::Field;

/// The `spec` of a pod or of a pod template.
#[derive(Clone, Debug)]
pub struct PodSpec(Field);

impl PodSpec {
    /// Reads a field as a pod's `spec`.
    pub fn new(field: Field) -> Self {
        Self(field)
    }

    /// The field.
    pub fn field(&self) -> &Field {
        &self.0
    }

    /// A field of it.
    pub fn get(&self, key: &str) -> Field {
        self.0.get(key)
    }

    /// Every container: init containers first, as they start, then the others, then ephemeral ones.
    pub fn all_containers(&self) -> Vec<Container> {
        let mut all = self.init_containers();
        all.extend(self.containers());
        all.extend(self.listed("ephemeralContainers", |_| ContainerRole::Ephemeral));
        all
    }

    /// `containers`
    pub fn containers(&self) -> Vec<Container> {
        self.listed("containers", |_| ContainerRole::Main)
    }

    /// `initContainers`, sidecars among them.
    pub fn init_containers(&self) -> Vec<Container> {
        self.listed("initContainers", |container| {
            if container.get("restartPolicy").is("Always") { ContainerRole::Sidecar } else { ContainerRole::Init }
        })
    }

    /// `volumes`
    pub fn volumes(&self) -> Vec<Field> {
        self.0.get("volumes").items()
    }

    /// The volume of that name.
    pub fn volume(&self, name: &str) -> Option<Field> {
        self.volumes().into_iter().find(|volume| volume.get("name").is(name))
    }

    fn listed(&self, key: &str, role: impl Fn(&Field) -> ContainerRole) -> Vec<Container> {
        let container = |field: Field| Container { role: role(&field), field };
        self.0.get(key).items().into_iter().map(container).collect()
    }
}

/// What part a container plays in its pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContainerRole {
    /// Of `containers`.
    Main,
    /// Of `initContainers`: runs to its end before the next starts.
    Init,
    /// Of `initContainers` with `restartPolicy: Always`: starts first, and runs on.
    Sidecar,
    /// Of `ephemeralContainers`.
    Ephemeral,
}

/// A container of a pod.
#[derive(Clone, Debug)]
pub struct Container {
    role: ContainerRole,
    field: Field,
}

impl Container {
    /// Its part.
    pub fn role(&self) -> ContainerRole {
        self.role
    }

    /// The field.
    pub fn field(&self) -> &Field {
        &self.field
    }

    /// A field of it.
    pub fn get(&self, key: &str) -> Field {
        self.field.get(key)
    }

    /// `name`, empty where it isn't a string.
    pub fn name(&self) -> String {
        self.get("name").string().unwrap_or_default()
    }

    /// `image`, empty where it isn't a string.
    pub fn image(&self) -> String {
        self.get("image").string().unwrap_or_default()
    }

    /// Whether it runs as long as the pod does.
    pub fn is_long_running(&self) -> bool {
        matches!(self.role, ContainerRole::Main | ContainerRole::Sidecar)
    }
}
