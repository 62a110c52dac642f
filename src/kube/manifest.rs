//! How Helm cuts a rendered file into documents, and the order in which it installs them.

use std::ops::Range;

use crate::helm::Helm;

/// The documents of a rendered file, as ranges of its bytes, without those that are blank.
///
/// Helm looks for a line that begins with `---`, and takes the white space around the dashes away. It doesn't know
/// YAML here: such a line inside a block scalar cuts, and what follows the dashes on their line belongs to the document.
/// Helm 3 takes away the white space at the end of a document, too.
pub fn split(text: &[u8], helm: Helm) -> Vec<Range<usize>> {
    let mut documents = Vec::new();
    let mut start = skip_space(text, 0);
    let mut search = start;
    if text.get(start..).is_some_and(|rest| rest.starts_with(DASHES)) {
        start = skip_ascii_space(text, start + DASHES.len());
        search = start;
    }
    while let Some((end, next)) = separator(text, search) {
        documents.push(start..end);
        (start, search) = (next, next);
    }
    documents.push(start..text.len());
    let end = |range: &Range<usize>| match helm {
        Helm::Three => range.start + trimmed_len(text.get(range.clone()).unwrap_or_default()),
        Helm::Four => range.end,
    };
    let trimmed = documents.into_iter().map(|range| skip_space(text, range.start)..end(&range));
    trimmed.filter(|range| range.start < range.end).collect()
}

const DASHES: &[u8] = b"---";

/// The next separator at or after `from`: where the document before it ends, and where the one after it begins.
fn separator(text: &[u8], from: usize) -> Option<(usize, usize)> {
    let mut at = from;
    loop {
        let newline = at + text.get(at..)?.iter().position(|&byte| byte == b'\n')?;
        let line = newline + 1;
        if text.get(line..)?.starts_with(DASHES) {
            let before = text.get(from..newline).unwrap_or_default();
            let kept = before.iter().rposition(|&byte| !is_ascii_space(byte)).map_or(0, |last| last + 1);
            return Some((from + kept, skip_ascii_space(text, line + DASHES.len())));
        }
        at = line;
    }
}

/// The white space of Go's regular expressions.
fn is_ascii_space(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}

fn skip_ascii_space(text: &[u8], from: usize) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    from + rest.iter().take_while(|&&byte| is_ascii_space(byte)).count()
}

/// Skips white space as Unicode has it, which includes vertical tabs and no-break spaces.
fn skip_space(text: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(width) = text.get(at..).and_then(space_width) {
        at += width;
    }
    at
}

/// The width of the white space character that `text` begins with.
fn space_width(text: &[u8]) -> Option<usize> {
    let width = match *text.first()? {
        byte if byte < 0x80 => 1,
        byte if byte < 0xe0 => 2,
        byte if byte < 0xf0 => 3,
        _ => return None,
    };
    let c = std::str::from_utf8(text.get(..width)?).ok()?.chars().next()?;
    c.is_whitespace().then_some(width)
}

/// The kinds that Helm knows an order for, first installed first.
const INSTALL_ORDER: [&str; 38] = [
    "PriorityClass",
    "Namespace",
    "NetworkPolicy",
    "ResourceQuota",
    "LimitRange",
    "PodSecurityPolicy",
    "PodDisruptionBudget",
    "ServiceAccount",
    "Secret",
    "SecretList",
    "ConfigMap",
    "StorageClass",
    "PersistentVolume",
    "PersistentVolumeClaim",
    "CustomResourceDefinition",
    "ClusterRole",
    "ClusterRoleList",
    "ClusterRoleBinding",
    "ClusterRoleBindingList",
    "Role",
    "RoleList",
    "RoleBinding",
    "RoleBindingList",
    "Service",
    "DaemonSet",
    "Pod",
    "ReplicationController",
    "ReplicaSet",
    "Deployment",
    "HorizontalPodAutoscaler",
    "StatefulSet",
    "Job",
    "CronJob",
    "IngressClass",
    "Ingress",
    "APIService",
    "MutatingWebhookConfiguration",
    "ValidatingWebhookConfiguration",
];

/// The place of a kind in the install order; unknown kinds come after all others, by name.
pub fn install_order(kind: &str) -> (usize, &str) {
    match INSTALL_ORDER.iter().position(|&known| known == kind) {
        Some(place) => (place, ""),
        None => (INSTALL_ORDER.len(), kind),
    }
}

/// Puts documents in install order; those of one kind stay as they were. Helm 3 knows no order for webhooks.
pub fn sort_by_kind<T>(documents: &mut [T], kind: impl Fn(&T) -> &str, helm: Helm) {
    documents.sort_by(|a, b| place(kind(a), helm).cmp(&place(kind(b), helm)));
}

fn place(kind: &str, helm: Helm) -> (usize, &str) {
    match install_order(kind) {
        (place, _) if helm.is_three() && place >= WEBHOOKS => (INSTALL_ORDER.len(), kind),
        place => place,
    }
}

/// Where the webhooks begin in the install order: they are its end.
const WEBHOOKS: usize = INSTALL_ORDER.len() - 2;

/// The length without white space at the end, as Unicode has it.
pub fn trimmed_len(bytes: &[u8]) -> usize {
    let mut rest = bytes;
    while let Some(shorter) = without_last_space(rest) {
        rest = shorter;
    }
    rest.len()
}

/// The bytes before the white space character at the end, which may be up to three bytes wide.
fn without_last_space(bytes: &[u8]) -> Option<&[u8]> {
    let is_space = |tail: &[u8]| std::str::from_utf8(tail).is_ok_and(|tail| tail.chars().all(char::is_whitespace));
    let cut = |width| bytes.split_at_checked(bytes.len().checked_sub(width)?);
    (1..=3).find_map(|width| cut(width).filter(|(_, tail)| is_space(tail)).map(|(before, _)| before))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn documents(text: &str) -> Vec<&str> {
        split(text.as_bytes(), Helm::Four).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn dashes_at_the_beginning_of_a_line_cut() {
        assert_eq!(documents("\n---\na: 1\n \n--- # x\nb: 2\n"), ["a: 1", "# x\nb: 2\n"]);
        assert_eq!(documents("a: |\n  x\n---y\n"), ["a: |\n  x", "y\n"]);
        assert_eq!(documents("a: 1\n ---\nb: 2"), ["a: 1\n ---\nb: 2"]);
        assert_eq!(documents(" \n---\n\n---\n"), ["---\n"]);
        assert_eq!(documents("\u{a0}\n"), Vec::<&str>::new());
    }

    #[test]
    fn unknown_kinds_come_last_by_name() {
        let mut kinds = ["namespace", "Ingress", "Certificate", "Namespace", "Service"];
        sort_by_kind(&mut kinds, |kind| kind, Helm::Four);
        assert_eq!(kinds, ["Namespace", "Service", "Ingress", "Certificate", "namespace"]);
    }
}
