//! An `ExternalName` Service names no host.

use std::net::IpAddr;

use crate::lint::cx::{Cx, Service};
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A Service of type `ExternalName` without the name of a host.
pub static RULE: Rule = Rule {
    id: "external-name-invalid",
    group: Group::Networking,
    severity: Severity::Error,
    activation: Activation::On,
    title: "ExternalName without the name of a host",
    docs: Docs {
        what: "A Service of type ExternalName whose `externalName` is missing, or isn't the name of a host: it has a \
               scheme, a port or a path, or other characters than names have. An IP address weighs less.",
        why: "Such a Service is an alias in DNS. The API server refuses what can't be a name; an IP address it takes \
              for one made of digits, which nobody resolves.",
        fix: "Write the bare name: `externalName: db.example.com`. For an address, use a Service without selector and \
              an EndpointSlice.",
    },
    bad: "\
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: ExternalName
  externalName: https://example.com
",
    good: "\
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: ExternalName
  externalName: example.com
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for service in cx.services().iter().filter(|service| service.object.at("spec.type").is("ExternalName")) {
        report.leading(service.subject, concern(service).into_iter().collect());
    }
}

/// The fault, if the Service has it.
fn concern(service: &Service) -> Option<Concern> {
    let title = format!("Service `{}`", service.name);
    let field = service.object.at("spec.externalName");
    let Some(written) = field.string().filter(|written| !written.is_empty()) else {
        let message = format!("{title} is of type ExternalName and has no externalName: the API server refuses it");
        return Some(RULE.concern(&field, message, "add `externalName` with the name of a host".to_owned()));
    };
    if written.parse::<IpAddr>().is_ok() {
        let message = format!(
            "{title} has the address `{written}` as externalName, which is taken for a name: nobody resolves it"
        );
        let fix = "use a Service without selector and an EndpointSlice with the address".to_owned();
        return Some(Concern { severity: Severity::Warning, ..RULE.concern(&field, message, fix) });
    }
    let message =
        format!("`{written}` is no name of a host, as {title} needs for externalName: the API server refuses it");
    let fix = format!("write `{}`", bare(&written));
    (!is_host(&written)).then(|| RULE.concern(&field, message, fix))
}

/// Whether it is a name as DNS has them. A dot at the end is allowed.
fn is_host(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    let is_inner = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let is_part = |part: &str| {
        let is_bounded = !part.starts_with('-') && !part.ends_with('-');
        (1..=63).contains(&part.len()) && part.chars().all(is_inner) && is_bounded
    };
    name.len() <= 253 && name.split('.').all(is_part)
}

/// What is left of a URL without scheme, port and path.
fn bare(written: &str) -> String {
    let host = written.split_once("://").map_or(written, |(_, rest)| rest);
    host.split(['/', ':']).next().unwrap_or_default().to_lowercase()
}
