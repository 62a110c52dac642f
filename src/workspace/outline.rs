//! The documents in the output of `helm template`: it sets `---` and a comment with the template's path above each.
//!
//! Kind and name are read from their lines, not from parsed YAML: a heading must stand above a document that is broken
//! as well.

use super::{Document, FilePath};

/// The documents of an output, in order. Text before the first separator belongs to none.
pub fn outline(output: &str) -> Vec<Document> {
    let lines: Vec<&str> = output.lines().collect();
    let starts: Vec<usize> = (0..lines.len()).filter(|&at| begins_document(&lines, at)).collect();
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    starts.iter().zip(ends).map(|(&start, end)| document(lines.get(start..end).unwrap_or_default(), start)).collect()
}

fn begins_document(lines: &[&str], at: usize) -> bool {
    lines.get(at) == Some(&"---") && lines.get(at + 1).is_some_and(|next| next.starts_with(SOURCE))
}

const SOURCE: &str = "# Source: ";

fn document(lines: &[&str], start: usize) -> Document {
    let source = lines.iter().find_map(|line| line.strip_prefix(SOURCE)).and_then(in_chart);
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let kind = lines.iter().find_map(|line| field(line, "kind")).unwrap_or_default();
    let name = name(lines).unwrap_or_default();
    Document { kind, name, source, lines: number(start)..number(start + lines.len()), ..Document::default() }
}

/// Helm names files from above the chart's folder: `web/templates/service.yaml`.
pub(super) fn in_chart(path: &str) -> Option<FilePath> {
    FilePath::parse(path.split_once('/')?.1).ok()
}

/// The first `name` in the block below `metadata`.
fn name(lines: &[&str]) -> Option<String> {
    let metadata = lines.iter().position(|line| line.trim_end() == "metadata:")?;
    let block = lines.get(metadata + 1..)?.iter().take_while(|line| line.is_empty() || line.starts_with([' ', '#']));
    let mut indent = None;
    for line in block.filter(|line| !line.trim().is_empty()) {
        let depth = line.len() - line.trim_start().len();
        if depth == *indent.get_or_insert(depth)
            && let Some(name) = field(line.trim_start(), "name")
        {
            return Some(name);
        }
    }
    None
}

fn field(line: &str, key: &str) -> Option<String> {
    let value = line.strip_prefix(key)?.strip_prefix(':')?;
    let value = value.split(" #").next()?.trim().trim_matches(['"', '\'']);
    (!value.is_empty()).then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_document_has_its_title_template_and_lines() {
        let output = "---\n# Source: web/templates/service.yaml\napiVersion: v1\nkind: Service\nmetadata:\n  labels:\n    name: no\n  name: \"web\" # x\nspec: {}\n---\n\
            # Source: web/charts/lib/templates/x.yaml\nkind: ConfigMap\ndata:\n  a: |\n    kind: no\n---\n# Source: web/templates/broken.yaml\n  : [\n";
        let got: Vec<_> = outline(output)
            .into_iter()
            .map(|doc| (doc.title(), doc.source.map(|path| path.to_string()).unwrap_or_default(), doc.lines))
            .collect();
        assert_eq!(
            got,
            [
                ("Service web".into(), "templates/service.yaml".into(), 0..9),
                ("ConfigMap".into(), "charts/lib/templates/x.yaml".into(), 9..15),
                ("Document".into(), "templates/broken.yaml".into(), 15..18),
            ]
        );
        assert!(outline("").is_empty());
    }
}
