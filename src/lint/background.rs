//! What is known of a rendering besides its objects: what it was made of, what became of it, and what it would be at
//! another time, or was before. Rules about templates and values look at this.

use std::borrow::Cow;
use std::ops::Range;
use std::rc::Rc;

use super::{Further, Memory, Sources, Way};
use crate::engine::{self, Document, Inputs, ValuesTable};
use crate::kube::Object;
use crate::source::{FileId, Files, Origin, OriginKind, Role, Run, Span, Step};

/// What a rendering was made of, and what else there is to hold it against.
#[derive(Clone, Debug, Default)]
pub struct Background {
    /// The chart and its values.
    pub inputs: Rc<Inputs>,
    /// All values, and who reads them.
    pub table: Option<Rc<ValuesTable>>,
    /// What Helm stops at, its own error first. Where there is one, nothing is rendered.
    pub failures: Vec<Failure>,
    /// What later upgrades with the same chart and values print, where it asks for the time or random things.
    pub again: Option<Again>,
    /// The outermost chart's notes, where they print nothing.
    pub silent_notes: Option<FileId>,
    /// The documents of a release of another name, where a name may be the same for every release.
    pub renamed: Option<Rc<[Document]>>,
    /// What is installed, where this is its upgrade.
    pub installed: Option<Vec<Object>>,
    /// What is still to be found out: the rules that want to know it are not run.
    pub awaited: Vec<Further>,
    /// What the looks before left.
    pub memory: Rc<Memory>,
}

/// What the same chart and values print later.
#[derive(Clone, Debug)]
pub struct Again {
    /// The documents of the first upgrade.
    pub first: Rc<[Document]>,
    /// Those of the second one.
    pub second: Rc<[Document]>,
}

/// Something at which Helm stops.
#[derive(Clone, Debug)]
pub struct Failure {
    /// Why.
    pub error: engine::Error,
    /// Where, if that is known.
    pub span: Option<Span>,
    /// The edits that mend it.
    pub ways: Vec<Way>,
}

impl Failure {
    /// What to do, where edits are known that mend it.
    pub fn fix(&self) -> Option<String> {
        let titles: Vec<String> = self.ways.iter().map(Way::told).collect();
        (!titles.is_empty()).then(|| titles.join(", or "))
    }
}

/// A rendering with its background.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// What is rendered, and the files it comes from.
    pub sources: &'a Sources<'a>,
    /// The documents that are the objects, in the same order.
    pub documents: &'a [&'a Document],
    /// What it was made of.
    pub background: &'a Background,
}

/// A piece of an object's text, and the action that printed it.
#[derive(Clone, Copy, Debug)]
pub struct Piece<'a> {
    /// Where it begins in the object's text.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// The action.
    pub origin: &'a Origin,
}

impl<'a> Scene<'a> {
    /// Whether a rule would have to know what is not found out yet.
    pub fn awaits(&self, rule: &str) -> bool {
        self.background.awaited.iter().any(|further| further.rule() == rule)
    }

    /// Whether a file's values are the user's: not the charts' own.
    pub fn is_users(&self, file: FileId) -> bool {
        self.sources.values.contains(&file)
    }

    /// The pieces of an object's text within some bytes that actions printed.
    pub fn pieces(&self, object: usize, range: &Range<usize>) -> Vec<Piece<'a>> {
        let Some(runs) = self.documents.get(object).and_then(|document| document.text.runs()) else {
            return Vec::new();
        };
        let trace = self.sources.trace;
        let within = runs.ranges_from(range.start).take_while(|(covered, _)| covered.start < range.end);
        let piece = |(covered, run): (Range<usize>, Run)| {
            let origin = trace.origin(run.origin).filter(|origin| origin.kind == OriginKind::Action)?;
            Some(Piece { start: covered.start, end: covered.end, origin })
        };
        within.filter_map(piece).collect()
    }

    /// The paths, from the top-level dot, of what is in the result of an action.
    pub fn fed(&self, origin: &Origin) -> impl Iterator<Item = Vec<Step>> {
        let trace = self.sources.trace;
        let fed = trace.reads(origin.reads).iter().filter(|read| read.role == Role::Feeds);
        fed.map(|read| trace.steps(read.path).into_iter().cloned().collect())
    }

    /// The first line of a file that says something: what stands for the file as a whole.
    pub fn first_line(&self, file: FileId) -> Span {
        let text = self.sources.files.get(file).map(|file| &*file.text).unwrap_or_default();
        let start = text.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(0);
        let rest = text.get(start..).unwrap_or_default();
        let end = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
        Span::new(file, start..start + end)
    }

    /// The text of a span.
    pub fn text(&self, span: Span) -> Cow<'a, str> {
        String::from_utf8_lossy(self.sources.files.text(span))
    }
}

/// The path below `.Values`, where it is one.
pub fn below_values(steps: &[Step]) -> Option<&[Step]> {
    match steps {
        [Step::Key(root), below @ ..] if &**root == "Values" => Some(below),
        _ => None,
    }
}

/// Whether templates ask for randomness or for the time, so that they may print something else the next time.
pub fn may_change_by_itself(inputs: &Inputs, files: &Files) -> bool {
    inputs.template_files().filter_map(|file| files.get(file)).any(|file| asks_for_change(&file.text))
}

/// Whether an action in a text names a function that gives something else each time.
fn asks_for_change(text: &[u8]) -> bool {
    let text = String::from_utf8_lossy(text);
    let actions = text.split("{{").skip(1).filter_map(|action| action.split("}}").next());
    let mut words = actions.flat_map(|action| action.split(|c: char| !c.is_alphanumeric()));
    words.any(|word| CHANGING.contains(&word))
}

/// Functions that give something else each time.
const CHANGING: &[&str] = &[
    "ago",
    "bcrypt",
    "date",
    "encryptAES",
    "genCA",
    "genCAWithKey",
    "genPrivateKey",
    "genSelfSignedCert",
    "genSelfSignedCertWithKey",
    "genSignedCert",
    "genSignedCertWithKey",
    "htmlDate",
    "htpasswd",
    "now",
    "randAlpha",
    "randAlphaNum",
    "randAscii",
    "randBytes",
    "randInt",
    "randNumeric",
    "shuffle",
    "uuidv4",
];
