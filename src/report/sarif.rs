//! SARIF 2.1.0, which code hosts show beside the changed lines.
//!
//! Rules come with their documentation; results with the region in the template, the object as a logical location, and
//! a fingerprint of rule, object and field, so that a finding is known again when lines move. Suppressed findings are
//! results with `suppressions`. Columns count characters.

use std::fmt::Write;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{Entry, LintReport, Root, SourcePlace, Unused};
use crate::lint::{Activation, RULES, Rule};
use crate::source::Severity;

/// Where the schema is published.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// Writes it.
pub(super) fn write(report: &LintReport) -> String {
    let root = report.root.as_ref();
    let results = report.findings.iter().chain(&report.suppressed).map(|finding| result(finding, root));
    let run = json!({
        "tool": { "driver": {
            "name": env!("CARGO_PKG_NAME"),
            "version": env!("CARGO_PKG_VERSION"),
            "rules": RULES.iter().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
        } },
        "columnKind": "unicodeCodePoints",
        "invocations": [invocation(report)],
        "results": results.collect::<Vec<_>>(),
    });
    let log = json!({ "$schema": SCHEMA, "version": "2.1.0", "runs": [run] });
    serde_json::to_string_pretty(&log).unwrap_or_default() + "\n"
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn descriptor(rule: &Rule) -> Value {
    let docs = &rule.docs;
    json!({
        "id": rule.id,
        "shortDescription": { "text": rule.title },
        "fullDescription": { "text": docs.what },
        "help": {
            "text": format!("{} {} {}", docs.what, docs.why, docs.fix),
            "markdown": format!("{}\n\n**Why** {}\n\n**What to do** {}", docs.what, docs.why, docs.fix),
        },
        "defaultConfiguration": { "level": level(rule.severity), "enabled": rule.activation == Activation::On },
        "properties": { "tags": [rule.group.id()] },
    })
}

fn result(finding: &Entry, root: Option<&Root>) -> Value {
    let Entry { rule, message, fix, object, .. } = finding;
    let place = match &finding.place {
        Some(place) => physical(place, root),
        None => json!({ "artifactLocation": { "uri": uri(&finding.rendered.file, root) } }),
    };
    let name = format!("{}/{}/{}/{}", object.api_version, object.kind, object.namespace, object.name);
    let location = if object.kind.is_empty() && object.name.is_empty() {
        json!({ "physicalLocation": place })
    } else {
        let logical = json!([{ "name": object.name, "fullyQualifiedName": name, "kind": "object" }]);
        json!({ "physicalLocation": place, "logicalLocations": logical })
    };
    let mut result = json!({
        "ruleId": rule,
        "level": level(finding.severity),
        "message": { "text": message },
        "locations": [location],
        "partialFingerprints": { "chartroomFinding/v1": fingerprint(finding) },
        "properties": { "fix": fix, "renderedFile": finding.rendered.file, "renderedLine": finding.rendered.line },
    });
    let Some(fields) = result.as_object_mut() else { return result };
    if let Some(index) = RULES.iter().position(|known| known.id == *rule) {
        fields.insert("ruleIndex".to_owned(), index.into());
    }
    let related = related(finding, root);
    if !related.is_empty() {
        fields.insert("relatedLocations".to_owned(), related.into());
    }
    if let Some(by) = &finding.suppressed {
        let kind = if by.kind == "config" { "external" } else { "inSource" };
        let justification = if by.reason.is_empty() { &by.written } else { &by.reason };
        fields.insert("suppressions".to_owned(), json!([{ "kind": kind, "justification": justification }]));
    }
    result
}

fn related(finding: &Entry, root: Option<&Root>) -> Vec<Value> {
    let placed = finding.related.iter().filter_map(|related| Some((related, related.place.as_ref()?)));
    let location = |(id, (related, place)): (usize, (&super::RelatedEntry, &SourcePlace))| json!({ "id": id, "message": { "text": related.message }, "physicalLocation": physical(place, root) });
    placed.enumerate().map(location).collect()
}

fn physical(place: &SourcePlace, root: Option<&Root>) -> Value {
    json!({
        "artifactLocation": { "uri": uri(&place.file, root) },
        "region": {
            "startLine": place.line,
            "startColumn": place.column,
            "endLine": place.end_line,
            "endColumn": place.end_column,
        },
    })
}

/// What was told to be ignored and isn't there, and what couldn't be checked.
fn invocation(report: &LintReport) -> Value {
    let root = report.root.as_ref();
    let unused = report.unused.iter().map(|unused| unused_notification(unused, root));
    let unchecked =
        report.unchecked.iter().map(|sentence| json!({ "level": "warning", "message": { "text": sentence } }));
    let notifications: Vec<_> = unused.chain(unchecked).collect();
    json!({ "executionSuccessful": true, "toolExecutionNotifications": notifications })
}

fn unused_notification(unused: &Unused, root: Option<&Root>) -> Value {
    let places = unused.place.iter().map(|place| json!({ "physicalLocation": physical(place, root) }));
    let places: Vec<_> = places.collect();
    json!({ "level": "warning", "message": { "text": unused.sentence() }, "locations": places })
}

/// The same for the same fault of the same field, wherever its line is.
fn fingerprint(finding: &Entry) -> String {
    let object = &finding.object;
    let parts = [finding.rule, &object.api_version, &object.kind, &object.namespace, &object.name, &finding.field];
    let hash = Sha256::digest(parts.join("\0").as_bytes());
    hash.iter().fold(String::new(), |mut hex, byte| {
        // Writing to a string can't fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// The address of a file: on the disk where the chart is a folder, else as Helm names it.
fn uri(file: &str, root: Option<&Root>) -> String {
    let inside = root.and_then(|root| Some((root, file.strip_prefix(&*root.name)?.strip_prefix('/')?)));
    let path = match inside {
        Some((root, rest)) => match root.folder.trim_start_matches("./").trim_end_matches('/') {
            "" | "." => rest.to_owned(),
            folder => format!("{folder}/{rest}"),
        },
        None => file.to_owned(),
    };
    let scheme = if path.starts_with('/') { "file://" } else { "" };
    path.bytes().fold(scheme.to_owned(), |mut uri, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
        uri
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_to_the_file_on_the_disk() {
        let root = |folder: &str| Root { name: "web".to_owned(), folder: folder.to_owned() };
        assert_eq!(uri("web/templates/a b.yaml", Some(&root("."))), "templates/a%20b.yaml");
        assert_eq!(uri("web/values.yaml", Some(&root("./charts/web/"))), "charts/web/values.yaml");
        assert_eq!(uri("web/values.yaml", Some(&root("/srv/web"))), "file:///srv/web/values.yaml");
        assert_eq!(uri("website/values.yaml", Some(&root("x"))), "website/values.yaml");
        assert_eq!(uri("web/values.yaml", None), "web/values.yaml");
    }
}
