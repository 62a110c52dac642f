//! The sample charts are rendered to the byte as the real Helm renders them.
//!
//! `tests/charts/expected/NAME.args` holds a release name and flags, `NAME.yaml` what Helm prints for the chart
//! `static/samples/NAME`. What stands behind an `@` tells cases of one chart apart.

use std::fs;
use std::path::Path;

use chartroom::cli::{self, Terminal};

#[test]
fn samples_are_rendered_as_helm_renders_them() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let expected = root.join("tests/charts/expected");
    let entries = fs::read_dir(&expected).expect("what is expected").map(|entry| entry.expect("an entry").path());
    let mut faults = Vec::new();
    for args in entries.filter(|path| path.extension().is_some_and(|extension| extension == "args")) {
        let case = args.file_stem().expect("a name").to_string_lossy().into_owned();
        let sample = case.split('@').next().expect("a name");
        let words = fs::read_to_string(&args).expect("the arguments");
        let mut words = words.split_whitespace().map(str::to_owned);
        let name = words.next().expect("a release name");
        let args = ["template".to_owned(), name, ".".to_owned()].into_iter().chain(words);
        let mut terminal = Terminal::new(root.join("static/samples").join(sample));
        cli::run(args.map(Into::into).collect(), &mut terminal);
        let wanted = fs::read_to_string(expected.join(format!("{case}.yaml"))).expect("what Helm prints");
        let got = String::from_utf8_lossy(&terminal.stdout);
        if got != wanted {
            let same = got.lines().zip(wanted.lines()).take_while(|(got, wanted)| got == wanted).count();
            let line = |text: &str| text.lines().nth(same).unwrap_or("<end>").to_owned();
            let said = String::from_utf8_lossy(&terminal.stderr);
            faults.push(format!("{case}, line {}:\n  helm {}\n  we   {}\n{said}", same + 1, line(&wanted), line(&got)));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
