//! What a path of the node leads to, and so how bad it is to hand it out.

use super::path::{is_absolute, is_at_or_below, is_windows, normalised};

/// The levels, from the worst to the most harmless.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    /// The socket of a container runtime, or a directory that holds it: root on the node, even read-only.
    Socket,
    /// A place from which the node can be taken over.
    Critical,
    /// A place with credentials, logs or programs of the node.
    High,
    /// The application's own place on the node.
    Other,
    /// A file that every program may read. Only where nobody writes to it.
    Benign,
}

impl Level {
    /// The level of a path. `owners` are names of the workload and its containers: below `/run` a program has a place
    /// of its own.
    pub(super) fn of(path: &str, can_write: bool, owners: &[String]) -> Self {
        if is_windows(path) {
            let is_pipe = path.to_ascii_lowercase().replace('/', "\\").starts_with(r"\\.\pipe\");
            return if is_pipe { Self::Socket } else { Self::Other };
        }
        if !is_absolute(path) {
            return Self::Other;
        }
        let path = normalised(path);
        let below = |folders: &[&str]| folders.iter().any(|folder| is_at_or_below(&path, folder));
        if is_socket(&path) || below(SOCKET_FOLDERS) {
            Self::Socket
        } else if !can_write && (BENIGN_FILES.contains(&path.as_str()) || below(BENIGN_FOLDERS)) {
            Self::Benign
        } else if CRITICAL.contains(&path.as_str()) {
            Self::Critical
        } else if below(HIGH) || (below(&["/var/run"]) && !is_owned(&path, owners)) {
            Self::High
        } else {
            Self::Other
        }
    }
}

fn is_socket(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    SOCKETS.contains(&name)
}

/// Whether a path below `/var/run` bears the name of one of its owners.
fn is_owned(path: &str, owners: &[String]) -> bool {
    let component = path.strip_prefix("/var/run/").and_then(|rest| rest.split('/').next()).unwrap_or_default();
    let stem = component.split('.').next().unwrap_or_default();
    !stem.is_empty()
        && owners.iter().any(|owner| owner.split('-').any(|part| part == stem) || owner.contains(component))
}

const SOCKETS: &[&str] =
    &["docker.sock", "containerd.sock", "crio.sock", "cri-dockerd.sock", "dockershim.sock", "podman.sock"];

/// Directories that hold such a socket.
const SOCKET_FOLDERS: &[&str] = &[
    "/var/run/docker",
    "/var/run/containerd",
    "/var/run/crio",
    "/var/run/podman",
    "/var/run/k3s/containerd",
    "/var/run/k0s",
];

const CRITICAL: &[&str] = &[
    "/",
    "/bin",
    "/boot",
    "/dev",
    "/etc",
    "/etc/cni",
    "/etc/cni/net.d",
    "/etc/kubernetes",
    "/home",
    "/lib",
    "/lib64",
    "/opt/cni/bin",
    "/proc",
    "/root",
    "/sbin",
    "/sys",
    "/usr",
    "/var",
    "/var/lib",
    "/var/lib/containerd",
    "/var/lib/docker",
    "/var/lib/etcd",
    "/var/lib/kubelet",
    "/var/lib/rancher",
    "/var/run",
];

/// Everything in these, where it isn't critical itself.
const HIGH: &[&str] = &[
    "/bin",
    "/boot",
    "/dev",
    "/etc",
    "/home",
    "/lib",
    "/lib64",
    "/opt/cni",
    "/proc",
    "/root",
    "/sbin",
    "/sys",
    "/usr",
    "/var/lib/containerd",
    "/var/lib/docker",
    "/var/lib/etcd",
    "/var/lib/kubelet",
    "/var/lib/rancher",
    "/var/log",
];

const BENIGN_FILES: &[&str] = &[
    "/etc/localtime",
    "/etc/lsb-release",
    "/etc/machine-id",
    "/etc/os-release",
    "/etc/ssl",
    "/etc/timezone",
    "/usr/lib/os-release",
    "/var/lib/dbus/machine-id",
];

const BENIGN_FOLDERS: &[&str] = &[
    "/etc/pki",
    "/etc/ssl/certs",
    "/lib/modules",
    "/sys/fs/cgroup",
    "/usr/share/ca-certificates",
    "/usr/share/zoneinfo",
    "/usr/src",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_by_path_and_writability() {
        let owners = ["release-agent".to_owned(), "collector".to_owned()];
        let level = |path: &str, can_write: bool| Level::of(path, can_write, &owners);
        for path in ["/var/run/docker.sock", "/run/containerd/", "/run/k3s/containerd/containerd.sock", "/run/crio/x"] {
            assert_eq!(level(path, false), Level::Socket, "{path}");
        }
        for path in ["/", "//", "/etc/", "/run", "/var/lib/kubelet", "/opt/cni/bin/."] {
            assert_eq!(level(path, true), Level::Critical, "{path}");
        }
        for path in ["/etc/passwd", "/var/log", "/var/log/pods", "/run/dbus", "/home/me", "/opt/cni"] {
            assert_eq!(level(path, true), Level::High, "{path}");
        }
        for path in ["/data", "/var/lib/myapp", "/run/agent", "/var/run/collector.sock", r"C:\data", "/etcetera"] {
            assert_eq!(level(path, true), Level::Other, "{path}");
        }
        for (path, writable) in [("/etc/localtime", Level::High), ("/lib/modules/6.1", Level::High)] {
            assert_eq!(level(path, false), Level::Benign, "{path}");
            assert_eq!(level(path, true), writable, "{path}");
        }
        assert_eq!(level("/etc/ssl/private", false), Level::High);
    }
}
