//! Keywords about texts and numbers, and bounds of sizes.

use super::fault::single;
use super::keywords::Sizes;
use super::number::{Decimal, count, shown};
use super::validate::{Case, Validator};

/// Whether a size is within its bounds.
pub(super) fn check_sizes(case: &mut Case<'_, '_>, sizes: Sizes, [least, most]: [&str; 2], got: usize) {
    let broken = [(least, sizes.least.filter(|want| got < *want)), (most, sizes.most.filter(|want| got > *want))];
    for (keyword, want) in broken {
        let message = |want| format!("{keyword}: got {}, want {}", count(got), count(want));
        case.faults.extend(want.map(|want| case.spot.fault(message(want))));
    }
}

impl Validator<'_> {
    pub(super) fn text(&self, case: &mut Case<'_, '_>, text: &str) {
        let rules = &case.schema.text;
        check_sizes(case, rules.sizes, ["minLength", "maxLength"], text.chars().count());
        if let Some(pattern) = &rules.pattern
            && (self.judges.matches)(pattern, text) == Some(false)
        {
            case.faults.push(case.spot.fault(format!("{} does not match pattern {}", single(text), single(pattern))));
        }
    }
}

/// Whether a number is within its bounds.
pub(super) fn number(case: &mut Case<'_, '_>, n: f64) {
    let rules = &case.schema.number;
    let is_off = |step: &Decimal| !Decimal::of(n).is_multiple_of(*step);
    let broken = [
        ("minimum", rules.minimum.filter(|least| n < *least)),
        ("maximum", rules.maximum.filter(|most| n > *most)),
        ("exclusiveMinimum", rules.exclusive_minimum.filter(|above| n <= *above)),
        ("exclusiveMaximum", rules.exclusive_maximum.filter(|below| n >= *below)),
        ("multipleOf", rules.multiple_of.filter(is_off).map(|step| step.float)),
    ];
    for (keyword, want) in broken {
        let message = |want| format!("{keyword}: got {}, want {}", shown(n), shown(want));
        case.faults.extend(want.map(|want| case.spot.fault(message(want))));
    }
}
