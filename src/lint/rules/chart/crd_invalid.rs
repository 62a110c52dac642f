//! `crds/` holds something else than definitions.

use std::ops::Range;

use crate::lint::cx::Cx;
use crate::lint::memory::Remark;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::{Severity, Span, Step};
use crate::yaml::{self, Document};

/// What is in `crds/` and is no definition.
pub static RULE: Rule = Rule {
    id: "crd-invalid",
    group: Group::Chart,
    severity: Severity::Error,
    activation: Activation::On,
    title: "file in crds/ that is no definition",
    docs: Docs {
        what: "A file in `crds/` that is no YAML, or whose `apiVersion` or `kind` isn't that of a definition; or a \
               file called `crds`. Templates are not rendered there.",
        why: "Helm hands the files over as they are: an installation fails, or installs what no upgrade ever \
              changes.",
        fix: "Put only definitions there, as they are; everything else is a template.",
    },
    bad: "\
-- Chart.yaml --
apiVersion: v2
name: web
version: 1.0.0
icon: https://example.com/web.svg
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  a: \"1\"
-- crds/things.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: things}
",
    good: "\
-- Chart.yaml --
apiVersion: v2
name: web
version: 1.0.0
icon: https://example.com/web.svg
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  a: \"1\"
-- crds/things.yaml --
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: things.example.com}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    let (Some(manifest), Some(scene)) = (cx.manifest(), cx.scene()) else { return };
    for (file, text) in scene.sources.files.iter() {
        let Some(inside) = text.path.strip_prefix(&*manifest.folder).and_then(|path| path.strip_prefix("crds")) else {
            continue;
        };
        let is_yaml = [".yaml", ".yml", ".json"].iter().any(|ending| inside.ends_with(ending));
        if inside.is_empty() {
            let message = "`crds` is a file: it has to be a folder".to_owned();
            report.in_file(scene.first_line(file), RULE.severity, message, "make it a folder".to_owned());
        } else if inside.starts_with('/') && is_yaml {
            let faults = scene.background.memory.definitions.of(text.text.shared(), faults);
            for Remark { range, message, fix } in faults.iter() {
                report.in_file(Span::new(file, range.clone()), RULE.severity, message.clone(), fix.clone());
            }
        }
    }
}

/// What is no definition.
fn faults(text: &[u8]) -> Vec<Remark> {
    let (documents, error) = yaml::parse_partly(text);
    let mut faults: Vec<_> = documents.iter().filter_map(fault).collect();
    faults.extend(error.map(|error| (0..0, format!("it can't be read, and templates aren't rendered here: {error}"))));
    let fix = "put only definitions into `crds/`; everything else is a template";
    faults.into_iter().map(|(range, message)| Remark { range, message, fix: fix.to_owned() }).collect()
}

fn fault(document: &Document) -> Option<(Range<usize>, String)> {
    let root = document.root()?;
    let field = |key: &str| {
        let place = document.place(&[Step::Key(key.into())]);
        let range =
            place.map(|place| place.key.map_or(place.value.span.start, |key| key.span.start)..place.value.span.end);
        (
            place.map(|place| document.text(place.value)).unwrap_or_default(),
            range.unwrap_or(root.span.start..root.span.start),
        )
    };
    let ((version, at), (kind, kind_at)) = (field("apiVersion"), field("kind"));
    if kind != "CustomResourceDefinition" {
        return Some((kind_at, format!("`{kind}` is no definition: Helm installs it once, and no upgrade changes it")));
    }
    let is_foreign = !version.starts_with("apiextensions.k8s.io/");
    is_foreign.then(|| (at, format!("definitions are of `apiextensions.k8s.io`, not of `{version}`")))
}
