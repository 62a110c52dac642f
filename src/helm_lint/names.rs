//! The names that Kubernetes lets objects of a kind have.

use super::Rule;
use crate::value::format::quoted;

const LABEL: &str = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";

/// Whether an object of a kind may have this name.
pub(super) fn check(kind: &str, name: &str) -> Rule {
    let faults = match kind.to_lowercase().as_str() {
        "service" => service(name),
        "namespace" => label(name),
        "certificatesigningrequest" => Vec::new(),
        "role" | "clusterrole" | "rolebinding" | "clusterrolebinding" => segment(name),
        _ => subdomain(name),
    };
    let shown = quoted(name.as_bytes());
    let faults: Vec<String> =
        faults.into_iter().map(|fault| format!("metadata.name: Invalid value: {shown}: {fault}")).collect();
    let told = match faults.as_slice() {
        [] => return Ok(()),
        [only] => only.clone(),
        several => format!("[{}]", several.join(", ")),
    };
    Err(format!("object name does not conform to Kubernetes naming requirements: {shown}: {told}"))
}

fn too_long(name: &str, most: usize) -> Option<String> {
    (name.len() > most).then(|| format!("must be no more than {most} characters"))
}

fn subdomain(name: &str) -> Vec<String> {
    let words = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must \
                 start and end with an alphanumeric character";
    let pattern = format!(r"{LABEL}(\.{LABEL})*");
    let told = || format!("{words} (e.g. 'example.com', regex used for validation is '{pattern}')");
    too_long(name, 253).into_iter().chain((!is_subdomain(name)).then(told)).collect()
}

fn label(name: &str) -> Vec<String> {
    let words = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and \
                 end with an alphanumeric character";
    let told = || {
        if is_subdomain(name) {
            return "must not contain dots".to_owned();
        }
        format!("{words} (e.g. 'my-name',  or '123-abc', regex used for validation is '{LABEL}')")
    };
    too_long(name, 63).into_iter().chain((!is_label(name)).then(told)).collect()
}

fn service(name: &str) -> Vec<String> {
    let words = "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic \
                 character, and end with an alphanumeric character";
    let pattern = "[a-z]([-a-z0-9]*[a-z0-9])?";
    let told = || format!("{words} (e.g. 'my-name',  or 'abc-123', regex used for validation is '{pattern}')");
    let fits = is_label(name) && !name.starts_with(|c: char| c.is_ascii_digit());
    too_long(name, 63).into_iter().chain((!fits).then(told)).collect()
}

fn segment(name: &str) -> Vec<String> {
    if matches!(name, "." | "..") {
        return vec![format!("may not be '{name}'")];
    }
    let contained = ["/", "%"].into_iter().filter(|part| name.contains(part));
    contained.map(|part| format!("may not contain '{part}'")).collect()
}

fn is_subdomain(name: &str) -> bool {
    name.split('.').all(is_label)
}

fn is_label(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    name.starts_with(plain) && name.ends_with(plain) && name.chars().all(|c| plain(c) || c == '-')
}
