//! A secret has a default.

use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::{Severity, Span};

/// A password that values.yaml brings along.
pub static RULE: Rule = Rule {
    id: "values-secret-default",
    group: Group::Values,
    severity: Severity::Note,
    activation: Activation::On,
    title: "secret that everybody knows",
    docs: Docs {
        what: "A key in values.yaml that speaks of a password, secret, token or API key and has a text as its default. \
               Names of Secrets and of their keys, files and references are left alone.",
        why: "Everybody who installs the chart and doesn't set it has the same one, and who can read the chart knows \
              it.",
        fix: "Leave it empty, and ask for it by `required`, or take an existing Secret.",
    },
    bad: "\
-- values.yaml --
adminPassword: changeme
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  a: {{ .Values.adminPassword | quote }}
",
    good: "\
-- values.yaml --
adminPassword: \"\"
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  a: {{ .Values.adminPassword | quote }}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    let Some(scene) = cx.scene() else { return };
    let Some(file) = scene.background.inputs.own_values() else { return };
    let Some(document) = scene.background.inputs.layers().documents(file).last() else { return };
    for (key, value) in document.fields() {
        let name = document.text(key);
        if is_default(&words(name), document.text(value)) && document.scalar_value(value).as_text().is_some() {
            let message = format!("`{name}` is the same for everybody who doesn't set it");
            let fix = "leave it empty, and ask for it by `required`".to_owned();
            report.in_file(Span::new(file, key.span.start..value.span.end), RULE.severity, message, fix);
        }
    }
}

/// Whether a value is a secret, rather than what leads to one.
fn is_default(name: &str, value: &str) -> bool {
    const SECRETS: [&str; 9] =
        ["access_key", "api_key", "apikey", "passphrase", "passwd", "password", "secret", "secret_key", "token"];
    let is_named = SECRETS.iter().any(|word| name.ends_with(word))
        && !["allow", "existing"].iter().any(|word| name.starts_with(word));
    is_named && !value.is_empty() && !is_reference(name, value)
}

/// Whether a value names a Secret or a key in one, or is put together from something else.
fn is_reference(name: &str, value: &str) -> bool {
    let is_name = value.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-.".contains(&byte));
    let is_of_object = (name == "secret" || name.ends_with("_secret")) && is_name && value.contains(['-', '.']);
    let lower = value.to_lowercase();
    let is_key =
        name.ends_with("_key") && ["key", "password", "secret", "token"].iter().any(|word| lower.contains(word));
    let is_path = value.starts_with('/') || value.contains("://");
    is_of_object || is_key || is_path || ["{{", "$(", "${", "<"].iter().any(|begin| value.contains(begin))
}

/// The words of a name, small and with underscores between them: `admin_password` of `adminPassword`.
fn words(name: &str) -> String {
    let (mut words, mut was_small) = (String::new(), false);
    for c in name.chars() {
        if c.is_uppercase() && was_small {
            words.push('_');
        }
        was_small = c.is_lowercase() || c.is_ascii_digit();
        words.extend(if c == '-' { '_' } else { c }.to_lowercase());
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_told_from_what_leads_to_them() {
        for (name, value) in [("adminPassword", "changeme"), ("API_KEY", "a1b2"), ("client-secret", "hunter2")] {
            assert!(is_default(&words(name), value), "{name}");
        }
        for (name, value) in [
            ("password", ""),
            ("existingSecret", "web-db"),
            ("passwordKey", "postgres-password"),
            ("secretKey", "secret-key"),
            ("tlsSecret", "web.local-tls"),
            ("allowEmptyPassword", "yes"),
            ("tokenPath", "/var/run/token"),
            ("password", "{{ .Values.global.password }}"),
            ("tokens", "many"),
        ] {
            assert!(!is_default(&words(name), value), "{name}");
        }
    }
}
