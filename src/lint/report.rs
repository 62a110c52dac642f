//! What rules report.

use std::fmt;
use std::ops::Range;

use super::cx::{Subject, namespace};
use super::{Config, Rule, Way};
use crate::kube::{Object, Path};
use crate::source::{Severity, Span};

/// Something is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule's id.
    pub rule: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong and what comes of it, in one sentence.
    pub message: String,
    /// What to do in this case.
    pub fix: String,
    /// The object.
    pub object: ObjectRef,
    /// The field.
    pub place: Place,
    /// The text in a file, where a template or the values are at fault rather than an object. Object and field are
    /// empty then.
    pub source: Option<Span>,
    /// What else there is to say of the same thing.
    pub related: Vec<Related>,
    /// Edits that mend what Helm stops at, the likeliest first. What mends other findings, [`super::fix`] finds out.
    pub ways: Vec<Way>,
}

/// An object, as people name it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ObjectRef {
    /// `apiVersion`
    pub api_version: String,
    /// `kind`
    pub kind: String,
    /// The namespace it will be in: its own, or the release's. Empty for kinds that belong to none.
    pub namespace: String,
    /// `metadata.name`
    pub name: String,
}

impl fmt::Display for ObjectRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind, self.name)
    }
}

/// A field of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The object, by its number among those that were checked.
    pub document: usize,
    /// The field, which may be one that is missing.
    pub path: Path,
    /// Bytes in the document's text: the field, or the key of what is around it where it is missing.
    pub range: Range<usize>,
}

impl Place {
    /// The number of no document.
    pub const NOWHERE: usize = usize::MAX;
}

/// Another fault of the same thing, or another place that has to do with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// The rule that looks for it, where it is a fault in itself.
    pub rule: Option<&'static str>,
    /// What it is, in one sentence.
    pub message: String,
    /// Where.
    pub place: Place,
}

/// One of several faults of the same thing: families of rules report a thing once, under its gravest fault.
pub struct Concern {
    /// The rule it belongs to.
    pub rule: &'static Rule,
    /// How bad it is here.
    pub severity: Severity,
    /// What is wrong and what comes of it, in one sentence.
    pub message: String,
    /// What to do.
    pub fix: String,
    /// The field.
    pub path: Path,
}

/// What one rule has found so far.
pub struct Report<'a> {
    rule: &'static Rule,
    config: &'a Config,
    findings: Vec<Finding>,
}

impl<'a> Report<'a> {
    /// Nothing yet.
    pub(super) fn new(rule: &'static Rule, config: &'a Config) -> Self {
        Self { rule, config, findings: Vec::new() }
    }

    pub(super) fn into_findings(self) -> Vec<Finding> {
        self.findings
    }

    /// Reports a thing that several rules look at: under the first of its faults whose rule is on, with the others
    /// beside it. Every rule of the family calls this with the same faults; only the one that leads reports.
    pub fn leading(&mut self, subject: Subject, concerns: Vec<Concern>) {
        let mut concerns = concerns.into_iter().filter(|concern| self.config.is_on(concern.rule));
        let Some(first) = concerns.next().filter(|first| std::ptr::eq(first.rule, self.rule)) else { return };
        let related = concerns.map(|concern| Related {
            rule: Some(concern.rule.id),
            message: concern.message,
            place: place(subject, concern.path),
        });
        let finding = Finding {
            rule: self.rule.id,
            severity: first.severity,
            message: first.message,
            fix: first.fix,
            object: object_ref(subject, self.config),
            place: place(subject, first.path),
            source: None,
            related: related.collect(),
            ways: Vec::new(),
        };
        self.findings.push(finding);
    }

    /// Reports what is wrong with a text in a file, rather than with an object.
    pub fn in_file(&mut self, span: Span, severity: Severity, message: String, fix: String) {
        let place = Place { document: Place::NOWHERE, path: Path::root(), range: 0..0 };
        let (rule, object) = (self.rule.id, ObjectRef::default());
        let (source, related, ways) = (Some(span), Vec::new(), Vec::new());
        self.findings.push(Finding { rule, severity, message, fix, object, place, source, related, ways });
    }

    /// Says which edits mend what was reported last.
    pub fn mended_by(&mut self, ways: &[Way]) {
        if let Some(last) = self.findings.last_mut() {
            last.ways = ways.to_vec();
        }
    }

    /// Reports what is missing altogether: there is no place to show.
    pub fn nowhere(&mut self, severity: Severity, message: String, fix: String) {
        let place = Place { document: Place::NOWHERE, path: Path::root(), range: 0..0 };
        let (rule, object) = (self.rule.id, ObjectRef::default());
        let (source, related, ways) = (None, Vec::new(), Vec::new());
        self.findings.push(Finding { rule, severity, message, fix, object, place, source, related, ways });
    }

    /// Reports what is wrong at some bytes of an object's text, which no path leads to.
    pub fn at_bytes(&mut self, subject: Subject, range: Range<usize>, concern: Concern) {
        let Concern { severity, message, fix, path, .. } = concern;
        let place = Place { document: subject.index, path, range };
        let (rule, object) = (self.rule.id, object_ref(subject, self.config));
        let (source, related, ways) = (None, Vec::new(), Vec::new());
        self.findings.push(Finding { rule, severity, message, fix, object, place, source, related, ways });
    }
}

fn object_ref(subject: Subject, config: &Config) -> ObjectRef {
    let Subject { object, .. } = subject;
    ObjectRef {
        api_version: object.api_version(),
        kind: object.kind(),
        namespace: namespace(object, config),
        name: object.name(),
    }
}

fn place(subject: Subject, path: Path) -> Place {
    let range = marked(subject.object, &path);
    Place { document: subject.index, path, range }
}

/// What to mark for a field: a scalar with its key; of anything longer, the key. For a missing field, what is around
/// it: its key, or the name of an item of a list.
fn marked(object: &Object, path: &Path) -> Range<usize> {
    let field = object.field(path);
    let is_scalar = field.is_present() && field.value().as_map().is_none() && field.value().as_list().is_none();
    if let Some(place) = object.place(path).filter(|_| is_scalar) {
        return place.whole();
    }
    let mut around = std::iter::successors(Some(path.clone()), Path::parent);
    let Some((path, place)) = around.find_map(|path| Some((path.clone(), object.place(&path)?))) else { return 0..0 };
    let name = || object.place(&path.key("name")).map(|place| place.whole());
    place.key.clone().or_else(name).unwrap_or(place.value.start..place.value.start)
}
