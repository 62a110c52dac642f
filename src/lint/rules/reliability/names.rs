//! Names and labels, as Kubernetes wants them.

/// What keeps a name from being a label of DNS.
pub(in crate::lint::rules) fn label_fault(name: &str) -> Option<String> {
    if let Some(c) = name.chars().find(|&c| !is_name_character(c)) {
        return Some(format!("it contains `{c}`"));
    }
    if name.starts_with('-') || name.ends_with('-') {
        return Some("it begins or ends with a dash".to_owned());
    }
    too_long(name, 63)
}

/// What keeps a name from being labels of DNS with dots between them.
pub(super) fn subdomain_fault(name: &str) -> Option<String> {
    if let Some(c) = name.chars().find(|&c| !is_name_character(c) && c != '.') {
        return Some(format!("it contains `{c}`"));
    }
    let is_end = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    if name.split('.').any(|part| !part.starts_with(is_end) || !part.ends_with(is_end)) {
        return Some("a part of it begins or ends with a dash, or is empty".to_owned());
    }
    too_long(name, 253)
}

/// What keeps a text from being the value of a label. An empty one may be.
pub(in crate::lint) fn value_fault(value: &str) -> Option<String> {
    if let Some(c) = value.chars().find(|&c| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | '.')) {
        return Some(format!("it contains `{c}`"));
    }
    let is_end = |c: char| c.is_ascii_alphanumeric();
    let is_bounded = value.starts_with(is_end) && value.ends_with(is_end);
    if !is_bounded && !value.is_empty() {
        return Some("it begins or ends with a dash, an underscore or a dot".to_owned());
    }
    too_long(value, 63)
}

/// What keeps a text from being the key of a label: a name, with or without a domain before it.
pub(super) fn key_fault(key: &str) -> Option<String> {
    match key.split_once('/') {
        Some((domain, name)) => subdomain_fault(domain).or_else(|| name_fault(name)),
        None => name_fault(key),
    }
}

fn name_fault(name: &str) -> Option<String> {
    if name.is_empty() { Some("it names nothing".to_owned()) } else { value_fault(name) }
}

fn is_name_character(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'
}

fn too_long(name: &str, most: usize) -> Option<String> {
    (name.len() > most).then(|| format!("it has {} characters, not at most {most}", name.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_refused_as_kubernetes_refuses_them() {
        for name in ["a", "a-b", "0", "a--b"] {
            assert_eq!(label_fault(name).or(subdomain_fault(name)), None, "{name}");
        }
        for name in ["A", "a_b", "-a", "a-", "a b"] {
            assert!(label_fault(name).is_some() && subdomain_fault(name).is_some(), "{name}");
        }
        assert!(label_fault("a.b").is_some() && subdomain_fault("a.b").is_none() && subdomain_fault("a..b").is_some());
        assert!(subdomain_fault("a.-b").is_some());
    }

    #[test]
    fn labels_take_more() {
        for value in ["", "A_b.c-1", "v1"] {
            assert_eq!(value_fault(value), None, "{value}");
        }
        for value in ["1.0+build", "-a", "a_", "a b", &"x".repeat(64)] {
            assert!(value_fault(value).is_some(), "{value}");
        }
        for key in ["app", "app.kubernetes.io/name", "A_b"] {
            assert_eq!(key_fault(key), None, "{key}");
        }
        for key in ["", "a/", "/a", "a/b/c", "A/b"] {
            assert!(key_fault(key).is_some(), "{key}");
        }
    }
}
