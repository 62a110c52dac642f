//! Reports for other programs: the structure that their schemas ask for, and names that look like markup.

use std::collections::BTreeSet;

use serde_json::Value;

use super::cli::lint;

fn report(sample: &str, format: &str) -> String {
    lint(sample, &[".", "--fail-on=never", "--format", format]).1
}

fn sarif(sample: &str) -> Value {
    serde_json::from_str(&report(sample, "sarif")).expect("JSON")
}

/// What the schema of SARIF 2.1.0 requires of every object that we write.
#[test]
fn sarif_has_what_its_schema_requires() {
    let log = sarif("app-deployment");
    assert_eq!(log["version"], "2.1.0");
    let runs = log["runs"].as_array().expect("runs");
    assert_eq!(runs.len(), 1);
    let driver = &runs[0]["tool"]["driver"];
    assert_eq!(driver["name"], "chartroom");
    assert!(["utf16CodeUnits", "unicodeCodePoints"].map(Value::from).contains(&runs[0]["columnKind"]));
    let rules = driver["rules"].as_array().expect("rules");
    let levels = ["none", "note", "warning", "error"].map(Value::from);
    let mut ids = BTreeSet::new();
    for rule in rules {
        assert!(ids.insert(rule["id"].as_str().expect("an id")), "rules are unique");
        for message in ["shortDescription", "fullDescription", "help"] {
            assert!(rule[message]["text"].is_string(), "{rule}");
        }
        assert!(levels.contains(&rule["defaultConfiguration"]["level"]));
        assert!(rule["defaultConfiguration"]["enabled"].is_boolean());
    }
    assert!(runs[0]["invocations"][0]["executionSuccessful"].is_boolean());
    let results = runs[0]["results"].as_array().expect("results");
    assert!(!results.is_empty());
    for result in results {
        assert!(result["message"]["text"].is_string(), "{result}");
        assert!(levels.contains(&result["level"]));
        let index = usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("small");
        assert_eq!(rules[index]["id"], result["ruleId"]);
        let place = &result["locations"][0]["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().expect("a URI");
        assert!(uri.starts_with("templates/") || uri == "Chart.yaml", "{place}");
        let number = |name: &str| place["region"][name].as_u64().expect("a number");
        assert!(number("startLine") >= 1 && number("startColumn") >= 1);
        assert!((number("startLine"), number("startColumn")) < (number("endLine"), number("endColumn")), "{place}");
        let print = result["partialFingerprints"]["chartroomFinding/v1"].as_str().expect("a fingerprint");
        assert_eq!(print.len(), 64);
    }
}

#[test]
fn fingerprints_tell_findings_apart_and_stay_when_lines_move() {
    let prints = |log: &Value| -> Vec<String> {
        let results = log["runs"][0]["results"].as_array().expect("results").iter();
        results.map(|result| result["partialFingerprints"]["chartroomFinding/v1"].to_string()).collect()
    };
    let (one, other) = (sarif("app-deployment"), sarif("app-deployment"));
    assert_eq!(prints(&one), prints(&other));
    assert_eq!(prints(&one).iter().collect::<BTreeSet<_>>().len(), prints(&one).len());
}

#[test]
fn junit_counts_what_it_lists() {
    let xml = report("app-deployment", "junit");
    assert!(xml.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites "), "{xml}");
    assert!(xml.ends_with("</testsuites>\n"), "{xml}");
    let cases = xml.matches("<testcase ").count();
    let failures = xml.matches("<failure ").count();
    assert!(failures > 0);
    let counts = format!("tests=\"{cases}\" failures=\"{failures}\" errors=\"0\"");
    assert_eq!(xml.matches(&counts).count(), 2, "{xml}");
    assert_eq!(cases, xml.matches("</testcase>").count());
}

#[test]
fn markdown_and_html_say_what_the_text_says() {
    let findings: Value = serde_json::from_str(&report("app-deployment", "json")).expect("JSON");
    let (markdown, html) = (report("app-deployment", "markdown"), report("app-deployment", "html"));
    for finding in findings.as_array().expect("findings") {
        let place = &finding["place"];
        let place = format!("{}:{}:{}", place["file"].as_str().expect("a file"), place["line"], place["column"]);
        let rule = finding["rule"].as_str().expect("a rule");
        assert!(markdown.contains(&format!("`{rule}`, at {place}")), "{markdown}");
        assert!(html.contains(&format!("<code>{rule}</code> at <code>{place}</code>")), "{html}");
    }
    assert!(markdown.contains("**3 warnings, 11 hints in 7 documents, "), "{markdown}");
    assert!(html.contains("3 warnings, 11 hints in 7 documents, ") && html.ends_with("</html>\n"), "{html}");
    assert!(!html.contains("<script"), "a report is a page without a program");
}
