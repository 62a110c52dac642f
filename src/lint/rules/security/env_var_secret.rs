//! A secret stands in the environment of a pod.

use crate::kube::Field;
use crate::lint::cx::Cx;
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A variable that is called a password and holds one.
pub static RULE: Rule = Rule {
    id: "env-var-secret",
    group: Group::Security,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "secret in plain text",
    docs: Docs {
        what: "An environment variable whose name speaks of a password, secret, token, key or credential and whose \
               `value` is written out, or one of any name whose value is a private key. Names of files, paths, directories and names, switches, paths, addresses \
               without credentials and references (`$(NAME)`) are left alone.",
        why: "Whoever may look at the pod sees it, as does everybody who sees the rendered manifests.",
        fix: "Put it into a Secret, and refer to that with `valueFrom.secretKeyRef`.",
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
          env: [{name: DB_PASSWORD, value: hunter2}]
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
            - name: DB_PASSWORD
              valueFrom:
                secretKeyRef: {name: db, key: password}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for (workload, container) in cx.containers() {
        for variable in container.get("env").items() {
            report.leading(workload.subject, concern(&variable).into_iter().collect());
        }
    }
}

/// The fault, if the variable has it.
fn concern(variable: &Field) -> Option<Concern> {
    let name = variable.get("name").string()?;
    let value = variable.get("value");
    let secret = value.string()?;
    if !is_secret(&name.to_lowercase(), &secret) {
        return None;
    }
    let message = format!("the value of `{name}` stands in the pod in plain text");
    Some(RULE.concern(&value, message, "put it into a Secret, and refer to it with secretKeyRef".to_owned()))
}

/// Whether what goes by that name (in lower case) is a secret, or by any name a private key.
pub(super) fn is_secret(name: &str, value: &str) -> bool {
    is_secret_name(name) && !is_harmless(value, name) || is_private_key(value)
}

/// Whether a variable of that name (in lower case) holds a secret, rather than something about one.
fn is_secret_name(name: &str) -> bool {
    const SECRETS: [&str; 12] = [
        "password",
        "passwd",
        "secret",
        "token",
        "api_key",
        "apikey",
        "private_key",
        "privatekey",
        "credential",
        "passphrase",
        "bearer",
        "key_content",
    ];
    const ABOUT: [&str; 19] = [
        "_algorithm",
        "_cmd",
        "_command",
        "_complexity",
        "_user",
        "_username",
        "_file",
        "_header",
        "_path",
        "_dir",
        "_name",
        "_enabled",
        "_length",
        "_url",
        "_ttl",
        "_expiry",
        "_expiration",
        "_namespace",
        "_type",
    ];
    // Of which kind etcd's tokens are, and what its cluster is called; the name of a network of Stellar's.
    const NONE: [&str; 3] = ["etcd_auth_token", "etcd_initial_cluster_token", "network_passphrase"];
    let is_azure_key = name.starts_with("azure_") && name.ends_with("key");
    let speaks_of_one = is_azure_key || SECRETS.iter().any(|word| name.contains(word));
    speaks_of_one && !NONE.contains(&name) && !ABOUT.iter().any(|end| name.ends_with(end))
}

/// Whether a value gives nothing away.
fn is_harmless(value: &str, name: &str) -> bool {
    let is_switch = matches!(value.to_lowercase().as_str(), "" | "true" | "false" | "yes" | "no");
    let is_path = value.starts_with('/') || value.starts_with("./");
    let is_address = value.contains("://") && !value.contains('@');
    // `MAX_TOKENS: 4096`; a password may well consist of digits.
    let is_count = value.bytes().all(|byte| byte.is_ascii_digit()) && !name.contains("pass");
    is_switch || is_path || is_address || is_count || value.contains("$(")
}

/// Whether a text is a private key as `OpenSSL` and `OpenSSH` write it.
fn is_private_key(text: &str) -> bool {
    let mut begun = text.split("-BEGIN ").skip(1).filter_map(|rest| rest.lines().next());
    begun.any(|title| title.contains("PRIVATE KEY-"))
}
