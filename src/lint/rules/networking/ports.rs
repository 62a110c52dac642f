//! Ports of containers and Services, and the names Kubernetes allows them.

use crate::kube::Field;

/// What keeps a text from being the name of a port: the names of services that IANA lists are the model.
pub(super) fn name_fault(name: &str) -> Option<String> {
    const LONGEST: usize = 15;
    if name.len() > LONGEST {
        return Some(format!("it has {} characters, not at most {LONGEST}", name.len()));
    }
    if let Some(c) = name.chars().find(|c| !(c.is_ascii_lowercase() || c.is_ascii_digit() || *c == '-')) {
        return Some(format!("it contains `{c}`"));
    }
    if !name.contains(|c: char| c.is_ascii_lowercase()) {
        return Some("it has no letter".to_owned());
    }
    let dashes = name.starts_with('-') || name.ends_with('-') || name.contains("--");
    dashes.then(|| "it begins or ends with a dash, or has two of them together".to_owned())
}

/// Whether a number can be that of a port.
pub(super) fn is_port(number: i64) -> bool {
    (1..=65535).contains(&number)
}

/// The protocol of a port; TCP where none is said.
pub(super) fn protocol(port: &Field) -> String {
    port.get("protocol").string().filter(|protocol| !protocol.is_empty()).unwrap_or_else(|| "TCP".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_ports_are_those_of_iana() {
        for name in ["http", "a", "n-3456789012345", "p2p", "0x"] {
            assert_eq!(name_fault(name), None, "{name}");
        }
        for name in ["", "n234567890123456", "123456", "HTTP", "-a", "a-", "a--b", "a_b", "a b"] {
            assert!(name_fault(name).is_some(), "{name}");
        }
    }
}
