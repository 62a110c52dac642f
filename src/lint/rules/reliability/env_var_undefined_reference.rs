//! A variable is referred to that isn't there.

use crate::kube::{Container, Field};
use crate::lint::cx::Cx;
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A reference to a variable that the container doesn't have.
pub static RULE: Rule = Rule {
    id: "env-var-undefined-reference",
    group: Group::Reliability,
    severity: Severity::Note,
    activation: Activation::On,
    title: "reference to a variable that isn't there",
    docs: Docs {
        what: "A `$(NAME)` in the value of a variable, in `command` or in `args`, where `env` has no variable of that \
               name (for a variable: none before it) and nothing is taken from `envFrom`. Variables that Kubernetes \
               makes of Services, and in commands names in small letters, which a shell may mean, are left alone.",
        why: "Kubernetes leaves it as it is: the program gets the text `$(NAME)`.",
        fix: "Define the variable, before the one that refers to it.",
    },
    bad: "\
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
          env:
            - {name: ADDRESS, value: \"$(HOST_NAME):8080\"}
            - {name: HOST_NAME, value: web}
",
    good: "\
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
          env:
            - {name: HOST_NAME, value: web}
            - {name: ADDRESS, value: \"$(HOST_NAME):8080\"}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for (workload, container) in cx.containers() {
        for concern in concerns(&container) {
            report.leading(workload.subject, vec![concern]);
        }
    }
}

/// The fault of each text that refers to what isn't there.
fn concerns(container: &Container) -> Vec<Concern> {
    if !container.get("envFrom").items().is_empty() {
        return Vec::new();
    }
    let (mut found, mut known) = (Vec::new(), Vec::new());
    let variables = container.get("env").items();
    let names: Vec<String> = variables.iter().filter_map(|variable| variable.get("name").string()).collect();
    for variable in &variables {
        let is_later = |name: &str| names.iter().any(|other| other == name);
        found.extend(concern(&variable.get("value"), &known, |name| {
            if is_later(name) { "comes later" } else { "isn't there" }
        }));
        known.extend(variable.get("name").string());
    }
    for word in ["command", "args"].into_iter().flat_map(|key| container.get(key).items()) {
        // `$(date)` is the shell's to understand.
        let is_shells = word.string().is_some_and(|text| referred(&text).all(|name| !is_constant(name)));
        found.extend(concern(&word, &known, |_| "isn't there").filter(|_| !is_shells));
    }
    found
}

/// The fault of the first reference in a text to what isn't known.
fn concern(field: &Field, known: &[String], why: impl Fn(&str) -> &'static str) -> Option<Concern> {
    let text = field.string().filter(|text| text.contains("$("))?;
    let name = referred(&text).find(|name| !is_service(name) && !known.iter().any(|known| known == name))?;
    let message = format!("`$({name})` stays as it is: the variable {}", why(name));
    Some(RULE.concern(field, message, format!("define `{name}` before it")))
}

/// The names of the variables that a text refers to. `$$` is a sign like any other.
fn referred(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("$(").filter_map(|(at, _)| {
        let signs = text.get(..at)?.bytes().rev().take_while(|byte| *byte == b'$').count();
        let (name, _) = text.get(at + 2..)?.split_once(')')?;
        let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        (signs % 2 == 0 && is_name).then_some(name)
    })
}

/// Whether a name is written as those of variables are.
fn is_constant(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
}

/// Whether Kubernetes makes a variable of that name of a Service.
fn is_service(name: &str) -> bool {
    name.ends_with("_SERVICE_HOST")
        || name.contains("_SERVICE_PORT")
        || name.ends_with("_PORT")
        || name.contains("_PORT_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_told_from_signs() {
        let names = |text| referred(text).collect::<Vec<_>>();
        assert_eq!(names("$(A)-$(B_1)"), ["A", "B_1"]);
        assert_eq!(names("$$(A) $$$(B) $(a b) $() $(c"), ["B"]);
    }
}
