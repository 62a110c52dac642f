//! Sprig's [UUID functions](https://masterminds.github.io/sprig/uuid.html).

use crate::template::{Context, Function};
use crate::value::Text;

pub(super) fn functions() -> Vec<Function> {
    vec![Function::new("uuidv4", uuidv4).doc("A random UUID.").example("{{ uuidv4 | len }}", "36")]
}

fn uuidv4(cx: &mut dyn Context) -> Text {
    let mut bytes = [0; 16];
    cx.world().random(&mut bytes);
    // Version 4, variant 1.
    let number = u128::from_be_bytes(bytes) & !(0xf << 76 | 0b11 << 62) | 4 << 76 | 0b10 << 62;
    let digits = format!("{number:032x}");
    let parts = [0..8, 8..12, 12..16, 16..20, 20..32].map(|range| digits.get(range).unwrap_or_default());
    parts.join("-").into()
}
