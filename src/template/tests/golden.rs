//! Each case of `golden.txt` is a template after `>>> ` and what Helm 4.2.3 says of it after `<<< `, made with
//! the values of `world::values`.

use super::world::helm;

#[test]
fn helm_says_the_same() {
    let mut wrong = Vec::new();
    for case in include_str!("golden.txt").split("\n>>> ") {
        let (template, want) = case.strip_prefix(">>> ").unwrap_or(case).split_once("\n<<< ").unwrap();
        let want = want.trim_end_matches('\n');
        let got = helm(template);
        if got != want {
            wrong.push(format!("{template}\n--- want\n{want}\n--- got\n{got}\n"));
        }
    }
    assert!(wrong.is_empty(), "{} cases differ\n\n{}", wrong.len(), wrong.join("\n"));
}
