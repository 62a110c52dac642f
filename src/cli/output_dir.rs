//! `--output-dir`: a file for each template, as `writeToFile` in Helm's `pkg/action` makes it.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::args::TemplateArgs;
use super::terminal::Terminal;
use crate::engine::{Crds, Document, DocumentKind, Hooks};

/// Writes the documents, and says of each where it went. Hooks are added to what stands there from before.
pub(super) fn write(
    documents: &[Document],
    folder: &str,
    release: &str,
    args: &TemplateArgs,
    terminal: &mut Terminal,
) -> Result<(), String> {
    let folder = if args.output_dir.by_release { Path::new(folder).join(release) } else { PathBuf::from(folder) };
    let mut written = BTreeSet::new();
    for document in in_order(documents, args) {
        let shown = folder.join(&document.source);
        let path = terminal.path(&shown);
        let is_hook = matches!(document.kind, DocumentKind::Hook(_));
        let is_more = written.contains(&document.source) || is_hook && path.exists();
        put(&path, is_more, document).map_err(|error| format!("{}: {error}", shown.display()))?;
        written.insert(document.source.clone());
        terminal.out(format!("wrote {}\n", shown.display()));
    }
    if let Some(pattern) = args.print.show_only.first() {
        return Err(format!("could not find template {pattern} in chart"));
    }
    terminal.out("\n");
    Ok(())
}

/// Those that would be printed, in that order.
fn in_order<'d>(documents: &'d [Document], args: &TemplateArgs) -> impl Iterator<Item = &'d Document> {
    let print = args.print_options();
    let wants_crds = print.crds == Crds::Included;
    let rank = |document: &Document| match document.kind {
        DocumentKind::Crd => 0,
        DocumentKind::Manifest => 1,
        DocumentKind::Hook(_) => 2,
    };
    let is_wanted = move |document: &&Document| match &document.kind {
        DocumentKind::Crd => wants_crds,
        DocumentKind::Manifest => true,
        DocumentKind::Hook(hook) => match print.hooks {
            Hooks::All => true,
            Hooks::ExceptTests => !hook.is_test(),
            Hooks::None => false,
        },
    };
    let mut wanted: Vec<&Document> = documents.iter().filter(is_wanted).collect();
    wanted.sort_by_key(|document| rank(document));
    wanted.into_iter()
}

fn put(path: &Path, is_more: bool, document: &Document) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = if is_more { OpenOptions::new().append(true).open(path)? } else { File::create(path)? };
    writeln!(file, "---\n# Source: {}", document.source)?;
    file.write_all(document.text.as_bytes())?;
    file.write_all(b"\n")
}
