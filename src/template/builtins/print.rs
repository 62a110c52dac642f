//! `print`, `println`, `printf`. What they print keeps the origins of what it is made of.

use crate::source::ReadsId;
use crate::template::call::{CallError, Context, Function, Rest, TracedText, reads_within};
use crate::value::format::{self, Piece};
use crate::value::{Text, TextBuilder, Traced, Value};

pub(super) fn functions() -> Vec<Function> {
    vec![
        Function::new("print", print)
            .doc("Its arguments one after the other; spaces stand between two that aren't strings.")
            .example(r#"{{ print 1 2 "a" true }}"#, "1 2a true"),
        Function::new("println", println)
            .doc("Its arguments with spaces between them, and a newline.")
            .example(r#"{{ println "a" 1 }}"#, "a 1\n"),
        Function::new("printf", printf)
            .doc("Formats its arguments by Go's verbs.")
            .example(r#"{{ printf "%s-%05d %v" "a" 42 true }}"#, "a-00042 true"),
    ]
}

fn print(context: &mut dyn Context, args: Rest<Traced>) -> Result<Traced, CallError> {
    joined(context, args.0, ReadsId::NONE, format::sprint_pieces)
}

fn println(context: &mut dyn Context, args: Rest<Traced>) -> Result<Traced, CallError> {
    joined(context, args.0, ReadsId::NONE, format::sprintln_pieces)
}

fn printf(context: &mut dyn Context, template: TracedText, args: Rest<Traced>) -> Result<Traced, CallError> {
    joined(context, args.0, template.reads, |args| format::sprintf(template.text.as_bytes(), args))
}

/// Prints the arguments; text that is none of theirs was read from `own`.
fn joined(
    context: &mut dyn Context,
    args: Vec<Traced>,
    own: ReadsId,
    print: impl FnOnce(&[Value]) -> Vec<Piece>,
) -> Result<Traced, CallError> {
    let reads: Vec<ReadsId> = args.iter().map(|arg| reads_within(context.trace(), arg)).collect();
    let values: Vec<Value> = args.into_iter().map(|arg| arg.value).collect();
    let pieces = print(&values);
    context.charge_bytes(pieces.iter().map(|piece| piece.bytes.len() as u64).sum())?;
    if !context.trace().is_on() {
        let bytes: Vec<u8> = pieces.into_iter().flat_map(|piece| piece.bytes).collect();
        return Ok(Traced::from(Text::from(bytes)));
    }
    let mut out = TextBuilder::new();
    let mut all = own;
    for piece in pieces {
        let arg = piece.arg.and_then(|at| Some((reads.get(at)?, values.get(at)?)));
        let origin = context.here(arg.map_or(own, |(reads, _)| *reads));
        match (arg, piece.slice) {
            (Some((_, Value::String(text))), Some(range)) => out.push_slice(text, range, origin),
            _ => out.push(&piece.bytes, origin),
        }
    }
    for reads in reads {
        all = context.trace().union(all, reads);
    }
    Ok(Traced::new(out.finish(), all))
}
