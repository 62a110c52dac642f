//! Parts of an experiment to be taken out of the page: the manifests, file by file; the list of problems; and the code as
//! a text to be pasted into a ticket or a page.

use crate::jinja;
use crate::source::Severity;
use crate::workspace::{Analysis, Document, Experiment, FilePath, Outcome, Problem, Shown};

use super::archive::metadata;
use super::zip::zipped;

/// What stands in the way of installing it, in sentences.
pub fn obstacles(experiment: &Experiment, shown: &Shown) -> Vec<String> {
    let unfit = metadata(experiment).err().map(|error| error.to_string());
    let stops = shown.now.as_ref().filter(|now| now.outcome != Outcome::Rendered);
    let is_error = |problem: &&Problem| problem.severity == Severity::Error && problem.is_helms();
    let stop = stops.and_then(|now| now.problems.iter().find(is_error));
    let stop = stop.map(|problem| format!("Helm stops: {}", problem.message.trim_end_matches('.')));
    let errors = shown.counts().errors;
    let errors = (stop.is_none() && errors > 0)
        .then(|| format!("The list of problems has {errors} {}", if errors == 1 { "error" } else { "errors" }));
    let is_jinja = |path: &&FilePath| path.as_str().starts_with("templates/") && jinja::is_jinja(path.as_str());
    let jinja = experiment.files.keys().find(is_jinja);
    let jinja =
        jinja.map(|path| format!("Helm knows nothing of Jinja, and would take {path} for a template of its own"));
    unfit.into_iter().chain(stop).chain(jinja).chain(errors).collect()
}

/// The rendered documents as files of a zip archive, in their order: `01-service-web.yaml`.
pub fn one_file_each(analysis: &Analysis) -> Vec<u8> {
    let lines: Vec<&str> = analysis.output.split_inclusive('\n').collect();
    let text = |document: &Document| -> String {
        let range = document.lines.start as usize..document.lines.end as usize;
        lines.get(range).unwrap_or_default().concat()
    };
    let files = analysis.documents.iter().enumerate();
    let files: Vec<(String, String)> = files.map(|(at, it)| (file_name(at + 1, it), text(it))).collect();
    zipped(files.iter().map(|(name, text)| (name.clone(), text.as_bytes())))
}

fn file_name(number: usize, document: &Document) -> String {
    let word = |text: &str| -> String {
        let fit = |c: char| if c.is_ascii_alphanumeric() || c == '.' { c.to_ascii_lowercase() } else { '-' };
        text.chars().take(80).map(fit).collect()
    };
    let words = [format!("{number:02}"), word(&document.kind), word(&document.name)];
    format!("{}.yaml", words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-"))
}

/// The list of problems as Markdown.
pub fn problems_report(experiment: &Experiment, shown: &Shown) -> String {
    let (name, version) = experiment.chart_title();
    let items = shown.problems().iter().map(|problem| {
        let place = problem.place.as_ref().map(|place| format!(" ({}:{})", place.path, place.line)).unwrap_or_default();
        let rule = problem.rule.as_ref().map(|rule| format!(" `{rule}`")).unwrap_or_default();
        let fix = problem.fix.as_ref().map(|fix| format!(" {fix}")).unwrap_or_default();
        format!("- {}{rule}{place}: {}{fix}", problem.severity.word(), problem.message)
    });
    let items: Vec<String> = items.collect();
    let list = if items.is_empty() { "No problems.".to_owned() } else { items.join("\n") };
    format!("# Problems of {name} {version}\n\n{list}\n")
}

/// A link as Markdown writes it.
pub fn markdown_link(experiment: &Experiment, link: &str) -> String {
    let (name, version) = experiment.chart_title();
    let title: String = format!("{name} {version} in Chartroom").chars().filter(|c| !"[]\\`".contains(*c)).collect();
    format!("[{}]({link})", title.trim())
}

/// The link, the values, the open template and what comes of them, as Markdown.
pub fn markdown_with_code(experiment: &Experiment, shown: &Shown, link: &str) -> String {
    let values = FilePath::values();
    let files = [Some(&values), experiment.open.as_ref().filter(|open| **open != values)];
    let sections = files.into_iter().flatten().filter_map(|path| {
        let text = experiment.file(path)?.text()?;
        Some(section(&format!("`{path}`"), path.extension(), text))
    });
    let output = shown.good.as_ref().map(|good| section("What Helm makes of it:", "yaml", &good.output));
    let parts = std::iter::once(markdown_link(experiment, link)).chain(sections).chain(output);
    parts.collect::<Vec<_>>().join("\n\n") + "\n"
}

/// A heading and a fenced text. The fence is longer than any in the text.
fn section(heading: &str, language: &str, text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    let language = if language == "tpl" { "yaml" } else { language };
    let end = if text.ends_with('\n') || text.is_empty() { "" } else { "\n" };
    format!("{heading}\n\n{fence}{language}\n{text}{end}{fence}")
}

/// The HTML that shows a link's page inside another one.
pub fn embed_code(experiment: &Experiment, address: &str) -> String {
    let (name, _) = experiment.chart_title();
    let escaped = |text: &str| text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
    let title = format!("{name} in Chartroom");
    let style = "width: 100%; height: 480px; border: 0";
    format!(
        r#"<iframe src="{}" title="{}" style="{style}" loading="lazy"></iframe>"#,
        escaped(address),
        escaped(&title)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::{Outside, analyze, bring_in, default_experiment};

    fn rendered(experiment: &Experiment) -> Shown {
        Shown::default().after(analyze(experiment, Outside::default()), 0)
    }

    #[test]
    fn manifests_come_out_one_by_one() {
        let web = default_experiment();
        let shown = rendered(&web);
        let zip = one_file_each(shown.good.as_ref().unwrap());
        let chosen = vec![("web.zip".to_owned(), zip)];
        let brought = bring_in(chosen, Vec::new(), &web.settings).unwrap().experiment;
        let text = |path: &FilePath| brought.file(path).and_then(|content| content.text()).unwrap().to_string();
        let files: Vec<_> = brought.files.keys().filter(|path| path.is_template()).collect();
        let names: Vec<_> = files.iter().map(|path| path.name()).collect();
        assert_eq!(names, ["01-service-web.yaml", "02-statefulset-web.yaml"]);
        let whole: String = files.into_iter().map(text).collect();
        assert_eq!(whole, shown.good.as_ref().unwrap().output);
    }

    #[test]
    fn what_would_not_install_is_told() {
        let mut web = default_experiment();
        let bad = |web: &mut Experiment, name: &str, text: &str| {
            let mut files = (*web.files).clone();
            let content = crate::workspace::Content::Text(text.into());
            files.insert(FilePath::parse(name).unwrap(), content);
            web.files = std::rc::Rc::new(files);
        };
        bad(&mut web, "templates/ingress.yaml", "a: {{ fail \"no host\" }}\n");
        let told = obstacles(&web, &rendered(&web));
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].starts_with("Helm stops: ") && told[0].contains("no host"), "{told:?}");
        bad(&mut web, "templates/ingress.yaml", "");
        bad(&mut web, "templates/a.yaml.j2", "a: 1\n");
        let want = "Helm knows nothing of Jinja, and would take templates/a.yaml.j2 for a template of its own";
        assert_eq!(obstacles(&web, &rendered(&web)), [want]);
        bad(&mut web, "Chart.yaml", "apiVersion: v2\nname: web\nversion: x\n");
        let told = obstacles(&web, &Shown::default());
        assert!(told[0].starts_with("Helm would not take this chart: validation"), "{told:?}");
    }

    #[test]
    fn code_in_markdown_is_fenced_whatever_is_in_it() {
        assert_eq!(section("a", "yaml", "x: ````\n"), "a\n\n`````yaml\nx: ````\n`````");
        let web = default_experiment();
        let text = markdown_with_code(&web, &rendered(&web), "https://example.org/#1.d.x");
        assert!(text.starts_with("[web 0.1.0 in Chartroom](https://example.org/#1.d.x)\n\n`values.yaml`\n\n```yaml\n"));
        assert!(text.contains("`templates/statefulset.yaml`\n\n```yaml\n") && text.contains("\n  replicas: 3\n"));
        let code = embed_code(&web, "https://example.org/?embed=output&theme=day#1.d.x");
        assert!(
            code.contains(r#"src="https://example.org/?embed=output&amp;theme=day#1.d.x" title="web in Chartroom""#)
        );
    }

    #[test]
    fn the_report_lists_every_problem_with_its_place() {
        let web = default_experiment();
        let shown = rendered(&web);
        let report = problems_report(&web, &shown);
        assert_eq!(report.lines().filter(|line| line.starts_with("- ")).count(), shown.problems().len());
        assert!(report.contains("templates/statefulset.yaml:"), "{report}");
    }
}
