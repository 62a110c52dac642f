//! Values as the API server prints them: as JSON since Kubernetes 1.34, as Go's `%#v` before.

use crate::kube::Field;
use crate::value::format::quoted;
use crate::value::json;

/// From this version on values are printed as JSON.
const JSON_SINCE: u32 = 34;

/// A value to be printed.
pub(super) struct Json<'f>(&'f Field);

impl<'f> Json<'f> {
    /// The value of a field.
    pub fn of(field: &'f Field) -> Self {
        Self(field)
    }

    /// A string or number, or the default that stands for its absence.
    pub fn scalar(&self, default: Option<&str>) -> String {
        match (self.0.is_present(), default) {
            (true, _) => json::encode(self.0.value()).unwrap_or_default(),
            (false, Some(default)) => quoted(default.as_bytes()),
            (false, None) => "null".to_owned(),
        }
    }

    /// A map of strings.
    pub fn strings(&self, minor: u32) -> String {
        match (self.0.is_present(), minor >= JSON_SINCE) {
            (true, true) => json::encode(self.0.value()).unwrap_or_default(),
            (false, true) => "null".to_owned(),
            (_, false) => map(self.0),
        }
    }
}

/// A `LabelSelector`.
pub(super) fn selector(field: &Field, minor: u32) -> String {
    let (labels, expressions) = (field.get("matchLabels"), field.get("matchExpressions").items());
    if !field.is_present() {
        return "null".to_owned();
    }
    if minor < JSON_SINCE {
        let expressions = list("v1.LabelSelectorRequirement", expressions.iter().map(requirement).collect());
        return format!("v1.LabelSelector{{MatchLabels:{}, MatchExpressions:{expressions}}}", map(&labels));
    }
    let encoded = |field: &Field| json::encode(field.value()).unwrap_or_default();
    let mut parts = Vec::new();
    if !labels.entries().is_empty() {
        parts.push(format!("\"matchLabels\":{}", encoded(&labels)));
    }
    if !expressions.is_empty() {
        let expression = |field: &Field| {
            let text = |key: &str| quoted(field.get(key).string().unwrap_or_default().as_bytes());
            let values = field.get("values");
            let values =
                if values.items().is_empty() { String::new() } else { format!(",\"values\":{}", encoded(&values)) };
            format!("{{\"key\":{},\"operator\":{}{values}}}", text("key"), text("operator"))
        };
        let written: Vec<String> = expressions.iter().map(expression).collect();
        parts.push(format!("\"matchExpressions\":[{}]", written.join(",")));
    }
    format!("{{{}}}", parts.join(","))
}

/// Strings in a list.
pub(super) fn texts(texts: &[&str], minor: u32) -> String {
    let written: Vec<String> = texts.iter().map(|text| quoted(text.as_bytes())).collect();
    if minor >= JSON_SINCE { format!("[{}]", written.join(",")) } else { list("string", written) }
}

/// A `RoleRef`.
pub(super) fn role(field: &Field, minor: u32) -> String {
    let text = |key: &str| quoted(field.get(key).string().unwrap_or_default().as_bytes());
    let (group, kind, name) = (text("apiGroup"), text("kind"), text("name"));
    if minor >= JSON_SINCE {
        format!("{{\"APIGroup\":{group},\"Kind\":{kind},\"Name\":{name}}}")
    } else {
        format!("rbac.RoleRef{{APIGroup:{group}, Kind:{kind}, Name:{name}}}")
    }
}

fn requirement(field: &Field) -> String {
    let text = |key: &str| quoted(field.get(key).string().unwrap_or_default().as_bytes());
    let values = field.get("values").items();
    let values = values.iter().map(|value| quoted(value.string().unwrap_or_default().as_bytes())).collect();
    let (key, operator, values) = (text("key"), text("operator"), list("string", values));
    format!("v1.LabelSelectorRequirement{{Key:{key}, Operator:{operator}, Values:{values}}}")
}

/// A slice, as `%#v` prints it.
fn list(kind: &str, items: Vec<String>) -> String {
    if items.is_empty() { format!("[]{kind}(nil)") } else { format!("[]{kind}{{{}}}", items.join(", ")) }
}

/// A map of strings, as `%#v` prints it.
fn map(field: &Field) -> String {
    if !field.is_present() {
        return "map[string]string(nil)".to_owned();
    }
    let text = |value: &Field| quoted(value.string().unwrap_or_default().as_bytes());
    let entries = field.entries();
    let written: Vec<String> =
        entries.iter().map(|(key, value)| format!("{}:{}", quoted(key.as_bytes()), text(value))).collect();
    format!("map[string]string{{{}}}", written.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kube::Object;

    fn selector_of(text: &str, minor: u32) -> String {
        let object = Object::read(text.as_bytes()).expect("YAML");
        selector(object.root(), minor)
    }

    /// As printed by clusters: open-policy-agent/gatekeeper#466, and the same in newer versions.
    #[test]
    fn selectors_are_printed_as_the_server_prints_them() {
        let text = "matchLabels: {gatekeeper.sh/system: 'yes', control-plane: controller-manager}";
        assert_eq!(
            selector_of(text, 33),
            "v1.LabelSelector{MatchLabels:map[string]string{\"control-plane\":\"controller-manager\", \
             \"gatekeeper.sh/system\":\"yes\"}, MatchExpressions:[]v1.LabelSelectorRequirement(nil)}"
        );
        assert_eq!(selector_of("matchLabels: {app: shop-web}", 36), r#"{"matchLabels":{"app":"shop-web"}}"#);
        let text = "matchExpressions: [{key: tier, operator: In, values: [a, b]}]";
        assert_eq!(
            selector_of(text, 36),
            r#"{"matchExpressions":[{"key":"tier","operator":"In","values":["a","b"]}]}"#
        );
        assert_eq!(
            selector_of(text, 30),
            "v1.LabelSelector{MatchLabels:map[string]string(nil), MatchExpressions:[]v1.LabelSelectorRequirement{\
             v1.LabelSelectorRequirement{Key:\"tier\", Operator:\"In\", Values:[]string{\"a\", \"b\"}}}}"
        );
        assert_eq!(texts(&["None"], 36), r#"["None"]"#);
        assert_eq!(texts(&["10.96.100.200"], 33), r#"[]string{"10.96.100.200"}"#);
    }
}
