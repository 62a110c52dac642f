//! The levels of Pod Security: what keeps pods from `baseline` and from `restricted`.

use super::context::{capabilities, effective};
use super::unsafe_sysctls;
use crate::kube::{Container, Field};
use crate::lint::cx::WorkloadSubject;
use crate::lint::rules::container_name;

/// What keeps pods from a level: what is to be changed, in a few words each.
pub(super) type Obstacles = Vec<String>;

/// What keeps pods from the level `baseline`.
pub(super) fn to_baseline(workload: &WorkloadSubject) -> Obstacles {
    let (mut found, pod) = (Vec::new(), &workload.pod);
    let mut add = |is_so: bool, what: String| {
        if is_so && !found.contains(&what) {
            found.push(what);
        }
    };
    for key in ["hostNetwork", "hostPID", "hostIPC"] {
        add(pod.get(key).is_true(), format!("no `{key}`"));
    }
    let has_host_path = pod.volumes().iter().any(|volume| volume.get("hostPath").is_present());
    add(has_host_path, "no `hostPath` volumes".to_owned());
    let context = pod.get("securityContext");
    let sysctls = context.get("sysctls").items();
    add(sysctls.iter().any(|sysctl| !unsafe_sysctls::is_safe(&sysctl.get("name"))), "only safe `sysctls`".to_owned());
    of_context(&context, &mut add);
    let annotations = workload.workload.template().at("metadata.annotations").entries();
    let is_unconfined = annotations.iter().any(|(key, value)| {
        let allowed = |value: &str| value == "runtime/default" || value.starts_with("localhost/") || value.is_empty();
        key.starts_with("container.apparmor.security.beta.kubernetes.io/")
            && !value.string().is_some_and(|value| allowed(&value))
    });
    add(is_unconfined, CONFINED.to_owned());
    for container in pod.all_containers() {
        let context = container.get("securityContext");
        of_context(&context, &mut add);
        add(context.get("privileged").is_true(), "no `privileged`".to_owned());
        let mount = context.get("procMount");
        add(mount.is_present() && !mount.is("Default"), "`procMount: Default`".to_owned());
        let is_more = |(_, capability): &(Field, String)| !USUAL.contains(&&**capability);
        add(capabilities(&container, "add").iter().any(is_more), "no further capabilities".to_owned());
        let is_host = |port: &Field| port.get("hostPort").integer().is_some_and(|port| port != 0);
        add(container.get("ports").items().iter().any(is_host), "no `hostPort`".to_owned());
    }
    found
}

const CONFINED: &str = "seccomp and AppArmor profiles other than `Unconfined`";

/// What a security context of a pod or of a container does that `baseline` forbids.
fn of_context(context: &Field, add: &mut impl FnMut(bool, String)) {
    add(context.at("windowsOptions.hostProcess").is_true(), "no `hostProcess`".to_owned());
    let profiles = ["seccompProfile.type", "appArmorProfile.type"].map(|profile| context.at(profile));
    add(profiles.iter().any(|profile| profile.is("Unconfined")), CONFINED.to_owned());
    let options = context.get("seLinuxOptions");
    let is_set = |key: &str| options.get(key).string().is_some_and(|value| !value.is_empty());
    let kind = options.get("type").string().unwrap_or_default();
    let is_usual = matches!(&*kind, "" | "container_t" | "container_init_t" | "container_kvm_t" | "container_engine_t");
    add(!is_usual || is_set("user") || is_set("role"), "the usual `seLinuxOptions`".to_owned());
}

/// Capabilities that containers may add: those which they have anyhow, but for `NET_RAW`.
pub(super) const USUAL: [&str; 13] = [
    "AUDIT_WRITE",
    "CHOWN",
    "DAC_OVERRIDE",
    "FOWNER",
    "FSETID",
    "KILL",
    "MKNOD",
    "NET_BIND_SERVICE",
    "SETFCAP",
    "SETGID",
    "SETPCAP",
    "SETUID",
    "SYS_CHROOT",
];

/// What keeps pods that meet `baseline` from the level `restricted`.
pub(super) fn to_restricted(workload: &WorkloadSubject) -> Obstacles {
    let mut found = Vec::new();
    let is_other = |volume: &Field| {
        !volume.entries().iter().any(|(key, _)| VOLUMES.contains(&&**key)) && volume.entries().len() > 1
    };
    if workload.pod.volumes().iter().any(is_other) {
        found.push("no volumes of other kinds".to_owned());
    }
    let containers = workload.pod.all_containers();
    let mut ask = |what: &str, lacks: &dyn Fn(&Container) -> bool| {
        let named: Vec<String> = containers.iter().filter(|container| lacks(container)).map(container_name).collect();
        match named.as_slice() {
            [] => {}
            all if all.len() == containers.len() => found.push(what.to_owned()),
            some => found.push(format!("{what} ({})", some.join(", "))),
        }
    };
    let is_windows = workload.pod.get("os").get("name").is("windows");
    ask("`runAsNonRoot: true`", &|container| !effective(workload, container, "runAsNonRoot").is_true());
    ask("no `runAsUser: 0`", &|container| effective(workload, container, "runAsUser").integer() == Some(0));
    if is_windows {
        return found;
    }
    ask("`allowPrivilegeEscalation: false`", &|container| {
        container.get("securityContext").get("allowPrivilegeEscalation").bool() != Some(false)
    });
    ask("`capabilities: {drop: [ALL]}`", &|container| {
        let adds = capabilities(container, "add").iter().any(|(_, capability)| capability != "NET_BIND_SERVICE");
        adds || !capabilities(container, "drop").iter().any(|(_, capability)| capability == "ALL")
    });
    ask("`seccompProfile: {type: RuntimeDefault}`", &|container| {
        let profile = effective(workload, container, "seccompProfile").get("type");
        !["RuntimeDefault", "Localhost"].iter().any(|known| profile.is(known))
    });
    found
}

/// Volumes that pods may have; what isn't known here is not held against them.
const VOLUMES: [&str; 9] = [
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "image",
    "persistentVolumeClaim",
    "projected",
    "secret",
];
