//! A `ServiceMonitor` finds no Service, or no port of it.

use super::cross_namespace_reference;
use super::selectors::written;
use crate::kube::{Field, Selector};
use crate::lint::cx::{Cx, Service, Subject};
use crate::lint::nearest::likely;
use crate::lint::pods::title;
use crate::lint::report::{Concern, Report};
use crate::lint::rules::listed;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A `ServiceMonitor` that finds nothing to scrape.
pub static RULE: Rule = Rule {
    id: "dangling-servicemonitor",
    group: Group::References,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "ServiceMonitor that finds no rendered Service",
    docs: Docs {
        what: "A ServiceMonitor whose `selector` no rendered Service in its reach satisfies by its own labels (not by \
               its selector), or of whose `endpoints` one names a port that none of these Services has. Its reach is \
               its own namespace, or what `namespaceSelector` says. One that selects every Service is a hint.",
        why: "Prometheus scrapes nothing, and nobody is told.",
        fix: "Give the Service the labels that the monitor asks for, and the port a name.",
    },
    bad: "\
apiVersion: v1
kind: Service
metadata:
  name: web
  labels: {app: web}
spec:
  selector: {app: web}
  ports: [{name: http, port: 80}]
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: web:1.0
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata:
  name: web
spec:
  selector:
    matchLabels: {app: website}
  endpoints: [{port: http}]
",
    good: "\
apiVersion: v1
kind: Service
metadata:
  name: web
  labels: {app: web}
spec:
  selector: {app: web}
  ports: [{name: http, port: 80}]
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: web:1.0
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata:
  name: web
spec:
  selector:
    matchLabels: {app: web}
  endpoints: [{port: http}]
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for subject in cx.of_kind("monitoring.coreos.com", "ServiceMonitor") {
        let found = matching(cx, subject, Reach::Own);
        if found.is_empty() {
            let is_elsewhere = cx.config().is_on(&cross_namespace_reference::RULE) && elsewhere(cx, subject).is_some();
            let concerns = if is_elsewhere { Vec::new() } else { vec![nothing(cx, subject)] };
            report.leading(subject, concerns);
        } else {
            report.leading(subject, everything(subject).into_iter().collect());
            for endpoint in subject.object.at("spec.endpoints").items() {
                report.leading(subject, port(&endpoint.get("port"), &found).into_iter().collect());
            }
        }
    }
}

/// In which namespaces Services are looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    Own,
    All,
}

/// The Services a monitor selects.
fn matching<'c>(cx: &'c Cx<'c>, monitor: Subject, reach: Reach) -> Vec<&'c Service<'c>> {
    let spec = monitor.object.spec();
    let selector = Selector::from_field(&spec.get("selector"));
    let names = spec.at("namespaceSelector.matchNames").items();
    let own = cx.namespace(monitor.object);
    let is_in_reach = |namespace: &str| match names.as_slice() {
        _ if reach == Reach::All || spec.at("namespaceSelector.any").is_true() => true,
        [] => namespace == own,
        names => names.iter().any(|name| name.is(namespace)),
    };
    let labels = |service: &Service| service.object.metadata().get("labels");
    let selected = cx
        .services()
        .iter()
        .filter(|service| is_in_reach(&service.namespace) && selector.matches_field(&labels(service)));
    selected.collect()
}

/// The Service that a monitor would find in another namespace, where it says nothing of namespaces.
pub(super) fn elsewhere<'c>(cx: &'c Cx<'c>, monitor: Subject) -> Option<&'c Service<'c>> {
    let spec = monitor.object.spec();
    if spec.get("namespaceSelector").is_present() || !matching(cx, monitor, Reach::Own).is_empty() {
        return None;
    }
    matching(cx, monitor, Reach::All).into_iter().next()
}

/// The fault of a monitor that selects no Service.
fn nothing(cx: &Cx, monitor: Subject) -> Concern {
    let field = monitor.object.at("spec.selector");
    let asked: Vec<_> = Selector::from_field(&field).requirements().iter().map(written).collect();
    let labels = if asked.is_empty() { String::new() } else { format!(" with the labels {}", listed(&asked)) };
    let message = format!("{} finds no rendered Service{labels}: Prometheus scrapes nothing", title(monitor));
    let fix = "give the Service these labels in `metadata.labels`, or ask for those it has".to_owned();
    let severity = cx.weight_of_absence(RULE.severity);
    Concern { severity, ..RULE.concern(&field, message, fix) }
}

/// The fault of a monitor that asks for nothing.
fn everything(monitor: Subject) -> Option<Concern> {
    let field = monitor.object.at("spec.selector");
    let spec = monitor.object.spec();
    let is_narrowed =
        !spec.at("namespaceSelector.matchNames").items().is_empty() || spec.at("namespaceSelector.any").is_true();
    if !Selector::from_field(&field).is_empty() || is_narrowed {
        return None;
    }
    let message = format!("{} selects every Service of its namespace, those of other releases too", title(monitor));
    let concern = RULE.concern(&field, message, "ask for labels that only this release has".to_owned());
    Some(Concern { severity: Severity::Note, ..concern })
}

/// The fault of an endpoint whose port no selected Service has.
fn port(port: &Field, services: &[&Service]) -> Option<Concern> {
    let wanted = port.string().filter(|wanted| !wanted.is_empty())?;
    let ports = services.iter().flat_map(|service| service.object.at("spec.ports").items());
    let names: Vec<_> = ports.filter_map(|port| port.get("name").string()).collect();
    if names.contains(&wanted) {
        return None;
    }
    let services: Vec<_> = services.iter().map(|service| service.name.as_str()).collect();
    let message =
        format!("the Services it selects ({}) have no port `{wanted}`: Prometheus scrapes nothing", listed(&services));
    let fix = match likely(&wanted, names.iter().map(String::as_str)) {
        Some(name) => format!("did you mean `port: {name}`?"),
        None if names.is_empty() => format!("name a port of the Service `{wanted}`"),
        None => format!("name a port of the Service `{wanted}`, or use one of {}", listed(&names)),
    };
    Some(RULE.concern(port, message, fix))
}
