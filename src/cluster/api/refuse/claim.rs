//! Claims: they stay what they are, but they may ask for more.

use super::super::super::Cluster;
use super::super::super::objects::{Claim, ClaimPhase, Key};
use super::{Fault, Refusal};
use crate::kube::{Field, Object, Quantity};
use crate::value::format::quoted;
use crate::value::json;

/// From this version on the server prints what differs as lines of JSON. Before, it is left out here.
const LINES_SINCE: u32 = 34;

/// Why a claim can't become what a manifest says.
pub(super) fn refusal(cluster: &Cluster, old: &Claim, new: &Object) -> Option<Refusal> {
    let is_bound = old.phase == ClaimPhase::Bound;
    let before = lines(old, &old.spec.at("spec"), is_bound);
    let after = lines(old, &new.at("spec"), is_bound);
    if before != after {
        let detail =
            "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims";
        let shown = cluster.settings.minor >= LINES_SINCE;
        let told = if shown { format!("{detail}\n{}", unified(&before, &after)) } else { detail.to_owned() };
        return Refusal::of(vec![Fault::forbidden("spec", &told).because_of(changed(old, new))]);
    }
    let path = "spec.resources.requests.storage";
    let size = |written: String| Quantity::parse(&written).ok();
    let (has, asks) = (size(old.size()), size(super::super::super::controllers::written(&new.at(path))));
    if asks < has {
        let detail = match cluster.settings.minor {
            ..32 => "field can not be less than previous value",
            _ => "field can not be less than status.capacity",
        };
        return Refusal::of(vec![Fault::forbidden(path, detail)]);
    }
    let class = old.class.as_deref().and_then(|class| cluster.store.classes.get(&Key::new("", class)));
    let may_grow = class.is_some_and(|class| class.may_expand);
    (asks > has && !may_grow).then(|| {
        let detail = "only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must \
                      support resize";
        let name = new.name();
        Refusal::Forbidden(format!("persistentvolumeclaims \"{name}\" is forbidden: {detail}"), vec![path.to_owned()])
    })
}

/// The fields of a manifest that may not be otherwise.
fn changed(old: &Claim, new: &Object) -> Vec<String> {
    let keys =
        ["accessModes", "selector", "volumeName", "storageClassName", "volumeMode", "dataSource", "dataSourceRef"];
    let differs = |key: &&str| !super::is_equal(&old.spec.at("spec").get(key), &new.at("spec").get(key));
    keys.into_iter().filter(differs).map(|key| format!("spec.{key}")).collect()
}

/// A claim's `spec` as the server prints it. What the server has filled in stays, unless the manifest says otherwise.
fn lines(claim: &Claim, spec: &Field, is_bound: bool) -> Vec<String> {
    let written = claim.spec.at("spec");
    let kept = |key: &str, filled: Option<String>| {
        let (now, then) = (spec.get(key).string(), written.get(key).is_present());
        let text = now.or_else(|| filled.filter(|_| !then));
        text.map_or_else(|| "null".to_owned(), |text| quoted(text.as_bytes()))
    };
    let volume = spec.get("volumeName").string().or_else(|| claim.volume.clone()).unwrap_or_default();
    let requests = if is_bound { written.at("resources.requests") } else { spec.at("resources.requests") };
    let mut lines = vec!["{".to_owned()];
    lines.extend(block("AccessModes", &spec.get("accessModes"), 1, ","));
    lines.extend(block("Selector", &spec.get("selector"), 1, ","));
    lines.push(" \"Resources\": {".to_owned());
    lines.extend(block("Limits", &spec.at("resources.limits"), 2, ","));
    lines.extend(block("Requests", &requests, 2, ""));
    lines.push(" },".to_owned());
    lines.push(format!(" \"VolumeName\": {},", quoted(volume.as_bytes())));
    lines.push(format!(" \"StorageClassName\": {},", kept("storageClassName", claim.class.clone())));
    lines.push(format!(" \"VolumeMode\": {},", kept("volumeMode", Some("Filesystem".to_owned()))));
    lines.extend(block("DataSource", &spec.get("dataSource"), 1, ","));
    lines.extend(block("DataSourceRef", &spec.get("dataSourceRef"), 1, ","));
    lines.push(format!(" \"VolumeAttributesClassName\": {}", kept("volumeAttributesClassName", None)));
    lines.push("}".to_owned());
    lines
}

/// A field, indented by a space for each level.
fn block(name: &str, field: &Field, level: usize, end: &str) -> Vec<String> {
    let (indent, inner) = (" ".repeat(level), " ".repeat(level + 1));
    let (entries, items) = (field.entries(), field.items());
    let text = |field: &Field| match field.string() {
        Some(text) => quoted(text.as_bytes()),
        None => json::encode(field.value()).unwrap_or_default(),
    };
    let comma = |at: usize, count: usize| if at + 1 < count { "," } else { "" };
    let (open, close, content): (_, _, Vec<String>) = if !items.is_empty() {
        let line = |(at, item)| format!("{inner}{}{}", text(item), comma(at, items.len()));
        ("[", "]", items.iter().enumerate().map(line).collect())
    } else if !entries.is_empty() {
        let line = |(at, (key, value)): (usize, &(std::rc::Rc<str>, Field))| {
            format!("{inner}{}: {}{}", quoted(key.as_bytes()), text(value), comma(at, entries.len()))
        };
        ("{", "}", entries.iter().enumerate().map(line).collect())
    } else {
        return vec![format!("{indent}\"{name}\": null{end}")];
    };
    let mut lines = vec![format!("{indent}\"{name}\": {open}")];
    lines.extend(content);
    lines.push(format!("{indent}{close}{end}"));
    lines
}

/// So many lines stand around what differs.
const AROUND: usize = 3;

/// What differs, as `diff -u` prints it, without names of files.
fn unified(before: &[String], after: &[String]) -> String {
    let edits = edits(before, after);
    let is_change = |at: usize| edits.get(at).is_some_and(|(mark, _)| *mark != ' ');
    let near = |at: usize| (at.saturating_sub(AROUND)..=at + AROUND).any(is_change);
    let (mut lines, mut at) = (Vec::new(), 0);
    let (mut old, mut new) = (1, 1);
    while at < edits.len() {
        let behind = edits.iter().enumerate().skip(at);
        let hunk: Vec<&(char, &String)> = behind.take_while(|(at, _)| near(*at)).map(|(_, edit)| edit).collect();
        if hunk.is_empty() {
            (at, old, new) = (at + 1, old + 1, new + 1);
            continue;
        }
        let gone = hunk.iter().filter(|(mark, _)| *mark != '+').count();
        let come = hunk.iter().filter(|(mark, _)| *mark != '-').count();
        lines.push(format!("@@ {} {} @@\n", range('-', old, gone), range('+', new, come)));
        lines.extend(hunk.iter().map(|(mark, line)| format!("{mark}{line}\n")));
        (at, old, new) = (at + hunk.len(), old + gone, new + come);
    }
    lines.concat()
}

fn range(mark: char, first: usize, count: usize) -> String {
    if count == 1 { format!("{mark}{first}") } else { format!("{mark}{first},{count}") }
}

/// The lines of both, the common ones once: those of the longest common subsequence.
fn edits<'l>(before: &'l [String], after: &'l [String]) -> Vec<(char, &'l String)> {
    let (rows, columns) = (before.len(), after.len());
    let mut longest = vec![vec![0_usize; columns + 1]; rows + 1];
    let cell = |table: &[Vec<usize>], row: usize, column: usize| {
        table.get(row).and_then(|row| row.get(column)).copied().unwrap_or(0)
    };
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            let length = if before.get(row) == after.get(column) {
                cell(&longest, row + 1, column + 1) + 1
            } else {
                cell(&longest, row + 1, column).max(cell(&longest, row, column + 1))
            };
            if let Some(cell) = longest.get_mut(row).and_then(|row| row.get_mut(column)) {
                *cell = length;
            }
        }
    }
    let (mut row, mut column, mut edits) = (0, 0, Vec::new());
    loop {
        match (before.get(row), after.get(column)) {
            (Some(old), Some(new)) if old == new => {
                edits.push((' ', old));
                (row, column) = (row + 1, column + 1);
            }
            (Some(old), new) if new.is_none() || cell(&longest, row + 1, column) >= cell(&longest, row, column + 1) => {
                edits.push(('-', old));
                row += 1;
            }
            (_, Some(new)) => {
                edits.push(('+', new));
                column += 1;
            }
            _ => return edits,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As a cluster of Kubernetes 1.34 printed it for a claim that is not bound, from `ReadWriteMany` to `ReadWriteOnce`.
    #[test]
    fn what_differs_is_printed_with_three_lines_around_it() {
        let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
        let rest = " \"Selector\": null,\n \"Resources\": {\n  \"Limits\": null,\n  \"Requests\": {";
        let of = |mode: &str| lines(&format!("{{\n \"AccessModes\": [\n  \"{mode}\"\n ],\n{rest}"));
        let printed = "@@ -1,6 +1,6 @@\n {\n  \"AccessModes\": [\n-  \"ReadWriteMany\"\n+  \"ReadWriteOnce\"\n  ],\n  \
                       \"Selector\": null,\n  \"Resources\": {\n";
        assert_eq!(unified(&of("ReadWriteMany"), &of("ReadWriteOnce")), printed);
        assert_eq!(unified(&of("ReadWriteMany"), &of("ReadWriteMany")), "");
    }
}
