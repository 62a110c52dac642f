//! What should be a text, and isn't.

use crate::kube::Field;

/// What a scalar is that stands where a text should: a number or a boolean. `None` for texts, and for what is absent
/// or no scalar.
pub(super) fn not_text(field: &Field) -> Option<&'static str> {
    let value = field.value();
    if !field.is_present() || value.as_text().is_some() || value.as_map().is_some() || value.as_list().is_some() {
        None
    } else if field.bool().is_some() {
        Some("a boolean")
    } else {
        Some("a number")
    }
}
