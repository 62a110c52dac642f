//! What `helm lint` says of archives that are none: those in `tests/corpus/helm_lint_archives`, and beside each what the
//! real Helm 4.2 printed (`want`) and Helm 3.17, where that is something else (`want.3`).

use std::ffi::OsString;
use std::fs;
use std::path::Path;

use chartroom::cli::{self, Terminal};

fn said(folder: &Path, name: &str, helm: &str) -> String {
    let mut terminal = Terminal::new(folder);
    let args = ["lint", "--as", "helm", "--helm", helm, name].map(OsString::from);
    cli::run(args.to_vec(), &mut terminal);
    let (out, err) = (String::from_utf8_lossy(&terminal.stdout), String::from_utf8_lossy(&terminal.stderr));
    format!("{out}{err}")
}

#[test]
fn archives_that_are_none_are_refused_as_helm_refuses_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/helm_lint_archives");
    let names = fs::read_dir(&folder).expect("the archives").map(|entry| entry.expect("an entry").file_name());
    let mut count = 0;
    for name in names.filter_map(|name| name.into_string().ok()?.strip_suffix(".tgz").map(str::to_owned)) {
        let want = fs::read_to_string(folder.join(format!("{name}.want"))).expect("what Helm 4 said");
        let want_of_3 = fs::read_to_string(folder.join(format!("{name}.want.3"))).unwrap_or_else(|_| want.clone());
        let archive = format!("{name}.tgz");
        assert_eq!(said(&folder, &archive, "4"), want, "{name}");
        assert_eq!(said(&folder, &archive, "3"), want_of_3, "{name}, Helm 3");
        count += 1;
    }
    assert!(count >= 9, "{count}");
}
