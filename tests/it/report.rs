//! What the page lets one take out as a lint report is what the command line says of the same chart.

use chartroom::cli::{self, Terminal};
use chartroom::report::{self, Format};
use chartroom::workspace::{Content, Experiment, FilePath, Outside, SchemaSupply, Settings, analyze};

use super::share::samples;

/// As the page has it, once the schemas are there.
fn outside() -> Outside {
    let schemas = SchemaSupply::of(Some(include_str!("../../static/schemas/kubernetes.txt")));
    Outside { schemas, ..Outside::default() }
}

fn on_the_page(experiment: &Experiment, format: Format) -> String {
    report::of_experiment(experiment, &outside()).expect("a report").write(format)
}

fn from_the_command_line(sample: &Experiment, format: &str) -> String {
    let name = sample.origin.sample().expect("a sample");
    let mut terminal = Terminal::new(format!("{}/static/samples/{name}", env!("CARGO_MANIFEST_DIR")));
    let args = ["lint", &*sample.settings.release, ".", "--format", format];
    cli::run(args.into_iter().map(Into::into).collect(), &mut terminal);
    String::from_utf8(terminal.stdout).expect("text")
}

#[test]
fn a_report_says_what_the_command_line_says() {
    for sample in samples() {
        // The command line looks at Jinja's templates as Helm does.
        if sample.files.keys().any(|path| path.extension() == "j2") {
            continue;
        }
        for (format, name) in [(Format::Text, "text"), (Format::Json, "json"), (Format::Sarif, "sarif")] {
            let want = from_the_command_line(&sample, name);
            assert_eq!(on_the_page(&sample, format), want, "{:?} {name}", sample.origin);
        }
    }
}

/// The sample `web` with a file more.
fn with(name: &str, text: &str) -> Experiment {
    let mut web = samples().into_iter().find(|sample| sample.chart_title().0 == "web").expect("the sample");
    let mut files = (*web.files).clone();
    files.insert(FilePath::parse(name).expect("a path"), Content::Text(text.into()));
    (web.files, web.settings) = (files.into(), Settings::default());
    web
}

/// The rules of the problems that the page lists, and the messages of those that are no rule's.
fn listed(experiment: &Experiment) -> (Vec<String>, Vec<String>) {
    let problems = analyze(experiment, outside()).problems;
    let (found, plain): (Vec<_>, Vec<_>) = problems.into_iter().partition(|problem| problem.rule.is_some());
    let rules = found.into_iter().filter_map(|problem| problem.rule).collect();
    (rules, plain.into_iter().map(|problem| problem.message).collect())
}

#[test]
fn the_page_follows_the_charts_own_lint_settings() {
    let (all, _) = listed(&with("README.md", "x"));
    let first = all.first().expect("a finding").clone();
    for (name, text) in [
        (".chartroom.yaml", format!("disabled: [{first}]\n")),
        (".chartroom.yml", format!("rules: {{{first}: off}}\n")),
        (".chartroom.yaml", "ignore-paths: [\"templates/**\"]\n".to_owned()),
        (".kube-linter.yaml", "checks: {doNotAutoAddDefaults: true}\n".to_owned()),
    ] {
        let experiment = with(name, &text);
        let (rules, plain) = listed(&experiment);
        assert!(!rules.contains(&first), "{name} {text} {rules:?}");
        assert_eq!(plain, [""; 0], "{name}");
        assert!(
            !on_the_page(&experiment, Format::Text).lines().any(|line| line.contains(&format!("warning[{first}]")))
        );
    }
    let (rules, plain) = listed(&with(".chartroom.yaml", "rules: {no-such-rule: off}\n"));
    assert_eq!((rules, plain.len()), (all.clone(), 1));
    assert!(plain[0].starts_with(".chartroom.yaml: there is no rule `no-such-rule`"), "{plain:?}");
    let (rules, plain) = listed(&with(".chartroom.yaml", "rules: [\n"));
    assert_eq!((rules, plain.len()), (all, 1));
    assert!(plain[0].ends_with(": these settings are left out"), "{plain:?}");
}
