//! Paths of a node, made comparable.

/// Whether the path begins at a root: `/`, a drive of Windows or a share.
pub(super) fn is_absolute(path: &str) -> bool {
    path.starts_with('/') || is_windows(path)
}

/// Whether it is a path of Windows: `C:\data`, `c:/data`, `\\.\pipe\docker_engine`.
pub(super) fn is_windows(path: &str) -> bool {
    let mut bytes = path.bytes();
    let (first, second, third) = (bytes.next(), bytes.next(), bytes.next());
    let drive = first.is_some_and(|byte| byte.is_ascii_alphabetic())
        && second == Some(b':')
        && matches!(third, None | Some(b'/' | b'\\'));
    drive || path.starts_with('\\')
}

/// Whether one of its components is `..`.
pub(super) fn has_backsteps(path: &str) -> bool {
    path.split(['/', '\\']).any(|component| component == "..")
}

/// The path without empty and `.` components, and with `/run`, which is the same place, as `/var/run`.
pub(super) fn normalised(path: &str) -> String {
    let components: Vec<&str> = path.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    let clean = format!("/{}", components.join("/"));
    if is_at_or_below(&clean, "/run") { format!("/var{clean}") } else { clean }
}

/// Whether a normalised path is `folder` or lies in it.
pub(super) fn is_at_or_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_one_place_are_the_same() {
        for (written, clean) in
            [("/", "/"), ("//etc/./", "/etc"), ("/run", "/var/run"), ("/run/a", "/var/run/a"), ("/runner", "/runner")]
        {
            assert_eq!(normalised(written), clean);
        }
    }

    #[test]
    fn windows_has_absolute_paths_too() {
        for path in ["/a", r"C:\data", "c:/data", "d:", r"\\.\pipe\docker_engine"] {
            assert!(is_absolute(path), "{path}");
        }
        for path in ["", "a", "./a", "c:data", "~/a"] {
            assert!(!is_absolute(path), "{path}");
        }
        assert!(has_backsteps("/a/../b") && has_backsteps(r"c:\..\b") && !has_backsteps("/a..b/..c"));
    }
}
