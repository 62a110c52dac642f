//! The catalogue is in order, and every rule finds what its examples say.

use std::collections::BTreeSet;
use std::path::Path;

use chartroom::lint::{Activation, Config, Finding, RULES, Rule};

use super::config;
use super::examples::found;

/// What one rule finds, whether it is on by itself or not.
fn findings(rule: &Rule, manifests: &str) -> Vec<Finding> {
    let activation = [(rule.id.to_owned(), Activation::On)].into_iter().collect();
    let config = Config { activation, ..config() };
    found(manifests, &config).into_iter().filter(|finding| finding.rule == rule.id).collect()
}

#[test]
fn every_rule_finds_its_bad_example_and_leaves_the_good_one_alone() {
    let mut wrong = Vec::new();
    for rule in RULES {
        let (bad, good) = (findings(rule, rule.bad), findings(rule, rule.good));
        match bad.as_slice() {
            [one] if one.severity == rule.severity => {}
            [one] => wrong.push(format!("{}: the bad example weighs {}", rule.id, one.severity.word())),
            found => wrong.push(format!("{}: the bad example has one fault, found: {found:#?}", rule.id)),
        }
        if !good.is_empty() {
            wrong.push(format!("{}: the good example has none, found: {good:#?}", rule.id));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_mended_example_has_no_other_fault_of_its_group() {
    for rule in RULES {
        let of_group =
            |finding: &Finding| RULES.iter().any(|other| other.id == finding.rule && other.group == rule.group);
        let mended = found(rule.good, &config());
        let graver: Vec<_> =
            mended.into_iter().filter(of_group).filter(|finding| finding.severity > rule.severity).collect();
        assert!(graver.is_empty(), "{}: {graver:#?}", rule.id);
    }
}

#[test]
fn rules_are_named_once_and_live_where_their_name_says() {
    let ids: BTreeSet<_> = RULES.iter().map(|rule| rule.id).collect();
    assert_eq!(ids.len(), RULES.len());
    for rule in RULES {
        assert!(
            rule.id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'),
            "{}",
            rule.id
        );
        let file = format!("src/lint/rules/{}/{}.rs", rule.group.id(), rule.id).replace('-', "_");
        assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(&file).is_file(), "{file}");
        for said in [rule.docs.what, rule.docs.why, rule.docs.fix] {
            assert!(said.ends_with('.'), "{}: {said}", rule.id);
        }
        assert!(!rule.title.ends_with('.'), "{}", rule.id);
    }
}
