//! Two templates bear the same name.

use std::collections::BTreeMap;

use super::named::{Named, defined};
use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule, Scene};
use crate::source::{FileId, Severity};

/// A named template that is defined twice.
pub static RULE: Rule = Rule {
    id: "template-redefined",
    group: Group::Chart,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "name of two templates",
    docs: Docs {
        what: "A named template of the chart that another file of the chart, or of a chart in it, defines otherwise.",
        why: "Names are the same for all charts that are rendered together: only one of the two counts, for both.",
        fix: "Let the name begin with the chart's: `web.labels`.",
    },
    bad: "\
-- templates/_a.tpl --
{{ define \"web.labels\" }}a: \"1\"{{ end }}
-- templates/_b.tpl --
{{ define \"web.labels\" }}a: \"2\"{{ end }}
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  {{ include \"web.labels\" . }}
",
    good: "\
-- templates/_a.tpl --
{{ define \"web.labels\" }}a: \"1\"{{ end }}
-- templates/_b.tpl --
{{ define \"web.other\" }}a: \"2\"{{ end }}
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata: # {{ include \"web.other\" . }} {name: web}
data: # {{ include \"web.other\" . }}
  {{ include \"web.labels\" . }}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    let Some(scene) = cx.scene() else { return };
    let own = scene.background.inputs.own_templates();
    let mut first: BTreeMap<String, (FileId, Named)> = BTreeMap::new();
    let mut files: Vec<FileId> = scene.background.inputs.template_files().collect();
    // Those of the charts in it first, so that it is the chart's own that is reported.
    files.sort_by_key(|file| (own.contains(file), *file));
    for file in files {
        for named in defined(scene, file) {
            match first.get(&named.name) {
                Some((other, known)) if *other != file => {
                    if own.contains(&file) && !is_same(scene, (*other, known), (file, &named)) {
                        tell(scene, *other, &named, report);
                    }
                }
                Some(_) => {}
                None => drop(first.insert(named.name.clone(), (file, named))),
            }
        }
    }
}

fn tell(scene: Scene, other: FileId, named: &Named, report: &mut Report) {
    let other = scene.sources.files.get(other).map(|file| &*file.path).unwrap_or_default();
    let message = format!("`{}` is defined in `{other}`, too: only one of the two counts", named.name);
    report.in_file(named.span, RULE.severity, message, "let its name begin with the chart's".to_owned());
}

/// Whether two definitions say the same.
fn is_same(scene: Scene, (a, first): (FileId, &Named), (b, second): (FileId, &Named)) -> bool {
    let text = |file: FileId, named: &Named| {
        let file = scene.sources.files.get(file)?;
        let written = file.text.get(named.whole.clone())?;
        Some(written.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect::<Vec<u8>>())
    };
    text(a, first) == text(b, second)
}
