//! The comments of `values.yaml` as documentation, in the forms that charts use: plain comments above a key,
//! [helm-docs](https://github.com/norwoodj/helm-docs)' `# --`, Bitnami's `## @param`, and the `# @schema` blocks of the
//! schema generators.

use crate::source::Step;
use crate::yaml;

/// What the comments say about a key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Doc {
    /// What it is for.
    pub text: String,
    /// What a `@schema` block, or the type in a helm-docs comment, says: `type: integer`, `enum: [a, b]`.
    pub schema: Vec<String>,
}

/// The documentation of the key at a path, if there is any.
pub fn documentation(document: &yaml::Document, path: &[Step]) -> Option<Doc> {
    let key = document.place(path)?.key?;
    let above = document.comments_above(key).iter().map(|comment| body(document.comment_text(comment)));
    let lines: Vec<&str> = above.collect();
    let mut doc = read(&lines);
    if doc.text.is_empty() {
        let beside = document.comment_right(key).map(|comment| body(document.comment_text(comment)));
        doc.text.push_str(beside.unwrap_or_default().trim_start_matches("-- "));
    }
    Some(doc).filter(|doc| !doc.text.is_empty() || !doc.schema.is_empty())
}

/// The text of a comment.
fn body(comment: &str) -> &str {
    comment.trim_start_matches('#').trim()
}

fn read(lines: &[&str]) -> Doc {
    let mut doc = Doc::default();
    let mut words: Vec<&str> = Vec::new();
    let mut in_schema = false;
    for line in lines {
        if *line == "@schema" {
            in_schema = !in_schema;
        } else if in_schema {
            doc.schema.push((*line).to_owned());
        } else if let Some(rest) = line.strip_prefix("@schema ") {
            doc.schema.extend(rest.split(';').map(|part| part.trim().to_owned()));
        } else if let Some(rest) = line.strip_prefix("@param ") {
            words = vec![rest.split_once(' ').map_or("", |(_, text)| text)];
        } else if line.starts_with('@') {
            // `@default`, `@section`, `@raw` and their like say nothing about what it is for.
        } else if let Some(rest) = described(line) {
            // What stands above it is about something else.
            words = vec![typed(rest, &mut doc.schema)];
        } else {
            words.push(line);
        }
    }
    doc.text = words.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
    doc
}

/// helm-docs: `-- what it is`, or with the key before it.
fn described(line: &str) -> Option<&str> {
    if let Some(rest) = line.strip_prefix("--") {
        return Some(rest.trim_start());
    }
    let (key, rest) = line.split_once(" -- ")?;
    (!key.contains(' ')).then_some(rest)
}

/// helm-docs: `(int) what it is`.
fn typed<'a>(text: &'a str, schema: &mut Vec<String>) -> &'a str {
    let found = text.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    match found.filter(|(kind, _)| !kind.contains(' ')) {
        Some((kind, rest)) => {
            schema.push(["type: ", kind].concat());
            rest.trim_start()
        }
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str, key: &str) -> Option<(String, Vec<String>)> {
        let document = yaml::parse(text.as_bytes()).unwrap().remove(0);
        let path: Vec<Step> = key.split('.').map(|key| Step::Key(key.into())).collect();
        documentation(&document, &path).map(|doc| (doc.text, doc.schema))
    }

    fn said(text: &str) -> (String, Vec<String>) {
        (text.to_owned(), Vec::new())
    }

    #[test]
    fn comments_are_read_in_the_forms_that_charts_use() {
        assert_eq!(told("# How many pods\n# run\nreplicas: 1\n", "replicas"), Some(said("How many pods run")));
        assert_eq!(told("a: 1\n\nb:\n  # deep\n  c: 2\n", "b.c"), Some(said("deep")));
        assert_eq!(told("# A section\n# -- How many\nreplicas: 1\n", "replicas"), Some(said("How many")));
        assert_eq!(told("# replicas -- How many\nreplicas: 1\n", "replicas"), Some(said("How many")));
        assert_eq!(
            told("# -- (int) How many\n# @default -- none\nreplicas: 1\n", "replicas"),
            Some(("How many".into(), vec!["type: int".into()]))
        );
        assert_eq!(told("## @param image.tag The tag\n##\nimage:\n  tag: 1\n", "image"), Some(said("The tag")));
        assert_eq!(
            told("# @schema\n# type: integer\n# minimum: 1\n# @schema\n# How many\nreplicas: 1\n", "replicas"),
            Some(("How many".into(), vec!["type: integer".into(), "minimum: 1".into()]))
        );
        assert_eq!(told("replicas: 1 # How many\n", "replicas"), Some(said("How many")));
        assert_eq!(told("replicas: 1\n", "replicas"), None);
    }
}
