//! Paths of values in the text of a template.

/// The paths behind `.Values` in a text: `image.tag`.
pub(super) fn values_in(text: &str) -> Vec<String> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
    let paths = text.split(".Values.").skip(1).map(|after| {
        let end = after.find(|c| !is_part(c)).unwrap_or(after.len());
        after.get(..end).unwrap_or_default().trim_end_matches('.').to_owned()
    });
    paths.filter(|path| !path.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_end_where_a_field_ends() {
        let text = r#"required "a" .Values.a.b | default (.Values.c) | quote"#;
        assert_eq!(values_in(text), ["a.b", "c"]);
        assert!(values_in("index .Values \"a\"").is_empty());
    }
}
