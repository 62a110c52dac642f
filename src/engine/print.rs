//! What `helm template` prints: manifests, then hooks, each under the name of its template.
//!
//! The manifests are trimmed together, so that those of a chart without hooks end in one newline; hooks and what
//! `--show-only` chooses keep the newline at their end and get another one.

use std::ops::Range;

use super::pattern;
use super::{Document, DocumentKind, Error, ErrorKind};
use crate::helm::Helm;
use crate::kube;
use crate::source::OriginId;
use crate::value::{Text, TextBuilder};

/// What to print, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PrintOptions {
    /// `--no-hooks`
    pub hooks: Hooks,
    /// `--include-crds`
    pub crds: Crds,
    /// `--show-only`; everything where there is none.
    pub show_only: Vec<String>,
    /// The Helm whose way of cutting `--show-only` goes by.
    pub helm: Helm,
}

/// Which hooks are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hooks {
    /// All.
    #[default]
    All,
    /// `--skip-tests`
    ExceptTests,
    /// `--no-hooks`
    None,
}

/// Whether the files in `crds/` are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Crds {
    /// No.
    #[default]
    Left,
    /// `--include-crds`
    Included,
}

/// What is printed, and which part of it is which document.
#[derive(Clone, Debug, Default)]
pub struct Printed {
    /// The text. What no template printed has no origin.
    pub text: Text,
    /// The documents in it, in order, by their place in [`Rendered::documents`](super::Rendered) and their bytes, the
    /// lines above them not included.
    pub documents: Vec<(usize, Range<usize>)>,
}

/// Prints documents, which stand in install order.
pub fn print(documents: &[Document], options: &PrintOptions) -> Result<Printed, Error> {
    let Printer { builder, documents } = whole(documents, options);
    let all = Printed { text: builder.finish(), documents };
    if options.show_only.is_empty() { Ok(all) } else { show_only(&all, options) }
}

/// The same, for who asks for the bytes alone.
pub fn print_bytes(documents: &[Document], options: &PrintOptions) -> Result<Vec<u8>, Error> {
    if options.show_only.is_empty() {
        return Ok(whole(documents, options).builder.into_bytes());
    }
    print(documents, options).map(|printed| printed.text.as_bytes().to_vec())
}

/// Prints everything that isn't left out, whatever is to be shown of it.
fn whole(documents: &[Document], options: &PrintOptions) -> Printer {
    let bytes = documents.iter().map(|document| document.text.len() + document.source.len() + AROUND).sum();
    let mut printer = Printer { builder: TextBuilder::with_capacity(bytes), documents: Vec::new() };
    let is_crd = |document: &Document| matches!(document.kind, DocumentKind::Crd);
    let is_hook = |document: &Document| matches!(document.kind, DocumentKind::Hook(_));
    let numbered = || documents.iter().enumerate();
    if options.crds == Crds::Included {
        numbered().filter(|(_, document)| is_crd(document)).for_each(|document| printer.document(document));
    }
    let manifests = numbered().filter(|(_, document)| !is_crd(document) && !is_hook(document));
    manifests.for_each(|document| printer.document(document));
    printer.trim();
    for (number, document) in numbered() {
        let DocumentKind::Hook(hook) = &document.kind else { continue };
        let is_wanted = match options.hooks {
            Hooks::All => true,
            Hooks::ExceptTests => !hook.is_test(),
            Hooks::None => false,
        };
        if is_wanted {
            printer.document((number, document));
        }
    }
    printer
}

/// The bytes that Helm puts around a document, besides its name.
const AROUND: usize = "---\n# Source: \n\n".len();

#[derive(Default)]
struct Printer {
    builder: TextBuilder,
    documents: Vec<(usize, Range<usize>)>,
}

impl Printer {
    fn document(&mut self, (number, document): (usize, &Document)) {
        self.helm(&format!("---\n# Source: {}\n", document.source));
        let start = self.builder.len();
        self.builder.push_text(&document.text, OriginId::UNKNOWN);
        self.documents.push((number, start..self.builder.len()));
        self.helm("\n");
    }

    /// Text that Helm itself adds.
    fn helm(&mut self, text: &str) {
        self.builder.push(text.as_bytes(), OriginId::UNKNOWN);
    }

    /// Trims what was printed so far and ends it with a newline.
    fn trim(&mut self) {
        let end = kube::trimmed_len(self.builder.as_bytes());
        self.builder.truncate(end);
        self.helm("\n");
        for (_, range) in &mut self.documents {
            *range = range.start.min(end)..range.end.min(end);
        }
    }
}

/// Keeps the documents whose templates fit one of the patterns, in the order of the patterns.
fn show_only(all: &Printed, options: &PrintOptions) -> Result<Printed, Error> {
    let pieces = kube::split(all.text.as_bytes(), options.helm);
    let mut printer = Printer::default();
    for wanted in &options.show_only {
        let fits = |piece: &&Range<usize>| {
            let text = all.text.as_bytes().get(piece.start..piece.end).unwrap_or_default();
            source(text).is_some_and(|source| pattern::matches(wanted, &source))
        };
        let mut found = false;
        for piece in pieces.iter().filter(fits) {
            found = true;
            printer.helm("---\n");
            let start = printer.builder.len();
            printer.builder.push_slice(&all.text, piece.clone(), OriginId::UNKNOWN);
            printer.helm("\n");
            printer.documents.extend(moved(&all.documents, piece, start));
        }
        if !found {
            return Err(Error { kind: ErrorKind::NoSuchTemplate(wanted.clone()), rendered: None, helm: options.helm });
        }
    }
    Ok(Printed { text: printer.builder.finish(), documents: printer.documents })
}

/// The documents that lie in `piece`, with their ranges where the piece begins at `start`.
fn moved<'d>(
    documents: &'d [(usize, Range<usize>)],
    piece: &'d Range<usize>,
    start: usize,
) -> impl Iterator<Item = (usize, Range<usize>)> + 'd {
    documents.iter().filter_map(move |(number, range)| {
        let (from, to) = (range.start.max(piece.start), range.end.min(piece.end));
        (from < to).then(|| (*number, start + from - piece.start..start + to - piece.start))
    })
}

/// The template named in a `# Source: ` line, without the chart's name.
fn source(text: &[u8]) -> Option<String> {
    const NAMED: &str = "# Source: ";
    let text = String::from_utf8_lossy(text);
    let mut named = text.match_indices(NAMED).filter_map(|(at, _)| text.get(at + NAMED.len()..));
    named.find_map(|after| {
        let (chart, path) = after.split_once('/')?;
        let path = path.split('\n').next().filter(|path| !path.is_empty() && !chart.is_empty())?;
        Some(path.to_owned())
    })
}
