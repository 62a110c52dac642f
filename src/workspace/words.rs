//! Errors in plain words: what happened, and what to do. Only for those where we know more to say than Helm does;
//! Helm's own words are always kept beside them.

use crate::chart;
use crate::engine::{Error, ErrorKind};
use crate::template::{ExecError, ExecErrorKind, Exhausted, Fault, ParseErrorKind};

/// An error of the engine in plain words.
pub(super) fn plain(error: &Error) -> Option<String> {
    match &error.kind {
        ErrorKind::Chart(error) => plain_chart(error),
        ErrorKind::Parse(_, error) => plain_parse(&error.kind),
        ErrorKind::Exec(error) => match error.exhausted() {
            Some(limit) => Some(plain_limit(limit)),
            None => error.chain().last().and_then(plain_exec),
        },
        ErrorKind::Manifest { source, message, .. } => {
            Some(format!("What {source} prints is not the YAML of a Kubernetes object: {message}"))
        }
        ErrorKind::Jinja(_) | ErrorKind::NoSuchTemplate(_) => None,
    }
}

/// An error of the chart in plain words.
pub(super) fn plain_chart(error: &chart::Error) -> Option<String> {
    use chart::ErrorKind as Kind;
    Some(match &error.kind {
        Kind::MissingChartYaml => "This chart has no Chart.yaml.".to_owned(),
        Kind::CannotLoad { file, cause } => format!("{file} can't be read: {}", reader(cause)),
        Kind::MissingDependencies(names, _) => {
            format!("Chart.yaml names dependencies that are not in charts/: {}.", names.join(", "))
        }
        Kind::ReleaseName(name, _) if name.is_empty() => "The release needs a name.".to_owned(),
        Kind::ReleaseName(name, _) => format!(
            "The release can't be called `{name}`: lower case letters, digits, dots and dashes, at most 53 of them."
        ),
        Kind::ValuesFile { file, cause } => format!("{file} can't be read: {}", reader(cause)),
        Kind::Set { cause, .. } => format!("This can't be read: {cause}"),
        Kind::KubeVersion { version, .. } => format!("`{version}` is no version of Kubernetes."),
        _ => return None,
    })
}

/// What Helm says of values on the way, in plain words. What it calls `web.image` is `image` of the chart `web`.
pub(super) fn plain_warning(words: &str, chart: &str) -> Option<String> {
    let words = words.strip_prefix("warning: ").unwrap_or(words);
    let key = |rest: &str| {
        let key = rest.split([' ', ':']).next().unwrap_or_default();
        key.strip_prefix(chart).and_then(|key| key.strip_prefix('.')).unwrap_or(key).to_owned()
    };
    let (key, what) = if let Some(rest) = words.strip_prefix("cannot overwrite table with non table for ") {
        (key(rest), "what is no map, where the default is one")
    } else if let Some(rest) = words.strip_prefix("destination for ") {
        (key(rest), "a map, where the default is none")
    } else {
        let rest = words.strip_prefix("skipped value for ")?;
        (key(rest), "a map, where the default is none")
    };
    Some(format!("`{key}` is set to {what}; Helm drops the default."))
}

/// What the reader of YAML says, without the names of those who handed it on.
fn reader(cause: &str) -> &str {
    const HANDED_ON: [&str; 3] = ["cannot unmarshal yaml document: ", "error converting YAML to JSON: ", "yaml: "];
    HANDED_ON.iter().fold(cause, |cause, prefix| cause.strip_prefix(prefix).unwrap_or(cause))
}

fn plain_parse(kind: &ParseErrorKind) -> Option<String> {
    Some(match kind {
        ParseErrorKind::UndefinedFunction(name) => format!("There is no function `{name}`."),
        ParseErrorKind::UndefinedVariable(name) => format!("There is no variable `{name}` here."),
        ParseErrorKind::UnexpectedEof => {
            "The file ends inside an `if`, `range`, `with` or `define`: one `{{ end }}` is missing.".to_owned()
        }
        ParseErrorKind::UnexpectedControl(word) => format!("Nothing is open that this `{word}` could belong to."),
        ParseErrorKind::OutsideRange(word) => format!("`{word}` works inside of `range` only."),
        _ => return None,
    })
}

fn plain_exec(error: &ExecError) -> Option<String> {
    let context = error.place.as_ref().map(|place| place.context.as_str()).unwrap_or_default();
    match &error.kind {
        ExecErrorKind::Fault(fault) => plain_fault(fault, context),
        ExecErrorKind::NoTemplate(name, _) => Some(no_template(name)),
        ExecErrorKind::Calling { function, error } if &**function == "required" => {
            Some(format!("This chart requires a value: {error}"))
        }
        ExecErrorKind::Calling { function, error } if &**function == "fail" => {
            Some(format!("The chart itself refuses: {error}"))
        }
        ExecErrorKind::Calling { .. } | ExecErrorKind::Exhausted(_) => None,
    }
}

/// Helm knows no limits: it would go on until the machine gives up.
fn plain_limit(limit: Exhausted) -> String {
    match limit {
        Exhausted::Depth(_) => format!("A template calls itself, or one that calls it back, without end: {limit}."),
        _ => format!("A template loops too long or prints too much: {limit}."),
    }
}

fn plain_fault(fault: &Fault, context: &str) -> Option<String> {
    Some(match fault {
        Fault::NilPointer(field) => {
            let before = context.split(&format!(".{field}")).next().filter(|before| before.starts_with(['.', '$']));
            match before.filter(|before| *before != context) {
                Some(missing) => format!("`{missing}` is not set, so `.{field}` can't be read."),
                None => format!("`.{field}` is read of something that is not set."),
            }
        }
        Fault::NoField { field, .. } if is_top_level(field) => {
            format!(
                "The dot is not the top level here, and has no `.{field}`. Inside `range` and `with`, write `$.{field}`."
            )
        }
        Fault::NoField { field, ty } => {
            format!("`.{field}` is read of a value that has no fields: it is of type {ty}.")
        }
        Fault::TemplateNotDefined(name) => no_template(name),
        Fault::CantRange(value) => format!("`range` needs a list or a map, and got {value}."),
        Fault::InvalidValue(expected) => format!("A value is missing here: a {expected} is needed."),
        Fault::WrongType { expected, got } => format!("A {expected} is needed here, and this is of type {got}."),
        _ => return None,
    })
}

fn no_template(name: &str) -> String {
    format!("No `define \"{name}\"` is in this chart.")
}

fn is_top_level(field: &str) -> bool {
    matches!(field, "Values" | "Chart" | "Release" | "Files" | "Capabilities" | "Template" | "Subcharts")
}
