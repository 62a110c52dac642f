//! `and`, `or`, `not`, and `call`.

use crate::template::call::{CallError, Function, Reflected, Rest};
use crate::value::Traced;

pub(super) fn functions() -> Vec<Function> {
    vec![
        Function::new("and", and)
            .doc("The first of its arguments that is empty, or the last one. What follows isn't evaluated.")
            .example(r#"{{ and 1 "" 3 }}"#, "")
            .example("{{ and 1 2 }}", "2"),
        Function::new("or", or)
            .doc("The first of its arguments that isn't empty, or the last one. What follows isn't evaluated.")
            .example(r#"{{ or "" 0 "x" "y" }}"#, "x"),
        Function::new("not", not).doc("Whether its argument is empty.").example(r#"{{ not "" }}"#, "true"),
        Function::new("call", call).doc("Calls a value that is a function. Charts have no such values."),
    ]
}

fn and(first: Reflected, rest: Rest<Reflected>) -> Traced {
    decided_by(first, rest, false)
}

fn or(first: Reflected, rest: Rest<Reflected>) -> Traced {
    decided_by(first, rest, true)
}

fn decided_by(first: Reflected, rest: Rest<Reflected>, stop: bool) -> Traced {
    let mut value = first.0;
    for next in rest.0 {
        if value.value.is_true() == stop {
            break;
        }
        value = next.0;
    }
    value
}

fn not(arg: Reflected) -> bool {
    !arg.0.value.is_true()
}

fn call(_: Reflected, _: Rest<Reflected>) -> Result<Traced, CallError> {
    Err(CallError::from("call of nil"))
}
