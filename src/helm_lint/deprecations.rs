//! `deprecations.go`: APIs that are deprecated in a version of Kubernetes, by the tables that Kubernetes' own warnings
//! are made of, as of the release that each Helm is built with.

use super::Rule;
use super::object::Object;
use crate::helm::Helm;

const TABLE: &str = include_str!("deprecations.txt");

/// Whether an object's API is deprecated in Kubernetes 1.`minor`.
pub(super) fn check(object: &Object, minor: u64, helm: Helm) -> Rule {
    let found = TABLE.lines().filter_map(|line| Row::read(line, helm));
    let mut found = found.filter(|row| row.version == object.api_version && row.kind == object.kind);
    match found.next() {
        Some(row) if row.deprecated <= minor => Err(row.warning()),
        _ => Ok(()),
    }
}

struct Row<'t> {
    version: &'t str,
    kind: &'t str,
    deprecated: u64,
    removed: u64,
    replacement: &'t str,
}

impl<'t> Row<'t> {
    fn read(line: &'t str, helm: Helm) -> Option<Self> {
        let mut parts = line.splitn(6, ' ');
        let known = parts.next()?;
        let is_known = known.contains(if helm.is_three() { '3' } else { '4' }) && !known.starts_with('#');
        let (version, kind) = (parts.next()?, parts.next()?);
        let (deprecated, removed) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        is_known.then(|| Self { version, kind, deprecated, removed, replacement: parts.next().unwrap_or_default() })
    }

    fn warning(&self) -> String {
        let Self { version, kind, deprecated, removed, replacement } = self;
        let removed = if *removed == 0 { String::new() } else { format!(", unavailable in v1.{removed}+") };
        let instead = if replacement.is_empty() { String::new() } else { format!("; use {replacement}") };
        format!("{version} {kind} is deprecated in v1.{deprecated}+{removed}{instead}")
    }
}
