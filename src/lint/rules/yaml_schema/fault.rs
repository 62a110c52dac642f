//! What a rule says of a field that doesn't keep to its schema.

use crate::kube::Path;
use crate::kube::schema::{Belongs, Fault, FaultKind};
use crate::lint::cx::{Cx, Subject};
use crate::lint::nearest::{distance, nearest};
use crate::lint::report::{Concern, Report};
use crate::lint::{FieldValidation, Rule};
use crate::source::{Severity, Step};

/// Reports the faults of Kubernetes' own kinds of which a rule speaks.
pub(super) fn report(rule: &'static Rule, is_meant: fn(&FaultKind) -> bool, cx: &Cx, report: &mut Report) {
    for (index, fault) in cx.faults().built_in().filter(|(_, fault)| is_meant(&fault.kind)) {
        if let Some(subject) = cx.subject(index) {
            report.leading(subject, vec![concern(rule, fault, subject, cx)]);
        }
    }
}

/// A fault in words. Entries of lists with the same key are another rule's.
pub(super) fn concern(rule: &'static Rule, fault: &Fault, subject: Subject, cx: &Cx) -> Concern {
    let told = Told { fault, subject, validation: cx.config().validation };
    let (message, fix) = told.words();
    let is_dropped = told.validation == FieldValidation::Ignore && is_unknown(&fault.kind);
    let severity = if is_dropped { rule.severity.min(Severity::Warning) } else { rule.severity };
    Concern { rule, severity, message, fix, path: fault.path.clone() }
}

/// Whether the server has never heard of the field.
pub(super) fn is_unknown(kind: &FaultKind) -> bool {
    matches!(kind, FaultKind::Unknown { .. } | FaultKind::Later(_) | FaultKind::Gone(_))
}

struct Told<'a> {
    fault: &'a Fault,
    subject: Subject<'a>,
    validation: FieldValidation,
}

impl Told<'_> {
    /// The message, and what to do.
    fn words(&self) -> (String, String) {
        let (field, around) = (self.field(), self.around());
        let result = match self.validation {
            FieldValidation::Strict => "Helm 4 installs strictly, and the API server refuses the object",
            FieldValidation::Ignore => "Kubernetes drops it silently, and it has no effect",
        };
        match &self.fault.kind {
            FaultKind::Unknown { known, belongs } => {
                (format!("{around} has no field {field}: {result}"), self.advice(known, belongs.as_ref()))
            }
            FaultKind::Later(minor) => (
                format!("{around} has the field {field} from Kubernetes 1.{minor} on: {result}"),
                "remove it, or choose a later version of Kubernetes".to_owned(),
            ),
            FaultKind::Gone(minor) => {
                (format!("{around} has no field {field} since Kubernetes 1.{minor}: {result}"), "remove it".to_owned())
            }
            FaultKind::Type { wanted, found } => (
                format!("{field} is {found}, where {around} takes {wanted}: the API server refuses the object"),
                retype(wanted, found),
            ),
            FaultKind::Missing => (
                format!("{around} has no {field}, which is required: the API server refuses the object"),
                format!("add {field}"),
            ),
            FaultKind::Word(words) => self.word(words),
            FaultKind::Duplicate { .. } => (format!("{field} has the key of another entry"), String::new()),
        }
    }

    fn word(&self, words: &[std::rc::Rc<str>]) -> (String, String) {
        let written = self.subject.object.field(&self.fault.path).string().unwrap_or_default();
        let all: Vec<&str> = words.iter().map(|word| &**word).filter(|word| !word.is_empty()).collect();
        let shown = if all.len() > MOST_WORDS { "one of the known words".to_owned() } else { one_of(&all) };
        let message = format!("{} is `{written}`, not {shown}: the API server refuses the object", self.field());
        let fix = match similar(&written, all.iter().copied()) {
            Some(word) => format!("did you mean `{word}`?"),
            None => format!("use {shown}"),
        };
        (message, fix)
    }

    /// What to do about an unknown field.
    fn advice(&self, known: &[std::rc::Rc<str>], belongs: Option<&Belongs>) -> String {
        let name = last_key(&self.fault.path).unwrap_or_default();
        let around_key = self.fault.path.parent().and_then(|parent| last_key(&parent));
        if let Some(word) = similar(&name, known.iter().map(|known| &**known)) {
            return format!("did you mean `{word}`?");
        }
        let called = |path: &Path| match (last_key(path), path.parent()) {
            (Some(key), Some(outer)) if Some(&key) == around_key.as_ref() => format!("`{}.{key}`", tail(&outer)),
            (Some(key), _) => format!("`{key}`"),
            (None, _) => self.subject.object.kind(),
        };
        match belongs {
            Some(Belongs { into, is_outside: true }) => {
                format!("it belongs into {}: indent it less", called(into))
            }
            Some(Belongs { into, is_outside: false }) => {
                format!("it belongs into {}: indent it further", called(into))
            }
            None => "remove it, or move it where it belongs".to_owned(),
        }
    }

    /// The field: its key, or which entry of a list it is.
    fn field(&self) -> String {
        match self.fault.path.last() {
            Some(Step::Key(key)) => format!("`{key}`"),
            Some(Step::Index(_)) => format!("`{}`", tail(&self.fault.path)),
            None => self.subject.object.kind(),
        }
    }

    /// What is around it.
    fn around(&self) -> String {
        match self.fault.path.parent() {
            Some(parent) if !parent.is_root() => format!("`{}`", tail(&parent)),
            _ => self.subject.object.kind(),
        }
    }
}

/// More allowed words than these are not listed.
const MOST_WORDS: usize = 8;

/// `a`, `b` or `c`.
fn one_of(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} or {last}", before.join(", ")),
        _ => quoted.join(""),
    }
}

/// A path from its last key on: `env[1]`.
pub(super) fn tail(path: &Path) -> String {
    let steps = path.steps();
    let from = steps.iter().rposition(|step| matches!(step, Step::Key(_))).unwrap_or(0);
    steps.get(from..).unwrap_or_default().iter().cloned().collect::<Path>().to_string()
}

fn last_key(path: &Path) -> Option<String> {
    path.upwards().find_map(|step| match step {
        Step::Key(key) => Some(key.to_string()),
        Step::Index(_) => None,
    })
}

/// The word that was meant, where one is near enough to be mistaken for what is written.
pub(super) fn similar<'n>(written: &str, words: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let plain = |word: &str| word.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let wanted = plain(written);
    let words: Vec<&str> = words.into_iter().collect();
    // Of two characters any two words are near.
    let slips = if written.len() < 3 { 0 } else { 1.max(written.len() / 4) };
    let same = words.iter().copied().find(|word| plain(word) == wanted);
    let near = || nearest(written, words.iter().copied()).filter(|word| distance(written, word) <= slips);
    same.or_else(near)
}

fn retype(wanted: &str, found: &str) -> String {
    match (wanted, found) {
        ("a text", "a number" | "a number with a fraction" | "a boolean") => {
            "write `| quote` in the template".to_owned()
        }
        ("a whole number" | "a number" | "true or false", "a text") => "remove the quotes".to_owned(),
        ("a list" | "a map", "a text") => {
            format!("write {wanted}; where a template prints it, `toYaml` and `nindent` do")
        }
        _ => format!("write {wanted}"),
    }
}
