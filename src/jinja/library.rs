//! The templates that know each other, and rendering one of them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Rest, ValueKind};
use minijinja::{AutoEscape, Environment, Output, OutputSpan, OutputSpanKind, State, Value as Jinja};

use super::convert::to_jinja;
use super::session::{self, Printed};
use super::{Error, Host, Piece, PieceKind, Rendered};
use crate::source::{FileId, Span};
use crate::value::Traced;

/// How deep includes, macros and blocks may stand in each other: what a browser's stack holds.
const RECURSION: usize = if cfg!(target_family = "wasm") { 100 } else { 400 };

/// Filters of Jinja's that stay, for Helm's function of the same name takes the piped value elsewhere.
const KEPT_FILTERS: [&str; 6] = ["list", "max", "min", "round", "slice", "split"];

/// Templates by their names.
pub struct Library {
    environment: Environment<'static>,
    files: Files,
    recorded: bool,
}

/// The templates' files, by their names.
pub(super) type Files = BTreeMap<String, (FileId, Rc<[u8]>)>;

impl Library {
    /// A library of templates with these names, which may call these functions.
    pub fn new(names: impl IntoIterator<Item = String>, functions: &[&'static str], recorded: bool) -> Self {
        let mut environment = Environment::new();
        environment.set_auto_escape_callback(|_| AutoEscape::None);
        environment.set_recursion_limit(RECURSION);
        environment.set_debug(false);
        // As in Helm. Delimiters and the rest are Jinja's own, with which nothing can be wrong.
        if let Ok(syntax) = SyntaxConfig::builder().keep_trailing_newline(true).build() {
            environment.set_syntax(syntax);
        }
        environment.set_formatter(print);
        let names: Arc<BTreeSet<String>> = Arc::new(names.into_iter().collect());
        environment.set_path_join_callback(move |name, parent| resolve(name, parent, &names));
        for &name in functions {
            environment.add_function(name, move |args: Rest<Jinja>| session::call(name, &args));
            if !KEPT_FILTERS.contains(&name) {
                environment.add_filter(name, move |mut args: Rest<Jinja>| {
                    args.0.rotate_left(1);
                    session::call(name, &args)
                });
            }
        }
        Self { environment, files: Files::new(), recorded }
    }

    /// Reads a template.
    pub fn add(&mut self, name: &str, file: FileId, text: &Rc<[u8]>) -> Result<(), Error> {
        self.files.insert(name.to_owned(), (file, Rc::clone(text)));
        let text = std::str::from_utf8(text).map_err(|_| Error::of_file(name, file, "the file is not UTF-8"))?;
        let added = self.environment.add_template_owned(name.to_owned(), text.to_owned());
        added.map_err(|error| Error::of(&error, &self.files, 0))
    }

    /// Renders a template within so much fuel. Gives back the host, and how much fuel was used.
    pub fn render(
        &mut self,
        name: &str,
        dot: Traced,
        host: Box<dyn Host>,
        fuel: u64,
    ) -> (Result<Rendered, Error>, Option<Box<dyn Host>>, u64) {
        self.environment.set_fuel(Some(fuel));
        let work = || {
            let template = self.environment.get_template(name)?;
            let dot = to_jinja(dot);
            if self.recorded {
                template.render_with_spans(dot)
            } else {
                template.render(dot).map(|text| (text, vec![]))
            }
        };
        let (result, host, printed, used) = session::run(host, self.recorded, work);
        let result = match result {
            Ok((text, spans)) => Ok(Rendered { pieces: self.pieces(&text, &spans, printed), text }),
            Err(error) => Err(Error::of(&error, &self.files, fuel)),
        };
        (result, host, used)
    }

    /// Finds for each expression what was recorded when it printed. What was printed between two of them went into
    /// variables and macros, and fed the second one.
    fn pieces(&self, text: &str, spans: &[OutputSpan], printed: Vec<Printed>) -> Vec<Piece> {
        let mut printed = printed.into_iter();
        let piece = |span: &OutputSpan| {
            let output = span.output_range();
            let kind = match span.kind() {
                OutputSpanKind::Raw => PieceKind::Literal,
                _ => expression(text.get(output.clone()).unwrap_or_default(), &mut printed),
            };
            let file = self.files.get(span.name()).map(|(file, _)| Span::new(*file, span.source_range()));
            Piece { output, template: span.name().to_owned(), span: file, kind }
        };
        spans.iter().map(piece).collect()
    }
}

/// Prints a value. Nothing prints as nothing, and what is true or false as in Go.
fn print(out: &mut Output, state: &mut State, value: &Jinja) -> Result<(), minijinja::Error> {
    let used = state.fuel_levels().map_or(0, |(used, _)| used);
    if value.is_none() || value.is_undefined() {
        return Ok(());
    }
    let text = match value.as_str() {
        Some(text) => Cow::Borrowed(text),
        None if value.kind() == ValueKind::Bool => Cow::Borrowed(if value.is_true() { "true" } else { "false" }),
        None => Cow::Owned(value.to_string()),
    };
    session::with(|session| {
        session.fuel = used;
        session.print(&text);
    });
    out.write_str(&text).map_err(minijinja::Error::from)
}

/// The template that `name` means in `parent`: beside it, else in one of the folders above.
fn resolve<'s>(name: &'s str, parent: &'s str, names: &BTreeSet<String>) -> Cow<'s, str> {
    let mut folder = parent;
    while let Some((above, _)) = folder.rsplit_once('/') {
        folder = above;
        let path = normalized(&format!("{folder}/{name}"));
        if names.contains(&path) {
            return Cow::Owned(path);
        }
    }
    Cow::Borrowed(name)
}

/// The path without `.` and `..`.
fn normalized(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn expression(text: &str, printed: &mut impl Iterator<Item = Printed>) -> PieceKind {
    let mut reads = Vec::new();
    for printed in printed {
        if printed.is_known {
            reads.clear();
        }
        reads.extend(printed.reads);
        if printed.text.as_bytes() == text.as_bytes() {
            return PieceKind::Expression(printed.text, reads);
        }
    }
    PieceKind::Expression(text.into(), reads)
}
