//! Keywords about arrays.

use super::compare::duplicates;
use super::draft::Draft;
use super::keywords::Rest;
use super::number::count;
use super::scalar::check_sizes;
use super::validate::{Case, Validator};
use crate::value::List;

impl Validator<'_> {
    pub(super) fn array(&mut self, case: &mut Case<'_, '_>, list: &List) {
        let rules = &case.schema.array;
        check_sizes(case, rules.sizes, ["minItems", "maxItems"], list.len());
        if rules.unique
            && let Some((a, b)) = duplicates(list)
        {
            case.faults.push(case.spot.fault(format!("items at {} and {} are equal", count(a), count(b))));
        }
        let first = rules.first.len();
        for (index, item) in list.values().enumerate() {
            // Helm's validator counts the items after the first ones anew.
            let shown = index.checked_sub(first).unwrap_or(index);
            let id = match (rules.first.get(index), rules.rest) {
                (Some(id), _) => *id,
                (None, Some(Rest::Schema(id))) => id,
                _ => break,
            };
            let result = self.inner(case, id, &case.spot.below(shown.to_string(), item));
            case.faults.extend(result.err());
        }
        if let Some(Rest::Allowed(false)) = rules.rest
            && list.len() > first
        {
            let surplus = count(list.len() - first);
            case.faults.push(case.spot.fault(format!("last {surplus} additionalItem(s) not allowed")));
        }
        self.contains(case, list);
    }

    fn contains(&mut self, case: &mut Case<'_, '_>, list: &List) {
        let Some(id) = case.schema.array.contains else { return };
        let (mut causes, mut matched) = (Vec::new(), Vec::new());
        for (index, item) in list.values().enumerate() {
            if let Err(fault) = self.inner(case, id, &case.spot.below(index.to_string(), item)) {
                causes.push(fault);
                continue;
            }
            matched.push(index.to_string());
            if case.schema.draft == Draft::TwentyTwenty {
                case.unevaluated.items.remove(&index);
            }
        }
        let (found, places) = (count(matched.len()), matched.join(" "));
        let required = "items required to match contains schema, but";
        match case.schema.array.contained.least {
            Some(least) if matched.len() < least && matched.is_empty() => {
                let message = format!("min {} {required} none matched", count(least));
                case.faults.push(case.spot.fault_of(message, causes));
            }
            Some(least) if matched.len() < least => {
                let message = format!("min {} {required} matched {found} items at {places}", count(least));
                case.faults.push(case.spot.fault_of(message, causes));
            }
            None if matched.is_empty() => {
                case.faults.push(case.spot.fault_of("no items match contains schema", causes));
            }
            _ => {}
        }
        if let Some(most) = case.schema.array.contained.most.filter(|most| matched.len() > *most) {
            let message = format!("max {} {required} matched {found} items at {places}", count(most));
            case.faults.push(case.spot.fault(message));
        }
    }
}
