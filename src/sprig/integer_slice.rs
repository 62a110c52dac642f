//! Sprig's [integer slice functions](https://masterminds.github.io/sprig/integer_slice.html).

use super::text::Number;
use crate::template::{CallError, Context, Function};
use crate::value::{List, ListKind, Traced, Value};

pub(super) fn functions() -> Vec<Function> {
    vec![
        Function::new("until", until)
            .doc("The numbers from 0 up to, not including, a number.")
            .example("{{ until 5 }}", "[0 1 2 3 4]"),
        Function::new("untilStep", until_stepping)
            .doc("The numbers from a start up to, not including, an end, in steps.")
            .example("{{ untilStep 3 6 2 }}", "[3 5]"),
    ]
}

/// How many there are follows from the count; which number each is doesn't.
fn until(cx: &mut dyn Context, count: Number) -> Result<Traced, CallError> {
    let step = if count.number < 0 { -1 } else { 1 };
    let numbers = ints(until_step(cx, 0, count.number, step)?);
    Ok(Traced::new(numbers, cx.trace().names(count.reads)))
}

fn until_stepping(cx: &mut dyn Context, start: Number, end: Number, step: Number) -> Result<Traced, CallError> {
    let numbers = ints(until_step(cx, start.number, end.number, step.number)?);
    let trace = cx.trace();
    let counted = trace.union(end.reads, step.reads);
    let counted = trace.names(counted);
    Ok(Traced::new(numbers, trace.union(start.reads, counted)))
}

fn ints(numbers: Vec<i64>) -> List {
    List::of(ListKind::Int, numbers.into_iter().map(|n| Traced::from(Value::int(n))).collect())
}

/// The numbers from `start` to before `end`; none where the step leads away.
pub(super) fn until_step(cx: &mut dyn Context, start: i64, end: i64, step: i64) -> Result<Vec<i64>, CallError> {
    let leads_away = if end < start { step >= 0 } else { step <= 0 };
    if leads_away {
        return Ok(Vec::new());
    }
    let count = start.abs_diff(end).div_ceil(step.unsigned_abs());
    cx.charge_steps(count)?;
    // As much memory as the items take.
    cx.charge_bytes(count.saturating_mul(size_of::<Traced>() as u64))?;
    let next = |n: &i64| n.checked_add(step);
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    Ok(std::iter::successors(Some(start), next).take(count).collect())
}
