//! Which rule what Helm stops at belongs to.

use crate::chart;
use crate::engine::{Error, ErrorKind};
use crate::template::ExecErrorKind;

/// The rule that an error of Helm's belongs to. `None` where it is neither the chart's fault nor its values', but that of
/// what else was asked for.
pub fn rule_of(error: &Error) -> Option<&'static str> {
    match &error.kind {
        ErrorKind::Parse(..) => Some("template-parse-error"),
        ErrorKind::Exec(_) if refusal(error).is_some() => Some("required-value-missing"),
        ErrorKind::Exec(_) | ErrorKind::Jinja(_) => Some("template-render-error"),
        ErrorKind::Manifest { .. } => Some("yaml-parse-error"),
        ErrorKind::Chart(error) => of_chart(&error.kind),
        ErrorKind::NoSuchTemplate(_) => None,
    }
}

fn of_chart(kind: &chart::ErrorKind) -> Option<&'static str> {
    use chart::ErrorKind as Kind;
    match kind {
        Kind::MissingChartYaml | Kind::NoChartInArchive => Some("chart-yaml-missing"),
        Kind::InvalidApiVersion | Kind::UnsupportedApiVersion => Some("chart-api-version-invalid"),
        Kind::Validation(message) => Some(of_validation(message)),
        Kind::CannotLoad { file: "Chart.yaml", .. } => Some("chart-yaml-parse-error"),
        Kind::CannotLoad { file: "values.yaml", .. } | Kind::ValuesFile { .. } => Some("values-parse-error"),
        Kind::MissingDependencies(..) => Some("dependency-missing"),
        Kind::Incompatible { .. } => Some("chart-kube-version-unsatisfied"),
        Kind::Schema(_) => Some("values-schema-error"),
        Kind::CannotLoad { .. }
        | Kind::Subchart { .. }
        | Kind::SubchartTar { .. }
        | Kind::Archive(_)
        | Kind::Read(_)
        | Kind::Ignore(_)
        | Kind::UncheckedDependencies
        | Kind::TypeMismatch { .. }
        | Kind::Dependencies(_) => Some("chart-load-error"),
        // A library is meant to be none.
        Kind::NotInstallable(_)
        | Kind::Set { .. }
        | Kind::ReleaseName(..)
        | Kind::KubeVersion { .. }
        | Kind::Limit(_) => None,
    }
}

/// The rule that looks at the field of `Chart.yaml` which breaks one of Helm's.
fn of_validation(message: &str) -> &'static str {
    let known = [
        ("chart.metadata.name", "chart-name-invalid"),
        ("chart.metadata.apiVersion", "chart-api-version-invalid"),
        ("chart.metadata.version", "chart-version-invalid"),
        ("chart.metadata.type", "chart-type-invalid"),
        ("maintainers", "chart-maintainer-invalid"),
        ("more than one dependency", "dependency-duplicate"),
    ];
    known.iter().find(|(begin, _)| message.starts_with(begin)).map_or("chart-load-error", |(_, rule)| rule)
}

/// The function with which a chart stopped the rendering itself, and what it said.
pub(super) fn refusal(error: &Error) -> Option<(&'static str, String)> {
    let ErrorKind::Exec(error) = &error.kind else { return None };
    let ExecErrorKind::Calling { function, error } = &error.nested().last()?.kind else { return None };
    let function = ["required", "fail"].into_iter().find(|name| *name == &**function)?;
    let words = error.to_string();
    let marks = ["HELM_ERR_START", "HELM_ERR_END"];
    Some((function, marks.iter().fold(words, |words, mark| words.replace(mark, ""))))
}
