//! `eq`, `ne`, `lt`, `le`, `gt`, `ge`. What they compare only decides: it isn't in the result.

use crate::source::ReadsId;
use crate::template::call::{CallError, Context, Function, Reflected, Rest};
use crate::value::{CompareError, Traced, equal, less};

pub(super) fn functions() -> Vec<Function> {
    vec![
        Function::new("eq", eq)
            .doc("Whether the first argument equals one of the others.")
            .example("{{ eq 1 2 1 }}", "true")
            .example(r#"{{ eq "a" "b" }}"#, "false"),
        Function::new("ne", ne).doc("Whether two values differ.").example("{{ ne 1 2 }}", "true"),
        Function::new("lt", lt).doc("Whether the first is less than the second.").example("{{ lt 1 2 }}", "true"),
        Function::new("le", le)
            .doc("Whether the first is less than the second, or equal.")
            .example("{{ le 2 2 }}", "true"),
        Function::new("gt", gt).doc("Whether the first is greater than the second.").example("{{ gt 1 2 }}", "false"),
        Function::new("ge", ge)
            .doc("Whether the first is greater than the second, or equal.")
            .example(r#"{{ ge "b" "a" }}"#, "true"),
    ]
}

type Outcome = Result<Traced, CallError>;

/// Go 1.23, which Helm 3 is built with, doesn't name the types.
fn told(context: &dyn Context, error: &CompareError) -> CallError {
    CallError::Message(match error {
        CompareError::Incompatible(..) if context.helm().is_three() => "incompatible types for comparison".to_owned(),
        other => other.to_string(),
    })
}

fn eq(context: &mut dyn Context, first: Reflected, others: Rest<Reflected>) -> Outcome {
    if others.0.is_empty() {
        return Err(CallError::from("missing argument for comparison"));
    }
    let mut reads = first.0.reads;
    let mut is_equal = false;
    for Reflected(other) in &others.0 {
        reads = context.trace().union(reads, other.reads);
        is_equal = equal(&first.0.value, &other.value).map_err(|error| told(context, &error))?;
        if is_equal {
            break;
        }
    }
    Ok(decided(context, is_equal, reads))
}

fn ne(context: &mut dyn Context, a: Reflected, b: Reflected) -> Outcome {
    compare(context, &a.0, &b.0, |a, b| Ok(!equal(&a.value, &b.value)?))
}

fn lt(context: &mut dyn Context, a: Reflected, b: Reflected) -> Outcome {
    compare(context, &a.0, &b.0, |a, b| less(&a.value, &b.value))
}

fn le(context: &mut dyn Context, a: Reflected, b: Reflected) -> Outcome {
    compare(context, &a.0, &b.0, less_or_equal)
}

fn gt(context: &mut dyn Context, a: Reflected, b: Reflected) -> Outcome {
    compare(context, &a.0, &b.0, |a, b| Ok(!less_or_equal(a, b)?))
}

fn ge(context: &mut dyn Context, a: Reflected, b: Reflected) -> Outcome {
    compare(context, &a.0, &b.0, |a, b| Ok(!less(&a.value, &b.value)?))
}

fn less_or_equal(a: &Traced, b: &Traced) -> Result<bool, CompareError> {
    Ok(less(&a.value, &b.value)? || equal(&a.value, &b.value)?)
}

fn compare(
    context: &mut dyn Context,
    a: &Traced,
    b: &Traced,
    comparison: fn(&Traced, &Traced) -> Result<bool, CompareError>,
) -> Outcome {
    let result = comparison(a, b).map_err(|error| told(context, &error))?;
    let reads = context.trace().union(a.reads, b.reads);
    Ok(decided(context, result, reads))
}

fn decided(context: &mut dyn Context, result: bool, reads: ReadsId) -> Traced {
    Traced::new(result, context.trace().decides(reads))
}
