//! `chartroom rules` and `chartroom rule ID`.

use chartroom::cli::{self, Status, Terminal};
use chartroom::lint::RULES;

fn run(args: &[&str]) -> (Status, String, String) {
    let mut terminal = Terminal::new(".");
    let status = cli::run(args.iter().map(Into::into).collect(), &mut terminal);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (status, text(terminal.stdout), text(terminal.stderr))
}

#[test]
fn every_rule_is_listed_and_explained() {
    let (status, list, _) = run(&["rules"]);
    assert_eq!(status, Status::Success);
    for rule in RULES {
        // Headings, which stand at the margin, may bear the name of a rule.
        let rows = list.lines().filter_map(|line| line.strip_prefix("  "));
        let listed = rows.filter(|row| row.split_whitespace().next() == Some(rule.id)).count();
        assert_eq!(listed, 1, "{}", rule.id);
        let (status, page, err) = run(&["rule", rule.id]);
        assert_eq!((status, err.as_str()), (Status::Success, ""));
        assert!(page.starts_with(&format!("{}: {}\n", rule.id, rule.title)), "{page}");
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        for said in [rule.docs.what, rule.docs.why, rule.docs.fix, rule.bad, rule.good] {
            assert!(words(&page).contains(&words(said)), "{page}");
        }
        assert!(page.lines().filter(|line| line.starts_with("  ")).count() > 4, "{page}");
    }
}

#[test]
fn a_mistyped_rule_gets_the_nearest() {
    let (status, _, err) = run(&["rule", "no-livenes-probe"]);
    let want = "Error: there is no rule `no-livenes-probe`: did you mean `no-liveness-probe`?\n";
    assert_eq!((status, err.as_str()), (Status::Failure, want));
}
