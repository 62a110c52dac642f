//! An Ingress writes into the configuration of the proxy.

use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A snippet of configuration, or the permission for them.
pub static RULE: Rule = Rule {
    id: "ingress-snippet-annotation",
    group: Group::Security,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "configuration that is put into the proxy as it is",
    docs: Docs {
        what: "An Ingress with an annotation `nginx.ingress.kubernetes.io/…-snippet`, or a ConfigMap with \
               `allow-snippet-annotations: \"true\"`.",
        why: "Whoever may write an Ingress can read with it all Secrets that the proxy may read (CVE-2021-25742). \
              Controllers refuse snippets unless they are told otherwise.",
        fix: "Use the annotation that is made for it, and leave snippets forbidden.",
    },
    bad: "\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
    nginx.ingress.kubernetes.io/configuration-snippet: \"return 200;\"
spec:
  ingressClassName: nginx
  tls: [{hosts: [web.example.com], secretName: web-tls}]
  rules:
    - host: web.example.com
      http:
        paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]
",
    good: "\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
    nginx.ingress.kubernetes.io/ssl-redirect: \"true\"
spec:
  ingressClassName: nginx
  tls: [{hosts: [web.example.com], secretName: web-tls}]
  rules:
    - host: web.example.com
      http:
        paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for group in ["networking.k8s.io", "extensions"] {
        for ingress in cx.of_kind(group, "Ingress") {
            let annotations = ingress.object.metadata().get("annotations").entries();
            for (key, field) in annotations.into_iter().filter(|(key, _)| SNIPPETS.contains(&&**key)) {
                let message = format!(
                    "`{key}` puts text into the proxy's configuration, from where all its Secrets can be read; most \
                     controllers refuse that"
                );
                let fix = "use an annotation that is made for it".to_owned();
                report.leading(ingress, vec![RULE.concern(&field, message, fix)]);
            }
        }
    }
    for settings in cx.of_kind("", "ConfigMap") {
        let field = settings.object.root().get("data").get("allow-snippet-annotations");
        if field.is("true") {
            let message = "whoever may write an Ingress may put text into the proxy's configuration".to_owned();
            let fix = "remove it: snippets are forbidden then".to_owned();
            report.leading(settings, vec![RULE.concern(&field, message, fix)]);
        }
    }
}

const SNIPPETS: [&str; 5] = [
    "nginx.ingress.kubernetes.io/auth-snippet",
    "nginx.ingress.kubernetes.io/configuration-snippet",
    "nginx.ingress.kubernetes.io/modsecurity-snippet",
    "nginx.ingress.kubernetes.io/server-snippet",
    "nginx.ingress.kubernetes.io/stream-snippet",
];
