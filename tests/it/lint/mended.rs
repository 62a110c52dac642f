//! Every edit that mends a finding does that and nothing else: the finding goes, no other comes, and what is rendered
//! changes where the edit says so. Tried on the bad example of every rule, rendered as a chart, for every finding in it.

use std::collections::BTreeMap;

use chartroom::lint::{Activation, Config, Finding, Group, RULES, edited, fix, predicted, rule};

use super::config;
use super::examples::{Found, in_chart};
use crate::txtar::Archive;

/// A rule's example as a chart.
pub fn chart(example: &str) -> Archive {
    let text =
        if example.starts_with("-- ") { example.to_owned() } else { format!("-- templates/all.yaml --\n{example}") };
    Archive::parse(&text)
}

/// What is found, by rule and document. A rule may find the same again, in a field that has another name then.
fn counted(findings: &[Finding]) -> BTreeMap<(&'static str, usize), usize> {
    let mut counts = BTreeMap::new();
    for finding in findings {
        *counts.entry((finding.rule, finding.place.document)).or_default() += 1;
    }
    counts
}

/// Whether a finding was there before, behind a graver one of the same directory of the node.
fn is_behind(id: &str, mended: &Finding) -> bool {
    let is_host_path = |id: &str| rule(id).is_some_and(|rule| rule.group == Group::Hostpath);
    is_host_path(id) && is_host_path(mended.rule)
}

/// What is wrong with an edit.
fn fault(archive: &Archive, before: &Found, finding: &Finding, config: &Config) -> Option<String> {
    let document = before.documents().get(finding.place.document);
    let fix = fix(finding, document, before.files(), before.trace())?;
    let mut mended = archive.clone();
    for edit in &fix.edits {
        let (_, inside) = edit.path.split_once('/').expect("a file of the chart");
        let text = mended.get(inside).unwrap_or_else(|| panic!("{}: {inside} is no file of the example", finding.rule));
        let own: Vec<_> = fix.edits.iter().filter(|other| other.path == edit.path).collect();
        let text = String::from_utf8(edited(text.as_bytes(), own)).expect("UTF-8");
        mended.put(inside, &text);
        if fix.edits.iter().all(|other| other.path == edit.path) {
            break;
        }
    }
    let after = in_chart(&mended, config);
    let say = |what: &str| Some(format!("{} ({}): {what}\n{}", finding.rule, fix.title, mended.write()));
    // Where only a file of the chart is at fault, what is printed is meant to change, if anything.
    let texts: Vec<_> = after.documents().iter().map(|document| document.text.as_bytes().to_vec()).collect();
    if !fix.rendered.is_empty() && texts != predicted(before.documents(), &[&fix]) {
        return say("something else is rendered");
    }
    let (old, new) = (counted(&before.findings), counted(&after.findings));
    let key = (finding.rule, finding.place.document);
    if new.get(&key).copied().unwrap_or_default() >= old[&key] {
        return say("the finding is still there");
    }
    if !finding.ways.is_empty() {
        // Helm stopped at it: the objects are looked at for the first time.
        return None;
    }
    let fresh = new
        .iter()
        .find(|(key, count)| **count > old.get(key).copied().unwrap_or_default() && !is_behind(key.0, finding));
    fresh.and_then(|((id, _), _)| say(&format!("{id} is new")))
}

#[test]
fn every_fix_mends_what_it_should_and_nothing_else() {
    let (mut tried, mut wrong) = (BTreeMap::<&str, usize>::new(), Vec::new());
    for rule in RULES {
        let config = Config { activation: [(rule.id.to_owned(), Activation::On)].into_iter().collect(), ..config() };
        let archive = chart(rule.bad);
        let before = in_chart(&archive, &config);
        for finding in &before.findings {
            let document = before.documents().get(finding.place.document);
            if fix(finding, document, before.files(), before.trace()).is_some() {
                *tried.entry(finding.rule).or_default() += 1;
                wrong.extend(fault(&archive, &before, finding, &config));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let known = tried.keys().filter(|id| RULES.iter().any(|rule| rule.id == **id)).count();
    assert!(known >= 50, "only {known} rules are mended: {:?}", tried.keys().collect::<Vec<_>>());
}
