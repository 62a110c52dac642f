//! Flags of Helm's that change nothing of what is printed here: which there are, what their values must look like, and
//! what is said of those that Helm calls deprecated.

use super::commas::are_pairs;
use crate::value::time::parse_duration;

/// Switches that change nothing here.
pub(super) const IGNORED_SWITCHES: &[&str] = &[
    "atomic",
    "create-namespace",
    "devel",
    "disable-openapi-validation",
    "force",
    "force-conflicts",
    "force-replace",
    "insecure-skip-tls-verify",
    "kube-insecure-skip-tls-verify",
    "pass-credentials",
    "plain-http",
    "replace",
    "rollback-on-failure",
    "server-side",
    "skip-crds",
    "take-ownership",
    "wait-for-jobs",
];

/// Flags with a value that change nothing here.
pub(super) const IGNORED_VALUES: &[&str] = &[
    "burst-limit",
    "color",
    "colour",
    "content-cache",
    "key-file",
    "keyring",
    "kube-apiserver",
    "kube-as-group",
    "kube-as-user",
    "kube-ca-file",
    "kube-context",
    "kube-tls-server-name",
    "kube-token",
    "kubeconfig",
    "labels",
    "password",
    "post-renderer-args",
    "qps",
    "registry-config",
    "repository-cache",
    "repository-config",
    "timeout",
    "username",
    "version",
];

/// Flags that Helm 3 doesn't know.
pub(super) const NEW_IN_FOUR: &[&str] =
    &["color", "colour", "content-cache", "force-conflicts", "force-replace", "rollback-on-failure", "server-side"];

/// Flags of `template` that `install` doesn't have.
pub(super) const OF_TEMPLATE_ALONE: &[&str] = &[
    "api-versions",
    "include-crds",
    "is-upgrade",
    "kube-version",
    "output-dir",
    "release-name",
    "show-only",
    "skip-tests",
    "validate",
];

/// Flags that Helm 4 doesn't take together.
const ONE_OF: &[(&[&str], &str)] = &[
    (&["force", "force-conflicts"], "force force-conflicts"),
    (&["force-conflicts", "force-replace"], "force-replace force-conflicts"),
    (&["dry-run", "validate"], "validate dry-run"),
];

/// What Helm 4 says of a deprecated flag.
pub(super) fn deprecation(name: &str) -> Option<String> {
    const NO_EFFECT: &str = "this flag has no effect for 'helm template' and will be removed in Helm 5";
    let advice = match name {
        "atomic" => "use --rollback-on-failure instead",
        "force" => "use --force-replace instead",
        "hide-notes" | "render-subchart-notes" => NO_EFFECT,
        "validate" => "use '--dry-run=server' instead",
        _ => return None,
    };
    Some(format!("Flag --{name} has been deprecated, {advice}"))
}

/// Whether these flags may stand together. The error is that of Go's `cobra`.
pub(super) fn may_stand_together(names: &[String]) -> Result<(), String> {
    let is_set = |flag: &&str| names.iter().any(|name| name == flag);
    match ONE_OF.iter().find(|(group, _)| group.iter().all(&is_set)) {
        None => Ok(()),
        Some((group, order)) => Err(format!(
            "if any flags in the group [{order}] are set none of the others can be; [{}] were all set",
            group.join(" ")
        )),
    }
}

/// Whether the value of an ignored flag is of its type.
pub(super) fn checked(name: &str, written: &str) -> Result<(), String> {
    let refused = |flag: &str, cause: String| Err(format!("invalid argument {written:?} for \"{flag}\" flag: {cause}"));
    let syntax = |function: &str| format!("strconv.{function}: parsing {written:?}: invalid syntax");
    match name {
        "labels" => are_pairs(written).or_else(|cause| refused("-l, --labels", cause)),
        "burst-limit" if written.parse::<i64>().is_err() => refused("--burst-limit", syntax("ParseInt")),
        "qps" if written.parse::<f32>().is_err() => refused("--qps", syntax("ParseFloat")),
        "timeout" => parse_duration(written.as_bytes()).map(|_| ()).or_else(|error| refused("--timeout", error)),
        _ => Ok(()),
    }
}

/// What Helm 4 says instead of anything else where it doesn't know these colours.
pub(super) fn unknown_colours(written: &str) -> Option<String> {
    let words = || {
        let sentence = format!("invalid color mode {written:?}: must be one of: never, auto, always");
        format!("level=WARN msg=\"command failed\" error={sentence:?}")
    };
    (!matches!(written, "never" | "auto" | "always")).then(words)
}
