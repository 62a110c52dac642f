//! The probes of a container: when they ask, and what.

use crate::kube::{Container, Field};
use crate::lint::cx::{Cx, WorkloadSubject};
use crate::lint::rules::container_name;

/// The fields of a container that hold probes, and how a sentence calls them.
const KINDS: [(&str, &str); 3] =
    [("livenessProbe", "liveness probe"), ("readinessProbe", "readiness probe"), ("startupProbe", "startup probe")];

/// The ways of asking.
pub(super) const HANDLERS: [&str; 4] = ["exec", "httpGet", "tcpSocket", "grpc"];

/// A probe of a container that may have one.
pub(super) struct Probe<'a> {
    /// The workload.
    pub(super) workload: &'a WorkloadSubject<'a>,
    /// The container.
    pub(super) container: Container,
    /// The name of its field.
    pub(super) key: &'static str,
    /// How a sentence calls it.
    pub(super) title: String,
    /// The probe.
    pub(super) field: Field,
}

/// Every probe of the containers that run on. (Others may not have any; another rule says so.)
pub(super) fn probes<'a>(cx: &'a Cx<'a>) -> impl Iterator<Item = Probe<'a>> {
    let running = cx.containers().filter(|(_, container)| container.is_long_running());
    running.flat_map(|(workload, container)| {
        let probe = move |(key, called): (&'static str, &str)| {
            let field = container.get(key);
            let title = format!("{called} of container `{}`", container_name(&container));
            field.is_present().then(|| Probe { workload, container: container.clone(), key, title, field })
        };
        KINDS.into_iter().filter_map(probe)
    })
}

/// What a probe asks with: the only handler that is written.
pub(super) fn handler(probe: &Field) -> Option<(&'static str, Field)> {
    let mut written = HANDLERS.into_iter().map(|key| (key, probe.get(key))).filter(|(_, field)| field.is_present());
    let first = written.next()?;
    written.next().is_none().then_some(first)
}

/// A number of a probe. What is absent or 0 is the default, as for the API server.
fn number(probe: &Field, key: &str, default: i64) -> i64 {
    probe.get(key).integer().filter(|&number| number != 0).unwrap_or(default)
}

/// The seconds before the first question.
pub(super) fn initial_delay(probe: &Field) -> i64 {
    number(probe, "initialDelaySeconds", 0)
}

/// The seconds from one question to the next.
pub(super) fn period(probe: &Field) -> i64 {
    number(probe, "periodSeconds", 10)
}

/// The seconds an answer may take.
pub(super) fn timeout(probe: &Field) -> i64 {
    number(probe, "timeoutSeconds", 1)
}

/// The seconds of silence that make it fail.
pub(super) fn patience(probe: &Field) -> i64 {
    period(probe).saturating_mul(number(probe, "failureThreshold", 3))
}

/// What a probe asks, in a form in which the same question is the same text, whichever way its port is written.
/// `None` where nothing can be said.
pub(super) fn question(probe: &Field, container: &Container) -> Option<String> {
    let (kind, field) = handler(probe)?;
    let text = |key: &str| field.get(key).string().unwrap_or_default();
    let or = |key: &str, default: &str| field.get(key).string().unwrap_or_else(|| default.to_owned());
    let port = || port_number(&field.get("port"), container);
    let parts = match kind {
        "exec" => field.get("command").items().iter().map(Field::string).collect::<Option<Vec<_>>>()?,
        "httpGet" => vec![or("scheme", "HTTP"), text("host"), port()?, or("path", "/")],
        "tcpSocket" => vec![text("host"), port()?],
        _ => vec![port()?, text("service")],
    };
    Some(format!("{kind} {parts:?}"))
}

/// The number of a port, where it or its name in the same container says one.
fn port_number(port: &Field, container: &Container) -> Option<String> {
    let number = |field: &Field| field.integer().map(|number| number.to_string());
    number(port).or_else(|| {
        let name = port.string()?;
        let ports = container.get("ports").items();
        let named = ports.iter().find(|port| port.get("name").is(&name));
        Some(named.and_then(|named| number(&named.get("containerPort"))).unwrap_or(name))
    })
}
